"""The command normalize: prints how text is read aloud.

Without TEXT it is a filter: each line of standard input is answered by a line as soon as it arrives, so that another
program can use it through pipes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import msgspec

from exporter.cli.invocation import Call
from exporter.cli.report import format_json, has_colour, standard_output
from exporter.config import Config
from exporter.control_characters import remove_controls
from exporter.edition import load_lexicon
from exporter.errors import SourceError
from exporter.normalize import Normalizer, Spoken
from exporter.normalize.normalizers import load_normalizer

_CHUNK_BYTES = 1 << 16  # what a pipe of Linux holds
_CYAN, _YELLOW, _NO_COLOUR = "\x1b[36m", "\x1b[33m", "\x1b[0m"


def normalize(call: Call) -> int:
    """Print the spoken form of the arguments, or of each line of standard input."""
    format_text = _make_formatter(call)
    out = standard_output()
    if call.arguments:
        out.write(format_text(" ".join(call.arguments)).encode("utf-8", "surrogateescape"))
        return 0
    if sys.stdin is None:
        raise SourceError("reading", "-", "EmptySource: standard input is closed", "Pipe text in, or give it as TEXT.")
    for lines in _read_lines(sys.stdin.fileno()):
        out.write(b"".join(format_text(_decode_line(line)).encode("utf-8", "surrogateescape") for line in lines))
        out.flush()
    return 0


def _read_lines(source: int) -> Iterator[list[bytes]]:
    """Yield the whole lines of a file descriptor as they arrive, and at the end a last line without a line break."""
    begun: list[bytes] = []
    while chunk := os.read(source, _CHUNK_BYTES):
        *whole, rest = chunk.split(b"\n")
        if whole:
            begun.append(whole[0])
            whole[0] = b"".join(begun)
            begun.clear()
            yield whole
        begun.append(rest)
    if last := b"".join(begun):
        yield [last]


def _decode_line(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")


def _make_formatter(call: Call) -> Callable[[str], str]:
    config = call.config()
    normalizer = _load_normalizer(config)

    def normalize_text(text: str) -> Spoken:
        return normalizer(remove_controls(text))

    if call.has("json"):
        return lambda text: format_json({"written": text, **msgspec.to_builtins(normalize_text(text))}) + "\n"
    if call.has("explain"):
        colour = has_colour(sys.stdout)
        return lambda text: explain(text, normalize_text(text), colour)
    return lambda text: " ".join(normalize_text(text).text.splitlines()) + "\n"


def _load_normalizer(config: Config) -> Normalizer:
    return load_normalizer(config.input.language or "en", load_lexicon(config), config.narration.emoji == "name")


def explain(text: str, spoken: Spoken, colour: bool = False) -> str:
    """Format the spoken text and, below it, the rule behind each span; a question mark marks a doubtful one."""
    rule, doubt, plain = (_CYAN, _YELLOW, _NO_COLOUR) if colour else ("", "", "")
    lines = [" ".join(spoken.text.splitlines())]
    for reading in spoken.readings:
        mark = f"{doubt}?{plain}" if reading.doubtful else " "
        span = f"{reading.start}-{reading.end}"
        written = text[reading.start : reading.end]
        lines.append(f"{mark} {span:>9}  {rule}{reading.rule}{plain}  {written} -> {reading.spoken or '(silent)'}")
    return "\n".join(lines) + "\n"
