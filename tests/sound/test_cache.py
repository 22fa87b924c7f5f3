"""Cache entries are whole or missing, shared between processes, and limited in size."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter import cache as cache_module
from exporter import clip_cache
from exporter.cache import MARKER, MIN_TRIM_AGE_SECONDS, SEAL_BYTES, Cache, make_key, writable_settings
from exporter.config import CacheSettings
from exporter.engines import Speech, Utterance, WordTime
from exporter.errors import OutputError

SPEECH = Speech(b"\1\0" * 1000, 22_050, (WordTime(0, 4, 0), WordTime(5, 9, 400)))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(CacheSettings(folder=str(tmp_path), largest=10_000))


def test_an_entry_comes_back_as_it_was(cache: Cache) -> None:
    cache.put("kind", make_key(b"a"), b"some bytes")
    assert cache.get("kind", make_key(b"a")) == b"some bytes"
    assert cache.get("kind", make_key(b"a"), 4) == b"some"
    assert cache.get("kind", make_key(b"b")) is None
    assert cache.get("other", make_key(b"a")) is None


@pytest.mark.parametrize("damage", [lambda data: data[:0], lambda data: data[:-1], lambda data: bytes(len(data))])
def test_a_damaged_entry_is_not_returned(cache: Cache, damage: Callable[[bytes], bytes]) -> None:
    cache.put("kind", make_key(b"a"), b"some bytes")
    path = cache.path("kind", make_key(b"a"))
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("kind", make_key(b"a")) is None
    cache.put("kind", make_key(b"a"), b"some bytes")
    assert cache.get("kind", make_key(b"a")) == b"some bytes"


def test_keys_depend_on_where_a_part_ends() -> None:
    assert len({make_key(b"ab", b"c"), make_key(b"a", b"bc"), make_key(b"abc"), make_key(b"", b"abc")}) == 4


def test_many_writers_of_one_key_leave_one_whole_entry_and_nothing_else(cache: Cache) -> None:
    data = bytes(range(256)) * 400

    def write() -> None:
        for number in range(20):
            cache.put("kind", make_key(b"%d" % number), data)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(cache.get("kind", make_key(b"%d" % number)) == data for number in range(20))
    files = [path for path in cache.folder.rglob("*") if path.is_file() and path.name != MARKER]
    assert len(files) == 20


def test_an_unwritable_folder_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match=r"cache\.folder"):
        Cache(CacheSettings(folder=str(tmp_path / "file" / "cache"))).put("kind", make_key(b"a"), b"x")


def test_a_folder_of_other_things_is_neither_written_nor_cleared(tmp_path: Path) -> None:
    letter = tmp_path / "letters" / "ab" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("mine")
    (tmp_path / "top.txt").write_text("mine too")
    cache = Cache(CacheSettings(folder=str(tmp_path)))
    for work in (cache.clear, lambda: cache.put("clips", make_key(b"a"), b"x")):
        with pytest.raises(OutputError, match="NotACache"):
            work()
    assert letter.read_text() == "mine"
    assert cache.usage() == ()


def test_clearing_leaves_what_does_not_have_the_name_of_an_entry_and_follows_no_link(
    tmp_path: Path, cache: Cache
) -> None:
    cache.put("clips", make_key(b"a"), b"x")
    own = cache.path("clips", make_key(b"a")).parent / "notes.txt"
    own.write_text("mine")
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere" / "ab"
    elsewhere.mkdir(parents=True)
    entry = elsewhere / ("ab" + "0" * 30)
    entry.write_text("not of the cache")
    (cache.folder / "mp3").symlink_to(elsewhere.parent)
    cache.clear()
    assert cache.get("clips", make_key(b"a")) is None
    assert own.exists()
    assert entry.exists()


def test_a_cache_of_an_earlier_version_gets_its_marker(tmp_path: Path) -> None:
    entry = Cache(CacheSettings(folder=str(tmp_path))).path("clips", make_key(b"a"))
    entry.parent.mkdir(parents=True)
    entry.write_bytes(b"old")
    Cache(CacheSettings(folder=str(tmp_path))).put("mp3", make_key(b"b"), b"x")
    assert (tmp_path / MARKER).read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")


def test_two_workers_may_start_a_cache_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one writes the marker after this one has looked for it, and before it looks at what else is there."""
    list_entries = cache_module._list

    def list_after_the_other(path: str) -> list[os.DirEntry[str]]:
        monkeypatch.undo()
        Cache(CacheSettings(folder=str(tmp_path))).put("mp3", make_key(b"b"), b"x")
        return list_entries(path)

    monkeypatch.setattr(cache_module, "_list", list_after_the_other)
    Cache(CacheSettings(folder=str(tmp_path))).put("clips", make_key(b"a"), b"x")
    assert Cache(CacheSettings(folder=str(tmp_path))).get("clips", make_key(b"a")) == b"x"


def test_a_folder_that_cannot_be_written_gives_way_to_a_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = CacheSettings(folder=str(tmp_path / "file" / "cache"))
    with writable_settings(settings) as (changed, notice):
        Cache(changed).put("clips", make_key(b"a"), b"x")
        assert notice is not None
        assert "EXPORTER_CACHE_FOLDER" in notice.text
        used = Path(changed.folder)
    assert not used.exists()
    usable = CacheSettings(folder=str(tmp_path / "new"))
    with writable_settings(usable) as (changed, notice):
        assert (changed, notice) == (usable, None)


def test_trimming_removes_the_longest_unused_and_keeps_recent_ones(cache: Cache) -> None:
    for number in range(8):
        cache.put("kind", make_key(b"%d" % number), bytes(2000 - SEAL_BYTES))
        old = cache.path("kind", make_key(b"%d" % number))
        age = old.stat().st_mtime - (MIN_TRIM_AGE_SECONDS + 100 * (8 - number) if number < 6 else 0)
        os.utime(old, (age, age))
    cache.get("kind", make_key(b"0"))  # young again
    cache.trim()
    left = [number for number in range(8) if cache.path("kind", make_key(b"%d" % number)).exists()]
    assert left == [0, 4, 5, 6, 7]


def test_a_cache_is_trimmed_as_it_grows(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.cache.TRIM_EVERY_BYTES", 4000)
    sizes = []
    for number in range(40):
        cache.put("kind", make_key(b"%d" % number), bytes(1000))
        os.utime(cache.path("kind", make_key(b"%d" % number)), (number, number))
        sizes.append(sum(usage.size for usage in cache.usage()))
    assert max(sizes) < 10_000 + 5 * (1000 + SEAL_BYTES)
    assert sizes[-1] > 5000


def test_recent_entries_are_bounded_too(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.cache.MAX_RECENT_BYTES", 6000)
    for number in range(20):
        cache.put("kind", make_key(b"%d" % number), bytes(2000 - SEAL_BYTES))
        path = cache.path("kind", make_key(b"%d" % number))
        os.utime(path, (path.stat().st_mtime - 20 + number,) * 2)
    cache.trim()
    left = [number for number in range(20) if cache.path("kind", make_key(b"%d" % number)).exists()]
    assert left == list(range(12, 20))  # 10,000 bytes and 6,000


def test_a_cache_below_its_limit_keeps_all(cache: Cache) -> None:
    cache.put("kind", make_key(b"a"), bytes(9000))
    os.utime(cache.path("kind", make_key(b"a")), (0, 0))
    cache.trim()
    assert cache.get("kind", make_key(b"a"))


def test_usage_and_clearing(cache: Cache) -> None:
    assert cache.usage() == ()
    for number in range(3):
        cache.put("clips", make_key(b"%d" % number), bytes(100))
    cache.put("mp3", make_key(b"x"), bytes(50))
    assert [tuple(usage) for usage in cache.usage()] == [
        ("clips", 3, 3 * (100 + SEAL_BYTES)),
        ("mp3", 1, 50 + SEAL_BYTES),
    ]
    cache.clear()
    assert cache.usage() == ()


def test_a_clip_comes_back_with_its_words(cache: Cache) -> None:
    made = clip_cache.store_clip(cache, "k", SPEECH)
    assert clip_cache.find_clip(cache, "k") == made == clip_cache.ClipFacts(22_050, 1000, SPEECH.words)
    assert clip_cache.read_pcm(cache, "k") == SPEECH.pcm


def test_a_clip_of_thousands_of_words_comes_back(cache: Cache) -> None:
    words = tuple(WordTime(number, number + 1, number) for number in range(5000))
    clip_cache.store_clip(cache, "k", SPEECH._replace(words=words))
    known = clip_cache.find_clip(cache, "k")
    assert known is not None
    assert known.words == words


@pytest.mark.parametrize("size", [0, 1, 3, 4, 10, 500, 2020])
def test_a_shortened_clip_is_not_found(cache: Cache, size: int) -> None:
    clip_cache.store_clip(cache, "k", SPEECH)
    path = cache.path(clip_cache.CLIPS_KIND, "k")
    path.write_bytes(path.read_bytes()[:size])
    assert clip_cache.find_clip(cache, "k") is None


def test_the_key_of_a_clip_depends_on_the_whole_utterance_and_the_engine() -> None:
    plain = Utterance("Hello")
    others = [
        plain._replace(text="Hallo"),
        plain._replace(language="de"),
        plain._replace(voice="x"),
        plain._replace(rate=171),
        plain._replace(pitch=51),
        plain._replace(volume=0.9),
    ]
    keys = {clip_cache.make_clip_key("engine/1", one) for one in (plain, *others)} | {
        clip_cache.make_clip_key("engine/2", plain)
    }
    assert len(keys) == 8
