"""Symbols and notations: emoji, punctuation, science, music."""
