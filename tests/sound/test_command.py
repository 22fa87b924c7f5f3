"""The engine `command`: a program that reads text and writes a sound file."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from exporter.config import Config
from exporter.errors import SpeechError
from exporter.mastering.episode import build_episode
from exporter.speech import speak
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
