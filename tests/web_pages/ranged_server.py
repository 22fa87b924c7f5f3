"""A server of files that understands one range of bytes: browsers seek in a sound only if its server does."""

from __future__ import annotations

import mimetypes
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote


class RangedHandler(BaseHTTPRequestHandler):
    """Serves the files of a folder."""

    def __init__(self, *args: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*args)

    def do_GET(self) -> None:
        file = self.folder / unquote(self.path).lstrip("/")
        if not file.is_file():
            self.send_response(204)  # browsers ask for an icon
            self.end_headers()
            return
        data = file.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        begin, end = (int(asked[1]), int(asked[2] or len(data) - 1)) if asked else (0, len(data) - 1)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {begin}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end + 1 - begin))
        self.end_headers()
        self.wfile.write(data[begin : end + 1])

    def log_message(self, *args: object) -> None:
        """Say nothing."""
