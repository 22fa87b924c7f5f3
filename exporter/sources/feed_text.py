"""The text of a feed's entries: HTML, plain text or markup, as their types say or as they turn out to be."""

from __future__ import annotations

import base64
import binascii
import re
from html import escape, unescape
from typing import TYPE_CHECKING

from exporter.document import Document
from exporter.readers.page.html_encoding import decode_html
from exporter.sources.markup import ContainerFacts, build_page, inner_markup

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
_CLOSING_TAG = re.compile(r"</[a-zA-Z][\w:-]*\s*>|<(?:br|hr|img)\b[^<>]*>")
_NAMED_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][\w:-]*)(?:\s[^<>]*)?>")
_EMPTY_ELEMENT = re.compile(r"<(?:br|hr|img|wbr)\b[^<>]*>|<[a-zA-Z][^<>]*/>")
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)(?:\]\]>)?\s*\Z", re.DOTALL)
_TRUNCATION = re.compile(
    r"(?:\[?(?:…|\.{3})\]?|read (?:more|on|the (?:full|rest)[\w ]*)|continue reading[^.]*"
    r"|weiterlesen|lire la suite|leer más)"
    r"[\s→»>.…]*$",
    re.IGNORECASE,
)
_TRUNCATION_TAIL_CHARS = 80  # where the marks of a shortened text are searched

_PLAIN_TYPES = frozenset({"text", "text/plain"})
_MARKUP_TYPES = frozenset({"", "html", "xhtml", "text/html", "escaped"})

_MAX_OPENING_CHARS = 80
"""Characters of a title that is made of the first words of an entry without one."""


def read_markup(element: _Element, *, is_atom: bool) -> str:
    """Return the content of an element as HTML.

    Atom says in the attribute ``type`` what it is, and takes it for plain text if there is none; RSS has HTML or plain
    text, which only the content shows.
    """
    kind = element.get("type", "").strip().lower()
    if kind == "xhtml" or element.get("mode") == "xml" or len(element):
        return inner_markup(element)
    text = unwrap_cdata((element.text or "").strip())
    if element.get("mode") == "base64" or _is_binary_type(kind):
        return _guess_markup(_decode_base64(text))
    if is_atom and (kind in _PLAIN_TYPES or (not kind and not _CLOSING_TAG.search(text))):
        return wrap_paragraphs(text)
    return _guess_markup(text)


def read_title(element: _Element, *, is_atom: bool) -> str:
    """Return a title as plain text."""
    text = "".join(element.itertext()) if len(element) else unwrap_cdata((element.text or "").strip())
    if is_atom and element.get("type", "text").strip().lower() in _PLAIN_TYPES:
        return " ".join(text.split())
    return " ".join(unescape(strip_tags(text)).split())


def strip_tags(html: str) -> str:
    """Return HTML without its elements' tags; a tag that is never closed is meant as words ("the <b> tag")."""
    opened: dict[str, list[int]] = {}
    paired: set[int] = set()
    for tag in _NAMED_TAG.finditer(html):
        if not tag["closing"]:
            opened.setdefault(tag["name"], []).append(tag.start())
        elif opened.get(tag["name"]):
            paired |= {opened[tag["name"]].pop(), tag.start()}
    text = _NAMED_TAG.sub(lambda tag: "" if tag.start() in paired else tag[0], html)
    return _EMPTY_ELEMENT.sub(" ", text)


def unwrap_cdata(text: str) -> str:
    """Return what an escaped CDATA section holds; any other text as it is."""
    found = _CDATA.match(text)
    return found[1].strip() if found else text


def wrap_paragraphs(text: str) -> str:
    """Return plain text as HTML: a blank line ends a paragraph."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def visible_text(html: str) -> str:
    """Return the words of HTML on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def is_whole(html: str, min_chars: int) -> bool:
    """Whether a text is long enough to be the article, and does not end as a shortened one."""
    text = visible_text(html)
    return len(text) >= min_chars and not _TRUNCATION.search(text[-_TRUNCATION_TAIL_CHARS:])


def opening_words(html: str) -> str:
    """Return the first words of a text, as the title of an entry that has none; empty if it has no words."""
    text = visible_text(html)
    if len(text) <= _MAX_OPENING_CHARS:
        return text
    sentence = re.match(rf".{{10,{_MAX_OPENING_CHARS}}}?[.!?](?=\s)", text)
    return sentence[0].rstrip(".") if sentence else text[:_MAX_OPENING_CHARS].rsplit(" ", 1)[0] + " …"


def _guess_markup(text: str) -> str:
    """Return text of unknown type as HTML: with tags it is HTML, with escaped ones HTML that was escaped twice."""
    if _TAG.search(text):
        return text
    if "&lt;" in text and _TAG.search(unescaped := unescape(text)):
        return unescaped
    return wrap_paragraphs(unescape(text))


def _is_binary_type(kind: str) -> bool:
    """Whether content of a media type is in base64: Atom's rule for all but text and XML."""
    if kind in _MARKUP_TYPES or kind in _PLAIN_TYPES or "/" not in kind:
        return False
    return not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _decode_base64(text: str) -> str:
    try:
        return decode_html(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return text


def make_item_document(facts: ContainerFacts, text: str, name: str) -> Document:
    """Return the text of an item of a feed or an export (HTML) as a document; `name` is used if it has no address."""
    return Document(
        facts.url or name,
        build_page(facts, text),
        url=facts.url or None,
        media_type="text/html",
        title=facts.title or opening_words(text),
        published=facts.published,
        tags=facts.tags,
        whole=True,
    )
