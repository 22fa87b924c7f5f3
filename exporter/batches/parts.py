"""Parts of a batch: a few sources that one worker builds, wherever it runs; whoever builds them opens them.

A `Part` goes out with what the manifest knows of its sources, and one `Made` comes back for each article. Both can be
encoded, so a part may be built in this process, in another one, or on another machine: `make_part` is the same there.
Only the process that runs the batch writes the manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

import msgspec

from exporter.document import Document
from exporter.errors import ExporterError, OutputError, SourceError
from exporter.manifest.manifest_entries import ManifestEntry, digest_document, make_entry
from exporter.output_folder.file_stamps import FileStamp
from exporter.output_folder.layouts import place_stem
from exporter.output_folder.output_places import OutputPlace
from exporter.output_folder.source_labels import label_document
from exporter.pipeline import BuildRequest, Claim, Outcome, Source, build, make_failure
from exporter.sources import ByteRange, open_file

_Item = TypeVar("_Item")


class PartSource(msgspec.Struct, frozen=True, array_like=True):
    """One source of a part: the `document`, or, if that is None, the file called `name`, which is still to be opened.

    `place` is its number in the order of the batch, `label` what it is called in the manifest, `key` the digest of its
    document (empty for a file). `stamp` is the state of the file when it was listed. Of a large web archive it is only
    a `part`; its first `done` articles are not built, since they have been, or ended the process that built them.
    """

    place: int
    label: str
    name: str
    document: Document | None = None
    key: str = ""
    stamp: FileStamp | None = None
    part: ByteRange | None = None
    done: int = 0

    @property
    def title(self) -> str:
        """What errors call it, or the first of its articles that is not built yet."""
        return f"{self.name}#{self.part}, article {self.done + 1}" if self.part else self.name

    @property
    def size(self) -> int:
        """Its bytes, as far as they are known before it is opened."""
        if self.part:
            return self.part.size
        return len(self.document.data) if self.document else self.stamp.size if self.stamp else 0


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Sources to build, and the entries of the manifest that may be theirs: those of their labels, and moved ones."""

    sources: tuple[PartSource, ...]
    known: tuple[ManifestEntry, ...] = ()


class PartOrder(msgspec.Struct, frozen=True):
    """What is made of every source of a batch. `settings` is the digest by which the manifest compares settings."""

    request: BuildRequest
    settings: str


class StemProposal(msgspec.Struct, frozen=True, tag=True):
    """What a source wants to be called: the `stem` that its title or its path suggests (`layouts`).

    An earlier one is recognised by `address`, the article's URL, and by `content`, the digest of its bytes. `is_last`
    means that it is the last article of the source at this `place`.
    """

    place: int
    label: str
    stem: str
    address: str
    content: str
    is_last: bool


ClaimStem = Callable[[StemProposal], str]
"""Returns the file stem of a source."""


class Made(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """What became of one article: its `entry` for the manifest, or the `failed` outcome; neither, if there was none.

    `name` is what the user calls the source. `kept` means that its files were up to date. `is_last` means that nothing
    more comes of the source at this `place`: every place gets exactly one such, so that none can be lost unseen.
    """

    place: int
    name: str = ""
    entry: ManifestEntry | None = None
    failed: Outcome | None = None
    kept: bool = False
    is_last: bool = True


def make_part(part: Part, order: PartOrder, claim: ClaimStem) -> Iterator[Made]:
    """Build the sources of a part, one after the other; never raises for a fault of one of them."""
    making = _Making(part.known, order, claim, order.request.open_place())
    for source in part.sources:
        is_empty = True
        for document, is_last in _mark_last(islice(_open_source(source, order), source.done, None)):
            is_empty = False
            yield _make_document(document, source, is_last, making)
        if is_empty:
            yield Made(source.place)


class _Making(msgspec.Struct, frozen=True):
    """What the sources of a part have in common."""

    known: tuple[ManifestEntry, ...]
    order: PartOrder
    claim: ClaimStem
    place: OutputPlace


def _open_source(source: PartSource, order: PartOrder) -> Iterable[Source]:
    if source.document is not None:
        return (source.document,)
    return open_file(source.name, order.request.config.input, order.request.config.cache, source.part)


def _make_document(document: Source, source: PartSource, is_last: bool, making: _Making) -> Made:
    order, request, place = making.order, making.order.request, making.place
    if isinstance(document, SourceError):
        failed = build(document, request, lambda stem, _: stem)
        return Made(source.place, document.subject, failed=failed, is_last=is_last)
    label = _label_article(document, source, place)
    key = source.key or digest_document(document)
    content = blake2b(document.data, digest_size=16).hexdigest()
    stamp = source.stamp if source.part or label == source.label else None
    for entry in making.known if not request.force else ():
        is_same = entry.key == key and (entry.label == label or entry.content == content)
        if is_same and _is_current(entry, making):
            kept = msgspec.structs.replace(entry, label=label, source_stamp=stamp)
            return Made(source.place, document.name, kept, kept=True, is_last=is_last)
    file_stem = ""

    def claim(stem: str, address: str) -> str:
        nonlocal file_stem
        placed = place_stem(request.config.output.layout, stem, label)
        file_stem = making.claim(StemProposal(source.place, label, placed, address, content, is_last))
        return file_stem

    outcome, outputs = _build_files(document, label, claim, making)
    if outcome.error:
        return Made(source.place, document.name, failed=outcome, is_last=is_last)
    entry = make_entry(place.sources, outcome, label=label, key=key, stem=file_stem, settings=order.settings)
    entry = msgspec.structs.replace(entry, source_stamp=stamp, content=content, outputs=outputs)
    return Made(source.place, document.name, entry, is_last=is_last)


def _label_article(document: Document, source: PartSource, place: OutputPlace) -> str:
    """Return the label of an article; one of a part of a web archive has its own in each part: none sees the others."""
    if source.part:
        return f"{source.label}:{document.name}"
    return source.label if source.document or document.name == source.name else label_document(document, place.sources)


def _is_current(entry: ManifestEntry, making: _Making) -> bool:
    try:
        return entry.is_current(making.order.settings, making.place)
    except OutputError:  # the storage does not answer: making its files anew will say so
        return False


def _build_files(
    document: Document, label: str, claim: Claim, making: _Making
) -> tuple[Outcome, tuple[FileStamp, ...]]:
    """Make the files of a document, and let them stand at their place; the states of the files, not their names."""
    place, request = making.place, making.order.request
    with place.open_folder() as folder:
        outcome = build(document, msgspec.structs.replace(request, folder=str(folder)), claim)
        if outcome.error:
            return (msgspec.structs.replace(outcome, written=()) if request.address else outcome), ()
        try:
            outputs = place.keep_files(folder, outcome.written, label)
        except ExporterError as error:
            failure = make_failure("writing", document.name, error)
            return msgspec.structs.replace(outcome, written=(), error=failure), ()
    return msgspec.structs.replace(outcome, written=()), outputs


def _mark_last(items: Iterable[_Item]) -> Iterator[tuple[_Item, bool]]:
    """Yield each item and whether it is the last."""
    rest = iter(items)
    for item in rest:
        following = item
        for after in rest:
            yield following, False
            following = after
        yield following, True
