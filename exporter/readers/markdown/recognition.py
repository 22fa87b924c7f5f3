"""Recognises Markdown by its content.

Plain text has bullets, lines of hyphens, hash tags and asterisks, too: a mark has more points the rarer it is in plain
text, and a single mark is enough only if it is hardly ever found there.
"""

from __future__ import annotations

import re

_SAMPLE_BYTES = 32_000
"""Bytes at the beginning that are searched."""

_MIN_POINTS = 4
"""Points from which a text is Markdown. The points were chosen by reading texts; the lists in its tests hold them."""

# For each mark: strings that it contains (a fast first search), its pattern, points for each match, and its maximum.
_MARKS = (
    ((b"#",), rb"^#{1,6} +\S.{0,150}$(?=\n[ \t]*(?:\n|\Z)|\Z)", 2, 4),  # a heading before an empty line
    ((b"Markdown Content:",), rb"^Markdown Content:[ \t]*$", 4, 4),  # the line of scrapers above their Markdown
    ((b"#",), rb"\A\s*# +\S.{0,150}\n[ \t]*\n", 2, 2),  # a heading at the beginning
    ((b"](",), rb"!\[[^\]\n]{0,300}\]\([^\s()]+(?:\s+\"[^\"\n]*\")?\)", 3, 4),  # an image
    ((b"](",), rb"(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|mailto:|[#./\w])[^\s()]*\)", 2, 4),  # a link
    ((b"]:",), rb"^\[[^\]\n]{1,80}\]:\s+\S+", 2, 4),  # the definition of a link or a note
    ((b"```", b"~~~"), rb"^(`{3,}|~{3,})[\w{. -]*\n(?:.*\n){0,100}?\1[ \t]*$", 4, 4),  # a fence, closed
    ((b"---",), rb"^\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$", 4, 4),  # the delimiter row of a table
    ((b"**",), rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])", 1, 2),  # strong
    ((b"`",), rb"(?<![\w`])`[^`\n]{1,80}`(?![\w`])", 1, 2),  # code
    ((b"] ",), rb"^\s{0,3}[-*+] \[[ xX]\] \S", 2, 4),  # a task
    ((b"> ",), rb"^> \S", 1, 2),  # a quotation
    ((b"===", b"----"), rb"^\S.{2,100}\n(?:={3,}|-{4,})[ \t]*\n", 1, 2),  # a setext heading
)
_YAML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\n(?:[ \t]*#.*\n)*[A-Za-z_][\w -]*:.*\n"
    rb"(?:.*\n){0,300}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_TOML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\+\+\+[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*=.*\n(?:.*\n){0,300}?\+\+\+[ \t]*(?:\n|\Z)"
)


def looks_like_markdown(data: bytes) -> bool:
    """Whether data begins with front matter, or its marks of Markdown have enough points together."""
    sample = data[:_SAMPLE_BYTES].replace(b"\r\n", b"\n")
    if _YAML.match(sample) or _TOML.match(sample):
        return True
    points = 0
    for strings, pattern, points_each, max_points in _MARKS:
        if any(string in sample for string in strings):
            points += min(max_points, points_each * sum(1 for _ in re.finditer(pattern, sample, re.MULTILINE)))
        if points >= _MIN_POINTS:
            return True
    return False
