"""The title: the page's main heading where its own metadata confirm it, without the name of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.readers.page.dom import Element, squeeze, text_of

if TYPE_CHECKING:
    from exporter.readers.page.facts import Evidence

_SEPARATOR = re.compile(r"\s+[|–—\-•·:»«/]\s+|\s*[|»]\s*|\s+[-–—]+\s+")
_WORDS = re.compile(r"[^\W_]+")


def title(evidence: Evidence) -> tuple[str, Element | None]:
    """Return the title and the heading that shows it, if one does."""
    stated = [
        text
        for text in (
            evidence.stated("headline"),
            evidence.meta("og:title"),
            evidence.meta("twitter:title", "dc.title", "parsely-title", "sailthru.title"),
            page_title(evidence.root),
        )
        if text
    ]
    headings = [(h, text_of(h)) for h in evidence.root.iter("h1") if text_of(h)]
    best: tuple[float, str, Element | None] = (0.0, "", None)
    for heading, text in headings:
        agreement = max((likeness(text, other) for other in stated), default=0.5)
        if agreement > best[0]:
            best = (agreement, text, heading)
    if best[0] >= 0.5:
        return best[1], best[2]
    if stated:
        return stated[0] if len(stated) < 2 else stated[0], None
    return (headings[0][1], headings[0][0]) if len(headings) == 1 else ("", None)


def likeness(text: str, other: str) -> float:
    """How many words of two titles are the same, from 0 to 1; a site's name in one of them counts for little."""
    first, second = set(_WORDS.findall(text.casefold())), set(_WORDS.findall(other.casefold()))
    if not first or not second:
        return 0.0
    return (
        len(first & second)
        / min(max(len(first), 1), max(len(second), 1))
        * (1 if min(len(first), len(second)) > 1 else 0.6)
    )


def page_title(root: Element) -> str:
    """The words in the page's ``title``."""
    for element in root.iter("title"):
        if element.getparent().tag in {"head", "html", "body"}:
            return text_of(element)
    return ""


def suffix(evidence: Evidence) -> str:
    """The site's name as the page's title ends with it, or empty."""
    whole = page_title(evidence.root)
    parts = _SEPARATOR.split(whole)
    og = evidence.meta("og:title")
    if len(parts) > 1 and og and squeeze(og) != whole and whole.startswith(og):
        return whole[len(og) :].strip(" |–—-•·:»«/")
    return ""


def without_site(title: str, site: str) -> str:
    """Take the site's name from the end or the beginning of a title."""
    if not site:
        return title
    key = "".join(_WORDS.findall(site.casefold()))
    parts = list(_SEPARATOR.finditer(title))
    for found, rest, kept in ((parts[-1:], "after", "before"), (parts[:1], "before", "after")):
        for separator in found:
            before, after = title[: separator.start()], title[separator.end() :]
            named = "".join(_WORDS.findall((after if rest == "after" else before).casefold()))
            if named and (named == key or named in {key + "com", "www" + key}):
                return (before if kept == "before" else after).strip()
    return title
