"""The address at which a folder is served: loopback, or that of this machine in its local network."""

from __future__ import annotations

import io
import secrets
import socket
from pathlib import Path

import msgspec
import segno
import uvicorn

from exporter.config import Config
from exporter.errors import Notice, OutputError, describe_error
from exporter.publishing.publish_folder import make_podcast_guid
from exporter.publishing.shelf import read_state, write_state
from exporter.serving.served_shelf import ServedShelf
from exporter.serving.web_app import FolderApp

KEY_BYTES = 16
"""Bytes of the secret key in the address: 128 bits cannot be guessed."""

_LOOPBACK = "127.0.0.1"
_DOCUMENTATION_ADDRESS = ("192.0.2.1", 9)
"""An address that no machine has (RFC 5737): a route to it leaves by the interface of the local network."""

_GRACE_SECONDS = 1  # for running transfers when the server ends


class FolderServer:
    """A folder that is ready to be served at `url`; the socket is bound, so that the address is certain."""

    def __init__(self, folder: Path, config: Config, new_key: bool = False) -> None:
        """Bind the socket, and make the secret key if there is none, or if a new one is asked for.

        A folder that cannot be written, as on a read-only disk, is served at another address each time, which `notice`
        says. Raises `SourceError` for a folder that no batch has filled, `OutputError` if the address cannot be used,
        or the new key cannot be kept.
        """
        settings = config.serve
        host = find_lan_address() if settings.lan else _LOOPBACK
        self.socket = _bind(host, settings.port)
        port = self.socket.getsockname()[1]
        hosts = [f"{host}:{port}"] if settings.lan else [f"{host}:{port}", f"localhost:{port}"]
        state = read_state(folder)
        key = secrets.token_urlsafe(KEY_BYTES) if new_key or not state.key else state.key
        self.url = f"http://{hosts[0]}/{key}/"
        guid = state.guid or make_podcast_guid(config.publish.url or self.url)
        self.app = FolderApp(ServedShelf(folder, config.publish, guid), key, hosts)
        self.notice: Notice | None = None
        if (after := msgspec.structs.replace(state, key=key, guid=guid)) != state:
            try:
                write_state(folder, after)
            except OutputError:
                if new_key:
                    raise
                if not state.key:
                    self.notice = Notice(str(folder), "it cannot be written, so its address changes with every start")

    def run(self) -> None:
        """Serve until the process is interrupted."""
        settings = uvicorn.Config(
            self.app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        uvicorn.Server(settings).run([self.socket])


def find_lan_address() -> str:
    """Return the address of this machine in its local network; raises `OutputError` if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_DOCUMENTATION_ADDRESS)  # of a datagram socket: nothing is sent
        except OSError as error:
            cause = describe_error(error, "NoNetwork")
            raise OutputError("serving", "--lan", cause, "Connect to a network, or leave --lan out.") from error
        return str(probe.getsockname()[0])


def draw_qr_code(url: str) -> str:
    """Draw the QR code of an address for a terminal."""
    out = io.StringIO()
    segno.make(url, micro=False).terminal(out, compact=True)
    return out.getvalue()


def _bind(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        cause = describe_error(error, "SystemError")
        raise OutputError("serving", f"{host}:{port}", cause, "Choose another port with --port.") from error
