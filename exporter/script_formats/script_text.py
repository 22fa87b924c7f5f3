"""Plain text: as it is said, one sentence a line, paragraphs apart."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Pause, Say, Script

_BLANK_LINE_PAUSES = frozenset({"paragraph", "heading", "title", "quote", "figure", "section", "item"})


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write what is said, and nothing else."""
    return "\n".join((*render_lines(script), "")).encode()


def render_lines(script: Script) -> Iterator[str]:
    """Yield the lines: the parts of one sentence on one, an empty one where there is a longer pause."""
    line = ""
    anchor = ""
    apart = False
    for cue in script.cues:
        if isinstance(cue, Pause):
            apart = apart or cue.kind in _BLANK_LINE_PAUSES
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
