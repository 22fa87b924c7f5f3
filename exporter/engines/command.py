"""Any program that speaks: text on its standard input, a sound file (WAV or any other) on its standard output.

The setting `speech.command` is the program and its arguments, in which ``{voice}``, ``{language}``, ``{rate}``,
``{pitch}`` and ``{volume}`` stand for what the utterance wants::

    [speech]
    engine = "command"
    command = ["espeak-ng", "--stdin", "--stdout", "-v", "{language}", "-s", "{rate}"]
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from typing import Any

from exporter.engines import Speech, Utterance, Voice


class CommandEngine:
    """A program of the user's."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._command = tuple(options["command"])
        # Ended before the worker is, so that the program is not left running.
        self._patience = 0.9 * options["patience"]

    @property
    def identity(self) -> str:
        """The command itself; a program that changes under the same name needs another argument, or a clear cache."""
        return f"command/1 {self._command}"

    def start(self) -> None:
        """Nothing is to be loaded: the program starts for every utterance."""

    def voices(self) -> tuple[Voice, ...]:
        """None that it could name."""
        return ()

    def speak(self, utterance: Utterance) -> Speech:
        """Run the program once; raises `SpeechError` where it is missing, fails or gives no sound."""
        from exporter.audio_input import decode_audio  # noqa: PLC0415  PyAV, which a run of the silent kind doesn't need

        wanted = {name: str(value) for name, value in utterance._asdict().items()}
        wanted["language"] = utterance.language.partition(",")[0]
        if not self._command:
            raise _make_error(utterance, "MissingValue: speech.command is empty")
        try:
            command = [part.format_map(wanted) for part in self._command]
            done = subprocess.run(  # noqa: S603  the user's own command, without a shell
                command, input=utterance.text.encode(), capture_output=True, timeout=self._patience, check=True
            )
            pcm, rate = decode_audio(io.BytesIO(done.stdout))
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise _make_error(utterance, f"ExitCode: {error.returncode} {said}".strip()) from error
        except (OSError, ValueError, KeyError, IndexError, subprocess.TimeoutExpired) as error:
            raise _make_error(utterance, f"{type(error).__name__}: {error}") from error
        return Speech(pcm, rate)


def _make_error(utterance: Utterance, cause: str) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  a worker that speaks doesn't pay for it

    return SpeechError(
        "speaking", utterance.text[:80], cause, "Set speech.command to a program that reads text and writes a WAV file."
    )
