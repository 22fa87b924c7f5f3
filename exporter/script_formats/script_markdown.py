"""Markdown: a producer's working script, to be read, edited and spoken.

A chapter is a heading, with a line for its slug, place, start and length. A sentence is a line, a block a paragraph;
its first line ends with its anchor and begins, unless the narrator reads it, with a label: who speaks. All of it may be
edited: a line of plain words is an utterance of the narrator. Pauses are written where they are not the usual ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Script
from exporter.script_formats.cue_syntax import (
    find_faults,
    read_label,
    read_pause,
    refuse_faults,
    take_anchor,
    write_label,
    write_pause,
)
from exporter.script_formats.script_facts import make_script, read_facts, read_ledger, write_facts, write_ledger
from exporter.script_formats.script_timings import format_clock
from exporter.script_formats.working_script import NARRATOR, ChapterItem, Item, LineItem, PauseItem, Style, write_items

_CHAPTER_LINE = re.compile(r"(#{1,6})\s+(.*?)(?:\s*\{#([^\s}]*)\})?$")
_LABEL = re.compile(r"\*\*([A-Za-z][^*]*)\*\*(?:\s+`([^`]*)`)?\s+(?=\S)")
_UNCLOSED_LABEL = re.compile(r"\*\*[A-Z]{2,}\b")
_LIKE_CUE = re.compile(r"#{1,6}\s|\*|---$|<!--")  # how lines begin that are not plain words
_REMARK = re.compile(r"\*[^*\s].*\*$")
_FENCE = "---"
_LEDGER_HEADING = "<!-- What became of each block of the article -->"


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write a working script."""
    head = (_FENCE, *write_facts(script), _FENCE)
    foot = ("", _FENCE, "", _LEDGER_HEADING, "", *write_ledger(script), "")
    return "\n".join((*head, *_render_items(script), *foot)).encode()


def _render_items(script: Script) -> Iterator[str]:
    items = write_items(script)
    chapter_count = sum(isinstance(item, ChapterItem) for item in items)
    number = 0
    for item in items:
        match item:
            case ChapterItem():
                number += 1
                yield from ("", f"{'#' * item.level} {item.title} {{#{item.anchor}}}")
                place = (
                    f"{number} of {chapter_count}, from {format_clock(item.start)}, runs {format_clock(item.length)}"
                )
                total = f"; {script.words:,} words, {format_clock(script.seconds)} in all" if number == 1 else ""
                yield f"*{script.slug or 'SECTION'}: {place}{total}*"
            case PauseItem():
                yield from ("", write_pause(item))
            case LineItem():
                if item.link == "new":
                    yield ""
                yield _render_line(item)


def _render_line(line: LineItem) -> str:
    label, facts = write_label(line.style)
    if line.link == "sentence":
        label, facts = "", ""
    elif not label and (line.link == "same" or _LIKE_CUE.match(line.text)):
        label = line.style.role.upper()
    anchor = f"{{#{line.anchor}}}" if line.anchor and line.link != "same" else ""
    parts = (label and f"**{label}**", facts and f"`{facts}`", line.text, anchor)
    return " ".join(part for part in parts if part)


def read(data: bytes) -> Script:
    """Read a working script as it stands; raises `ValueError` or `msgspec.DecodeError` on anything else.

    A line that looks like a cue and is not one is an error too: it would be read out on air.
    """
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    if not lines or lines[0].strip() != _FENCE or _FENCE not in lines[1:]:
        raise ValueError("it does not begin with its facts between two lines of ---")
    end = lines.index(_FENCE, 1)
    body = lines[end + 1 :]
    ledger: list[str] = []
    if _LEDGER_HEADING in body:
        place = body.index(_LEDGER_HEADING)
        body, ledger = body[:place], body[place:]
    refuse_faults(_find_faulty_lines(body, end + 2))
    return make_script(read_facts(lines[1:end]), _parse_items(body), read_ledger(ledger))


def _find_faulty_lines(lines: Iterable[str], first_number: int) -> Iterator[str]:
    """Yield what is wrong with each line that looks like a cue and is not one, with its number in the file."""
    for number, line in enumerate((line.strip() for line in lines), first_number):
        if _CHAPTER_LINE.match(line) or _is_remark(line):
            continue
        yield from (f"line {number}: {fault}" for fault in find_faults(line))
        if _UNCLOSED_LABEL.match(line) and not _LABEL.match(line):
            yield f"line {number}: {line[:40]!r} is not a label: write **ROLE Name** and the words"


def _is_remark(line: str) -> bool:
    """Whether a line is one that nobody says: the slug of a chapter, or a rule."""
    return line == _FENCE or bool(_REMARK.match(line))


def _parse_items(lines: Iterable[str]) -> Iterator[Item]:
    style = NARRATOR
    is_new = True
    for line in (line.strip() for line in lines):
        if not line or _is_remark(line):
            is_new = True
        elif match := _CHAPTER_LINE.match(line):
            yield ChapterItem(match[2], match[3] or "", len(match[1]))
            is_new = True
        elif pause := read_pause(line):
            yield pause
        else:
            item = _parse_line(line, None if is_new else style)
            yield item
            style, is_new = item.style, False


def _parse_line(line: str, style: Style | None) -> LineItem:
    """Parse a line of words; `style` is that of the line before in its paragraph, None at the beginning of one."""
    text, anchor = take_anchor(line)
    label = _LABEL.match(text)
    if not label:
        return LineItem(text, style or NARRATOR, anchor, "sentence" if style else "new")
    facts = label[2] or ""
    first = facts.partition(" ")[0]
    if first and "=" not in first:
        anchor = first  # as the first versions wrote it
    return LineItem(text[label.end() :], read_label(label[1], facts), anchor, "same" if style else "new")
