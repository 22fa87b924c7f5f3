"""Wiki links of note apps: ``[[Page|words]]`` and ``![[picture.png]]``.

Web clippers write them into articles. Their targets are notes that are not at hand, so a link becomes its words.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_LINK = re.compile(r"!?\[\[(?P<page>[^\s\[\]|#][^\[\]|#\n]*)(?:#[^\[\]|\n]*)?(?:\|(?P<words>[^\[\]\n]+))?\]\]")
_PICTURE_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp)$", re.IGNORECASE)


def wiki_links_plugin(parser: MarkdownIt) -> None:
    """Add the rule before the library's own for links, which begin with the same bracket."""
    parser.inline.ruler.before("link", "wiki_link", _parse_wiki_link)


def replace_wiki_links(text: str) -> str:
    """Replace the wiki links in a plain text by their words."""
    return _LINK.sub(lambda found: found["words"] or found["page"], text)


def _parse_wiki_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "[!" or not (found := _LINK.match(state.src, state.pos)):
        return False
    if not silent:
        if found[0][0] == "!" and _PICTURE_SUFFIX.search(found["page"]):
            token = state.push("image", "img", 0)
            token.attrs = {"src": found["page"], "alt": ""}
            token.children = []
        else:
            state.push("text", "", 0).content = found["words"] or found["page"]
    state.pos = found.end()
    return True
