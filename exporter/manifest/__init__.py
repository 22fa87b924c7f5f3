"""The manifest of a folder: an entry for each source, kept in lines, found by an index."""
