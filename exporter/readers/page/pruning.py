"""What is surely no part of the article leaves the tree: machinery, what is hidden, and what its own name betrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec

from exporter.errors import Notice
from exporter.readers.page import formula_elements, pictures
from exporter.readers.page.dom import Element, drop_element, name_words, text_of

_NON_CONTENT_TAGS = frozenset(
    "script style template iframe object embed applet canvas button input select option textarea datalist progress "
    "meter audio link label meta base amp-ad amp-embed amp-iframe amp-analytics amp-sidebar amp-social-share "
    "amp-consent amp-audio amp-lightbox amp-lightbox-gallery amp-image-lightbox frame frameset noframes map".split()
)
_PAGE_TAGS = frozenset({"body", "article", "main", "html"})
_GRAPHIC_TAGS = ("img", "svg", "figure", "math", "mjx-container", "picture")
_BOILERPLATE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar toolbar tablist tooltip "
    "status form button".split()
)
_MAX_BOILERPLATE_SHARE = 0.4
"""Of the page's letters: what holds more is no furniture, whatever it is called."""

_MAX_NOTICE_CHARS = 200
"""Characters of a notice."""

_MIN_CONTENTS_LINKS = 2
"""Links of a table of contents."""

_MAX_DOUBTFUL_CHARS = 250
"""Characters of running text that a doubtful part may hold and still be furniture."""

_MAX_SIGN_UP_CHARS = 600
"""Characters of running text in a form that asks for an address; in some pages a form is around everything."""

_MAX_LABEL_RUN_CHARS = 60
"""Characters from which on a run of text is no label."""

_MAX_ARIA_LABEL_WORDS = 4
"""Words of a label; longer ones are sentences about what stands there."""

_FRAME_TAGS = frozenset({"header", "footer", "nav"})
"""Parts of the site where they stand around a page's main part, however much they say."""

_TAGS_JUDGED_WITHOUT_ATTRIBUTES = frozenset({"nav", "dialog", "header", "footer", "ul", "ol", "article"})
"""What may be furniture without an attribute that says so."""

_NAME_ATTRIBUTES = ("class", "id", "data-testid", "data-component")
_BOX_TAGS = frozenset({"div", "section", "aside", "ul", "ol"})
_HEADLINE_TAGS = ("h2", "h3", "h4", "h5", "h6")
_PART_TAGS = frozenset(
    "div section aside ul ol dl p span header footer form figure li table details a small address".split()
)


class PruningResult(msgspec.Struct, frozen=True):
    """Whether a page had furniture, and what went: a page that had none is nothing but its article."""

    furniture: bool = False
    notices: tuple[Notice, ...] = ()


def prune_page(root: Element, kept: Collection[Element] = (), *, whole: bool = False) -> PruningResult:
    """Take furniture out of the tree; `kept` are the marks of notes, which may look like it.

    Of what is `whole` an article only the machinery goes.
    """
    body = root.find("body")
    if body is None:
        return PruningResult()
    for element in list(body.iter("noscript", "form", *_NON_CONTENT_TAGS)):
        if element in kept or formula_elements.is_formula(element) or _is_task_checkbox(element):
            continue
        if element.tag == "noscript":
            _replace_noscript(element)
        elif element.tag != "form" or _count_plain_chars(element) < (
            _MAX_SIGN_UP_CHARS if _has_mail_field(element) else _MAX_DOUBTFUL_CHARS
        ):
            drop_element(element)
    return PruningResult() if whole else _drop_boilerplate(body, kept)


def _is_task_checkbox(element: Element) -> bool:
    """Whether an element is the box of a task in a list, or its label."""
    sort = element.tag == "label" or element.get("type") == "checkbox"
    return sort and next(element.iterancestors("li"), None) is not None


def _has_mail_field(form: Element) -> bool:
    """Whether a form has a field for an address of electronic mail."""
    return any("mail" in f"{field.get('type', '')} {field.get('name', '')}".lower() for field in form.iter("input"))


def _drop_boilerplate(body: Element, kept: Collection[Element]) -> PruningResult:
    """Drop what is furniture by its tag, its role or its name, and what is hidden."""
    notices: list[Notice] = []
    found = False
    limit = _MAX_BOILERPLATE_SHARE * max(len(text_of(body)), 1)
    central = next(body.iter("main", "article"), None) is not None
    waiting = [body]
    while waiting:
        for element in list(waiting.pop()):
            said = dict(element.items())
            if not said and element.tag not in _TAGS_JUDGED_WITHOUT_ATTRIBUTES:
                waiting.append(element)
                continue
            silent = (bool(said) and _is_hidden(element, said)) or _is_table_of_contents(element)
            frame = central and element.tag in _FRAME_TAGS and _is_outside_main(element)
            if element in kept or not (silent or frame or _is_boilerplate(element, said)):
                waiting.append(element)
                continue
            text = text_of(element)
            if (len(text) >= limit and not frame) or next(element.iter("h1"), None) is not None:
                waiting.append(element)  # it holds the title, or much of the page
                continue
            found = found or not silent
            if text and not silent:
                told = " ".join(" ".join(element.itertext()).split())
                notices.append(Notice(told[:_MAX_NOTICE_CHARS], "dropped: a part that the page itself calls furniture"))
            drop_element(element)
    return PruningResult(found, tuple(notices))


def _is_outside_main(element: Element) -> bool:
    """Whether an element neither stands in the main part of a page nor holds it."""
    around = any(holder.tag in {"main", "article"} for holder in element.iterancestors())
    return not around and next(element.iter("main", "article"), None) is None


def _is_boilerplate(element: Element, said: Mapping[str, str]) -> bool:
    """Whether an element is furniture by its tag, its attributes (`said`), or its name."""
    tag = element.tag
    if _is_teaser(element, said):
        return True
    if tag in _PAGE_TAGS:
        return False
    if tag in {"nav", "dialog"}:
        return True
    if tag == "footer":
        return not any(holder.tag in {"blockquote", "figure"} for holder in element.iterancestors())
    if not said:
        return False
    if said.get("role") in _BOILERPLATE_ROLES:  # a picture is no button, though it may open larger
        return said["role"] != "button" or element.getparent().tag != "figure"
    if tag not in _PART_TAGS or element.find("pre") is not None:  # a listing below its own tool bar
        return False
    names = " ".join(said.get(name, "") for name in _NAME_ATTRIBUTES)
    label = said.get("aria-label", "") if tag in {"section", "aside"} else ""
    if label and len(label.split()) <= _MAX_ARIA_LABEL_WORDS:
        names = f"{names} {label}"
    sort = classify_names(names)
    if tag in _BOX_TAGS and ("data-nosnippet" in said or said.get("aria-hidden") == "true"):
        sort = sort or "doubtful"  # what search engines and screen readers are asked to leave out
    few = _MAX_DOUBTFUL_CHARS if tag != "p" else 1  # some call each paragraph after the paywall so
    return sort == "furniture" or (sort == "doubtful" and _count_plain_chars(element) < few)


def _is_teaser(element: Element, said: Mapping[str, str]) -> bool:
    """Whether a part leads to another article: a headline in a link, in a card or in an article within this one."""
    if element.tag == "a":
        return not said.get("href", "#").startswith("#") and _is_link_preview(element)
    if element.tag == "article":
        if next(element.iterancestors("article"), None) is None:
            return False
    elif "card" not in said.get("class", "").lower() or "card" not in name_words(said["class"]):
        return False
    return (
        _is_linked_headline(next(element.iter(*_HEADLINE_TAGS), None))
        and _count_plain_chars(element) < _MAX_DOUBTFUL_CHARS
    )


def _is_link_preview(link: Element) -> bool:
    """Whether a link holds a headline and more: a picture, a kicker, the first words."""
    headline = next(link.iter(*_HEADLINE_TAGS), None)
    if headline is None or _count_plain_chars(link) >= _MAX_DOUBTFUL_CHARS:
        return False
    return next(link.iter("img", "picture"), None) is not None or len(text_of(link)) > len(text_of(headline))


def _is_linked_headline(headline: Element | None) -> bool:
    """Whether a headline is a link, or stands in one; some say it twice, once for screen readers."""
    if headline is None:
        return False
    linked = sum(len(text_of(link)) for link in headline.iter("a"))
    return linked * 5 >= len(text_of(headline)) * 2 or next(headline.iterancestors("a"), None) is not None


def _is_table_of_contents(element: Element) -> bool:
    """Whether a list is a table of contents: it only leads to other places in the page."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = list(element.iter("a"))
    if len(links) < _MIN_CONTENTS_LINKS or not all(link.get("href", "").startswith("#") for link in links):
        return False
    return sum(len(text_of(link)) for link in links) * 10 >= len(text_of(element)) * 8


def _count_plain_chars(element: Element) -> int:
    """Characters in runs of text that are long enough to be sentences, less those of links."""
    runs = (len(text.strip()) for text in element.itertext())
    return sum(length for length in runs if length > _MAX_LABEL_RUN_CHARS) - sum(
        len(text_of(link)) for link in element.iter("a")
    )


def _is_hidden(element: Element, said: Mapping[str, str]) -> bool:
    """Whether nobody sees an element; formulas and pictures are shown in other ways than by it."""
    if "hidden" in said:
        hides = said["hidden"] != "until-found"
    elif said.get("aria-hidden") == "true":
        hides = next(element.iterancestors("figure"), None) is None
    elif "hidden" in said.get("class", "").split():
        hides = ":" not in said["class"]  # else it is hidden on some screens only
    elif "style" in said:
        style = said["style"].replace(" ", "").lower()
        hides = "display:none" in style or "visibility:hidden" in style
    else:
        return False
    if hides and _is_named_body(said):
        return False
    return hides and next((True for inner in element.iter(*_GRAPHIC_TAGS) if inner is not element), False) is False


def _is_named_body(said: Mapping[str, str]) -> bool:
    """Whether an element calls itself the article's body: some sites show it by a script, or behind a notice only."""
    parts = [name_words(said[name]) for name in ("id", "itemprop", "class") if name in said]
    return any(pair in _load_body_names() for names in parts for pair in pairwise(names))


@cache
def _load_body_names() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in _load_names()["bodies"].strip().splitlines())


@lru_cache(maxsize=8192)
def classify_names(names: str) -> str:
    """What names of classes and ids say: "furniture", "doubtful", or nothing."""
    furniture, doubtful, unless, holders = _load_name_lists()
    found = ""
    for name in names.split():
        if ":" in name:  # a utility that holds for some screens only
            continue
        parts = name_words(name)
        known = {*parts, *(f"{first} {second}" for first, second in pairwise(parts))}
        if not unless.isdisjoint(parts):
            continue
        if not furniture.isdisjoint(known):
            if holders.isdisjoint(parts):
                return "furniture"
            found = "doubtful"
        elif holders.isdisjoint(parts) and not doubtful.isdisjoint(known):
            found = "doubtful"
    return found


@cache
def _load_name_lists() -> tuple[frozenset[str], ...]:
    names = ("furniture", "doubtful", "unless", "holders")
    return tuple(frozenset(_load_names()[name].strip().splitlines()) for name in names)


@cache
def _load_names() -> Mapping[str, str]:
    import tomllib  # noqa: PLC0415  once, on first use

    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


def _replace_noscript(noscript: Element) -> None:
    """A picture that scripts would have shown takes the place of what they replace, unless it is there already."""
    images = [image for image in noscript.iter("img") if image.get("src")]
    beside = noscript.getprevious()
    shown = next(beside.iter("img"), None) if beside is not None and beside.tag in {"img", "picture"} else None
    if shown is not None and images and not pictures.choose_source(shown):
        shown.set("src", images[0].get("src"))
    if shown is not None or len(images) != 1 or text_of(noscript):
        drop_element(noscript)
