"""The reader of HTML pages, one module for each part of a page.

`page_reader` calls them in this order:

1. `html_encoding` (bytes to text), `dom` (text to tree, within limits).
2. `page_metadata` (statements gathered, with `jsonld`), `resolved_metadata` (one value for each field, with
   `page_title`, `page_dates`, `page_authors`; bylines in `visible_byline`, `author_lines`, `author_elements`,
   `author_markup`).
3. `footnotes` (notes taken out of the tree), `pruning` (boilerplate dropped by tag, role and the names in
   `names.toml`), `main_content` (which element is the article), `link_targets` (which blocks links lead to).
4. `page_blocks` and `page_inlines` (tree to blocks), with `list_elements`, `quote_elements`, `figure_elements`,
   `figure_captions`, `table_elements`, `code`, `formula_elements`, `element_tests`, `page_links`, and `pictures` with
   `data_uris` and `inline_svg`.
5. `post_filters` (boilerplate dropped from the blocks), with `rewrites` and `prose`.

`page_account` numbers the texts of the page first, and says at the end what became of each.
"""
