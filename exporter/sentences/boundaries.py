"""Finds where sentences end.

One scan finds every run of stops; a decision looks at the word before and the word after it, over bounded distances,
so that the time is linear in the text. Lines, and the items of a list inside a paragraph, are split first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.sentences.sentence_words import SentenceWords, load_sentence_words

Span = tuple[int, int]
"""Start and end in a text (code points)."""

_CLOSING_CHARS = "\"'”“’»›)\\]}¹²³⁴⁵⁶⁷⁸⁹⁰*_"
_OPENING_CHARS = "\"'“‘„‚«‹([{¿¡*_"
_UNAMBIGUOUS_STOPS = "。！？｡؟।॥۔።"  # full stops of scripts that use them only to end a sentence

# Stops (". . ." with its spaces), closing marks and footnote numbers, and the white space after them.
_STOPS = rf"[.!?…‽{_UNAMBIGUOUS_STOPS}]+(?:\ \.(?=[\s{_CLOSING_CHARS}]|$))*"
_CLOSING = rf"(?:[{_CLOSING_CHARS}」』）〉》]|\s[»›](?=[\s.,;]|$))*(?:\[\w{{1,4}}\])*"
_CANDIDATE = re.compile(rf"({_STOPS})({_CLOSING})(\s*)")
_NEXT_WORD = re.compile(rf"(?:[{_OPENING_CHARS}]|[-–—]+\s?)*([^\W\d_]+|.)?", re.DOTALL)
# Bounds of the work at each stop, far above what prose has.
_MAX_TOKEN_CHARS = 40  # of the word before a stop
_MAX_FRONTED_WORDS = 3  # "В 1998 г.", "W 2001 r."
_MAX_BRACKET_CHARS = 2000  # between an opening bracket and its closing one
# Lengths of abbreviations that no list has; chosen by reading pages, no measurement.
_MIN_WHOLE_WORD_LETTERS = 4  # a lower-case word of so many letters, with a vowel, is not an abbreviation
_MAX_SHORT_FORM_LETTERS = 5  # a capitalised word up to so many letters, without a vowel, is an abbreviation
_DOTTED_FORM = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_WORD_JOINT = re.compile(r"[-'’]")
_ROMAN_NUMERAL = re.compile(r"[IVXLC]+\b")
_GLUED_START = re.compile(r"[A-Z][a-z]+(?=\s|[,;:!?.]+[\s\"”’)]|$)|I\s")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
# "3", "3./4", "26.6": an ordinal or a date, where these have a dot; and a date with spaces, around its dots.
_DOTTED_NUMBER = re.compile(r"\d{1,4}(?:[./-]{1,2}\d{1,3}){0,2}")
_WORD_BEFORE = re.compile(r"(?:([^\W\d_]+)\s|\()\Z")
_SPACED_DATE = re.compile(r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s[12]\d{3}(?!\d)")
_MAX_DATE_CHARS = 12  # of a date with spaces
_CLOCK_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?")
_ATTRIBUTION = re.compile(r"((?:[A-Z][\w'’-]*\.?\s+){1,4})([a-z]+)\b")

# The marker of a list item: a bullet, a number, a letter, or a bullet and one of these.
_BULLET_CHARS = "•◦▪‣⁃∙●"
_ITEM_MARKER = re.compile(
    rf"\s*(?:(?P<bullet>[{_BULLET_CHARS}])\s*)?(?:(?P<left>\(?)(?P<name>\d{{1,3}}|[A-Za-z]|[ivxIVX]{{2,4}})(?P<right>\.?\)|\.)\s)?"
)


def split_sentences(text: str, language: str) -> list[Span]:
    """Split a text into sentences: spans that tile it, each with the white space after it."""
    words = load_sentence_words(language)
    spans: list[Span] = []
    for line in _split_lines(text):
        for item in _split_items(text, *line):
            start = item[0]
            for end in _find_ends(text, *item, words):
                spans.append((start, end))
                start = end
            spans.append((start, item[1]))
    return _join_wordless(text, spans)


def _join_wordless(text: str, spans: list[Span]) -> list[Span]:
    """Join spans without a letter or digit to the sentence before them, or else to the next."""
    kept: list[Span] = []
    begin = 0
    for start, end in spans:
        if any(map(str.isalnum, text[start:end])):
            kept.append((begin, end))
            begin = end
        elif kept:
            kept[-1] = (kept[-1][0], end)
            begin = end
    return kept or ([(0, len(text))] if text else [])


def _split_lines(text: str) -> Iterator[Span]:
    """Yield the lines of a text; in prose a line that begins in lower case continues the one before."""
    if "\n" not in text:
        yield 0, len(text)
        return
    is_prose = text.rstrip().endswith((".", "!", "?", "…", '"', "”", ":"))
    start = 0
    for match in re.finditer(r"\n\s*", text):
        is_soft = is_prose and match[0].count("\n") == 1 and text[match.end() : match.end() + 1].islower()
        if not is_soft:
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _split_items(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the items of a line that is a list ("1) first 2) second"); any other line is one item."""
    while (marker := _ITEM_MARKER.match(text, start, end)) and (following := _build_next_marker(marker)):
        match = re.compile(following).search(text, marker.end(), end)
        if not match:
            break
        yield start, match.start(1)
        start = match.start(1)
    yield start, end


def _build_next_marker(marker: re.Match[str]) -> str:
    """Return the pattern of the next item's marker, or an empty text if this marker does not begin a list."""
    if marker["bullet"]:
        return rf"\s({marker['bullet']})"
    name, right = marker["name"], marker["right"]
    if not name or (name.isupper() and right == "."):  # "J. Smith" is a name
        return ""
    if name.isdigit():
        following = str(int(name) + 1)
    elif len(name) == 1 and name.lower() != "z":
        following = chr(ord(name) + 1)
    else:
        return ""
    return rf"\s({re.escape(marker['left'] + following + right)})\s"


def _find_ends(text: str, start: int, end: int, words: SentenceWords) -> Iterator[int]:
    """Yield the ends of the sentences of an item, except the last."""
    marker = _ITEM_MARKER.match(text, start, end)
    decision = _BoundaryDecision(text, words)
    for match in _CANDIDATE.finditer(text, marker.end() if marker else start, end):
        if match.end() >= end:
            return
        if boundary := decision.find_end(start, match):
            yield boundary
            start = boundary


class _BoundaryDecision:
    """Decides whether a sentence of one text ends at a run of stops."""

    def __init__(self, text: str, words: SentenceWords) -> None:
        self._text = text
        self._words = words

    def find_end(self, start: int, match: re.Match[str]) -> int:
        """Return where the sentence that began at `start` ends at these stops, or 0 if it goes on."""
        stops, closers, space = match.groups()
        after = match.end()
        if stops[-1] in _UNAMBIGUOUS_STOPS:
            # In Chinese and Japanese a closing mark followed by text is inside the sentence.
            return after if space or not closers else 0
        at = match.start()
        if not space:
            return after if stops == "." and not closers and self._is_glued(at) else 0
        following = _NEXT_WORD.match(self._text, after)
        word = (following[1] if following else "") or ""
        if stops != "." and not stops.strip(". …"):
            return self._find_ellipsis_end(match, word)
        token = self._find_token(start, at)
        if stops == ".":
            goes_on = not self._is_closed(start, at, word) and (
                self._continues_after_stop(token, word, closers)
                or self._continues_after_number(at, token, word)
                or self._is_fronted_time(start, at, token)
                or self._is_before_dash(token, after)
            )
        else:
            goes_on = self._continues_after_exclamation(match, token, word)
        if not goes_on and closers[:1] == ")":
            goes_on = self._is_inserted(start, at, word)
        return 0 if goes_on else after

    def _is_closed(self, start: int, at: int, word: str) -> bool:
        """Whether an abbreviation that mostly ends a sentence does so here; after "В 1998 г." alone it goes on."""
        near = self._text[max(start, at - _MAX_TOKEN_CHARS) : at]
        is_last = word[:1].isupper() and self._words.endings.search(near)
        return bool(is_last) and len(near.split()) > _MAX_FRONTED_WORDS

    def _is_inserted(self, start: int, at: int, word: str) -> bool:
        """Whether a bracket that closes here was opened inside the sentence, which therefore goes on."""
        opened = self._text.rfind("(", max(start, at - _MAX_BRACKET_CHARS), at)
        return opened > start and word not in self._words.starters

    def _find_token(self, start: int, end: int) -> str:
        """Return the word that ends at `end`, without opening marks; empty after white space."""
        near = self._text[max(start, end - _MAX_TOKEN_CHARS) : end]
        if not near or near[-1].isspace():
            return ""
        token = near.rsplit(None, 1)[-1]
        return token.replace("—", " ").replace("–", " ").rsplit(" ", 1)[-1].lstrip(_OPENING_CHARS)

    def _continues_after_stop(self, token: str, word: str, closers: str) -> bool:
        """Whether the sentence goes on after a single full stop between `token` and `word`."""
        words = self._words
        if word[:1].islower():
            return not self._begins_in_lower_case(token, word, closers)
        if token in words.never or _WORD_JOINT.split(token)[-1] in words.never:
            return True
        if token in words.numbered and word in words.after_ordinal:
            return True  # "5 mil. Kč"
        if token.endswith(words.numbered_endings) and word[:1].isdigit():
            return True  # "Hauptstr. 12"
        if token in words.numbered or token.endswith(("°", "º")):
            return self._is_numbered(token, word)
        starts = word in words.starters
        if len(token) == 1 and token.isalpha():
            return not starts
        if token in words.clock:
            return word in words.after_clock or not word[:1].isupper()
        if (token in words.may and token not in words.ordinary) or _DOTTED_FORM.fullmatch(token):
            return not starts
        return not starts and _is_short_form(token)

    def _continues_after_number(self, at: int, token: str, word: str) -> bool:
        """Whether a dot belongs to an ordinal ("im 2. Anlauf"), a date, or the number of a monarch ("Karl V. (")."""
        words = self._words
        if not words.after_ordinal:
            return False
        if _ROMAN_NUMERAL.fullmatch(token):
            return self._text.startswith("(", at + 2)
        if not _DOTTED_NUMBER.fullmatch(token):
            return False
        date = _SPACED_DATE.search(self._text, max(0, at - _MAX_DATE_CHARS), at + _MAX_DATE_CHARS)
        if date and date.start() < at < date.end():
            return True
        if word in words.starters or not word[:1].isupper():
            return False
        start = at - len(token)
        before = _WORD_BEFORE.search(self._text, max(0, start - _MAX_TOKEN_CHARS), start)
        return word in words.after_ordinal or (before is not None and (before[1] or "(") in words.before_ordinal)

    def _begins_in_lower_case(self, token: str, word: str, closers: str) -> bool:
        """Whether a sentence begins in lower case by mistake: the word before the stop is not an abbreviation."""
        if closers or not token.isalpha():
            return False
        words = self._words
        if token in words.never or token in words.may or token in words.numbered:
            return False
        return (
            len(token) >= _MIN_WHOLE_WORD_LETTERS and token.islower() and word.isalpha() and bool(_VOWEL.search(token))
        )

    def _is_numbered(self, token: str, word: str) -> bool:
        """Whether "No." and the like precede a number, a single letter or a name."""
        if word[:1].isdigit() or _ROMAN_NUMERAL.fullmatch(word) or len(word) == 1:
            return word not in ("A", "I")
        if token in self._words.answers or token in self._words.ordinary:
            return False
        return word not in self._words.starters and (token[0].isupper() or len(token) == 1)

    def _is_fronted_time(self, start: int, at: int, token: str) -> bool:
        """Whether the text before is only "At 5 a.m.", which is not a sentence."""
        if token not in self._words.clock:
            return False
        first, _, rest = self._text[start:at].partition(" ")
        return first in self._words.prepositions and bool(_CLOCK_TIME.fullmatch(rest.removesuffix(token).strip()))

    def _is_before_dash(self, token: str, after: int) -> bool:
        """Whether a dash follows an abbreviation: "LYON, Ga. — The", "6 a.m. – Breakfast"."""
        is_short = token in self._words.may or token in self._words.clock or _DOTTED_FORM.fullmatch(token)
        return bool(is_short) and self._text.startswith(("-", "–", "—"), after)

    def _continues_after_exclamation(self, match: re.Match[str], token: str, word: str) -> bool:
        """Whether the sentence goes on after a question or exclamation mark."""
        closers = match[2]
        if word[:1].islower() or (closers[:1] == ")" and token == ""):
            return True
        if token in self._words.exclaiming and match[1] == "!":
            return word not in self._words.starters
        if not closers or not self._words.subject_first:
            return False
        attribution = _ATTRIBUTION.match(self._text, match.end())
        return attribution is not None and attribution[2] in self._words.saying

    def _find_ellipsis_end(self, match: re.Match[str], word: str) -> int:
        """Return where the sentence ends at an ellipsis, or 0: four dots end it, three may."""
        stops, closers, _ = match.groups()
        if closers[:1] == "]" or not word or word[0].islower():
            return 0
        spaced = match.start() == 0 or self._text[match.start() - 1].isspace()
        if stops.count(".") > 3 or ("." in stops and "…" in stops):
            # "end. . . . Next": the first dot is the full stop, the others are the ellipsis.
            return match.start() + 2 if stops[:2] == ". " and not spaced else match.end()
        if word == "I" or (spaced and word not in self._words.starters):
            return 0
        return match.end()

    def _is_glued(self, at: int) -> bool:
        """Whether the space after a full stop is missing: "world.Today is"."""
        before = self._text[max(0, at - 2) : at]
        if not before or not (before[-1].islower() or before[-1].isdigit() or before[-1] == ")"):
            return False
        following = _GLUED_START.match(self._text, at + 1)
        if not following or following[0].strip().lower() in self._words.domains:
            return False
        token = self._find_token(0, at)
        if token.isdigit() and following[0].strip() in self._words.after_ordinal:
            return False
        return not any(mark in token for mark in "/@_\\") and not (token[:1].isalpha() and "." in token)


def _is_short_form(token: str) -> bool:
    """Whether a word looks like an unlisted abbreviation: a capital and a few consonants."""
    return (
        1 < len(token) <= _MAX_SHORT_FORM_LETTERS
        and token.isascii()
        and token[0].isupper()
        and token[1:].islower()
        and not _VOWEL.search(token)
    )
