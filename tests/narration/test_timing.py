"""The expected running time against the real engine's."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from exporter.article import from_json
from exporter.config import CacheSettings, Config, ScriptSettings, SpeechSettings
from exporter.edition import Work
from exporter.narration import narrate
from exporter.sentences import cut_sentences
from exporter.speech import speak

ARTICLE = Path(__file__).parent.parent / "golden" / "script-news" / "article.json"


@pytest.mark.parametrize("rate", [130, 170, 220])
def test_the_running_time_is_expected_within_five_percent(rate: int, tmp_path: Path) -> None:
    config = Config(speech=SpeechSettings(engine="system", rate=rate), cache=CacheSettings(folder=str(tmp_path)))
    script, _ = narrate(cut_sentences(from_json(ARTICLE.read_bytes())), config)
    recording = speak(script, config)
    assert script.seconds == pytest.approx(recording.seconds(recording.samples), rel=0.05)


def test_a_voice_that_has_spoken_is_reckoned_by_its_own_pace(tmp_path: Path) -> None:
    """The silence engine takes the same time for every word: nothing that is reckoned from letters."""
    speech, cache = SpeechSettings(engine="silence", rate=120), CacheSettings(folder=str(tmp_path))
    config = Config(speech=speech, cache=cache)
    work = Work(from_json(ARTICLE.read_bytes()), config)
    truth = work.recording.seconds(work.recording.samples)
    assert work.script.seconds != pytest.approx(truth, rel=0.02)
    told = replace(config, script=ScriptSettings(calibrated=True))
    assert Work(work.source_article, told).script.seconds == pytest.approx(truth, rel=0.002)
    other = replace(told, speech=replace(speech, rate=200))
    uncalibrated = replace(other, script=ScriptSettings())
    assert Work(work.source_article, other).script == Work(work.source_article, uncalibrated).script
