"""HTML for print: a desk script in two columns, with the spoken words large and the written forms small above them.

It holds no script and requests nothing. The table's head, with the slug, repeats on each page; the page numbers are the
style sheet's. It is not read back.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

import jinja2
import msgspec
from markupsafe import Markup

from exporter.assets import styles_folder
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Script
from exporter.script_formats import PRINTED_MARK, pronouncers
from exporter.script_formats.cue_syntax import write_pause
from exporter.script_formats.script_timings import format_clock
from exporter.script_formats.working_script import NARRATOR, ChapterItem, LineItem, PauseItem, group_rows, write_items
from exporter.script_formats.xml_text import remove_invalid


class PrintedRow(msgspec.Struct, frozen=True):
    """A row of the table: pairs of written and spoken words by line; `written` is empty where both are the same."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    kind: str = ""
    label: str = ""
    time: str = ""
    language: str = ""


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write a desk script."""
    css = (styles_folder() / "script" / "desk.css").read_text(encoding="utf-8")
    page = _load_template().render(
        language=script.language,
        mark=Markup(PRINTED_MARK),  # noqa: S704  a constant
        css=Markup(css),  # noqa: S704  a style cannot be escaped
        digest=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        title=script.title,
        slug=script.slug,
        running=format_clock(script.seconds),
        words=f"{script.words:,}",
        sections=list(_divide_sections(script)),
    )
    return remove_invalid(page).encode()


@cache
def _load_template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.from_string((styles_folder() / "script" / "desk.html.j2").read_text(encoding="utf-8"))


def _divide_sections(script: Script) -> Iterator[list[PrintedRow]]:
    """Yield the rows of each chapter, and first those before any."""
    rows: list[PrintedRow] = []
    for row in group_rows(write_items(script)):
        match row:
            case ChapterItem():
                if rows:
                    yield rows
                time = f"{format_clock(row.start)}, runs {format_clock(row.length)}"
                rows = [PrintedRow(((("", row.title),),), "chapter", time=time)]
            case PauseItem():
                rows.append(PrintedRow(((("", write_pause(row)),),), "pause"))
            case _:
                rows.append(_print_lines(row))
    if rows:
        yield rows


def _print_lines(lines: Sequence[LineItem]) -> PrintedRow:
    style = lines[0].style
    label = "" if style == NARRATOR else style.speaker or style.role.upper()
    words = tuple(tuple(_pair_words(line.text)) for line in lines)
    kind = "heading" if style.role == "heading" else ""
    return PrintedRow(words, kind, label, format_clock(lines[0].start), style.language or "")


def _pair_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield written and spoken words; a written form without letters and digits is of no use to a reader."""
    for number, utterance in enumerate(pronouncers.split_breaths(text)):
        if number:
            yield "", pronouncers.BREATH_MARK
        for span in pronouncers.parse_spans(utterance):
            is_shown = span.spoken is not None and any(map(str.isalnum, span.written))
            yield (span.written if is_shown else ""), span.written if span.spoken is None else span.spoken
