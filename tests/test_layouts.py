"""Where the files of a batch lie in its folder, and that all who read the folder find them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from exporter import digest
from exporter.batches import batch
from exporter.config import Config, Layout, OutputSettings, PublishSettings
from exporter.delivery.deliver_works import deliver_files, plan_delivery
from exporter.errors import Notice
from exporter.manifest.manifest import read_manifest
from exporter.output_folder.layouts import is_own_place, place_stem
from exporter.pipeline import BuildRequest, Outcome, Source
from exporter.publishing.publish_folder import publish
from exporter.publishing.shelf import open_shelf
from exporter.serving.served_shelf import ServedShelf
from exporter.sources import Selection, UnopenedFile, list_sources

MIRRORED = [
    ("../saved/2020/a.html", "saved/2020/a"),
    ("../../elsewhere/A note.v2.md", "elsewhere/A note.v2"),
    ("notes.md", "notes"),
    ("../No. 7", "No. 7"),
    ("../saved.zip:deep/a.html", "saved.zip/deep/a"),
    ("https://example.org/mill/turned.php", "example.org/mill/turned"),
    ("https://example.org/", "example.org"),
    ("https://example.org:8080/a?id=5", "example.org/8080/a-id=5"),
    ("../.hidden/..twice/a.md", "hidden/twice/a"),
    ("../con/aux.md", "con-/aux.md-"),
    ("C:/saved/a.md", "C/saved/a"),
    ("-31043e0c", "-31043e0c"),
    ("../\udcff.md", "-"),
    ("..", "article"),
]


@pytest.mark.parametrize(("label", "stem"), MIRRORED)
def test_a_source_is_mirrored_by_a_path_that_every_system_allows(label: str, stem: str) -> None:
    assert place_stem("source", "a-title", label) == stem


def test_a_mirrored_name_leaves_room_for_a_suffix() -> None:
    assert len(place_stem("source", "", f"../{'🙂' * 100}.md").encode()) <= 200


def test_a_sharded_stem_is_that_of_one_source_only() -> None:
    stems = {place_stem("sharded", "weekly-notes", f"../{number}.md") for number in range(2000)}
    assert len(stems) == 2000
    stem = place_stem("sharded", "weekly-notes", "../1.md")
    assert is_own_place(stem, "../1.md")
    assert not is_own_place(stem, "../2.md")
    assert not is_own_place("weekly-notes", "../1.md")


def configure(folder: Path, layout: Layout) -> Config:
    default = Config(jobs=1, output=OutputSettings(layout=layout))
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence"),
        cache=msgspec.structs.replace(default.cache, folder=str(folder / "cache")),
        destinations={"there": {"kind": "folder", "folder": str(folder / "device")}},
    )


def fill(folder: Path, layout: Layout, *exporters: str, notify: Callable[[Notice], None] = print) -> list[Outcome]:
    """Run a batch over ``in`` into ``out``."""
    config = configure(folder, layout)
    request = BuildRequest(exporters, config, str(folder / "out"))

    def list_named(selection: Selection) -> Iterator[Source | UnopenedFile]:
        return list_sources([str(folder / "in")], config.input, None, config.cache, notify, selection)

    placed = batch.run_listed(list_named, request, batch.BatchOptions(jobs=1, notify=notify))
    return [outcome for _, outcome in sorted(placed, key=lambda each: each.place)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with four articles of one title in ``in``, two of them called by the same name and suffix."""
    for name in ("a.md", "a.txt", "2020/b.md", "2021/b.md"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# The mill\n\nIt turned in {name.replace('/', ' ')}, and it turns again.\n")
    return tmp_path


@pytest.mark.parametrize(
    ("layout", "pattern"),
    [
        ("flat", r"the-mill(-[0-9a-f]{8})?"),
        ("source", r"in/(a(-[0-9a-f]{8})?|2020/b|2021/b)"),
        ("sharded", r"[0-9a-f]{2}/[0-9a-f]{2}/the-mill-[0-9a-f]{8}"),
    ],
)
def test_every_source_has_files_of_its_own_and_keeps_them(layout: Layout, pattern: str, folder: Path) -> None:
    outcomes = fill(folder, layout, "script")
    stems = [entry.stem for entry in read_manifest(folder / "out")]
    assert len(set(stems)) == 4
    assert all(re.fullmatch(pattern, stem) for stem in stems)
    assert all((folder / "out" / f"{stem}.txt").is_file() for stem in stems)
    again = fill(folder, layout, "script")
    assert [outcome.kept for outcome in again] == [True] * 4
    assert [outcome.written for outcome in again] == [outcome.written for outcome in outcomes]
    (folder / "in" / "2020" / "b.md").write_text("# The mill\n\nIt stood.\n")
    changed = fill(folder, layout, "script")
    assert [outcome.source for outcome in changed if not outcome.kept] == [str(folder / "in" / "2020" / "b.md")]
    assert sorted(entry.stem for entry in read_manifest(folder / "out")) == sorted(stems)


def test_sharded_stems_make_no_markers(folder: Path) -> None:
    fill(folder, "sharded", "script")
    assert not (folder / "out" / ".exporter" / "names").exists()


@pytest.mark.parametrize(("layout", "count"), [("flat", 1), ("source", 0)])
def test_that_one_folder_holds_too_much_is_said_once(
    layout: Layout, count: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_FLAT_NAMES", 2)
    notices: list[Notice] = []
    fill(folder, layout, "script", notify=notices.append)
    assert len(notices) == count
    assert all("--layout source" in notice.text for notice in notices)


@pytest.mark.parametrize("layout", ["source", "sharded"])
def test_what_lies_in_inner_folders_is_published_served_delivered_and_digested(layout: Layout, folder: Path) -> None:
    fill(folder, layout, "epub", "audio")
    out, config = folder / "out", configure(folder, layout)
    stems = [entry.stem for entry in read_manifest(out)]
    publishers = ("podcast", "opds", "site", "playlist", "notes", "audiobook")
    publish(out, PublishSettings(url="https://me.example/"), publishers)
    listed = (out / "playlist.m3u8").read_text().splitlines()
    feed, catalogue = (out / "feed.xml").read_text(), (out / "opds.xml").read_text()
    served = ServedShelf(out, PublishSettings(), "guid")
    for stem in stems:
        assert f"{stem}.mp3" in listed
        assert f'"https://me.example/{stem}.mp3"' in feed
        assert re.search(rf'"https://me.example/{stem}-[0-9a-f]{{8}}\.jpg"', feed)
        assert f"{stem}.epub" in catalogue
        assert (out / f"{stem}.audiobook").is_file()
        assert served.find_file(f"{stem}.epub")
        (picture,) = out.glob(f"{stem}-????????.jpg")
        assert served.find_file(str(picture.relative_to(out)))
    assert served.find_file(f"{stems[0]}.notes.html") is None
    (folder / "device").mkdir()
    assert all(delivery.error is None for delivery in deliver_files(plan_delivery(out, "there", config)))
    assert all((folder / "device" / f"{stem}.epub").is_file() for stem in stems)
    assert plan_delivery(out, "there", config).files == ()
    outcome = digest.make_digest(digest.plan_digest(out, config), BuildRequest(("epub",), config))
    assert outcome.error is None
    assert Path(outcome.written[0]).parent == out


def test_a_work_behind_a_linked_folder_is_not_on_the_shelf(folder: Path) -> None:
    fill(folder, "source", "script")
    (folder / "out" / "in" / "2020").rename(folder / "elsewhere")
    (folder / "out" / "in" / "2020").symlink_to(folder / "elsewhere")
    stems = [work.stem for work in open_shelf(folder / "out").works]
    assert "in/2021/b" in stems
    assert "in/2020/b" not in stems
