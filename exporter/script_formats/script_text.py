"""Plain text: as it is said, one sentence a line, paragraphs apart."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.lexicon import NONE, Lexicon
from exporter.script import Pause, Say, Script

_APART = frozenset({"paragraph", "heading", "title", "quote", "figure", "section", "item"})


def render(script: Script, _lexicon: Lexicon = NONE, /) -> bytes:
    """Write what is said, and nothing else."""
    return "\n".join((*lines(script), "")).encode()


def lines(script: Script) -> Iterator[str]:
    """Yield the lines: the parts of one sentence on one, an empty one where there is a longer pause."""
    line = ""
    anchor = ""
    apart = False
    for cue in script.cues:
        if isinstance(cue, Pause):
            apart = apart or cue.kind in _APART
            continue
        if not isinstance(cue, Say):
            continue
        if line and (apart or cue.anchor != anchor):
            yield line
            line = ""
            if apart:
                yield ""
        line = f"{line} {cue.spoken}" if line else cue.spoken
        anchor = cue.anchor
        apart = False
    if line:
        yield line
