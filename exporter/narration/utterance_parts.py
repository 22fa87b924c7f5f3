"""A sentence becomes the parts that are said one by one: a quotation and who said it, a foreign phrase, a breath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import msgspec

from exporter.article import Sentence
from exporter.narration.clauses import split_at_breaths
from exporter.narration.inline_narration import Run, split_runs
from exporter.normalize import Reading
from exporter.normalize.overrides import make_reading


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


_Stretch = tuple[int, int, str, Quoted | None]
"""From where to where, in which language, quoted or not."""


class UtterancePart(msgspec.Struct, frozen=True):
    """What is said in one go: `written` without the white space around it, in `language`, quoted or not.

    `opens` and `closes` tell whether a quotation begins and ends in this part, `given` how formulas and ruby sound.
    """

    written: str
    language: str
    quoted: Quoted | None = None
    opens: bool = False
    closes: bool = False
    given: tuple[Reading, ...] = ()


def split_sentence(sentence: Sentence, language: str, quotations: Iterable[Quoted]) -> list[UtterancePart]:
    """Divide a sentence where the voice, the language or the breath changes."""
    found = list(split_runs(sentence.content, language))
    text = "".join(run.text for run in found)
    # No breath is taken within a formula.
    solid = "".join("x" * len(run.text) if run.said else run.text for run in found)
    given = tuple(_find_overrides(found))
    return [
        part
        for stretch in _merge_stretches(text, _find_stretches(found, tuple(quotations)))
        for part in _split_stretch(text, solid, given, stretch)
    ]


def _find_overrides(found: Iterable[Run]) -> Iterator[Reading]:
    """Yield the readings of formulas and ruby."""
    at = 0
    for run in found:
        if run.said and (body := run.text.strip()):
            start = at + run.text.index(body)
            yield make_reading(start, start + len(body), " ".join(run.said.split()), "given")
        at += len(run.text)


def _split_stretch(text: str, solid: str, given: tuple[Reading, ...], stretch: _Stretch) -> Iterator[UtterancePart]:
    """Divide a stretch where it takes breath."""
    start, end, language, quoted = stretch
    spans = [(start + first, start + last) for first, last in split_at_breaths(solid[start:end], language)]
    spans = [(first, last) for first, last in spans if text[first:last].strip()]
    for number, (first, last) in enumerate(spans):
        opens = quoted is not None and quoted.opens and number == 0
        closes = quoted is not None and quoted.closes and number == len(spans) - 1
        yield UtterancePart(
            text[first:last].strip(), language, quoted, opens, closes, _select_overrides(text, given, first, last)
        )


def _select_overrides(text: str, given: tuple[Reading, ...], first: int, last: int) -> tuple[Reading, ...]:
    """The readings of a stretch, as seen from its first character that is no white space."""
    begin = last - len(text[first:last].lstrip())
    found = (one for one in given if first <= one.start < last)
    return tuple(make_reading(one.start - begin, one.end - begin, one.spoken, one.rule) for one in found)


_TRAILING_PUNCTUATION = re.compile(r"[,.;:!?…)\]”’»]*\s*")


def _find_stretches(found: list[Run], quotations: tuple[Quoted, ...]) -> Iterator[_Stretch]:
    """Tile the sentence by language and quotation."""
    at = 0
    for language, same in groupby(found, key=lambda run: run.language):
        end = at + sum(len(run.text) for run in same)
        edges = sorted({at, end, *(edge for one in quotations for edge in (one.start, one.end) if at < edge < end)})
        for first, last in pairwise(edges):
            yield first, last, language, next((one for one in quotations if one.start <= first < one.end), None)
        at = end


def _merge_stretches(text: str, stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join stretches that belong together; punctuation stays with the words before it."""
    kept: list[_Stretch] = []
    for start, end, tongue, quoted in stretches:
        first = start
        if kept:
            trailing = _TRAILING_PUNCTUATION.match(text, start, end)
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
