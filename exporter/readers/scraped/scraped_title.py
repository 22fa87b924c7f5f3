"""The title: told from the name of its site, and from its repetitions.

A scraped page often begins with what stood in the browser's tab ("Title | Site") and says it again; the heading of the
page then says it without the site. Where the page confirms a part of the first line, that part is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.scraped import copied_page_title, header_spans, sentence_ends
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped

_SEPARATOR = re.compile(r"\s+(?:\||::|[-–—·•»>:])\s+|\s+\|\s*|\s*\|\s+")
_CRUMBS = re.compile(r"\s*[>›»]\s*|\s+[/→]\s+")
_LONGEST_CRUMBS, _WORDS_OF_CRUMB = 100, 4
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] (?=[^\W\d_a-zß-ÿ].*[.?!]$)")  # two of them
_SURE_SEPARATORS = ("|", "::", "»")
_LONGEST = 300
_PARAGRAPH = 160  # characters from which a piece that ends a sentence is a paragraph
_LONGER = 3  # words that a heading may have more than the title
_ALIKE = 0.7  # share of words that two forms of one title have in common
_WORDS = 32  # of a title
_TEASERS = 3  # marks between the headlines of other articles in a row
_WINDOW = 400  # pieces in which a heading may repeat the title
_WORDS_OF_SENTENCE = 12  # of a title that ends in a full stop
_WORDS_OF_SITE = 6
_CONTAINED = 16  # letters of a title that is looked for within other text
_SHORTENED = 24  # letters that a longer heading must share with the title
_HEAD = 2_000  # characters of a piece in which the title may stand among other things


def find(page: ScrapedPage) -> ScrapedPage:
    """Find the title and the site, and drop the lines that only repeat them."""
    if len(page.pieces) == 1 and not page.metadata.title:
        return page  # all there is is the text
    body = copied_page_title.body(page.pieces)
    title, site = _title(page, body)
    if not title:
        return page
    repeated = _repetitions(page.pieces, title, body)
    again = (page.pieces[n].text for n in sorted(repeated) if n and page.pieces[n].text != title)
    pieces = tuple(
        msgspec.structs.replace(piece, text=title, level=1, kind="heading") if n in repeated else piece
        for n, piece in enumerate(page.pieces)
    )
    metadata = msgspec.structs.replace(page.metadata, title=title, site=site or page.metadata.site)
    return ScrapedPage(pieces, metadata, (*page.notices, *(dropped(text, "the title again") for text in again)))


def _repetitions(pieces: Sequence[TextPiece], title: str, body: range) -> set[int]:
    """Return the numbers of the pieces that say the title, with the site or in other words, before the body begins."""
    whole = key(pieces[0].text[:_LONGEST])
    # A line that says it twice holds more than the title and the site.
    same = {key(title), whole} if whole.count(key(title)) == 1 else {key(title)}
    words = _words(title)
    found: set[int] = set()
    balance = 0
    for number, piece in enumerate(pieces[: max(_WINDOW, body.start)]):
        if found and number >= body.start:
            break  # what says it below the article is a link to it
        short = len(piece.text) <= _LONGEST
        balance += _weight(piece) if short else 1
        # Behind more text than furniture stands the body, and a title there is a heading or a sentence of it.
        if short and balance <= 0 and (key(piece.text) in same or _varies(words, piece.text)):
            found.add(number)
    return found


def _weight(piece: TextPiece) -> int:
    """Return 1 for a paragraph, -1 for furniture, 0 for what is neither."""
    if sentence_ends.is_prose(piece.text, _PARAGRAPH):
        return 1
    return -1 if boilerplate.kind(piece.text) else 0


def _words(text: str) -> set[str]:
    return set(filter(None, (key(word) for word in text.split())))


def _varies(words: set[str], text: str) -> bool:
    """Whether a line is the title in other words: longer or shorter, most words the same."""
    if len(words) < 6 or sentence_ends.ends(text):
        return False
    others = _words(text)
    return len(words & others) >= _ALIKE * max(len(words), len(others) - _LONGER)


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def key(text: str) -> str:
    """Return what two writings of one title share: letters and digits in lower case."""
    return "".join(filter(str.isalnum, text.casefold()))


def _title(page: ScrapedPage, body: range) -> tuple[str, str]:
    """Return the title and the site, each empty where the page does not tell."""
    pieces = page.pieces
    if page.metadata.title:
        return page.metadata.title, ""
    first = pieces[0].text
    if len(first) <= _LONGEST and (said := _doubled(first, pieces) or _confirmed(first, pieces[1:_WINDOW])):
        return said
    twice = len(pieces) > 1 and len(first) <= _LONGEST and key(pieces[1].text) == key(first) and not crumbs(first)
    title = copied_page_title.find(pieces, first if twice else _heading(pieces), body)
    if title != first:
        return title, ""
    head, tail = _cut(first)
    sure = twice or (("|" in first or "::" in first) and len(tail.split()) <= _WORDS_OF_SITE)
    return (head, tail) if tail and (sure or _named(tail, pieces)) else (first, "")


def crumbs(text: str) -> tuple[str, ...]:
    """Return the steps of a trail from the site's first page to this one, "Home > News > Town", or nothing."""
    parts = tuple(filter(None, _CRUMBS.split(text))) if len(text) <= _LONGEST_CRUMBS else ()
    if len(parts) < 2 or any(len(part.split()) > _WORDS_OF_CRUMB or part[0].islower() for part in parts[:-1]):
        return ()
    return parts if boilerplate.kind(parts[0]) == "navigation" or (len(parts) > 2 and ">" in text) else ()


def _splits(line: str) -> Iterator[tuple[str, str]]:
    """Yield a line's heads and tails at each separator, the longest head first."""
    for match in reversed(list(_SEPARATOR.finditer(line))):
        head, tail = line[: match.start()].strip(), line[match.end() :].strip()
        if head and tail:
            yield head, tail


def _confirmed(first: str, others: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Find the part of the first line that the page repeats without the rest."""
    splits = tuple(_splits(first))
    if not splits:
        return None
    whole = key(first)
    texts = [key(piece.text[:_HEAD]) for piece in others[:12]]
    lines = {key(piece.text) for piece in others if len(piece.text) <= _LONGEST}
    for head, tail in splits:
        plain = key(head)
        if len(plain) < 8:
            break
        if plain in lines or (len(plain) >= _CONTAINED and any(plain in text.replace(whole, "") for text in texts)):
            return head, tail
        if len(plain) >= _SHORTENED and any(line.startswith(plain) and line != whole for line in lines):
            return head, tail
    return None


def _doubled(first: str, pieces: Sequence[TextPiece]) -> tuple[str, str] | None:
    """Find a title that its own line says again behind the site, "Title | Site News Title by Ann Lee", and the site."""
    for head, tail in _splits(first):
        before, again, _ = tail.partition(head)
        if again and len(key(head)) >= _CONTAINED:
            words = before.split()
            sites = (" ".join(words[:size]) for size in range(len(words), 0, -1))
            return head, next((site for site in sites if _named(site, pieces)), before.strip())
    return None


def _cut(line: str) -> tuple[str, str]:
    """Cut a site off a line that is known to hold one, if any: at the first sure separator, else at the last one."""
    for mark in _SURE_SEPARATORS:
        head, _, tail = line.partition(f" {mark} ")
        if tail and len(head.split()) >= 2:
            return head.strip(), tail.strip()
    for head, tail in _splits(line):
        if len(head.split()) >= 3 and len(tail.split()) <= 6:
            return head, tail
        break
    return line, ""


def _named(site: str, pieces: Sequence[TextPiece]) -> bool:
    """Whether the page names the site elsewhere, or its name is an address."""
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", site, re.IGNORECASE):
        return True
    ends = " ".join(piece.text[-400:] for piece in (*pieces[1:4], *pieces[-3:]))
    return (
        len(site.split()) <= 6 and re.search(rf"(?:©|copyright)[^.]*{re.escape(site)}", ends, re.IGNORECASE) is not None
    )


def _heading(pieces: Sequence[TextPiece]) -> str:
    """Choose the heading: the first line of those that stand together right above a byline or a date, or the first."""
    run: list[str] = []
    lines: list[str] = []
    for piece in pieces[:_WINDOW]:
        text = piece.text
        if piece.kind == "verse":
            break
        if header_spans.is_fact(text) and (title := _longer(run, pieces[0].text)):
            return title
        if sentence_ends.is_prose(text, _PARAGRAPH):
            break
        too_long = len(text) > _LONGEST or len(text.split()) > _WORDS
        if too_long and _is_teasers(text):
            lines = []
        if too_long or text[-1] == ":" or boilerplate.kind(text) or crumbs(text) or publication_dates.find(text):
            run = []
        elif not bylines.byline(text):
            run.append(text)
            lines.append(text)
    return _longer(run, pieces[0].text) if pieces[0].text in run else _longer(lines, pieces[0].text)


def _is_teasers(text: str) -> bool:
    """Whether a piece is a row of other articles' headlines, which stands above the page's own."""
    return text.count(" • ") + text.count(" | ") >= _TEASERS


def _longer(lines: Sequence[str], first: str) -> str:
    """Return the first line of three words and more, or the first of all; a section's name is shorter.

    A line with a full stop is a sentence of the text and no title, unless it is the page's `first` and a short one;
    what follows a sentence is a title only where nothing else can be.
    """
    sentences = [_is_sentence(line, line == first) for line in lines]
    above = lines[: sentences.index(True)] if True in sentences else lines
    fit = above or [line for line, sentence in zip(lines, sentences, strict=True) if not sentence]
    return next((line for line in fit if len(line.split()) >= 3), fit[0] if fit else "")


def _is_sentence(line: str, first: bool) -> bool:
    stopped = sentence_ends.ends(line) and line.rstrip("\"'”’»")[-1:] in ".。"
    long = len(line.split()) > _WORDS_OF_SENTENCE
    return (stopped and (long or not first)) or (long and _SENTENCES.search(line) is not None)
