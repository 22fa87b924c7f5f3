"""Closes the account of a source: its texts are looked for in the article, and each letter ends as kept or dropped.

The readers of pages and of plain text share it: both number the texts of their source first, and let their steps say
what they drop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from exporter.account import Account, Dropped, Kept
from exporter.article import Metadata
from exporter.readers.letter_matching import LetterMatcher, Match, split_text
from exporter.readers.text_tests import MAX_BYLINE_CHARS, MAX_LABEL_CHARS, text_key

_MARK_APART = re.compile(r" ([,.;:!?)\]”’])")
"""A mark that a tag stood before: texts are joined by spaces."""

_MIN_TITLE_LETTERS = 12
"""Letters of a title that is recognised wherever it stands; fewer may be an ordinary word of the text."""


class Fate(NamedTuple):
    """What became of a text: its `role` in the article, or `why` it was dropped, and `where` it stood."""

    role: str = ""
    why: str = ""
    where: str = ""


class SourcePart(NamedTuple):
    """A part of a text of the source, its letters, and its fate, None until it is found."""

    text: str
    key: str
    fate: Fate | None


Target = tuple[str, Fate | None]
"""A text that was made of the source, and what became of it; None if no step said so."""


class SourceTexts:
    """The texts of a source in order, cut into parts as far as their fates differ."""

    def __init__(self, texts: Sequence[str], fates: Sequence[Fate | None] = ()) -> None:
        self._texts = texts
        self._keys = [*map(text_key, texts)]
        self._parts = [[SourcePart(*part)] for part in zip(texts, self._keys, fates or repeat(None), strict=False)]

    def close(
        self,
        metadata: Metadata,
        targets: Iterable[Sequence[Target]],
        shown: range,
        find_reason: Callable[[int, str], Fate],
        describe_place: Callable[[int], str],
    ) -> Account:
        """Find each open text among the `targets`, one group after the other.

        `shown` are the numbers of the texts that show the title. `find_reason` says why words of the text of a number
        are in none of the targets, `describe_place` where it stood. Returns the account.
        """
        shown = range(len(self._texts))[shown.start : shown.stop]
        found = self._find_titles(metadata.title, shown)
        title = text_key(metadata.title)
        opened = {part.key for own in self._parts for part in own if part.fate is None}
        for group in targets:
            # Where the title was found already, a block that repeats it would take the same words from the text.
            others = [(text, fate) for text, fate in group if not found or title in opened or text_key(text) != title]
            self._match([text for text, _ in others], [*(fate for _, fate in others), None])
        if not found:
            self._find_title_in_head(metadata.title, shown)
        self._find_facts(metadata, shown.start)
        account: list[Kept | Dropped] = []
        for first, fate, words in self._group_parts(find_reason):
            if fate.role:
                account.append(Kept(_MARK_APART.sub(r"\1", " ".join(words)), fate.role))
            else:
                account.append(Dropped(" ".join(words), fate.why, fate.where or describe_place(first)))
        return tuple(account)

    def _find_titles(self, title: str, shown: range) -> bool:
        """Find the title where it is shown, else in the first line that holds it whole and little else.

        It is looked for before other words are, and recognised wherever it stands again. Returns whether it was found.
        """
        key = text_key(title)
        parts = [
            self._find_fact(number, title, "title")
            for number in shown
            if (own := self._keys[number]) and (own in key or _holds_little_else(own, key))
        ]
        found = any(parts)
        for number, own in enumerate(self._keys) if len(key) >= _MIN_TITLE_LETTERS else ():
            if key == own and found:
                if self._parts[number][0].fate is None:
                    self._parts[number] = [SourcePart(self._texts[number], own, Fate(why="the title again"))]
            elif not found and _holds_little_else(own, key):
                found = self._find_fact(number, title, "title")
        return found

    def _find_title_in_head(self, title: str, shown: range) -> None:
        """Find the title in the first of the texts that show it which holds more: the head of a page in one line."""
        key = text_key(title)
        heads = (number for number in shown if key in self._keys[number])
        any(self._find_fact(number, title, "title") for number in heads)

    def _match(self, texts: Sequence[str], fates: Sequence[Fate | None]) -> None:
        """Give the fate of a text to each open part whose letters stand in it; the last fate is that of the others."""
        opened = [
            (number, place, part.key)
            for number, own in enumerate(self._parts)
            for place, part in enumerate(own)
            if part.fate is None and part.key
        ]
        found = LetterMatcher(texts).match([key for _, _, key in opened])
        for (number, place, _), matches in reversed(list(zip(opened, found, strict=True))):
            if matches:
                own = self._parts[number]
                own[place : place + 1] = _cut_part(own[place], matches, fates)

    def _find_facts(self, metadata: Metadata, start: int) -> None:
        """Find each author in the first line from `start` on that is short enough for a byline, and other facts."""
        order = (*range(start, len(self._texts)), *range(start))
        lines = [number for number in order if len(self._texts[number]) <= MAX_BYLINE_CHARS]
        for author in metadata.authors:
            key = text_key(author)
            any(key in self._keys[number] and self._find_fact(number, author, "byline") for number in lines)
        for role, fact in (("rights", metadata.rights), ("section", metadata.section), ("site", metadata.site)):
            key = text_key(fact or "")
            any(key and key == self._keys[number] and self._find_fact(number, key, role) for number in lines)

    def _find_fact(self, number: int, fact: str, role: str) -> bool:
        """Give a role to that part of a text which states a fact; returns whether there is one."""
        own = self._parts[number]
        if any(part.fate and part.fate.role not in ("", role) for part in own):
            return False
        for place, part in enumerate(own):
            # A title may be shown in several texts, and a part of a name is any word.
            if (part.fate and part.fate.role) or (role != "title" and text_key(fact) not in part.key):
                continue
            if matches := LetterMatcher([fact]).match([part.key])[0]:
                fates = (Fate(role=role), part.fate or Fate(why=f"beside the {role}"))
                own[place : place + 1] = _cut_part(part, matches, fates)
                return True
        return False

    def _group_parts(self, find_reason: Callable[[int, str], Fate]) -> Iterator[tuple[int, Fate, list[str]]]:
        """Yield the words of neighbours with the same fate, and the number of the first one's text."""
        last: Fate | None = None
        first = 0
        texts: list[str] = []
        for number, own in enumerate(self._parts):
            for place, part in enumerate(own):
                words = " ".join(part.text.split())
                fate = part.fate or _label_reason(own, place) or find_reason(number, words)
                if last is not None and not part.key:
                    fate = last  # marks go with the text before them
                if last is not None and (fate != last or (fate.role and fate is not last)):
                    yield first, last, texts
                    texts, first = [], number
                texts += [words] if words else []
                last = fate
        if last is not None and texts:
            yield first, last, texts


def _holds_little_else(key: str, part: str) -> bool:
    """Whether the letters of a text hold those of another, and hardly more."""
    return bool(part) and part in key and len(key) <= len(part) + MAX_LABEL_CHARS


def _label_reason(parts: Sequence[SourcePart], place: int) -> Fate | None:
    """Return the fate of a label before or after a credit in the same text ("Photo:"); None if it is not one."""
    roles = {part.fate.role for part in (*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2]) if part.fate}
    return Fate(why="the label of a credit") if "credit" in roles else None


def _cut_part(part: SourcePart, matches: Sequence[Match], fates: Sequence[Fate | None]) -> list[SourcePart]:
    """Cut a part at its matches, each with the fate of the text it stands in; the last fate is that of what is left."""
    if len(matches) == 1 and matches[0].end - matches[0].begin == len(part.key):
        return [SourcePart(part.text, part.key, fates[matches[0].number])]  # nearly all
    return [SourcePart(text, text_key(text), fates[at]) for text, at in split_text(part.text, matches)]
