"""The resolver: tokens select the rules that apply, the best readings are chosen, each spoken word keeps its span."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from exporter.normalize import (
    CAPITALS,
    CODE,
    FOLLOWED,
    GLUED,
    LETTER,
    MIXED,
    NUMBER,
    NUMERIC,
    OTHER,
    PICTURE,
    POWER,
    TIED,
    Parts,
    Reading,
    Rule,
    Spoken,
)
from exporter.script import Word

# Numeric characters that `\d` does not match: superscripts, subscripts, fractions, Roman and circled numerals.
_NUMERIC_CHARS = (
    "²³¹¼-¾⁰⁴-⁹₀-₉⅐-ↈ①-⒛⓪⓵-⓿❶-➓"
    "\u1369-\u1371\u19da\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a"
)
# Raised and lowered letters, which exponents and indices are made of.
_RAISED_CHARS = "ⁱⁿᵃᵇᶜᵈᵏᵐᵖᵗᵘᵛˣʸᶻʲₐ-ₜᵢ-ᵥⱼ"
_PICTURE_CHARS = (
    "\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u2775\u2794-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff"
)
_LETTERS_PATTERN = rf"[^\W\d_{_NUMERIC_CHARS}{_RAISED_CHARS}]++"
_WORD_PATTERN = rf"{_LETTERS_PATTERN}(?:['’]{_LETTERS_PATTERN})*+"
# A word that is followed as words mostly are (a plain word), another word, digits, a character of another kind. No rule
# begins at a stop or a comma before white space, which is every third token that is not a plain word.
# A run of small words, most of which no rule begins at, is one token.
_ANCHOR_TOKEN = re.compile(
    rf"((?:[a-z]+\x20){{2,}})|({_WORD_PATTERN})(?=[\s.,;:!?'’)”\"]|\Z)|({_WORD_PATTERN})|(\d+)"
    rf"|([{_NUMERIC_CHARS}{_RAISED_CHARS}])|([{_PICTURE_CHARS}])|(?![.,](?:\s|\Z))([^\w\s]|_)\7*"
)
_RUN_TOKEN, _PLAIN_WORD_TOKEN, _WORD_TOKEN, _NUMBER_TOKEN, _NUMERIC_TOKEN, _PICTURE_TOKEN, _SYMBOL_TOKEN = range(1, 8)
_RAISED_NEXT = frozenset("^_⁺⁻₊₋ⁱⁿᵃᵇᶜᵈᵏᵐᵖᵗᵘᵛˣʸᶻʲₐₑₒₓₔₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ")
_CODE_HYPHENS = frozenset("-‑–")
# Words whose rules are remembered, so that memory is bounded.
_MAX_KEPT_WORDS = 50_000
_TIED_NEXT = re.compile(r"[^\s.,;:!?)]|[.,;:!?)][^\s\"'”’)]")
_FOLLOWED_NEXT = re.compile(r"\s(?:[^\d\s]|\d{1,2}[/⁄]|\d{3}(?!\d))|:\s\d")
# A letter, except the sign between two sizes: "4x100".
_AFTER_LETTER = re.compile(r"(?<!\d[xX])(?<=[^\W\d_])\Z")
_SPOKEN_WORD = re.compile(r"\w(?:\S*\w)?")

# Hyphens of other code points, one character for one.
_HYPHEN_VARIANTS = "\u2010\u2011"
# The raised point of decimals ("91·6%"); in a product or an equation the sign is no point.
_RAISED_POINT = re.compile(r"(?<=\d)(?<![·.]\d)·(?=\d{1,6}(?!\s?[=×·^\d]))")
# After these the words of a reading get a space.
_SPACED_POINTS = frozenset(".,)!?")

_Offer = tuple[int, int, int, Reading]
"""The rank of a reading's rule, its negative length, its start, and the reading: offers sort best first."""

_Piece = tuple[int, int, int, bool]
"""The start of a piece of spoken text, its written span (start, end), and whether it is that span unchanged."""

_Matcher = tuple[Callable[[str, int], "re.Match[str] | None"], int, Rule]
"""The match function of a rule's pattern, the rule's rank, and the rule."""


class RuleNormalizer:
    """A normalizer made of rules in the order in which they are trusted."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        by_anchor: dict[str, list[tuple[int, Rule]]] = {}
        rank, name = 0, ""
        for rule in rules:
            # Successive rules of one name have one rank: among them the longest reading is chosen.
            rank += rule.name != name
            name = rule.name
            for anchor in rule.anchors:
                by_anchor.setdefault(anchor, []).append((rank, rule))
        self._by_anchor = by_anchor
        self._matchers: dict[str, list[_Matcher]] = {}
        self._word_matchers: dict[str, list[_Matcher]] = {}
        self._words_without_rules: set[str] = set()

    def __call__(self, text: str) -> Spoken:
        """Return a text in spoken words."""
        for hyphen in _HYPHEN_VARIANTS:
            text = text.replace(hyphen, "-")
        text = _RAISED_POINT.sub(".", text) if "·" in text else text
        return assemble_spoken(text, _choose_readings(self._find_offers(text), len(text)))

    def _find_offers(self, text: str) -> list[_Offer]:
        offers = []
        of_words = self._word_matchers
        places: Sequence[tuple[int, list[_Matcher]]]
        for token in _ANCHOR_TOKEN.finditer(text):
            if token.lastindex == _RUN_TOKEN:
                places = self._find_places_in_run(token[1], token.start())
            elif token.lastindex == _PLAIN_WORD_TOKEN:
                word = token[2]
                found_matchers = of_words.get(word)
                if found_matchers is None:
                    found_matchers = self._find_word_matchers(word)
                places = ((token.start(), found_matchers),) if found_matchers else ()
            else:
                places = [(at, self._compile_rules(anchor)) for at, anchor in _find_anchors(text, token)]
            for at, matchers in places:
                for match, rank, rule in matchers:
                    found = match(text, at)
                    if found and (parts := rule.read(found)):
                        offers.append(_make_offer(rank, rule, parts))
        return offers

    def _find_places_in_run(self, run: str, start: int) -> Sequence[tuple[int, list[_Matcher]]]:
        """Return where rules may begin in a run of words with a space behind each."""
        words = run.split()
        if self._words_without_rules.issuperset(words):
            return ()
        places = []
        for word in words:
            matchers = self._word_matchers.get(word)
            if matchers is None:
                matchers = self._find_word_matchers(word)
            if matchers:
                places.append((start, matchers))
            start += len(word) + 1
        return places

    def _find_word_matchers(self, word: str) -> list[_Matcher]:
        """Return the rules for a plain word, and remember them."""
        matchers = [matcher for shape in _list_word_shapes(word) for matcher in self._compile_rules(shape)]
        if len(self._word_matchers) < _MAX_KEPT_WORDS:
            self._word_matchers[word] = matchers
            if not matchers:
                self._words_without_rules.add(word)
        return matchers

    def _compile_rules(self, anchor: str) -> list[_Matcher]:
        """Compile the patterns of an anchor's rules, when a text first has it."""
        matchers = self._matchers.get(anchor)
        if matchers is None:
            ranked = self._by_anchor.get(anchor)
            if not ranked:
                return []
            matchers = [(re.compile(rule.pattern).match, rank, rule) for rank, rule in ranked]
            self._matchers[anchor] = matchers
        return matchers


def _make_offer(rank: int, rule: Rule, parts: Parts) -> _Offer:
    start, end = parts[0].start, parts[-1].end
    spoken = " ".join([part.text for part in parts if part.text])
    return rank, start - end, start, Reading(start, end, spoken, rule.name, rule.doubtful, parts)


def assemble_spoken(text: str, readings: list[Reading]) -> Spoken:
    """Join readings, which rise and do not overlap, with the text between them."""
    if not readings:  # as three of four utterances of news
        return Spoken(text, tuple([Word(found.group(), *found.span()) for found in _SPOKEN_WORD.finditer(text)]), ())
    spoken, pieces = _join_pieces(text, readings)
    return Spoken(spoken, _tie_words(spoken, pieces), tuple(readings))


def _find_anchors(text: str, token: re.Match[str]) -> Sequence[tuple[int, str]]:
    """Return the anchors of rules at a token, each with its position."""
    kind = token.lastindex
    word = token.group()
    start, end = token.span()
    if kind in (_PLAIN_WORD_TOKEN, _WORD_TOKEN):
        tied = _find_tied_shape(text, end)
        return [(start, shape) for shape in (*_list_word_shapes(word), *([tied] if tied else []))]
    if kind == _NUMBER_TOKEN:
        if _AFTER_LETTER.search(text[max(0, start - 2) : start]):
            return ((start, GLUED),)
        if _TIED_NEXT.match(text, end):
            return ((start, NUMBER), (start, FOLLOWED), (start, TIED))
        return ((start, NUMBER), (start, FOLLOWED)) if _FOLLOWED_NEXT.match(text, end) else ((start, NUMBER),)
    if kind == _NUMERIC_TOKEN:
        return ((start, NUMERIC), (start, word))
    if kind == _PICTURE_TOKEN:
        return ((start, PICTURE), (start, word))
    # In a run of one symbol only the first and the last can begin a match.
    places = ((start, word),) if end - start == 1 else ((start, word[0]), (end - 1, word[0]))
    return places if word.isascii() else (*places, (start, OTHER))


def _list_word_shapes(word: str) -> list[str]:
    lower = word.lower()
    return [lower] if lower == word else [lower, _classify_word(word)]


def _find_tied_shape(text: str, end: int) -> str:
    """Return the shape of a word that ends here with a digit or a raised character after it; empty for all others."""
    following = text[end : end + 1]
    if following.isdecimal() or (following in _CODE_HYPHENS and text[end + 1 : end + 2].isdecimal()):
        return CODE
    return POWER if following.isdigit() or following in _RAISED_NEXT else ""


def _classify_word(word: str) -> str:
    if len(word) == 1:
        return LETTER
    if word.isupper():
        return CAPITALS
    return "" if word[1:].islower() else MIXED


def _choose_readings(offers: list[_Offer], length: int) -> list[Reading]:
    """Choose readings by the rank of their rules, then the longest; no character is read twice."""
    if not offers:
        return []
    is_read = bytearray(length)
    chosen = []
    for _, negative, start, reading in sorted(offers, key=lambda offer: offer[:3]):
        end = start - negative
        if is_read.find(1, start, end) < 0:
            is_read[start:end] = b"\1" * (end - start)
            chosen.append(reading)
    chosen.sort(key=lambda reading: reading.start)
    return chosen


def _join_pieces(text: str, readings: list[Reading]) -> tuple[str, list[_Piece]]:
    """Join readings and the text between them; pieces whose letters would touch get a space between them."""
    out: list[str] = []
    pieces: list[_Piece] = []
    length = 0
    last, last_same = "", True
    for piece, start, end, same in _iterate_pieces(text, readings):
        if piece[0].isalnum() and (
            (last.isalnum() and not (same and last_same)) or (not same and last in _SPACED_POINTS)
        ):
            out.append(" ")
            length += 1
        out.append(piece)
        pieces.append((length, start, end, same))
        length += len(piece)
        last, last_same = piece[-1], same
    return "".join(out), pieces


def _iterate_pieces(text: str, readings: list[Reading]) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the pieces from left to right: text, start and end of the written span, whether the text is that span."""
    done = 0
    for reading in readings:
        if done < reading.start:
            yield text[done : reading.start], done, reading.start, True
        start, end = reading.start, reading.end
        for part in reading.parts:
            if part.start < part.end:  # else it has no characters of its own: "dollars" in "$3"
                start, end = part.start, part.end
            if part.text:
                yield part.text, start, end, False
        done = reading.end
    if done < len(text):
        yield text[done:], done, len(text), True


def _tie_words(spoken: str, pieces: list[_Piece]) -> tuple[Word, ...]:
    """Return each spoken word with the span of written characters it stands for."""
    words = []
    ends = [piece[0] for piece in pieces[1:]]
    ends.append(len(spoken) + 1)
    at = 0
    for found in _SPOKEN_WORD.finditer(spoken):
        begin, stop = found.span()
        while ends[at] <= begin:
            at += 1
        offset, start, end, same = pieces[at]
        if same:
            start += begin - offset
        while ends[at] < stop:
            at += 1
            offset, _, end, same = pieces[at]
        words.append(Word(found.group(), start, pieces[at][1] + stop - offset if same else end))
    return tuple(words)


def find_anchor(text: str) -> str:
    """Return the most specific anchor at the beginning of a text; empty if the text has no token."""
    token = _ANCHOR_TOKEN.search(text)
    if not token:
        return ""
    return _find_anchors(text, token)[0 if token.lastindex in (_PLAIN_WORD_TOKEN, _WORD_TOKEN) else -1][1]
