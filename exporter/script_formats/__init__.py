"""The written forms of a script; each is a module with one function, `render`.

txt is for reading aloud by a person, md a producer's working script, ssml for any speech engine, json the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from exporter.article import Metadata
from exporter.errors import SourceError
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Cue, Pause, Script

Format = Literal["txt", "md", "ssml", "json"]

_HEAD_BYTES = 4096


_FORMAT_MODULES = {"txt": "script_text", "md": "script_markdown", "ssml": "script_ssml", "json": "script_json"}


class Form(Protocol):
    """What each written form offers; json and md can be read back too."""

    def render(self, script: Script, lexicon: Lexicon, /) -> bytes:
        """Write a script, in UTF-8."""
        ...


def render(script: Script, form: Format, lexicon: Lexicon = NO_LEXICON) -> bytes:
    """Write a script in one of its forms; a form that takes phonemes gets the lexicon's."""
    module: Form = import_module(f"exporter.script_formats.{_FORMAT_MODULES[form]}")
    return module.render(script, lexicon)


def recognises(data: bytes) -> bool:
    """Whether these bytes are a script that `read` reads, and no article."""
    start = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"---"):
        return start.partition(b"\n")[2].startswith(b"script: ")
    return start.startswith(b"{") and b'"cues"' in data and b'"ledger"' in data


def read(data: bytes, name: str) -> Script:
    """Read a script, as JSON or as a producer's Markdown, as it stands; raises `SourceError`."""
    from exporter.script_formats import script_json, script_markdown  # noqa: PLC0415  few scripts are read back

    try:
        return script_json.read(data) if data.lstrip()[:1] == b"{" else script_markdown.read(data)
    except (ValueError, msgspec.DecodeError) as error:
        raise SourceError(
            "reading a script",
            name,
            f"{type(error).__name__}: {error}",
            "Write the script anew with exporter script --format json or md, and edit that.",
        ) from error


def join_scripts(title: str, scripts: Sequence[Script]) -> Script:
    """Put scripts one after the other; where there are several, each one's anchors begin with its number ("2-b3.1")."""
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
