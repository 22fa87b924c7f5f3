"""The file formats of a script; each is a module with one function, `render`.

txt is for a person reading aloud, md is a producer's working script, ssml is for speech engines, json is the contract.
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

Format = Literal["txt", "md", "ssml", "json"]

_HEAD_BYTES = 4096  # the beginning of a file, in which front matter or JSON must start

_FORMAT_MODULES = {"txt": "script_text", "md": "script_markdown", "ssml": "script_ssml", "json": "script_json"}


class ScriptFormat(Protocol):
    """What each format offers; json and md can also be read back."""

    def render(self, script: Script, lexicon: Lexicon, /) -> bytes:
        """Write a script, in UTF-8."""
        ...


def render(script: Script, form: Format, lexicon: Lexicon = NO_LEXICON) -> bytes:
    """Write a script in one format; `lexicon` gives its phonemes to a format that has them."""
    module: ScriptFormat = import_module(f"exporter.script_formats.{_FORMAT_MODULES[form]}")
    return module.render(script, lexicon)


def recognises(data: bytes) -> bool:
    """Whether these bytes are a script that `read` reads, not an article."""
    start = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"---"):
        return start.partition(b"\n")[2].startswith(b"script: ")
    return start.startswith(b"{") and b'"cues"' in data and b'"ledger"' in data


def read(data: bytes, name: str) -> Script:
    """Read a script, JSON or a producer's Markdown, as it stands; raises `SourceError`."""
    from exporter.script_formats import script_json, script_markdown  # noqa: PLC0415  20 ms, only scripts need them

    try:
        return script_json.read(data) if data.lstrip()[:1] == b"{" else script_markdown.read(data)
    except (ValueError, msgspec.DecodeError) as error:
        raise SourceError(
            "reading a script",
            name,
            describe_error(error, "BadScript"),
            "Write the script anew with exporter script --format json or md, and edit that.",
        ) from error


def join_scripts(title: str, scripts: Sequence[Script]) -> Script:
    """Join scripts under one title; the anchors of several begin with the script's number ("2-b3.1")."""
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
    )


def _number_anchor(number: int, cue: Cue) -> Cue:
    return cue if isinstance(cue, Pause) else replace(cue, anchor=f"{number}-{cue.anchor}")
