"""The pages of a feed: the newest works, then pages of a fixed number counted from the oldest (RFC 5005).

So that one more work changes the first page only: the others hold the same works for ever.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.publishing.shelf import ShelvedWork


class FeedPage(msgspec.Struct, frozen=True):
    """A page: the name of its file, its works, newest first, and the names of its neighbours, empty for none.

    `next` leads to older works, `previous` to newer ones.
    """

    name: str
    works: tuple[ShelvedWork, ...]
    next: str = ""
    previous: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What its content depends on."""
        return self.name, self.next, self.previous, [work.key for work in self.works]

    @property
    def is_archive(self) -> bool:
        """Whether it is one of the pages whose works stay the same."""
        return bool(self.previous)


def cut_pages(works: Sequence[ShelvedWork], size: int, stem: str, suffix: str) -> list[FeedPage]:
    """Cut works, newest first, into pages called ``stem.suffix`` (the newest), ``stem-1.suffix`` (the oldest), ...

    An archive page is full; it is left out where the first page holds all its works.
    """
    count = -(-max(0, len(works) - size) // size)
    names = [f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(count, 0, -1)), ""]
    oldest = works[::-1]
    pages = [tuple(works[:size])]
    pages += [tuple(oldest[(number - 1) * size : number * size][::-1]) for number in range(count, 0, -1)]
    return [
        FeedPage(names[place], held, names[place + 1], names[place - 1] if place else "")
        for place, held in enumerate(pages)
    ]
