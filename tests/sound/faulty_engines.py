"""Engines with one fault each; `options["scratch"]` is a folder in which they log what they did."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.silence import SilenceEngine
from exporter.errors import SpeechError


class Faulty(SilenceEngine):
    """Hums, except for utterances with the word "fault"."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self.scratch = Path(options.get("scratch") or ".")

    def speak(self, utterance: Utterance) -> Speech:
        with (self.scratch / "spoken").open("a") as file:
            file.write(f"{utterance.text}\n")
        if "fault" in utterance.text:
            return self.fail(utterance)
        return super().speak(utterance)

    def fail(self, utterance: Utterance) -> Speech:
        return SilenceEngine.speak(self, utterance)

    def is_first_time(self) -> bool:
        """Whether the fault occurs for the first time, in any process."""
        try:
            (self.scratch / "before").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Hangs(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        threading.Event().wait()
        raise AssertionError


class HangsOnce(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        if self.is_first_time():
            threading.Event().wait()
        return SilenceEngine.speak(self, utterance)


class Crashes(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        os.abort()


class CrashesOnce(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        if self.is_first_time():
            os.abort()
        return SilenceEngine.speak(self, utterance)


class FallsSilent(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        return Speech(bytes(44_100), 22_050)


class Voiceless(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        raise SpeechError("choosing a voice", utterance.text, f"{UNKNOWN_NAME}: nobody", "Choose another.")


class Raises(Faulty):
    def fail(self, utterance: Utterance) -> Speech:
        raise RuntimeError("no breath")


class Prints(Faulty):
    def speak(self, utterance: Utterance) -> Speech:
        print("Audio saved to nowhere" * 1000, flush=True)  # noqa: T201  the fault
        os.write(1, b"native code prints too")
        return SilenceEngine.speak(self, utterance)


class CannotStart(Faulty):
    def __init__(self, options: Mapping[str, Any]) -> None:
        raise OSError("no library")

    def voices(self) -> tuple[Voice, ...]:
        raise AssertionError


class TwoRates(Faulty):
    """Speaks at another sample rate if a voice is named."""

    def speak(self, utterance: Utterance) -> Speech:
        speech = super().speak(utterance)
        return speech._replace(rate=44_100) if utterance.voice else speech


class Slack(Faulty):
    """Puts silence before and after its words."""

    def speak(self, utterance: Utterance) -> Speech:
        speech = super().speak(utterance)
        words = tuple(word._replace(begin=word.begin + 5000) for word in speech.words)
        return Speech(bytes(10_000) + speech.pcm + bytes(30_000), speech.rate, words)
