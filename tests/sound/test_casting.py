"""Quoted speakers get voices of their own where more than one natural voice is installed."""

from __future__ import annotations

import pytest

from exporter import casting
from exporter.casting import cast_speaker, guess_gender
from exporter.engines import natural_voices
from exporter.engines.natural_voices import NaturalVoice, list_natural_voices


@pytest.fixture
def all_voices(monkeypatch: pytest.MonkeyPatch) -> tuple[NaturalVoice, ...]:
    voices = list_natural_voices()
    for module in (casting, natural_voices):
        monkeypatch.setattr(module, "list_installed", lambda: voices)
    return voices


@pytest.mark.usefixtures("all_voices")
@pytest.mark.parametrize(
    ("speaker", "voices"),
    [
        ("Ruth Amann", {"emma", "kore"}),
        ("Paul Brandt", {"fenrir", "fable"}),
        ("Quill", {"emma", "kore", "fenrir", "fable"}),
    ],
)
def test_a_speaker_has_one_voice_of_the_gender_and_never_the_narrators(speaker: str, voices: set[str]) -> None:
    chosen = {cast_speaker(speaker, "", "en-US") for _ in range(3)}
    assert len(chosen) == 1
    assert chosen <= voices


@pytest.mark.usefixtures("all_voices")
def test_nobody_and_the_only_voice_have_none() -> None:
    assert cast_speaker("", "", "en-US") == ""


def test_with_one_voice_nobody_is_cast() -> None:
    assert len(natural_voices.list_installed()) > 1 or cast_speaker("Ruth Amann", "", "en-US") == ""


@pytest.mark.parametrize(
    ("speaker", "gender"),
    [
        ("Mary Ortiz", "female"),
        ("Paul Brandt", "male"),
        ("Quill", ""),
        ("Tamika Ross", "female"),
        ("Noko Sato", ""),
        ("Leandro Paz", "male"),
        ("Joshua Reed", "male"),
    ],
)
def test_gender_by_the_given_name(speaker: str, gender: str) -> None:
    assert guess_gender(speaker) == gender
