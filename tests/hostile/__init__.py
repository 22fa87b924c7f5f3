"""Hostile input: what is damaged by chance, what costs too much, and processes that are killed."""
