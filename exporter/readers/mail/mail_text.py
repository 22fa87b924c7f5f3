"""The plain text of a message without its signature and the lines about the subscription."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from exporter.account import Dropped
from exporter.data_tables import read_table

_MAX_HEAD_LINES = 6
"""Lines at the beginning among which links to the mail on the web stand."""

_MIN_BODY_SHARE = 0.5
"""Share of the lines before which no footer begins."""

_MAX_PHRASE_LINE_CHARS = 300
"""Characters of a line about the subscription; a longer one is a paragraph that mentions it."""

_SIGNATURE = re.compile(r"^(?:-- |--\s*$|_{20,}\s*$|={20,}\s*$)")
_ADDRESS_LINE = re.compile(r"^[\s<(\[]*https?://\S+$")


def clean_text(text: str, *, is_flowed: bool = False) -> tuple[str, tuple[Dropped, ...]]:
    """Return a text without the lines around the article, and those lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = (join_flowed(text) if is_flowed else text).split("\n")
    begin, end = _find_begin(lines), _find_end(lines)
    head, foot = "\n".join(lines[:begin]).strip(), "\n".join(lines[end:]).strip()
    dropped = [Dropped(head, "a link to the mail on the web", "head of the mail")] if head else []
    if foot:
        dropped.append(Dropped(foot, "the signature, or about the subscription", "foot of the mail"))
    return "\n".join(lines[begin:end]), tuple(dropped)


def join_flowed(text: str) -> str:
    """Join the lines of flowed text: those that end with a blank go on in the next (RFC 3676)."""
    return re.sub(r"(?<!^--)(?<!\n--) \n(?=[^\s>])", " ", text)


def mentions(kind: str, text: str) -> bool:
    """Whether a line has one of the phrases of a kind ("view_online", "unsubscribe")."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    return len(folded) <= _MAX_PHRASE_LINE_CHARS and any(phrase in folded for phrase in _load_phrases()[kind])


def _find_begin(lines: list[str]) -> int:
    """Return the number of lines about the mail itself at the beginning."""
    for number, line in enumerate(lines[:_MAX_HEAD_LINES], 1):
        if mentions("view_online", line):
            while number < len(lines) and (not lines[number].strip() or _ADDRESS_LINE.match(lines[number])):
                number += 1  # noqa: PLW2901  the address of the link is a line of its own
            return number
    return 0


def _find_end(lines: list[str]) -> int:
    """Return the number of lines before the signature or the footer."""
    end = len(lines)
    earliest = int(len(lines) * _MIN_BODY_SHARE)
    for number in range(earliest, len(lines)):
        if _SIGNATURE.match(lines[number]) and any(map(str.strip, lines[:number])):
            end = number
            break
        if mentions("unsubscribe", lines[number]):
            end = number
            while end > earliest and lines[end - 1].strip():  # the paragraph that the line stands in
                end -= 1
            break
    return end


@cache
def _load_phrases() -> dict[str, tuple[str, ...]]:
    table = read_table(Path(__file__).with_name("mail_phrases.toml"))
    return {name: tuple(filter(None, lines.split("\n"))) for name, lines in table.items()}
