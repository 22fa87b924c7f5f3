"""``script --check``: the words whose reading is in doubt, with their lines in the script, for a producer."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.cli.report import format_json
from exporter.config import Config
from exporter.edition import Work, lexicon
from exporter.normalize import Reading
from exporter.normalize.normalizers import load_normalizer
from exporter.script import Say, Script
from exporter.script_formats import render


def format_doubts(source: str, piece: Work, as_json: bool) -> str:
    """List what is in doubt in one article's script, a line each: source, line, what is written, how it is said."""
    return "\n".join(_format_doubt(source, *doubt, as_json) for doubt in find_doubts(piece.script, piece.config))


def _format_doubt(source: str, line: int, written: str, reading: Reading, as_json: bool) -> str:
    if not as_json:
        return f"{source}: line {line} of the script: {written!r} is read {reading.spoken!r} ({reading.rule})"
    return format_json(
        {"source": source, "line": line, "written": written, "spoken": reading.spoken, "rule": reading.rule}
    )


def find_doubts(script: Script, config: Config) -> Iterator[tuple[int, str, Reading]]:
    """Yield each doubtful reading with its line in the script as text and the words that are written."""
    text = render(script, "txt").decode()
    line, place = 1, 0
    for cue in script.cues:
        if not isinstance(cue, Say):
            continue
        found = text.find(cue.spoken.strip(), place)
        if found >= 0:
            line, place = line + text.count("\n", place, found), found
        language = cue.language or script.language
        read = load_normalizer(language, lexicon(config), config.narration.emoji == "name")
        for reading in read(cue.written).readings:
            if reading.doubtful:
                yield line, cue.written[reading.start : reading.end], reading
