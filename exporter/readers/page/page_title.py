"""The title: the page's main heading, confirmed by its metadata, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exporter.linear_patterns import MAYBE_SPACES, SPACES
from exporter.readers import bylines
from exporter.readers.page.dom import Element, collapse_space, drop_element, name_words, text_of
from exporter.readers.page.element_tests import space_heading_parts
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.text_tests import text_key

TITLE_SEPARATOR = re.compile(
    rf"{SPACES}[|–—\-•·:»«›‹/]\s+|{MAYBE_SPACES}[|｜»]\s*|{SPACES}[-–—]++\s+|:\s+|(?<=[\u3040-\u9fff])(?:_|\s?[-－]\s?)(?=[^\W_])"
)
"""What stands between the parts of a page's title: the article's, the site's, a section's."""

_SEPARATING_MARKS = " |｜–—-•·:»«/_"
_WORD = re.compile(r"[^\W_]+")

# The numbers were chosen by reading pages; no measurement.

_MIN_H1_LIKENESS, _MIN_LOWER_HEADING_LIKENESS = 0.5, 0.8
"""Least likeness (Dice) of a heading of level 1, and of level 2 or 3, to a stated title."""

_MIN_LONG_TITLE_WORDS = 5
"""A heading of so many words may be the title without confirmation; a site's name has at most so many."""

_MIN_REST_WORDS = 3
"""Words that must be left of a title without its kicker, or that a heading in an article must have to be its title
though the page states another one; and letters of a site's name or its initials."""

_OTHER_TITLE_METAS = ("twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_PLAIN_MARKS = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
_SOFT_HYPHEN = "\u00ad"
_TRAILING_LABEL = re.compile(rf"{SPACES}\|\s+[^\W\d_]+$")
_KICKER_WORDS = frozenset("kicker overline topline eyebrow dachzeile spitzmarke roofline supertitle".split())
_BOILERPLATE_TAGS = frozenset({"nav", "footer", "aside"})


def find_title(metadata: PageMetadata) -> tuple[str, Element | None]:
    """Return the title, or empty, and the heading that shows it, or None.

    It is the heading's text, unless JSON-LD and Open Graph agree on another one: the ``title`` element alone is written
    for search engines.
    """
    stated = stated_titles(metadata)
    names = {
        text_key(metadata.meta("og:site_name")),
        text_key(site_in_title(metadata)),
        _find_site_end(metadata.root, title_element_text(metadata.root)),
    } - {""}
    heading = _find_heading(metadata.root, stated, names)
    told = [text for text in stated if text_key(text) not in names and not _is_host_name(text, metadata.host)]
    if heading is None and not told:  # a fragment of a page may begin at any level
        headings = (each for tag in ("h1", "h2", "h3") for each in _find_headings(metadata.root, tag))
        heading = next((each for each in headings if text_key(text_of(each)) not in names), None)
    if heading is None:
        return (stated[0] if stated else ""), None
    shown = text_of(heading)
    if not any(text_key(text).startswith(text_key(shown)) for text in stated):
        shown = _drop_kicker(heading, shown)
    return _confirm_title(shown, metadata).replace(_SOFT_HYPHEN, ""), heading


def _confirm_title(shown: str, metadata: PageMetadata) -> str:
    """Return the title that a page's heading and two of its statements confirm: the text shown, or a part of it."""
    headline, og_title = metadata.jsonld_text("headline"), metadata.meta("og:title")
    if len(headline.split()) > 2 and text_key(og_title).startswith(text_key(headline)):
        return _keep_marks(headline, shown)
    title = _drop_unog_title_end(shown, og_title, metadata.meta("twitter:title"))
    return _keep_marks(headline, title) if text_key(title) == text_key(headline) else title


def stated_titles(metadata: PageMetadata) -> list[str]:
    """Return every title that a page states for its article, the most trusted first."""
    forms = (
        metadata.feed_title,
        metadata.jsonld_text("headline"),
        metadata.meta("og:title"),
        metadata.meta(*_OTHER_TITLE_METAS),
    )
    return [text for text in (*forms, title_element_text(metadata.root)) if text]


def _drop_kicker(heading: Element, whole: str) -> str:
    """Cut from a heading's text (`whole`) the words that the page marks as its kicker."""
    for part in heading.iterdescendants():
        if not _KICKER_WORDS.isdisjoint(name_words(part.get("class", ""))) and whole.startswith(
            kicker := text_of(part)
        ):
            rest = whole[len(kicker) :].lstrip(" -–—|:·")
            return rest if len(rest.split()) >= _MIN_REST_WORDS else whole
    return whole


def _drop_unog_title_end(shown: str, og_title: str, twitter_title: str) -> str:
    """Cut from a title the beginning or end that Open Graph, and for the end Twitter too, leave off."""
    key = text_key(og_title)
    if len(og_title.split()) > 2 and text_key(shown).endswith(key):
        return _keep_marks(og_title, shown)
    if og_title == twitter_title and len(og_title.split()) > _MIN_LONG_TITLE_WORDS and text_key(shown).startswith(key):
        return og_title
    return shown


def _keep_marks(stated: str, shown: str) -> str:
    """Return a stated title, with the quotation marks and dashes of the heading if that ends with the same words."""
    end = shown[-len(stated) :]
    return end if end.translate(_PLAIN_MARKS) == stated.translate(_PLAIN_MARKS) else stated


def _find_heading(root: Element, stated: list[str], names: Collection[str]) -> Element | None:
    """Return the heading that is most like a stated title, else the only ``h1`` if it is long or in an ``article``.

    Headings that are the site's name (by key, `names`) are skipped. None if no heading qualifies.
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
    if len(mains) != 1 or text_key(text_of(mains[0])) in names:
        return None
    is_in_article = next(mains[0].iterancestors("article"), None) is not None
    least_words = _MIN_REST_WORDS if is_in_article else _MIN_LONG_TITLE_WORDS
    return mains[0] if len(text_of(mains[0]).split()) >= least_words else None


def _find_headings(root: Element, tag: str) -> Iterator[Element]:
    """Yield the headings of one level outside navigation, footers and asides; drops their buttons and icons' names."""
    for heading in root.iter(tag):
        for part in list(heading.iter("button", "title", "desc")):
            drop_element(part)
        space_heading_parts(heading)
        holder = next(heading.iterancestors("article", "main", *_BOILERPLATE_TAGS), None)
        if text_of(heading) and (holder is None or holder.tag not in _BOILERPLATE_TAGS):
            yield heading


def _find_site_end(root: Element, whole: str) -> str:
    """Return the key of the site's name in a page's title, if the rest is a heading of level 2 or 3; else empty.

    The name stands last ("Old mills - Mill Forum"), but before a colon first ("Valley Diary: Old mills"), and in a page
    without a heading of level 1 at either end.
    """
    parts = list(TITLE_SEPARATOR.finditer(whole))
    if not parts:
        return ""
    leading = text_key(whole[: parts[0].start()]), text_key(whole[parts[0].end() :])
    trailing = text_key(whole[parts[-1].end() :]), text_key(whole[: parts[-1].start()])
    orders = [leading if ":" in parts[0][0] else trailing, *([leading] if root.find(".//h1") is None else [])]
    headings = {text_key(text_of(heading)) for heading in root.iter("h2", "h3")}
    return next((name for name, other in orders if other in headings), "")


def _heading_agreement(heading: str, stated: str, names: Collection[str]) -> float:
    """Return the likeness of heading and stated title, from 0 to 1; 1 if one only has more at an end."""
    has_kicker = len(stated.split()) >= _MIN_REST_WORDS and text_key(heading).endswith(text_key(stated))
    has_end = len(heading.split()) >= _MIN_REST_WORDS and text_key(stated).startswith(text_key(heading))
    return (
        1.0
        if has_kicker or has_end or text_key(heading) == text_key(_drop_named_ends(stated, names))
        else title_likeness(heading, stated)
    )


def title_likeness(text: str, other: str) -> float:
    """Return the share of words that two titles have in common, from 0 to 1 (Dice's coefficient)."""
    first, second = set(_WORD.findall(text.casefold())), set(_WORD.findall(other.casefold()))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def title_element_text(root: Element) -> str:
    """Return the text of the page's ``title`` element, or empty."""
    for element in root.iter("title"):
        if element.getparent().tag in {"head", "html", "body"}:
            return text_of(element)
    return ""


def site_in_title(metadata: PageMetadata) -> str:
    """Return the site's name at either end of the page's title, or empty.

    It is the end that is like the host name, else the last part of what the page's title adds to that of Open Graph, or
    without a host to the heading, if not a byline.
    """
    whole = title_element_text(metadata.root)
    parts = TITLE_SEPARATOR.split(whole)
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if len(part.split()) <= _MIN_LONG_TITLE_WORDS and _is_host_name(part, metadata.host):
            return part.strip()
    shown = text_of(metadata.heading) if metadata.heading is not None and not metadata.host else ""
    title = collapse_space(metadata.meta("og:title")) or shown
    if len(parts) > 1 and title and title != whole and whole.startswith(title) and whole[len(title)] != ":":
        rest = TITLE_SEPARATOR.split(whole[len(title) :].strip(_SEPARATING_MARKS))[-1].rpartition("_")[2]
        return "" if bylines.parse_byline(rest) else rest.strip(_SEPARATING_MARKS)
    return ""


def _is_host_name(name: str, host: str) -> bool:
    """Whether a host is named after a site: "The Daily Mill" is at dailymill.example, or at tdm.example."""
    letters = text_key(name)
    forms = {letters, letters.removeprefix("the"), "".join(word[0] for word in _WORD.findall(name.casefold()))}
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    return text_key(host) == letters or any(len(form) >= _MIN_REST_WORDS and form in labels for form in forms)


def drop_site_name(title: str, site: str, section: str) -> str:
    """Cut the site's name from both ends of a title, then the section's."""
    title = _TRAILING_LABEL.sub("", title)
    name = text_key(site)
    bare = _drop_named_ends(title, {name, f"{name}com", f"www{name}"} - {""})
    return bare if bare == title or not section else _drop_named_ends(bare, {text_key(section)})


def _drop_named_ends(title: str, names: Collection[str]) -> str:
    """Cut the parts whose keys are among `names` from both ends of a title."""
    while parts := list(TITLE_SEPARATOR.finditer(title)):
        first, last = parts[0], parts[-1]
        if text_key(title[last.end() :]) in names:
            title = title[: last.start()].strip()
        elif text_key(title[: first.start()]) in names:
            title = title[first.end() :].strip()
        else:
            break
    return title
