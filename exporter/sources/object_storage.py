"""Object storage as a source: ``s3://bucket/saved/`` and the like, as a folder, an object or a list of sources.

Addresses (S3, Google Cloud, Azure) are those of obstore, of the extra ``cloud``; so are the settings, which come from
the environment: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``, ``AWS_ENDPOINT_URL`` for another
server than Amazon's, ``AWS_SKIP_SIGNATURE=true`` for buckets that are open to all.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import files
from exporter.sources.candidates import holds_article
from exporter.sources.packed_files import PackedFiles

if TYPE_CHECKING:
    from obstore.store import ObjectStore

MAX_RETRIES = 3
"""Further tries after an error of the server or of the connection; chosen, as for pages on the web."""

IsLeftOut = Callable[[str], bool]
"""Whether the object with an address is left out."""


def open_objects(name: str, settings: InputSettings, is_left_out: IsLeftOut) -> Iterator[Document | SourceError]:
    """Yield the object with an address, or those of the folder, sorted by key, that may hold articles.

    A folder's address ends with a slash, or no object has it. Raises `SourceError` if nothing is there.
    """
    bucket = _Bucket(name, settings)
    if bucket.key and not bucket.key.endswith("/") and bucket.has(bucket.key):
        if not is_left_out(name):
            folders = files.name_resource_folders([PurePosixPath(bucket.key)])
            beside = [key for folder in sorted(folders) for key in bucket.list_keys(folder)]
            yield bucket.read_page(bucket.key, bucket.pack(beside))
        return
    keys = bucket.list_keys(bucket.key.rstrip("/"))
    folders = files.name_resource_folders(map(PurePosixPath, keys))
    pages = [key for key in keys if files.is_candidate(PurePosixPath(key), folders)]
    packed = bucket.pack(sorted(set(keys).difference(pages)))
    found = False
    for key in pages:
        if is_left_out(bucket.name(key)):
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
        try:
            from obstore.store import from_url  # noqa: PLC0415  an extra
        except ImportError as error:
            cause = "NotInstalled: object storage needs a package that is not installed"
            raise SourceError("reading", name, cause, "pip install 'exporter[cloud]'") from error
        scheme, _, path = name.partition("://")
        bucket, _, self.key = path.partition("/")
        self._address = f"{scheme}://{bucket}"
        self._settings = settings
        timeout = timedelta(seconds=settings.timeout)
        self._store: ObjectStore = from_url(
            self._address,
            client_options={"timeout": timeout, "connect_timeout": timeout, "allow_http": True},
            retry_config={"max_retries": MAX_RETRIES, "retry_timeout": timeout},
        )

    def name(self, key: str) -> str:
        """Return the address of an object."""
        return f"{self._address}/{key}"

    def has(self, key: str) -> bool:
        """Whether there is an object; raises `SourceError` if that cannot be asked."""
        import obstore  # noqa: PLC0415  as above

        try:
            obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        except Exception as error:
            raise _make_error(self.name(key), error) from error
        return True

    def list_keys(self, folder: str) -> list[str]:
        """Return the keys in a folder and the folders in it, sorted; raises `SourceError`."""
        import obstore  # noqa: PLC0415  as above

        try:
            return sorted(meta["path"] for part in obstore.list(self._store, folder or None) for meta in part)
        except Exception as error:
            raise _make_error(self.name(folder), error) from error

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

    def pack(self, keys: list[str]) -> PackedFiles:
        """Return objects to which pages may refer."""

        def read(key: str) -> tuple[str, bytes] | None:
            try:
                return "", self.read(key)
            except SourceError:
                return None  # the page can be read without it

        return PackedFiles(keys if self._settings.images else (), read, self._settings.largest_pictures)


def _make_error(name: str, error: Exception) -> SourceError:
    """Make the error of a source from one of obstore, at the end of whose first line stands what happened."""
    words = str(error).partition("\n")[0].rpartition(" - ")[2].partition(": <")[0]
    if isinstance(error, FileNotFoundError) or "404 Not Found" in words:
        cause = "NotFound: there is no such object or bucket"
        return SourceError("reading", name, cause, "Check the spelling of the address.")
    if isinstance(error, PermissionError) or any(status in words for status in ("401 ", "403 ")):
        remedy = "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or those of your storage)."
        return SourceError("reading", name, f"Refused: {words}", remedy)
    return SourceError("reading", name, f"NotReached: {words}", "Check the address, AWS_ENDPOINT_URL and AWS_REGION.")
