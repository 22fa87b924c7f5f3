"""What inlines hold for the ear: their text, language and sound, the notes and addresses they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from exporter.article import (
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Heading,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Paragraph,
    Ruby,
    Sentence,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    inline_text,
)
from exporter.narration import formula_narration


class Run(msgspec.Struct, frozen=True):
    """Text in one language; `said` is how it sounds where its letters do not tell."""

    text: str
    language: str
    said: str = ""


def split_runs(content: Iterable[Inline], language: str) -> Iterator[Run]:
    """Yield the text of inlines; together it is their `inline_text`."""
    for inline in content:
        match inline:
            case Foreign():
                yield from split_runs(inline.content, inline.language or language)
            case Emphasis() | Strong() | Strike() | Link() | Superscript() | Subscript() | Sentence():
                yield from split_runs(inline.content, language)
            case Ruby():
                sounds = any(map(str.isalnum, inline.reading))
                yield Run(inline_text(inline.content), language, inline.reading if sounds else "")
            case Math():
                yield Run(inline_text((inline,)), language, verbalize_formula(inline.latex, inline.alt, language))
            case Text() | Code() | Image() | Break() | NoteMark():
                yield Run(inline_text((inline,)), language)
            case _:
                assert_never(inline)


def verbalize_formula(latex: str, alt: str, language: str) -> str:
    """The words of a formula that has no better ones: an alternative text in plain words is one."""
    return (
        ""
        if alt and not any(mark in alt for mark in "\\^_{")
        else formula_narration.verbalize_latex(latex or alt, language)
    )


def find_note_names(content: Iterable[Inline]) -> Iterator[str]:
    """Yield the names of the notes that inlines lead to."""
    for inline in content:
        if isinstance(inline, NoteMark):
            yield inline.note
        elif not isinstance(inline, Text | Code | Math | Image | Break):
            yield from find_note_names(inline.content)


def find_link_targets(content: Iterable[Inline]) -> Iterator[str]:
    """Yield the addresses that inlines link to."""
    for inline in content:
        if isinstance(inline, Link):
            yield inline.target
        if not isinstance(inline, Text | Code | Math | Image | Break | NoteMark):
            yield from find_link_targets(inline.content)


def find_first_anchor(block: Block) -> str:
    """The anchor of what is said first of a block: its first sentence's, where it has one."""
    for inline in block.content if isinstance(block, Heading | Paragraph) else ():
        if isinstance(inline, Sentence):
            return inline.anchor
    return block.anchor
