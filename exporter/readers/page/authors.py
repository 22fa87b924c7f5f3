"""Who wrote it: people, one by one; an organisation only where nobody else is named."""

from __future__ import annotations

import re
from typing import Any

from exporter.readers import bylines
from exporter.readers.page import linked
from exporter.readers.page.dom import Element, squeeze, text_of, words
from exporter.readers.page.evidence import Evidence
from exporter.readers.page.prose import key

_METAS = ("author", "article:author", "parsely-author", "byl", "sailthru.author", "article.author",
          "cxenseparse:author")  # fmt: skip
_CATALOGUES = ("citation_author", "dc.creator", "dcterms.creator")
_NOBODY = frozenset("admin administrator editor staff webmaster unknown null none undefined guest author".split())
_CALLED = frozenset("author authors byline bylines writer contributor contributors creator autor auteur".split())
_NOT_THE_NAME = frozenset(
    "bio description image avatar photo social follow related more date time title role box".split()
)
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|person|contributors?|writers?|staff|journalists?|autor(?:en|es)?|auteurs?|by)/[\w.%-]+/?$"
)
_HOLDERS = frozenset("a span p div address li strong b em h4 h5 h6 section cite".split())
_TAGLINE = re.compile(r"\s+[-–—]\s+")
_INVERTED = re.compile(r"(?P<last>[^\W\d_][\w'’-]*), (?P<first>[^\W\d_][\w'’-]*(?: [^\W\d_]\.?)*)")
_LONGEST = 160
_MOST_PARTS = 12
"""Characters and children of an element that is a byline."""


def authors(evidence: Evidence, site: str) -> tuple[str, ...]:
    """Return the names of those who wrote an article."""
    people, organisations = _linked(evidence)
    stated = [*people, *_in_metas(evidence)]
    label = key(evidence.host.rpartition(".")[0])
    own = {key(site), key(evidence.host), *map(key, organisations)}

    def others(names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in names if key(name) not in own and key(name) != f"the{label}"))

    return (
        others(people)
        or others(stated)
        or others(_told(evidence))
        or others(_visible(evidence, own))
        or others(_portrayed(evidence))
        or (*organisations, *stated)[:1]
        or others(_signed(evidence))
        or others(_only(evidence))
    )


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
    if bylines.is_name(first := _TAGLINE.split(plain)[0]):
        return [first]
    names = [name for name in bylines.people(plain) if bylines.is_name(name) or bylines.is_agency(name)]
    return names or ([] if "," in plain else [plain])


def _in_metas(evidence: Evidence) -> list[str]:
    """The names in the metadata, catalogues last."""
    values = [value for meta in _METAS for value in evidence.metas.get(meta, ())]
    values += [_upright(value) for meta in _CATALOGUES for value in evidence.metas.get(meta, ())]
    return [name for value in values for name in _names(value)]


def _upright(name: str) -> str:
    """A name as it is said: catalogues put the family's first."""
    inverted = _INVERTED.fullmatch(name.strip())
    return f"{inverted['first']} {inverted['last']}" if inverted else name


def _told(evidence: Evidence) -> list[str]:
    """The names that a page tells others to show with its link, below a label like "Written by"."""
    return [
        name
        for number in (1, 2)
        if (label := evidence.meta(f"twitter:label{number}")) and bylines.leads(f"{label} ")
        for name in _names(evidence.meta(f"twitter:data{number}"))
    ]


def _visible(evidence: Evidence, own: set[str]) -> list[str]:
    """The byline as it stands beside the title: called so by the page, linked to a profile, or led by its word.

    Names of the paper itself (the keys `own`) are passed over.
    """
    found: list[str] = []
    place: Element | None = None
    for element in evidence.beside:
        if place is not None and place in element.iterancestors():
            continue
        if not _may_name(element):
            continue
        text = squeeze(" ".join(element.itertext()))
        names = _certain(element, text) if 0 < len(text) <= _LONGEST else []
        if names and own.issuperset(map(key, names)):
            continue
        if names and (place is None or element.getparent() is place.getparent()):
            found += names
            place = element
        elif names:
            break
    return found


def _portrayed(evidence: Evidence) -> list[str]:
    """The name below a picture that bears it too, between the title and the first paragraph."""
    faces: set[str] = set()
    for element in evidence.beside if evidence.heading is not None else ():
        text = text_of(element) if element.tag in _HOLDERS and not len(element) else ""
        if len(text) > _LONGEST:
            break
        if text in faces and bylines.is_name(text):
            return [text]
        if element.tag == "img" and not any(holder.tag in {"figure", "a"} for holder in element.iterancestors()):
            faces.add(element.get("alt", ""))
    return []


def _signed(evidence: Evidence) -> list[str]:
    """The byline anywhere in the page, in a line of its own: "Written by Ann Lee", at the foot of a blog's article."""
    for element in evidence.root.iter("h2", "h3", "h4", "h5", "h6", "p"):
        line = text_of(element) if len(element) <= _MOST_PARTS else ""
        names = [name for name in bylines.byline(line) if bylines.is_name(name)]
        if names and len(line.split()) >= len(" ".join(names).split()) + 2:  # a single "by" may lead to anything
            return names
    return []


def _only(evidence: Evidence) -> list[str]:
    """The one name that a page calls an author's or links to a profile, wherever it stands; none if there are two."""
    found: dict[str, None] = {}
    for element in evidence.root.iter(*_HOLDERS):
        holder = element.getparent()
        said = words(f"{element.get('class', '')} {holder.get('class', '') if holder is not None else ''}")
        if ("name" in said and not _CALLED.isdisjoint(said)) or _leads_to_profile(element):
            text = text_of(element)
            if bylines.is_name(text):
                found[text] = None
    return [*found] if len(found) == 1 else []


def _leads_to_profile(element: Element) -> bool:
    return element.tag == "a" and bool(_PROFILE.search(element.get("href", "").partition("?")[0]))


def _may_name(element: Element) -> bool:
    return len(element) <= _MOST_PARTS and element.tag in _HOLDERS


def _certain(element: Element, text: str) -> list[str]:
    """The names in an element that is sure to be a byline."""
    if names := [name for name in bylines.byline(text) if bylines.is_name(name)]:
        return names
    said = words(f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}")
    called = not _CALLED.isdisjoint(said) and _NOT_THE_NAME.isdisjoint(said)
    if called or _leads_to_profile(element):
        return [name for name in bylines.people(text) if bylines.is_name(name)]
    return []
