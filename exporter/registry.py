"""Names of readers, sources, exporters, engines: one literal, lazy table, and the entry points of other packages.

Nothing is imported before it is used. Another package adds a member under the entry-point group ``exporter.<family>``
(say ``exporter.readers``); a name that is taken already is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from os.path import commonprefix
from types import MappingProxyType
from typing import Any, Literal

from exporter.errors import UsageError

Family = Literal["sources", "readers", "exporters", "engines"]

# Sources and readers are asked in this order whether they recognise a document; the last reader takes any text.
TABLE: Mapping[Family, Mapping[str, str]] = MappingProxyType(
    {
        "sources": MappingProxyType(
            {
                "feed": "exporter.sources.feeds",
                "outline": "exporter.sources.opml",
                "bookmarks": "exporter.sources.bookmarks",
                "table": "exporter.sources.csv_lists",
                "wallabag": "exporter.sources.wallabag",
                "mhtml": "exporter.sources.mhtml",
                "warc": "exporter.sources.warc",
                "book": "exporter.sources.epub_source",
                "zip": "exporter.sources.zips",
            }
        ),
        "readers": MappingProxyType(
            {
                "saved": "exporter.readers.saved_article",
                "html": "exporter.readers.html",
                "markdown": "exporter.readers.markdown",
                "text": "exporter.readers.text",
            }
        ),
        "exporters": MappingProxyType(
            {
                "epub": "exporter.exporters.epub",
                "script": "exporter.exporters.spoken_script",
                "audio": "exporter.exporters.audio",
                "readaloud": "exporter.exporters.readaloud",
            }
        ),
        "engines": MappingProxyType(
            {
                "system": "exporter.engines.system:SystemEngine",
                "silence": "exporter.engines.silence:SilenceEngine",
                "command": "exporter.engines.command:CommandEngine",
                "neural": "exporter.engines.neural:NeuralEngine",
            }
        ),
    }
)


def names(family: Family) -> tuple[str, ...]:
    """Every name of a family, ours first; raises `UsageError` where two members share a name."""
    return (*TABLE[family], *_list_plugins(family))


def load(family: Family, name: str) -> Any:
    """Import the member called `name`; raises `UsageError` with the nearest right name."""
    where = TABLE[family].get(name)
    if where is None:
        where = _list_plugins(family).get(name)
    if where is None:
        raise unknown_name(f"choosing one of the {family}", name, names(family))
    module, _, attribute = where.partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded


def unknown_name(problem: str, name: str, known: tuple[str, ...]) -> UsageError:
    """Make the error for a name that nobody has, with the nearest right one as remedy."""
    near = find_nearest(name, known)
    remedy = f"Did you mean {near!r}?" if near else f"Choose one of: {', '.join(known)}."
    return UsageError(problem, name, "UnknownName: there is none of that name", remedy)


def find_nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name that is most like a wrong one, if any is."""
    import difflib  # noqa: PLC0415  only a wrong name pays for it

    near = difflib.get_close_matches(name.lower(), known, cutoff=0.6)
    # Among names that are about as near, the one that begins alike is meant.
    return max(near, key=lambda other: len(commonprefix((name.lower(), other))), default=None)  # noqa: RUF071  letters are meant


def _list_plugins(family: Family) -> dict[str, str]:
    """Names and places of members that other packages bring."""
    # importlib.metadata reads every installed package: only a name that is not ours pays for it.
    from importlib.metadata import entry_points  # noqa: PLC0415

    found: dict[str, str] = {}
    for point in entry_points(group=f"exporter.{family}"):
        if point.name in TABLE[family] or point.name in found:
            raise UsageError(
                f"loading {family}",
                point.name,
                f"NameClash: {point.value} uses a name that is taken",
                "Uninstall the package that brings it, or ask its author for another name.",
            )
        found[point.name] = point.value
    return found
