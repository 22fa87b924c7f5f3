"""The text that an engine gets: letters that it cannot say become plain ones, spans get phonemes or a respelling.

Every character keeps the span of the utterance it stands for, so that word times come back to the utterance's words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from exporter.engines import PhonemeSpan, Utterance, WordTime

_PLAIN_LETTERS = dict(
    pair.split("=")
    for pair in (
        "đ=d Đ=D ð=th Ð=Th þ=th Þ=Th ł=l Ł=L ø=o Ø=O ı=i ŋ=ng Ŋ=Ng ħ=h Ħ=H ŧ=t Ŧ=T ə=e Ə=E ƒ=f ʻ=' ʼ=' ĸ=k "
        "ɓ=b Ɓ=B ɗ=d Ɗ=D ƙ=k Ƙ=K ƴ=y Ƴ=Y ß=ss ẞ=SS æ=ae Æ=Ae œ=oe Œ=Oe ɛ=e Ɛ=E ɔ=o Ɔ=O"
    ).split()
)
"""Latin letters that Unicode does not decompose, as English text writes them."""


class EngineText(NamedTuple):
    """A text for an engine; `places` holds for each of its characters the span of the utterance (start, end).

    `spans` are those with phonemes, by their places in `text`.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    spans: tuple[PhonemeSpan, ...] = ()

    def map_words(self, words: Iterable[WordTime]) -> tuple[WordTime, ...]:
        """Return word times with the spans of the utterance; several words of one span become one."""
        found: dict[int, WordTime] = {}
        for word in words:
            first = min(word.start, len(self.places) - 1)
            last = min(max(word.end, first + 1), len(self.places)) - 1
            start = self.places[first][0]
            found.setdefault(start, WordTime(start, self.places[last][1], word.begin))
        return tuple(found.values())


def fold_letter(char: str) -> str:
    """Return a letter without its diacritics (``ễ`` is ``e``); a combining mark becomes nothing."""
    if char in _PLAIN_LETTERS:
        return _PLAIN_LETTERS[char]
    plain = unicodedata.normalize("NFKD", char)
    return "".join(_PLAIN_LETTERS.get(one, one) for one in plain if not unicodedata.combining(one))


def adapt_text(
    utterance: Utterance, is_sayable: Callable[[str], bool], write_span: Callable[[str], str] | None = None
) -> EngineText:
    """Return the utterance's text for an engine.

    Characters that are not sayable become plain letters. A span with phonemes becomes what `write_span` makes of its
    IPA; without the function it keeps its letters.
    """
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    spans: list[PhonemeSpan] = []
    at = 0

    def add(text: str, start: int, end: int) -> None:
        chars.append(text)
        places.extend([(start, end)] * len(text))

    def fold(start: int, end: int) -> None:
        for place in range(start, end):
            char = utterance.text[place]
            add(char if is_sayable(char) else fold_letter(char), place, place + 1)

    for span in utterance.phonemes:
        fold(at, span.start)
        first = len(places)
        if write_span:
            add(write_span(span.ipa), span.start, span.end)
        else:
            fold(span.start, span.end)
        spans.append(PhonemeSpan(first, len(places), span.ipa))
        at = span.end
    fold(at, len(utterance.text))
    return EngineText("".join(chars), tuple(places), tuple(spans))
