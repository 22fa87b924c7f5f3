"""Long sentences in parts, for books that light up sentence by sentence.

A sentence that sounds for minutes would be one clip, in which no player finds a place, and a light over pages. What is
said of it in one breath becomes a `Sentence` inline within it, anchored ``b3.1.p4``: the book writes it as any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import repeat

import msgspec

from exporter.article import Article, Sentence, inline_text
from exporter.recording import Segment
from exporter.sentences import divide_inlines
from exporter.word_fragments import rebuilt, sentences

LONGEST = 20.0
"""Seconds that a sentence may sound as one clip."""

Place = tuple[str, int, int]
"""An anchor, and the samples from and to which it sounds."""


def phrased(article: Article, segments: Iterable[Segment], rate: int) -> tuple[Article, list[Place]]:
    """Anchor the parts of the sentences that sound too long, and say when each sentence or part sounds."""
    spoken = list(segments)
    said: dict[str, list[Segment]] = {}
    for segment in spoken:
        said.setdefault(segment.anchor, []).append(segment)
    long = {anchor for anchor, own in said.items() if own[1:] and own[-1].end - own[0].begin > LONGEST * rate}
    starts: dict[str, list[int]] = {}
    for sentence in sentences(article) if long else ():
        if sentence.anchor in long and (found := _starts(inline_text(sentence.content), said[sentence.anchor])):
            starts[sentence.anchor] = found
    parts = {anchor: iter(_parts(anchor, found)) for anchor, found in starts.items()}
    places = [(next(parts.get(one.anchor, repeat(one.anchor))), one.begin, one.end) for one in spoken]
    return (rebuilt(article, lambda sentence: _parted(sentence, starts)) if starts else article), places


def _starts(text: str, segments: Iterable[Segment]) -> list[int]:
    """The places in a sentence at which its segments begin; none where one of them is not found in it."""
    starts: list[int] = []
    reached = 0
    for segment in segments:
        if (place := text.find(segment.written, reached)) < 0:
            return []
        starts.append(place)
        reached = place + len(segment.written)
    return starts


def _cuts(starts: list[int]) -> list[int]:
    return sorted(set(starts[1:]) - {0})


def _parts(anchor: str, starts: list[int]) -> list[str]:
    """The anchor of the part that each segment of a sentence is."""
    return [f"{anchor}.p{bisect_right(_cuts(starts), start) + 1}" for start in starts]


def _parted(sentence: Sentence, starts: Mapping[str, list[int]]) -> Sentence:
    if sentence.anchor not in starts:
        return sentence
    groups = divide_inlines(sentence.content, _cuts(starts[sentence.anchor]))
    parts = tuple(Sentence(f"{sentence.anchor}.p{number}", tuple(group)) for number, group in enumerate(groups, 1))
    return msgspec.structs.replace(sentence, content=parts)
