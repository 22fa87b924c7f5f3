"""Parses HTML within limits, and reads text and names of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from exporter.control_characters import holds_controls, remove_controls
from exporter.errors import SourceError, describe_error

Element: TypeAlias = HtmlElement

MAX_ELEMENTS = 400_000
"""Limit on the elements of a page: the longest books in one file stay below a tenth of it."""

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)

PROGRAM_TAGS = frozenset({"script", "style", "template", "title", "desc", "metadata"})
"""Elements whose text is never shown: programs and styles, and the names of drawings."""

_UNREAD_TAGS = frozenset({"script", "style", "template", "noscript", "textarea"})
"""Elements whose text is code; of most pages it is longer than the article."""

_HEAD_TAGS = frozenset("title meta link style script base noscript template object".split())
"""Elements that belong to the head of a page."""

MAX_ATTRIBUTES = 500
"""Limit on the attributes of one element: the parser's time grows with the square of their number."""

_MIN_BOMB_EQUALS_SIGNS = 20_000
"""Only pages with more equals signs are searched for an element with too many attributes, to save the time."""

_ATTRIBUTE_BOMB = re.compile(
    r"<[a-z][^\s<>]*(?:\s+[^\s=<>\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)"
    f"{{{MAX_ATTRIBUTES + 1}}}",
    re.IGNORECASE,
)
_UNREADABLE_REFERENCE = re.compile(
    r"&#(?:x0*([01]?[0-9a-f]|7f|d[89a-f][0-9a-f]{2}|fff[ef])|0*([12]?\d|3[01]|127|5[5-7]\d{3}|6553[45]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
"""A reference to a control character, a surrogate or a noncharacter; and to a few others, which stay."""

_DELETE, _FIRST_SURROGATE, _LAST_SURROGATE = 0x7F, 0xD800, 0xDFFF
_MAX_PROLOGUE_CHARS = 4096
"""Characters in which a document type with an internal subset is searched."""

_MAX_SUBSET_CHARS = 32_768
"""Characters from the beginning up to which such a subset may go."""

# An internal subset may define entities; nothing in a page needs one.
_INTERNAL_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,2000}\[(?:[^<]|<(?!!DOCTYPE))*?\]\s*>", re.IGNORECASE | re.DOTALL)
_CLASS_NAME = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]+(?=\d*(?![A-Za-z0-9]))"
)  # a name with digits inside is a number or a hash
_NAME_ATTRIBUTES = ("class", "id", "itemprop")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def parse_html(text: str, name: str) -> Element:
    """Parse a page; errors call it `name`. Raises `SourceError` if it is empty or exceeds a limit."""
    text = _UNREADABLE_REFERENCE.sub(_resolve_control, text.replace("\x0c", " "))
    data = text.encode("utf-8", "replace")
    if holds_controls(data):
        text = remove_controls(text)
        data = text.encode("utf-8", "replace")
    if text.count("=") > _MIN_BOMB_EQUALS_SIGNS and _ATTRIBUTE_BOMB.search(text):
        raise _source_error(name, f"TooLarge: an element has more than {MAX_ATTRIBUTES} attributes")
    if "[" in text[:_MAX_PROLOGUE_CHARS] and "<!doctype" in text[:_MAX_PROLOGUE_CHARS].lower():
        head, rest = text[:_MAX_SUBSET_CHARS], text[_MAX_SUBSET_CHARS:]
        data = (_INTERNAL_SUBSET.sub("<!DOCTYPE html>", head, count=1) + rest).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    # One class for all elements, because the library's own lookup by tag takes longer than parsing.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        root = None
        if not parser.error_log:
            raise _source_error(name, describe_error(error, "BadMarkup")) from error
    limits = [entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if limits:
        raise _source_error(name, f"TooLarge: {limits[0].partition(', use XML_PARSE_HUGE')[0]}")
    if root is None:
        raise SourceError("reading", name, "EmptyPage: it holds no text", "Give a page that holds text.")
    if root.xpath("count(//*)") > MAX_ELEMENTS:
        raise _source_error(name, f"TooLarge: it has more than {MAX_ELEMENTS} elements")
    _move_out_of_head(root)
    for image in list(root.iter("amp-img", "amp-anim")):
        image.tag = "img"
        del image[:]
    return root


def _move_out_of_head(root: Element) -> None:
    """Move into the body what the parser puts into the head: it knows no ``header``, ``main`` or ``article``."""
    head = root.find("head")
    first = next((child for child in head if child.tag not in _HEAD_TAGS), None) if head is not None else None
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    strays = [first, *first.itersiblings()]
    body[0:0] = strays
    if body.text:
        strays[-1].tail = f"{strays[-1].tail or ''}{body.text}"
        body.text = None


def _source_error(name: str, cause: str) -> SourceError:
    return SourceError("reading", name, cause, "Save it again from a browser's reader view, or split it.")


def text_of(element: Element) -> str:
    """Return all text in an element, its white space collapsed."""
    # Twice as fast as `itertext`.
    return collapse_space(etree.tostring(element, encoding="unicode", method="text", with_tail=False))


def count_link_chars(element: Element) -> int:
    """Return how many characters of an element's text are in links."""
    return sum(len(text_of(link)) for link in element.iter("a"))


def collapse_space(text: str) -> str:
    """Collapse each run of white space to one space, and strip the ends."""
    return " ".join(text.split())


def class_and_id(element: Element) -> str:
    """Return class and id of an element as one string."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def has_name(element: Element, words: frozenset[str]) -> bool:
    """Whether a name of an element has one of some lower-case words: its class, id, property, a tag with a hyphen."""
    names = [name for attribute in _NAME_ATTRIBUTES if (name := element.get(attribute))]
    return any(_has_word(name, words) for name in (*names, element.tag if "-" in element.tag else ""))


def _has_word(name: str, words: frozenset[str]) -> bool:
    plain = name.lower()  # most names are not worth dividing into words
    return any(word in plain for word in words) and not words.isdisjoint(name_words(name))


def iter_passages(body: Element) -> Iterator[str]:
    """Yield the runs of text of a page between two tags, without those of its programs and styles."""
    for element in body.iter():
        for text in (None if element.tag in _UNREAD_TAGS else element.text, element.tail):
            if text and not text.isspace():
                yield text


def plain_style(element: Element) -> str:
    """Return the ``style`` of an element in lower case and without white space, or empty."""
    style = element.get("style")
    return "".join(style.split()).lower() if style else ""


def is_unseen(element: Element) -> bool:
    """Whether attributes of an element itself hide it and all it holds."""
    if element.get("hidden", "until-found") != "until-found":
        return True
    style = plain_style(element)
    return "display:none" in style or "visibility:hidden" in style


@lru_cache(maxsize=8192)
def name_words(names: str) -> tuple[str, ...]:
    """Split class names and ids into lower-case words: ``relatedStories-box`` is related, stories, box."""
    parts = ([name] if name.islower() else _NAME_WORD.findall(name) for name in _CLASS_NAME.findall(names))
    return tuple(word.lower() for words in parts for word in words)


def _resolve_control(reference: re.Match[str]) -> str:
    """Return the control character that a reference means, or a reference to another character as it is."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_control = code < ord(" ") and chr(code) not in "\t\n\r"
    if is_control or code == _DELETE:
        return chr(code)
    is_surrogate = _FIRST_SURROGATE <= code <= _LAST_SURROGATE
    return "" if is_surrogate or code in (0xFFFE, 0xFFFF) else reference[0]


def drop_element(element: Element) -> None:
    """Remove an element from its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if tail := element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)
