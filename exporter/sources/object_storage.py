"""Object storage as a source: ``s3://bucket/saved/`` and the like, as a folder, an object or a list of sources.

`exporter.output_folder.object_store` says which addresses there are, and where the settings come from.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.output_folder.file_stamps import FileStamp
from exporter.output_folder.object_store import INSTALL_LINE, NOT_INSTALLED, describe_fault, make_state, open_store
from exporter.sources import UnopenedFile, files, warc_ranges
from exporter.sources.candidates import holds_article
from exporter.sources.packed_files import PackedFiles

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore import ObjectMeta
    from obstore.store import ObjectStore

_READ_BYTES = 1 << 18
"""Bytes of a request where a large object is read here and there; chosen: a request takes as long as so many."""

IsLeftOut = Callable[[str, FileStamp], bool]
"""Whether the object with an address and a state is left out."""


def open_objects(
    name: str, settings: InputSettings, is_left_out: IsLeftOut, can_wait: bool
) -> Iterator[Document | UnopenedFile | SourceError]:
    """Yield the object with an address, or those of the folder, sorted by key, that may hold articles.

    A folder's address ends with a slash, or no object has it. Where others can open them, the parts of large web
    archives are left unopened. Raises `SourceError` if nothing is there.
    """
    bucket = _Bucket(name, settings)
    if bucket.key and not bucket.key.endswith("/") and (stamp := bucket.find_stamp(bucket.key)):
        if parts := bucket.cut(stamp) if can_wait else ():
            yield from parts
        elif not is_left_out(name, stamp):
            folders = files.name_resource_folders([PurePosixPath(bucket.key)])
            beside = [key for folder in sorted(folders) for key in bucket.list_stamps(folder)]
            yield bucket.read_page(bucket.key, bucket.pack(beside))
        return
    keys = bucket.list_stamps(bucket.key.rstrip("/"))
    folders = files.name_resource_folders(map(PurePosixPath, keys))
    pages = [key for key in keys if files.is_candidate(PurePosixPath(key), folders)]
    packed = bucket.pack(sorted(set(keys).difference(pages)))
    found = False
    for key in pages:
        if parts := bucket.cut(keys[key]) if can_wait else ():
            found = True
            yield from parts
            continue
        if is_left_out(bucket.name(key), keys[key]):
            found = True
            continue
        try:
            page = bucket.read_page(key, packed)
        except SourceError as error:
            found = True
            yield error
            continue
        if files.has_article_suffix(PurePosixPath(key)) or holds_article(page):
            found = True
            yield page
    if not found:
        cause = "EmptySource: it holds no article" if keys else "NotFound: nothing is there"
        raise SourceError("reading", name, cause, "Check the spelling of the address.")


def open_object(name: str, settings: InputSettings) -> BinaryIO:
    """Open an object to be read here and there; reading raises `SourceError`."""
    bucket = _Bucket(name, settings)
    stamp = bucket.find_stamp(bucket.key)
    return BufferedReader(_ObjectReader(bucket, stamp.size if stamp else 0), _READ_BYTES)


def read_list(name: str, settings: InputSettings) -> list[str]:
    """Read a list of sources; names that are no addresses are those of objects beside it. Raises `SourceError`."""
    bucket = _Bucket(name, settings)

    def resolve(each: str) -> str:
        if "://" in each:
            return each
        mark = "@" if each[0] == "@" else ""
        key = posixpath.normpath(posixpath.join("/", posixpath.dirname(bucket.key), each.removeprefix(mark)))
        return mark + bucket.name(key.lstrip("/"))

    return [resolve(each) for each in files.parse_list(bucket.read(bucket.key))]


class _Bucket:
    """The bucket of an address; `key` is that of its object, or what those of a folder begin with."""

    def __init__(self, name: str, settings: InputSettings) -> None:
        scheme, _, path = name.partition("://")
        bucket, _, self.key = path.partition("/")
        self._address = f"{scheme}://{bucket}"
        self._settings = settings
        try:
            self._store: ObjectStore = open_store(self._address, settings.timeout)
        except ImportError as error:
            raise SourceError("reading", name, NOT_INSTALLED, INSTALL_LINE) from error

    def name(self, key: str) -> str:
        """Return the address of an object."""
        return f"{self._address}/{key}"

    def find_stamp(self, key: str) -> FileStamp | None:
        """Return the state of an object, None if there is none; raises `SourceError` if that cannot be asked."""
        import obstore  # noqa: PLC0415  as above

        try:
            return self._make_stamp(obstore.head(self._store, key))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise _make_error(self.name(key), error) from error

    def list_stamps(self, folder: str) -> dict[str, FileStamp]:
        """Return the states of the objects in a folder and the folders in it, sorted by key; raises `SourceError`."""
        import obstore  # noqa: PLC0415  as above

        try:
            listed = [meta for part in obstore.list(self._store, folder or None) for meta in part]
        except Exception as error:
            raise _make_error(self.name(folder), error) from error
        return {meta["path"]: self._make_stamp(meta) for meta in sorted(listed, key=lambda meta: meta["path"])}

    def read(self, key: str) -> bytes:
        """Read an object; raises `SourceError` if it is missing, empty or over the limit."""
        import obstore  # noqa: PLC0415  as above

        name, max_bytes = self.name(key), self._settings.largest
        try:
            answer = obstore.get(self._store, key)
            is_too_large = answer.meta["size"] > max_bytes
            data = b"" if is_too_large else bytes(answer.bytes())
        except Exception as error:
            raise _make_error(name, error) from error
        if is_too_large:
            raise files.too_large_error(name, max_bytes)
        if not data.strip():
            raise files.empty_error(name)
        return data

    def read_page(self, key: str, packed: PackedFiles) -> Document:
        """Read an object with the others that it refers to; raises `SourceError`."""
        data = self.read(key)
        parts, notices = packed.collect_parts(data, key) if files.has_article_suffix(PurePosixPath(key)) else ((), ())
        return Document(self.name(key), data, location=key, parts=parts, notices=notices)

    def read_range(self, key: str, start: int, size: int) -> bytes:
        """Read so many bytes of an object; raises `SourceError`."""
        import obstore  # noqa: PLC0415  as above

        try:
            return bytes(obstore.get_range(self._store, key, start=start, length=size))
        except Exception as error:
            raise _make_error(self.name(key), error) from error

    def cut(self, stamp: FileStamp) -> list[UnopenedFile]:
        """Return the parts of an object that is a large web archive; none of any other."""
        if stamp.size <= self._settings.largest or not files.is_web_archive(stamp.path):
            return []
        parts = warc_ranges.cut_archive(stamp.path, self._settings)
        return [UnopenedFile(stamp.path, is_named=True, part=part, stamp=stamp) for part in parts]

    def _make_stamp(self, meta: ObjectMeta) -> FileStamp:
        return FileStamp(self.name(meta["path"]), *make_state(meta))

    def pack(self, keys: list[str]) -> PackedFiles:
        """Return objects to which pages may refer."""

        def read(key: str) -> tuple[str, bytes] | None:
            try:
                return "", self.read(key)
            except SourceError:
                return None  # the page can be read without it

        return PackedFiles(keys if self._settings.images else (), read, self._settings.largest_pictures)


class _ObjectReader(RawIOBase):
    """The bytes of an object of so many bytes."""

    def __init__(self, bucket: _Bucket, size: int) -> None:
        self._bucket = bucket
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._place = offset + {SEEK_SET: 0, SEEK_CUR: self._place, SEEK_END: self._size}[whence]
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        size = max(0, min(len(view), self._size - self._place))
        view[:size] = self._bucket.read_range(self._bucket.key, self._place, size) if size else b""
        self._place += size
        return size


def _make_error(name: str, error: Exception) -> SourceError:
    return SourceError("reading", name, *describe_fault(error))
