"""Destinations that run on this machine: an SMTP server with TLS, a WebDAV server, a stand-in for calibredb."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cheroot.wsgi import Server
from wsgidav.wsgidav_app import WsgiDAVApp

from exporter.config import Config
from tests.publishing.shelf_builders import add_work

Place = tuple[Callable[[], dict[str, bytes]], dict[str, Any]]
"""What is at a destination, by name, and its settings."""

PASSWORD = "größe"
CALIBRE_STAND_IN = """#!{python}
import pathlib, shutil, sys
assert sys.argv[1:5] == ["add", "--automerge", "overwrite", "--with-library"], sys.argv
library, book = map(pathlib.Path, sys.argv[5:])
if "refused" in book.name:
    sys.exit("Another calibre program is running.")
shutil.copy(book, library / book.name)
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with two works, as a batch leaves it."""
    folder = tmp_path / "out"
    for number in (1, 2):
        files = {".epub": b"book %d" % number, ".readaloud.epub": b"aloud", ".mp3": b"ID3 sound"}
        add_work(folder, number, files=files)
    return folder


def configure(**settings: object) -> Config:
    """Return settings with one destination, `there`."""
    return Config(destinations={"there": dict(settings)})


class Mailbox:
    """What an SMTP server took, and whom it let in."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  of aiosmtpd
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def list_files(self) -> dict[str, bytes]:
        """Return the attachments of all mails by name."""
        parts = (part for mail in self.mails for part in mail.iter_attachments())
        return {str(part.get_filename()): part.get_content() for part in parts}

    def log_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and data == LoginPassword(b"me@example.org", b"secret")
        return AuthResult(success=is_right, handled=False)


class _FreePortController(Controller):
    """A server on a free port, which `port` is once it has started."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    found, key = folder / "cert.pem", folder / "key.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(found)]
    subprocess.run(["openssl", "req", *options, *names], check=True, capture_output=True)
    return found, key


@pytest.fixture
def mailbox(
    request: pytest.FixtureRequest, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Mailbox, dict[str, Any]]]:
    """A mailbox, and the settings by which mail reaches it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    monkeypatch.setenv("SMTP_PASSWORD", "secret")
    box = Mailbox()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    security = getattr(request, "param", "starttls")
    is_starttls = security == "starttls"
    tls = {"tls_context": context, "require_starttls": True} if is_starttls else {"ssl_context": context}
    controller = _FreePortController(
        box,
        hostname="127.0.0.1",
        port=0,
        authenticator=box.log_in,
        auth_required=True,
        auth_require_tls=is_starttls,
        **tls,
    )
    controller.start()
    settings = {"kind": "mail", "to": "me_1@kindle.example", "from": "me@example.org", "host": "127.0.0.1"}
    yield box, {**settings, "port": controller.port, "security": security, "password_env": "SMTP_PASSWORD"}
    controller.stop()


@pytest.fixture
def webdav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The folder that a WebDAV server serves, and the settings for a folder below it that is not there."""
    monkeypatch.setenv("DAV_PASSWORD", PASSWORD)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    root = tmp_path / "dav"
    root.mkdir()
    users = {"*": {"mé": {"password": PASSWORD}}}
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": users},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    url = f"http://127.0.0.1:{server.bind_addr[1]}/Zeitung/neu"
    yield root / "Zeitung" / "neu", {"kind": "webdav", "url": url, "user": "mé", "password_env": "DAV_PASSWORD"}
    server.stop()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Calibre library, with a stand-in for Calibre's program that copies books into it."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "calibredb").write_text(CALIBRE_STAND_IN.format(python=sys.executable))
    (programs / "calibredb").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "metadata.db").touch()
    return folder


@pytest.fixture
def device(tmp_path: Path) -> Path:
    """The folder of a device that is connected."""
    folder = tmp_path / "device"
    folder.mkdir()
    return folder


@pytest.fixture
def find_place(request: pytest.FixtureRequest) -> Callable[[str], Place]:
    """Return a function from a kind of destination to what is there, by name, and its settings."""

    def find(kind: str) -> Place:
        if kind == "mail":
            box, settings = request.getfixturevalue("mailbox")
            return box.list_files, settings
        if kind == "webdav":
            folder, settings = request.getfixturevalue("webdav")
            return partial(list_files, folder), settings
        if kind == "calibre":
            folder = request.getfixturevalue("library")
            return partial(list_files, folder), {"kind": kind, "library": str(folder)}
        folder = request.getfixturevalue("device")
        return partial(list_files, folder), {"kind": kind, "folder": str(folder)}

    return find


def list_files(folder: Path) -> dict[str, bytes]:
    """Return the content of the books and of what is left of them in a folder, by name."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != "metadata.db"}
