"""Folders as a batch leaves them, made without a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from exporter.config import PublishSettings
from exporter.facts import Facts
from exporter.manifest.manifest import FILE_NAME
from exporter.manifest.manifest_entries import ManifestEntry
from exporter.output_folder.file_stamps import FileStamp
from exporter.pipeline import Outcome
from exporter.publishing.publish_folder import PublishedFolder, publish

URL = "https://me.example/reading/"
FILES = {
    ".epub": b"book",
    ".mp3": b"ID3 sound",
    ".vtt": b"WEBVTT\n",
    ".transcript.json": b"{}",
    ".chapters.json": b"{}",
}


def add_work(folder: Path, number: int, facts: Facts | None = None, files: Mapping[str, bytes] | None = None) -> None:
    """Add a work to the manifest of a folder, and its files; the number decides its name, ID and time."""
    folder.mkdir(exist_ok=True)
    stem = f"work-{number}"
    for suffix, data in (files or FILES).items():
        (folder / f"{stem}{suffix}").write_bytes(data)
    entry = ManifestEntry(
        label=f"https://example.org/{number}",
        key=str(number),
        stem=stem,
        inputs=(),
        outcome=Outcome(""),
        outputs=tuple(FileStamp.of(folder, f"{stem}{suffix}") for suffix in files or FILES),
        settings="s",
        id=str(uuid5(NAMESPACE_URL, f"https://example.org/{number}")),
        added=f"2026-11-{1 + number // 1440:02}T{number // 60 % 24:02}:{number % 60:02}:00Z",
        facts=facts or Facts(title=f"Title {number}", seconds=61.4, description="It turned."),
    )
    with (folder / FILE_NAME).open("ab") as manifest:
        manifest.write(b"\n" + msgspec.json.encode(entry))


def publish_to(
    folder: Path, publishers: Iterable[str] = ("podcast", "opds", "playlist"), **settings: object
) -> PublishedFolder:
    """Publish a folder under `URL`."""
    return publish(folder, msgspec.convert({"url": URL} | settings, PublishSettings), tuple(publishers))
