"""The index of a site: one player for all works, a search without a server, and scripts that stay when a work comes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter.config import PublishSettings
from exporter.edition import Edition, Work
from exporter.episode_file import write_episode
from exporter.facts import Facts
from exporter.publishing import Site
from exporter.publishing.shelf import Shelf, ShelvedFile, ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter
from exporter.publishing.site import MAX_LISTED, SHARD_ROWS, publish
from tests.builders import article
from tests.ebook.test_readaloud import config

SITE = Site(PublishSettings(), "Reading & <more>", "https://me.example/r/", "", ("podcast", "opds", "site"))


def shelve(number: int, **facts: Any) -> ShelvedWork:
    """A work with a page and an episode."""
    files = {suffix: ShelvedFile(f"work {number}{suffix}", 1, 1) for suffix in (".html", ".mp3", ".epub", ".vtt")}
    added = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    stated = Facts(**{"title": f"Work {number}", "seconds": 90.0, "published": "2024-03-14", **facts})
    return ShelvedWork(
        id=f"{number:08}-0000-5000-8000-000000000000",
        added=added,
        stem=f"work {number}",
        encoded_facts=msgspec.msgpack.encode(stated),
        files=files,
        key=b"%d" % number,
    )


def write(works: Iterator[ShelvedWork] | list[ShelvedWork], folder: Path) -> list[str]:
    """Publish works, the oldest first; returns the names of the files that changed."""
    writer = ShelfWriter(folder, {})
    publish(Shelf(folder, tuple(works)[::-1]), SITE, writer)
    return writer.changed


def test_the_index_is_whole_without_a_script(tmp_path: Path) -> None:
    write([shelve(1, title="A <b> & c", authors=("Ann Weir",), description="It turned."), shelve(2)], tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.index("Work 2") < index.index("A &lt;b&gt; &amp; c")
    assert "<title>Reading &amp; &lt;more&gt;</title>" in index
    assert "Ann Weir · March 14, 2024 · 2\u00a0min" in index
    for href in ("work%201.html", "work%201.mp3", "work%201.epub", "work%201.vtt", "feed.xml", "opds.xml"):
        assert f'href="{href}"' in index
    assert "default-src 'none'" in index


def test_one_more_work_changes_only_the_last_script(tmp_path: Path) -> None:
    works = [shelve(number) for number in range(SHARD_ROWS + 3)]
    assert write(works[:-1], tmp_path) == ["search-1.js", "search-2.js", "index.html"]
    assert write(works[:-1], tmp_path) == []
    assert write(works, tmp_path) == ["search-2.js", "index.html"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8").count("<li ") == MAX_LISTED


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder with three works, two of which have sound."""
    folder = tmp_path_factory.mktemp("site")
    chosen = config(folder / "work")
    works = []
    for number, title in enumerate(("L’écluse and the wind", "The mill", "The sea & <sand>")):
        work = shelve(number, title=title, language="fr" if number == 0 else "en", authors=("Bo Li",))
        if number < 2:
            write_episode(Edition([Work(article("It turned."), chosen)], chosen), folder / f"work {number}.mp3")
            works.append(work)
        else:
            works.append(msgspec.structs.replace(work, files={".html": work.files[".html"]}))
    write(works, folder)
    return folder


@pytest.mark.browser
def test_an_index_plays_and_searches(site: Path, chromium: str, driver: Path, axe: Path) -> None:
    script = Path(__file__).with_name("index.mjs")
    command = ["node", str(script), str(driver), str(axe), chromium, (site / "index.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    titles = ["The sea & <sand>", "The mill", "L’écluse and the wind"]
    assert found["errors"] == []
    assert found["titles"] == found["cleared"] == titles
    assert found["loaded"] == 0
    assert found["first"] == ["The mill", "1 / 2"]
    assert found["second"] == ["L’écluse and the wind", 1]
    assert found["pressed"] == 0
    assert found["hits"] == [titles[2:], "1 found"]
    assert found["nothing"] == [[], "Nothing found."]
    assert found["queue"] == 2
    assert all(passes > 15 and not violations for passes, violations in found["axe"]), found["axe"]
    assert found["narrow"] == 320
    assert found["bare"] == [False, 3 + 2 * 3]
