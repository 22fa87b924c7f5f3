"""A folder of a WebDAV server as destination: Nextcloud, a NAS, the cloud storage of KOReader."""

from __future__ import annotations

import contextlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import BinaryIO, Literal
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from exporter.delivery import Delivery, DestinationSettings, OutgoingFile, choose_formats
from exporter.delivery.passwords import find_password, make_ssl_context
from exporter.errors import OutputError, SourceError, UsageError, describe_error
from exporter.publishing.shelf import ShelvedFile, ShelvedWork
from exporter.sources.http_response import describe_http_error, describe_status
from exporter.sources.proxies import connect_proxy, find_proxy
from exporter.sources.url_safety import parse_url

_TIMEOUT = urllib3.Timeout(connect=20.0, read=120.0)
"""Seconds; a server may take long to store a large file."""

_DONE = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT})


class WebdavSettings(DestinationSettings, frozen=True):
    """The address of the folder, the login, and what to send, as `exporter.delivery.folder_copy` has it.

    The password is in the environment variable `password_env`, else in the keyring under host and user.
    """

    url: str
    user: str = ""
    password_env: str = ""
    formats: tuple[str, ...] = ("epub",)
    profile: Literal["generic", "kobo"] = "generic"


SETTINGS = WebdavSettings


def choose_files(work: ShelvedWork, settings: WebdavSettings) -> tuple[ShelvedFile, ...]:
    """Return the files of a work in the formats of the settings."""
    return choose_formats(work, settings.formats, settings.profile == "kobo")


def deliver(files: Sequence[OutgoingFile], settings: WebdavSettings) -> Iterator[Delivery]:
    """Put files into the folder, which is made if it is missing; see `Destination`.

    A file gets its name only when all of it is there.
    """
    with contextlib.closing(_Folder(settings)) as folder:
        folder.make(folder.url)
        for file in files:
            try:
                folder.put(file)
            except OutputError as error:
                yield Delivery(file, error)
            else:
                yield Delivery(file)


class _Folder:
    """A folder of a server, and the connections to it."""

    def __init__(self, settings: WebdavSettings) -> None:
        try:
            address = parse_url(settings.url.rstrip("/") + "/")
        except SourceError as error:
            raise UsageError("delivering", settings.url, error.cause, "Correct the url of the destination.") from error
        self.url = address.url
        self._headers = {}
        self._made = set[str]()
        if settings.user:
            password = find_password(settings.password_env, address.host, settings.user)
            login = b64encode(f"{settings.user}:{password or ''}".encode()).decode()
            self._headers["Authorization"] = f"Basic {login}"
        context = make_ssl_context()
        if proxy := find_proxy(address):
            self._pool: urllib3.PoolManager = connect_proxy(proxy, _TIMEOUT, context)
        else:
            self._pool = urllib3.PoolManager(timeout=_TIMEOUT, ssl_context=context)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def make(self, url: str) -> None:
        """Make a folder, and first those above it that are missing; raises `OutputError`."""
        status = self._ask("MKCOL", url).status
        above = url.rstrip("/").rpartition("/")[0] + "/"
        if status == HTTPStatus.CONFLICT and urlsplit(above).path not in ("", "/"):
            self.make(above)
            status = self._ask("MKCOL", url).status
        if status not in (HTTPStatus.CREATED, HTTPStatus.METHOD_NOT_ALLOWED):  # it is there
            raise _make_error(url, status)
        self._made.add(url)

    def put(self, file: OutgoingFile) -> None:
        """Put a file into the folder unless its content is there; raises `OutputError`."""
        url = self.url + quote(file.name)
        if not file.may_replace and self._is_there(url, file):
            return
        above = url.rpartition("/")[0] + "/"
        if above not in self._made:
            self.make(above)
        part = above + quote(f".{file.path.name}.part")
        with file.path.open("rb") as content:
            size = {"Content-Length": str(file.path.stat().st_size)}
            status = self._ask("PUT", part, content, size).status
        if status in _DONE:
            target = {"Destination": url, "Overwrite": "T" if file.may_replace else "F"}
            status = self._ask("MOVE", part, None, target).status
        if status not in _DONE:
            with contextlib.suppress(OutputError):  # the error to report is the one before
                self._ask("DELETE", part)
            raise _make_error(url, status)

    def _is_there(self, url: str, file: OutgoingFile) -> bool:
        """Whether the folder has a file of that name with the same content; raises `OutputError` for another."""
        head = self._ask("HEAD", url)
        if head.status == HTTPStatus.NOT_FOUND:
            return False
        if head.status == HTTPStatus.OK and head.headers.get("Content-Length") == str(file.path.stat().st_size):
            found = self._ask("GET", url)
            if found.status == HTTPStatus.OK and found.data == file.path.read_bytes():
                return True
        raise _make_error(url, HTTPStatus.PRECONDITION_FAILED if head.status == HTTPStatus.OK else head.status)

    def _ask(
        self, method: str, url: str, body: BinaryIO | None = None, headers: dict[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        """Send a request; raises `OutputError` if no answer comes."""
        sent = self._headers | (headers or {})
        try:
            return self._pool.request(method, url, body=body, headers=sent, retries=False, redirect=False)
        except HTTPError as error:
            raise OutputError("delivering", url, describe_http_error(error), "Deliver again later.") from error
        except OSError as error:
            cause = describe_error(error, "NotReached")
            raise OutputError("delivering", url, cause, "Deliver again later.") from error


def _make_error(url: str, status: int) -> OutputError:
    match status:
        case HTTPStatus.PRECONDITION_FAILED:
            cause = "Exists: another file of that name, which was not delivered from here, is there"
            remedy = "Move it away, or allow it with --overwrite."
        case HTTPStatus.UNAUTHORIZED:
            cause = "LoginRefused: the server refuses the user or the password"
            remedy = "Correct user and password of the destination."
        case HTTPStatus.INSUFFICIENT_STORAGE:
            cause, remedy = "DiskFull: there is no space left on the server", "Make room there."
        case _:
            cause, remedy = f"Refused: {describe_status(status)}", "Look at the url of the destination."
    return OutputError("delivering", url, cause, remedy)
