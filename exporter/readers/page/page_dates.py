"""Dates of publication and of the last change, as exact as the page states them, in ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from exporter.readers import publication_dates
from exporter.readers.page.dom import Element, name_words, text_of
from exporter.readers.page.page_metadata import PageMetadata, canonical_url
from exporter.readers.page.table_elements import is_data_table
from exporter.readers.page.threads import is_comment
from exporter.readers.text_tests import ends_sentence, text_key
from exporter.readers.wordlists import get_phrase_set

_ISO_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(-?)(\d{2})\2(\d{2})(?!\d)"
    r"(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
"""ISO 8601, in the extended format or the basic one: 20240504T173000Z."""

_PUBLISHED_META = re.compile(r"(?:\b|_|date)(?:publish|publication|pub[-_]?date)")
"""A ``meta`` element that says by its name that it holds the date of publication, or the publisher."""

_DATE_METAS = (
    "date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date", "dc.created", "dcterms.date",
    "dcterms.issued", "article_date_original",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "article:modified",
    "last-modified-date",
)  # fmt: skip
_DATE_WORDS = frozenset(
    "date dates time timestamp published publish pubdate posted datetime updated dateline meta".split()
)

# The numbers were chosen by reading pages; no measurement.

_MIN_DATE_LINE_CHARS, _MAX_DATE_LINE_CHARS = 6, 120
"""Characters of a line with a date."""

_MAX_CHARS_BESIDE_DATE, _MAX_SENTENCE_CHARS_BESIDE_DATE = 60, 20
"""Characters that a line may hold beside its date; a sentence more often mentions a date in passing."""

_MIN_CHARS_ABOVE_COMMENTS = 200
"""Characters of paragraphs above comments on an article; in a thread the article is the first comment."""

_SMALL_TAGS = ("small", "em", "h5", "h6")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?!\d)")
_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?!\d)")
_EVENT_AFTER_DATE = re.compile(r":\s*[^\W\d_]|[–—-]\s[^\W\d_A-Z]")
_OWN_DATE_TAGS = frozenset({"blockquote", "nav"})
"""Elements whose dates are not the article's."""

_TIME_WITH_ZONE = re.compile(r"^[^T]*T.*(?:Z|[+-]\d\d:\d\d)$")
_MONTH_FIRST_REGIONS = frozenset({"us", "ph", "gov", "edu", "mil"})
_GENERIC_COUNTRY_DOMAINS = frozenset("io co tv me ai fm ly to gg so".split())
"""Domains of countries that sites of all countries use."""


def find_published(metadata: PageMetadata) -> str | None:
    """Return the date of publication, from the most trusted statement; None if the page has none."""
    claims = (
        metadata.jsonld_text("datePublished"),
        *(value for name, values in metadata.metas.items() if _PUBLISHED_META.search(name) for value in values),
        *(value for name in _DATE_METAS for value in metadata.metas.get(name, ())),
    )
    return (
        _choose_most_exact([date for claim in claims if (date := _parse_local_date(claim, metadata))], metadata)
        or _find_microdata(metadata, "datepublished")
        or metadata.feed_date
        or _find_visible(metadata, metadata.beside)
        or _find_visible(metadata, metadata.above)
        or _parse_local_date(metadata.jsonld_text("dateCreated", "uploadDate"), metadata)
        or _find_elsewhere(metadata)
        or _find_in_url(metadata)
    )


def find_modified(metadata: PageMetadata) -> str | None:
    """Return the date of the last change; None if the metadata do not state it."""
    for claim in (
        metadata.jsonld_text("dateModified"),
        *(v for n in _MODIFIED_METAS for v in metadata.metas.get(n, ())),
    ):
        if date := _parse_local_date(claim, metadata):
            return date
    return _find_microdata(metadata, "datemodified")


def parse_date(claim: str) -> str | None:
    """Return a stated date in ISO 8601, with time and zone if they are stated; None if it is not a date."""
    found = _ISO_DATE.search(claim.strip())
    if found is None or not 1 <= int(found[3]) <= 12 or not 1 <= int(found[4]) <= 31:
        moment = publication_dates.find_date(claim) if found is None and len(claim) < _MAX_DATE_LINE_CHARS else None
        return moment.value if moment else None
    day = f"{found[1]}-{found[3]}-{found[4]}"
    if found[5] is None:
        return day
    zone = (found[8] or "").upper()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{found[5]}:{found[6]}:{found[7] or '00'}{zone}"


def _parse_local_date(claim: str, metadata: PageMetadata) -> str | None:
    """Parse a date whose day and month are in the order of the page's country."""
    return parse_date(_order_day_and_month(claim, metadata))


def _order_day_and_month(claim: str, metadata: PageMetadata) -> str:
    """Rewrite an ambiguous numeric date (3/4/2021) with its year first, if the page shows which order it uses."""
    found = _NUMERIC_DATE.search(claim)
    if found is None or max(int(found[1]), int(found[3])) > 12:
        return claim
    american, european = (f"{found[4]}-{month:0>2}-{day:0>2}" for month, day in (found.group(1, 3), found.group(3, 1)))
    month_first = _writes_month_first(metadata)
    if month_first is None:
        spelt = {
            moment.value[:10] for line in _read_lines(metadata.beside) if (moment := publication_dates.find_date(line))
        }
        if (american in spelt) == (european in spelt):
            return claim
        month_first = american in spelt
    return f"{claim[: found.start()]}{american if month_first else european}{claim[found.end() :]}"


def _writes_month_first(metadata: PageMetadata) -> bool | None:
    """Whether a page's country writes 8/31, by its language and its domain; None if neither decides."""
    language, _, region = metadata.language.lower().partition("-")
    domain = metadata.host.rpartition(".")[2]
    if region or (language and language != "en"):
        return language == "en" and region in _MONTH_FIRST_REGIONS
    if domain in _MONTH_FIRST_REGIONS or (len(domain) == 2 and domain not in _GENERIC_COUNTRY_DOMAINS):
        return domain in _MONTH_FIRST_REGIONS
    return None


def _choose_most_exact(found: list[str], metadata: PageMetadata) -> str | None:
    """Return the first date, or another of the same day that has time and zone; None if there are none.

    A time in UTC is replaced by the same moment in the local zone, if the page states that too.
    """
    if not found:
        return None
    zoned = (date for date in found if date[:10] == found[0][:10] and _TIME_WITH_ZONE.search(date))
    best = next(zoned, found[0])
    if not best.endswith(("Z", "+00:00")):
        return best
    shown = (parse_date(element.get("datetime", "")) for element in metadata.beside if element.tag == "time")
    return next(
        (
            date
            for date in (*found, *shown)
            if date and _TIME_WITH_ZONE.search(date) and _is_same_moment_in_zone(date, best)
        ),
        best,
    )


def _is_same_moment_in_zone(date: str, other: str) -> bool:
    """Whether a date is the same moment as `other`, which is in UTC, but in another zone."""
    same = datetime.fromisoformat(date) == datetime.fromisoformat(other)
    return same and not date.endswith(("Z", "+00:00"))


def _find_microdata(metadata: PageMetadata, name: str) -> str | None:
    """Return the first date of a microdata property, by its lower-case name."""
    for element in metadata.root.xpath("//*[@itemprop]"):
        if element.get("itemprop").lower() == name:
            claim = element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
            if date := _parse_local_date(claim, metadata):
                return date
    return None


def _find_visible(metadata: PageMetadata, elements: Iterable[Element], *, changes: bool = False) -> str | None:
    """Return the first date of some elements: of a ``time``, of an element named as a date, or of a line with one.

    The date of a change ("Updated") counts only if `changes` is set.
    """
    for element in elements:
        stated = element.get("datetime", "") or text_of(element) if element.tag == "time" else ""
        if stated and not _has_own_date(element) and (date := _parse_local_date(stated, metadata)):
            return date
        is_named = _is_named_date(element)
        for line in _read_lines((element,), whole=is_named):
            moment = _find_line_date(line, metadata)
            if moment is None or (moment.event == "modified" and not changes):
                continue
            if (is_named or _is_date_line(line, moment)) and not _has_own_date(element):
                return moment.value
    return None


def _find_line_date(line: str, metadata: PageMetadata) -> publication_dates.Moment | None:
    """Return the date in a line of plausible length."""
    if not _MIN_DATE_LINE_CHARS <= len(line) <= _MAX_DATE_LINE_CHARS:
        return None
    return publication_dates.find_date(_order_day_and_month(line, metadata))


def _is_named_date(element: Element) -> bool:
    """Whether class names mark an element as a date."""
    return not _DATE_WORDS.isdisjoint(name_words(element.get("class", "")))


def _has_own_date(element: Element) -> bool:
    """Whether an element stands in what has a date of its own: a quotation, a caption, a comment, a link elsewhere."""
    plain = element.tag != "time" and not _is_named_date(element)
    return any(
        holder.tag in _OWN_DATE_TAGS
        or (holder.tag == "figure" and element.tag != "time")
        or (holder.tag == "li" and (plain or len(text_of(holder)) > _MAX_DATE_LINE_CHARS))
        or (holder.tag == "footer" and next(holder.iterancestors("article", "main"), None) is None)
        or (holder.tag == "a" and _says_more(holder, element))
        or (holder.tag == "table" and is_data_table(holder) and not _is_labelled_cell(element))
        or (holder.tag == "dd" and not _is_labelled_cell(element))
        or (is_comment(holder) and _stands_below_text(holder))
        for holder in (element, *element.iterancestors())
    )


def _says_more(link: Element, date: Element) -> bool:
    """Whether a link says more than a date: the headline of another page. It may hold the date of a change, too."""
    times = [*link.iter("time")] or [date]
    return len(text_key(text_of(link))) > sum(len(text_key(text_of(time))) for time in times)


def _stands_below_text(element: Element) -> bool:
    """Whether paragraphs stand above an element, among its siblings or those of what it is in."""
    return any(
        sum(len(text_of(paragraph)) for paragraph in neighbour.iter("p")) > _MIN_CHARS_ABOVE_COMMENTS
        for holder in (element, *element.iterancestors())
        for neighbour in holder.itersiblings(preceding=True)
    )


def _is_labelled_cell(element: Element) -> bool:
    """Whether an element is in a cell or a definition after the label that it is the date of publication."""
    cell = next((holder for holder in (element, *element.iterancestors()) if holder.tag in {"td", "dd"}), None)
    label = cell.getprevious() if cell is not None else None
    return label is not None and _is_publication_label(text_of(label).rstrip(":"))


def _read_lines(elements: Iterable[Element], *, whole: bool = False) -> Iterator[str]:
    """Yield the text directly in each element, or with `whole` all its text, unless a ``time`` in it says it better."""
    for element in elements:
        if element.tag not in {"script", "style"} and not (whole and next(element.iter("time"), None) is not None):
            own = " ".join((element.text or "", *(child.tail or "" for child in element)))
            yield text_of(element) if whole else own.strip()


def _find_elsewhere(metadata: PageMetadata) -> str | None:
    """Return the date anywhere in the page that is labelled as that of publication, of a change, or only marked as one.

    Dates of two different days decide nothing.
    """
    labelled: dict[str, str] = {}
    marked: dict[str, str] = {}
    for element in metadata.root.iter("time", "p", "span", "div", "li", *_SMALL_TAGS):
        is_marked = element.tag == "time" or _is_named_date(element)
        for line in _read_lines((element,), whole=is_marked or element.tag in _SMALL_TAGS):
            moment = _find_line_date(line, metadata)
            if moment is None or moment.event == "modified" or not _is_date_line(line, moment):
                continue
            if _has_own_date(element):
                continue
            if moment.event or _is_publication_label(line[moment.end :]):
                labelled.setdefault(moment.value[:10], moment.value)
            elif is_marked:
                marked.setdefault(moment.value[:10], moment.value)
    return (
        _only_value(labelled)
        or _find_visible(metadata, metadata.beside, changes=True)
        or _only_value(marked | labelled)
    )


def _only_value(found: dict[str, str]) -> str | None:
    """Return the value of a dictionary that has only one, else None."""
    return next(iter(found.values())) if len(found) == 1 else None


def _is_date_line(line: str, moment: publication_dates.Moment) -> bool:
    """Whether a line holds little beside its date; "12 May 2018: the first flood" is an entry of a chronicle."""
    if not moment.event and _EVENT_AFTER_DATE.match(line, moment.end):
        return False
    beside = len(line) - (moment.end - moment.start)
    return beside <= (_MAX_SENTENCE_CHARS_BESIDE_DATE if ends_sentence(line) else _MAX_CHARS_BESIDE_DATE)


def _find_in_url(metadata: PageMetadata) -> str | None:
    """Return the day in the page's URL: ``/2024/05/03/mill``."""
    found = _DATE_IN_URL.search(metadata.url or canonical_url(metadata.root) or metadata.meta("og:url"))
    return parse_date("-".join(found.groups())) if found else None


def _is_publication_label(text: str) -> bool:
    """Whether the text after a date says that it is the one of publication: "| Originally published"."""
    return text.strip(" |·•,-–—()").casefold() in get_phrase_set("dates", "published")
