"""Words with anchors of their own, for books that light up word by word.

Each word of a sentence becomes a `Sentence` inline within it, anchored ``b3.1.w4``: the book writes it as it writes any
sentence. A word that is written in several pieces (half of it emphasised) gets none; its time falls to the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from exporter.article import Article, Inline, Sentence, Text, inline_text
from exporter.recording import Segment

_WORD = re.compile(r"\S+")
_Value = TypeVar("_Value")


def worded(article: Article) -> Article:
    """Anchor every word of every sentence."""
    return rebuilt(article, _in_words)


def timed(article: Article, segments: Iterable[Segment]) -> Iterator[tuple[str, int, int]]:
    """Say when each word sounds: its anchor, and its samples from and to; a sentence without word times is whole."""
    starts = {sentence.anchor: _starts(inline_text(sentence.content)) for sentence in sentences(article)}
    texts = {sentence.anchor: inline_text(sentence.content) for sentence in sentences(article)}
    reached: dict[str, int] = {}
    for segment in segments:
        text = texts.get(segment.anchor)
        place = text.find(segment.written, reached.get(segment.anchor, 0)) if text else -1
        if place < 0 or not segment.words:
            yield segment.anchor, segment.begin, segment.end
            continue
        reached[segment.anchor] = place + len(segment.written)
        found: dict[int, int] = {}
        for word in segment.words:
            number = bisect_right(starts[segment.anchor], place + word.written_start)
            found.setdefault(max(1, number), word.begin)
        begins = [segment.begin, *list(found.values())[1:]]
        for number, begin, end in zip(found, begins, [*begins[1:], segment.end], strict=True):
            yield f"{segment.anchor}.w{number}", begin, max(begin, end)


def _starts(text: str) -> list[int]:
    return [found.start() for found in _WORD.finditer(text)]


def _in_words(sentence: Sentence) -> Sentence:
    return msgspec.structs.replace(sentence, content=_Words(sentence).rebuilt(sentence.content))


def rebuilt(value: _Value, change: Callable[[Sentence], Sentence]) -> _Value:
    """Rebuild a value of the model with its sentences changed."""
    if isinstance(value, Sentence):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(rebuilt(item, change) for item in value)  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: new for name, old in fields.items() if (new := rebuilt(old, change)) is not old}
        return msgspec.structs.replace(value, **changed) if changed else value
    return value


def sentences(value: object) -> Iterator[Sentence]:
    """Yield the sentences of a value of the model."""
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from sentences(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from sentences(getattr(value, name))


class _Words:
    """The words of one sentence, met one after the other."""

    def __init__(self, sentence: Sentence) -> None:
        self._anchor = sentence.anchor
        text = inline_text(sentence.content)
        self._spans = [found.span() for found in _WORD.finditer(text)]
        self._position = 0

    def rebuilt(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Anchor the words of some inlines; the position in the sentence moves on."""
        return tuple(new for inline in content for new in self._inline(inline))

    def _inline(self, inline: Inline) -> Iterator[Inline]:
        if isinstance(inline, Text):
            yield from self._text(inline.text)
        elif "content" in inline.__struct_fields__:
            yield msgspec.structs.replace(inline, content=self.rebuilt(inline.content))  # type: ignore[union-attr]
        else:
            self._position += len(inline_text((inline,)))
            yield inline

    def _text(self, text: str) -> Iterator[Inline]:
        begin, end = self._position, self._position + len(text)
        self._position = end
        done = begin
        for number, (first, last) in enumerate(self._spans, 1):
            if begin <= first and last <= end:
                if first > done:
                    yield Text(text[done - begin : first - begin])
                yield Sentence(f"{self._anchor}.w{number}", (Text(text[first - begin : last - begin]),))
                done = last
        if done < end:
            yield Text(text[done - begin :])
