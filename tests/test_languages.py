"""What every language promises: each phenomenon has its rule, no digit is left, every word has its written span.

A new language gets a row in `EXAMPLES`; `normalize/*.tsv` has the examples of single rules.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from exporter.config import NarrationSettings
from exporter.narration.narration_notices import find_narration_notices
from exporter.normalize import languages, normalizers, toml_tables
from exporter.normalize.normalizers import has_rules, load_normalizer
from tests.builders import article
from tests.narration.narrated import narrate_article

LANGUAGES = ["en", *sorted(folder.name for folder in toml_tables.LANGUAGES_FOLDER.iterdir() if has_rules(folder.name))]
TAGS = [*LANGUAGES, "en-US", "en-GB", "es-MX", "fr-CA", "de-AT", "DE_at", "pt-PT", "nl-BE"]
PHENOMENA = {
    "cardinal": "number",
    "ordinal": "ordinal",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "money": "money",
    "percentage": "percent",
    "abbreviation": "abbreviation",
    "initialism": "initialism",
    "roman numeral": "roman",
}
"""Each phenomenon and the rule that reads it."""

EXAMPLES = {
    "en": [
        "There were 42 boats.",
        "the 3rd boat",
        "It rose 3.5 points.",
        "on 2021-08-08",
        "at 10:30",
        "It cost $3.50.",
        "It rose 12%.",
        "Ulm vs. Bern",
        "The FBI left.",
        "Henry VIII left.",
    ],
    "es": [
        "Había 42 barcos.",
        "el 3.º barco",
        "Subió 3,5 puntos.",
        "el 8/8/2021",
        "a las 10:30",
        "Costó 3,50 €.",
        "Subió un 12 %.",
        "El Sr. Moss salió.",
        "El PIB bajó.",
        "Felipe VI salió.",
    ],
    "fr": [
        "Il y avait 42 bateaux.",
        "le 3e bateau",
        "Il monte de 3,5 points.",
        "le 08/08/2021",
        "à 10h30",
        "Cela coûte 3,50 €.",
        "Il monte de 12 %.",
        "M. Moss est parti.",
        "La SNCF recule.",
        "Louis XIV recule.",
    ],
    "de": [
        "Es gab 42 Boote.",
        "das 3. Boot",
        "Er stieg um 3,5 Punkte.",
        "am 8.8.2021",
        "um 10:30 Uhr",
        "Es kostete 3,50 €.",
        "Er stieg um 12 %.",
        "Dr. Moss ging.",
        "Die CDU verlor.",
        "Ludwig XIV. ging.",
    ],
    "it": [
        "C'erano 42 barche.",
        "la 3ª barca",
        "Sale di 3,5 punti.",
        "il 8/8/2021",
        "alle 10:30",
        "Costa 3,50 €.",
        "Sale del 12%.",
        "Il sig. Moss esce.",
        "La CGIL esce.",
        "Luigi XIV esce.",
    ],
    "nl": [
        "Er waren 42 boten.",
        "de 3e boot",
        "Het steeg 3,5 punten.",
        "op 8-8-2021",
        "om 10.30 uur",
        "Het kost € 3,50.",
        "Het steeg 12%.",
        "Dhr. Moss vertrok.",
        "De VVD verloor.",
        "Lodewijk XIV vertrok.",
    ],
    "pt": [
        "Havia 42 barcos.",
        "o 3.º barco",
        "Subiu 3,5 pontos.",
        "em 8/8/2021",
        "às 10h30",
        "Custou R$ 3,50.",
        "Subiu 12%.",
        "O Sr. Moss saiu.",
        "O PIB caiu.",
        "Luís XIV saiu.",
    ],
}


PROMISES = [
    (tag, phenomenon, written)
    for tag in TAGS
    for phenomenon, written in zip(PHENOMENA, EXAMPLES[tag[:2].lower()], strict=True)
]
"""Each tag with each phenomenon and its example."""


def test_every_language_has_examples() -> None:
    assert sorted(EXAMPLES) == sorted(LANGUAGES)


@pytest.mark.parametrize(("tag", "phenomenon", "written"), PROMISES)
def test_every_phenomenon_is_read_by_its_rule(tag: str, phenomenon: str, written: str) -> None:
    spoken = load_normalizer(tag)(written)
    assert PHENOMENA[phenomenon] in [reading.rule for reading in spoken.readings]
    assert spoken.text != written
    assert not any(map(str.isdigit, spoken.text))


@pytest.mark.parametrize(("tag", "phenomenon", "written"), PROMISES)
def test_every_word_has_its_written_span(tag: str, phenomenon: str, written: str) -> None:
    words = load_normalizer(tag)(written).words
    assert all(0 <= word.start < word.end <= len(written) for word in words)
    assert all(left.start <= right.start for left, right in pairwise(words))
    letters = {place for word in words for place in range(word.start, word.end)}
    assert letters >= {place for place, character in enumerate(written) if character.isalnum()}, phenomenon


@pytest.mark.parametrize("tag", TAGS)
def test_the_command_reads_in_the_language(tag: str) -> None:
    written = " ".join(EXAMPLES[tag[:2].lower()])
    command = [sys.executable, "-m", "exporter", "normalize", "--language", tag, written]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == load_normalizer(tag)(written).text + "\n"


def test_a_language_without_rules_keeps_its_text_and_has_a_notice() -> None:
    assert load_normalizer("br")("42 bag").text == "42 bag"
    script = narrate_article(article("Setu 42 bag.", language="br"))
    remark = "Breton (br): numbers are read by the voice itself, there are no rules for this language"
    assert [notice.text for notice in find_narration_notices(script, NarrationSettings())] == [remark]
    for language in LANGUAGES:
        script = narrate_article(article("Setu 42 bag.", language=language))
        assert not list(find_narration_notices(script, NarrationSettings()))


@pytest.fixture
def _romanian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language that has tables and nothing else, as the guide describes it."""
    caches = (toml_tables.load_table, normalizers._make_normalizer, languages.load_language)
    spanish = toml_tables.LANGUAGES_FOLDER / "es"
    shutil.copytree(spanish, tmp_path / "ro", ignore=shutil.ignore_patterns("*.py*"))
    monkeypatch.setattr(toml_tables, "LANGUAGES_FOLDER", tmp_path)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("_romanian")
@pytest.mark.parametrize("written", EXAMPLES["es"])
def test_tables_alone_make_a_language(written: str) -> None:
    """Here the words of the tables are Spanish; the numbers are num2words' Romanian."""
    assert has_rules("ro")
    assert not any(map(str.isdigit, load_normalizer("ro")(written).text))
    assert load_normalizer("ro")("Costa 42 €.").text == "Costa patruzeci și doi euros."


@pytest.mark.usefixtures("_romanian")
def test_a_table_may_lack_what_a_language_does_not_write(tmp_path: Path) -> None:
    speech = tmp_path / "ro" / "speech.toml"
    before, _, rest = speech.read_text(encoding="utf-8").partition("[patterns]")
    speech.write_text(before + rest[rest.index("[months]") :], encoding="utf-8")
    assert not any(map(str.isdigit, load_normalizer("ro")("612 345 678, el 8/8, a las 10:30, 10 h").text))


def test_a_language_that_is_a_path_has_no_table() -> None:
    """Pages state languages, and a table's compiled form is run: it must be one of ours."""
    assert toml_tables.load_table("de", "sentences")
    for path in ("../languages/de", str(toml_tables.LANGUAGES_FOLDER / "de"), "de/../de", ".", ""):
        assert toml_tables.load_table(path, "sentences") == {}


def test_tags_without_words_of_their_own_share_a_normalizer() -> None:
    """A page may state a language for each of its words, and an English normalizer takes 3 MB."""
    assert load_normalizer("en-us") is load_normalizer("en_Latn-QX") is load_normalizer("en")
    assert load_normalizer("en-GB") is not load_normalizer("en")
    assert load_normalizer("pt-PT") is not load_normalizer("pt")
    assert load_normalizer("de-XX") is load_normalizer("de")
