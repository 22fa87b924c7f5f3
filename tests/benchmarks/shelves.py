"""Shelves for measuring: folders that look as if a batch had filled them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from exporter.facts import Facts
from exporter.manifest.manifest import FILE_NAME
from exporter.manifest.manifest_entries import ManifestEntry
from exporter.output_folder.file_stamps import FileStamp
from exporter.pipeline import Outcome

SUFFIXES = (".epub", ".mp3", ".vtt", ".chapters.json", ".transcript.json")
_LEAD = "The river rose in the night, and nobody knew how far it would go before the bridge was closed. " * 3
_START = datetime(2020, 1, 1, tzinfo=UTC)


def fill_folder(folder: Path, count: int) -> None:
    """Write a manifest of so many works, and their files, each of a few bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        add_one(folder, number)


def add_one(folder: Path, number: int) -> None:
    """Write one more work."""
    with (folder / FILE_NAME).open("ab") as manifest:
        manifest.write(b"\n" + msgspec.json.encode(_make_work(folder, number)))


def fill_manifest(folder: Path, count: int) -> None:
    """Write a manifest of so many works whose files are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE_NAME).open("wb") as manifest:
        for number in range(count):
            manifest.write(b"\n" + msgspec.json.encode(_make_entry(folder, number)))


def _make_work(folder: Path, number: int) -> ManifestEntry:
    for suffix in SUFFIXES:
        (folder / f"work-{number:06}{suffix}").write_bytes(b"ID3 sound" * (number % 5 + 1))
    return _make_entry(folder, number)


def _make_entry(folder: Path, number: int) -> ManifestEntry:
    stem = f"work-{number:06}"
    address = f"https://site-{number % 40}.example/{number}"
    facts = Facts(
        title=f"The tide mill, part {number}",
        authors=(f"Ann Mill {number % 100}", "Bo Weir"),
        published=f"{2000 + number % 25}-08-{number % 28 + 1:02}",
        language=("en", "de", "fr")[number % 3],
        site=f"Site {number % 40}",
        address=address,
        description=_LEAD,
        words=700,
        seconds=280.5,
        narrators=("en-us",),
        chapters=tuple((f"Chapter {part}", part * 40.0) for part in range(6)),
        links=tuple((f"Link {part}", f"{address}/{part}") for part in range(5)),
    )
    return ManifestEntry(
        label=address,
        key=f"{number:032x}",
        stem=stem,
        inputs=(),
        outcome=Outcome(""),
        outputs=tuple(FileStamp.of(folder, stem + suffix) for suffix in SUFFIXES),
        settings="s",
        id=str(uuid5(NAMESPACE_URL, address)),
        added=(_START + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        facts=facts,
    )
