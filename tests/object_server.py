"""A server of S3 on this machine, for tests: moto's."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_numbers = itertools.count(1)


@contextmanager
def run_server() -> Iterator[str]:
    """Run a server, and yield its address.

    It answers one request after the other: moto's own takes two objects that may be made once for one, if both come at
    the same moment.
    """
    moto, lock = DomainDispatcherApplication(create_backend_app), threading.Lock()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with lock:
            return list(moto(environ, start_response))

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=_SilentHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


class _SilentHandler(MotoRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  the library's name
        """Print nothing."""


def name_settings(server: str) -> dict[str, str]:
    """Return the variables of the environment by which the server is used."""
    keys = {"AWS_ACCESS_KEY_ID": "me", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}
    return {**keys, "AWS_ENDPOINT_URL": server, "NO_PROXY": "127.0.0.1"}


def make_bucket(server: str, name: str = "") -> str:
    """Make a bucket, by default one that no other test has; returns its name."""
    name = name or f"bucket-{next(_numbers)}"
    with urlopen(Request(f"{server}/{name}", method="PUT"), timeout=20):
        return name
