"""Finds the texts of a source again in what was made of it, by their letters and digits, each used once.

Readers change white space, quotation marks and dashes, cut credits from captions and join texts; letters stay. The
matcher walks along both sides: nearly all texts follow each other in the same order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.readers.text_tests import text_key

_PROBE_LETTERS = 16
"""Letters by which a text is found away from its turn: so many are hardly ever the same by chance."""

_SEARCH_LETTERS = 200_000
"""Letters before and after the last match in which a text is searched: bounds the time for a whole book."""


_NEAR_LETTERS = 400
"""Letters around the match before it in which a short text is searched that was not found in its turn."""


_NEXT_TEXTS, _MIN_NEXT_LETTERS = 4, 3
"""Texts after the position among which one is looked for that begins a text, and its letters."""

_CLOSING_MARKS = ".,:;!?)]|"
"""Marks that go with the word before them."""


class Match(NamedTuple):
    """Letters `begin` to `end` of a text, and the `number` of the text in which they stand.

    `place` is where they begin among the letters of all texts.
    """

    begin: int
    end: int
    number: int
    place: int = 0


class LetterMatcher:
    """The letters of some texts, of which each can be matched once."""

    def __init__(self, texts: Iterable[str]) -> None:
        keys = list(map(text_key, texts))
        self._letters = "".join(keys)
        self._starts: list[int] = []
        self._places: dict[str, list[int]] = {}  # where the short texts begin that may be unused
        end = 0
        for key in keys:
            self._starts.append(end)
            if key and len(key) < _PROBE_LETTERS:
                self._places.setdefault(key, []).append(end)
            end += len(key)
        self._ends = {start + len(key) for start, key in zip(self._starts, keys, strict=True)}
        self._used = bytearray(end)
        self._position = 0

    def match(self, keys: Sequence[str]) -> list[list[Match]]:
        """Return where the letters of each text stand, in the order of the text's letters."""
        found = []
        for number, key in enumerate(keys):
            if self._is_free(key, self._position):  # nearly all
                found.append([self._take(0, self._position, len(key))])
                self._position += len(key)
                continue
            next_keys = keys[number + 1 : number + 1 + _PROBE_LETTERS]
            following = "".join([next_key[:_PROBE_LETTERS] for next_key in next_keys])[:_PROBE_LETTERS]
            found.append(self._match_in_turn(key, following))
        anchor = 0
        for number, key in enumerate(keys):
            found[number], anchor = self._fill_gaps(key, found[number], anchor)
        return found

    def _match_in_turn(self, letters: str, following: str) -> list[Match]:
        found: list[Match] = []
        begin = 0
        while begin < len(letters):
            skipped, place, size = self._find(letters[begin:], following)
            if not size:
                break
            begin += skipped
            found.append(self._take(begin, place, size))
            self._position = place + size
            begin += size
        return found

    def _take(self, begin: int, place: int, size: int) -> Match:
        """Mark letters as used; `begin` is where they begin in their own text."""
        self._used[place : place + size] = b"\1" * size
        return Match(begin, begin + size, bisect_right(self._starts, place) - 1, place)

    def _fill_gaps(self, key: str, matches: list[Match], anchor: int) -> tuple[list[Match], int]:
        """Find what was passed over between the matches of a text, near the match before it."""
        filled: list[Match] = []
        begin = 0
        for match in (*matches, None):
            end = match.begin if match else len(key)
            if begin < end and (place := self._search_near(key[begin:end], anchor)) >= 0:
                filled.append(self._take(begin, place, end - begin))
                anchor = place + end - begin
            if match:
                filled.append(match)
                begin, anchor = match.end, match.place + match.end - match.begin
        return filled, anchor

    def _search_near(self, rest: str, anchor: int) -> int:
        """Return the unused place of a text at a match, else near it if it is longer than two letters; -1 if none."""
        if self._is_free(rest, anchor):
            return anchor
        end = anchor + _NEAR_LETTERS
        place = self._letters.find(rest, max(anchor - _NEAR_LETTERS, 0), end) if len(rest) > 2 else -1
        while place >= 0 and not self._is_free(rest, place):
            place = self._letters.find(rest, place + 1, end)
        return place

    def _find(self, rest: str, following: str) -> tuple[int, int, int]:
        """Return how many letters to skip, the place of those after them, and their number: 0 if none is found."""
        here = self._measure(rest, self._position)
        if here == len(rest) or here >= _PROBE_LETTERS or (here and self._position + here in self._ends):
            return 0, self._position, here
        probe = (rest + following)[:_PROBE_LETTERS]
        place = self._search(probe) if len(probe) == _PROBE_LETTERS else self._search_whole(rest)
        if place < 0 and len(rest) < _PROBE_LETTERS:
            place = self._search_whole(rest)
        if place >= 0:
            return 0, place, min(self._measure(rest, place), len(rest))
        return self._find_next(rest) or self._find_later(rest)

    def _find_next(self, rest: str) -> tuple[int, int, int] | None:
        """Find one of the next texts as a whole at the beginning of a text: a caption before its credit."""
        number = bisect_right(self._starts, self._position)
        for place in self._starts[number : number + _NEXT_TEXTS]:
            size = self._measure(rest, place)
            if size >= _MIN_NEXT_LETTERS and place + size in self._ends:
                return 0, place, size
        return None

    def _find_later(self, rest: str) -> tuple[int, int, int]:
        """Find letters of a text whose beginning is not there: a credit after its label, words after a formula."""
        number = bisect_right(self._starts, self._position) - 1
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._letters)
        piece = self._letters[self._position : end]
        if len(piece) > 1 and not self._used[self._position] and (skipped := rest.find(piece)) > 0:
            return skipped, self._position, len(piece)
        for skipped in range(_PROBE_LETTERS // 2, len(rest) - _PROBE_LETTERS, _PROBE_LETTERS // 2):
            place = self._search(rest[skipped : skipped + _PROBE_LETTERS])
            if place >= 0:
                back = 0
                while back < skipped and place > back and self._is_same(rest, skipped - back - 1, place - back - 1):
                    back += 1
                return skipped - back, place - back, self._measure(rest[skipped - back :], place - back)
        return 0, 0, 0

    def _is_free(self, letters: str, place: int) -> bool:
        """Whether letters stand unused at a place."""
        return self._letters.startswith(letters, place) and self._used.find(1, place, place + len(letters)) < 0

    def _is_same(self, rest: str, at: int, place: int) -> bool:
        return rest[at] == self._letters[place] and not self._used[place]

    def _measure(self, rest: str, place: int) -> int:
        """Return how many letters of a text stand unused at a place."""
        if self._is_free(rest, place):
            return len(rest)
        size = 0
        for letter, other, used in zip(
            rest, self._letters[place : place + len(rest)], self._used[place : place + len(rest)], strict=False
        ):
            if letter != other or used:
                break
            size += 1
        return size

    def _search(self, probe: str) -> int:
        """Return the nearest unused place of some letters after the position, else before it; -1 if there is none."""
        for begin, end in (
            (self._position, self._position + _SEARCH_LETTERS),
            (max(self._position - _SEARCH_LETTERS, 0), self._position),
        ):
            place = self._letters.find(probe, begin, end)
            while place >= 0 and self._used[place]:
                place = self._letters.find(probe, place + 1, end)
            if place >= 0:
                return place
        return -1

    def _search_whole(self, rest: str) -> int:
        """Return the unused place of a short text that is one of the texts: the next one, else the first; -1 if none.

        What is used is forgotten on the way, so that many equal texts take no time that grows with their square.
        """
        places = self._places.get(rest, [])
        number = bisect_left(places, self._position)
        while places:
            number = number if number < len(places) else 0
            if self._is_free(rest, places[number]):
                return places[number]
            del places[number]
        return -1


def split_text(text: str, matches: Sequence[Match]) -> list[tuple[str, int]]:
    """Cut a text at its matches: each part with the number of the text in which it stands, -1 if it is in none."""
    if not matches:
        return [(text, -1)]
    if len(matches) == 1 and matches[0].begin == 0 and matches[0].end >= len(text_key(text)):
        return [(text, matches[0].number)]
    parts: list[tuple[str, int]] = []
    end = count = 0
    for match in matches:
        begin, count = _advance(text, end, match.begin - count), match.begin
        while begin > end and begin < len(text) and (text[begin].isspace() or text[begin] in _CLOSING_MARKS):
            begin += 1
        if begin > end:
            parts.append((text[end:begin], -1))
        end, count = _advance(text, begin, match.end - count), match.end
        while end < len(text) and not text[end].isspace() and not text_key(text[end]):
            end += 1  # the mark after a word goes with it
        parts.append((text[begin:end], match.number))
    if text_key(text[end:]):
        return [*parts, (text[end:], -1)]
    *before, (last, number) = parts
    return [*before, (last + text[end:], number)]


def _advance(text: str, begin: int, letters: int) -> int:
    """Return the place in a text after so many letters from `begin` on."""
    while letters > 0 and begin < len(text):
        letters -= len(text_key(text[begin]))
        begin += 1
    return begin
