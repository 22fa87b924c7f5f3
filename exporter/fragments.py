"""Fragments of media overlays: which anchor of an article is highlighted while which samples play.

A fragment is a sentence, a part of a very long one, or a word. Parts and words become `Sentence` inlines within their
sentence, anchored ``b3.1.p4`` and ``b3.1.w4``, so that the book writes them as it writes any sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise, repeat

from msgspec.structs import replace

from exporter.article import Article, Block, Inline, Sentence, Text, all_blocks, inline_runs, inline_text, map_contents
from exporter.recording import Segment
from exporter.sentences import divide_inlines

MAX_SENTENCE_SECONDS = 20.0
"""Length from which a sentence is divided: players cannot seek within a fragment, and would highlight a whole page.

Chosen by trying; no measurement."""

TimedAnchor = tuple[str, int, int]
"""An anchor, and the samples from and to which it is spoken."""

_WORD = re.compile(r"\S+")


def anchor_parts(article: Article, segments: Iterable[Segment], rate: int) -> tuple[Article, list[TimedAnchor]]:
    """Anchor the parts of very long sentences; returns the article, and when each sentence or part is spoken.

    A part is what one segment says; `rate` is in samples per second.
    """
    spoken = list(segments)
    by_anchor: dict[str, list[Segment]] = {}
    for segment in spoken:
        by_anchor.setdefault(segment.anchor, []).append(segment)
    limit = MAX_SENTENCE_SECONDS * rate
    long = {anchor for anchor, own in by_anchor.items() if own[1:] and own[-1].end - own[0].begin > limit}
    starts: dict[str, list[int]] = {}
    for sentence in _find_sentences(article) if long else ():
        found = (
            _find_starts(inline_text(sentence.content), by_anchor[sentence.anchor]) if sentence.anchor in long else []
        )
        if found:
            starts[sentence.anchor] = found
    parts = {anchor: iter(_name_parts(anchor, found)) for anchor, found in starts.items()}
    timed = [(next(parts.get(one.anchor, repeat(one.anchor))), one.begin, one.end) for one in spoken]
    if starts:
        article = _map_sentences(article, lambda sentence: _divide(sentence, starts))
    return article, timed


def _find_starts(text: str, segments: Iterable[Segment]) -> list[int]:
    """Return where in a sentence its segments begin; empty if one of them is not found in it."""
    starts: list[int] = []
    end = 0
    for segment in segments:
        if (start := text.find(segment.written, end)) < 0:
            return []
        starts.append(start)
        end = start + len(segment.written)
    return starts


def _find_cuts(starts: list[int]) -> list[int]:
    return sorted(set(starts[1:]) - {0})


def _name_parts(anchor: str, starts: list[int]) -> list[str]:
    """Return for each segment of a sentence the anchor of the part that it begins in."""
    return [f"{anchor}.p{bisect_right(_find_cuts(starts), start) + 1}" for start in starts]


def _divide(sentence: Sentence, starts: Mapping[str, list[int]]) -> Sentence:
    if sentence.anchor not in starts:
        return sentence
    groups = divide_inlines(sentence.content, _find_cuts(starts[sentence.anchor]))
    parts = tuple(Sentence(f"{sentence.anchor}.p{number}", tuple(group)) for number, group in enumerate(groups, 1))
    return replace(sentence, content=parts)


def anchor_words(article: Article) -> Article:
    """Anchor every word of every sentence, except words that lie in several inlines (half of it emphasised)."""
    return _map_sentences(article, lambda sentence: _WordAnchorer(sentence).anchor())


def time_words(article: Article, segments: Iterable[Segment]) -> Iterator[TimedAnchor]:
    """Yield when each word of an article is spoken; a segment without word times falls back to its sentence's anchor.

    `article` is the one before `anchor_words`.
    """
    texts = map_sentence_texts(article)
    starts = {anchor: [word.start() for word in _WORD.finditer(text)] for anchor, text in texts.items()}
    ends: dict[str, int] = {}  # of the segments before, in the text of their sentence
    for segment in segments:
        text = texts.get(segment.anchor)
        start = text.find(segment.written, ends.get(segment.anchor, 0)) if text else -1
        if start < 0 or not segment.words:
            yield segment.anchor, segment.begin, segment.end
            continue
        ends[segment.anchor] = start + len(segment.written)
        begins: dict[int, int] = {}  # by the number of the written word, from 1
        for word in segment.words:
            number = bisect_right(starts[segment.anchor], start + word.written_start)
            begins.setdefault(max(1, number), word.begin)
        turns = [segment.begin, *list(begins.values())[1:], segment.end]
        for number, (begin, end) in zip(begins, pairwise(turns), strict=True):
            yield f"{segment.anchor}.w{number}", begin, max(begin, end)


def map_sentence_texts(article: Article) -> dict[str, str]:
    """Return the text of each sentence by its anchor."""
    return {sentence.anchor: inline_text(sentence.content) for sentence in _find_sentences(article)}


def is_beside_text(segment: Segment) -> bool:
    """Whether it is an announcement about the article as a whole ("That was ...") that its pages do not contain."""
    return segment.role == "announcement" and segment.anchor in ("title", "byline", "date")


def _find_sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article: they stand directly in the runs of its blocks."""
    for block in all_blocks(article):
        for run in inline_runs(block):
            yield from (inline for inline in run if isinstance(inline, Sentence))


def _map_sentences(article: Article, change: Callable[[Sentence], Sentence]) -> Article:
    """Rebuild an article with its sentences changed."""

    def map_run(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(change(inline) if isinstance(inline, Sentence) else inline for inline in run)

    def map_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map_contents(block, map_run, map_blocks) for block in blocks)

    notes = tuple(replace(note, blocks=map_blocks(note.blocks)) for note in article.notes)
    return replace(article, blocks=map_blocks(article.blocks), notes=notes)


class _WordAnchorer:
    """Anchors the words of one sentence, moving on through its text."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._spans = [word.span() for word in _WORD.finditer(inline_text(sentence.content))]
        self._position = 0

    def anchor(self) -> Sentence:
        """Return the sentence with its words anchored."""
        return replace(self._sentence, content=self._anchor_run(self._sentence.content))

    def _anchor_run(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(new for inline in content for new in self._anchor_inline(inline))

    def _anchor_inline(self, inline: Inline) -> Iterator[Inline]:
        if isinstance(inline, Text):
            yield from self._anchor_text(inline.text)
        elif "content" in inline.__struct_fields__:
            yield replace(inline, content=self._anchor_run(inline.content))  # type: ignore[union-attr]
        else:
            self._position += len(inline_text((inline,)))
            yield inline

    def _anchor_text(self, text: str) -> Iterator[Inline]:
        begin, end = self._position, self._position + len(text)
        self._position = end
        done = begin
        for number, (first, last) in enumerate(self._spans, 1):
            if begin <= first and last <= end:
                if first > done:
                    yield Text(text[done - begin : first - begin])
                yield Sentence(f"{self._sentence.anchor}.w{number}", (Text(text[first - begin : last - begin]),))
                done = last
        if done < end:
            yield Text(text[done - begin :])
