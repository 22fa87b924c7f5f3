"""The language of a text that does not state it."""

from __future__ import annotations

import pytest

from exporter.readers.language_detection import detect_language

DETECTED = [
    ("Hej på dig, jag är här och du är där.", "sv"),
    ("Bugün hava çok güzel ve deniz daha sakin, ama kadar da soğuk.", "tr"),
    ("Ahoj, jak se máš? To je dobře, že už jsi doma.", "cs"),
    ("Der Kahn liegt im Hafen und wird nicht vor dem Abend fahren.", "de"),
    ("The boat lies in the harbour and will not leave before the evening.", "en"),
    ("Лодка стоит в гавани.", "ru"),
    ("船は港に停まっている。", "ja"),
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
