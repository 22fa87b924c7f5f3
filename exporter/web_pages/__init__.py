"""Pages for browsers: an article as HTML, the timeline of its player, and documents that allow no foreign content."""
