"""A read-aloud book as Chromium plays it: what sounds is what is lit up, and pauses are silent."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from exporter.document import Document
from exporter.ebook.finished_book import FinishedBook
from exporter.exporters.finished_readaloud import add_sound
from tests.builders import article
from tests.ebook.browser import reported
from tests.ebook.test_readaloud import clips, config, spoken

pytestmark = pytest.mark.browser

PLAYER = Path(__file__).with_name("playback.js")


def _unpacked(book: Path, folder: Path) -> None:
    """Unpack a book of one article, with a page beside it that plays it."""
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
        smil = next(name for name in archive.namelist() if name.endswith(".smil"))
        overlay = [
            {"anchor": text.partition("#")[2], "begin": begin, "end": end}
            for text, _, begin, end in clips(archive, smil)
        ]
    package = next(folder.glob("EPUB/*.opf")).read_text(encoding="utf-8")
    active = re.search(r"media:active-class\">([^<]+)<", package)
    assert active
    sound, page = (next(folder.rglob(form)).relative_to(folder).as_posix() for form in ("*.mp3", "text/a*.xhtml"))
    shutil.copy(PLAYER, folder / "playback.js")
    (folder / "player.html").write_text(
        f'<!DOCTYPE html><iframe src="/{page}"></iframe><audio preload="auto"></audio>'
        f'<script>const clips = {json.dumps(overlay)}, active = "{active[1]}", sound = "/{sound}"</script>'
        '<script src="/playback.js"></script>',
        encoding="utf-8",
    )


def _played(chromium: str, book: Path, folder: Path) -> dict[str, Any]:
    """Play a book, and return what the player reports."""
    _unpacked(book, folder)
    return reported(chromium, folder, "player.html")[0]


def test_what_sounds_is_what_is_lit_up(tmp_path: Path, chromium: str) -> None:
    sentences = ("The tide turned at ten past four.", "Nobody rang a bell.", "How it works", "The gates close.")
    first, second, heading, last = sentences
    text = article(f"{first} {second}", f"## {heading}", last, title="The mill")
    played = _played(chromium, spoken([text], tmp_path, engine="system"), tmp_path / "book")
    assert "error" not in played, played["error"]
    assert [lit["text"].strip() for lit in played["lit"]] == ["The mill", *sentences]
    assert all(lit["background"] not in ("rgba(0, 0, 0, 0)", "transparent") for lit in played["lit"])
    assert all(lit["loud"] > 0.1 for lit in played["lit"])
    assert max(played["pauses"]) < 0.01


def _heard(chromium: str, engine: Path, folder: Path) -> dict[str, Any]:
    """Let an EPUB engine play ``book.epub`` in a folder, and return what it highlights."""
    shutil.copytree(engine, folder / "engine")
    (folder / "index.html").write_text(
        '<!DOCTYPE html><meta charset="utf-8"><script type="module">'
        + Path(__file__).with_name("listening.js").read_text(encoding="utf-8")
        + "</script>",
        encoding="utf-8",
    )
    return reported(chromium, folder, "index.html")[0]


def test_an_engine_lights_up_each_sentence_while_it_plays(tmp_path: Path, chromium: str, engine: Path) -> None:
    sentences = ("The tide turned at ten past four.", "How it works", "The gates close behind the water.")
    first, heading, last = sentences
    spoken([article(first, f"## {heading}", last, title="The mill by the sea")], tmp_path, engine="system")
    assert _heard(chromium, engine, tmp_path) == {"lit": ["The mill by the sea", *sentences]}


def test_an_engine_plays_a_finished_book_that_got_sound(tmp_path: Path, chromium: str, engine: Path) -> None:
    text = "# The mill by the sea\n\nThe tide turned at *ten* past four. The gates close behind the water."
    pypandoc.convert_text(text, "epub3", "markdown", outputfile=str(tmp_path / "silent.epub"))
    silent = FinishedBook(Document("silent.epub", (tmp_path / "silent.epub").read_bytes()), 10_000_000)
    add_sound(silent, config(tmp_path, engine="system"), tmp_path / "book.epub")
    sentences = ["The tide turned at ten past four.", "The gates close behind the water."]
    assert _heard(chromium, engine, tmp_path)["lit"][-3:] == ["The mill by the sea", *sentences]
