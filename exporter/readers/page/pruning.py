"""Prunes the tree: drops scripts and controls, hidden elements, and what tag, role or name mark as boilerplate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from exporter.data_tables import read_table
from exporter.errors import SourceError
from exporter.readers.page import figure_search, formula_elements, pictures, teasers
from exporter.readers.page.dom import (
    Element,
    count_link_chars,
    drop_element,
    is_unseen,
    name_words,
    parse_html,
    text_of,
)
from exporter.readers.page.page_account import PageAccount
from exporter.readers.text_tests import ends_sentence

_NON_CONTENT_TAGS = frozenset(
    "script style template iframe object embed applet canvas button input select option textarea datalist progress "
    "meter audio link label meta base amp-ad amp-embed amp-iframe amp-analytics amp-sidebar amp-social-share "
    "amp-consent amp-audio amp-lightbox amp-lightbox-gallery amp-image-lightbox frame frameset noframes map".split()
)
_NON_CONTENT_REASONS = {
    "form": "a form",
    "iframe": "what a browser without frames would show",
    "noframes": "what a browser without frames would show",
    "audio": "what a browser without sound would show",
    "object": "what a browser without the embedded object would show",
    "canvas": "what a browser without drawings would show",
}
"""Why the text of an element that is not content goes; most are controls."""

_PAGE_TAGS = frozenset({"body", "article", "main", "html"})
_GRAPHIC_TAGS = ("img", "svg", "figure", "math", "mjx-container", "picture")
_BOILERPLATE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist tooltip "
    "status form button".split()
)
# The numbers were chosen by reading pages; no measurement.

_MAX_BOILERPLATE_SHARE = 0.4
"""Share of the page's letters: an element that holds more is content, whatever it is called."""

_MIN_CONTENTS_LINKS = 2
"""Links of a table of contents."""

_MAX_SIGN_UP_CHARS = 600
"""The same for a form with a field for a mail address; in some pages a form is around everything."""

_MAX_ARIA_LABEL_WORDS = 4
"""Words of an ``aria-label`` that names a part of the page; longer ones describe its contents."""

_FIELD_TAGS = ("input", "select", "textarea", "button")
"""What a reader fills in or presses in a form."""

_FRAME_TAGS = frozenset({"header", "footer", "nav"})
"""Boilerplate outside the page's main part, however much text they hold."""

_TAGS_JUDGED_WITHOUT_ATTRIBUTES = frozenset({"nav", "dialog", "header", "footer", "ul", "ol", "article"})
"""Elements that may be boilerplate even without attributes."""

_NAME_ATTRIBUTES = ("class", "id", "data-testid", "data-component")
_BOX_TAGS = frozenset({"div", "section", "aside", "ul", "ol"})
_PART_TAGS = frozenset(
    "div section aside ul ol dl p span header footer form figure li table details a small address".split()
)


def prune_page(
    root: Element,
    account: PageAccount,
    kept: Collection[Element] = (),
    others: Mapping[Element, str] = MappingProxyType({}),
    *,
    whole: bool = False,
) -> bool:
    """Drop boilerplate from the tree and what is of `others` (with the reason), but not the note marks in `kept`.

    If `whole` is set, all of the page is the article: only scripts, controls and the like go. Returns whether there was
    boilerplate: a page without it is nothing but its article.
    """
    body = root.find("body")
    if body is None:
        return False
    for film in body.iter("video"):
        account.drop(film, "what a browser without films would show")
        film.text = None
        del film[:]
    for element in list(body.iter("noscript", "form", *_NON_CONTENT_TAGS)):
        if element in kept or formula_elements.is_formula(element) or _is_task_checkbox(element):
            continue
        if element.tag == "button" and figure_search.is_captioned_picture(element):
            element.tag = "div"  # a click enlarges the picture
        elif element.tag == "noscript":
            account.drop(element, "what a browser without scripts would show")
            _replace_noscript(element)
        elif element.tag != "form" or _is_small_form(element):
            account.drop(element, _NON_CONTENT_REASONS.get(element.tag, "a control of the page"))
            drop_element(element)
    return not whole and _drop_boilerplate(body, account, kept, others)


def _is_small_form(form: Element) -> bool:
    """Whether a form has something to fill in, and holds too little running text to be around the article."""
    if all(field.get("type") == "hidden" for field in form.iter(*_FIELD_TAGS)):
        return False
    return teasers.count_plain_chars(form) < (_MAX_SIGN_UP_CHARS if _has_mail_field(form) else teasers.MAX_PLAIN_CHARS)


def _is_task_checkbox(element: Element) -> bool:
    """Whether an element is the checkbox of a task list, or its label."""
    is_part = element.tag == "label" or element.get("type") == "checkbox"
    return is_part and next(element.iterancestors("li"), None) is not None


def _has_mail_field(form: Element) -> bool:
    """Whether a form has a field for a mail address."""
    return any("mail" in f"{field.get('type', '')} {field.get('name', '')}".lower() for field in form.iter("input"))


def _drop_boilerplate(
    body: Element, account: PageAccount, kept: Collection[Element], others: Mapping[Element, str]
) -> bool:
    """Drop what is hidden, and what tag, role or name mark as boilerplate; returns whether there was any of it."""
    had_boilerplate = False
    limit = _MAX_BOILERPLATE_SHARE * max(len(text_of(body)), 1)
    has_main = next(body.iter("main", "article"), None) is not None
    waiting = [body]
    while waiting:
        for element in list(waiting.pop()):
            if element.tag in {"pre", "code"}:
                continue  # names within a listing are those of its words
            attributes = dict(element.items())
            if not attributes and element not in others and element.tag not in _TAGS_JUDGED_WITHOUT_ATTRIBUTES:
                waiting.append(element)
                continue
            unseen = _find_unseen_reason(element, attributes)
            frame = has_main and element.tag in _FRAME_TAGS and _is_outside_main(element)
            may_go = unseen or frame or element in others or _is_boilerplate(element, attributes)
            if not may_go or element in kept:
                waiting.append(element)
                continue
            large = len(text_of(element)) >= limit and not frame
            if element not in others and (large or next(element.iter("h1"), None) is not None):
                waiting.append(element)  # it holds the title, or much of the page
                continue
            had_boilerplate = had_boilerplate or not unseen
            account.drop(element, unseen or others.get(element) or _describe_mark(element))
            drop_element(element)
    return had_boilerplate


def _find_unseen_reason(element: Element, attributes: Mapping[str, str]) -> str:
    """Return why an element is no part of what the page says: it is hidden, or its contents list; empty if it is."""
    if attributes and _is_hidden(element, attributes):
        return "hidden by the page"
    return "a table of contents" if _is_table_of_contents(element) else ""


def _describe_mark(element: Element) -> str:
    """Return by what a page marks an element as boilerplate."""
    if element.tag in _FRAME_TAGS | {"dialog"}:
        return f"boilerplate: the page marks it as {element.tag}"
    if teasers.is_teaser(element, dict(element.items())):
        return teasers.TEASER
    if role := element.get("role"):
        return f"boilerplate: its role is {role}"
    return "boilerplate by its name in the page"


def _is_outside_main(element: Element) -> bool:
    """Whether an element is neither in the main part of a page nor around it."""
    around = any(holder.tag in {"main", "article"} for holder in element.iterancestors())
    return not around and next(element.iter("main", "article"), None) is None


def _is_boilerplate(element: Element, attributes: Mapping[str, str]) -> bool:
    """Whether an element is a teaser, or marked as boilerplate without being a picture with its caption."""
    if teasers.is_teaser(element, attributes):
        return True
    return _is_marked(element, attributes) and not figure_search.is_captioned_picture(element)


def _is_marked(element: Element, attributes: Mapping[str, str]) -> bool:
    """Whether tag, role or name mark an element as boilerplate."""
    tag = element.tag
    if tag in _PAGE_TAGS or (tag == "a" and pictures.is_full_image_url(element.get("href", ""))):
        return False
    if tag in {"nav", "dialog"}:
        return True
    if tag == "footer":
        return not any(holder.tag in {"blockquote", "figure"} for holder in element.iterancestors())
    if not attributes:
        return False
    if attributes.get("role") in _BOILERPLATE_ROLES:
        return attributes["role"] != "button" or not _enlarges_picture(element)
    kind = _classify_part(tag, attributes) if tag in _PART_TAGS else ""
    if not kind or element.find("pre") is not None or (tag == "span" and _is_within_sentence(element)):
        return False  # it may be a listing with a toolbar
    limit = teasers.MAX_PLAIN_CHARS if tag != "p" else 1  # some pages name each paragraph after the paywall
    return kind == "furniture" or (kind == "doubtful" and teasers.count_plain_chars(element) < limit)


def _classify_part(tag: str, attributes: Mapping[str, str]) -> str:
    """Return "furniture" or "doubtful" if names or label of a part say so, or what it is hidden from; else empty."""
    names = [attributes[name] for name in _NAME_ATTRIBUTES if name in attributes]
    label = attributes.get("aria-label", "") if tag in {"section", "aside"} else ""
    if label and len(label.split()) <= _MAX_ARIA_LABEL_WORDS:
        names.append(label)
    kind = classify_names(" ".join(names))
    if tag in _BOX_TAGS and ("data-nosnippet" in attributes or attributes.get("aria-hidden") == "true"):
        return kind or "doubtful"  # the page asks search engines or screen readers to leave it out
    return kind


def _enlarges_picture(button: Element) -> bool:
    """Whether a button stands in a figure, or beside the caption of the picture in it."""
    holder = button.getparent()
    return holder.tag == "figure" or (not text_of(button) and figure_search.is_captioned_picture(holder))


def _is_within_sentence(element: Element) -> bool:
    """Whether words of a sentence stand on both sides of an element."""
    before = element.getprevious()
    words = (element.getparent().text if before is None else before.tail) or ""
    after = (element.tail or "").strip()
    return bool(words.strip()) and not ends_sentence(words) and any(map(str.isalpha, after))


def _is_table_of_contents(element: Element) -> bool:
    """Whether a list is a table of contents: its links, at least four fifths of its text, lead into the page itself."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = list(element.iter("a"))
    if len(links) < _MIN_CONTENTS_LINKS or not all(link.get("href", "").startswith("#") for link in links):
        return False
    return count_link_chars(element) * 10 >= len(text_of(element)) * 8


def _is_hidden(element: Element, attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden; one that holds pictures or formulas may be shown by a script."""
    if "hidden" in attributes:
        hides = attributes["hidden"] != "until-found"
    elif attributes.get("aria-hidden") == "true":
        hides = next(element.iterancestors("figure"), None) is None
    elif "hidden" in attributes.get("class", "").split():
        hides = ":" not in attributes["class"]  # with a colon, the name hides on some screens only
    elif "style" in attributes:
        hides = is_unseen(element)
    else:
        return False
    if hides and _is_named_body(attributes):
        return False
    return hides and next((True for inner in element.iter(*_GRAPHIC_TAGS) if inner is not element), False) is False


def _is_named_body(attributes: Mapping[str, str]) -> bool:
    """Whether an element is named as the article's body, which some sites hide until a script runs."""
    parts = [name_words(attributes[name]) for name in ("id", "itemprop", "class") if name in attributes]
    return any(pair in _load_body_names() for names in parts for pair in pairwise(names))


@cache
def _load_body_names() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in _load_names()["bodies"].strip().splitlines())


def classify_names(names: str) -> str:
    """Return "furniture" if class names or ids mark boilerplate, "doubtful" if they may, else empty."""
    kinds = {*map(_classify_name, names.split())}
    return "furniture" if "furniture" in kinds else "doubtful" if "doubtful" in kinds else ""


@lru_cache(maxsize=8192)
def _classify_name(name: str) -> str:
    """Return the same for one name."""
    parts = () if ":" in name else name_words(name)  # with a colon, it applies on some screens only
    furniture, doubtful, unless, holders = _load_name_lists()
    if not unless.isdisjoint(parts):
        return ""
    found_words = {*parts, *(f"{first} {second}" for first, second in pairwise(parts))}
    if not furniture.isdisjoint(found_words):
        return "furniture" if holders.isdisjoint(parts) and not _is_variant(name) else "doubtful"
    return "doubtful" if holders.isdisjoint(parts) and not doubtful.isdisjoint(found_words) else ""


def _is_variant(name: str) -> bool:
    """Whether only the modifier of a name (BEM) says so: "part--ads" may be a part with advertisements."""
    base, mark, _ = name.partition("--")
    return bool(mark) and classify_names(base) != "furniture"


@cache
def _load_name_lists() -> tuple[frozenset[str], ...]:
    names = ("furniture", "doubtful", "unless", "holders")
    return tuple(frozenset(_load_names()[name].strip().splitlines()) for name in names)


@cache
def _load_names() -> Mapping[str, str]:
    return read_table(Path(__file__).parent / "names.toml")


def _replace_noscript(noscript: Element) -> None:
    """Keep the single picture of a ``noscript``, or its source for an empty picture before it; else drop it."""
    if (noscript.text or "").lstrip().startswith("<"):
        _parse_noscript(noscript)
    images = [image for image in noscript.iter("img") if image.get("src")]
    beside = noscript.getprevious()
    shown = next(beside.iter("img"), None) if beside is not None and not text_of(beside) else None
    if shown is not None and images and (not pictures.choose_source(shown) or "lazy" in shown.get("class", "").lower()):
        if not shown.get("alt"):
            shown.set("alt", images[0].get("alt", ""))
        shown.set("src", images[0].get("src"))
    if shown is not None or len(images) != 1 or text_of(noscript):
        drop_element(noscript)


def _parse_noscript(noscript: Element) -> None:
    """Put the pictures in the escaped source of a ``noscript`` into it as elements."""
    try:
        inner = parse_html(noscript.text, "noscript")
    except SourceError:
        return
    noscript.text = None
    noscript.extend(list(inner.iter("img")))
