"""The index of a manifest finds in the lines of a file what a plain list of all entries would."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.facts import Facts
from exporter.manifest import offset_table
from exporter.manifest.line_journal import LineJournal
from exporter.manifest.manifest import FILE_NAME, read_manifest
from exporter.manifest.manifest_entries import ManifestEntry
from exporter.manifest.manifest_index import EntryIndex
from exporter.manifest.offset_table import OffsetTable
from exporter.output_folder.file_stamps import FileStamp
from exporter.pipeline import Outcome
from tests.benchmarks.shelves import fill_manifest


def make_entry(label: str, identifier: str, content: str = "c", address: str = "", second: int = 0) -> ManifestEntry:
    return ManifestEntry(
        label=label,
        key="k",
        stem="mill",
        inputs=(),
        outcome=Outcome(""),
        outputs=(FileStamp("mill.txt", 1, 1),),
        settings="s",
        source_stamp=FileStamp(label, len(content), 1),
        id=identifier,
        added=f"2026-11-30T00:00:{second:02}Z",
        facts=Facts(title="The mill", address=address),
        content=content,
    )


def open_index(folder: Path, *entries: ManifestEntry) -> EntryIndex:
    """Write entries into the manifest of a folder, and read it."""
    (folder / FILE_NAME).write_bytes(b"".join(b"\n" + msgspec.json.encode(entry) for entry in entries))
    index = EntryIndex(folder, LineJournal(folder / FILE_NAME, folder / "lock"))
    assert index.read_first() == []
    return index


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), max_size=30), st.integers(0, 30))
def test_a_table_finds_the_places_of_a_text_newest_first(rows: list[tuple[str, str]], first: int) -> None:
    table = OffsetTable(2)
    for place, row in enumerate(rows):
        if place == first:
            table.find(0, "a")
        add = table.add_first if place < first else table.add
        add(tuple(map(hash, row)), place)
    for kind, letters in enumerate(("abcd", "xyz")):
        for letter in letters:
            places = [place for place, row in enumerate(rows) if row[kind] == letter]
            assert table.find(kind, letter) == places[::-1]


def test_a_large_table_is_sorted_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for limit in (0, 1000):
        monkeypatch.setattr(offset_table, "_MAX_SORTED_HERE", limit)
        table = OffsetTable(1)
        for place in range(300):
            table.add_first((hash(str(place % 7)),), place)
        found.append([table.find(0, str(number)) for number in range(8)])
    assert found[0] == found[1]
    assert found[0][3] == list(range(297, 0, -7))


def test_the_newest_entry_of_a_label_counts_and_a_moved_one_only_under_its_new_label(tmp_path: Path) -> None:
    first, changed = make_entry("a", "1"), make_entry("a", "1", content="new")
    moved, other = make_entry("b", "1", content="new"), make_entry("a", "2", second=1)
    index = open_index(tmp_path, first, changed)
    assert (index.find("a"), index.find("b"), index.lines, index.labels) == (changed, None, 2, 1)
    index = open_index(tmp_path, first, changed, moved)
    assert (index.find("a"), index.find("b")) == (None, moved)
    index = open_index(tmp_path, first, changed, moved, other)
    assert (index.find("a"), index.find("b")) == (other, moved)
    assert list(index.list_entries()) == [moved, other]
    assert tuple(read_manifest(tmp_path)) == (moved, other)


def test_an_entry_is_found_by_all_that_a_source_may_share_with_it(tmp_path: Path) -> None:
    page = make_entry("in/a.html", "1", content="c1", address="https://example.org/a")
    copy = make_entry("more/a.html", "2", content="c1", second=1)
    edition = msgspec.structs.replace(
        make_entry("bound:all", "3", content="", second=2), key="whole", source_stamp=None
    )
    index = open_index(tmp_path, page, copy, edition)
    assert index.find_by_content("c1") == [copy, page]
    assert index.find_by_address("https://example.org/a") == page
    assert index.find_by_file("a.html", 2) == [copy, page]
    assert index.find_by_file("a.html", 3) == []
    assert index.find_bound("whole") == [edition]
    assert index.find_bound("k") == []


def test_what_another_process_added_or_rewrote_is_read(tmp_path: Path) -> None:
    one, two, three = (make_entry(label, label, second=number) for number, label in enumerate("abc"))
    index = open_index(tmp_path, one, two)
    other = LineJournal(tmp_path / FILE_NAME, tmp_path / "lock")
    assert [line for _, line in other.read_new()] == [msgspec.json.encode(one), msgspec.json.encode(two)]
    place = other.append(msgspec.json.encode(three))
    assert other.read_at(place) == msgspec.json.encode(three)
    index.read_new()
    assert index.find("c") == three
    other.rewrite([msgspec.json.encode(three), msgspec.json.encode(one)])
    assert index.find("b") == two  # as it was read
    index.read_new()
    assert (index.find("a"), index.find("b"), index.find("c")) == (one, None, three)


def test_a_line_that_is_no_entry_is_left_out(tmp_path: Path) -> None:
    entry = make_entry("a", "1")
    line = msgspec.json.encode(entry)
    (tmp_path / FILE_NAME).write_bytes(line[:40] + b"\n" + line + b"\n[]\n\xff\n" + line[:-1])
    assert tuple(read_manifest(tmp_path)) == (entry,)


def test_a_large_manifest_is_read_one_entry_at_a_time(tmp_path: Path) -> None:
    fill_manifest(tmp_path, 2_000)
    tracemalloc.start()
    try:
        assert sum(len(entry.label) > 0 for entry in read_manifest(tmp_path)) == 2_000
        assert tracemalloc.get_traced_memory()[1] < (tmp_path / FILE_NAME).stat().st_size / 3
    finally:
        tracemalloc.stop()
