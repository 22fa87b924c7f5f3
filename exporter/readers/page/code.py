"""Code listings: their text without the line numbers of highlighters, and the name of their language."""

from __future__ import annotations

import re

from exporter.readers.page.dom import BLOCK_TAGS, Element, name_words
from exporter.readers.text_tests import ends_sentence

_LANGUAGE_CLASS = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|hljs\s+)([\w+#.-]+)"
)
_LINE_NUMBER_NAMES = frozenset({"lineno", "linenos", "linenumber", "linenumbers", "gutter", "lnt", "ln"})
_MIN_PROSE_WORDS = 8
"""Words of preformatted text that is a sentence; the output of a program is shorter."""

_CODE_SIGN = re.compile(r"[{}<>=\\|$#@~]|\w\(|;\n|\b0x|^[^\S\n]*[-+*/]{2}", re.MULTILINE)
_NOT_LANGUAGES = frozenset({"none", "plaintext", "text", "plain", "nohighlight", "hljs", "default"})

# The numbers follow the markup of Pygments, Rouge, Chroma and GitHub.

_MAX_LANGUAGE_LEVELS = 4
"""Elements, from the listing upwards, that may state its language."""

_MAX_LINE_NUMBER_LEVELS = 3
"""Elements, from a ``pre`` upwards, whose names may mark line numbers."""

_MAX_LISTING_TABLE_ELEMENTS = 4
"""Elements directly in the cells of a table that holds one listing."""


def code_text(element: Element) -> str:
    """Return the lines of a listing, white space as it stands."""
    out: list[str] = []
    _write_text(element, out)
    lines = "".join(out).replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(line.rstrip() for line in lines).rstrip()


def find_syntax(element: Element) -> str:
    """Return the language that a listing or an element around it states, or empty."""
    holder = element
    for _ in range(_MAX_LANGUAGE_LEVELS):
        for part in (holder, *(child for child in holder if child.tag == "code")):
            claim = part.get("data-lang") or part.get("data-language") or ""
            found = _LANGUAGE_CLASS.search(part.get("class", ""))
            name = (claim or (found[1] if found else "")).lower()
            if name and name not in _NOT_LANGUAGES:
                return str(name)
        holder = holder.getparent()
        if holder is None or holder.tag in {"body", "article", "main"}:
            break
    return ""


def is_prose(element: Element, text: str) -> bool:
    """Whether preformatted text is sentences: nothing marks it as code, and it has the marks and words of prose."""
    marked = find_syntax(element) or next(element.iter("code", "span"), None) is not None
    if marked or len(text.split()) < _MIN_PROSE_WORDS or not ends_sentence(text):
        return False
    return not _CODE_SIGN.search(text) and not any(line[:1].isspace() for line in text.split("\n"))


def find_listing(table: Element) -> Element | None:
    """Return the code of a table that shows line numbers beside it; None for any other table."""
    blocks = [pre for pre in table.iter("pre") if not _has_line_numbers(pre)]
    if len(blocks) != 1 or next((True for _ in table.iter("th")), False):
        return None
    outside = sum(len(cell) for cell in table.iter("td"))
    return blocks[0] if outside <= _MAX_LISTING_TABLE_ELEMENTS else None


def _write_text(element: Element, out: list[str]) -> None:
    out.append(element.text or "")
    for child in element:
        if not _has_line_numbers(child):
            if child.tag == "br":
                out.append("\n")
            else:
                _write_text(child, out)
                if child.tag in BLOCK_TAGS and not (out and out[-1].endswith("\n")):
                    out.append("\n")
        out.append(child.tail or "")


def _has_line_numbers(element: Element) -> bool:
    """Whether an element, or for a ``pre`` one around it within its cell, is named as line numbers."""
    holder = element
    for _ in range(_MAX_LINE_NUMBER_LEVELS):
        if holder is None:
            return False
        names = holder.get("class", "")
        if not _LINE_NUMBER_NAMES.isdisjoint({*name_words(names), *names.lower().replace("-", "").split()}):
            return True
        if holder.tag == "td" or element.tag != "pre":
            return False
        holder = holder.getparent()
    return False
