"""Links of a page: made absolute against its base, and only those with a safe scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import msgspec

from exporter.article import Block, Inline, Link, Text, map_contents

UNKNOWN_SITE = "https://unknown.invalid/"
"""Base of a page without an address, so that its links are seen as links until `remove_unknown_links`."""

_WHOLE_ADDRESS = re.compile(r"https?://[\w.-]+/[^#]*[^#?;]")
"""An address to which nothing is added, and in which nothing is changed: most links have one."""

_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "ftps", "doi", "geo", "xmpp", "irc", "news"})


class Links(msgspec.Struct, frozen=True):
    """Resolves a page's links; `base` is its absolute URL, or empty if it is unknown."""

    base: str = ""

    def absolute(self, address: str) -> str:
        """Return a link as an absolute URL; empty for scripts, local files and the page itself."""
        address = "".join(address.split())
        if _WHOLE_ADDRESS.fullmatch(address):
            return address
        if not address or address.startswith("#"):
            return ""
        try:
            whole = urljoin(self.base or ("https:" if address.startswith("//") else ""), address)
            scheme = urlsplit(whole).scheme.lower()
        except ValueError:
            return ""
        if scheme not in _SAFE_SCHEMES:
            return ""
        is_own = "#" in address and self.base and urldefrag(whole)[0] == urldefrag(self.base)[0]
        return "" if is_own else whole

    def fragment(self, address: str) -> str:
        """Return the id in this page to which a link leads, or empty."""
        place, _, name = address.strip().partition("#")
        if not name:
            return ""
        if place:
            try:
                whole = urldefrag(urljoin(self.base, place))[0]
            except ValueError:
                return ""
            if not self.base or whole != urldefrag(self.base)[0]:
                return ""
        return unquote(name)


def remove_unknown_links(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks with the words of links to `UNKNOWN_SITE` in place of these links."""
    return tuple(map_contents(block, _unlink, remove_unknown_links) for block in blocks)


def _unlink(content: Iterable[Inline]) -> tuple[Inline, ...]:
    kept: list[Inline] = []
    for inline in content:
        inner = _unlink(getattr(inline, "content", ()))
        is_unknown = isinstance(inline, Link) and inline.target.startswith(UNKNOWN_SITE)
        for part in inner if is_unknown else (msgspec.structs.replace(inline, content=inner) if inner else inline,):
            last = kept[-1] if kept else None
            if isinstance(part, Text) and isinstance(last, Text):
                kept[-1] = Text(last.text + part.text)
            else:
                kept.append(part)
    return tuple(kept)
