"""The engine `system`: the faults of pyttsx3's own driver do not occur."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from exporter.config import Config
from exporter.engines import Speech, Utterance, WordTime
from exporter.engines.engine_pool import Pool
from exporter.errors import SpeechError
from exporter.mastering.episode import build_episode
from exporter.speech import speak
from tests.sound.sound_builders import make_script


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool("exporter.engines.system:SystemEngine", {}, 30.0, 1)
    yield made
    made.close()


def speak_one(pool: Pool, text: str, **fields: object) -> Speech:
    answers: list[Speech | SpeechError] = []
    pool.speak([Utterance(text, **fields)], lambda _, answer: answers.append(answer))
    if isinstance(answers[0], SpeechError):
        raise answers[0]
    return answers[0]


def measure_seconds(speech: Speech) -> float:
    return len(speech.pcm) / 2 / speech.rate


def test_the_embedded_library_speaks_without_one_of_the_system(pool: Pool) -> None:
    speech = speak_one(pool, "Hello, world.")
    assert speech.rate == 22_050
    assert 0.6 < measure_seconds(speech) < 1.6
    assert max(map(abs, array("h", speech.pcm))) > 5000


def test_word_times_are_in_characters_of_the_text(pool: Pool) -> None:
    text = "Café déjà – “naïve” 😀 end."
    speech = speak_one(pool, text)
    said = {text[word.start :].split(maxsplit=1)[0] for word in speech.words}
    assert {"Café", "déjà", "naïve”", "😀", "end."} <= said
    begins = [word.begin for word in speech.words]
    assert begins == sorted(begins)
    assert 0 <= begins[0] <= begins[-1] < len(speech.pcm) // 2


def test_silence_before_and_after_the_words_is_trimmed(pool: Pool) -> None:
    samples = array("h", speak_one(pool, "Stop.").pcm)
    edge = 22_050 // 100
    assert any(abs(sample) > 32 for sample in samples[:edge])
    assert any(abs(sample) > 32 for sample in samples[-edge:])


def test_every_utterance_has_a_sound_of_its_own(pool: Pool) -> None:
    answers: dict[int, Speech] = {}
    pool.speak([Utterance("word " * number) for number in (1, 9, 3)], answers.__setitem__)
    assert measure_seconds(answers[0]) < measure_seconds(answers[2]) < measure_seconds(answers[1])


def test_a_text_of_many_kilobytes_is_spoken_whole(pool: Pool) -> None:
    text = "The quick brown fox jumps over the lazy dog. " * 600
    speech = speak_one(pool, text)
    assert text[speech.words[-1].start : speech.words[-1].end] == "dog"
    assert measure_seconds(speech) > 1000


@pytest.mark.parametrize("text", ["<speak>Hello</speak>", "Hello\0world", "a & b < c", "[[h@l'oU]]"])
def test_nothing_in_a_text_is_markup(pool: Pool, text: str) -> None:
    assert speak_one(pool, text).words


def test_a_null_character_does_not_end_the_speech(pool: Pool) -> None:
    assert len(speak_one(pool, "one two\0three four").words) == 4


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "—"])
def test_a_text_without_words_gives_no_sound_and_no_error(pool: Pool, text: str) -> None:
    assert measure_seconds(speak_one(pool, text)) == 0


def test_the_rate_holds_from_the_first_utterance_of_a_fresh_process() -> None:
    lengths = []
    for _ in range(3):
        fresh = Pool("exporter.engines.system:SystemEngine", {}, 30.0, 1)
        lengths.append(len(speak_one(fresh, "It took a while to get there.", rate=300).pcm))
        fresh.close()
    assert len(set(lengths)) == 1


def test_rate_pitch_and_volume_apply_to_one_utterance_only(pool: Pool) -> None:
    text = "It took a while to get there."
    plain = speak_one(pool, text)
    assert measure_seconds(speak_one(pool, text, rate=300)) < 0.75 * measure_seconds(plain)
    assert max(array("h", speak_one(pool, text, volume=0.3).pcm)) < 0.6 * max(array("h", plain.pcm))
    assert speak_one(pool, text, pitch=90).pcm != plain.pcm
    assert measure_seconds(speak_one(pool, text)) == pytest.approx(measure_seconds(plain), rel=0.03)


@pytest.mark.parametrize(
    ("language", "text"), [("de-AT", "Guten Tag"), ("zh", "你好"), ("pt", "Bom dia"), ("EN_us", "Hello")]
)
def test_a_language_gets_a_voice_of_its_own(pool: Pool, language: str, text: str) -> None:
    assert speak_one(pool, text, language=language).words


def test_a_language_speaks_in_its_own_sounds(pool: Pool) -> None:
    assert measure_seconds(speak_one(pool, "Jesuis", language="fr")) != pytest.approx(
        measure_seconds(speak_one(pool, "Jesuis", language="de"))
    )


def test_the_first_language_that_has_a_voice_speaks(pool: Pool) -> None:
    assert speak_one(pool, "Hello", language="qqq,en").words


@pytest.mark.parametrize(
    "voice", ["gmw/en-us", "en-us", "English (America)", "en-gb", "EN-GB-scotland", "en-us+f3", "de+Annie"]
)
def test_a_voice_has_several_names(pool: Pool, voice: str) -> None:
    assert speak_one(pool, "Hello", voice=voice).words


@pytest.mark.parametrize(
    ("fields", "near"),
    [({"voice": "en-uss"}, "en-us"), ({"voice": "en-us+f33"}, "f3"), ({"language": "eng-x"}, "")],
)
def test_an_unknown_voice_is_an_error_with_the_nearest_name(pool: Pool, fields: dict[str, str], near: str) -> None:
    with pytest.raises(SpeechError) as caught:
        speak_one(pool, "Hello", **fields)
    assert "UnknownName" in caught.value.cause
    assert near in caught.value.remedy


def test_voices_are_listed_by_language(pool: Pool) -> None:
    voices = pool.voices()
    assert len(voices) > 100
    assert voices == tuple(sorted(voices, key=lambda voice: (voice.language, voice.id)))
    assert not [voice for voice in voices if voice.id.startswith("mb/")]


def test_word_times_are_plain_values(pool: Pool) -> None:
    assert all(type(word) is WordTime for word in speak_one(pool, "One two three.").words)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without forks, eSpeak NG's state differs by what was said before")
def test_an_episode_is_the_same_bytes_in_every_run(real: Config, tmp_path: Path) -> None:
    written = []
    for jobs in (1, 3):  # each run has an empty cache, and shares the sentences out in another way
        cache = msgspec.structs.replace(real.cache, folder=str(tmp_path / f"cache{jobs}"))
        config = msgspec.structs.replace(real, jobs=jobs, cache=cache)
        script = make_script([("The Tide Mill", [f"It turned {number} times in 1995." for number in range(20)])])
        path = tmp_path / f"{jobs}.mp3"
        build_episode([speak(script, config)], "The Tide Mill", config).write(path)
        written.append(path.read_bytes())
    assert written[0] == written[1]
