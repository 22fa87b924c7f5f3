"""Clients of feeds and catalogues: Debian's gPodder, parsers of npm, Chromium with an e-reader's catalogue parser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.ebook.conftest import chromium, engine

__all__ = ["chromium", "engine"]

NPM_PACKAGES = ("podcast-partytime@5.0.0", "rss-parser@3.13.0", "r2-opds-js@1.0.47")
"""The Podcast Index's own parser, a common parser of RSS, and the catalogue parser of the e-reader Thorium."""

Script = Callable[[str, Path], Any]


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the folder ``site`` of the test."""
    (tmp_path / "site").mkdir()
    handler = partial(_QuietHandler, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def gpo(tmp_path: Path) -> Callable[..., str]:
    """Run a command of gPodder in a home of its own; returns what it prints."""
    if not shutil.which("gpo") and not os.environ.get("CI"):
        pytest.skip("podcasts are fetched by gPodder: apt-get install --no-install-recommends gpodder")
    home = tmp_path / "gpodder"
    environment = {**os.environ, "GPODDER_HOME": str(home), "LC_ALL": "C.UTF-8"}

    def run(*words: str) -> str:
        command = ["gpo", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True).stdout

    return run


@pytest.fixture(scope="session")
def run_script(pytestconfig: pytest.Config) -> Script:
    """Run a script of this folder by Node.js on a file, with the packages of npm; returns the JSON that it prints."""
    home = Path(pytestconfig.cache.mkdir("feed-parsers"))
    if not all((home / "node_modules" / name.partition("@")[0]).exists() for name in NPM_PACKAGES):
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", *NPM_PACKAGES]
        try:
            (home / "package.json").write_text("{}")
            subprocess.run(command, cwd=home, capture_output=True, timeout=300, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"feeds are read by parsers that npm fetches, which it could not: {error}")

    def run(script: str, path: Path) -> Any:
        shutil.copy(Path(__file__).with_name(script), home / script)
        done = subprocess.run(["node", script, str(path)], cwd=home, capture_output=True, timeout=60, check=True)
        return json.loads(done.stdout)

    return run
