r"""Inline syntax of site generators and note apps that readers do not see, Hugo's figures, and formulas in ``\(...\)``.

Left out are shortcodes (Hugo), tags and variables (Jekyll), citation keys (pandoc), attribute lists that no other rule
reads (kramdown, pandoc), comments (Obsidian, MDX) and block identifiers (Obsidian). Text between two tags stays.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# Each length is limited, so that no pattern without an end is searched to the end of the text.
_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+)"
_ATTRIBUTE = re.compile(rf"(?<![\w:-])([\w:-]+)\s*=\s*({_VALUE})")
_ATTRIBUTES = rf"(?:[ \t]*(?:[#.][\w:.#-]+|[\w:-]+={_VALUE}|-)(?=[ \t}}]))+[ \t]*\}}"
_SHORTCODES = {
    "{": re.compile(
        r"\{\{<(?:(?!\{\{)[^\n])*?>\}\}|\{\{%(?:(?!\{\{)[^\n])*?%\}\}|\{%(?:(?!\{%)[^\n])*?%\}|\{/\*.{0,2000}?\*/\}"
        r"|\{\{-?[ \t]+[^{}\n]{1,200}[ \t]-?\}\}|\{\{[\w.]{1,200}\}\}"
        rf"|\{{:[ \t]*toc[ \t]*\}}|\{{:{_ATTRIBUTES}",
        re.DOTALL,
    ),
    "[": re.compile(r"\[-?@\w[\w:.#$%&+?<>~/-]*(?:[,; \t][^\[\]\n]{0,300})?\](?![(\[:])"),
    "%": re.compile(r"%%(?!%)(?:(?!%%).){1,2000}%%(?=\s|\Z)", re.DOTALL),
    "^": re.compile(r"\^[A-Za-z0-9-]+\s*\Z"),
}
_UNSPACED_MARKS = frozenset(" .,;:!?)")  # if one follows a shortcode, the space before the shortcode is removed
_ATTRIBUTE_LIST = re.compile(rf"\{{{_ATTRIBUTES}")
_ATTRIBUTE_OWNERS = ("image", "code_inline", "link_close", "span_close", "math_inline", "math_inline_double")
"""The tokens that an attribute list directly behind them belongs to."""

_FIGURE_SHORTCODE = re.compile(r"\{\{<\s*(?:figure|img|image)\s")
_FORMULA = re.compile(
    r"\\\((?P<line>(?:(?!\\[()])[^\n]){1,500})\\\)|\\\[(?P<block>(?:(?!\\[\[\]]).){1,2000})\\\]", re.DOTALL
)
_MATH_SIGNS = re.compile(r"\\[A-Za-z]|[\^_=<>+]|^\s*[A-Za-z]\s*$")  # without one, they are escaped brackets


def shortcodes_plugin(parser: MarkdownIt) -> None:
    """Add the rules; the shortcodes that are left out are listed in the parser's environment, under ``shortcodes``."""
    parser.inline.ruler.before("escape", "formula", _parse_formula)
    parser.inline.ruler.push("shortcode", _parse_shortcode)


def _parse_shortcode(state: StateInline, silent: bool) -> bool:
    mark, start = state.src[state.pos], state.pos
    pattern = _SHORTCODES.get(mark)
    if pattern is None:
        return False
    found = pattern.match(state.src, start) if mark in "{[" or _is_after_space(state) else None
    if not found and mark == "{" and not state.pending and state.tokens and state.tokens[-1].type in _ATTRIBUTE_OWNERS:
        found = _ATTRIBUTE_LIST.match(state.src, start)
        if found and not silent and state.tokens[-1].type == "image":
            state.tokens[-1].attrs.update(_parse_attributes(found[0]))
    elif found and not silent:
        if _FIGURE_SHORTCODE.match(found[0]) and "src" in (given := _parse_attributes(found[0])):
            token = state.push("image", "img", 0)
            token.attrs = {"src": given["src"], "alt": given.get("alt", ""), "title": given.get("caption", "")}
            token.children = []
        else:
            state.env.setdefault("shortcodes", []).append(found[0])
    if not found:
        return False
    state.pos = found.end()
    if state.pending.endswith(" ") and state.src[state.pos : state.pos + 1] in _UNSPACED_MARKS:
        state.pending = state.pending[:-1]
    return True


def _is_after_space(state: StateInline) -> bool:
    return state.pos == 0 or state.src[state.pos - 1].isspace()


def _parse_attributes(text: str) -> dict[str, str | int | float]:
    return {key: value.strip("\"'") for key, value in _ATTRIBUTE.findall(text)}


def _parse_formula(state: StateInline, silent: bool) -> bool:
    found = _FORMULA.match(state.src, state.pos) if state.src[state.pos] == "\\" else None
    latex = (found["line"] or found["block"]) if found else ""
    if not found or not _MATH_SIGNS.search(latex):
        return False
    if not silent:
        token = state.push("math_inline_double" if found["block"] else "math_inline", "math", 0)
        token.content, token.markup = latex, "$"
    state.pos = found.end()
    return True
