"""A page of HTML, taken apart: one module for each thing that a page holds.

`exporter.readers.html` calls them in this order: `encoding` (bytes to text), `dom` (text to tree), `facts` and its
sources (who, when, where), `notes` (footnotes), `content` (which part is the article), `blocks` with `inlines`,
`figures`, `tables`, `formulas` and `pictures` (tree to the article's blocks).
"""
