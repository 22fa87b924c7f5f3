"""``script --check``: lists the words whose reading is in doubt, with their lines in the script."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.cli.report import format_json
from exporter.config import Config
from exporter.edition import Work, load_lexicon
from exporter.errors import Notice
from exporter.normalize import Reading
from exporter.normalize.normalizers import load_normalizer
from exporter.normalize.overrides import make_reading
from exporter.pronunciation.guessed_names import find_guessed_names
from exporter.script import Say, Script
from exporter.script_formats import render

_GUESS_RULE = "the voice guesses this name"


def format_doubts(source: str, work: Work, as_json: bool) -> tuple[str, tuple[Notice, ...]]:
    """List the doubtful readings of a script, a line each: source, line, written, spoken; returns its notices too."""
    script, notices = work.narrated
    return "\n".join(_format_doubt(source, *doubt, as_json) for doubt in find_doubts(script, work.config)), notices


def _format_doubt(source: str, line: int, written: str, reading: Reading, as_json: bool) -> str:
    if not as_json:
        return f"{source}: line {line} of the script: {written!r} is read as {reading.spoken!r} ({reading.rule})"
    return format_json(
        {"source": source, "line": line, "written": written, "spoken": reading.spoken, "rule": reading.rule}
    )


def find_doubts(script: Script, config: Config) -> Iterator[tuple[int, str, Reading]]:
    """Yield each doubtful reading: its line in the script as text, the written words, and the reading."""
    text = render(script, "txt").decode()
    line, place = 1, 0
    guessed: set[str] = set()
    for cue in script.cues:
        if not isinstance(cue, Say):
            continue
        found = text.find(cue.spoken.strip(), place)
        if found >= 0:
            line, place = line + text.count("\n", place, found), found
        language = cue.language or script.language
        for start, end in find_guessed_names(cue.written, language, load_lexicon(config)):
            if cue.written[start:end] in cue.spoken and cue.written[start:end] not in guessed:
                guessed.add(cue.written[start:end])
                yield line, cue.written[start:end], make_reading(start, end, cue.written[start:end], _GUESS_RULE)
        read = load_normalizer(language, load_lexicon(config), config.narration.emoji == "name")
        for reading in read(cue.written).readings:
            if reading.doubtful:
                yield line, cue.written[reading.start : reading.end], reading
