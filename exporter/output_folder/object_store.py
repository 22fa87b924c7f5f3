"""Object storage: S3, Google Cloud and Azure, by obstore, of the extra ``cloud``.

Addresses and settings are those of obstore. The settings come from the environment: ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``, ``AWS_ENDPOINT_URL`` for another server than Amazon's,
``AWS_SKIP_SIGNATURE=true`` for buckets that are open to all.
"""

from __future__ import annotations

import contextlib
import mimetypes
from collections.abc import Iterator
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exporter.errors import OutputError

if TYPE_CHECKING:
    from obstore import ObjectMeta, UpdateVersion
    from obstore.store import ObjectStore

MAX_RETRIES = 3
"""Further tries after an error of the server or of the connection; chosen, as for pages on the web."""

INSTALL_LINE = "pip install 'exporter[cloud]'"
NOT_INSTALLED = "NotInstalled: object storage needs a package that is not installed"

_MAKER_KEY = "exporter"
"""The key of the metadata by which our objects are told from others; its value is the label of the source."""

_TYPES = {".m4b": "audio/mp4", ".opus": "audio/ogg", ".epub": "application/epub+zip", ".md": "text/markdown"}
"""Media types that the table of a machine may lack."""


class ObjectState(NamedTuple):
    """The size in bytes of an object, and a number that is another one when its content has changed."""

    size: int
    version: int


def open_store(address: str, timeout_seconds: float) -> ObjectStore:
    """Return the store at an address: a bucket, or what begins with a path in it. Raises `ImportError`."""
    from obstore.store import from_url  # noqa: PLC0415  an extra

    timeout = timedelta(seconds=timeout_seconds)
    return from_url(
        address,
        client_options={"timeout": timeout, "connect_timeout": timeout, "allow_http": True},
        retry_config={"max_retries": MAX_RETRIES, "retry_timeout": timeout},
    )


def describe_fault(error: Exception) -> tuple[str, str]:
    """Return the cause and the remedy of an error of obstore, at the end of whose first line stands what happened."""
    words = str(error).partition("\n")[0].rpartition(" - ")[2].partition(": <")[0]
    if isinstance(error, FileNotFoundError) or "404 Not Found" in words:
        return "NotFound: there is no such object or bucket", "Check the spelling of the address."
    if isinstance(error, PermissionError) or any(status in words for status in ("401 ", "403 ")):
        remedy = "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or those of your storage)."
        return f"Refused: {words}", remedy
    return f"NotReached: {words}", "Check the address, AWS_ENDPOINT_URL and AWS_REGION."


class ObjectFolder:
    """The objects whose addresses begin with one, to be written and read; keys are relative to it.

    An object appears whole or not at all. All methods raise `OutputError` if the storage refuses or cannot be reached.
    """

    def __init__(self, address: str, timeout_seconds: float) -> None:
        self.address = address.rstrip("/")
        try:
            self._store = open_store(self.address, timeout_seconds)
        except ImportError as error:
            raise OutputError("writing", address, NOT_INSTALLED, INSTALL_LINE) from error
        except Exception as error:
            raise _make_error(address, error) from error

    def name(self, key: str) -> str:
        """Return the address of an object."""
        return f"{self.address}/{key}"

    def read(self, key: str) -> bytes | None:
        """Return the bytes of an object; None if there is none."""
        import obstore  # noqa: PLC0415  an extra

        with self._report_faults(key):
            try:
                return bytes(obstore.get(self._store, key).bytes())
            except FileNotFoundError:
                return None

    def fetch(self, key: str, path: Path) -> UpdateVersion | None:
        """Copy an object into a file; returns the version by which `replace` recognises it, None if there is none."""
        import obstore  # noqa: PLC0415  as above

        with self._report_faults(key):
            try:
                answer = obstore.get(self._store, key)
            except FileNotFoundError:
                return None
            with path.open("wb") as file:
                file.writelines(answer)
        return _make_version(answer.meta)

    def create(self, key: str, data: bytes) -> bool:
        """Make an object; returns False, and changes nothing, if there is one already, also if it came just now."""
        import obstore  # noqa: PLC0415  as above
        from obstore.exceptions import AlreadyExistsError  # noqa: PLC0415  as above

        with self._report_faults(key):
            try:
                obstore.put(self._store, key, data, mode="create")
            except AlreadyExistsError:
                return False
        return True

    def replace(self, key: str, path: Path, version: UpdateVersion | None) -> bool:
        """Replace an object of a version (None: make one) by a file; returns False if it has another version."""
        import obstore  # noqa: PLC0415  as above
        from obstore.exceptions import AlreadyExistsError, PreconditionError  # noqa: PLC0415  as above

        with self._report_faults(key):
            try:
                obstore.put(self._store, key, path, mode=version or "create")
            except (AlreadyExistsError, PreconditionError):
                return False
        return True

    def put_file(self, key: str, path: Path, label: str) -> ObjectState:
        """Put a file there; `label` is that of the source it was made from. Returns the state of the object."""
        import obstore  # noqa: PLC0415  as above

        metadata = {
            "Content-Type": _choose_media_type(key),
            _MAKER_KEY: blake2b(label.encode(), digest_size=8).hexdigest(),
        }
        size = path.stat().st_size
        with self._report_faults(key):
            made = obstore.put(self._store, key, path, attributes=metadata)
        return ObjectState(size, _number_version(made["e_tag"]))

    def is_foreign(self, key: str) -> bool:
        """Whether there is an object that `put_file` did not make."""
        import obstore  # noqa: PLC0415  as above

        with self._report_faults(key):
            try:
                return _MAKER_KEY not in obstore.get(self._store, key, options={"head": True}).attributes
            except FileNotFoundError:
                return False

    def find_state(self, key: str) -> ObjectState | None:
        """Return the state of an object; None if there is none."""
        import obstore  # noqa: PLC0415  as above

        with self._report_faults(key):
            try:
                return make_state(obstore.head(self._store, key))
            except FileNotFoundError:
                return None

    def list_states(self, folder: str = "") -> Iterator[tuple[str, ObjectState]]:
        """Yield key and state of all objects in a folder and the folders in it."""
        import obstore  # noqa: PLC0415  as above

        with self._report_faults(folder):
            for part in obstore.list(self._store, folder or None):
                for meta in part:
                    yield meta["path"], make_state(meta)

    def remove(self, keys: list[str]) -> None:
        """Remove objects; those that are gone already are no fault."""
        import obstore  # noqa: PLC0415  as above

        with self._report_faults("/".join(keys[:1])), contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, keys)

    @contextlib.contextmanager
    def _report_faults(self, key: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise _make_error(self.name(key), error) from error


def _make_error(address: str, error: Exception) -> OutputError:
    cause, remedy = describe_fault(error)
    return OutputError("writing", address, cause, remedy)


def _make_version(meta: ObjectMeta) -> UpdateVersion:
    """Return what obstore compares versions by; it takes no None."""
    found: UpdateVersion = {}
    if meta["e_tag"] is not None:
        found["e_tag"] = meta["e_tag"]
    if meta["version"] is not None:
        found["version"] = meta["version"]
    return found


def make_state(meta: ObjectMeta) -> ObjectState:
    """Return the state of an object, by what a storage states of it."""
    return ObjectState(meta["size"], _number_version(meta["e_tag"]))


def _number_version(etag: str | None) -> int:
    """Make a number of an ETag, which answers state with quotation marks and lists of some storages without."""
    return int.from_bytes(blake2b((etag or "").strip('"').encode(), digest_size=7).digest(), "big")


def _choose_media_type(key: str) -> str:
    suffix = key[key.rfind(".") :]
    found = _TYPES.get(suffix) or mimetypes.guess_type(key)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
