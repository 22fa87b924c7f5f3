"""Audiobooks: ``NAME.audiobook`` of each work with sound, a Readium package that Thorium opens.

A ZIP archive of ``manifest.json`` (Readium Web Publication Manifest, Audiobook Profile), the episode and its artwork.
"""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

import msgspec

from exporter.output import whole_file
from exporter.publishing import Published, Site
from exporter.publishing.artwork import ArtworkNames
from exporter.publishing.feed_xml import format_utc, link_to
from exporter.publishing.shelf import Shelf, ShelvedFile, ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter

_EARLIEST_DATE = (1980, 1, 1, 0, 0, 0)  # that a ZIP archive can state: the same work is the same bytes


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:  # noqa: ARG001  as all publishers
    """Write an audiobook for each work with sound whose files have changed."""
    works = [work for work in shelf.works if work.sound]
    names = ArtworkNames(writer, works)
    written = []
    for work in works:
        if sound := work.sound:
            name = f"{work.stem}.audiobook"
            picture = names.find(work)
            manifest = _describe(work, sound, picture)
            members = [sound.name, picture] if picture else [sound.name]
            writer.write_archive(name, (manifest, sound), partial(_write, shelf.folder, manifest, members))
            written.append(name)
    return Published(tuple(written))


def _describe(work: ShelvedWork, sound: ShelvedFile, picture: str) -> bytes:
    """Return the manifest of a work as JSON."""
    facts, href = work.facts, link_to("", sound.name)
    metadata = {
        "@type": "http://schema.org/Audiobook",
        "conformsTo": "https://readium.org/webpub-manifest/profiles/audiobook",
        "identifier": work.urn,
        "title": facts.title,
        "author": list(facts.authors),
        "narrator": list(facts.narrators),
        "language": facts.language,
        "modified": format_utc(work.added),
        "publisher": facts.site,
        "description": facts.description,
        "duration": facts.seconds,
    }
    cover = [{"href": link_to("", picture), "type": "image/jpeg", "rel": "cover"}] if picture else []
    document = {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {name: value for name, value in metadata.items() if value},
        "links": [],
        "readingOrder": [{"href": href, "type": work.sound_type, "duration": facts.seconds, "title": facts.title}],
        "resources": cover,
        "toc": [{"href": f"{href}#t={begin:g}", "title": title} for title, begin in facts.chapters],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _write(folder: Path, manifest: bytes, members: list[str], path: Path) -> None:
    with whole_file(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        archive.writestr(zipfile.ZipInfo("manifest.json", _EARLIEST_DATE), manifest)
        for name in members:
            with archive.open(zipfile.ZipInfo(name, _EARLIEST_DATE), "w") as target, (folder / name).open("rb") as file:
                while block := file.read(1 << 20):
                    target.write(block)
