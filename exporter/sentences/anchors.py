"""Every block gets a number, every sentence an anchor.

Blocks are numbered `b1`, `b2`, ... in reading order (`article.all_blocks`), the sentences within one `b3.1`, `b3.2`,
... Inlines that span two sentences are divided; text and order stay as they are, and cutting twice is cutting once.
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

_UNCUT_CHAR = "\ufffc"  # stands for each character of what is never cut: code, formulas, pictures
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a raised number after a full stop is a footnote's


def cut_sentences(article: Article) -> Article:
    """Number the blocks and wrap their text in anchored sentences, those of the notes too."""
    cutter = _BlockNumberer()
    language = article.metadata.language
    blocks = cutter.blocks(article.blocks, language)
    notes = tuple(replace(note, blocks=cutter.blocks(note.blocks, language)) for note in article.notes)
    return replace(article, blocks=blocks, notes=notes)


def divide_inlines(content: Iterable[Inline], cuts: list[int]) -> list[list[Inline]]:
    """Divide inlines at rising positions of their text: one list for each stretch between two cuts."""
    return _InlineDivider(cuts).groups(content)


class _BlockNumberer:
    """Counts the blocks of one article."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def blocks(self, blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
        return tuple(self._block(block, language) for block in blocks)

    def _block(self, block: Block, outer: str) -> Block:
        anchor = f"b{next(self._numbers)}"
        language = block.language or outer
        mark = _SentenceWrapper(anchor, language)
        numbered = map_contents(block, mark, lambda inner: self.blocks(inner, language))
        return replace(numbered, anchor=anchor)


class _SentenceWrapper:
    """Wraps the sentences of one block, in the order in which it is given them."""

    def __init__(self, anchor: str, language: str) -> None:
        self._anchors = (f"{anchor}.{number}" for number in count(1))
        self._language = language

    def __call__(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Cut inlines into sentences; where there is no text, there is none."""
        bare = _unwrap_sentences(content)
        text = "".join(map(_mask_text, bare))
        if not text.strip():
            return bare
        ends = [end for _, end in split_sentences(text, self._language)]
        groups = _InlineDivider(ends[:-1]).groups(bare)
        return tuple(Sentence(next(self._anchors), tuple(group)) for group in groups)


def _unwrap_sentences(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take inlines out of the sentences of an earlier pass."""
    if not any(isinstance(inline, Sentence) for inline in content):
        return content
    return tuple(
        inner for inline in content for inner in (inline.content if isinstance(inline, Sentence) else (inline,))
    )


def _mask_text(inline: Inline) -> str:
    """The text of an inline, character for character, as the search for boundaries should see it."""
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
        self._next = next(self._cuts, None)
        self._at = 0

    def groups(self, content: Iterable[Inline]) -> list[list[Inline]]:
        """One list of inlines for each stretch between two cuts."""
        groups: list[list[Inline]] = [[]]
        for inline in content:
            first, *others = self._pieces(inline)
            if first is not None:
                groups[-1].append(first)
            groups.extend([] if piece is None else [piece] for piece in others)
        return groups

    def _pieces(self, inline: Inline) -> list[Inline | None]:
        """The parts of one inline; None where a cut leaves nothing of it on that side."""
        match inline:
            case Text(text):
                return [Text(part) if part else None for part in self._parts(text)]
            case Emphasis() | Strong() | Strike() | Link() | Superscript() | Subscript() | Foreign() | Sentence():
                groups = self.groups(inline.content)
                if len(groups) == 1:
                    return [inline]
                return [replace(inline, content=tuple(group)) if group else None for group in groups]
            case Code() | Math() | Image() | Ruby() | Break() | NoteMark():
                before, *others = self._parts(_mask_text(inline))
                return [inline] if before or not others else [None, inline]
            case _:
                assert_never(inline)

    def _parts(self, text: str) -> list[str]:
        """Cut a text that stands at the present position, and move behind it.

        A cut right before it leaves an empty first part; what has no length stays before a cut.
        """
        start = self._at
        self._at += len(text)
        parts = []
        done = 0
        while self._next is not None and self._next < self._at:
            parts.append(text[done : self._next - start])
            done = self._next - start
            self._next = next(self._cuts, None)
        return [*parts, text[done:]]
