"""XML and HTML of containers: parsed without entities, files or network, and written as whole pages."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.errors import SourceError, describe_error
from exporter.sources import xml_repair

if TYPE_CHECKING:
    from lxml.etree import _Element


BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
"""Bytes that may stand before markup or JSON: those of UTF-8's byte order mark, and white space."""


_CAPTION = re.compile(r'<p>(<img\b[^>]*>)</p>\s*<p class="caption">(.*?)</p>', re.DOTALL)


class ContainerFacts(msgspec.Struct, frozen=True):
    """The facts that a container states about an article in it, empty if unknown; `published` is ISO 8601."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str = ""
    site: str = ""
    language: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    picture: str = ""


def read_head(data: bytes, max_bytes: int) -> bytes:
    """Return the beginning of markup or JSON without what may stand before it; UTF-16 with its mark becomes UTF-8."""
    head = data[:max_bytes]
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(codec, "ignore").encode()
    return head.lstrip(BEFORE_MARKUP)


def is_web_address(address: str) -> bool:
    """Whether an address begins with ``http://`` or ``https://``."""
    return address.lower().startswith(("http://", "https://"))


def build_page(facts: ContainerFacts, body: str) -> bytes:
    """Write a page whose metadata the HTML reader trusts most (Open Graph); `body` is HTML."""
    pairs = [
        ("og:title", facts.title),
        ("og:site_name", facts.site),
        ("og:description", facts.description),
        ("og:image", facts.picture),
        ("article:published_time", facts.published or ""),
        *(("article:author", name) for name in facts.authors),
        *(("article:tag", tag) for tag in facts.tags),
    ]
    metas = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in pairs if value)
    authors = "".join(f'<meta name="author" content="{escape(name)}">' for name in facts.authors)
    link = f'<link rel="canonical" href="{escape(facts.url)}">' if facts.url else ""
    language = f' lang="{escape(facts.language)}"' if facts.language else ""
    head = f'<meta charset="utf-8"><title>{escape(facts.title)}</title>{metas}{authors}{link}'
    heading = f"<h1>{escape(facts.title)}</h1>" if facts.title and "<h1" not in body else ""
    whole = f"<!DOCTYPE html><html{language}><head>{head}</head><body><article>{heading}{body}</article></body></html>"
    return whole.encode("utf-8", "replace")


def join_captions(html: str) -> str:
    """Return HTML in which a paragraph of class ``caption`` is the caption of the picture right before it."""
    return _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)


def parse_xml(data: bytes, name: str, charset: str = "") -> _Element:
    """Parse XML without resolving entities; `name` is what errors call it, `charset` that of its HTTP headers.

    Damaged XML is repaired as far as possible (`xml_repair`). Raises `SourceError` if it is not XML, or nests or
    expands without end.
    """
    from lxml import etree  # noqa: PLC0415  7 ms, most sources are not XML

    text = xml_repair.decode_xml(data, charset)
    for recover in (False, True):
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=recover,
            remove_comments=True,
            remove_pis=True,
        )
        whole = xml_repair.repair_xml(text) if recover else text
        try:
            root = etree.fromstring(whole.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            if recover:
                raise damaged_error(name, error) from error
            continue
        break
    if root is None:
        raise damaged_error(name, "there is no XML in it")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise damaged_error(name, "it nests too deeply, or expands without end")
    return root


def local_name(element: Any) -> str:
    """Return the name of an element in lower case, without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def inner_markup(element: _Element) -> str:
    """Return the content of an element as markup; its elements lose their namespaces."""
    from lxml import html  # noqa: PLC0415  42 ms, few feeds hold markup that is not escaped

    for part in element.iter():
        if isinstance(part.tag, str):
            # A damaged name, which only the parser accepts, may end or begin with the colon of a prefix.
            part.tag = next(filter(None, reversed(re.split("[}:]", part.tag))), "span")
    return escape(element.text or "", quote=False) + "".join(
        html.tostring(child, encoding="unicode") for child in element
    )


def damaged_error(name: str, reason: str | Exception) -> SourceError:
    """Make the error for a container that cannot be read; `reason` is the exception of a library, or our own words."""
    cause = describe_error(reason, "Damaged") if isinstance(reason, Exception) else f"Damaged: {reason}"
    return SourceError("opening", name, cause, "Save or export it again, and name the new file.")


def empty_entry_error(name: str) -> SourceError:
    """Make the error for an entry of a feed or an export that has neither an article nor an address."""
    cause = "EmptySource: the entry has no text and no link"
    return SourceError("reading an entry", name, cause, "Read the other entries, or name the page of this one.")
