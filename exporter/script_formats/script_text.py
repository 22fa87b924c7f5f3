"""Plain text of the spoken words: one sentence a line, blank lines between paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Pause, Say, Script

_BLANK_LINE_PAUSES = frozenset({"paragraph", "heading", "title", "quote", "figure", "section", "item"})


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write the spoken words only."""
    return "\n".join((*render_lines(script), "")).encode()


def render_lines(script: Script) -> Iterator[str]:
    """Yield the lines: the utterances of one sentence together, and an empty line for a longer pause."""
    line = ""
    anchor = ""
    is_paragraph_over = False
    for cue in script.cues:
        if isinstance(cue, Pause):
            is_paragraph_over = is_paragraph_over or cue.kind in _BLANK_LINE_PAUSES
            continue
        if not isinstance(cue, Say):
            continue
        if line and (is_paragraph_over or cue.anchor != anchor):
            yield line
            line = ""
            if is_paragraph_over:
                yield ""
        line = f"{line} {cue.spoken}" if line else cue.spoken
        anchor = cue.anchor
        is_paragraph_over = False
    if line:
        yield line
