"""Whether a text is Markdown or plain.

Scraped text holds bullets, rules of hyphens, hash tags and asterisks of its own, so a mark counts by how rarely it
stands in text that is no Markdown, and one mark alone is not enough unless it is sure.
"""

from __future__ import annotations

import re

_SAMPLE_BYTES = 32_000
"""Bytes that are looked at."""

_MIN_POINTS = 4
"""Points that make it Markdown."""

# What a mark can't do without (looked for first), the mark, the points for each time it occurs, and the most it gives.
_MARKS = (
    ((b"#",), rb"^#{1,6} +\S.{0,150}$(?=\n[ \t]*(?:\n|\Z)|\Z)", 2, 4),  # a heading with space below
    ((b"Markdown Content:",), rb"^Markdown Content:[ \t]*$", 4, 4),  # what scrapers that write Markdown put above it
    ((b"#",), rb"\A\s*# +\S.{0,150}\n[ \t]*\n", 2, 2),  # a heading that begins the text
    ((b"](",), rb"!\[[^\]\n]{0,300}\]\([^\s()]+(?:\s+\"[^\"\n]*\")?\)", 3, 4),  # an image
    ((b"](",), rb"(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|mailto:|[#./\w])[^\s()]*\)", 2, 4),  # a link
    ((b"]:",), rb"^\[[^\]\n]{1,80}\]:\s+\S+", 2, 4),  # the definition of a link or a note
    ((b"```", b"~~~"), rb"^(`{3,}|~{3,})[\w{. -]*\n(?:.*\n){0,100}?\1[ \t]*$", 4, 4),  # a fence, closed
    ((b"---",), rb"^\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$", 4, 4),  # the rule under a table's head
    ((b"**",), rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])", 1, 2),  # strong
    ((b"`",), rb"(?<![\w`])`[^`\n]{1,80}`(?![\w`])", 1, 2),  # code
    ((b"] ",), rb"^\s{0,3}[-*+] \[[ xX]\] \S", 2, 4),  # a task
    ((b"> ",), rb"^> \S", 1, 2),  # a quotation
    ((b"===", b"----"), rb"^\S.{2,100}\n(?:={3,}|-{4,})[ \t]*\n", 1, 2),  # a heading underlined
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
    sample = data[:_SAMPLE_BYTES].replace(b"\r\n", b"\n")
    if _YAML.match(sample) or _TOML.match(sample):
        return True
    points = 0
    for signs, mark, each, most in _MARKS:
        if any(sign in sample for sign in signs):
            points += min(most, each * sum(1 for _ in re.finditer(mark, sample, re.MULTILINE)))
        if points >= _MIN_POINTS:
            return True
    return False
