"""Whether a text is Markdown or plain.

Scraped text holds bullets, rules of hyphens, hash tags and asterisks of its own, so a mark counts by how rarely it
stands in text that is no Markdown, and one mark alone is not enough unless it is sure.
"""

from __future__ import annotations

import re

_SAMPLE = 32_000
"""Bytes that are looked at."""

_SURE = 4
"""Points that make it Markdown."""

# A mark, the points for each time it occurs, and the most it can give.
_MARKS = (
    (re.compile(rb"^#{1,6} +\S.{0,150}$(?=\n[ \t]*(?:\n|\Z)|\Z)", re.MULTILINE), 2, 4),  # a heading with space below
    (re.compile(rb"^Markdown Content:[ \t]*$", re.MULTILINE), 4, 4),  # what scrapers that write Markdown put above it
    (re.compile(rb"\A\s*# +\S.{0,150}\n[ \t]*\n"), 2, 2),  # ... that begins the text
    (re.compile(rb"!\[[^\]\n]{0,300}\]\([^\s()]+(?:\s+\"[^\"\n]*\")?\)"), 3, 4),  # an image
    (re.compile(rb"(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|mailto:|[#./\w])[^\s()]*\)"), 2, 4),  # a link
    (re.compile(rb"^\[[^\]\n]{1,80}\]:\s+\S+", re.MULTILINE), 2, 4),  # the definition of a link or a note
    (re.compile(rb"^(`{3,}|~{3,})[\w{. -]*\n(?:.*\n){0,100}?\1[ \t]*$", re.MULTILINE), 4, 4),  # a fence, closed
    (re.compile(rb"^\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$", re.MULTILINE), 4, 4),  # the rule under a table's head
    (re.compile(rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"), 1, 2),  # strong
    (re.compile(rb"(?<![\w`])`[^`\n]{1,80}`(?![\w`])"), 1, 2),  # code
    (re.compile(rb"^\s{0,3}[-*+] \[[ xX]\] \S", re.MULTILINE), 2, 4),  # a task
    (re.compile(rb"^> \S", re.MULTILINE), 1, 2),  # a quotation
    (re.compile(rb"^\S.{2,100}\n(?:={3,}|-{4,})[ \t]*\n", re.MULTILINE), 1, 2),  # a heading underlined
)
_YAML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\n(?:[ \t]*#.*\n)*[A-Za-z_][\w -]*:.*\n"
    rb"(?:.*\n){0,300}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_TOML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\+\+\+[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*=.*\n(?:.*\n){0,300}?\+\+\+[ \t]*(?:\n|\Z)"
)


def looks_like_markdown(data: bytes) -> bool:
    """Whether marks of Markdown, weighed together, are more than chance."""
    sample = data[:_SAMPLE].replace(b"\r\n", b"\n")
    if _YAML.match(sample) or _TOML.match(sample):
        return True
    points = 0
    for mark, each, most in _MARKS:
        points += min(most, each * sum(1 for _ in mark.finditer(sample)))
        if points >= _SURE:
            return True
    return False
