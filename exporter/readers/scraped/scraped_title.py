"""The title of a scraped page, separated from the name of its site, and the repetitions of it.

A scraped page often begins with the text of the browser's tab ("Title | Site"), and its heading repeats the title
without the site. The part of the first line that the page confirms is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from exporter.linear_patterns import MAYBE_SPACES, SPACES
from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.scraped import copied_page_title, header_spans, list_lines
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import (
    MAX_STOPPED_TITLE_WORDS,
    MAX_TITLE_CHARS,
    MIN_TITLE_WORDS,
    ends_sentence,
    ends_sentence_or_colon,
    ends_with_full_stop,
    is_ideographic_text,
    is_paragraph,
    is_running_text,
    is_title_length,
    text_key,
)

_SITE_SEPARATOR = re.compile(rf"{SPACES}(?:(?:\||::|[-–—·•»>:])\s+|\|)|\|\s+")
_BREADCRUMB_SEPARATOR = re.compile(rf"{MAYBE_SPACES}[>›»]\s*|{SPACES}[/→]\s+")

_MAX_BREADCRUMB_CHARS, _MAX_BREADCRUMB_STEP_WORDS = 100, 4
"""Characters of a breadcrumb ("Home > News > Town"), and words of one step in it."""

_TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] (?=[^\W\d_a-zß-ÿ].*[.?!]$)")
_CERTAIN_SEPARATORS = ("|", "::", "»")

_MAX_EXTRA_WORDS = 3
"""Words that a heading may have more than the title."""

_MIN_COMMON_WORDS_SHARE = 0.7
"""Share of words that two forms of one title have in common."""

_MAX_PIECES = 400
"""Pieces in which a heading may repeat the title."""

_MAX_SITE_WORDS = 6
"""Words of a site's name."""

_MIN_CONFIRMED_LETTERS, _MIN_CONTAINED_LETTERS, _MIN_SHORTENED_LETTERS = 8, 16, 24
"""Letters of a title that a whole line confirms; of one within other text; of one that a longer heading begins with."""

_MAX_SEARCHED_CHARS, _MAX_SEARCHED_PIECES = 2_000, 12
"""Characters of a piece in which the title may stand within other text, and pieces that are searched so."""

_SITE_SEARCH_CHARS = 400
"""Characters at the end of a piece in which the site may be named as the owner of the rights."""

_MIN_VARIANT_WORDS = 6
"""Words of a title whose variants are looked for; a shorter one has most words in common with other lines by chance."""


def find_title(page: ScrapedPage) -> ScrapedPage:
    """Find the title and the site, and mark the lines that repeat the title."""
    if len(page.pieces) == 1 and not page.metadata.title:
        return page  # one piece is the text
    body = copied_page_title.find_body(page.pieces)
    title, site = _choose_title_and_site(page, body)
    if not title:
        return page
    repeated = _find_repetitions(page.pieces, title, body)
    again = (page.pieces[n] for n in sorted(repeated) if n and page.pieces[n].text != title)
    pieces = tuple(
        msgspec.structs.replace(piece, text=title, level=1, kind="heading") if n in repeated else piece
        for n, piece in enumerate(page.pieces)
    )
    metadata = msgspec.structs.replace(page.metadata, title=title, site=site or page.metadata.site)
    return ScrapedPage(pieces, metadata, (*page.notices, *(piece.drop("the title again") for piece in again)))


def _find_repetitions(pieces: Sequence[TextPiece], title: str, body: range) -> set[int]:
    """Return the numbers of the pieces before the body that repeat the title, with the site or in other words."""
    whole = text_key(pieces[0].text[:MAX_TITLE_CHARS])
    # A line that holds the title twice holds more than the title and the site.
    key = text_key(title)
    same = {key, whole} if whole.count(key) == 1 else {key}
    words = _word_keys(title)
    found: set[int] = set()
    balance = 0
    for number, piece in enumerate(pieces[: max(_MAX_PIECES, body.start)]):
        if found and number >= body.start:
            break  # below the article it is a link
        short = len(piece.text) <= MAX_TITLE_CHARS
        balance += _weigh(piece) if short else 1
        # Behind more paragraphs than boilerplate is the body: a title there is a heading or a sentence of it.
        if short and balance <= 0 and (text_key(piece.text) in same or _is_variant(words, piece.text)):
            found.add(number)
    return found


def _weigh(piece: TextPiece) -> int:
    """Return 1 for a paragraph, -1 for boilerplate, 0 for any other piece."""
    if is_paragraph(piece.text):
        return 1
    return -1 if boilerplate.classify(piece.text) else 0


def _word_keys(text: str) -> set[str]:
    return set(filter(None, (text_key(word) for word in text.split())))


def _is_variant(words: set[str], text: str) -> bool:
    """Whether a line is the title in other words: longer or shorter, most words the same."""
    if len(words) < _MIN_VARIANT_WORDS or ends_sentence_or_colon(text):
        return False
    others = _word_keys(text)
    return len(words & others) >= _MIN_COMMON_WORDS_SHARE * max(len(words), len(others) - _MAX_EXTRA_WORDS)


def _choose_title_and_site(page: ScrapedPage, body: range) -> tuple[str, str]:
    """Return the title and the site, each empty if it cannot be found."""
    pieces = page.pieces
    if page.metadata.title:
        return page.metadata.title, ""
    first = pieces[0].text
    if not has_running_text(pieces):
        return (first.rstrip(" :"), "") if pieces[0].kind == "text" and is_title_length(first) else ("", "")
    short = len(first) <= MAX_TITLE_CHARS
    found = _find_doubled_title(first, pieces) or _find_confirmed_title(first, pieces[1:_MAX_PIECES]) if short else None
    if found:
        return found
    if _is_tab_and_heading(first, pieces[2 : body.start + 1]):
        return first, ""
    if doubled := _find_doubled_line(pieces[:_MAX_PIECES]):
        return doubled, ""
    repeated = len(pieces) > 1 and text_key(pieces[1].text) == text_key(first)
    twice = short and repeated and not split_breadcrumb(first)
    title = copied_page_title.choose_title(pieces, first if twice else _choose_heading(pieces), body)
    lone = is_title_length(first) and len(first.split()) >= MIN_TITLE_WORDS and not ends_sentence(first)
    if not title and lone and not (header_spans.is_fact(first) or publication_dates.is_labelled_time(first)):
        return first.rstrip(" :"), ""  # with words of a menu ("Recommended: ten books"), but there is no other line
    if title != first:
        return title, ""
    head, tail = _cut_site(first)
    certain = twice or (("|" in first or "::" in first) and len(tail.split()) <= _MAX_SITE_WORDS)
    return (head, tail) if tail and (certain or _is_site(tail, pieces)) else (first, "")


def _is_tab_and_heading(first: str, others: Sequence[TextPiece]) -> bool:
    """Whether the first line of a copied page, the text of the browser's tab, stands again above the body."""
    if len(first.split()) < _MIN_VARIANT_WORDS or not is_title_length(first) or boilerplate.classify(first):
        return False
    return any(text_key(piece.text) == text_key(first) for piece in others if len(piece.text) <= MAX_TITLE_CHARS)


def _find_doubled_line(pieces: Sequence[TextPiece]) -> str:
    """Return a line below the first that stands twice in a row, a breadcrumb's end and the heading, if none is above.

    Below a title the words of a picture stand twice: for those who cannot see it, and as its caption.
    """
    for number, (one, two) in enumerate(pairwise(pieces)):
        if is_paragraph(one.text) or bylines.parse_byline(one.text):
            break
        may_be_title = is_title_length(one.text) and not (ends_sentence(one.text) or boilerplate.classify(one.text))
        words = len(one.text.split()) if may_be_title else 0
        if words >= MIN_TITLE_WORDS and text_key(one.text) == text_key(two.text):
            return one.text if number else ""
        if words >= _MIN_VARIANT_WORDS:
            break
    return ""


def has_running_text(pieces: Sequence[TextPiece]) -> bool:
    """Whether a page has a sentence that is longer than a label; a list or a note without one has no boilerplate."""
    return any(is_running_text(piece.text) for piece in pieces)


def split_breadcrumb(text: str) -> tuple[str, ...]:
    """Return the steps of a breadcrumb, "Home > News > Town", or nothing."""
    parts = tuple(filter(None, _BREADCRUMB_SEPARATOR.split(text))) if len(text) <= _MAX_BREADCRUMB_CHARS else ()
    steps = parts[:-1]
    if not steps or any(len(step.split()) > _MAX_BREADCRUMB_STEP_WORDS or step[0].islower() for step in steps):
        return ()
    return parts if boilerplate.classify(parts[0]) == "navigation" or (len(parts) > 2 and ">" in text) else ()


def _split_at_separators(line: str) -> Iterator[tuple[str, str]]:
    """Yield the texts before and after each separator in a line, the longest first part first."""
    for match in reversed(list(_SITE_SEPARATOR.finditer(line))):
        head, tail = line[: match.start()].strip(), line[match.end() :].strip()
        if head and tail:
            yield head, tail


def _find_confirmed_title(first: str, others: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Return the part of the first line that the page repeats without the rest, and the rest; None without one."""
    splits = tuple(_split_at_separators(first))
    if not splits:
        return None
    whole = text_key(first)
    texts = [text_key(piece.text[:_MAX_SEARCHED_CHARS]) for piece in others[:_MAX_SEARCHED_PIECES]]
    lines = {text_key(piece.text) for piece in others if len(piece.text) <= MAX_TITLE_CHARS}
    for head, tail in splits:
        plain = text_key(head)
        if len(plain) < _MIN_CONFIRMED_LETTERS:
            break
        title = len(head.split()) >= MIN_TITLE_WORDS or is_ideographic_text(head)
        if plain in lines or (
            title and len(plain) >= _MIN_CONTAINED_LETTERS and any(plain in text.replace(whole, "") for text in texts)
        ):
            return head, tail
        if len(plain) >= _MIN_SHORTENED_LETTERS and any(line.startswith(plain) and line != whole for line in lines):
            return head, tail
    return None


def _find_doubled_title(first: str, pieces: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Return a title that its line repeats behind the site, and the site: "Title | Site News Title by Ann Lee"."""
    for head, tail in _split_at_separators(first):
        before, again, _ = tail.partition(head)
        if again and len(text_key(head)) >= _MIN_CONTAINED_LETTERS:
            words = before.split()
            sites = (" ".join(words[:size]) for size in range(len(words), 0, -1))
            return head, next((site for site in sites if _is_site(site, pieces)), before.strip())
    return None


def _cut_site(line: str) -> tuple[str, str]:
    """Cut the site off a title, if it has one: at the first certain separator, else at the last separator."""
    for mark in _CERTAIN_SEPARATORS:
        head, _, tail = line.partition(f" {mark} ")
        if tail and len(head.split()) >= 2:
            return head.strip(), tail.strip()
    for head, tail in _split_at_separators(line):
        if len(head.split()) >= MIN_TITLE_WORDS and len(tail.split()) <= _MAX_SITE_WORDS:
            return head, tail
        break
    return line, ""


def _is_site(site: str, pieces: Sequence[TextPiece]) -> bool:
    """Whether the page names the site elsewhere, or its name is an address."""
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", site, re.IGNORECASE):
        return True
    ends = " ".join(piece.text[-_SITE_SEARCH_CHARS:] for piece in (*pieces[1:4], *pieces[-3:]))
    owner = re.compile(rf"(?:©|copyright)[^.]*{re.escape(site)}", re.IGNORECASE)
    return len(site.split()) <= _MAX_SITE_WORDS and owner.search(ends) is not None


def _choose_heading(pieces: Sequence[TextPiece]) -> str:
    """Return the first line of those right above a byline or a date; without one the first line of the page."""
    run: list[str] = []
    lines: list[str] = []
    for piece in pieces[:_MAX_PIECES]:
        text = piece.text
        if piece.kind == "verse":
            break
        if header_spans.is_fact(text) and (title := _first_long_line(run, pieces[0].text)):
            return title
        if is_paragraph(text):
            break
        too_long = not is_title_length(text)
        if too_long and not (lines or boilerplate.count_phrases(text) or copied_page_title.is_menu(text)):
            break  # a paragraph without an end mark, and no title above it
        if too_long or _is_between_titles(text):
            run = []
        elif not bylines.parse_byline(text):
            run.append(text)
            lines.append(text)
    return _first_long_line(run, pieces[0].text) if pieces[0].text in run else _first_long_line(lines, pieces[0].text)


def _is_between_titles(text: str) -> bool:
    """Whether a line above the body separates lines that may be the title, and is not one itself."""
    dated = publication_dates.find_date(text) or publication_dates.is_labelled_time(text)
    recognised = boilerplate.classify(text) or split_breadcrumb(text) or dated
    return text[-1] == ":" or bool(recognised) or text[0] in list_lines.BULLETS


def _first_long_line(lines: Sequence[str], first: str) -> str:
    """Return the first line of three words and more, else the first of all: the name of a section is shorter.

    A line with a full stop is a sentence of the text and not a title, unless it is the page's `first` and short; a line
    behind a sentence is a title only if no other line can be.
    """
    sentences = [_is_sentence(line, not n or line == first) for n, line in enumerate(lines)]
    above = lines[: sentences.index(True)] if True in sentences else lines
    titles = above or [line for line, sentence in zip(lines, sentences, strict=True) if not sentence]
    long = (line for line in titles if len(line.split()) >= MIN_TITLE_WORDS)
    return next(long, titles[0] if titles else "")


def _is_sentence(line: str, first: bool) -> bool:
    """Whether a line is a sentence of the text, or several."""
    stopped = ends_with_full_stop(line)
    long = len(line.split()) > MAX_STOPPED_TITLE_WORDS
    return (stopped and (long or not first)) or (long and _TWO_SENTENCES.search(line) is not None)
