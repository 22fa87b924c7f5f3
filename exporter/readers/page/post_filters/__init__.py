"""Filters that run on the blocks after they are built: they drop boilerplate and repeated metadata."""
