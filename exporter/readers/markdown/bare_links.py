"""Bare links: URLs in the text become links, as on GitHub.

The plugin of the Markdown library searches the whole line backwards at each colon; this rule reads six characters.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_AFTER_SCHEME = re.compile(r"://[^\s<>`]+")
_CLOSING_MARKS = "?!.,:;*_~'\""  # at the end of a URL they belong to the sentence
_LOOK_BEHIND_CHARS = len("https") + 1  # the longest scheme, and the character before it


def bare_links_plugin(parser: MarkdownIt) -> None:
    """Add the rule for ``http://`` and ``https://`` addresses."""
    parser.inline.ruler.before("escape", "bare_link", _parse_bare_link)


def _parse_bare_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    before = state.pending[-_LOOK_BEHIND_CHARS:]
    scheme = next((scheme for scheme in ("https", "http") if before.lower().endswith(scheme)), "")
    found = _AFTER_SCHEME.match(state.src, state.pos) if scheme else None
    rest = _trim_address(found[0]) if found else ""
    if len(rest) <= len("://") or before[: -len(scheme)][-1:].isalnum():
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(scheme + rest)}
        state.push("text", "", 0).content = before[-len(scheme) :] + rest
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _trim_address(rest: str) -> str:
    """Cut punctuation, and closing brackets without an opening one, from the end of an address."""
    surplus = {closing: rest.count(closing) - rest.count(opening) for opening, closing in ("()", "[]")}
    end = len(rest)
    while rest[end - 1] in _CLOSING_MARKS or surplus.get(rest[end - 1], 0) > 0:
        end -= 1
        if rest[end] in surplus:
            surplus[rest[end]] -= 1
    return rest[:end]
