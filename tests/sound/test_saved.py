"""The engine `system` on macOS and Windows, where pyttsx3 saves to a file: the file is checked."""

from __future__ import annotations

import sys
import types
import wave
from array import array
from typing import Any

import pytest
from pyttsx3.voice import Voice as Listed

from exporter.engines import Utterance
from exporter.engines.system import SystemEngine
from exporter.errors import SpeechError

RATE = 16_000


class Driver:
    """Follows pyttsx3's driver interface; `fault` names its fault."""

    fault = ""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self.set: dict[str, object] = {}

    def getProperty(self, name: str) -> object:  # noqa: N802
        assert name == "voices"
        return [
            Listed("com.voice.ann", "Ann", ["en_GB"], "Female", 30),
            Listed("com.voice.uwe", "Uwe", ["de-DE"], "Male", 40),
        ]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802
        assert name in ("voice", "rate", "volume")
        self.set[name] = value

    def save_to_file(self, text: str, name: str) -> None:
        if self.fault == "raises":
            raise OSError("no speech server")
        if self.fault == "writes nothing":
            return
        words = 0 if self.fault == "is too short" else len(text.split())
        with wave.open(name, "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(array("h", [8000, -8000] * (words * RATE // 4 + 10)).tobytes())

    def startLoop(self) -> None:  # noqa: N802
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802
        pass

    def stop(self) -> None:
        pass

    def destroy(self) -> None:
        pass


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> SystemEngine:
    """Return the engine with the driver that saves."""
    module = types.ModuleType("pyttsx3.drivers.saving")
    module.buildDriver = Driver  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyttsx3.drivers.saving", module)
    made = SystemEngine({})
    made._driver = "saving"
    made.start()
    return made


def test_the_saved_file_is_the_speech(engine: SystemEngine) -> None:
    speech = engine.speak(Utterance("One two three.", "en-GB"))
    assert speech.rate == RATE
    assert len(speech.pcm) / 2 / RATE == pytest.approx(1.5, abs=0.01)


def test_several_utterances_are_several_files(engine: SystemEngine) -> None:
    lengths = [len(engine.speak(Utterance("word " * count)).pcm) for count in (1, 3, 2)]
    assert lengths[0] < lengths[2] < lengths[1]


def test_voices_are_those_of_the_system(engine: SystemEngine) -> None:
    assert [tuple(voice) for voice in engine.voices()] == [
        ("com.voice.uwe", "Uwe", "de-de", "male"),
        ("com.voice.ann", "Ann", "en-gb", "female"),
    ]


@pytest.mark.parametrize("fault", ["raises", "writes nothing", "is too short"])
def test_a_wrong_file_is_an_error(engine: SystemEngine, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(Driver, "fault", fault)
    with pytest.raises(SpeechError):
        engine.speak(Utterance("One two three four five six seven eight."))


def test_its_identity_names_the_driver_and_the_system(engine: SystemEngine) -> None:
    assert " saving " in engine.identity
