"""Names of sources, readers, exporters, engines, publishers, destinations and runners: one table, and entry points.

A member is imported when it is first used. Another package adds one under the entry-point group
``exporter.<family>``, such as ``exporter.readers``; a name that is taken is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from os.path import commonprefix
from types import MappingProxyType
from typing import Any, Literal

from exporter.errors import UsageError

Family = Literal["sources", "readers", "exporters", "engines", "publishers", "destinations", "runners"]

_WITH_ARTICLE = {
    "sources": "a source",
    "readers": "a reader",
    "exporters": "an exporter",
    "engines": "an engine",
    "publishers": "a publisher",
    "destinations": "a destination",
    "runners": "where to run",
}

# Sources and readers are asked in this order whether they recognise a document; the last reader takes any text.
TABLE: Mapping[Family, Mapping[str, str]] = MappingProxyType(
    {
        "sources": MappingProxyType(
            {
                "feed": "exporter.sources.feeds",
                "outline": "exporter.sources.opml",
                "bookmarks": "exporter.sources.bookmarks",
                "table": "exporter.sources.csv_lists",
                "json": "exporter.sources.json_lists",
                "shortcut": "exporter.sources.shortcuts",
                "mhtml": "exporter.sources.mhtml",
                "mailbox": "exporter.sources.mbox",
                "warc": "exporter.sources.warc",
                "book": "exporter.sources.epub_source",
                "omnivore": "exporter.sources.omnivore",
                "zip": "exporter.sources.zips",
            }
        ),
        "readers": MappingProxyType(
            {
                "saved": "exporter.readers.saved_article",
                "notebook": "exporter.readers.notebook",
                "mail": "exporter.readers.mail",
                "pdf": "exporter.readers.pdf",
                "docx": "exporter.readers.docx",
                "odt": "exporter.readers.odt",
                "rtf": "exporter.readers.rtf",
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
                "page": "exporter.exporters.page_with_player",
                "article": "exporter.exporters.article_file",
            }
        ),
        "engines": MappingProxyType(
            {
                "auto": "exporter.engines.auto:AutoEngine",
                "natural": "exporter.engines.natural:NaturalEngine",
                "system": "exporter.engines.system:SystemEngine",
                "silence": "exporter.engines.silence:SilenceEngine",
                "command": "exporter.engines.command:CommandEngine",
                "neural": "exporter.engines.neural:NeuralEngine",
            }
        ),
        "publishers": MappingProxyType(
            {
                "podcast": "exporter.publishing.podcast",
                "opds": "exporter.publishing.opds",
                "site": "exporter.publishing.site",
                "playlist": "exporter.publishing.playlist",
                "audiobook": "exporter.publishing.audiobook",
                "notes": "exporter.publishing.notes",
            }
        ),
        "destinations": MappingProxyType(
            {
                "folder": "exporter.delivery.folder_copy",
                "webdav": "exporter.delivery.webdav",
                "mail": "exporter.delivery.mail_sending",
                "calibre": "exporter.delivery.calibre",
            }
        ),
        "runners": MappingProxyType({"local": "exporter.runners.local", "dask": "exporter.runners.dask"}),
    }
)


def names(family: Family) -> tuple[str, ...]:
    """Return every name of a family, this package's first; raises `UsageError` if two members share a name."""
    return (*TABLE[family], *_list_plugins(family))


def load(family: Family, name: str) -> Any:
    """Import the member of that name; raises `UsageError`, which suggests the nearest name, if it is unknown.

    One of another package is guarded (`exporter.plugins`). An engine is its class: it runs in a process of its own.
    """
    where = TABLE[family].get(name)
    if where is None:
        return _load_plugin(family, name)
    module, _, attribute = where.partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded


def _load_plugin(family: Family, name: str) -> Any:
    place = _list_plugins(family).get(name)
    if place is None:
        raise unknown_name(f"choosing {_WITH_ARTICLE[family]}", name, names(family))
    from exporter.plugins import Plugin, PluginModule  # noqa: PLC0415  only members of other packages need it

    plugin = Plugin(family, name, place)
    return plugin.load() if family == "engines" else PluginModule(plugin)


def split_place(on: str) -> tuple[str, str]:
    """Split where a batch runs (``dask://HOST:PORT``) into the name of the runner, which is checked, and the rest.

    Raises `UsageError`.
    """
    name, _, where = on.partition(":")
    if name not in names("runners"):
        raise unknown_name("choosing where to run", name, names("runners"))
    if name == "local" and where:
        raise UsageError("choosing where to run", on, "BadValue: local is this machine", "Write it as --on local.")
    return name, where


def unknown_name(problem: str, name: str, known: tuple[str, ...]) -> UsageError:
    """Make the error for an unknown name, with the nearest known one as remedy."""
    near = find_nearest(name, known)
    remedy = f"Did you mean {near!r}?" if near else f"Choose one of: {', '.join(known)}."
    return UsageError(problem, name, "UnknownName: there is none of that name", remedy)


def find_nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name that is most similar to a wrong one; None if none is."""
    import difflib  # noqa: PLC0415  8 ms, only a wrong name needs it

    near = difflib.get_close_matches(name.lower(), known, cutoff=0.6)
    # Of several similar names, the one with the longest common beginning.
    return max(near, key=lambda other: len(commonprefix((name.lower(), other))), default=None)  # noqa: RUF071  of letters, not of paths


def _list_plugins(family: Family) -> dict[str, str]:
    """Return the members that other packages add: entry point by name."""
    from importlib.metadata import entry_points  # noqa: PLC0415  50 ms, only names that are not in the table need it

    found: dict[str, str] = {}
    for point in entry_points(group=f"exporter.{family}"):
        if point.name in TABLE[family] or point.name in found:
            raise UsageError(
                f"loading {family}",
                point.name,
                f"NameClash: {point.value} has a name that is taken",
                "Uninstall the package that adds it, or ask its author for another name.",
            )
        found[point.name] = point.value
    return found
