"""What a batch would make, without making it: the files of each source, its words, running time and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from exporter.config import Config
from exporter.edition import Work
from exporter.errors import SourceError
from exporter.manifest.manifest import FILE_NAME, Manifest
from exporter.output import make_stem
from exporter.output_folder.layouts import place_stem
from exporter.output_folder.source_labels import label_document
from exporter.output_folder.stem_claims import list_stems
from exporter.pipeline import BuildRequest, Failure, Source, make_failure, name_source, read_work
from exporter.registry import load

_BOOK_BYTES, _TEXT_RATIO = 45_000, 0.4
"""Bytes of a book without text: its cover, styles and packaging; and packed bytes for each byte of its text. Measured
on the books of `examples/`."""

_PCM_KILOBITS = {"wav": 353, "flac": 180}
"""Kilobits a second of the formats without a bitrate of their own: 22,050 samples of 16 bits, and half of it packed."""

_SOUND_EXPORTERS, _BOOK_EXPORTERS = frozenset({"audio", "readaloud", "page"}), frozenset({"epub", "readaloud"})


class PlannedSource(msgspec.Struct, frozen=True):
    """What would be made of one source: names of files, spoken words, running time in seconds, bytes of all files.

    `kept` means that the files of an earlier run are up to date, so that nothing would be made. `error` is what reading
    it failed on, or None.
    """

    source: str
    title: str = ""
    files: tuple[str, ...] = ()
    words: int = 0
    seconds: float = 0.0
    bytes: int = 0
    kept: bool = False
    error: Failure | None = None


def plan_batch(sources: Iterable[Source], request: BuildRequest) -> Iterator[PlannedSource]:
    """Yield what would be made of every source; writes nothing."""
    manifest = Manifest(request) if (request.output_folder / FILE_NAME).is_file() and not request.force else None
    stems: set[str] = set()
    for source in sources:
        try:
            yield _plan_source(source, request, manifest, stems)
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            name = name_source(source)
            yield PlannedSource(name, error=make_failure("reading", name, error))


def _plan_source(source: Source, request: BuildRequest, manifest: Manifest | None, stems: set[str]) -> PlannedSource:
    if isinstance(source, SourceError):
        raise source
    label = label_document(source, request.output_folder)
    kept = manifest.find_current(label, source) if manifest else None
    files = tuple(stamp.path for stamp in kept.outputs) if kept else ()  # none if it was evicted
    work = read_work(source, request.config, ("script",))
    title = work.source_article.metadata.title
    placed = place_stem(request.config.output.layout, make_stem(title), label)
    stem = next(name for name in list_stems(placed, label) if name not in stems)
    stems.add(stem)
    suffixes = [load("exporters", name).suffix(request.config) for name in request.exporters]
    return PlannedSource(
        source.name,
        title,
        files or tuple(stem + suffix for suffix in suffixes),
        work.script.words,
        work.script.seconds,
        sum(_estimate_bytes(name, work, request.config) for name in request.exporters),
        kept is not None,
    )


def _estimate_bytes(exporter: str, work: Work, config: Config) -> int:
    """Estimate the size of what an exporter writes; pictures that are still on the web are not counted."""
    text = len(msgspec.json.encode(work.source_article.blocks))
    size = 0
    if exporter in _SOUND_EXPORTERS:
        kilobits = _PCM_KILOBITS.get(config.audio.format, config.audio.bitrate)
        size += int(work.script.seconds * kilobits * 1000 / 8)
    if exporter in _BOOK_EXPORTERS:
        pictures = sum(len(resource.data) for resource in work.source_article.resources)
        size += _BOOK_BYTES + int(text * _TEXT_RATIO) + pictures
    return size or text
