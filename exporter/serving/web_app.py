"""The application: answers requests for one folder, by the rules of `exporter.serving`.

A request must name a host that was printed (a foreign page could else reach it by DNS rebinding) and the secret key.
Whatever is not served is "not found", whether it exists or not.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from email.utils import formatdate
from hashlib import blake2b

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from exporter.publishing.site import INDEX_NAME
from exporter.serving.media_types import CROSS_ORIGIN_SUFFIXES, choose_media_type
from exporter.serving.served_shelf import ServedShelf

_METHODS = ("GET", "HEAD")
_CHANGING_SUFFIXES = (".html", ".xml", ".json", ".js", ".css", ".m3u8")
_MEDIA_SECONDS = 86_400
"""How long a client may keep sound, books and pictures without asking again: a day."""


class FolderApp:
    """An ASGI application: `hosts` are those that a request may name, each with its port."""

    def __init__(self, shelf: ServedShelf, key: str, hosts: Collection[str]) -> None:
        self._shelf = shelf
        self._key = key
        self._hosts = frozenset(host.lower() for host in hosts)
        self._validators = StaticFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        response = await to_thread.run_sync(self._answer, scope)
        response.headers["x-content-type-options"] = "nosniff"
        response.headers["referrer-policy"] = "no-referrer"
        await response(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return PlainTextResponse("Unknown host", 400)
        key, slash, name = str(scope["path"]).removeprefix("/").partition("/")
        if not hmac.compare_digest(key.encode("utf-8", "replace"), self._key.encode()):
            return PlainTextResponse("Not found", 404)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("Only GET and HEAD", 405, {"Allow": ", ".join(_METHODS)})
        if not slash:
            return RedirectResponse(f"/{key}/", 308)
        return self._find(name or INDEX_NAME, f"http://{host}/{key}/", headers)

    def _find(self, name: str, address: str, asked: Headers) -> Response:
        """Return the response for a name in the folder at an address."""
        if (data := self._shelf.find_document(name, address)) is not None:
            etag = f'"{blake2b(data, digest_size=16).hexdigest()}"'
            changed = formatdate(self._shelf.changed, usegmt=True)
            response = Response(data, headers={**_describe(name), "ETag": etag, "Last-Modified": changed})
        elif (file := self._shelf.find_file(name)) is not None:
            path, state = file
            response = FileResponse(path, headers=_describe(name), stat_result=state)
        else:
            return PlainTextResponse("Not found", 404)
        if self._validators.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response


def _describe(name: str) -> dict[str, str]:
    """Return the headers of a file that its name decides."""
    changes = name.endswith(_CHANGING_SUFFIXES)
    headers = {
        "Content-Type": choose_media_type(name),
        "Cache-Control": "no-cache" if changes else f"private, max-age={_MEDIA_SECONDS}",
    }
    return headers | ({"Access-Control-Allow-Origin": "*"} if name.endswith(CROSS_ORIGIN_SUFFIXES) else {})
