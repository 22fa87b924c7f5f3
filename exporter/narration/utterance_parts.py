"""Splits a sentence into utterances: a quotation and its attribution, a phrase in another language, a breath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import msgspec

from exporter.article import Sentence
from exporter.narration.clauses import split_at_breaths
from exporter.narration.inline_narration import TextRun, split_runs
from exporter.normalize import Reading
from exporter.normalize.overrides import make_reading


class Quoted(msgspec.Struct, frozen=True):
    """The span of a quotation in one sentence (`start` to `end`), its marks included.

    `opens` and `closes` say whether it begins and ends in this sentence; `speaker` is empty if nobody is named.
    """

    start: int
    end: int
    speaker: str = ""
    opens: bool = True
    closes: bool = True


_Stretch = tuple[int, int, str, Quoted | None]
"""Start and end in the text of a sentence, language, and the quotation it belongs to (None for none)."""


class UtterancePart(msgspec.Struct, frozen=True):
    """What one utterance says: `written`, without the white space around it, in `language`.

    `marked` is the same for the normalizer: exponents and indices in raised and lowered characters; empty if there
    are none.
    `quoted` is the quotation it belongs to, or None; `opens` and `closes` say whether the quotation begins and ends in
    this part. `overrides` are the readings of formulas and ruby.
    """

    written: str
    language: str
    quoted: Quoted | None = None
    opens: bool = False
    closes: bool = False
    overrides: tuple[Reading, ...] = ()
    marked: str = ""


def split_sentence(sentence: Sentence, language: str, quotations: Iterable[Quoted]) -> list[UtterancePart]:
    """Split a sentence at changes of voice and language, and where a speaker breathes."""
    runs = list(split_runs(sentence.content, language))
    text = "".join(run.text for run in runs)
    # A formula is one word to the search for breaths.
    masked = "".join("x" * len(run.text) if run.said else run.text for run in runs)
    marked = "".join(run.marked or run.text for run in runs)
    overrides = tuple(_find_overrides(runs))
    quoted = tuple(quotations)
    stretches: list[_Stretch] = [(0, len(text), runs[0].language, None)] if runs else []
    if quoted or any(run.language != runs[0].language for run in runs):
        stretches = _merge_stretches(text, _find_stretches(runs, quoted))
    return [part for stretch in stretches for part in _split_stretch(text, masked, marked, overrides, stretch)]


def _find_overrides(runs: Iterable[TextRun]) -> Iterator[Reading]:
    """Yield the readings of formulas and ruby."""
    at = 0
    for run in runs:
        if run.said and (body := run.text.strip()):
            start = at + run.text.index(body)
            yield make_reading(start, start + len(body), " ".join(run.said.split()), "given")
        at += len(run.text)


def _split_stretch(
    text: str, masked: str, marked: str, overrides: tuple[Reading, ...], stretch: _Stretch
) -> Iterator[UtterancePart]:
    """Split a stretch where a speaker breathes."""
    start, end, language, quoted = stretch
    spans = [(start + first, start + last) for first, last in split_at_breaths(masked[start:end], language)]
    spans = [(first, last) for first, last in spans if text[first:last].strip()]
    for number, (first, last) in enumerate(spans):
        opens = quoted is not None and quoted.opens and number == 0
        closes = quoted is not None and quoted.closes and number == len(spans) - 1
        yield UtterancePart(
            text[first:last].strip(),
            language,
            quoted,
            opens,
            closes,
            _select_overrides(text, overrides, first, last),
            marked[first:last].strip() if marked != text else "",
        )


def _select_overrides(text: str, overrides: tuple[Reading, ...], first: int, last: int) -> tuple[Reading, ...]:
    """Return the readings inside a span, their positions counted from its first character that is not white space."""
    begin = last - len(text[first:last].lstrip())
    found = (one for one in overrides if first <= one.start < last)
    return tuple(make_reading(one.start - begin, one.end - begin, one.spoken, one.rule) for one in found)


_TRAILING_PUNCTUATION = re.compile(r"[,.;:!?…)\]”’»]*\s*")


def _find_stretches(runs: list[TextRun], quotations: tuple[Quoted, ...]) -> Iterator[_Stretch]:
    """Yield the stretches of one language and one quotation; they tile the sentence."""
    at = 0
    for language, same in groupby(runs, key=lambda run: run.language):
        end = at + sum(len(run.text) for run in same)
        edges = sorted({at, end, *(edge for one in quotations for edge in (one.start, one.end) if at < edge < end)})
        for first, last in pairwise(edges):
            yield first, last, language, next((one for one in quotations if one.start <= first < one.end), None)
        at = end


def _merge_stretches(text: str, stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join stretches that have no words of their own to a neighbour; punctuation stays with the words before it."""
    kept: list[_Stretch] = []
    for start, end, language, quoted in stretches:
        first = start
        if kept:
            trailing = _TRAILING_PUNCTUATION.match(text, start, end)
            first = trailing.end() if trailing else start
            is_wordless = not any(map(str.isalnum, text[first:end]))
            last_start, _, *last = kept[-1]
            if is_wordless or last == [language, quoted]:
                kept[-1] = (last_start, end, *kept[-1][2:])
                continue
            if not any(map(str.isalnum, text[last_start:start])):
                kept[-1] = (last_start, end, language, quoted)
                continue
            kept[-1] = (last_start, first, *kept[-1][2:])
        kept.append((first, end, language, quoted))
    return kept
