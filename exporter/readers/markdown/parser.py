"""The Markdown parser, set up once, and the tree of what it found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.amsmath import amsmath_block, amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from exporter.errors import SourceError
from exporter.readers.markdown.admonitions import admonitions_plugin
from exporter.readers.markdown.bare_links import bare_links_plugin
from exporter.readers.markdown.shortcodes import shortcodes_plugin
from exporter.readers.markdown.wiki_links import wiki_links_plugin

MAX_BLOCK_LEVELS = 60
"""Levels of nesting that are followed: a list takes two of them."""

MAX_INLINE_LEVELS = 20
"""Levels within a line: links in notes in links (the library's limit). Each costs another look at the line's rest."""

_MAX_MARKS = 200_000
"""Marks, line ends and steps of indentation of one text: a thick book has fewer, and they take seconds."""

_MARKS = (*"[]*_~^`$<>|\\{}&:\n", " " * 8)
_MAX_FORMULA_LINES = 200  # lines: the plugin looks for the end of each down to the end of the text

_UNESCAPED_URL = re.compile(r"[\w;/?:&=+$,.!~*'()#-]*", re.ASCII)
"""Addresses that need no escaping: the library looks at theirs letter by letter, and a picture's may be megabytes."""

_HEADING_ATTRIBUTES = re.compile(r"(?:^|[ \t]+)(\{[ \t]*[#.][^{}\n]*\})[ \t]*$")

Node = SyntaxTreeNode


class ParsedMarkdown(NamedTuple):
    """The tree of a text, and what is not in it: labels of notes that no mark leads to, and a maker's commands."""

    tree: Node
    unused: tuple[str, ...]
    commands: tuple[str, ...]


def parse_markdown(text: str, name: str) -> ParsedMarkdown:
    """Take a text apart.

    `name` is what errors call the text. Raises `SourceError` where it nests without end, or is marks above all.
    """
    if len(text) > _MAX_MARKS and sum(map(text.count, _MARKS)) > _MAX_MARKS:
        raise _parse_error(name, f"MarksError: it has more than {_MAX_MARKS:,} marks")
    found: dict[str, Any] = {}
    try:
        tokens = _make_parser().parse(text, found)
    except _NestingTooDeep:
        raise _nesting_error(name) from None
    within = (child for token in tokens for child in token.children or ())
    if any(token.level >= MAX_INLINE_LEVELS - 1 for token in within):
        raise _nesting_error(name)
    notes = found.get("footnotes", {}).get("refs", {})
    unused = tuple(label.removeprefix(":") for label, number in notes.items() if number < 0)
    return ParsedMarkdown(SyntaxTreeNode(tokens), unused, tuple(found.get("commands", ())))


def _nesting_error(name: str) -> SourceError:
    return _parse_error(name, f"NestingError: its marks nest more than {MAX_BLOCK_LEVELS // 2} deep")


def _parse_error(name: str, cause: str) -> SourceError:
    return SourceError("reading", name, cause, "Take out the marks, or read it with --reader text.")


class _NestingTooDeep(Exception):  # noqa: N818  it never leaves this module
    """Blocks lie deeper than they are followed."""


class _LinkKeepingParser(MarkdownIt):
    """Takes every link for one: what leads nowhere safe becomes plain words later, and not marks and addresses."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  the name is the library's
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  likewise
        return url if _UNESCAPED_URL.fullmatch(url) else super().normalizeLink(url)


@cache
def _make_parser() -> MarkdownIt:
    parser = _LinkKeepingParser("commonmark", {"maxNesting": MAX_BLOCK_LEVELS}).enable(["table", "strikethrough"])
    within = _LinkKeepingParser(
        "commonmark", {"maxNesting": MAX_INLINE_LEVELS}
    )  # its twin for lines: the library knows one depth
    within.inline = parser.inline
    parser.core.ruler.at("inline", partial(_parse_inlines, within))
    parser.core.ruler.push("heading_attributes", _move_heading_attributes)
    parser = (
        parser.use(footnote_plugin)
        .use(deflist_plugin)
        .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
        .use(amsmath_plugin)
        .use(sub_plugin)
        .use(superscript_plugin)
        .use(bare_links_plugin)
        .use(wiki_links_plugin)
        .use(attrs_plugin, spans=True)
        .use(admonitions_plugin)  # a tag that begins a listing looks like a list of attributes
        .use(attrs_block_plugin)
        .use(container_plugin, "div", validate=_is_named)
        .use(shortcodes_plugin)
    )
    parser.block.ruler.at("amsmath", _parse_amsmath, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.before(parser.block.ruler.get_all_rules()[0], "depth", _check_nesting)
    return parser


def _parse_amsmath(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return amsmath_block(state, start, min(end, start + _MAX_FORMULA_LINES), silent)


def _check_nesting(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:
    """Stop where blocks nest too deep: the parser would silently leave them out, and go on for long.

    What is inside the next list stands two levels deeper, where the parser asks no rule any more.
    """
    if state.level >= MAX_BLOCK_LEVELS - 2:
        raise _NestingTooDeep
    return False


def _parse_inlines(parser: MarkdownIt, state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            parser.inline.parse(token.content, parser, state.env, token.children)


def _move_heading_attributes(state: StateCore) -> None:
    """Move ``{#name}`` from the end of a heading to its attributes, as pandoc and the makers of websites do."""
    for opening, line in pairwise(state.tokens):
        last = line.children[-1] if opening.type == "heading_open" and line.children else None
        if last and last.type == "text" and (found := _HEADING_ATTRIBUTES.search(last.content)):
            last.content = last.content[: found.start()]
            opening.attrs.update(_parse_braces(found[1]))


def _is_named(parameters: str, _markup: str) -> bool:
    """A fenced div may have any name."""
    return bool(parameters.strip())


def parse_div_info(text: str) -> tuple[str, Mapping[str, str], str]:
    """Take apart what stands after the colons of a div: its name, its attributes, its title."""
    found = re.match(r"\s*(?P<name>[\w-]*)\s*(?P<braces>\{[^{}]*\})?\s*(?P<title>.*)", text, re.DOTALL)
    name, braces, title = (found[1], found["braces"] or "", found["title"].strip()) if found else ("", "", "")
    return name, _parse_braces(braces), title.strip('"')


def _parse_braces(braces: str) -> dict[str, str]:
    try:
        return parse_attributes(braces)[1] if braces else {}
    except ParseError:
        return {}
