"""The title: the page's main heading where its own metadata confirm it, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exporter.readers import bylines
from exporter.readers.page.dom import Element, collapse_space, drop_element, name_words, text_of
from exporter.readers.page.element_tests import space_heading_parts
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.page.prose import text_key

_TITLE_SEPARATOR = re.compile(
    r"\s+[|–—\-•·:»«›‹/]\s+|\s*[|｜»]\s*|\s+[-–—]+\s+|:\s+|(?<=[\u3040-\u9fff])(?:_|\s?[-－]\s?)(?=[^\W_])"
)
_WORD = re.compile(r"[^\W_]+")


_MIN_H1_LIKENESS, _MIN_LOWER_HEADING_LIKENESS = 0.5, 0.8
"""How like a stated title a main heading, or another one, must be."""

_MIN_LONG_TITLE_WORDS, _MIN_REST_WORDS = 5, 3
"""Words of a title that stands for itself, and of what must be left of one."""

_OTHER_TITLE_METAS = ("twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_TRAILING_LABEL = re.compile(r"\s+\|\s+[^\W\d_]+$")
_KICKER_WORDS = frozenset("kicker overline topline eyebrow dachzeile spitzmarke roofline supertitle".split())
_BOILERPLATE_TAGS = frozenset({"nav", "footer", "aside"})


def find_title(metadata: PageMetadata) -> tuple[str, Element | None]:
    """Return the title and the heading that shows it, if one does."""
    headline = metadata.jsonld_text("headline")
    shared = metadata.meta("og:title")
    whole = title_element_text(metadata.root)
    stated = stated_titles(metadata)
    names = {
        text_key(metadata.meta("og:site_name")),
        text_key(site_in_title(metadata)),
        _find_site_end(metadata.root, whole),
    } - {""}
    heading = _find_heading(metadata.root, stated, names)
    if heading is None and not stated:
        heading = next(metadata.root.iter("h2", "h3"), None)  # a fragment may begin with any
    if heading is None:
        return (stated[0] if stated else ""), None
    shown = text_of(heading)
    if not any(text_key(text).startswith(text_key(shown)) for text in stated):
        shown = _drop_kicker(heading, shown)
    if (
        len(headline.split()) > 2
        and text_key(whole).startswith(text_key(headline))
        and not text_key(whole).startswith(text_key(shown))
    ):
        shown = headline  # two witnesses against one
    return _drop_unshared_end(shown, shared, metadata.meta("twitter:title")), heading


def stated_titles(metadata: PageMetadata) -> list[str]:
    """Every title that a page states for its article, the most trusted first."""
    forms = (
        metadata.feed_title,
        metadata.jsonld_text("headline"),
        metadata.meta("og:title"),
        metadata.meta(*_OTHER_TITLE_METAS),
    )
    return [text for text in (*forms, title_element_text(metadata.root)) if text]


def _drop_kicker(heading: Element, whole: str) -> str:
    """The words of a heading, less those above it that its page calls a kicker."""
    for part in heading.iterdescendants():
        if not _KICKER_WORDS.isdisjoint(name_words(part.get("class", ""))) and whole.startswith(
            kicker := text_of(part)
        ):
            rest = whole[len(kicker) :].lstrip(" -–—|:·")
            return rest if len(rest.split()) >= _MIN_REST_WORDS else whole
    return whole


def _drop_unshared_end(shown: str, shared: str, tweeted: str) -> str:
    """A title without its kicker, or without the tail that the page itself leaves off where it shares the title."""
    if len(shared.split()) > 2 and text_key(shown).endswith(text_key(shared)):
        return shared
    if (
        shared == tweeted
        and len(shared.split()) > _MIN_LONG_TITLE_WORDS
        and text_key(shown).startswith(text_key(shared))
    ):
        return shared
    return shown


def _find_heading(root: Element, stated: list[str], names: Collection[str]) -> Element | None:
    """The heading that what is stated confirms best, or the only main heading, where it stands in the article.

    The site's own name, by its keys `names`, is no title.
    """
    for tag, least in (
        ("h1", _MIN_H1_LIKENESS),
        ("h2", _MIN_LOWER_HEADING_LIKENESS),
        ("h3", _MIN_LOWER_HEADING_LIKENESS),
    ):
        best, found = 0.0, None
        for heading in _find_headings(root, tag):
            text = text_of(heading)
            if text_key(text) in names:
                continue
            agreement = max((_heading_agreement(text, other, names) for other in stated), default=_MIN_H1_LIKENESS)
            if agreement > best:
                best, found = agreement, heading
        if found is not None and best >= least:
            return found
    mains = list(_find_headings(root, "h1"))
    only = mains[0] if len(mains) == 1 and len(text_of(mains[0]).split()) >= _MIN_LONG_TITLE_WORDS else None
    return only if only is not None and next(only.iterancestors("article"), None) is not None else None


def _find_headings(root: Element, tag: str) -> Iterator[Element]:
    """The headings of one rank that stand in no furniture."""
    for heading in root.iter(tag):
        for button in list(heading.iter("button")):
            drop_element(button)
        space_heading_parts(heading)
        if text_of(heading) and not any(holder.tag in _BOILERPLATE_TAGS for holder in heading.iterancestors()):
            yield heading


def _find_site_end(root: Element, whole: str) -> str:
    """The key of that end of a page's title which is the site's, since the other end is a heading below the first.

    A site's name stands last ("Old mills - Mill Forum"), but before a colon ("Valley Diary: Old mills").
    """
    parts = list(_TITLE_SEPARATOR.finditer(whole))
    if not parts:
        return ""
    colon = ":" in parts[0][0]
    divider = parts[0] if colon else parts[-1]
    first, last = text_key(whole[: divider.start()]), text_key(whole[divider.end() :])
    name, other = (first, last) if colon else (last, first)
    return name if other in {text_key(text_of(heading)) for heading in root.iter("h2", "h3")} else ""


def _heading_agreement(heading: str, stated: str, names: Collection[str]) -> float:
    """How far a heading bears out a stated title: wholly where only a kicker or the site's name is between them."""
    kicked = len(stated.split()) >= _MIN_REST_WORDS and text_key(heading).endswith(text_key(stated))
    return (
        1.0
        if kicked or text_key(heading) == text_key(_drop_named_ends(stated, names))
        else title_likeness(heading, stated)
    )


def title_likeness(text: str, other: str) -> float:
    """How many words two titles share, from 0 to 1 (Dice's coefficient)."""
    first, second = set(_WORD.findall(text.casefold())), set(_WORD.findall(other.casefold()))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def title_element_text(root: Element) -> str:
    """The words in the page's ``find_title``."""
    for element in root.iter("title"):
        if element.getparent().tag in {"head", "html", "body"}:
            return text_of(element)
    return ""


def site_in_title(metadata: PageMetadata) -> str:
    """The site's name as it stands at either end of the page's title, or empty.

    It is known by its likeness to the address; else it is what the page adds to the title that it tells others, unless
    that is the author's.
    """
    whole = title_element_text(metadata.root)
    parts = _TITLE_SEPARATOR.split(whole)
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if len(part.split()) <= _MIN_LONG_TITLE_WORDS and _is_host_name(part, metadata.host):
            return part.strip()
    told = metadata.meta("og:title")
    if len(parts) > 1 and told and collapse_space(told) != whole and whole.startswith(told):
        rest = whole[len(told) :].strip(" |｜–—-•·:»«/")
        return "" if bylines.parse_byline(rest) else rest
    return ""


def _is_host_name(name: str, host: str) -> bool:
    """Whether a server is called after a site: "The Daily Mill" is at dailymill.example, or at tdm.example."""
    letters = text_key(name)
    forms = {letters, letters.removeprefix("the"), "".join(word[0] for word in _WORD.findall(name.casefold()))}
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    return text_key(host) == letters or any(len(form) >= _MIN_REST_WORDS and form in labels for form in forms)


def drop_site_name(title: str, site: str, section: str) -> str:
    """Take the site's name from both ends of a title, and the section's before it."""
    title = _TRAILING_LABEL.sub("", title)
    name = text_key(site)
    bare = _drop_named_ends(title, {name, f"{name}com", f"www{name}"} - {""})
    return bare if bare == title or not section else _drop_named_ends(bare, {text_key(section)})


def _drop_named_ends(title: str, names: Collection[str]) -> str:
    """Take what is called so (by its key) from both ends of a title."""
    while parts := list(_TITLE_SEPARATOR.finditer(title)):
        first, last = parts[0], parts[-1]
        if text_key(title[last.end() :]) in names:
            title = title[: last.start()].strip()
        elif text_key(title[: first.start()]) in names:
            title = title[first.end() :].strip()
        else:
            break
    return title
