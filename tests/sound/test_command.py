"""The engine `command`: a program that reads text and writes a sound file."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from exporter.config import Config
from exporter.engines import Utterance
from exporter.engines.command import CommandEngine
from exporter.errors import SpeechError
from exporter.mastering.episode import build_episode
from exporter.speech import speak
from tests.conftest import CHECKOUT
from tests.sound.sound_builders import decode, make_script, replace_audio

# A program that speaks at its own rate: a tenth of a second of sound for each character.
SPEAKER = """
import sys, wave
rate = int(sys.argv[1])
text = sys.stdin.read()
assert sys.argv[2:] == ["en", "180"], sys.argv
if "fault" in text:
    sys.exit("cannot say it")
with wave.open(sys.stdout.buffer, "wb") as file:
    file.setparams((1, 2, rate, len(text) * rate // 400 * 40, "NONE", ""))
    file.writeframes((b"\\x00\\x20" * 20 + b"\\x00\\xe0" * 20) * (len(text) * rate // 400))
"""


def choose_speaker(config: Config, folder: Path, rate: int) -> Config:
    program = folder / "speaker.py"
    program.write_text(SPEAKER)
    command = (sys.executable, str(program), str(rate), "{language}", "{rate}")
    return msgspec.structs.replace(
        config, speech=msgspec.structs.replace(config.speech, engine="command", command=command)
    )


@pytest.mark.parametrize("own", [16_000, 24_000, 44_100, 17_000, 96_000])
def test_a_program_speaks_at_its_own_rate_where_formats_have_it(config: Config, tmp_path: Path, own: int) -> None:
    settings = replace_audio(choose_speaker(config, tmp_path, own))
    recording = speak(make_script(), settings)
    rate = recording.rate
    assert rate == {17_000: 22_050, 96_000: 48_000}.get(own, own)
    first = recording.segments[0]
    assert (first.end - first.begin) / rate == pytest.approx(len(first.spoken) / 10, abs=0.02)
    made = build_episode([recording], "t", settings)
    made.write(tmp_path / "e.mp3")
    sound, played = decode(tmp_path / "e.mp3")
    assert (len(sound), played) == (made.recording.samples, rate)


def test_the_error_quotes_its_last_line_of_output(config: Config, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="cannot say it"):
        speak(make_script([("A", ["A fault."])]), choose_speaker(config, tmp_path, 16_000))


@pytest.mark.parametrize("command", [(), ("no-such-program",), (sys.executable, "-c", "")])
def test_a_program_that_does_not_work_is_an_error(config: Config, command: tuple[str, ...]) -> None:
    settings = msgspec.structs.replace(
        config, speech=msgspec.structs.replace(config.speech, engine="command", command=command)
    )
    with pytest.raises(SpeechError, match=r"speech\.command"):
        speak(make_script(), settings)


# It starts a process that would live for ten minutes and holds the pipe, writes to the pipe, then ends or goes on.
STARTER = """
import subprocess, sys, time
pipe = open(sys.argv[1], "wb", buffering=0)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=pipe, stderr=pipe)
pipe.write(b"x")
if sys.argv[2] == "end":
    sys.exit("cannot say it")
time.sleep(600)
"""

SPEAK = """
import sys
from exporter.engines import Utterance
from exporter.engines.command import CommandEngine
CommandEngine({"command": sys.argv[2:], "patience": float(sys.argv[1])}).speak(Utterance("A mill."))
"""


class HeldPipe:
    """A named pipe that says when the last process that holds it has ended."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pipe"
        os.mkfifo(self.path)
        self._end = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)

    def read(self) -> bytes:
        """Wait for a byte; empty when no process holds the pipe."""
        found, _, _ = select.select([self._end], [], [], 60)
        assert found, "a process lives on"
        return os.read(self._end, 1)


NAMED_PIPES = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes of this kind")


@NAMED_PIPES
def test_what_a_program_has_started_ends_with_it(tmp_path: Path) -> None:
    pipe = HeldPipe(tmp_path)
    command = [sys.executable, "-c", STARTER, str(pipe.path), "end"]
    with pytest.raises(SpeechError, match="cannot say it"):
        CommandEngine({"command": command, "patience": 600}).speak(Utterance("A mill."))
    assert pipe.read() == b"x"
    assert not pipe.read()


@NAMED_PIPES
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_what_a_program_has_started_ends_when_its_engine_does(tmp_path: Path, number: signal.Signals) -> None:
    pipe = HeldPipe(tmp_path)
    command = [sys.executable, "-c", STARTER, str(pipe.path), "go on"]
    line = [sys.executable, "-c", SPEAK, "600", *command]
    with subprocess.Popen(line, cwd=CHECKOUT, stderr=subprocess.DEVNULL) as engine:
        assert pipe.read() == b"x"
        engine.send_signal(number)
    assert not pipe.read()


def test_a_program_that_takes_too_long_is_an_error() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    with pytest.raises(SpeechError, match="TimeLimit"):
        CommandEngine({"command": command, "patience": 0.1}).speak(Utterance("A mill."))
