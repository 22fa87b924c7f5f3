"""The file formats of a script; each is a module with one function, `render`.

txt is for a person reading aloud, md is a producer's working script, docx the same in two columns for the desk, html
that for print; ssml is for speech engines, json is the contract. json, md and docx are read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from exporter.article import Metadata
from exporter.errors import SourceError, describe_error
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Cue, Pause, Script

Format = Literal["txt", "md", "docx", "html", "ssml", "json"]

_HEAD_BYTES = 4096  # the beginning of a file, in which front matter or JSON must start

_FORMAT_MODULES = {
    "txt": "script_text",
    "md": "script_markdown",
    "docx": "script_docx",
    "html": "script_html",
    "ssml": "script_ssml",
    "json": "script_json",
}

_ZIP_START = b"PK\x03\x04"
PRINTED_MARK = '<meta name="generator" content="exporter script">'
"""Stands in the head of a script in HTML, which is for print only."""


class ScriptFormat(Protocol):
    """What each format offers."""

    def render(self, script: Script, lexicon: Lexicon, /) -> bytes:
        """Write a script; text is in UTF-8."""
        ...


def render(script: Script, form: Format, lexicon: Lexicon = NO_LEXICON) -> bytes:
    """Write a script in one format; `lexicon` gives its phonemes to a format that has them."""
    module: ScriptFormat = import_module(f"exporter.script_formats.{_FORMAT_MODULES[form]}")
    return module.render(script, lexicon)


def recognises(data: bytes) -> bool:
    """Whether these bytes are a script that `read` reads, not an article."""
    if data.startswith(_ZIP_START):
        from exporter.script_formats import docx_mark  # noqa: PLC0415  10 ms, few sources are archives

        return docx_mark.BODY_PATH.encode() in data and docx_mark.is_docx_script(data)
    start = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"---"):
        return start.partition(b"\n")[2].startswith(b"script: ")
    if start.startswith(b"<"):
        return PRINTED_MARK.encode() in start
    return start.startswith(b"{") and b'"cues"' in data and b'"ledger"' in data


def read(data: bytes, name: str) -> Script:
    """Read a script (JSON, a producer's Markdown or Word document) as it stands; raises `SourceError`."""
    try:
        return _read(data, name)
    except (ValueError, msgspec.DecodeError) as error:
        raise SourceError(
            "reading a script",
            name,
            describe_error(error, "BadScript"),
            "Correct what is named, or write the script anew with exporter script --format md, docx or json.",
        ) from error


def _read(data: bytes, name: str) -> Script:
    from exporter.script_formats import (  # noqa: PLC0415  20 ms, only scripts need them
        docx_reading,
        script_json,
        script_markdown,
    )

    if data.startswith(_ZIP_START):
        return docx_reading.read(data, name)
    if data.lstrip().startswith(b"<"):
        raise ValueError("a script in HTML is for print, and is not read back")
    return script_json.read(data) if data.lstrip()[:1] == b"{" else script_markdown.read(data)


def join_scripts(title: str, scripts: Sequence[Script]) -> Script:
    """Join scripts under one title; the anchors of several begin with the script's number ("2-b3.1")."""
    from exporter.narration.slugs import make_slug  # noqa: PLC0415  35 ms, every source passes `recognises`

    if len(scripts) == 1:
        return scripts[0]
    first = scripts[0]
    return replace(
        first,
        title=title,
        words=sum(script.words for script in scripts),
        seconds=round(sum(script.seconds for script in scripts), 1),
        cues=tuple(_number_anchor(number, cue) for number, script in enumerate(scripts, 1) for cue in script.cues),
        ledger=tuple(
            replace(entry, anchor=f"{number}-{entry.anchor}")
            for number, script in enumerate(scripts, 1)
            for entry in script.ledger
        ),
        metadata=Metadata(title=title, language=first.language),
        slug=make_slug(title),
    )


def _number_anchor(number: int, cue: Cue) -> Cue:
    return cue if isinstance(cue, Pause) else replace(cue, anchor=f"{number}-{cue.anchor}")
