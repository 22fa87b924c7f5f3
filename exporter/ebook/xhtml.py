"""What all XHTML documents of a book share: elements, clean text, the head, and the text of a document."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from exporter.language_tags import parse_language_tag

Element = Any
"""An lxml element: the library has no type annotations."""

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
EPUB_TYPE = f"{{{EPUB}}}type"
XML_LANG = f"{{{XML}}}lang"

_XHTML = f"{{{XHTML}}}"

# Forbidden in XML 1.0, not characters at all, or invisible format characters that Kindle shows as boxes
# (Kindle Publishing Guidelines: only space, no-break space and zero-width non-joiner).
_FORBIDDEN_CHARS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2060\ufeff]|[\U0001fffe-\U0001ffff]"
)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})


def clean_text(text: str) -> str:
    """Return text without the characters that a book cannot contain, its line ends as line feeds."""
    if text.isprintable():
        return text
    return _FORBIDDEN_CHARS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """Return text as one clean line."""
    return " ".join(clean_text(text).split())


def clean_title(text: str) -> str:
    """Return a title as one clean line, or a dash if it is empty: a link needs a name."""
    return clean_line(text) or "–"


def fold_letters(text: str) -> str:
    """Return the letters and digits of a text, case-folded: by them texts are compared."""
    return "".join(filter(str.isalnum, text.casefold()))


def text_direction(tag: str) -> str:
    """Return the writing direction of a language tag: ltr or rtl."""
    first, _, rest = tag.lower().partition("-")
    if rest.startswith("latn"):
        return "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT or rest.startswith(("arab", "hebr")) else "ltr"


def add_element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an XHTML element with text; an attribute that is a Python keyword takes a ``_`` after its name."""
    element = etree.SubElement(parent, _XHTML + tag)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_").replace("_", "-"), clean_text(value))
    if text:
        element.text = clean_text(text)
    return element


def add_text(parent: Element, text: str) -> None:
    """Add text after the content of an element."""
    text = clean_text(text)
    last = next(parent.iterchildren(reversed=True), None)  # `len` would count all children each time
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def move_end_space(element: Element) -> None:
    """Move the white space at the end of an element behind it: a highlight would show it."""
    last = next(element.iterchildren(reversed=True), None)
    text = (element.text if last is None else last.tail) or ""
    kept = text.rstrip()
    if kept == text:
        return
    if last is None:
        element.text = kept
    else:
        last.tail = kept
    element.tail = text[len(kept) :] + (element.tail or "")


def set_language(element: Element, tag: str, direction_: str = "") -> None:
    """Set the language and the direction of an element; a tag that is not well formed is left out."""
    if tag := parse_language_tag(tag):
        element.set("lang", tag)
        element.set(XML_LANG, tag)
    if direction_:
        element.set("dir", direction_)


def begin_page(title: str, tag: str, style: str) -> tuple[Element, Element]:
    """Begin a document with its title, language tag and style sheet; returns its root and its body."""
    html = etree.Element(_XHTML + "html", nsmap={None: XHTML, "epub": EPUB})
    # A document must have a language: `und` is the tag of an undetermined one.
    set_language(html, parse_language_tag(tag) or "und", "rtl" if text_direction(tag) == "rtl" else "")
    head = add_element(html, "head")
    add_element(head, "title", title)
    add_element(head, "link", rel="stylesheet", type="text/css", href=style)
    return html, add_element(html, "body")


def serialize(html: Element) -> bytes:
    """Serialize a document as XML."""
    return bytes(etree.tostring(html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"))


_INLINE_TAGS = frozenset(_XHTML + tag for tag in "a cite code em img rt ruby s span strong sub sup time".split())
# What the book adds to the text of the article, by element and by class.
_ADDED_TAGS = frozenset({f"{_XHTML}rt", f"{_XHTML}header"})
_ADDED_CLASSES = frozenset({"mark", "label", "check", "missing", "unnamed", "formula"})


def extract_text(root: Element) -> str:
    """Return the text of an element, with the alternative text of formulas and pictures, each block on its own line.

    This is the text of the article, without what the book adds: the header, note marks, ruby readings, check marks,
    and names of formulas that had none.
    """
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        skipped = element.tag in _ADDED_TAGS or element.get("class") in _ADDED_CLASSES
        if event == "start":
            if skipped:
                walk.skip_subtree()
            elif element.tag.endswith("}math"):
                pieces.append(element.get("alttext", ""))
                walk.skip_subtree()
            else:
                pieces.append(
                    ("" if element.tag in _INLINE_TAGS else "\n") + (element.get("alt") or element.text or "")
                )
        elif element is not root:
            inline = element.tag in _INLINE_TAGS or skipped or element.tag.endswith("}math")
            pieces.append(("" if inline else "\n") + (element.tail or ""))
    return "".join(pieces)
