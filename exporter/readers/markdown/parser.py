"""The Markdown parser with its plugins, made once, and the syntax tree that it returns."""

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
"""Levels of nested blocks that are parsed; a list takes two. Chosen: deeper nesting is an attack or a mistake."""

MAX_INLINE_LEVELS = 20
"""Levels of nested inlines (the library's default); for each level it parses the rest of the line again."""

_MAX_MARKS = 200_000
"""Marks, line ends and indentations of eight spaces in one text: a thick book has fewer; they take seconds to parse."""

_MARKS = (*"[]*_~^`$<>|\\{}&:\n", " " * 8)
_MAX_FORMULA_LINES = 200  # the plugin searches the end of each formula to the end of the text

_UNESCAPED_URL = re.compile(r"[\w;/?:&=+$,.!~*'()#-]*", re.ASCII)
"""URLs that need no escaping: the library checks each character, and a picture in a data URI has megabytes."""

_HEADING_ATTRIBUTES = re.compile(r"(?:^|(?<![ \t])[ \t]+)(\{[ \t]*[#.][^{}\n]*\})[ \t]*$")

Node = SyntaxTreeNode


class ParsedMarkdown(NamedTuple):
    """The syntax tree of a text, the labels of notes that nothing refers to, and the shortcodes that were left out.

    `links` are the addresses of its link definitions by label.
    """

    tree: Node
    unused_notes: tuple[str, ...]
    shortcodes: tuple[str, ...]
    links: Mapping[str, str]


def parse_markdown(text: str, name: str) -> ParsedMarkdown:
    """Parse a text; `name` is what errors call it.

    Raises `SourceError` if it nests too deep or has too many marks.
    """
    if len(text) > _MAX_MARKS and sum(map(text.count, _MARKS)) > _MAX_MARKS:
        raise _parse_error(name, f"TooManyMarks: it has more than {_MAX_MARKS:,} Markdown marks")
    environment: dict[str, Any] = {}
    try:
        tokens = _make_parser().parse(text, environment)
    except _NestingTooDeep:
        raise _nesting_error(name) from None
    inline_tokens = (child for token in tokens for child in token.children or ())
    if any(token.level >= MAX_INLINE_LEVELS - 1 for token in inline_tokens):
        raise _nesting_error(name)
    notes = environment.get("footnotes", {}).get("refs", {})
    unused = tuple(label.removeprefix(":") for label, number in notes.items() if number < 0)
    links = {label: str(link["href"]) for label, link in environment.get("references", {}).items()}
    return ParsedMarkdown(SyntaxTreeNode(tokens), unused, tuple(environment.get("shortcodes", ())), links)


def _nesting_error(name: str) -> SourceError:
    return _parse_error(name, f"NestingError: its marks nest more than {MAX_BLOCK_LEVELS // 2} levels deep")


def _parse_error(name: str, cause: str) -> SourceError:
    return SourceError("reading", name, cause, "Remove the marks, or read it as plain text with --reader text.")


class _NestingTooDeep(Exception):  # noqa: N818  it is caught in this module
    """Blocks nest deeper than the limit."""


class _LinkKeepingParser(MarkdownIt):
    """Accepts links of every scheme: unsafe ones become their words later; the library would leave their source."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  the name is the library's
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  likewise
        return url if _UNESCAPED_URL.fullmatch(url) else super().normalizeLink(url)


@cache
def _make_parser() -> MarkdownIt:
    parser = _LinkKeepingParser("commonmark", {"maxNesting": MAX_BLOCK_LEVELS}).enable(["table", "strikethrough"])
    # A second parser for inlines: the library has one limit for blocks and inlines.
    inline_parser = _LinkKeepingParser("commonmark", {"maxNesting": MAX_INLINE_LEVELS})
    inline_parser.inline = parser.inline
    parser.core.ruler.at("inline", partial(_parse_inlines, inline_parser))
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
        .use(admonitions_plugin)  # before attributes: the tag that begins a listing looks like an attribute list
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
    """Raise if blocks nest too deep: the library would leave them out without a word, and take very long.

    The content of the next list is two levels deeper, where the library calls no rules.
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
    """Move ``{#name}`` from the end of a heading to its attributes, as pandoc and site generators do."""
    for opening, line in pairwise(state.tokens):
        last = line.children[-1] if opening.type == "heading_open" and line.children else None
        if last and last.type == "text" and (found := _HEADING_ATTRIBUTES.search(last.content)):
            last.content = last.content[: found.start()]
            opening.attrs.update(_parse_braces(found[1]))


def _is_named(parameters: str, _markup: str) -> bool:
    """Whether the opening line of a fenced div has a name or attributes; any will do."""
    return bool(parameters.strip())


def parse_div_info(text: str) -> tuple[str, Mapping[str, str], str]:
    """Return the name, the attributes and the title behind the colons of a fenced div; empty if not given."""
    found = re.match(r"\s*(?P<name>[\w-]*)\s*(?P<braces>\{[^{}]*\})?\s*(?P<title>.*)", text, re.DOTALL)
    name, braces, title = (found[1], found["braces"] or "", found["title"].strip()) if found else ("", "", "")
    return name, _parse_braces(braces), title.strip('"')


def _parse_braces(braces: str) -> dict[str, str]:
    try:
        return parse_attributes(braces)[1] if braces else {}
    except ParseError:
        return {}
