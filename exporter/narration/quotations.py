"""Finds direct quotations by their marks, and the speakers they are attributed to.

A quotation is more than words in quotation marks: titles of works, nicknames and doubted words stand in marks too.
Words in marks are a quotation if they are attributed to a speaker, or if they are a sentence of their own. Marks pair
across sentences, and across paragraphs by the printers' convention: each paragraph of a long quotation opens with a
mark, only the last one closes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from exporter.article import Article, Block, Paragraph, Quote, Sentence, children, inline_text
from exporter.narration.dialogue import find_dashed_speech
from exporter.narration.speakers import Speakers
from exporter.narration.speech_verbs import load_grammar
from exporter.narration.utterance_parts import Quoted

_CLOSING_MARKS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_PAIRED_MARK = re.compile(r"[\"“”„«»‹›‘]|(?<!\w)'(?=[^\W\d])|(?<=[,.?!…])[’']|(?<=\w)[’'](?=,\s)")
_OPENING_MARK = re.compile(r"«|(?:^|(?<=[\s(\[—–-]))(?:[\"“„‹‘'](?=\S)|»(?=\w))")
_QUOTED_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_JOINT = re.compile(r",?\s(?:and|but|or|that|y|e|et|und|en|ou|oder|of)\s")
_SENTENCE_END = re.compile(r"[.?!]\s+[A-Z]")
_BEFORE_SENTENCE = frozenset(["", *'.!?…:"”’»'])  # the character before a quoted sentence of its own
# Chosen by reading pages; no measurement.
_MIN_SENTENCE_WORDS = 3  # of a quotation without a speaker, after a comma or a dash
_MIN_SAYING_WORDS = 4  # of an attributed quotation that ends without punctuation
_MAX_SMALL_WORD_LETTERS = 3  # of the words that a title writes in lower case


class QuotationSpan(msgspec.Struct, frozen=True):
    """A span of a paragraph's text in quotation marks, the marks included.

    `opened` is False if it continues a quotation of the paragraph before, `closed` if the next one continues it.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True


def find_quotations(article: Article) -> dict[str, tuple[Quoted, ...]]:
    """Return the quotations in each sentence of an article's paragraphs, by the anchor of the sentence."""
    paragraphs = [_ParagraphText(block) for block in _iterate_paragraphs(article.blocks)]
    by_dash = load_grammar(article.metadata.language).dialogue
    if not paragraphs or not (by_dash or any(_PAIRED_MARK.search(paragraph.text) for paragraph in paragraphs)):
        return {}
    speakers = Speakers(article.metadata.language, (paragraph.text for paragraph in paragraphs))
    found: dict[str, list[Quoted]] = {}
    unnamed: list[str] = []  # anchors of an open quotation whose speaker is not named yet
    carried = ""
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        continues = following.text[:1] if following else ""
        spans = pair_marks(paragraph.text, carried, continues)
        dashed = find_dashed_speech(paragraph.text, speakers) if by_dash and not spans else []
        spoken = [(QuotationSpan(start, end), speaker) for start, end, speaker in dashed]
        for span, speaker in spoken or _attribute_spans(paragraph, spans, speakers):
            for anchor, quoted in paragraph.split_by_sentence(span, speaker):
                found.setdefault(anchor, []).append(quoted)
            unnamed = _name_open_quotation(found, unnamed, paragraph, span, speaker)
        carried = paragraph.text[spans[-1].start] if spans and not spans[-1].closed else ""
    return {anchor: tuple(quotations) for anchor, quotations in found.items()}


def _name_open_quotation(
    found: dict[str, list[Quoted]], unnamed: list[str], paragraph: _ParagraphText, span: QuotationSpan, speaker: str
) -> list[str]:
    """Give the sentences of an open quotation the speaker named now; returns the anchors that have none yet."""
    if speaker and not span.opened:
        for anchor in unnamed:
            found[anchor][-1] = replace(found[anchor][-1], speaker=speaker)
    if speaker or span.closed:
        return []
    return [*unnamed, *(anchor for anchor, _ in paragraph.split_by_sentence(span, speaker))]


def pair_marks(text: str, carried: str = "", following: str = "") -> list[QuotationSpan]:
    """Pair the quotation marks of a paragraph.

    `carried` is the mark of a quotation that the paragraph before left open (empty for none), `following` the first
    character of the next paragraph: only if it is a mark may the last quotation stay open.
    """
    spans: list[QuotationSpan] = []
    start: int | None = None
    opened = True
    for match in _PAIRED_MARK.finditer(text):
        at, mark = match.start(), match[0]
        if start is None:
            if _OPENING_MARK.match(text, at):
                start, opened = at, not (carried and at == 0)
        elif mark in _CLOSING_MARKS[text[start]] and not (mark == '"' and text[at - 1].isspace()):
            spans.append(QuotationSpan(start, at + 1, opened))
            start = None
    if start is not None and following and following == text[start]:
        spans.append(QuotationSpan(start, len(text), opened, closed=False))
    return spans


class _ParagraphText:
    """The text of a paragraph and the spans of its sentences."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.text = inline_text(paragraph.content)
        self.sentences: list[tuple[str, int, int]] = []
        at = 0
        for inline in paragraph.content:
            if isinstance(inline, Sentence):
                end = at + len(inline_text((inline,)))
                self.sentences.append((inline.anchor, at, end))
                at = end
        self._starts = [start for _, start, _ in self.sentences]

    def find_context(self, span: QuotationSpan) -> tuple[str, str]:
        """Return the text before a span in its first sentence, and after it in its last."""
        _, first, _ = self.sentences[self._find_sentence(span.start)]
        _, _, last = self.sentences[self._find_sentence(span.end - 1)]
        return self.text[first : span.start], self.text[span.end : last]

    def _find_sentence(self, place: int) -> int:
        """Return the number of the sentence that holds a position of the text."""
        return bisect_right(self._starts, place) - 1

    def follow_sentences(self, speakers: Speakers, first: int, until: int) -> int:
        """Let `speakers` read the sentences from number `first` that end by `until`; returns the next number."""
        while first < len(self.sentences) and self.sentences[first][2] <= until:
            _, start, end = self.sentences[first]
            if self.text[start] not in _CLOSING_MARKS:
                speakers.follow_sentence(self.text[start:end])
            first += 1
        return first

    def split_by_sentence(self, span: QuotationSpan, speaker: str) -> Iterator[tuple[str, Quoted]]:
        """Yield the part of a span in each sentence, with the anchor of the sentence."""
        first, last = self._find_sentence(span.start), self._find_sentence(span.end - 1)
        for anchor, start, end in self.sentences[first : last + 1]:
            opens = span.opened and span.start >= start
            closes = span.closed and span.end <= end
            yield anchor, Quoted(max(span.start - start, 0), min(span.end, end) - start, speaker, opens, closes)


def _iterate_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs in reading order, without those of block quotations, which are quoted as a whole."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif not isinstance(block, Quote):
            yield from _iterate_paragraphs(children(block))


def _attribute_spans(
    paragraph: _ParagraphText, spans: list[QuotationSpan], speakers: Speakers
) -> Iterator[tuple[QuotationSpan, str]]:
    """Yield the spans that are quotations, each with its speaker (empty if nobody is named).

    A quotation without an attribution has the speaker of the one before it in its paragraph, or else of the one after.
    """
    kept: list[tuple[QuotationSpan, str | None]] = []
    followed = 0
    speakers.begin_paragraph()
    for span in spans:
        followed = paragraph.follow_sentences(speakers, followed, span.start)
        before, after = paragraph.find_context(span)
        speaker = speakers.find_before(before)
        if speaker is None:
            speaker = speakers.find_after(after)
        if speaker is None:
            speaker = speakers.find_inside(paragraph.text[span.start + 1 : span.end - 1])
        if speaker is None and (not span.opened or (kept and _is_joined(paragraph.text, kept[-1][0], span))):
            speaker = speakers.last_speaker
        if _is_quotation(paragraph.text, span, speaker is not None):
            kept.append((span, speaker))
            if speaker:
                speakers.last_speaker = speaker
    latest = next((speaker for _, speaker in kept if speaker), "")
    if kept and not latest:
        # "Moss shrugged. "Nobody knows."": the speaker is the person mentioned before.
        latest = speakers.last_mentioned
    paragraph.follow_sentences(speakers, followed, len(paragraph.text))
    for span, speaker in kept:
        latest = speaker or latest
        yield span, latest


def _is_joined(text: str, first: QuotationSpan, second: QuotationSpan) -> bool:
    """Whether two quotations are one that is broken by its attribution, or have nothing but a conjunction between."""
    between = text[first.end : second.start]
    broken = text[first.end - 2] == "," and text[second.start + 1].islower() and between.rstrip()[-1:] == ","
    return bool(_JOINT.fullmatch(between)) or (broken and not _SENTENCE_END.search(between))


def _is_quotation(text: str, span: QuotationSpan, is_attributed: bool) -> bool:
    inner = text[span.start + 1 : span.end - (1 if span.closed else 0)]
    words = _QUOTED_WORD.findall(inner)
    ends = inner.rstrip()[-1:]
    if not words or not ends:
        return False
    if not span.opened or not span.closed:
        return True
    if is_attributed:
        # Languages other than English put the comma after the mark.
        if words[0][0].isupper() and text[span.end : span.end + 1] == ",":
            return True
        is_title = all(word[0].isupper() or len(word) <= _MAX_SMALL_WORD_LETTERS for word in words)
        return ends in ",.?!…;—–" or (len(words) >= _MIN_SAYING_WORDS and not is_title)
    if not (words[0][0].isupper() and ends in ".?!…"):
        return False
    before = text[: span.start].rstrip()[-1:]
    return before in _BEFORE_SENTENCE or (not before.isalnum() and len(words) >= _MIN_SENTENCE_WORDS)
