"""Filters that run after the blocks are built: each takes the blocks and returns those that belong to the article."""
