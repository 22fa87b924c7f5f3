"""The written forms of a script; each is a module with one function, `render`.

txt is for reading aloud by a person, md a producer's working script, ssml for any speech engine, json the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Literal, Protocol

from msgspec.structs import replace

from exporter.article import Metadata
from exporter.script import Cue, Pause, Script

Format = Literal["txt", "md", "ssml", "json"]


class Form(Protocol):
    """What each written form offers."""

    def render(self, script: Script) -> bytes:
        """Write a script, in UTF-8."""
        ...


def render(script: Script, form: Format) -> bytes:
    """Write a script in one of its forms."""
    module: Form = import_module(f"exporter.scripts.{form}")
    return module.render(script)


def joined(title: str, scripts: Sequence[Script]) -> Script:
    """Put scripts one after the other; where there are several, each one's anchors begin with its number ("2-b3.1")."""
    if len(scripts) == 1:
        return scripts[0]
    first = scripts[0]
    return replace(
        first,
        title=title,
        words=sum(script.words for script in scripts),
        seconds=round(sum(script.seconds for script in scripts), 1),
        cues=tuple(_numbered(number, cue) for number, script in enumerate(scripts, 1) for cue in script.cues),
        ledger=tuple(
            replace(entry, anchor=f"{number}-{entry.anchor}")
            for number, script in enumerate(scripts, 1)
            for entry in script.ledger
        ),
        metadata=Metadata(title=title, language=first.language),
    )


def _numbered(number: int, cue: Cue) -> Cue:
    return cue if isinstance(cue, Pause) else replace(cue, anchor=f"{number}-{cue.anchor}")
