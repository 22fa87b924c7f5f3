"""The language of a text that does not state it."""

from __future__ import annotations

import pytest

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import read
from exporter.readers.language_detection import detect_language, find_contradiction

DETECTED = [
    ("Hej på dig, jag är här och du är där.", "sv"),
    ("Bugün hava çok güzel ve deniz daha sakin, ama kadar da soğuk.", "tr"),
    ("Ahoj, jak se máš? To je dobře, že už jsi doma.", "cs"),
    ("Der Kahn liegt im Hafen und wird nicht vor dem Abend fahren.", "de"),
    ("The boat lies in the harbour and will not leave before the evening.", "en"),
    ("Лодка стоит в гавани.", "ru"),
    ("船は港に停まっている。", "ja"),
    # Too few common words: the statistical model decides.
    ("Raitiovaunu kulkee taas. Se oli täynnä.", "fi"),
    ("De eerste tram was vol voor hij vertrok.", "nl"),
    ("Tàu điện lại chạy lên khu phố trên.", "vi"),
    ("Tramwaj wrócił dziś na plac.", "pl"),
    ("A komp kilenckor indult el.", "hu"),
    ("El ferry salió a las nueve.", "es"),
]
LEFT_ENGLISH = [
    "A note. To do: a, b, c",
    "i, v, o, z, s, a, e",
    "Van der Berg, de la Cruz",
    "La La Land: la, la, la, la, la",
    "make run, make test",
    "42",
    "",
]


@pytest.mark.parametrize(("text", "language"), DETECTED)
def test_common_words_and_letters_give_the_language(text: str, language: str) -> None:
    assert detect_language([text]) == language


@pytest.mark.parametrize("text", LEFT_ENGLISH)
def test_a_text_without_evidence_is_in_the_default_language(text: str) -> None:
    assert detect_language([text]) == "en"


ENGLISH = "The boat lies in the harbour and will not leave before the evening, since the wind has turned to the west."
GERMAN = (
    "Der Kahn liegt im Hafen und wird nicht vor dem Abend fahren, denn der Wind hat sich nach Westen gedreht, sagt er."
)
NORWEGIAN = (
    "Båten ligger i havnen og drar ikke før om kvelden, for vinden har snudd mot vest og det er mye sjø der ute nå."
)
RUSSIAN = (
    "Лодка стоит в гавани и не уйдёт раньше вечера, потому что ветер повернул на запад, и на море теперь большая волна."
)
ICELANDIC = (
    "Báturinn liggur í höfninni og fer ekki fyrr en í kvöld. Það er gott að vera hér og hann er á sjó með þeim. "
    "Enginn veit hvað verður á morgun, en það er ekki til neins að bíða og hún er farin heim til sín. "
) * 4
CONTRADICTED = [
    ("is", ICELANDIC, ""),
    ("cs", ENGLISH, "en"),
    ("en-US", GERMAN, "de"),
    ("en", RUSSIAN, "ru"),
    ("en", ENGLISH, ""),
    ("de-AT", GERMAN, ""),
    ("da", NORWEGIAN, ""),  # too close to be sure
    ("bg", RUSSIAN, ""),
    ("und", ENGLISH, ""),
    ("cs", "The boat lies here.", ""),  # too short to be sure
]


@pytest.mark.parametrize(("stated", "text", "expected"), CONTRADICTED)
def test_a_text_may_contradict_its_stated_language(stated: str, text: str, expected: str) -> None:
    assert find_contradiction(stated, [text]) == expected


def test_a_contradicted_language_is_corrected_and_said() -> None:
    page = Document("a.html", f"<html lang=cs><body><article><h1>Boats</h1><p>{ENGLISH}</p></article>".encode())
    found = read(page, InputSettings())
    assert found.article.metadata.language == "en"
    assert "the source states 'cs'" in found.notices[0].text
    assert read(page, InputSettings(language="cs")).article.metadata.language == "cs"


def test_programs_in_a_page_have_no_language() -> None:
    script = "<script>var se = na + je + to + ale + jak + pro + za;</script>" * 30
    page = Document("a.html", f"<html><body><article><h1>Boats</h1><p>{ENGLISH}</p>{script}</article>".encode())
    assert read(page, InputSettings()).article.metadata.language == "en"
