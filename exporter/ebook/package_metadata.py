"""The package metadata: Dublin Core, and schema.org's accessibility terms, stated only where they hold for the book."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from exporter import ui_strings
from exporter.article import Article, Metadata
from exporter.ebook import xhtml
from exporter.ebook.package import Fact
from exporter.language_tags import parse_language_tag

_EARLIEST_MODIFIED = datetime(1980, 1, 1, tzinfo=UTC)  # that a ZIP archive can state


def make_identifier(articles: Sequence[Article], title: str) -> str:
    """Return an identifier that is the same whenever the book is made: a UUID of its address, or of its metadata."""
    single = articles[0].metadata if len(articles) == 1 else None
    if single and (address := single.address):
        name = address
    else:
        name = "\n".join([title, *(line for article in articles for line in _identify_article(article.metadata))])
    return uuid.uuid5(uuid.NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn


def _identify_article(metadata: Metadata) -> tuple[str, ...]:
    place = metadata.address or PurePath(metadata.source or "").name
    return place, metadata.title, *metadata.authors, metadata.published or ""


def find_modified(articles: Iterable[Article]) -> str:
    """Return `dcterms:modified`: SOURCE_DATE_EPOCH if set, else the latest date of the articles, in UTC."""
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        latest = datetime.fromtimestamp(int(epoch), UTC)
    else:
        dates = (date for a in articles for date in (a.metadata.modified, a.metadata.published) if date)
        latest = max([_EARLIEST_MODIFIED, *filter(None, map(_parse_instant, dates))])
    return latest.strftime("%Y-%m-%dT%H:%M:%SZ")


def _parse_instant(iso: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def make_facts(articles: Sequence[Article], title: str, features: set[str]) -> tuple[Fact, ...]:
    """Return all metadata of the book; its accessibility follows from the `features` found while writing it."""
    found = [Fact("dc:title", xhtml.clean_title(title), {"id": "title"})]
    found += [Fact("dc:language", tag) for tag in rank_languages(articles)]
    found += _state_creators(articles)
    if len(articles) == 1:
        found += _state_article(articles[0].metadata)
    else:
        found += _state_anthology([article.metadata for article in articles])
    cleaned = (Fact(fact.name, xhtml.clean_line(fact.value or ""), fact.attributes) for fact in found)
    return (*(fact for fact in cleaned if fact.value), *_state_accessibility(features))


def rank_languages(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return the language tags of the articles, the most common one first."""
    tags = [parse_language_tag(article.metadata.language) or "und" for article in articles]
    return tuple(sorted(dict.fromkeys(tags), key=lambda tag: -tags.count(tag)))


def _state_creators(articles: Sequence[Article]) -> Iterable[Fact]:
    names = dict.fromkeys(xhtml.clean_line(name) for article in articles for name in article.metadata.authors)
    for number, name in enumerate(filter(None, names), 1):
        creator_id = f"creator{number}"
        yield Fact("dc:creator", name, {"id": creator_id})
        yield _refine_fact(creator_id, "role", "aut", scheme="marc:relators")
        yield _refine_fact(creator_id, "file-as", make_file_as(name))


def _refine_fact(fact_id: str, term: str, value: str, **attributes: str) -> Fact:
    return Fact("meta", value, {"refines": f"#{fact_id}", "property": term, **attributes})


def make_file_as(name: str) -> str:
    """Return a person's name for sorting: the family name first, if the last word looks like one."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given and re.fullmatch(r"[A-ZÀ-ÖØ-Þ][\w'’.-]+", family) else name


def _state_article(metadata: Metadata) -> Iterable[Fact]:
    """Yield the metadata of a book of one article."""
    if metadata.address:
        yield Fact("dc:identifier", f"uri:{metadata.address}", {"id": "address"})
    if metadata.published and ui_strings.is_date(metadata.published):
        yield Fact("dc:date", metadata.published)
    yield from _state_publication(metadata.site or "")
    for name, value in (
        ("dc:source", metadata.address),
        ("dc:description", metadata.description),
        ("dc:rights", metadata.rights),
    ):
        if value:
            yield Fact(name, value)
    for subject in dict.fromkeys(filter(None, (metadata.section, *metadata.tags))):
        yield Fact("dc:subject", subject)


def _state_anthology(articles: Sequence[Metadata]) -> Iterable[Fact]:
    """Yield the metadata of a book of several articles: the latest date, their common publication, all sources."""
    if dates := [each.published for each in articles if each.published and ui_strings.is_date(each.published)]:
        yield Fact("dc:date", max(dates))
    if len({each.site for each in articles}) == 1:
        yield from _state_publication(articles[0].site or "")
    yield from (Fact("dc:source", address) for each in articles if (address := each.address))


def _state_publication(name: str) -> Iterable[Fact]:
    """Yield the publication as publisher and as series: devices show the books of one series together."""
    if xhtml.clean_line(name):
        yield Fact("dc:publisher", name)
        yield Fact("meta", name, {"property": "belongs-to-collection", "id": "series"})
        yield _refine_fact("series", "collection-type", "series")


def _state_accessibility(features: set[str]) -> Iterable[Fact]:
    """Yield the accessibility metadata (EPUB Accessibility 1.1): what a program can find out about this book.

    Whether it conforms to a standard, a person has to judge: no conformance is claimed, and no certifier named.
    """

    def state(term: str, *values: str) -> Iterable[Fact]:
        return (Fact("meta", value, {"property": f"schema:{term}"}) for value in values)

    is_visual, is_described = "visual" in features, "undescribed" not in features
    yield from state("accessMode", "textual")
    if is_visual:
        yield from state("accessMode", "visual")
    if "audio" in features:
        yield from state("accessMode", "auditory")
    if is_described:
        yield from state("accessModeSufficient", "textual")
    if is_visual:
        yield from state("accessModeSufficient", "textual,visual")
    yield from state("accessibilityFeature", "tableOfContents", "structuralNavigation", "readingOrder")
    if "unjudged" not in features:
        yield from state("accessibilityFeature", "displayTransformability")
    if is_visual and is_described:
        yield from state("accessibilityFeature", "alternativeText")
    yield from state("accessibilityFeature", *sorted(features & {"rubyAnnotations", "ttsMarkup"}))
    if "mathml" in features:
        yield from state("accessibilityFeature", "MathML")
        if "wordless_math" not in features:
            yield from state("accessibilityFeature", "describedMath")
    if "audio" in features:
        yield from state("accessibilityFeature", "synchronizedAudioText")
    flashing = ("unknownFlashingHazard",) if "animation" in features else ("noFlashingHazard",)
    yield from state("accessibilityHazard", *flashing, "noMotionSimulationHazard", "noSoundHazard")
    yield from state("accessibilitySummary", _summarize_accessibility(is_visual, is_described))


def _summarize_accessibility(is_visual: bool, is_described: bool) -> str:
    if not is_described:
        pictures = " Some pictures have no alternative text."
    else:
        pictures = " Every picture has the alternative text that its source gives it." if is_visual else ""
    return (
        f"The text has a reading order, headings and a table of contents.{pictures} A program made this book and its "
        "accessibility metadata; nobody has evaluated them."
    )
