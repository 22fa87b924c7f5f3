"""Lists of references at the end of an article: under a heading, and leading to other sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from exporter.article import Block, Bullets, Heading, Inline, Link, Numbered, Paragraph, block_text
from exporter.readers import boilerplate

_MIN_REFERENCES = 2
"""Items of a list of references; a single link may lead anywhere."""


def find_references(blocks: tuple[Block, ...], host: str) -> frozenset[int]:
    """Return the numbers of the headings over lists of references, and of these lists; `host` is the page's own.

    Each item that is a link leads to another site: what leads to the page's own are its other articles.
    """
    found: set[int] = set()
    for number, block in enumerate(blocks[1:], 1):
        above = blocks[number - 1]
        if isinstance(block, Bullets | Numbered) and _may_head_references(above) and _leads_elsewhere(block, host):
            found |= {number - 1, number}
    return frozenset(found)


def _may_head_references(block: Block) -> bool:
    text = block_text(block)
    return isinstance(block, Heading) and (not boilerplate.classify(text) or boilerplate.is_doubtful(text))


def _leads_elsewhere(block: Bullets | Numbered, host: str) -> bool:
    """Whether the links of a list lead to sites other than the page's own, and to more than one."""
    if len(block.items) < _MIN_REFERENCES or not host:
        return False
    lines = [child.content for item in block.items for child in item.blocks if isinstance(child, Paragraph)]
    hosts = {_site_of(link.target) for line in lines for link in _iterate_links(line)}
    return len(hosts) > 1 and not hosts & {_site_of(f"//{host}"), ""}


def _iterate_links(content: Iterable[Inline]) -> Iterator[Link]:
    for inline in content:
        if isinstance(inline, Link):
            yield inline
        else:
            yield from _iterate_links(getattr(inline, "content", ()))


def _site_of(address: str) -> str:
    """Return the last two labels of an address's host, or empty."""
    try:
        return ".".join((urlsplit(address).hostname or "").split(".")[-2:])
    except ValueError:
        return ""
