"""The EPUB container. The only module that imports ebooklib, whose quirks are cured here.

Documents are `EpubItem`s, which are written untouched; the navigation document is our own. The archive's dates are
fixed, media are stored and text is deflated, so the same book has the same bytes, on any day and in any time zone.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from ebooklib import epub

from exporter.ebook import xhtml
from exporter.ebook.package import ContentsEntry, Package, PackageItem

_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_STORED_SUFFIXES = tuple(f".{suffix}" for suffix in ("jpg", "png", "gif", "mp3", "m4a", "opus", "woff2"))
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date an archive can hold."""


def write_container(book: Package, path: Path) -> None:
    """Write a book to a file, which must be a new one; raises `OSError` where that fails."""
    made = epub.EpubBook()
    made.metadata = {}
    made.set_identifier(book.identifier)
    made.title = xhtml.clean_title(book.title)
    made.language = book.language
    made.set_direction(book.direction)
    made.add_prefix("a11y", "http://www.idpf.org/epub/vocab/package/a11y/#")
    # What EPUB 2 readers look for; EPUB 3 readers look for the property `cover-image`.
    made.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
    for fact in book.facts:
        space, _, name = fact.name.rpartition(":")
        value = None if fact.value is None else xhtml.clean_text(fact.value)
        made.add_metadata(_DUBLIN_CORE if space else None, name, value, fact.attributes)
    items = {item.uid: _make_item(item) for item in book.items}
    for item in items.values():
        made.add_item(item)
    made.add_item(epub.EpubNcx())
    made.spine = [items[uid] for uid in book.spine]
    made.toc = [_make_toc_entry(entry) for entry in book.toc]
    if book.options:
        name = "META-INF/com.apple.ibooks.display-options.xml"
        made.add_item(epub.EpubItem("options", name, "application/xml", book.options, manifest=False))
    _ContainerWriter(str(path), made, {"mtime": datetime.fromisoformat(book.modified)}).write()


def _make_item(item: PackageItem) -> Any:
    made = epub.EpubItem(item.uid, item.href, item.media_type, item.data)
    made.properties = list(item.properties)
    made.media_overlay = item.overlay or None
    return made


def _make_toc_entry(entry: ContentsEntry) -> Any:
    title = xhtml.clean_title(entry.title)
    if entry.children:
        return epub.Section(title, entry.href), [_make_toc_entry(child) for child in entry.children]
    return epub.Link(entry.href, title, "toc-" + "".join(c if c.isalnum() else "-" for c in entry.href))


class _ReproducibleZip(zipfile.ZipFile):
    """An archive whose entries tell neither when nor where they were written."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a file by its name: media, which are packed already, and `mimetype` as they are, all else deflated."""
        info = zipfile.ZipInfo(zinfo_or_arcname, _ZIP_EPOCH)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        stored = zinfo_or_arcname == "mimetype" or zinfo_or_arcname.endswith(_STORED_SUFFIXES)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(info, data)


class _ContainerWriter(epub.EpubWriter):  # type: ignore[misc]  # the library carries no types
    def write(self) -> None:
        """Write the archive; unlike the library's own, this one raises what goes wrong."""
        with _ReproducibleZip(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        root.set(xhtml.XML_LANG, self.book.language)
        root.set("dir", self.book.direction)
        super()._write_opf_file(root)
