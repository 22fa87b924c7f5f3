"""Who wrote it: people, one by one; an organisation only where nobody else is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from exporter.readers import bylines
from exporter.readers.page import linked
from exporter.readers.page.dom import Element, squeeze, words
from exporter.readers.page.prose import key

if TYPE_CHECKING:
    from exporter.readers.page.facts import Evidence

_METAS = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author", "citation_author",
          "dcterms.creator", "article.author", "cxenseparse:author")  # fmt: skip
_NOBODY = frozenset("admin administrator editor staff webmaster unknown null none undefined guest author".split())
_CALLED = frozenset("author authors byline bylines writer contributor contributors creator autor auteur".split())
_NOT_THE_NAME = frozenset(
    "bio description image avatar photo social follow related more date time title role box".split()
)
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|person|contributors?|writers?|staff|journalists?|autor(?:en|es)?|auteurs?|by)/[\w.%-]+/?$"
)
_HOLDERS = frozenset("a span p div address li strong b em h4 h5 h6 section cite".split())
_LONGEST = 160
_MOST_PARTS = 12
"""Characters and children of an element that is a byline."""


def authors(evidence: Evidence, site: str) -> tuple[str, ...]:
    """Return the names of those who wrote an article."""
    people, organisations = _linked(evidence)
    stated = [*people, *(name for meta in _METAS for value in evidence.metas.get(meta, ()) for name in _names(value))]
    own = {key(site), key(evidence.host), *map(key, organisations)}

    def others(names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in names if key(name) not in own))

    return others(people) or others(stated) or others(_visible(evidence)) or (*organisations, *stated)[:1]


def _linked(evidence: Evidence) -> tuple[list[str], list[str]]:
    """People and organisations of the linked data."""
    stated: Any = evidence.find("author") or evidence.find("creator")
    people: list[str] = []
    organisations: list[str] = []
    for item in stated if isinstance(stated, list) else [stated]:
        value = linked.resolve(item, evidence.index)
        name = linked.text(value) or _whole_name(value)
        kinds = linked.types(value) if isinstance(value, dict) else set()
        if name and any("organization" in kind for kind in kinds):
            organisations.append(name)
        else:
            people += _names(name)
    return people, organisations


def _whole_name(person: Any) -> str:
    """A name that is stated in parts."""
    parts = (linked.text(person.get(part)) for part in ("givenName", "familyName")) if isinstance(person, dict) else ()
    return " ".join(filter(None, parts))


def _names(stated: str) -> list[str]:
    """The names in one statement; an address, a handle or a placeholder is none."""
    plain = stated.strip()
    if not plain or plain.startswith(("http", "@", "/")) or plain.casefold() in _NOBODY or len(plain) > _LONGEST:
        return []
    names = [name for name in bylines.people(plain) if bylines.is_name(name) or bylines.is_agency(name)]
    return names or ([] if "," in plain else [plain])


def _visible(evidence: Evidence) -> list[str]:
    """The byline as it stands beside the title: called so by the page, linked to a profile, or led by its word."""
    found: list[str] = []
    place: Element | None = None
    for element in evidence.beside:
        if place is not None and place in element.iterancestors():
            continue
        if not _may_name(element):
            continue
        text = squeeze(" ".join(element.itertext()))
        names = _certain(element, text) if 0 < len(text) <= _LONGEST else []
        if names and (place is None or element.getparent() is place.getparent()):
            found += names
            place = element
        elif names:
            break
    return found


def _may_name(element: Element) -> bool:
    return len(element) <= _MOST_PARTS and element.tag in _HOLDERS


def _certain(element: Element, text: str) -> list[str]:
    """The names in an element that is sure to be a byline."""
    if names := [name for name in bylines.byline(text) if bylines.is_name(name)]:
        return names
    said = words(f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}")
    called = not _CALLED.isdisjoint(said) and _NOT_THE_NAME.isdisjoint(said)
    if called or (element.tag == "a" and _PROFILE.search(element.get("href", "").partition("?")[0])):
        return [name for name in bylines.people(text) if bylines.is_name(name)]
    return []
