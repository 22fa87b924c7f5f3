"""Numbers the blocks of an article and gives each sentence an anchor.

Blocks are numbered `b1`, `b2`, ... in reading order (`article.all_blocks`), the sentences within one `b3.1`, `b3.2`,
... Inlines that span two sentences are divided; text and order stay as they are, and a second pass changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import assert_never

from msgspec.structs import replace

from exporter.article import (
    Article,
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Ruby,
    Sentence,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    inline_text,
    map_contents,
)
from exporter.sentences.boundaries import split_sentences

_UNCUT_CHAR = "\ufffc"  # replaces each character of code, formulas and pictures, which are never divided
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a superscript number after a full stop is a footnote mark


def cut_sentences(article: Article) -> Article:
    """Number the blocks of an article and of its notes, and wrap their text in anchored sentences."""
    numberer = _BlockNumberer()
    language = article.metadata.language
    blocks = numberer.number_blocks(article.blocks, language)
    notes = tuple(replace(note, blocks=numberer.number_blocks(note.blocks, language)) for note in article.notes)
    return replace(article, blocks=blocks, notes=notes)


def divide_inlines(content: Iterable[Inline], cuts: list[int]) -> list[list[Inline]]:
    """Divide inlines at rising positions of their text (code points): one list for each stretch between two cuts."""
    return _InlineDivider(cuts).divide(content)


class _BlockNumberer:
    """Numbers the blocks of one article in reading order."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def number_blocks(self, blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
        return tuple(self._number_block(block, language) for block in blocks)

    def _number_block(self, block: Block, outer_language: str) -> Block:
        anchor = f"b{next(self._numbers)}"
        language = block.language or outer_language
        wrap = _SentenceWrapper(anchor, language)
        numbered = map_contents(block, wrap, lambda inner: self.number_blocks(inner, language))
        return replace(numbered, anchor=anchor)


class _SentenceWrapper:
    """Wraps the sentences of one block, and counts them over all its runs of inlines."""

    def __init__(self, anchor: str, language: str) -> None:
        self._anchors = (f"{anchor}.{number}" for number in count(1))
        self._language = language

    def __call__(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Divide inlines into sentences; inlines without text are returned as they are."""
        bare = _unwrap_sentences(content)
        text = "".join(map(_mask_text, bare))
        if not text.strip():
            return bare
        ends = [end for _, end in split_sentences(text, self._language)]
        groups = _InlineDivider(ends[:-1]).divide(bare)
        return tuple(Sentence(next(self._anchors), tuple(group)) for group in groups)


def _unwrap_sentences(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Remove the sentences of an earlier pass around inlines."""
    if not any(isinstance(inline, Sentence) for inline in content):
        return content
    return tuple(
        inner for inline in content for inner in (inline.content if isinstance(inline, Sentence) else (inline,))
    )


def _mask_text(inline: Inline) -> str:
    """Return the text of an inline for the boundary search, of the same length as its own."""
    match inline:
        case Text(text):
            return text
        case Code() | Math() | Image() | Ruby():
            return _UNCUT_CHAR * len(inline_text((inline,)))
        case Superscript():
            return inline_text(inline.content).translate(_TO_SUPERSCRIPT)
        case Break() | NoteMark():
            return inline_text((inline,))
        case Emphasis() | Strong() | Strike() | Link() | Subscript() | Foreign() | Sentence():
            return "".join(map(_mask_text, inline.content))
        case _:
            assert_never(inline)


class _InlineDivider:
    """Divides inlines at rising positions of their text, in one pass."""

    def __init__(self, cuts: list[int]) -> None:
        self._cuts = iter(cuts)
        self._next_cut = next(self._cuts, None)
        self._position = 0

    def divide(self, content: Iterable[Inline]) -> list[list[Inline]]:
        """Return one list of inlines for each stretch between two cuts."""
        groups: list[list[Inline]] = [[]]
        for inline in content:
            first, *others = self._divide_inline(inline)
            if first is not None:
                groups[-1].append(first)
            groups.extend([] if piece is None else [piece] for piece in others)
        return groups

    def _divide_inline(self, inline: Inline) -> list[Inline | None]:
        """Return the parts of one inline, None for a side of a cut that keeps nothing of it."""
        match inline:
            case Text(text):
                return [Text(part) if part else None for part in self._divide_text(text)]
            case Emphasis() | Strong() | Strike() | Link() | Superscript() | Subscript() | Foreign() | Sentence():
                groups = self.divide(inline.content)
                if len(groups) == 1:
                    return [inline]
                return [replace(inline, content=tuple(group)) if group else None for group in groups]
            case Code() | Math() | Image() | Ruby() | Break() | NoteMark():
                before, *others = self._divide_text(_mask_text(inline))
                return [inline] if before or not others else [None, inline]
            case _:
                assert_never(inline)

    def _divide_text(self, text: str) -> list[str]:
        """Divide the text at the present position at the cuts inside it, and move to its end.

        A cut at its beginning gives an empty first part; an empty text stays before a cut.
        """
        start = self._position
        self._position += len(text)
        parts = []
        done = 0
        while self._next_cut is not None and self._next_cut < self._position:
            parts.append(text[done : self._next_cut - start])
            done = self._next_cut - start
            self._next_cut = next(self._cuts, None)
        return [*parts, text[done:]]
