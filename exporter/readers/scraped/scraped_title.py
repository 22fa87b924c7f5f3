"""The title: told from the name of its site, and from its repetitions.

A scraped page often begins with what stood in the browser's tab ("Title | Site") and says it again; the heading of the
page then says it without the site. Where the page confirms a part of the first line, that part is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from exporter.readers import boilerplate, bylines, publication_dates, text_tests
from exporter.readers.scraped import copied_page_title, header_spans
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped_notice

_SITE_SEPARATOR = re.compile(r"\s+(?:\||::|[-–—·•»>:])\s+|\s+\|\s*|\s*\|\s+")
_BREADCRUMB_SEPARATOR = re.compile(r"\s*[>›»]\s*|\s+[/→]\s+")
_MAX_BREADCRUMB_CHARS, _MAX_BREADCRUMB_STEP_WORDS = 100, 4
_TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] (?=[^\W\d_a-zß-ÿ].*[.?!]$)")  # two of them
_CERTAIN_SEPARATORS = ("|", "::", "»")
_MAX_TITLE_CHARS = 300
_MIN_PARAGRAPH_CHARS = 160  # characters from which a piece that ends a sentence is a paragraph
_MAX_EXTRA_WORDS = 3  # words that a heading may have more than the title
_MIN_COMMON_WORDS_SHARE = 0.7  # share of words that two forms of one title have in common
_MAX_TITLE_WORDS = 32  # of a title
_MIN_TEASER_MARKS = 3  # marks between the headlines of other articles in a row
_MAX_PIECES = 400  # pieces in which a heading may repeat the title
_MAX_STOPPED_TITLE_WORDS = 12  # of a title that ends in a full stop
_MAX_SITE_WORDS = 6
_MIN_CONTAINED_LETTERS = 16  # letters of a title that is looked for within other text
_MIN_SHORTENED_LETTERS = 24  # letters that a longer heading must share with the title
_MAX_SEARCHED_CHARS = 2_000  # characters of a piece in which the title may stand among other things


def find_title(page: ScrapedPage) -> ScrapedPage:
    """Find the title and the site, and drop the lines that only repeat them."""
    if len(page.pieces) == 1 and not page.metadata.title:
        return page  # all there is is the text
    body = copied_page_title.find_body(page.pieces)
    title, site = _choose_title_and_site(page, body)
    if not title:
        return page
    repeated = _find_repetitions(page.pieces, title, body)
    again = (page.pieces[n].text for n in sorted(repeated) if n and page.pieces[n].text != title)
    pieces = tuple(
        msgspec.structs.replace(piece, text=title, level=1, kind="heading") if n in repeated else piece
        for n, piece in enumerate(page.pieces)
    )
    metadata = msgspec.structs.replace(page.metadata, title=title, site=site or page.metadata.site)
    return ScrapedPage(pieces, metadata, (*page.notices, *(dropped_notice(text, "the title again") for text in again)))


def _find_repetitions(pieces: Sequence[TextPiece], title: str, body: range) -> set[int]:
    """Return the numbers of the pieces that say the title, with the site or in other words, before the body begins."""
    whole = normalize_title(pieces[0].text[:_MAX_TITLE_CHARS])
    # A line that says it twice holds more than the title and the site.
    same = {normalize_title(title), whole} if whole.count(normalize_title(title)) == 1 else {normalize_title(title)}
    words = _word_keys(title)
    found: set[int] = set()
    balance = 0
    for number, piece in enumerate(pieces[: max(_MAX_PIECES, body.start)]):
        if found and number >= body.start:
            break  # what says it below the article is a link to it
        short = len(piece.text) <= _MAX_TITLE_CHARS
        balance += _weigh(piece) if short else 1
        # Behind more text than furniture stands the body, and a title there is a heading or a sentence of it.
        if short and balance <= 0 and (normalize_title(piece.text) in same or _is_variant(words, piece.text)):
            found.add(number)
    return found


def _weigh(piece: TextPiece) -> int:
    """Return 1 for a paragraph, -1 for furniture, 0 for what is neither."""
    if text_tests.is_paragraph(piece.text, _MIN_PARAGRAPH_CHARS):
        return 1
    return -1 if boilerplate.classify(piece.text) else 0


def _word_keys(text: str) -> set[str]:
    return set(filter(None, (normalize_title(word) for word in text.split())))


def _is_variant(words: set[str], text: str) -> bool:
    """Whether a line is the title in other words: longer or shorter, most words the same."""
    if len(words) < 6 or text_tests.ends_sentence(text):
        return False
    others = _word_keys(text)
    return len(words & others) >= _MIN_COMMON_WORDS_SHARE * max(len(words), len(others) - _MAX_EXTRA_WORDS)


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def normalize_title(text: str) -> str:
    """Return what two writings of one title share: letters and digits in lower case."""
    return "".join(filter(str.isalnum, text.casefold()))


def _choose_title_and_site(page: ScrapedPage, body: range) -> tuple[str, str]:
    """Return the title and the site, each empty where the page does not tell."""
    pieces = page.pieces
    if page.metadata.title:
        return page.metadata.title, ""
    first = pieces[0].text
    if len(first) <= _MAX_TITLE_CHARS and (
        said := _find_doubled_title(first, pieces) or _find_confirmed_title(first, pieces[1:_MAX_PIECES])
    ):
        return said
    twice = (
        len(pieces) > 1
        and len(first) <= _MAX_TITLE_CHARS
        and normalize_title(pieces[1].text) == normalize_title(first)
        and not split_breadcrumb(first)
    )
    title = copied_page_title.choose_title(pieces, first if twice else _choose_heading(pieces), body)
    if title != first:
        return title, ""
    head, tail = _cut_site(first)
    sure = twice or (("|" in first or "::" in first) and len(tail.split()) <= _MAX_SITE_WORDS)
    return (head, tail) if tail and (sure or _is_site(tail, pieces)) else (first, "")


def split_breadcrumb(text: str) -> tuple[str, ...]:
    """Return the steps of a trail from the site's first page to this one, "Home > News > Town", or nothing."""
    parts = tuple(filter(None, _BREADCRUMB_SEPARATOR.split(text))) if len(text) <= _MAX_BREADCRUMB_CHARS else ()
    if len(parts) < 2 or any(
        len(part.split()) > _MAX_BREADCRUMB_STEP_WORDS or part[0].islower() for part in parts[:-1]
    ):
        return ()
    return parts if boilerplate.classify(parts[0]) == "navigation" or (len(parts) > 2 and ">" in text) else ()


def _split_at_separators(line: str) -> Iterator[tuple[str, str]]:
    """Yield a line's heads and tails at each separator, the longest head first."""
    for match in reversed(list(_SITE_SEPARATOR.finditer(line))):
        head, tail = line[: match.start()].strip(), line[match.end() :].strip()
        if head and tail:
            yield head, tail


def _find_confirmed_title(first: str, others: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Find the part of the first line that the page repeats without the rest."""
    splits = tuple(_split_at_separators(first))
    if not splits:
        return None
    whole = normalize_title(first)
    texts = [normalize_title(piece.text[:_MAX_SEARCHED_CHARS]) for piece in others[:12]]
    lines = {normalize_title(piece.text) for piece in others if len(piece.text) <= _MAX_TITLE_CHARS}
    for head, tail in splits:
        plain = normalize_title(head)
        if len(plain) < 8:
            break
        if plain in lines or (
            len(plain) >= _MIN_CONTAINED_LETTERS and any(plain in text.replace(whole, "") for text in texts)
        ):
            return head, tail
        if len(plain) >= _MIN_SHORTENED_LETTERS and any(line.startswith(plain) and line != whole for line in lines):
            return head, tail
    return None


def _find_doubled_title(first: str, pieces: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Find a title that its own line says again behind the site, "Title | Site News Title by Ann Lee", and the site."""
    for head, tail in _split_at_separators(first):
        before, again, _ = tail.partition(head)
        if again and len(normalize_title(head)) >= _MIN_CONTAINED_LETTERS:
            words = before.split()
            sites = (" ".join(words[:size]) for size in range(len(words), 0, -1))
            return head, next((site for site in sites if _is_site(site, pieces)), before.strip())
    return None


def _cut_site(line: str) -> tuple[str, str]:
    """Cut a site off a line that is known to hold one, if any: at the first sure separator, else at the last one."""
    for mark in _CERTAIN_SEPARATORS:
        head, _, tail = line.partition(f" {mark} ")
        if tail and len(head.split()) >= 2:
            return head.strip(), tail.strip()
    for head, tail in _split_at_separators(line):
        if len(head.split()) >= 3 and len(tail.split()) <= 6:
            return head, tail
        break
    return line, ""


def _is_site(site: str, pieces: Sequence[TextPiece]) -> bool:
    """Whether the page names the site elsewhere, or its name is an address."""
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", site, re.IGNORECASE):
        return True
    ends = " ".join(piece.text[-400:] for piece in (*pieces[1:4], *pieces[-3:]))
    return (
        len(site.split()) <= 6 and re.search(rf"(?:©|copyright)[^.]*{re.escape(site)}", ends, re.IGNORECASE) is not None
    )


def _choose_heading(pieces: Sequence[TextPiece]) -> str:
    """Choose the heading: the first line of those that stand together right above a byline or a date, or the first."""
    run: list[str] = []
    lines: list[str] = []
    for piece in pieces[:_MAX_PIECES]:
        text = piece.text
        if piece.kind == "verse":
            break
        if header_spans.is_fact(text) and (title := _first_long_line(run, pieces[0].text)):
            return title
        if text_tests.is_paragraph(text, _MIN_PARAGRAPH_CHARS):
            break
        too_long = len(text) > _MAX_TITLE_CHARS or len(text.split()) > _MAX_TITLE_WORDS
        if too_long and _is_teasers(text):
            lines = []
        if (
            too_long
            or text[-1] == ":"
            or boilerplate.classify(text)
            or split_breadcrumb(text)
            or publication_dates.find_date(text)
        ):
            run = []
        elif not bylines.parse_byline(text):
            run.append(text)
            lines.append(text)
    return _first_long_line(run, pieces[0].text) if pieces[0].text in run else _first_long_line(lines, pieces[0].text)


def _is_teasers(text: str) -> bool:
    """Whether a piece is a row of other articles' headlines, which stands above the page's own."""
    return text.count(" • ") + text.count(" | ") >= _MIN_TEASER_MARKS


def _first_long_line(lines: Sequence[str], first: str) -> str:
    """Return the first line of three words and more, or the first of all; a section's name is shorter.

    A line with a full stop is a sentence of the text and no title, unless it is the page's `first` and a short one;
    what follows a sentence is a title only where nothing else can be.
    """
    sentences = [_is_sentence(line, line == first) for line in lines]
    above = lines[: sentences.index(True)] if True in sentences else lines
    fit = above or [line for line, sentence in zip(lines, sentences, strict=True) if not sentence]
    return next((line for line in fit if len(line.split()) >= 3), fit[0] if fit else "")


def _is_sentence(line: str, first: bool) -> bool:
    stopped = text_tests.ends_sentence(line) and line.rstrip("\"'”’»")[-1:] in ".。"
    long = len(line.split()) > _MAX_STOPPED_TITLE_WORDS
    return (stopped and (long or not first)) or (long and _TWO_SENTENCES.search(line) is not None)
