"""Tests that all readers share: is a text a label, a running text, a paragraph, a whole sentence.

Lengths are in characters. One length stands for one notion here; where two lengths differ on purpose, each has its own
name and its reason. They were compared on 296 scraped articles whose blocks are known: "no difference" below means that
not one of the articles was read differently.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

MAX_LABEL_CHARS = 80
"""A line up to so long may be a label, a name, a date or a button; a longer one is running text if a sentence ends it.

For what stands below a heading 80, 90 and 120 were compared: 80 finds most headings. For names and days 60 and 80 make
no difference."""

MIN_PARAGRAPH_CHARS = 120
"""A paragraph is at least so long: one sentence of a summary or a caption may be longer than a label, too.

120 and 160 make no difference for where the lines above an article end."""

MAX_LINE_CHARS = 130
"""A heading, an entry of a menu, the headline of another article: with 120 fewer headings are found."""

MAX_TITLE_CHARS, MAX_TITLE_WORDS = 300, 32
"""Characters and words of an article's title; 200 characters and 26 words make no difference."""

MIN_TITLE_WORDS = 3
"""Words of a title where a shorter line may be the name of a section."""

MAX_STOPPED_TITLE_WORDS = 12
"""Words of a title that ends in a full stop; a longer one is a sentence of the text. Chosen by reading pages."""

MAX_BYLINE_CHARS = 160
"""Characters of a byline, or of a line that states who wrote it and when; 160, 200 and 300 make no difference."""

MAX_CAPTION_CHARS = 300
"""A text up to so long may be a caption because of its place alone: below a picture or above a credit.

With 400, paragraphs above a line that only looks like a credit become captions."""

MAX_DESCRIBING_CAPTION_CHARS = 400
"""Characters of a text that is a caption by its words ("Ann Lee, left"): stronger evidence than its place.

With 300, captions that name several people are lost."""

MAX_MARKED_CAPTION_CHARS = 900
"""Characters of a caption that its credit, or emphasis below its picture, marks as one: the strongest evidence.

With 400, captions with a credit are lost; 600 and 900 make no difference, nor do 300 to 900 in Markdown."""

MAX_CREDIT_CHARS = 120
"""Characters of a picture's credit. Chosen by reading pages; no measurement."""

_CLOSING_MARKS = "\"'”’»›)]}」』）】》〉*_ "
"""Marks that may follow the end of a sentence."""

_SENTENCE_MARKS = ".!?…。！？｡।؟"
_FULL_STOPS = ".。"

# A string, since compiling it takes 2 ms and only wrapped text needs it.
_ABBREVIATION = (
    r"(?:^|[\s(])(?:[A-ZÀ-Þ]|[A-Z](?:\.[A-Z])+|[A-Z][a-z]?|Mrs|Sen|Rep|Gen|Gov|Prof|Hon|Rev|Capt|Col|Sgt|Lt|Maj|Cmdr|vs|No|Nr|etc|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|approx|ca|bzw|resp|inkl|evtl|ggf|Mio|Mrd|Inc|Ltd|Corp|Co)\.$"
)

_ABBREVIATION_CHARS = 12
"""Characters at a line's end in which an abbreviation is looked for; the longest above has fewer."""

_IDEOGRAPH_SAMPLE_CHARS = 4
"""Characters at a line's end that decide whether it is written without spaces: a mark or a Latin letter may be last."""

_WORDS = re.compile(r"[^\W_]+")
_LOWER_CASE = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode())
_ASCII_MARKS = bytes(code for code in range(0x80) if not chr(code).isalnum())


@lru_cache(maxsize=1024)  # several steps ask for the same lines
def text_key(text: str) -> str:
    """Return the letters and digits of a text in lower case, for comparing two writings of it."""
    if text.isascii():  # a tenth of the time of the expression
        return text.encode("ascii").translate(_LOWER_CASE, _ASCII_MARKS).decode("ascii")
    return "".join(_WORDS.findall(text.casefold()))


def is_running_text(text: str) -> bool:
    """Whether a text is longer than a label, and a sentence or a colon ends it."""
    return is_longer_than_label(text) and ends_sentence_or_colon(text)


def is_paragraph(text: str) -> bool:
    """Whether a text is as long as a paragraph, and a sentence or a colon ends it."""
    return (len(text) >= MIN_PARAGRAPH_CHARS or measure_text(text) >= MIN_PARAGRAPH_CHARS) and ends_sentence_or_colon(
        text
    )


def is_longer_than_label(text: str) -> bool:
    """Whether a text is too long for a label, whatever ends it."""
    return len(text) > MAX_LABEL_CHARS or measure_text(text) > MAX_LABEL_CHARS


def is_title_length(text: str) -> bool:
    """Whether a text is short enough for an article's title."""
    return len(text) <= MAX_TITLE_CHARS and len(text.split()) <= MAX_TITLE_WORDS


def ends_sentence(text: str) -> bool:
    """Whether the last mark of a text ends a sentence; closing quotation marks and brackets may follow it."""
    return ends_with(text, _SENTENCE_MARKS)


@lru_cache(maxsize=1024)  # several steps ask for the same lines
def ends_sentence_or_colon(text: str) -> bool:
    """Whether a sentence ends with a text, or a colon: what follows a colon stands apart.

    A text of closing marks only ends a sentence, too: they belong to the line before.
    """
    return ends_with(text, _SENTENCE_MARKS + ":") or (text != "" and not text.rstrip(_CLOSING_MARKS))


def ends_with_full_stop(text: str) -> bool:
    """Whether a full stop ends a text; closing quotation marks and brackets may follow it."""
    return ends_with(text, _FULL_STOPS)


def ends_with(text: str, marks: str) -> bool:
    """Whether one of some marks ends a text; closing quotation marks and brackets may follow it."""
    bare = text.rstrip(_CLOSING_MARKS)
    return bare != "" and bare[-1] in marks


def ends_abbreviation(line: str) -> bool:
    """Whether the full stop at the end of a line may be an abbreviation's."""
    return line.endswith(".") and re.search(_ABBREVIATION, line[-_ABBREVIATION_CHARS:]) is not None


def starts_lower(line: str) -> bool:
    """Whether a line begins in the middle of a sentence: with a small letter, or a mark that never begins one."""
    first = line[:1]
    return first.islower() or first in ",;)]%&–" or (first in "—-" and line[1:2].islower())


@lru_cache(maxsize=1024)
def measure_text(text: str) -> int:
    """Return the length of a text in characters of an alphabet: an ideograph counts as two."""
    if text.isascii():
        return len(text)
    return len(text) * 2 if is_ideographic_text(text) else len(text)


def is_ideographic_text(text: str) -> bool:
    """Whether a text begins or ends in writing without spaces."""
    return is_ideographic(text) or is_ideographic(text[:_IDEOGRAPH_SAMPLE_CHARS])


def is_ideographic(line: str) -> bool:
    """Whether a line ends in writing without spaces: Chinese or Japanese."""
    # Most lines have no such high character; an expression with these sets takes 2 ms to compile.
    if line.isascii() or max(end := line[-_IDEOGRAPH_SAMPLE_CHARS:]) < "\u3005":
        return False
    return any(
        "\u3005" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in end
    )
