"""A worker that fails is replaced; no utterance is lost, and what an engine prints does not get into the replies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.engines import Speech, Utterance
from exporter.engines.engine_pool import Pool
from exporter.engines.silence import count_word_samples
from exporter.errors import SpeechError

TEXTS = [f"this is sentence {number}" for number in range(20)] + ["a fault lies here"] + ["and after it", "the end"]
WORD = count_word_samples(170)


@pytest.fixture
def pools(tmp_path: Path) -> Iterator[object]:
    made = []

    def make(name: str, size: int = 1, patience: float = 20.0) -> Pool:
        made.append(Pool(f"tests.sound.faulty_engines:{name}", {"scratch": str(tmp_path)}, patience, size))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def speak_all(pool: Pool, texts: list[str] = TEXTS) -> dict[int, Speech | SpeechError]:
    answers: dict[int, Speech | SpeechError] = {}
    pool.speak([Utterance(text) for text in texts], answers.__setitem__)
    return answers


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("name", ["CrashesOnce", "HangsOnce", "Slack", "Prints"])
def test_a_failure_that_does_not_recur_loses_nothing(pools, name: str, size: int) -> None:
    answers = speak_all(pools(name, size, patience=0.5 if "Hangs" in name else 20.0))
    assert sorted(answers) == list(range(len(TEXTS)))
    for index, text in enumerate(TEXTS):
        answer = answers[index]
        assert isinstance(answer, Speech), answer
        words = len(text.split())
        assert [word.begin for word in answer.words] == pytest.approx([n * WORD for n in range(words)], abs=111)
        assert len(answer.pcm) // 2 == pytest.approx(words * WORD - WORD // 3, abs=222)


@pytest.mark.parametrize(
    ("name", "cause"),
    [("Crashes", "Crash"), ("Hangs", "TimeLimit"), ("FallsSilent", "Silence"), ("Raises", "EngineFailure: no breath")],
)
def test_a_failure_that_recurs_is_an_error_and_the_rest_is_spoken(pools, tmp_path: Path, name: str, cause: str) -> None:
    answers = speak_all(pools(name, patience=0.5 if name == "Hangs" else 20.0))
    assert {index for index, answer in answers.items() if isinstance(answer, SpeechError)} == {20}
    assert cause in answers[20].cause
    assert answers[20].subject == "a fault lies here"
    said = (tmp_path / "spoken").read_text().splitlines()
    assert said.count("a fault lies here") == 2
    assert said.count("this is sentence 3") == 1


def test_an_unknown_voice_is_not_tried_again(pools, tmp_path: Path) -> None:
    answers = speak_all(pools("Voiceless"))
    assert [index for index, answer in answers.items() if isinstance(answer, SpeechError)] == [20]
    assert sorted(answers) == list(range(len(TEXTS)))
    assert (tmp_path / "spoken").read_text().splitlines() == TEXTS


def test_an_engine_that_cannot_start_says_why(pools) -> None:
    answers = speak_all(pools("CannotStart"), ["hello"])
    assert answers[0].cause == "EngineFailure: no library"
    with pytest.raises(SpeechError, match="no library"):
        pools("CannotStart").voices()


def test_an_engine_that_does_not_exist_is_an_error() -> None:
    pool = Pool("tests.sound.nowhere:Engine", {}, 20.0, 1)
    assert "EngineFailure: No module named" in speak_all(pool, ["hello"])[0].cause
    pool.close()


def test_an_exception_of_the_listener_is_raised_and_the_pool_goes_on(pools) -> None:
    pool = pools("Slack", 2)

    def answered(index: int, _: object) -> None:
        raise KeyError(index)

    with pytest.raises(KeyError):
        pool.speak([Utterance(text) for text in TEXTS], answered)
    assert len(speak_all(pool)) == len(TEXTS)


def test_voices_come_from_the_worker(pools) -> None:
    assert [voice.id for voice in pools("Slack").voices()] == ["hum"]


def test_an_utterance_longer_than_a_pipe_is_spoken(pools) -> None:
    answers = speak_all(pools("Slack"), ["word " * 400, "x" * 200_000, "word " * 400])
    assert len(answers[0].words) == len(answers[2].words) == 400
    assert len(answers[1].words) == 1
