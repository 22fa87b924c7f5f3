"""A page of HTML, taken apart: one module for each thing that a page holds.

`reading` calls them in this order: `encoding` (bytes to text), `dom` (text to tree, within limits), `facts` from
`evidence` with `linked`, `titles`, `authors` with `signatures`, and `times` (what the page states of its article),
`notes` (footnotes taken out), `pruning` (what is surely furniture goes, by the names in `names.toml`), `content` (which
part is the article), `blocks` with `inlines`, `lists`, `quotes`, `figures`, `captions`, `pictures`, `embedded`,
`drawings`, `tables`, `code`, `formulas`, `links` and `shapes` (the tree becomes blocks), `trimming` with `opening`,
`leftovers`, `shaping`, `known` and `prose` (what is left of the page around the blocks goes).
"""
