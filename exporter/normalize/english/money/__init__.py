"""Money, bonds and the years of accounts."""
