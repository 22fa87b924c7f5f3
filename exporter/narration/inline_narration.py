"""Takes from inlines what narration needs: text by language, overrides, names of notes, addresses of links."""

from __future__ import annotations

import re
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

# Exponents and indices, whose characters Unicode has raised and lowered; not the letters of ordinals ("21st", "Mme").
_EXPONENT = re.compile(r"[-−–+]?\d{1,4}|\d?[-−–+]|[-−–+]?[bcjkmnptuvxyz](?:[-−–+](?:\d{1,2}|[bcjkmnptuvxyz]))?")
_INDEX = re.compile(r"\d{1,4}|[aehijklmnopstuvx](?:[-−–+](?:\d{1,2}|[aehijklmnopstuvx]))?")
_RAISED = str.maketrans("0123456789+-−–bcjkmnptuvxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ᵇᶜʲᵏᵐⁿᵖᵗᵘᵛˣʸᶻ")
_LOWERED = str.maketrans("0123456789+-−–aehijklmnopstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋ₐₑₕᵢⱼₖₗₘₙₒₚₛₜᵤᵥₓ")


class TextRun(msgspec.Struct, frozen=True):
    """Text in one language; `said` is how it is spoken (a formula, ruby), empty if as written.

    `marked` is the text for the normalizer, of the same length: exponents and indices in raised and lowered characters.
    """

    text: str
    language: str
    said: str = ""
    marked: str = ""


def split_runs(content: Iterable[Inline], language: str) -> Iterator[TextRun]:
    """Split inlines where the language or the way of speaking changes; the texts together are their `inline_text`."""
    for inline in content:
        match inline:
            case Foreign():
                yield from split_runs(inline.content, inline.language or language)
            case Emphasis() | Strong() | Strike() | Link() | Sentence():
                yield from split_runs(inline.content, language)
            case Superscript():
                yield from _mark_runs(inline.content, language, _EXPONENT, _RAISED)
            case Subscript():
                yield from _mark_runs(inline.content, language, _INDEX, _LOWERED)
            case Ruby():
                is_speakable = any(map(str.isalnum, inline.reading))
                yield TextRun(inline_text(inline.content), language, inline.reading if is_speakable else "")
            case Math():
                yield TextRun(inline_text((inline,)), language, verbalize_formula(inline.latex, inline.alt, language))
            case Text() | Code() | Image() | Break() | NoteMark():
                yield TextRun(inline_text((inline,)), language)
            case _:
                assert_never(inline)


def _mark_runs(
    content: Iterable[Inline], language: str, marked: re.Pattern[str], characters: dict[int, int]
) -> Iterator[TextRun]:
    """Split inlines that are raised or lowered, and mark them if they are an exponent or an index."""
    for run in split_runs(content, language):
        is_marked = not run.said and marked.fullmatch(run.text)
        yield msgspec.structs.replace(run, marked=run.text.translate(characters)) if is_marked else run


def verbalize_formula(latex: str, alt: str, language: str) -> str:
    """Return a formula in words; empty if its alternative text is plain words, which are said instead."""
    is_plain_words = alt and not any(mark in alt for mark in "\\^_{")
    return "" if is_plain_words else formula_narration.verbalize_latex(latex or alt, language)


def find_note_names(content: Iterable[Inline]) -> Iterator[str]:
    """Yield the names of the notes that inlines refer to."""
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
    """Return the anchor of a block's first sentence, or the block's own if it has no sentences."""
    for inline in block.content if isinstance(block, Heading | Paragraph) else ():
        if isinstance(inline, Sentence):
            return inline.anchor
    return block.anchor
