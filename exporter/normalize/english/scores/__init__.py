"""Scores and records, and the notations of sports and games."""
