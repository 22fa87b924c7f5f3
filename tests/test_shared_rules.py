"""The languages that share rules hold what English holds, whatever is written: `normalize/*.tsv` has the examples."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exporter.normalize import languages, shared_rules
from exporter.normalize.normalizers import load_normalizer

TABLES = {
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "it": "italian",
    "pt-BR": "portuguese",
    "pt-PT": "portuguese_of_portugal",
    "nl": "dutch",
}
LANGUAGES = tuple(TABLES)
# What articles in these languages are made of.
PIECES = st.sampled_from(
    """
    la el le l' der die am im de du años personas Jahre siglo XX XIX. XIVe IV I X Louis Felipe Ludwig Karl Sr. Mme
    Dr. EE. UU. p. ej. z. B. n.º n° Nr. § S. art. ONU OTAN SNCF CDU UE CO2 A-6 23-F 1er 2e 3.º 1.ª 4. 1 2 21 80
    101 200 1500 1998 2021 3,5 1.234 1 500 1/3 ½ 2/3 5/11 24/7 3-2 3:1 10-15 14:30 14h30 14.30 Uhr h min km km/h
    m² kg °C € $ % M€ Mrd. Mio. millones million Milliarden 08/03/2024 8.3.2024 2024-03-08 mayo mai Mai 06 12 34
    56 78 612 345 678 030 112 www.ejemplo.es a@b.fr #Ya @ana - – − + = / . , : ; ( ) « » „ “ ! ? ’ ' x × ½ ² ① ٣
    """.split()
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\u00a0"])).map("".join), max_size=12).map("".join)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.one_of(TEXTS, st.text(max_size=40)))
@example("1" * 5000)
@example("1.000.000 " * 50)
@example("9" * 29 + ",5 %")
def test_every_figure_is_said_and_every_word_knows_its_place(language: str, written: str) -> None:
    spoken = load_normalizer(language)(written)
    assert not [character for character in spoken.text if character.isdecimal() and character.isascii()]
    assert spoken.words == tuple(sorted(spoken.words, key=lambda word: (word.start, word.end)))
    assert all(0 <= word.start < word.end <= len(written) for word in spoken.words)
    assert all(left.end <= right.start for left, right in pairwise(spoken.readings))
    assert all(
        reading.start <= part.start and part.end <= reading.end for reading in spoken.readings for part in reading.parts
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_pass_changes_nothing(language: str) -> None:
    table = Path(__file__).parent / "normalize" / f"{TABLES[language]}.tsv"
    once = [line.split("\t")[1] for line in table.read_text(encoding="utf-8").splitlines()]
    say = load_normalizer(language)
    assert [say(spoken).text for spoken in once] == once


def test_the_shared_rules_name_no_language() -> None:
    """What one language does alone stands in its folder."""
    shared = [*Path(shared_rules.__file__).parent.glob("*.py"), *Path(languages.__file__).parent.glob("*.py")]
    assert len(shared) > 10
    tags = "|".join(path.name for path in Path(languages.__file__).parent.iterdir() if path.is_dir())
    named = [path.name for path in shared if re.search(rf"[\"'](?:{tags})[\"']", path.read_text(encoding="utf-8"))]
    assert named == []
