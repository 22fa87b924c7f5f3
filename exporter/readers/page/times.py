"""When it was published and changed, as exact as the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.readers.page.facts import Evidence

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)
_PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
              "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "article:published", "citation_publication_date",
              "dc.created", "dcterms.date", "article_date_original", "cxenseparse:recs:publishtime", "rnews:datepublished")  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "article:modified",
)


def published(evidence: Evidence) -> str | None:
    """When the article appeared."""
    for claim in (evidence.stated("datePublished"), *(v for n in _PUBLISHED for v in evidence.metas.get(n, ()))):
        if date := iso(claim):
            return date
    for time in evidence.root.iter("time"):
        if date := iso(time.get("datetime", "")):
            return date
    return iso(evidence.stated("dateCreated", "uploadDate"))


def modified(evidence: Evidence) -> str | None:
    """When the article was last changed."""
    for claim in (evidence.stated("dateModified"), *(v for n in _MODIFIED for v in evidence.metas.get(n, ()))):
        if date := iso(claim):
            return date
    return None


def iso(claim: str) -> str | None:
    """Return a stated time in ISO 8601, seconds kept only where they count; None where it is no date."""
    found = _ISO.search(claim.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3]) <= 31:
        return None
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    zone = (found[7] or "").upper()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}"
