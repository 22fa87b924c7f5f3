"""Who wrote it: people, one by one; agencies and desks only where nobody else is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from exporter.readers.page import linked

if TYPE_CHECKING:
    from exporter.readers.page.facts import Evidence

_BY = re.compile(r"^\s*(?:written\s+)?(?:by|von|par|por|di|door|av|af|words by|text:|autor:?)[\s:]+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:;|\||\s+(?:and|und|et|y|og|och|en|e|&)\s+|,\s*(?:and|und)\s+|,)\s*")
_NOT_A_NAME = re.compile(
    r"https?://|@|\.com\b|^\d|^(?:admin|staff|editor|redaktion|redaction|unknown|null|none|undefined)$", re.IGNORECASE
)


def authors(evidence: Evidence, site: str) -> tuple[str, ...]:
    """Return the names of those who wrote an article."""
    stated = _linked(evidence)
    if not stated:
        stated = [
            part
            for name in (
                "author",
                "article:author",
                "dc.creator",
                "parsely-author",
                "byl",
                "sailthru.author",
                "citation_author",
            )
            for value in evidence.metas.get(name, ())
            for part in apart(value)
        ]
    if not stated:
        stated = _visible(evidence)
    names = [name for raw in stated if (name := bare(raw)) and name.casefold() != site.casefold()]
    return tuple(dict.fromkeys(names))


def apart(names: str) -> list[str]:
    """Split a list of names."""
    return [part for part in _AND.split(_BY.sub("", names)) if part.strip()]


def bare(name: str) -> str:
    """A name without the words around it; empty where it is none."""
    plain = _BY.sub("", name).strip(" ,;|")
    return "" if _NOT_A_NAME.search(plain) or len(plain) > 60 else plain


def _linked(evidence: Evidence) -> list[str]:
    stated: Any = evidence.find("author") or evidence.find("creator")
    people: list[str] = []
    others: list[str] = []
    for item in stated if isinstance(stated, list) else [stated]:
        value = linked.resolve(item, evidence.index)
        if not (name := linked.text(value)):
            continue
        kinds = linked.types(value) if isinstance(value, dict) else set()
        (others if kinds & {"organization", "newsmediaorganization"} else people).extend(apart(name))
    return people or others


def _visible(evidence: Evidence) -> list[str]:
    from exporter.readers.page.dom import text_of

    for element in evidence.root.iter("a", "span", "p", "div", "address"):
        if "author" in element.get("rel", "").split() or element.get("itemprop") == "author":
            if text := text_of(element):
                return apart(text) if len(text) < 120 else []
    return []
