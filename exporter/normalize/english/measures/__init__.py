"""Measures: numbers with units, lengths, angles."""
