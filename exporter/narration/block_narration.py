"""What is said of each kind of block, and the ledger of what became of it."""

from __future__ import annotations

from collections.abc import Iterable
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
    all_blocks,
    inline_text,
    walk,
)
from exporter.config import NarrationSettings
from exporter.errors import ExporterError
from exporter.narration import table_narration
from exporter.narration.inline_narration import find_first_anchor, find_link_targets, find_note_names, verbalize_formula
from exporter.narration.list_numerals import format_numeral
from exporter.narration.utterances import Manner, UtteranceWriter
from exporter.script import LedgerEntry

_Later = Literal["captions", "asides"]


class Narrator:
    """Tells the blocks of one article."""

    def __init__(self, article: Article, settings: NarrationSettings, speaking: UtteranceWriter) -> None:
        self._article = article
        self._settings = settings
        self._speaking = speaking
        self._manner = Manner("narrator", article.metadata.language)
        self._ledger: dict[str, LedgerEntry] = {}
        self._notes = {note.name: note for note in article.notes}
        self._links: list[tuple[str, str]] = []
        self._later: dict[_Later, list[Block]] = {"captions": [], "asides": []}
        self._at_end = False

    def body(self) -> None:
        """Tell the article's blocks."""
        self._tell(self._article.blocks, self._manner)

    def ending(self) -> None:
        """Tell what settings put at the end."""
        self._at_end = True
        for name, blocks in self._later.items():
            if blocks:
                self._section(name, blocks[0].anchor)
                self._tell(blocks, self._manner)
        self._remaining_notes()
        if self._links:
            self._section("links", self._links[0][0])
            for anchor, target in self._links:
                self._speaking.cues.pause("item")
                self._speaking.announce(anchor, target)

    def _remaining_notes(self) -> None:
        """Read or skip the notes that no sentence has brought along."""
        notes = list(self._notes.values())
        if self._settings.notes == "skip":
            self._skip((block for note in notes for block in note.blocks), "notes are not read (narration.notes)")
        elif notes:
            self._section("notes", next((block.anchor for note in notes for block in note.blocks), "title"))
            for note in notes:
                self._note(note)

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Return what became of each block, in reading order.

        Raises `ExporterError` for a block that is neither spoken nor skipped.
        """
        anchors = [block.anchor for block in all_blocks(self._article)]
        if lost := [anchor for anchor in anchors if anchor not in self._ledger]:
            raise ExporterError(
                "narrating",
                self._article.metadata.title,
                f"LostBlock: neither spoken nor skipped: {', '.join(lost)}",
                "This is a mistake in the program: please report it with this article.",
            )
        return tuple(self._ledger[anchor] for anchor in anchors)

    def _section(self, name: str, anchor: str) -> None:
        """Begin a part that the article does not have."""
        title = self._speaking.words(name)
        self._speaking.cues.pause("section")
        self._speaking.cues.chapter(title, anchor, 2)
        self._speaking.announce(anchor, title)
        self._speaking.cues.pause("heading")

    def _tell(self, blocks: Iterable[Block], manner: Manner) -> None:
        """Tell blocks one after the other, and write down what became of each."""
        for number, block in enumerate(blocks):
            if number:
                self._speaking.cues.pause("paragraph")
            if self._is_later(block):
                continue
            before = self._speaking.cues.said
            why = self._block(block, replace(manner, language=block.language or manner.language))
            if not why and self._speaking.cues.said > before:
                self._ledger[block.anchor] = LedgerEntry(block.anchor, "spoken")
            else:
                self._ledger[block.anchor] = LedgerEntry(block.anchor, "skipped", why or "nothing to say")

    def _is_later(self, block: Block) -> bool:
        """Put a block off where settings say so."""
        match block:
            case Figure() if self._settings.captions == "end" and not self._at_end:
                self._later["captions"].append(block)
            case Aside() if self._settings.asides == "end" and not self._at_end:
                self._later["asides"].append(block)
            case _:
                return False
        return True

    def _skip(self, blocks: Iterable[Block], why: str) -> None:
        """Write down that blocks are not read, nor what is in them."""
        for block in walk(blocks):
            self._ledger[block.anchor] = LedgerEntry(block.anchor, "skipped", why)

    def _block(self, block: Block, manner: Manner) -> str:  # noqa: PLR0912  one branch for each kind
        """Say a block; returns why its words are not said, or nothing."""
        match block:
            case Heading():
                self._heading(block, manner)
            case Paragraph():
                self._speaking.content(block.content, manner, self._after)
            case Verse():
                self._verse(block, manner)
            case Quote():
                self._quote(block, manner)
            case Bullets() | Numbered():
                self._list(block, manner)
            case Definitions():
                self._definitions(block, manner)
            case CodeBlock():
                return self._code(block, manner)
            case Figure():
                return self._figure(block, manner)
            case Table():
                return self._table(block, manner)
            case MathBlock():
                return self._math(block, manner)
            case Aside():
                return self._aside(block, manner)
            case Separator():
                self._speaking.cues.pause("section")
                return "a break in thought: a pause"
            case _:
                assert_never(block)
        return ""

    def _heading(self, heading: Heading, manner: Manner) -> None:
        cues = self._speaking.cues
        cues.pause("section")
        if title := inline_text(heading.content).strip():
            cues.chapter(" ".join(title.split()), heading.anchor, heading.level)
        self._speaking.content(heading.content, replace(manner, role="heading"), self._after)
        cues.pause("heading")

    def _verse(self, verse: Verse, manner: Manner) -> None:
        """Say a stanza line by line; the pause for the stanza is that of any two blocks."""
        for line in verse.lines:
            self._speaking.cues.pause("breath")
            self._speaking.content(line, manner, self._after)

    def _quote(self, quote: Quote, manner: Manner) -> None:
        cues = self._speaking.cues
        words = inline_text(quote.attribution).strip(" \n—–-,")
        speaker = words if any(map(str.isalnum, words)) else None
        cues.pause("quote")
        if self._settings.quotes == "plain":
            self._tell(quote.blocks, manner)
        elif self._settings.quotes == "spoken":
            self._speaking.announce(quote.anchor, self._speaking.words("quote"))
            self._tell(quote.blocks, replace(manner, speaker=speaker))
            self._speaking.announce(quote.anchor, self._speaking.words("end_quote"))
        else:
            self._tell(quote.blocks, replace(manner, role="quote", speaker=speaker))
        cues.pause("sentence")
        self._speaking.content(quote.attribution, manner, self._after)
        cues.pause("quote")

    def _list(self, block: Bullets | Numbered, manner: Manner) -> None:
        own = replace(manner, role="list") if manner.role == "narrator" else manner
        for number, item in enumerate(block.items):
            self._speaking.cues.pause("item")
            if isinstance(block, Numbered) and item.blocks:
                value = block.start + number
                written = f"{format_numeral(value, block.numerals)}."
                said = f"{value}." if block.numerals in ("i", "I") else ""
                self._speaking.text(find_first_anchor(item.blocks[0]), written, own, said)
                self._speaking.cues.pause("breath")
            self._checked(item)
            self._tell(item.blocks, own)
        self._speaking.cues.pause("paragraph")

    def _checked(self, item: Item) -> None:
        """Say whether a task is done."""
        if item.checked is not None and item.blocks:
            self._speaking.announce(
                find_first_anchor(item.blocks[0]), self._speaking.words("done" if item.checked else "open")
            )
            self._speaking.cues.pause("breath")

    def _definitions(self, block: Definitions, manner: Manner) -> None:
        own = replace(manner, role="list") if manner.role == "narrator" else manner
        for definition in block.items:
            self._speaking.cues.pause("item")
            self._speaking.content(definition.term, own, self._after)
            self._speaking.cues.pause("sentence")
            self._tell(definition.blocks, own)

    def _code(self, block: CodeBlock, manner: Manner) -> str:
        if self._settings.code == "skip":
            return "code is not read (narration.code)"
        lines = block.text.splitlines()
        self._speaking.announce(block.anchor, self._speaking.words("code", syntax=block.syntax, lines=len(lines)))
        if self._settings.code == "announce":
            return "code is announced, not read (narration.code)"
        for line in lines:
            self._speaking.cues.pause("sentence")
            self._speaking.text(block.anchor, line, replace(manner, role="code"))
        return ""

    def _figure(self, figure: Figure, manner: Manner) -> str:
        if not (figure.caption or figure.alt or figure.credit):
            return "image without caption or alt text"
        if self._settings.captions == "skip":
            return "captions are not read (narration.captions)"
        speaking, own = self._speaking, replace(manner, role="caption")
        speaking.cues.pause("figure")
        anchor = next((inline.anchor for inline in figure.caption if isinstance(inline, Sentence)), figure.anchor)
        speaking.announce(anchor, speaking.words("figure"))
        speaking.cues.pause("breath")
        if inline_text(figure.caption).strip():
            speaking.content(figure.caption, own, self._after)
        else:
            speaking.sentences(figure.anchor, figure.alt, own)
        if figure.credit:
            speaking.cues.pause("sentence")
            speaking.text(figure.anchor, speaking.words("credit", credit=figure.credit), own)
        speaking.cues.pause("figure")
        return ""

    def _table(self, table: Table, manner: Manner) -> str:
        if self._settings.tables == "skip":
            caption = inline_text(table.caption)
            self._speaking.announce(table.anchor, f"{self._speaking.words('table', caption=caption)} {caption}".strip())
            return "tables are announced, not read (narration.tables)"
        table_narration.narrate_table(table, replace(manner, role="table"), self._speaking)
        return ""

    def _math(self, block: MathBlock, manner: Manner) -> str:
        if not (written := block.alt or block.latex):
            self._speaking.announce(block.anchor, self._speaking.words("math"))
            return "a formula without words for it"
        said = verbalize_formula(block.latex, block.alt, manner.language)
        self._speaking.text(block.anchor, written, replace(manner, role="math"), said)
        return ""

    def _aside(self, aside: Aside, manner: Manner) -> str:
        if self._settings.asides == "skip":
            self._skip(aside.blocks, why := "asides are not read (narration.asides)")
            return why
        self._tell(aside.blocks, manner)
        return ""

    # Notes and links

    def _after(self, sentence: Sentence) -> None:
        """Read the notes of a sentence behind it, and remember where its links lead, where settings say so."""
        if self._settings.notes == "read":
            for name in find_note_names(sentence.content):
                if note := self._notes.get(name):
                    self._note(note)
        if self._settings.links == "end":
            self._links.extend((sentence.anchor, target) for target in find_link_targets(sentence.content))

    def _note(self, note: Note) -> None:
        """Read a note, once: notes may lead to each other."""
        if self._notes.pop(note.name, None) is None:
            return
        anchor = next(map(find_first_anchor, note.blocks), "title")
        self._speaking.cues.pause("item")
        self._speaking.announce(anchor, self._speaking.words("note", label=note.label))
        self._speaking.cues.pause("breath")
        self._tell(note.blocks, replace(self._manner, role="note"))
        self._speaking.cues.pause("item")
