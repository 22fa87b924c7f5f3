"""Chromium for tests: without a screen and off line, with pages that a local server gives it and that report to it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class _Shelf(SimpleHTTPRequestHandler):
    """Serves the files of a folder, and takes what their scripts report."""

    def __init__(self, *args: Any, reports: queue.Queue[dict[str, Any]], **named: Any) -> None:
        self.reports = reports
        super().__init__(*args, **named)

    def do_POST(self) -> None:
        self.reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def reported(chromium: str, folder: Path, page: str, number: int = 1) -> list[dict[str, Any]]:
    """Open a page of a folder in Chromium, and return the first reports that its scripts post to ``/report``."""
    reports: queue.Queue[dict[str, Any]] = queue.Queue()
    handler = partial(_Shelf, directory=str(folder), reports=reports)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/{page}"
        free = ("--remote-debugging-port=0", "--autoplay-policy=no-user-gesture-required")
        command = [chromium, *FLAGS, *free, f"--user-data-dir={folder / 'profile'}", address]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return [reports.get(timeout=90) for _ in range(number)]
        finally:
            browser.terminate()
            browser.wait()
            server.shutdown()
