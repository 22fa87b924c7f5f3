"""When it was published and changed, as exact as the page says."""

from __future__ import annotations

import re
from copy import deepcopy

from exporter.readers import dates
from exporter.readers.page.dom import text_of, words
from exporter.readers.page.evidence import Evidence

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
    "article:published", "citation_publication_date", "dc.created", "dcterms.date", "dcterms.issued",
    "article_date_original", "cxenseparse:recs:publishtime", "rnews:datepublished", "last-modified-date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "article:modified",
)  # fmt: skip
_DATED = frozenset("date dates time timestamp published publish pubdate posted datetime updated dateline meta".split())
_LONGEST = 120
"""Characters of a line that tells a date."""


def published(evidence: Evidence) -> str | None:
    """When the article appeared."""
    for claim in (evidence.stated("datePublished"), *(v for n in _PUBLISHED for v in evidence.metas.get(n, ()))):
        if date := iso(claim):
            return date
    return (
        _microdata(evidence, "datepublished")
        or evidence.dated
        or _visible(evidence)
        or iso(evidence.stated("dateCreated", "uploadDate"))
    )


def modified(evidence: Evidence) -> str | None:
    """When the article was last changed."""
    for claim in (evidence.stated("dateModified"), *(v for n in _MODIFIED for v in evidence.metas.get(n, ()))):
        if date := iso(claim):
            return date
    return _microdata(evidence, "datemodified")


def iso(claim: str) -> str | None:
    """Return a stated time in ISO 8601, seconds kept only where they count; None where it is no date."""
    found = _ISO.search(claim.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3]) <= 31:
        moment = dates.find(claim) if found is None and len(claim) < _LONGEST else None
        return moment.value if moment else None
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    zone = (found[7] or "").upper()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}"


def _microdata(evidence: Evidence, name: str) -> str | None:
    for element in evidence.root.iter("time", "span", "meta", "p", "div", "abbr"):
        if element.get("itemprop", "").lower() == name:
            claim = element.get("datetime") or element.get("content") or text_of(element)
            if date := iso(claim):
                return date
    return None


def guessed(evidence: Evidence) -> str | None:
    """What the library htmldate finds in places that only it knows: addresses, other metadata, the rest of the page.

    A page that states nothing about itself is no web page, and is not searched.
    """
    if not evidence.metas and not evidence.host:
        return None
    from htmldate import find_date  # noqa: PLC0415  100 ms, where nothing else tells the date

    # It takes the tree apart.
    found = find_date(deepcopy(evidence.root), original_date=True, extensive_search=False, url=evidence.url or None)
    return str(found) if found else None


def _visible(evidence: Evidence) -> str | None:
    """The date that stands beside the title: a ``time``, what the page calls a date, or a line that tells one."""
    first = ""
    for element in evidence.beside:
        if element.tag == "time" and (date := iso(element.get("datetime", "") or text_of(element))):
            return date
        if element.tag in {"script", "style"} or first:
            continue
        own = " ".join((element.text or "", *(child.tail or "" for child in element))).strip()
        called = not _DATED.isdisjoint(words(element.get("class", "")))
        line = text_of(element) if called else own
        if 5 < len(line) <= _LONGEST and (moment := dates.find(line)):
            spare = len(line) - (moment.end - moment.start)
            if moment.event != "modified" and (called or spare <= _LONGEST // 2):
                first = moment.value
    return first or None
