"""Homographs: words with two readings, of which the words around decide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from exporter.engines import PhonemeSpan
from exporter.pronunciation.known_names import add_ending_s

_LOOK_AROUND_END = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)\Z")
"""A cue that ends by looking around ends there, maybe in front of a word."""

_TOKEN = re.compile(r"[\w]+(?:['’-][\w]+)*|[^\w\s]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MODALS = _words(
    "will would can could may might must shall should cannot do does did don’t don't doesn’t doesn't didn’t didn't "
    "won’t won't can’t can't couldn’t couldn't wouldn’t wouldn't shouldn’t shouldn't please let’s let's helps help "
    "helped gotta gonna let lets not never"
)
_SUBJECTS = _words("i we you they who people officials police experts")
_SINGULAR_SUBJECTS = _words("he she it who that which")
_DETERMINERS = _words(
    "the a an this these those my your his her its our their no some any each every another whose which what one two "
    "three four five six seven eight nine ten first second third last next new old other own same such more most many "
    "few several both all"
)
_PREPOSITIONS = _words(
    "of in on at for by with from as about under over into per than without during after before against between "
    "among through like near despite toward towards via and-or"
)
_BE = _words("is are was were be been being am remains remained became become seems seemed")
_AFTER_MOTION = _words(
    "rose rise risen fell fallen climbed surged jumped soared up down back close closer due according thanks access "
    "response addition relation contrary similar next relative subject return returned compared linked tied led come "
    "came went go going from way amounts amounted leading opposition"
)
_OBJECTS = _words(
    "the a an this these those my your his her its our their him them it us me you themselves himself herself itself"
)
_ADVERBS = _words("also now often still always ever just even only better fully further then never not")
_NOUN_FOLLOWERS = _words("of is was were are has had that which who from")
_ADJECTIVE = re.compile(r"(?:al|ive|ous|ic|ful|less|able|ible|ary|ish|ent|ant|ern|est|ian|an|ese)\Z")


class _Homograph(msgspec.Struct, frozen=True):
    """A word: IPA by reading, the reading when nothing decides (empty: none), the cues in their order."""

    word: str
    readings: dict[str, str]
    default: str
    is_adjective: bool
    cues: tuple[tuple[str, re.Pattern[str]], ...]

    @property
    def has_parts_of_speech(self) -> bool:
        """Whether the words around may decide by part of speech."""
        return {"noun", "verb"} <= self.readings.keys()


def find_homographs(text: str) -> Iterator[PhonemeSpan]:
    """Yield the homographs in a text whose reading is decided, with their phonemes."""
    rows = _load_rows()
    tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text)]
    for place, (start, end, token) in enumerate(tokens):
        word = token if token in rows else token.lower()
        if word in rows and (homograph := _load_homograph(word)):
            before = [one.lower() for _, _, one in tokens[max(0, place - 3) : place]]
            after = [one.lower() for _, _, one in tokens[place + 1 : place + 3]]
            reading = _match_cue(homograph, text, start) or (
                _guess_part_of_speech(before, after, homograph) if homograph.has_parts_of_speech else ""
            )
            ipa = homograph.readings.get(reading or homograph.default)
            if ipa:
                yield PhonemeSpan(start, end, ipa)


def _match_cue(homograph: _Homograph, text: str, start: int) -> str:
    for reading, pattern in homograph.cues:
        if any(found.start("word") == start for found in pattern.finditer(text)):
            return reading
    return ""


def _guess_part_of_speech(before: list[str], after: list[str], homograph: _Homograph) -> str:
    """Return "verb" or "noun" (also for an adjective) by the words around; empty if they do not decide."""
    last = before[-1] if before else ""
    earlier = before[-2] if len(before) > 1 else ""
    following = after[0] if after else ""
    is_inflected = homograph.word.endswith("s") and not homograph.word.endswith("ss")
    if last in _ADVERBS or (last.endswith("ly") and last not in ("family", "early", "daily", "only")):
        if earlier in _MODALS | _SUBJECTS or earlier == "to":
            return "verb"
        if homograph.is_adjective or earlier in _DETERMINERS | _BE:
            return "noun"
    if last == "to":
        return "noun" if earlier in _AFTER_MOTION or following in ("levels", "highs", "lows") else "verb"
    if last in _MODALS or last in _SUBJECTS or (is_inflected and last in _SINGULAR_SUBJECTS):
        return "verb"
    if (
        last in _DETERMINERS | _PREPOSITIONS
        or last.endswith(("'s", "’s", "s'", "s’"))
        or (last in _BE and following not in _OBJECTS)
    ):
        return "noun"
    if following in _OBJECTS and last not in _DETERMINERS and (not last or not last.isalpha() or last.endswith("s")):
        return "verb"
    if not homograph.is_adjective and not following.isalpha() and last.endswith("s") and earlier not in _DETERMINERS:
        return "verb"
    if last in ("and", "or") and following in _OBJECTS:
        return "verb"
    if _ADJECTIVE.search(last) or following in _NOUN_FOLLOWERS:
        return "noun"
    return ""


@cache
def _load_rows() -> dict[str, tuple[str, str]]:
    """Return by word the row of the table that it stands in, and its ending ("s" for a row's plural)."""
    rows: dict[str, tuple[str, str]] = {}
    for word, row in _load_table().items():
        rows[word] = (word, "")
        if "plural" in row:
            rows[row["plural"]] = (word, "s")
    return rows


@cache
def _load_table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "data" / "homographs.toml").read_text(encoding="utf-8"))


@cache
def _load_homograph(word: str) -> _Homograph:
    name, ending = _load_rows()[word]
    row = _load_table()[name]
    fields = ("default", "adjective", "plural", "cues")
    readings = {key: add_ending_s(ipa) if ending else ipa for key, ipa in row.items() if key not in fields}
    cues = () if ending else row.get("cues", {}).items()
    return _Homograph(
        word,
        readings,
        row.get("default", ""),
        row.get("adjective", False),
        tuple((reading, _compile_cue(word, cue)) for reading, patterns in cues for cue in patterns),
    )


def _compile_cue(word: str, cue: str) -> re.Pattern[str]:
    """Compile a cue: the first ~ is the word whose reading it decides; a cue stands on whole words."""
    plain = re.escape(word)
    pattern = cue.strip().replace("~", f"(?P<word>{plain})(?!\\w)", 1).replace("~", plain)
    end = "" if _LOOK_AROUND_END.search(pattern) else r"(?!\w)"
    return re.compile(rf"(?<!\w){pattern}{end}", re.IGNORECASE if word.islower() else 0)
