"""The oldest works of a folder make room for new ones, and nothing that exporter did not make goes with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from exporter.errors import UsageError
from exporter.output_folder.own_files import note_files
from exporter.publishing.eviction import evict_works
from exporter.publishing.shelf import open_shelf
from tests.publishing.shelf_builders import FILES, add_work

NOW = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)  # an hour after the first work was added


def list_kept(folder: Path) -> list[int]:
    return sorted(int(work.stem.rpartition("-")[2]) for work in open_shelf(folder).works)


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("", [0, 1, 1500, 3000]), ("2", [1500, 3000]), ("9", [0, 1, 1500, 3000]), ("1d", [3000]), ("2d", [1500, 3000])],
)
def test_the_newest_works_stay(tmp_path: Path, keep: str, kept: list[int]) -> None:
    for number in (0, 1, 1500, 3000):  # minutes after the first of November
        add_work(tmp_path, number)
    result = evict_works(tmp_path, keep, datetime(2026, 11, 3, 3, 0, tzinfo=UTC))
    assert list_kept(tmp_path) == kept
    assert result.works == 4 - len(kept)
    assert len(result.removed) == len(FILES) * result.works
    assert evict_works(tmp_path, keep, datetime(2026, 11, 3, 3, 0, tzinfo=UTC)).works == 0


def test_what_exporter_did_not_make_stays(tmp_path: Path) -> None:
    add_work(tmp_path, 0)
    add_work(tmp_path, 1)
    (tmp_path / "work-0.epub").write_bytes(b"a book that its reader has marked")
    (tmp_path / "work-0.txt").write_text("a letter")
    (tmp_path / "elsewhere").write_bytes(FILES[".mp3"])
    (tmp_path / "work-0.mp3").unlink()
    (tmp_path / "work-0.mp3").symlink_to(tmp_path / "elsewhere")
    note_files(tmp_path, [b"work-0-0123abcd.jpg", b"work-0.notes.md", b"work-1-0123abcd.jpg"])
    for name in ("work-0-0123abcd.jpg", "work-0.notes.md", "work-1-0123abcd.jpg", "work-0-9999ffff.jpg"):
        (tmp_path / name).write_bytes(b"x")
    result = evict_works(tmp_path, "1", NOW)
    assert {notice.subject for notice in result.notices} == {"work-0.epub", "work-0.mp3"}
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith("work-0")}
    assert left == {"work-0.epub", "work-0.txt", "work-0.mp3", "work-0-9999ffff.jpg"}
    assert {"work-1.epub", "work-1-0123abcd.jpg", "elsewhere"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("keep", ["0", "-1", "1w", "d", "1.5", "٣"])
def test_anything_else_is_refused(tmp_path: Path, keep: str) -> None:
    with pytest.raises(UsageError, match="neither a number of works nor of days"):
        evict_works(tmp_path, keep, NOW)
