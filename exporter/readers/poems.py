"""Poems: paragraphs whose lines were broken on purpose become stanzas (`Verse`).

A source that says so is believed: a class like ``poem`` or WordPress's ``wp-block-verse``, pandoc's line blocks. Else a
poem is at least two paragraphs in a row with line breaks, of short lines that rarely end a sentence. Addresses, lists
of ingredients and signatures are one such paragraph, or end theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from exporter.article import Block, Break, Inline, Paragraph, Text, Verse, inline_text, join_lines
from exporter.readers.text_tests import ends_sentence

MAX_VERSE_LINE_CHARS = 60
"""A longer line is prose (the longest common metre in English, the fourteener, has about fifty)."""

MIN_POEM_LINES = 6
"""Two stanzas of three lines: shorter runs are addresses and signatures."""

MAX_SENTENCE_ENDS_SHARE = 0.5
"""Where more of the lines end a sentence, each line is a statement of its own: a list."""

_MARKUP_NAME = re.compile(r"(?:^|[\s_-])(?:poem|poetry|verse|stanza)(?:$|[\s_-])")
_NUMBER = re.compile(r"\d{3}")


def is_verse_name(name: str) -> bool:
    """Whether a class name of the page says that an element holds verse."""
    return _MARKUP_NAME.search(name) is not None


def stanza(content: tuple[Inline, ...]) -> Verse:
    """Make a stanza of inlines, a line up to each break; empty lines are left out."""
    return Verse(join_lines(line for line in _split_lines(content) if inline_text(line).strip()))


def stanzas_of_text(text: str) -> tuple[Verse, ...]:
    """Make stanzas of preformatted text: blank lines stand between them."""
    groups = re.split(r"\n[^\S\n]*\n\s*", text.strip("\n"))
    return tuple(
        Verse(join_lines((Text(line.rstrip()),) for line in group.split("\n") if line.strip()))
        for group in groups
        if group.strip()
    )


def find_poems(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with each poem among them as stanzas."""
    found: list[Block] = []
    for may_be, run in groupby(blocks, key=_may_be_stanza):
        group = list(run)
        found += _stanzas(group) if may_be and _is_poem(group) else group
    return tuple(found)


def _stanzas(paragraphs: Sequence[Block]) -> Iterator[Block]:
    for block in paragraphs:
        if isinstance(block, Paragraph):
            own = {name: getattr(block, name) for name in ("names", "language", "direction")}
            yield replace(stanza(block.content), **own)


def _may_be_stanza(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    lines = inline_text(block.content).strip().split("\n")
    return len(lines) > 1 and all(len(line) <= MAX_VERSE_LINE_CHARS and not _NUMBER.search(line) for line in lines)


def _is_poem(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs of short lines are one poem."""
    lines = [
        line.strip()
        for block in blocks
        if isinstance(block, Paragraph)
        for line in inline_text(block.content).split("\n")
    ]
    ends = sum(map(ends_sentence, lines))
    return len(blocks) > 1 and len(lines) >= MIN_POEM_LINES and ends <= MAX_SENTENCE_ENDS_SHARE * len(lines)


def _split_lines(content: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """Divide inlines at their breaks, those within emphasis and the like too."""
    lines: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, Break):
            lines.append([])
        elif "content" in inline.__struct_fields__:
            first, *others = _split_lines(inline.content)  # type: ignore[union-attr]
            lines[-1].append(replace(inline, content=first))
            lines += [[replace(inline, content=line)] for line in others]
        else:
            lines[-1].append(inline)
    return [tuple(line) for line in lines]
