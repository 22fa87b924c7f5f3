"""XML and HTML from strangers, in and out: parsed without entities, files or network, and written as whole pages."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element


_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,31};)?")


class ContainerFacts(msgspec.Struct, frozen=True):
    """What a container knows about an article that it holds; `published` is ISO 8601, `base` where links start from."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str = ""
    site: str = ""
    language: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    picture: str = ""


def build_page(facts: ContainerFacts, body: str) -> bytes:
    """Write a page in the terms that the HTML reader trusts most; `body` is HTML."""
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


def parse_xml(data: bytes, name: str, charset: str = "") -> _Element:
    """Parse XML; raises `SourceError` where it is none, or made to do harm. Entities stay unread.

    What is broken is mended as far as can be: feeds are full of HTML's entities and of bare ampersands.
    """
    from lxml import etree  # noqa: PLC0415  only what is XML pays for it

    data = data.lstrip()
    for text, recover in ((data, False), (_BARE_AMPERSAND.sub(_replace_entity, data), True)):
        parser = etree.XMLParser(
            encoding=charset or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=recover,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            if recover:
                raise damaged_error(name, error) from error
            continue
        break
    if root is None:
        raise damaged_error(name, ValueError("there is no XML in it"))
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise damaged_error(name, ValueError("it nests too deeply, or expands without end"))
    return root


def _replace_entity(found: re.Match[bytes]) -> bytes:
    """Write an entity of HTML by its number, and what is none as the ampersand that it begins with."""
    rest = found[1] or b""
    character = html5.get(rest.decode("ascii", "replace"), "")
    return "".join(f"&#{ord(part)};" for part in character).encode() if character else b"&amp;" + rest


def local_name(element: Any) -> str:
    """The name of an element without its namespace, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def inner_markup(element: _Element) -> str:
    """What an element holds, as markup without namespaces' prefixes."""
    from lxml import etree, html  # noqa: PLC0415

    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = etree.QName(part).localname
    return escape(element.text or "", quote=False) + "".join(
        html.tostring(child, encoding="unicode") for child in element
    )


def damaged_error(name: str, error: Exception) -> SourceError:
    """Make the error for a container that cannot be taken apart."""
    return SourceError(
        "opening", name, f"{type(error).__name__}: {error}", "Save or export it again, and name the new file."
    )
