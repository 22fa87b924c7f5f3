"""The EPUB container. The only module that imports ebooklib, and works around its defects.

Documents are `EpubItem`s, which ebooklib writes unchanged; the navigation document is ours. The archive's dates are
fixed, media are stored and text is deflated: the same book has the same bytes, on any day and in any time zone.
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
"""The earliest date that a ZIP archive can state."""


def write_container(book: Package, path: Path) -> None:
    """Write a book to a new file; raises `OSError` if that fails."""
    epub_book = epub.EpubBook()
    epub_book.metadata = {}
    epub_book.set_identifier(book.identifier)
    epub_book.title = xhtml.clean_title(book.title)
    epub_book.language = book.language
    epub_book.set_direction(book.direction)
    # For EPUB 2 reading systems; those of EPUB 3 look for the property `cover-image`.
    epub_book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
    for fact in book.facts:
        space, _, name = fact.name.rpartition(":")
        value = None if fact.value is None else xhtml.clean_text(fact.value)
        epub_book.add_metadata(_DUBLIN_CORE if space else None, name, value, fact.attributes)
    items = {item.item_id: _make_item(item) for item in book.items}
    for item in items.values():
        epub_book.add_item(item)
    epub_book.add_item(epub.EpubNcx())
    epub_book.spine = [items[item_id] for item_id in book.spine]
    epub_book.toc = [_make_toc_entry(entry) for entry in book.toc]
    if book.display_options:
        name = "META-INF/com.apple.ibooks.display-options.xml"
        epub_book.add_item(epub.EpubItem("options", name, "application/xml", book.display_options, manifest=False))
    _ContainerWriter(str(path), epub_book, {"mtime": datetime.fromisoformat(book.modified)}).write()


def _make_item(item: PackageItem) -> Any:
    made = epub.EpubItem(item.item_id, item.href, item.media_type, item.data)
    made.properties = list(item.properties)
    made.media_overlay = item.overlay_id or None
    return made


def _make_toc_entry(entry: ContentsEntry) -> Any:
    title = xhtml.clean_title(entry.title)
    if entry.children:
        return epub.Section(title, entry.href), [_make_toc_entry(child) for child in entry.children]
    return epub.Link(entry.href, title, "toc-" + "".join(c if c.isalnum() else "-" for c in entry.href))


class _ReproducibleZip(zipfile.ZipFile):
    """An archive whose entries state neither when nor on which system they were written."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a file by its name: `mimetype` and media, which are compressed already, stored; all else deflated."""
        info = zipfile.ZipInfo(zinfo_or_arcname, _ZIP_EPOCH)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        stored = zinfo_or_arcname == "mimetype" or zinfo_or_arcname.endswith(_STORED_SUFFIXES)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(info, data)


class _ContainerWriter(epub.EpubWriter):  # type: ignore[misc]  # the library carries no types
    def write(self) -> None:
        """Write the archive; the library's own method swallows errors."""
        with _ReproducibleZip(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        root.set(xhtml.XML_LANG, self.book.language)
        root.set("dir", self.book.direction)
        super()._write_opf_file(root)
