"""Markdown: a producer's working script, to be read, edited and spoken.

A chapter is a heading, with a line for its slug, start and length. Every utterance is a line: its role, its anchor,
speaker, voice and language, then the words, with pronouncers (`exporter.script_formats.pronouncers`). A pause is a line
in brackets. All of it may be edited: a line of plain words is an utterance of the narrator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from exporter.article import Metadata
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.narration.timing import FITTED_WORDS_PER_MINUTE, estimate_seconds
from exporter.output import make_stem
from exporter.script import SCHEMA, Chapter, Cue, LedgerEntry, Pause, PauseKind, Role, Say, Script
from exporter.script_formats import pronouncers

_CHAPTER_LINE = re.compile(r"(#{1,6})\s+(.*?)(?:\s*\{#([^\s}]*)\})?$")
_SAY_LINE = re.compile(r"\*\*([A-Za-z]+)\*\*(?:\s+`([^`]*)`)?\s+(.*)$")
_PAUSE_LINE = re.compile(r"\(pause\s+([\d.]+)(?:\s+s)?(?:\s+([a-z]+))?\)\s*$")
_LIKE_PAUSE_LINE = re.compile(r"\(\s*pause\b", re.IGNORECASE)
_MAX_LISTED_FAULTS = 5
_SAY_FACT = re.compile(r"([a-z]+)=(\"(?:[^\"\\]|\\.)*\"|\S+)")
_LEDGER_LINE = re.compile(r"- `([^`]*)`(?:: (.*))?$")
_FRONT_MATTER_FENCE = "---"
_LEDGER_HEADING = "<!-- What became of each block of the article -->"


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write a working script."""
    return "\n".join((*_render_front_matter(script), *_render_cues(script), *_render_ledger(script), "")).encode()


def _render_front_matter(script: Script) -> Iterator[str]:
    """Yield the front matter: YAML whose values are JSON."""
    facts = msgspec.to_builtins(script.metadata)
    yield _FRONT_MATTER_FENCE
    yield f"script: {script.schema}"
    yield f"title: {_encode_json(script.title)}"
    yield f"language: {_encode_json(script.language)}"
    yield f"words: {script.words}"
    yield f"running: {_format_clock(script.seconds)}"
    yield f"seconds: {script.seconds}"
    yield f"article: {_encode_json(facts)}"
    yield _FRONT_MATTER_FENCE


def _render_cues(script: Script) -> Iterator[str]:
    lengths = _estimate_chapters(script)
    start = 0.0
    for cue in script.cues:
        yield ""
        match cue:
            case Chapter():
                length = next(lengths)
                yield f"{'#' * max(1, min(cue.level, 6))} {cue.title} {{#{cue.anchor}}}"
                yield ""
                yield f"*{make_stem(cue.title).upper()}, from {_format_clock(start)}, runs {_format_clock(length)}*"
                start += length
            case Pause():
                yield f"(pause {cue.seconds:g} {cue.kind})"
            case Say():
                text = pronouncers.write_spans(pronouncers.split_utterance(cue, script.language))
                yield f"**{cue.role.upper()}** `{' '.join(_list_say_facts(cue))}` {text}"


def _estimate_chapters(script: Script) -> Iterator[float]:
    """Yield the seconds of each chapter, scaled so that they add up to the script's running time."""
    chapters: list[list[Cue]] = []
    for cue in script.cues:
        if isinstance(cue, Chapter):
            chapters.append([])
        elif chapters:
            chapters[-1].append(cue)
    lengths = [estimate_seconds(cues, FITTED_WORDS_PER_MINUTE, script.language) for cues in chapters]
    silence = sum(cue.seconds for cue in script.cues if isinstance(cue, Pause))
    speech = sum(lengths) - silence
    scale = (script.seconds - silence) / speech if speech > 0 else 1.0
    for cues, length in zip(chapters, lengths, strict=True):
        quiet = sum(cue.seconds for cue in cues if isinstance(cue, Pause))
        yield quiet + (length - quiet) * scale


def _list_say_facts(say: Say) -> Iterator[str]:
    yield say.anchor
    for name in ("speaker", "voice", "language"):
        if (value := getattr(say, name)) is not None:
            yield f"{name}={_encode_json(value)}".replace("`", "\\u0060")  # a backtick would end the code span


def _render_ledger(script: Script) -> Iterator[str]:
    yield from ("", _FRONT_MATTER_FENCE, "", _LEDGER_HEADING, "")
    for entry in script.ledger:
        yield f"- `{entry.anchor}`: {entry.why}" if entry.fate == "skipped" else f"- `{entry.anchor}`"


def read(data: bytes) -> Script:
    """Read a working script as it stands; raises `ValueError` or `msgspec.DecodeError` on anything else.

    A line that looks like a cue and is not one is an error too: it would be read out on air.
    Words are counted again; the running time is estimated again if their number has changed.
    """
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    if not lines or lines[0].strip() != _FRONT_MATTER_FENCE or _FRONT_MATTER_FENCE not in lines[1:]:
        raise ValueError("it does not begin with its facts between two lines of ---")
    end = lines.index(_FRONT_MATTER_FENCE, 1)
    facts = _parse_front_matter(lines[1:end])
    language = facts["language"]
    body = lines[end + 1 :]
    ledger: tuple[LedgerEntry, ...] = ()
    if _LEDGER_HEADING in body:
        place = body.index(_LEDGER_HEADING)
        ledger = tuple(_parse_ledger(body[place:]))
        body = body[:place]
    if faults := list(_find_faulty_cues(body, end + 2)):
        raise ValueError("; ".join(faults[:_MAX_LISTED_FAULTS]))
    cues = tuple(_parse_cues(body, language))
    written_seconds = facts["seconds"]
    script = Script(
        schema=SCHEMA,
        title=facts["title"],
        language=language,
        words=sum(len(cue.words) for cue in cues if isinstance(cue, Say)),
        seconds=estimate_seconds(cues, FITTED_WORDS_PER_MINUTE, language),
        cues=cues,
        ledger=ledger,
        metadata=msgspec.convert(facts["article"], Metadata),
    )
    return replace(script, seconds=written_seconds) if script.words == facts["words"] else script


def _parse_front_matter(lines: list[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {"title": "", "language": "en", "words": 0, "seconds": 0.0, "article": {}}
    for line in lines:
        name, _, value = line.partition(": ")
        if name in facts:
            facts[name] = msgspec.json.decode(value)
    return facts


def _find_faulty_cues(lines: list[str], first_number: int) -> Iterator[str]:
    """Yield what is wrong with each line that looks like a cue and is not one, with its number in the file."""
    for number, line in enumerate((line.strip() for line in lines), first_number):
        if _LIKE_PAUSE_LINE.match(line) and not _PAUSE_LINE.match(line):
            yield f"line {number}: {line!r} is not a pause: write its length in seconds, as in (pause 0.7)"
        elif unclosed := pronouncers.find_unclosed(line):
            yield f"line {number}: {unclosed[:40]!r} has no closing brace: write {{written|spoken}}"


def _parse_cues(lines: list[str], language: str) -> Iterator[Cue]:
    anchor = "title"
    for line in (line.strip() for line in lines):
        if match := _CHAPTER_LINE.match(line):
            anchor = match[3] or anchor
            yield Chapter(match[2], anchor, len(match[1]))
        elif match := _PAUSE_LINE.match(line):
            yield Pause(_find_member(PauseKind, match[2], "sentence"), float(match[1]))
        elif match := _SAY_LINE.match(line):
            say = _parse_say(match, anchor, language)
            anchor = say.anchor
            yield say
        elif line and line != _FRONT_MATTER_FENCE and not (line.startswith("*") and line.endswith("*")):
            yield _read_text(Say(anchor, "narrator", "", ""), line, language)


def _parse_say(match: re.Match[str], anchor: str, language: str) -> Say:
    role, facts, text = match.groups()
    first, _, rest = (facts or "").partition(" ")
    values = {name: msgspec.json.decode(value) if value[0] == '"' else value for name, value in _SAY_FACT.findall(rest)}
    say = Say(
        anchor=first or anchor,
        role=_find_member(Role, role.lower(), "narrator"),
        written="",
        spoken="",
        voice=values.get("voice"),
        language=values.get("language"),
        speaker=values.get("speaker"),
    )
    return _read_text(say, text, language)


def _read_text(say: Say, text: str, language: str) -> Say:
    spans = pronouncers.parse_spans(text)
    spoken = pronouncers.read_spans(spans, say.language or language)
    written = "".join(span.written for span in spans)
    return replace(say, written=written, spoken=spoken.text, words=spoken.words)


def _parse_ledger(lines: list[str]) -> Iterator[LedgerEntry]:
    for line in lines:
        if match := _LEDGER_LINE.match(line.strip()):
            yield LedgerEntry(match[1], "skipped" if match[2] else "spoken", match[2] or "")


def _find_member(literal: Any, name: str | None, default: str) -> Any:
    """Return a name of a literal type, or the default for a misspelt one."""
    return name if name in get_args(literal) else default


def _format_clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _encode_json(value: object) -> str:
    return msgspec.json.encode(value).decode()
