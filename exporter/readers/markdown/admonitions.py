"""Block syntax of site generators: admonitions and content tabs of MkDocs, highlighted listings of Hugo and Jekyll.

An admonition (``!!! note "Title"``, collapsed ``???``) and a tab (``=== "Title"``) have their text below them,
indented; a line without such a text is part of a paragraph.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)[^\"]*(?:\"(?P<title>.*)\")?[ \t]*|===[!+]?[ \t]+\"(?P<tab>.+)\"[ \t]*"
)
_INDENT_COLUMNS = 4  # as in Python-Markdown, the parser of MkDocs
_LISTING_START = re.compile(r"(?:\{\{[<%]|\{%)[ \t]*highlight[ \t]+(?P<syntax>[\w+#.-]+)[^\n]*[%>]\}\}?[ \t]*")
_LISTING_END = re.compile(r"(?:\{\{[<%][ \t]*/[ \t]*highlight|\{%-?[ \t]*endhighlight)[ \t]*-?[%>]\}\}?[ \t]*")
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
"""The blocks that these may interrupt, by the names of the library's rules."""


def admonitions_plugin(parser: MarkdownIt) -> None:
    """Add the rules for admonitions, tabs and listings; the tokens are those of fenced divs and fenced code."""
    parser.block.ruler.before("fence", "box", _parse_admonition, _INTERRUPTS)
    parser.block.ruler.before("fence", "listing", _parse_listing, _INTERRUPTS)


def _read_line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _parse_admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    inner = state.blkIndent + _INDENT_COLUMNS
    body = next((number for number in range(start + 1, min(start + 3, end)) if not state.isEmpty(number)), end)
    if state.is_code_block(start) or body >= end or state.sCount[body] < inner:
        return False
    found = _ADMONITION.fullmatch(_read_line(state, start))
    if not found:
        return False
    if silent:
        return True
    last = body
    while last < end and (state.isEmpty(last) or state.sCount[last] >= inner):
        last += 1
    title = found["tab"] or (found["kind"].capitalize() if found["title"] is None else found["title"])
    opening = state.push("container_div_open", "div", 1)
    opening.info, opening.map = f'admonition "{title}"', [start, last]
    before = state.blkIndent, state.lineMax
    state.blkIndent, state.lineMax = inner, last
    state.md.block.tokenize(state, start + 1, last)
    state.blkIndent, state.lineMax = before
    state.push("container_div_close", "div", -1)
    state.line = last
    return True


def _parse_listing(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = None if state.is_code_block(start) else _LISTING_START.fullmatch(_read_line(state, start))
    if not found:
        return False
    for last in range(start + 1, end):
        line = _read_line(state, last)
        if _LISTING_END.fullmatch(line):
            break
        if _LISTING_START.fullmatch(line):  # the first listing has no end
            return False
    else:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.info, token.map = found["syntax"], [start, last + 1]
        token.content = state.getLines(start + 1, last, state.sCount[start], True)
        state.line = last + 1
    return True
