"""The title: the page's main heading where its own metadata confirm it, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exporter.readers import bylines
from exporter.readers.page.dom import Element, drop, squeeze, text_of, words
from exporter.readers.page.element_tests import set_apart
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.page.prose import key

_SEPARATOR = re.compile(
    r"\s+[|–—\-•·:»«›‹/]\s+|\s*[|｜»]\s*|\s+[-–—]+\s+|:\s+|(?<=[\u3040-\u9fff])(?:_|\s?[-－]\s?)(?=[^\W_])"
)
_WORDS = re.compile(r"[^\W_]+")


_CONFIRMED, _SURE = 0.5, 0.8
"""How like a stated title a main heading, or another one, must be."""

_FEW, _FEWEST = 5, 3
"""Words of a title that stands for itself, and of what must be left of one."""

_OTHERS = ("twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_LABEL = re.compile(r"\s+\|\s+[^\W\d_]+$")
_KICKER = frozenset("kicker overline topline eyebrow dachzeile spitzmarke roofline supertitle".split())
_ELSEWHERE = frozenset({"nav", "footer", "aside"})


def title(evidence: PageMetadata) -> tuple[str, Element | None]:
    """Return the title and the heading that shows it, if one does."""
    headline = evidence.stated("headline")
    shared = evidence.meta("og:title")
    whole = page_title(evidence.root)
    stated = stated_titles(evidence)
    names = {key(evidence.meta("og:site_name")), key(site(evidence)), _end(evidence.root, whole)} - {""}
    heading = _heading(evidence.root, stated, names)
    if heading is None and not stated:
        heading = next(evidence.root.iter("h2", "h3"), None)  # a fragment may begin with any
    if heading is None:
        return (stated[0] if stated else ""), None
    shown = text_of(heading)
    if not any(key(text).startswith(key(shown)) for text in stated):
        shown = _without_kicker(heading, shown)
    if len(headline.split()) > 2 and key(whole).startswith(key(headline)) and not key(whole).startswith(key(shown)):
        shown = headline  # two witnesses against one
    return _core(shown, shared, evidence.meta("twitter:title")), heading


def stated_titles(evidence: PageMetadata) -> list[str]:
    """Every title that a page states for its article, the most trusted first."""
    forms = (evidence.carried, evidence.stated("headline"), evidence.meta("og:title"), evidence.meta(*_OTHERS))
    return [text for text in (*forms, page_title(evidence.root)) if text]


def _without_kicker(heading: Element, whole: str) -> str:
    """The words of a heading, less those above it that its page calls a kicker."""
    for part in heading.iterdescendants():
        if not _KICKER.isdisjoint(words(part.get("class", ""))) and whole.startswith(kicker := text_of(part)):
            rest = whole[len(kicker) :].lstrip(" -–—|:·")
            return rest if len(rest.split()) >= _FEWEST else whole
    return whole


def _core(shown: str, shared: str, tweeted: str) -> str:
    """A title without its kicker, or without the tail that the page itself leaves off where it shares the title."""
    if len(shared.split()) > 2 and key(shown).endswith(key(shared)):
        return shared
    if shared == tweeted and len(shared.split()) > _FEW and key(shown).startswith(key(shared)):
        return shared
    return shown


def _heading(root: Element, stated: list[str], names: Collection[str]) -> Element | None:
    """The heading that what is stated confirms best, or the only main heading, where it stands in the article.

    The site's own name, by its keys `names`, is no title.
    """
    for tag, least in (("h1", _CONFIRMED), ("h2", _SURE), ("h3", _SURE)):
        best, found = 0.0, None
        for heading in _shown(root, tag):
            text = text_of(heading)
            if key(text) in names:
                continue
            agreement = max((_agreement(text, other, names) for other in stated), default=_CONFIRMED)
            if agreement > best:
                best, found = agreement, heading
        if found is not None and best >= least:
            return found
    mains = list(_shown(root, "h1"))
    only = mains[0] if len(mains) == 1 and len(text_of(mains[0]).split()) >= _FEW else None
    return only if only is not None and next(only.iterancestors("article"), None) is not None else None


def _shown(root: Element, tag: str) -> Iterator[Element]:
    """The headings of one rank that stand in no furniture."""
    for heading in root.iter(tag):
        for button in list(heading.iter("button")):
            drop(button)
        set_apart(heading)
        if text_of(heading) and not any(holder.tag in _ELSEWHERE for holder in heading.iterancestors()):
            yield heading


def _end(root: Element, whole: str) -> str:
    """The key of that end of a page's title which is the site's, since the other end is a heading below the first.

    A site's name stands last ("Old mills - Mill Forum"), but before a colon ("Valley Diary: Old mills").
    """
    parts = list(_SEPARATOR.finditer(whole))
    if not parts:
        return ""
    colon = ":" in parts[0][0]
    divider = parts[0] if colon else parts[-1]
    first, last = key(whole[: divider.start()]), key(whole[divider.end() :])
    name, other = (first, last) if colon else (last, first)
    return name if other in {key(text_of(heading)) for heading in root.iter("h2", "h3")} else ""


def _agreement(heading: str, stated: str, names: Collection[str]) -> float:
    """How far a heading bears out a stated title: wholly where only a kicker or the site's name is between them."""
    kicked = len(stated.split()) >= _FEWEST and key(heading).endswith(key(stated))
    return 1.0 if kicked or key(heading) == key(_without(stated, names)) else likeness(heading, stated)


def likeness(text: str, other: str) -> float:
    """How many words two titles share, from 0 to 1 (Dice's coefficient)."""
    first, second = set(_WORDS.findall(text.casefold())), set(_WORDS.findall(other.casefold()))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def page_title(root: Element) -> str:
    """The words in the page's ``title``."""
    for element in root.iter("title"):
        if element.getparent().tag in {"head", "html", "body"}:
            return text_of(element)
    return ""


def site(evidence: PageMetadata) -> str:
    """The site's name as it stands at either end of the page's title, or empty.

    It is known by its likeness to the address; else it is what the page adds to the title that it tells others, unless
    that is the author's.
    """
    whole = page_title(evidence.root)
    parts = _SEPARATOR.split(whole)
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if len(part.split()) <= _FEW and _is_in(part, evidence.host):
            return part.strip()
    told = evidence.meta("og:title")
    if len(parts) > 1 and told and squeeze(told) != whole and whole.startswith(told):
        rest = whole[len(told) :].strip(" |｜–—-•·:»«/")
        return "" if bylines.byline(rest) else rest
    return ""


def _is_in(name: str, host: str) -> bool:
    """Whether a server is called after a site: "The Daily Mill" is at dailymill.example, or at tdm.example."""
    letters = key(name)
    forms = {letters, letters.removeprefix("the"), "".join(word[0] for word in _WORDS.findall(name.casefold()))}
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    return key(host) == letters or any(len(form) >= _FEWEST and form in labels for form in forms)


def without_site(title: str, site: str, section: str) -> str:
    """Take the site's name from both ends of a title, and the section's before it."""
    title = _LABEL.sub("", title)
    name = key(site)
    bare = _without(title, {name, f"{name}com", f"www{name}"} - {""})
    return bare if bare == title or not section else _without(bare, {key(section)})


def _without(title: str, names: Collection[str]) -> str:
    """Take what is called so (by its key) from both ends of a title."""
    while parts := list(_SEPARATOR.finditer(title)):
        first, last = parts[0], parts[-1]
        if key(title[last.end() :]) in names:
            title = title[: last.start()].strip()
        elif key(title[: first.start()]) in names:
            title = title[first.end() :].strip()
        else:
            break
    return title
