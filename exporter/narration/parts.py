"""A sentence becomes the parts that are said one by one: a quotation and who said it, a foreign phrase, a breath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import assert_never

import msgspec

from exporter.article import (
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Heading,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Paragraph,
    Ruby,
    Sentence,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    inline_text,
)
from exporter.narration.clauses import breaths


class Quoted(msgspec.Struct, frozen=True):
    """The characters `start` to `end` of a sentence are a quotation's, its marks included.

    `opens` and `closes` tell whether it begins and ends here; a quotation of several sentences does so in different
    ones.
    """

    start: int
    end: int
    speaker: str = ""
    opens: bool = True
    closes: bool = True


class Part(msgspec.Struct, frozen=True):
    """What is said in one go: `written` without the white space around it, in `language`, quoted or not.

    `opens` and `closes` tell whether a quotation begins and ends in this part.
    """

    written: str
    language: str
    quoted: Quoted | None = None
    opens: bool = False
    closes: bool = False


def parts(sentence: Sentence, language: str, quotations: Iterable[Quoted]) -> list[Part]:
    """Divide a sentence where the voice, the language or the breath changes."""
    text = "".join(run for run, _ in _runs(sentence.content, language))
    stretches = _merged(text, _stretches(text, sentence, language, tuple(quotations)))
    return [part for stretch in stretches for part in _breathed(text, *stretch)]


def _breathed(text: str, start: int, end: int, language: str, quoted: Quoted | None) -> Iterator[Part]:
    """Divide a stretch where it takes breath."""
    pieces = [text[start + first : start + last].strip() for first, last in breaths(text[start:end])]
    pieces = [piece for piece in pieces if piece]
    for number, piece in enumerate(pieces):
        opens = quoted is not None and quoted.opens and number == 0
        closes = quoted is not None and quoted.closes and number == len(pieces) - 1
        yield Part(piece, language, quoted, opens, closes)


_TRAILING = re.compile(r"[,.;:!?…)\]”’»]*\s*")
_Stretch = tuple[int, int, str, Quoted | None]


def _stretches(text: str, sentence: Sentence, language: str, quotations: tuple[Quoted, ...]) -> Iterator[_Stretch]:
    """Tile the sentence by language and quotation."""
    tongues = []
    at = 0
    for run, tongue in _runs(sentence.content, language):
        tongues.append((at, at + len(run), tongue))
        at += len(run)
    edges = {0, len(text), *(start for start, _, _ in tongues)}
    edges |= {edge for quoted in quotations for edge in (quoted.start, quoted.end)}
    places = sorted(edges)
    for start, end in pairwise(places):
        tongue = next((name for first, last, name in tongues if first <= start < last), language)
        yield start, end, tongue, next((quoted for quoted in quotations if quoted.start <= start < quoted.end), None)


def _merged(text: str, stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join stretches that belong together; punctuation stays with the words before it."""
    kept: list[_Stretch] = []
    for start, end, tongue, quoted in stretches:
        first = start
        if kept:
            trailing = _TRAILING.match(text, start, end)
            first = trailing.end() if trailing else start
            silent = not any(map(str.isalnum, text[first:end]))
            last_start, _, *last = kept[-1]
            if silent or last == [tongue, quoted]:
                kept[-1] = (last_start, end, *kept[-1][2:])
                continue
            if not any(map(str.isalnum, text[last_start:start])):
                kept[-1] = (last_start, end, tongue, quoted)
                continue
            kept[-1] = (last_start, first, *kept[-1][2:])
        kept.append((first, end, tongue, quoted))
    return kept


def _runs(content: Iterable[Inline], language: str) -> Iterator[tuple[str, str]]:
    """Yield the text of inlines with its language."""
    for inline in content:
        match inline:
            case Foreign():
                yield from _runs(inline.content, inline.language or language)
            case Emphasis() | Strong() | Strike() | Link() | Superscript() | Subscript() | Sentence():
                yield from _runs(inline.content, language)
            case Text() | Code() | Ruby() | Math() | Image() | Break() | NoteMark():
                if text := inline_text((inline,)):
                    yield text, language
            case _:
                assert_never(inline)


def note_marks(content: Iterable[Inline]) -> Iterator[str]:
    """Yield the names of the notes that inlines lead to."""
    for inline in content:
        if isinstance(inline, NoteMark):
            yield inline.note
        elif not isinstance(inline, Text | Code | Math | Image | Break):
            yield from note_marks(inline.content)


def targets(content: Iterable[Inline]) -> Iterator[str]:
    """Yield the addresses that inlines link to."""
    for inline in content:
        if isinstance(inline, Link):
            yield inline.target
        if not isinstance(inline, Text | Code | Math | Image | Break | NoteMark):
            yield from targets(inline.content)


def first_anchor(block: Block) -> str:
    """The anchor of what is said first of a block: its first sentence's, where it has one."""
    for inline in block.content if isinstance(block, Heading | Paragraph) else ():
        if isinstance(inline, Sentence):
            return inline.anchor
    return block.anchor
