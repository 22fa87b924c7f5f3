"""Any program as an engine: text on its standard input, a sound file (WAV or another format) on its standard output.

The setting `speech.command` is the program and its arguments, in which ``{voice}``, ``{language}``, ``{rate}``,
``{pitch}`` and ``{volume}`` are replaced by the values of the utterance::

    [speech]
    engine = "command"
    command = ["espeak-ng", "--stdin", "--stdout", "-v", "{language}", "-s", "{rate}"]
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from typing import Any

from exporter.audio_input import decode_audio
from exporter.engines import MAX_SUBJECT_CHARS, Speech, Utterance, Voice
from exporter.engines.alphabets import write_phonemes
from exporter.engines.engine_text import adapt_text
from exporter.engines.program_group import run_program

_TIMEOUT_SHARE = 0.9
"""Part of `speech.patience` after which the program is ended: before its worker is, which would leave it running."""


class CommandEngine:
    """A program that the user names."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._command = tuple(options["command"])
        self._timeout_seconds = _TIMEOUT_SHARE * options["patience"]

    @property
    def identity(self) -> str:
        """The command. To hear a new version of the same program, change an argument or clear the cache."""
        return f"command/2 {self._command}"

    def start(self) -> None:
        """Do nothing: the program starts once for each utterance."""

    def voices(self) -> tuple[Voice, ...]:
        """Return no voices: a program cannot be asked for them."""
        return ()

    def speak(self, utterance: Utterance) -> Speech:
        """Run the program once; raises `SpeechError` when it is missing, fails, takes too long or writes no sound."""
        command = self._fill_command(utterance)
        try:
            sound = run_program(command, _write_text(utterance).encode(), self._timeout_seconds)
            pcm, rate = decode_audio(io.BytesIO(sound))
        except subprocess.CalledProcessError as error:
            last_line = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise _make_error(utterance, f"ExitCode: {error.returncode} {last_line}".strip()) from error
        except subprocess.TimeoutExpired as error:
            raise _make_error(utterance, f"TimeLimit: it took more than {self._timeout_seconds:.0f} s") from error
        except (OSError, ValueError) as error:
            from exporter.errors import describe_error  # noqa: PLC0415  15 ms, only a failure needs it

            raise _make_error(utterance, describe_error(error, "CommandFailure")) from error
        return Speech(pcm, rate)

    def _fill_command(self, utterance: Utterance) -> list[str]:
        """Put the values of the utterance into the command; raises `SpeechError` when that cannot be done."""
        if not self._command:
            raise _make_error(utterance, "MissingValue: speech.command is empty")
        values = {name: str(value) for name, value in utterance._asdict().items() if name != "phonemes"}
        values["language"] = utterance.language.partition(",")[0]
        try:
            return [part.format_map(values) for part in self._command]
        except (ValueError, KeyError, IndexError) as error:
            names = ", ".join(f"{{{name}}}" for name in values)
            raise _make_error(utterance, f"BadPlaceholder: speech.command may hold {names} and {{{{, }}}}") from error


def _write_text(utterance: Utterance) -> str:
    """Return the text for the program: words whose phonemes are known are respelled in English letters."""
    return adapt_text(utterance, lambda char: True, lambda ipa: write_phonemes(ipa, "respelling")).text  # noqa: ARG005


def _make_error(utterance: Utterance, cause: str) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  15 ms, only a failure needs it

    subject = utterance.text[:MAX_SUBJECT_CHARS]
    return SpeechError(
        "speaking", subject, cause, "Set speech.command to a program that reads text and writes a WAV file."
    )
