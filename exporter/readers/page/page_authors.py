"""Authors: people, one by one; an organisation only if nobody else is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from exporter.linear_patterns import SPACES
from exporter.readers import bylines
from exporter.readers.page import author_elements, author_lines, jsonld, visible_byline
from exporter.readers.page.author_markup import NAME_TAGS
from exporter.readers.page.dom import Element, text_of
from exporter.readers.page.page_metadata import PageMetadata, clean_value
from exporter.readers.text_tests import MAX_BYLINE_CHARS, text_key
from exporter.readers.wordlists import get_phrases

_AUTHOR_METAS = (
    "author", "article:author", "parsely-author", "byl", "sailthru.author", "article.author", "dcsext.author",
    "og:article:author", "cxenseparse:author",
)  # fmt: skip
_CATALOGUE_METAS = ("citation_author", "dc.creator", "dcterms.creator")
_PLACEHOLDER_NAMES = frozenset(
    "admin administrator editor editors staff webmaster unknown null none undefined guest author root user owner "
    "default wordpress microsoft".split()
) | {"microsoft office user", "windows user", "super user", "site admin"}
_ACCOUNT_URL = re.compile(r"/(?:\w*admin|editor|webmaster|user)/?$")
_TAGLINE_DASH = re.compile(rf"{SPACES}[-–—]\s+")
_INVERTED_NAME = re.compile(r"(?P<last>[^\W\d_][\w'’-]*), (?P<first>[^\W\d_][\w'’-]*(?: [^\W\d_]\.?)*)")
_MAIL_WITH_NAME = re.compile(r"[^\s@]+@[^\s@]+ \((?P<name>[^()]+)\)")
_ADDRESS_OR_HANDLE = re.compile(r"^(?:https?:|[@/])|\w@\w")
_MAX_TYPED_PERSON_WORDS = 3
"""Words of a name that is a person's only because its JSON-LD type says so (chosen by reading pages)."""


class _StatedAuthors(msgspec.Struct, frozen=True):
    """The authors that metadata state: people by their full names, and other names (agencies, nicknames).

    `agencies` are those that JSON-LD names, alone or beside people.
    """

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def find_authors(metadata: PageMetadata, site: str) -> tuple[str, ...]:
    """Return the authors of an article, or empty.

    People come before nicknames, desks and organisations, and these before the name of the `site` itself, which is not
    an author if anybody else is named.
    """
    return next((tuple(dict.fromkeys(names)) for names in _author_candidates(metadata, site) if names), ())


def _author_candidates(metadata: PageMetadata, site: str) -> Iterator[Sequence[str]]:
    """Yield the authors by each way to find them, the most trusted first; each may be empty."""
    data, metas = _jsonld_authors(metadata), _meta_authors(metadata)
    label = text_key(metadata.host.rpartition(".")[0])
    own_keys = {
        text_key(site),
        text_key(metadata.host),
        label,
        f"the{label}",
        text_key(metadata.jsonld_text("publisher")),
    }

    def others(names: Iterable[str]) -> list[str]:
        keys = ((name, {text_key(name), _initials(name)}) for name in names if name)
        return [name for name, forms in keys if own_keys.isdisjoint(forms) and not _ends_with_site(name, site)]

    yield author_lines.find_guest_author(metadata)
    signature = visible_byline.find_visible_byline(metadata, own_keys | {text_key(name) for name in data.others})
    around = chain(metadata.above, metadata.beside)
    if signature.people and not _find_printed(data.people or metas.people, around):
        yield [name for name in others(signature.people) if not text_key(name).startswith(text_key(site) or label)]
    yield (
        [*people, *_find_printed(data.agencies, metadata.root.iter(*NAME_TAGS))]
        if (people := others(data.people))
        else ()
    )
    yield others(metas.people)
    yield others(signature.people)
    yield others(author_elements.find_portrayed_author(metadata))
    yield others(_description_authors(metadata))
    yield others(author_elements.find_linked_author(metadata))
    yield others(data.others)
    yield others(metas.others)
    yield others(author_lines.find_lone_name(metadata))
    yield others(author_lines.find_signed_line(metadata))
    yield (*data.people, *metas.people, *data.others, *metas.others)[:1]
    only_author = author_elements.find_only_author(metadata)
    yield others(only_author)
    yield others((signature.nickname,))
    # A blog may be called as its author is.
    yield visible_byline.find_visible_byline(metadata, set()).people
    yield only_author


def _ends_with_site(name: str, site: str) -> bool:
    """Whether a name is a word or two before the site's: its publisher ("Éditions Le Moulin")."""
    return " " in site and name.casefold().endswith(f" {site.casefold()}")


def _initials(name: str) -> str:
    """Return the initials of a name: a broadcaster's are often its site's name."""
    return text_key("".join(word[0] for word in name.split()))


def _find_printed(names: Sequence[str], elements: Iterable[Element]) -> list[str]:
    """Return those of some names whose last word stands in the text of some elements."""
    printed = " ".join(f"{element.text or ''} {element.tail or ''}" for element in elements) if names else ""
    return [name for name in names if re.search(rf"\b{re.escape(name.rpartition(' ')[2])}\b", printed, re.IGNORECASE)]


def _jsonld_authors(metadata: PageMetadata) -> _StatedAuthors:
    """Return the authors of the JSON-LD object."""
    claims: Any = metadata.jsonld_value("author") or metadata.jsonld_value("creator")
    people: list[str] = []
    others: list[str] = []
    everyone: list[str] = []
    agencies: list[str] = []
    for item in claims if isinstance(claims, list) else [claims]:
        value = jsonld.resolve_reference(item, metadata.objects_by_id)
        several = value.get("name") if isinstance(value, dict) else None
        for raw in several if isinstance(several, list) else [jsonld.value_text(value) or _join_name_parts(value)]:
            name = clean_value(jsonld.value_text(raw))
            stated = _split_statement(name)
            agencies += bylines.find_agencies(name)
            if isinstance(value, dict) and (stated.people or stated.others):
                stated = _apply_type(value, name, stated)
            everyone += (*stated.people, *stated.others)
            people += stated.people
            others += stated.others
    # Beside organisations, a short name is one of them: "Agency, Mill-Desk".
    return _StatedAuthors(
        tuple(people if any(map(bylines.is_name, people)) else everyone * bool(people)), tuple(others), tuple(agencies)
    )


def _apply_type(value: jsonld.Node, name: str, stated: _StatedAuthors) -> _StatedAuthors:
    """Correct a statement by its JSON-LD type: an organisation is not a person; a person may have a short name."""
    types = jsonld.types_of(value)
    is_account = any(_ACCOUNT_URL.search(jsonld.value_text(value.get(place))) for place in ("url", "@id"))
    if is_account or any("organization" in kind for kind in types):
        return _StatedAuthors(others=(name,))
    if (
        "person" in types
        and not stated.people
        and not bylines.is_agency(name)
        and len(name.split()) <= _MAX_TYPED_PERSON_WORDS
    ):
        return _StatedAuthors((name,))
    return stated


def _join_name_parts(person: Any) -> str:
    """Join a name that JSON-LD states in parts (https://schema.org/givenName); empty if it does not."""
    parts = (
        (jsonld.value_text(person.get(part)) for part in ("givenName", "familyName"))
        if isinstance(person, dict)
        else ()
    )
    return " ".join(filter(None, parts))


def _meta_authors(metadata: PageMetadata) -> _StatedAuthors:
    """Return the authors of the ``meta`` elements, those of library catalogues last."""
    values = [value for meta in _AUTHOR_METAS for value in metadata.metas.get(meta, ())]
    values += [_turn_inverted_name(value) for meta in _CATALOGUE_METAS for value in metadata.metas.get(meta, ())]
    stated = [_split_statement(value) for value in values]
    return _StatedAuthors(
        tuple(n for one in stated for n in one.people), tuple(n for one in stated for n in one.others)
    )


def _split_statement(statement: str) -> _StatedAuthors:
    """Split a statement of authors; empty for an address, a handle or a placeholder."""
    mailed = _MAIL_WITH_NAME.fullmatch(statement.strip())
    plain = mailed["name"] if mailed else statement.strip()
    if (
        not plain
        or _ADDRESS_OR_HANDLE.search(plain)
        or plain.casefold() in _PLACEHOLDER_NAMES
        or plain.isdecimal()
        or len(plain) > MAX_BYLINE_CHARS
    ):
        return _StatedAuthors()
    if bylines.is_agency(plain) or (bylines.is_name(plain) and not bylines.is_person(plain)):
        return _StatedAuthors(others=(plain,))
    first = _TAGLINE_DASH.split(plain)[0]
    named = tuple(name for name in bylines.extract_names(first) if bylines.is_name(name))
    if bylines.is_name(first):  # "José Ortega y Gasset" is one name, "Ana López y Benito Chan" are two
        return _StatedAuthors(named if len(named) == len(bylines.extract_names(first)) else (first,))
    found = bylines.extract_names(plain)
    people = tuple(name for name in found if bylines.is_name(name))
    if not people and found and all(bylines.is_agency(name) for name in found):
        return _StatedAuthors(others=found)
    # "The Daily Mill and AFP" stays whole: the site's own name alone would not be an author.
    joint = any(bylines.is_agency(word) for word in plain.split())
    return _StatedAuthors(people, (plain,) if joint or not (people or "," in plain) else ())


def _turn_inverted_name(name: str) -> str:
    """Turn "Lee, Ann" into "Ann Lee"; other names stay.

    Google Scholar's Inclusion Guidelines allow both forms in ``citation_author``.
    """
    inverted = _INVERTED_NAME.fullmatch(name.strip())
    return f"{inverted['first']} {inverted['last']}" if inverted else name


def _description_authors(metadata: PageMetadata) -> tuple[str, ...]:
    """Return the first author of a description that is a byline, or ends with one: "..., writes Ann Lee.".

    A name without more is an author's only if it is a paragraph, too.
    """
    line = metadata.meta("description", "og:description")
    last = next(
        (line.rpartition(f" {word} ")[2] for word in get_phrases("bylines", "writes") if f" {word} " in line), ""
    )
    alone = bylines.is_person(line) and any(part.tag == "p" and text_of(part) == line for part in metadata.beside)
    names = bylines.parse_byline(line) or (last.rstrip("."), line if alone else "")
    return tuple(name for name in names if bylines.is_person(name))[:1]
