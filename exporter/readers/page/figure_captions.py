"""Splits captions into caption and credit."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Inline, Text, inline_text
from exporter.linear_patterns import MAYBE_SPACES
from exporter.readers import bylines, photo_credits, picture_owners, text_tests
from exporter.readers.page.dom import collapse_space
from exporter.readers.page.page_inlines import strip_inlines

# Brackets after a full stop hold the credit, unless they hold a remark ("left", "archive picture").
_CREDIT_IN_BRACKETS = re.compile(
    r"(?<=[.!?…”\"’»)])\s*[(\[](?P<credit>[^()\[\]]{2,120}(?:\([^()]*\)[^()\[\]]*)?)[)\]]\s*\.?$"
)
_CREDIT_AFTER_COPYRIGHT = re.compile(r"(?<!\s)\s*+[(\[]?\s*+(?:©|\(c\)(?=\s))\s*+(?P<credit>\S.{1,120}?)[)\]]?$")
_CREDIT_AFTER_BAR = re.compile(rf"{MAYBE_SPACES}\|\s*(?P<credit>[^|]{{2,100}}(?:\|[^|]{{2,60}})?)$")
_REMARK_IN_BRACKETS = re.compile(
    r"(?:archiv|symbol|file|stock|library|undated|screenshot|left|right|centre|center|links|rechts|l\.|r\.)\b.{0,15}",
    re.IGNORECASE,
)
_CREDIT_AFTER_DASH = re.compile(r"(?<=[.!?…”\"’»)])\s*[—–]\s*(?P<credit>[^.!?]{3,80})$")
_MAX_LEFTOVER_CHARS = 80
"""Characters at the end of a caption in which remains of its credit are searched (bounds the time)."""

_LEFTOVER = re.compile(
    r"(?:\s*[(\[]\s*(?:[^\W\d_]+\s*:\s*)?[)\]]?|[\s|•–—/,;©-]*(?<!\w)[^\W\d_]+\s*:|[\s|•–—/,;©-]+)\s*$"
)
_CREDIT_LABEL = re.compile(r"^(?:[^\W\d_][\w /]{1,20}:\s|copyright\s*[,:©]?|©|\(c\)|[-–—•|,;:/])\s*", re.IGNORECASE)


def split_caption_credit(caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
    """Split a caption; returns what remains, and the credit without its label, or empty."""
    text = inline_text(caption)
    if photo_credits.is_credit(text):
        return (), clean_credit(text)
    first, _, rest = text.strip().partition("\n")
    if rest and photo_credits.is_credit(first):
        return (Text(rest.strip()),), clean_credit(first)
    for tail in (_CREDIT_AFTER_COPYRIGHT, _CREDIT_IN_BRACKETS, _CREDIT_AFTER_BAR, _CREDIT_AFTER_DASH):
        found = tail.search(text)
        if (
            found
            and not _REMARK_IN_BRACKETS.fullmatch(found["credit"].strip())
            and found["credit"][0] != found["credit"][0].lower()
        ):
            return trim_leftover(cut_inlines(caption, found.start())), clean_credit(found["credit"])
    words, credit = photo_credits.split_credit(text)
    if not credit:
        return caption, ""
    kept = cut_inlines(caption, len(words)) if text.startswith(words) else (Text(words),)
    return trim_leftover(kept), clean_credit(credit)


def is_separate_credit(text: str) -> bool:
    """Whether a separate part of a caption, not empty, is a credit: by its words, or because it is a name."""
    if len(text) > text_tests.MAX_CREDIT_CHARS:
        return False
    name, _, house = re.sub(r"\([^()]*\)$", "", text).rstrip().partition(", ")
    named = bylines.is_name(name) and (not house or (" " in house and picture_owners.is_proper_name(house)))
    return photo_credits.is_credit(text) or text[0] == "©" or named


def clean_credit(credit: str) -> str:
    """Strip labels, brackets and marks from a credit."""
    text = collapse_space(credit)
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    while (short := _CREDIT_LABEL.sub("", photo_credits.strip_label(text))) != text:
        text = short
    if text.endswith((")", "]")) and text.count("(") + text.count("[") < text.count(")") + text.count("]"):
        text = text[:-1]
    text = text.partition("/Copyright")[0].strip(" ,;|•·–—-")
    first, bar, second = (part.strip() for part in text.partition("|"))
    return first if bar and first.casefold() == second.casefold() else text


def trim_leftover(caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Strip what a removed credit leaves at the end of a caption: a label, a bracket, a bar."""
    text = inline_text(caption).rstrip()
    rest = _LEFTOVER.search(text, max(len(text) - _MAX_LEFTOVER_CHARS, 0))
    return (
        strip_inlines(cut_inlines(caption, rest.start()))
        if rest and rest.start() < len(text)
        else strip_inlines(caption)
    )


def cut_inlines(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Keep the first `length` characters of a line."""
    kept: list[Inline] = []
    for inline in content:
        if length <= 0:
            break
        size = len(inline_text((inline,)))
        if size <= length:
            kept.append(inline)
        elif isinstance(inline, Text):
            kept.append(Text(inline.text[:length].rstrip()))
        elif inner := getattr(inline, "content", ()):
            kept.append(msgspec.structs.replace(inline, content=cut_inlines(inner, length)))
        length -= size
    return tuple(kept)
