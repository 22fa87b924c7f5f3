"""Homographs: words with two readings, of which the words around decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from exporter.data_tables import read_table
from exporter.engines import PhonemeSpan
from exporter.engines.alphabets import add_ending_s
from exporter.pronunciation.parts_of_speech import guess_part_of_speech

_LOOK_AROUND_END = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)\Z")
"""A cue that ends by looking around ends there, maybe in front of a word."""

_TOKEN = re.compile(r"[\w]+(?:['’-][\w]+)*|[^\w\s]")


MAX_NEIGHBOURS = 24
"""Words and signs on each side that may decide: a long clause of the news."""


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
            reading = _match_cue(homograph, text, start)
            if not reading and homograph.has_parts_of_speech:
                reading = guess_part_of_speech(
                    [one for _, _, one in tokens[max(0, place - MAX_NEIGHBOURS) : place]],
                    [one for _, _, one in tokens[place + 1 : place + 1 + MAX_NEIGHBOURS]],
                    is_inflected=word.endswith("s") and not word.endswith("ss"),
                    is_adjective=homograph.is_adjective,
                )
            ipa = homograph.readings.get(reading or homograph.default)
            if ipa:
                yield PhonemeSpan(start, end, ipa)


def _match_cue(homograph: _Homograph, text: str, start: int) -> str:
    for reading, pattern in homograph.cues:
        if any(found.start("word") == start for found in pattern.finditer(text)):
            return reading
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
    return read_table(Path(__file__).parent / "data" / "homographs.toml")


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
