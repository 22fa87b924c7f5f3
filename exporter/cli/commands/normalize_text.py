"""The command normalize: how text will be read.

Without TEXT it is a filter: one line in, one line out, answered as soon as it is there, so that another program can
talk to it through pipes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import msgspec

from exporter.cli.invocation import Call
from exporter.cli.report import format_json, has_colour, standard_output
from exporter.config import Config
from exporter.edition import lexicon
from exporter.errors import SourceError
from exporter.normalize import Normalizer, Spoken

_CHUNK_BYTES = 1 << 16
_CYAN, _YELLOW, _NO_COLOUR = "\x1b[36m", "\x1b[33m", "\x1b[0m"


def normalize(call: Call) -> int:
    """Read texts, or standard input, aloud in words."""
    answer = _make_formatter(call)
    out = standard_output()
    if call.words:
        out.write(answer(" ".join(call.words)).encode("utf-8", "surrogateescape"))
        return 0
    if sys.stdin is None:
        raise SourceError("reading", "-", "EmptySource: there is no standard input", "Pipe text in, or name it.")
    for lines in _read_lines(sys.stdin.fileno()):
        out.write(b"".join(answer(_decode_line(line)).encode("utf-8", "surrogateescape") for line in lines))
        out.flush()
    return 0


def _read_lines(source: int) -> Iterator[list[bytes]]:
    """Yield the whole lines of a file descriptor as they arrive; a last line without an end is a line too."""
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
    if call.has("json"):
        return lambda text: format_json({"written": text, **msgspec.to_builtins(normalizer(text))}) + "\n"
    if call.has("explain"):
        colour = has_colour(sys.stdout)
        return lambda text: explain(text, normalizer(text), colour)
    return lambda text: " ".join(normalizer(text).text.splitlines()) + "\n"


def _load_normalizer(config: Config) -> Normalizer:
    from exporter.normalize.normalizers import load_normalizer  # noqa: PLC0415

    return load_normalizer(config.input.language or "en", lexicon(config), config.narration.emoji == "name")


def explain(text: str, spoken: Spoken, colour: bool = False) -> str:
    """Tell what is said and, below, the rule behind each span; what is in doubt is marked with a question mark."""
    rule, doubt, plain = (_CYAN, _YELLOW, _NO_COLOUR) if colour else ("", "", "")
    lines = [" ".join(spoken.text.splitlines())]
    for reading in spoken.readings:
        mark = f"{doubt}?{plain}" if reading.doubtful else " "
        span = f"{reading.start}-{reading.end}"
        written = text[reading.start : reading.end]
        lines.append(f"{mark} {span:>9}  {rule}{reading.rule}{plain}  {written} -> {reading.spoken or '(silent)'}")
    return "\n".join(lines) + "\n"
