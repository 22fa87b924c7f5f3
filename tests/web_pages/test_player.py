"""A page in Chromium: the word that is spoken is highlighted, every key and button works, and axe finds no fault."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from exporter.edition import Edition, Work
from exporter.exporters.page_with_player import export
from exporter.recording import Recording
from tests.builders import article
from tests.ebook.test_readaloud import config
from tests.web_pages.ranged_server import RangedHandler

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent
PARAGRAPHS = (
    'The tide turned at ten past four. Nobody rang a bell, and nobody asked "why" on Aug. 8, 2021.',
    "## How it works",
    "The gates close behind the *water*; 2½ acres of it wait. Then the wheel turns, slowly, for five hours.",
    "- one gate\n- one wheel",
    "## What is left",
    "A wall, a name, and this short story. It ends where it began, with the sea and its £5 toll.",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recording]:
    """A page with sound, and the timeline of the sound."""
    folder = tmp_path_factory.mktemp("page")
    chosen = config(folder / "work", engine="system")
    edition = Edition([Work(article(*PARAGRAPHS, title="The mill by the sea"), chosen)], chosen)
    result = export(edition, folder / "the mill.html")
    assert [path.name for path in result.paths] == ["the mill.html", "the mill.mp3"]
    return result.paths[0], edition.episodes[result.paths[1]].recording


def find_spoken_word(recording: Recording, second: float) -> str:
    """Return the written word that is spoken at a time; empty before the first of its sentence."""
    sample = second * recording.rate
    segment = [each for each in recording.segments if each.begin <= sample][-1]
    begun = [word for word in segment.words if word.begin <= sample + recording.rate * 0.005]
    if not begun:
        return ""
    return next(run[0] for run in re.finditer(r"\S+", segment.written) if run.end() > begun[-1].written_start)


def straighten(text: str) -> str:
    """Return a text with typewriter quotation marks."""
    return re.sub("[“”]", '"', text.replace("\u00a0", " "))


def drive(driver: Path, axe: Path, chromium: str, address: str, times: list[float]) -> Any:
    command = ["node", str(FOLDER / "player.mjs"), str(driver), str(axe), chromium, address, json.dumps(times)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_page_plays(scheme: str, page: tuple[Path, Recording], chromium: str, driver: Path, axe: Path) -> None:
    path, recording = page
    words = [word for s in recording.segments if s.anchor[1:2].isdigit() for word in s.words]
    times = [round((word.begin + word.end) / 2 / recording.rate, 3) for word in words]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(RangedHandler, folder=path.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served = f"http://127.0.0.1:{server.server_address[1]}/the%20mill.html"
        found = drive(driver, axe, chromium, path.as_uri() if scheme == "file" else served, times)
        server.shutdown()
    spoken = [find_spoken_word(recording, time) for time in times]
    assert [straighten(each["word"]) for each in found["ranges"]] == spoken
    assert len(spoken) > 40
    for each in found["ranges"]:
        assert each["word"] in each["sentence"]
    check_words_while_playing(found["played"], recording)
    assert found["errors"] == []
    assert {re.sub(r"[?#].*", "", url).rsplit("/", 1)[-1] for url in found["requests"]} <= {
        *("the%20mill.html", "the%20mill.mp3", "next.html", "favicon.ico", "about:blank")
    }
    assert (found["playing"], found["paused"]) == ("Pause", True)
    check_controls(found, recording)
    assert all(passes > 20 and not violations for passes, violations in found["axe"]), found["axe"]
    assert found["narrow"] == 320
    assert found["height"] < 110
    assert found["bare"][:2] == [True, False]


def check_words_while_playing(samples: list[dict[str, Any]], recording: Recording) -> None:
    """Check that the highlighted word is the spoken one, or the one of a frame or two before."""
    assert samples[-1]["time"] > samples[0]["time"] + 1
    for sample in samples:
        near = {find_spoken_word(recording, max(0, sample["time"] - late)) for late in (0, 0.05, 0.1)}
        assert straighten(sample["word"]) in near, sample


def check_controls(found: Any, recording: Recording) -> None:
    """Check what each key and button did."""
    seconds = [recording.seconds(mark.begin) for mark in recording.chapters]
    length = recording.seconds(recording.samples)
    keys = found["keys"]
    assert keys["ahead"] == pytest.approx(min(35, length), abs=0.1)
    assert keys["back"] == pytest.approx(min(35, length) - 10, abs=0.1)
    assert keys["next"]["sentence"] != keys["sentence"]["sentence"]
    assert any(keys["chapter"] == pytest.approx(begin, abs=0.1) for begin in seconds)
    assert keys["off"] == pytest.approx(0, abs=0.01)
    assert found["rate"] == [1.5, True]
    assert re.search(r"#t=\d+$", found["shared"])
    assert found["clicked"]["paused"] is False
    assert found["listen"] == pytest.approx(seconds[1], abs=0.5)
    assert found["remembered"] == pytest.approx(7.5, abs=0.1)
    assert found["linked"] == pytest.approx(4, abs=0.1)
    assert -0.1 < found["slept"] < 0.4
    assert found["isListed"]
    assert found["print"] is False
