"""Says the blocks that hold no other blocks."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from exporter.article import Block, CodeBlock, Figure, Heading, MathBlock, Sentence, Table, Verse, inline_text
from exporter.config import NarrationSettings
from exporter.narration.inline_narration import verbalize_formula
from exporter.narration.table_narration import narrate_table
from exporter.narration.utterances import Manner, UtteranceWriter
from exporter.script import SPOKEN_MARK

_PLAIN_TEXT = frozenset({"", "text", "txt", "plain", "plaintext", "none"})

AfterSentence = Callable[[Sentence], None]
"""Called after each sentence of a text."""

_WITHOUT_ALT_TEXT = f"{SPOKEN_MARK}without its alternative text, since it has a caption"


def describe_unsaid(block: Block) -> str:
    """Return what of a block that was spoken is not said: the alternative text beside a caption; empty if all is."""
    if isinstance(block, Figure) and (caption := _find_letters(inline_text(block.caption))):
        return "" if _find_letters(block.alt) in caption else _WITHOUT_ALT_TEXT
    return ""


def _find_letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _name_syntax(syntax: str) -> str:
    """Return the name of a programming language ("JavaScript" for "js"), or `syntax` if Pygments does not know it."""
    if syntax in _PLAIN_TEXT:
        return ""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415  20 ms, few articles contain code

    alias = syntax.lower()
    return next((name for name, aliases, *_ in get_all_lexers(plugins=False) if alias in aliases), syntax)


class LeafNarrator:
    """Says blocks of one article; a method may return why a block's words are not said, else an empty text."""

    def __init__(self, settings: NarrationSettings, writer: UtteranceWriter, after_sentence: AfterSentence) -> None:
        self._settings = settings
        self._writer = writer
        self._after_sentence = after_sentence
        self._shown: set[str] = set()  # the words of the pictures that were announced

    def say_heading(self, heading: Heading, manner: Manner) -> None:
        """Begin a chapter and say its heading."""
        cues = self._writer.cues
        cues.pause("section")
        if title := inline_text(heading.content).strip():
            cues.begin_chapter(" ".join(title.split()), heading.anchor, heading.level)
        self._writer.say_content(heading.content, replace(manner, role="heading"), self._after_sentence)
        cues.pause("heading")

    def say_verse(self, verse: Verse, manner: Manner) -> None:
        """Say a stanza line by line; the pause between stanzas is that between any two blocks."""
        for line in verse.lines:
            self._writer.cues.pause("breath")
            self._writer.say_content(line, manner, self._after_sentence)

    def say_code(self, block: CodeBlock, manner: Manner) -> str:
        """Skip, announce or read code, as `narration.code` says."""
        if self._settings.code == "skip":
            return "code is not read (narration.code)"
        lines = block.text.splitlines()
        announcement = self._writer.template_words("code", syntax=_name_syntax(block.syntax), lines=len(lines))
        self._writer.announce(block.anchor, announcement)
        if self._settings.code == "announce":
            return "code is announced, not read (narration.code)"
        for line in lines:
            self._writer.cues.pause("sentence")
            self._writer.say_text(block.anchor, line, replace(manner, role="code"))
        return ""

    def say_figure(self, figure: Figure, manner: Manner) -> str:
        """Say the caption of a figure, or its alternative text if it has none, and the credit."""
        if not (figure.caption or figure.alt or figure.credit):
            return "image without caption or alt text"
        if self._settings.captions == "skip":
            return "captions are not read (narration.captions)"
        shown = inline_text(figure.caption).strip() or figure.alt.strip()
        if shown and shown in self._shown:
            return "another picture has the same words"
        self._shown.add(shown)
        writer, caption_manner = self._writer, replace(manner, role="caption")
        writer.cues.pause("figure")
        anchor = next((inline.anchor for inline in figure.caption if isinstance(inline, Sentence)), figure.anchor)
        if shown:  # a credit alone shows no picture
            writer.announce(anchor, writer.template_words("figure"))
            writer.cues.pause("breath")
        if inline_text(figure.caption).strip():
            writer.say_content(figure.caption, caption_manner, self._after_sentence)
        else:
            writer.say_uncut_text(figure.anchor, figure.alt, caption_manner)
        if figure.credit:
            writer.cues.pause("sentence")
            writer.say_text(figure.anchor, writer.template_words("credit", credit=figure.credit), caption_manner)
        writer.cues.pause("figure")
        return ""

    def say_table(self, table: Table, manner: Manner) -> str:
        """Read or announce a table, as `narration.tables` says."""
        if self._settings.tables == "skip":
            caption = inline_text(table.caption)
            announcement = f"{self._writer.template_words('table', caption=caption)} {caption}"
            self._writer.announce(table.anchor, announcement.strip())
            return "tables are announced, not read (narration.tables)"
        narrate_table(table, replace(manner, role="table"), self._writer)
        return ""

    def say_math(self, block: MathBlock, manner: Manner) -> str:
        """Say a formula in words; announce one that has neither LaTeX nor an alternative text."""
        if not (written := block.alt or block.latex):
            self._writer.announce(block.anchor, self._writer.template_words("math"))
            return "a formula without words for it"
        said = verbalize_formula(block.latex, block.alt, manner.language)
        self._writer.say_text(block.anchor, written, replace(manner, role="math"), said)
        return ""
