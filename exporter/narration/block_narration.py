"""Walks the blocks of an article: says each, and records in the ledger what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat
from typing import Literal, assert_never

from msgspec.structs import replace

from exporter.article import (
    Article,
    Aside,
    Block,
    Bullets,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    Item,
    MathBlock,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Sentence,
    Separator,
    Table,
    Verse,
    inline_text,
    number_items,
)
from exporter.config import NarrationSettings
from exporter.narration.block_ledger import BlockLedger
from exporter.narration.inline_narration import find_first_anchor, find_link_targets, find_note_names
from exporter.narration.leaf_narration import LeafNarrator, describe_unsaid
from exporter.narration.list_numerals import format_numeral
from exporter.narration.utterances import Manner, UtteranceWriter
from exporter.script import LedgerEntry

_AFTER_SPEAKER = re.compile(r"\s*[(\n,]")
_Deferred = Literal["captions", "asides"]
"""Kinds of blocks that settings move to the end."""


class Narrator:
    """Says the blocks of one article."""

    def __init__(self, article: Article, settings: NarrationSettings, writer: UtteranceWriter) -> None:
        self._article = article
        self._settings = settings
        self._writer = writer
        self._leaves = LeafNarrator(settings, writer, self._after_sentence)
        self._manner = Manner("narrator", article.metadata.language)
        self._ledger = BlockLedger()
        self._unread_notes = {note.name: note for note in article.notes}
        self._links: list[tuple[str, str]] = []
        self._deferred: dict[_Deferred, list[Block]] = {"captions": [], "asides": []}
        self._is_at_end = False

    def narrate_body(self) -> None:
        """Say the article's blocks."""
        self._say_blocks(self._article.blocks, self._manner)

    def narrate_ending(self) -> None:
        """Say what settings move to the end."""
        self._is_at_end = True
        for name, blocks in self._deferred.items():
            if blocks:
                self._begin_section(name, blocks[0].anchor)
                self._say_blocks(blocks, self._manner)
        self._say_unread_notes()
        if self._links:
            self._begin_section("links", self._links[0][0])
            for anchor, target in self._links:
                self._writer.cues.pause("item")
                self._writer.announce(anchor, target)

    def list_ledger(self) -> tuple[LedgerEntry, ...]:
        """Return what became of each block, in reading order.

        Raises `ExporterError` for a block that is neither spoken nor skipped.
        """
        return self._ledger.list_entries(self._article)

    def _begin_section(self, name: str, anchor: str) -> None:
        """Begin a chapter that is not the article's own; `name` is its block of the template."""
        title = self._writer.template_words(name)
        self._writer.cues.pause("section")
        if title:  # empty for a language that has no word for it
            self._writer.cues.begin_chapter(title, anchor, 2)
            self._writer.announce(anchor, title)
        self._writer.cues.pause("heading")

    def _say_blocks(self, blocks: Iterable[Block], manner: Manner) -> None:
        """Say blocks one after the other, and record what became of each."""
        for number, block in enumerate(blocks):
            if number:
                self._writer.cues.pause("paragraph")
            if self._defer(block):
                continue
            count_before = self._writer.cues.utterance_count
            why = self._say_block(block, replace(manner, language=block.language or manner.language))
            if not why and self._writer.cues.utterance_count > count_before:
                self._ledger.record_spoken(block, describe_unsaid(block))
            else:
                self._ledger.record_skipped(block, why or "nothing to say")

    def _defer(self, block: Block) -> bool:
        """Keep a block for the end if settings say so; returns whether it is kept."""
        match block:
            case Figure() if self._settings.captions == "end" and not self._is_at_end:
                self._deferred["captions"].append(block)
            case Aside() if self._settings.asides == "end" and not self._is_at_end:
                self._deferred["asides"].append(block)
            case _:
                return False
        return True

    def _say_block(self, block: Block, manner: Manner) -> str:  # noqa: PLR0912  one branch for each kind
        """Say a block; returns why its words are not said, or an empty text."""
        match block:
            case Heading():
                self._leaves.say_heading(block, manner)
            case Paragraph():
                self._writer.say_content(block.content, manner, self._after_sentence)
            case Verse():
                self._leaves.say_verse(block, manner)
            case Quote():
                self._say_quote(block, manner)
            case Bullets() | Numbered():
                self._say_list(block, manner)
            case Definitions():
                self._say_definitions(block, manner)
            case CodeBlock():
                return self._leaves.say_code(block, manner)
            case Figure():
                return self._leaves.say_figure(block, manner)
            case Table():
                return self._leaves.say_table(block, manner)
            case MathBlock():
                return self._leaves.say_math(block, manner)
            case Aside():
                return self._say_aside(block, manner)
            case Separator():
                self._writer.cues.pause("section")
                return "a break in thought: a pause"
            case _:
                assert_never(block)
        return ""

    def _say_quote(self, quote: Quote, manner: Manner) -> None:
        cues = self._writer.cues
        # Of "Ana Ruiz (@anaruiz) May 2, 2024" the speaker is "Ana Ruiz".
        speaker = _AFTER_SPEAKER.split(inline_text(quote.attribution).strip(" \n—–-,"))[0] or None
        cues.pause("quote")
        if self._settings.quotes == "plain":
            self._say_blocks(quote.blocks, manner)
        elif self._settings.quotes == "spoken":
            self._writer.announce(quote.anchor, self._writer.template_words("quote"))
            self._say_blocks(quote.blocks, replace(manner, speaker=speaker))
            self._writer.announce(quote.anchor, self._writer.template_words("end_quote"))
        else:
            self._say_blocks(quote.blocks, replace(manner, role="quote", speaker=speaker))
        cues.pause("sentence")
        self._writer.say_content(quote.attribution, manner, self._after_sentence)
        cues.pause("quote")

    def _say_list(self, block: Bullets | Numbered, manner: Manner) -> None:
        item_manner = _in_list(manner)
        numbers = number_items(block) if isinstance(block, Numbered) else repeat(0)
        for value, item in zip(numbers, block.items, strict=False):
            self._writer.cues.pause("item")
            if isinstance(block, Numbered) and item.blocks:
                written = f"{format_numeral(value, block.numerals)}."
                said = f"{value}." if block.numerals in ("i", "I") else ""
                self._writer.say_text(find_first_anchor(item.blocks[0]), written, item_manner, said)
                self._writer.cues.pause("breath")
            self._say_task_state(item)
            self._say_blocks(item.blocks, item_manner)
        self._writer.cues.pause("paragraph")

    def _say_task_state(self, item: Item) -> None:
        """Say whether the task of a list item is done; nothing if the item is not a task."""
        if item.checked is not None and item.blocks:
            state = self._writer.template_words("done" if item.checked else "open")
            self._writer.announce(find_first_anchor(item.blocks[0]), state)
            self._writer.cues.pause("breath")

    def _say_definitions(self, block: Definitions, manner: Manner) -> None:
        item_manner = _in_list(manner)
        for definition in block.items:
            self._writer.cues.pause("item")
            self._writer.say_content(definition.term, item_manner, self._after_sentence)
            self._writer.cues.pause("sentence")
            self._say_blocks(definition.blocks, item_manner)

    def _say_aside(self, aside: Aside, manner: Manner) -> str:
        if self._settings.asides == "skip":
            self._ledger.record_all_skipped(aside.blocks, why := "asides are not read (narration.asides)")
            return why
        self._say_blocks(aside.blocks, manner)
        return ""

    # Notes and links

    def _after_sentence(self, sentence: Sentence) -> None:
        """Read the notes of a sentence and collect its links, if settings say so."""
        if self._settings.notes == "read":
            for name in find_note_names(sentence.content):
                if note := self._unread_notes.get(name):
                    self._say_note(note)
        if self._settings.links == "end":
            self._links.extend((sentence.anchor, target) for target in find_link_targets(sentence.content))

    def _say_note(self, note: Note) -> None:
        """Read a note unless it has been read; notes may refer to each other."""
        if self._unread_notes.pop(note.name, None) is None:
            return
        anchor = next(map(find_first_anchor, note.blocks), "title")
        self._writer.cues.pause("item")
        self._writer.announce(anchor, self._writer.template_words("note", label=note.label))
        self._writer.cues.pause("breath")
        self._say_blocks(note.blocks, replace(self._manner, role="note"))
        self._writer.cues.pause("item")

    def _say_unread_notes(self) -> None:
        """Read or skip the notes that were not read with a sentence."""
        notes = list(self._unread_notes.values())
        blocks = [block for note in notes for block in note.blocks]
        if self._settings.notes == "skip":
            self._ledger.record_all_skipped(blocks, "notes are not read (narration.notes)")
        elif notes:
            self._begin_section("notes", blocks[0].anchor if blocks else "title")
            for note in notes:
                self._say_note(note)


def _in_list(manner: Manner) -> Manner:
    """Return the manner of list items: the narrator's own become the role "list", a quotation's stay."""
    return replace(manner, role="list") if manner.role == "narrator" else manner
