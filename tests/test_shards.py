"""Shards: several jobs of an array fill one folder, each with its part of the sources."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from exporter.batches.shards import Shard, parse_shard
from exporter.errors import UsageError
from exporter.manifest.manifest import FILE_NAME, read_manifest
from exporter.output_folder.stem_claims import STATE_FOLDER

WORDS = "alder birch cedar daisy elm fern gorse hazel iris jasmine kale lily maple nettle oak pine reed sage".split()
TITLES = 5  # for all of them: shards have equal titles


@pytest.mark.parametrize(
    ("text", "environment", "expected"),
    [
        ("1/1", {}, (1, 1)),
        ("3/100", {"SLURM_ARRAY_TASK_ID": "7"}, (3, 100)),
        ("auto", {"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "0"}, (1, 4)),
        ("auto", {"SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "1"}, (4, 4)),
        (
            "auto",
            {
                "SLURM_ARRAY_TASK_ID": "20",
                "SLURM_ARRAY_TASK_COUNT": "3",
                "SLURM_ARRAY_TASK_MIN": "10",
                "SLURM_ARRAY_TASK_STEP": "5",
            },
            (3, 3),
        ),
        ("auto", {"AWS_BATCH_JOB_ARRAY_INDEX": "0", "AWS_BATCH_JOB_ARRAY_SIZE": "50"}, (1, 50)),
        ("auto", {"JOB_COMPLETION_INDEX": "9", "JOB_COMPLETIONS": "10"}, (10, 10)),
    ],
)
def test_a_shard_is_named_or_found(text: str, environment: dict[str, str], expected: tuple[int, int]) -> None:
    assert parse_shard(text, environment) == Shard(*expected)


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        *((text, {}) for text in ("0/3", "4/3", "1", "1/", "/3", "1/0", "-1/3", "1/2/3", "one/3", "auto", "")),
        ("auto", {"JOB_COMPLETION_INDEX": "1"}),
        ("auto", {"JOB_COMPLETION_INDEX": "9", "JOB_COMPLETIONS": "9"}),
        ("auto", {"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_STEP": "0"}),
        ("auto", {"SLURM_ARRAY_TASK_ID": "x", "SLURM_ARRAY_TASK_COUNT": "2"}),
    ],
)
def test_what_is_no_shard_is_an_error(text: str, environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="shard"):
        parse_shard(text, environment)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_every_source_is_in_one_shard(count: int) -> None:
    shards = [Shard(number, count) for number in range(1, count + 1)]
    held = [[label for label in map(str, range(700)) if shard.holds(label)] for shard in shards]
    assert sorted(chain.from_iterable(held)) == sorted(map(str, range(700)))
    assert min(map(len, held)) > 700 / count * 0.6


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "exporter", "batch", "in", "--to", "script", "-o", "out", "--jobs", "1", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_three_shards_at_once_fill_one_folder_and_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, word in enumerate(WORDS):
        (tmp_path / "in" / f"{number}.md").write_text(f"# Notes {number % TITLES}\n\nThe {word} grew.\n")
    shards = [start(tmp_path, "--shard", f"{number}/3") for number in (1, 2, 3)]
    written = [shard.communicate() for shard in shards]
    assert [shard.returncode for shard in shards] == [0, 0, 0], written
    paths = [line for out, _ in written for line in out.splitlines()]
    out = tmp_path / "out"
    assert len(set(paths)) == len(list(out.glob("*.txt"))) == 18
    texts = [path.read_text() for path in out.glob("*.txt")]
    assert all(sum(f"The {word} grew" in text for text in texts) == 1 for word in WORDS)

    before = [(entry.label, entry.id, entry.added) for entry in read_manifest(out)]
    assert len({label for label, _, _ in before}) == len({added for _, _, added in before}) == 18
    again = start(tmp_path)
    assert sorted(again.communicate()[0].splitlines()) == sorted(paths)
    assert [(entry.label, entry.id, entry.added) for entry in read_manifest(out)] == before
    assert not list((out / STATE_FOLDER / "shards").glob("*"))
    assert len((out / FILE_NAME).read_text().split("\n")) == 19

    rerun = start(tmp_path, "--shard", "2/3", "--json", "--quiet")
    assert rerun.communicate()[0].count('"kept":true') == len(written[1][0].splitlines())


def test_a_shard_that_is_killed_goes_on_when_it_is_run_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for word in WORDS:
        (tmp_path / "in" / f"{word}.md").write_text(f"# Notes\n\nThe {word} grew.\n")
    killed = start(tmp_path, "--shard", "1/2")
    assert killed.stdout
    first = killed.stdout.readline().strip()
    killed.kill()  # it has noted what it printed, however far it is
    killed.communicate()
    shards = [start(tmp_path, "--shard", f"{number}/2", "--json", "--quiet") for number in (1, 2)]
    reports = [json.loads(shard.communicate()[0]) for shard in shards]
    rows = [row for report in reports for row in report["outcomes"]]
    assert [row["kept"] for row in rows if first in row["written"]] == [True]
    texts = [path.read_text() for path in (tmp_path / "out").glob("*.txt")]
    assert all(sum(f"The {word} grew" in text for text in texts) == 1 for word in WORDS)
    assert len(texts) == len(WORDS)


def test_an_article_in_two_shards_is_two_works(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    labels = {Shard(1, 2).holds(f"../in/{number}.md"): f"{number}.md" for number in range(20)}
    for name in labels.values():
        (tmp_path / "in" / name).write_text("---\ntitle: Mill\nurl: https://example.org/mill\n---\n\nIt turned.\n")
    for number in (1, 2):
        assert start(tmp_path, "--shard", f"{number}/2").wait() == 0
    entries = list(read_manifest(tmp_path / "out"))
    assert len(entries) == len({entry.id for entry in entries}) == len({entry.stem for entry in entries}) == 2


def write_archive(folder: Path, pages: dict[str, str]) -> int:
    """Write a web archive of pages by their paths; returns its size."""
    folder.mkdir()
    with (folder / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        for path, page in pages.items():
            address, body = f"https://example.org/{path.partition('?')[0]}", io.BytesIO(page.encode())
            writer.write_record(writer.create_warc_record(address, "response", body, http_headers=headers))
        return file.tell()


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.txt")}


def test_the_ranges_of_a_large_web_archive_are_divided(tmp_path: Path) -> None:
    pages = {
        word: f"<title>{word}</title><article><h1>{word}</h1><p>The {word} grew {' '.join(WORDS[at:])}.</p></article>"
        for at, word in enumerate(WORDS)
    }
    pages["alder?again"] = "<title>Alder</title><article><h1>Alder</h1><p>The alder fell.</p></article>"
    size = write_archive(tmp_path / "in", pages)
    options = ("--set", f"input.largest={size - 1}", "--json", "--quiet")
    shards = [start(tmp_path, "--shard", f"{number}/3", *options) for number in (1, 2, 3)]
    rows = [json.loads(shard.communicate()[0])["outcomes"] for shard in shards]
    assert all(len(each) > 1 for each in rows)
    names = sorted(f"https://example.org/{path.partition('?')[0]}" for path in pages)
    assert sorted(row["source"] for each in rows for row in each) == names
    texts = read_files(tmp_path / "out")
    assert len(texts) == len(pages)
    assert sum(b"The alder " in text for text in texts.values()) == 2  # two ranges do not see each other's addresses

    again = json.loads(start(tmp_path, *options).communicate()[0])["outcomes"]
    assert sorted(row["source"] for row in again) == names
    assert all(row["kept"] for row in again)
    (tmp_path / "out").rename(tmp_path / "sharded")
    assert start(tmp_path, *options).wait() == 0
    assert sorted(read_files(tmp_path / "out").values()) == sorted(texts.values())


def test_the_pages_of_a_web_archive_are_divided(tmp_path: Path) -> None:
    pages = {
        word: f"<title>{word}</title><article><h1>Notes</h1><p>The {word} grew. <img src=/p.gif></p></article>"
        for word in WORDS
    }
    write_archive(tmp_path / "in", pages)
    (tmp_path / "in" / "no.warc").write_text("# Notes\n\nIt is not one.\n")
    shards = [start(tmp_path, "--shard", f"{number}/3", "--json", "--quiet") for number in (1, 2, 3)]
    rows = [json.loads(shard.communicate()[0])["outcomes"] for shard in shards]
    assert all(len(each) > 1 for each in rows)
    names = [f"https://example.org/{word}" for word in WORDS]
    assert sorted(row["source"] for each in rows for row in each) == sorted(["in/no.warc", *names])
    whole = json.loads(start(tmp_path, "--json", "--quiet").communicate()[0])
    assert [row["kept"] for row in whole["outcomes"]] == [True] * len(whole["outcomes"]) == [True] * 19


def test_a_shard_is_no_whole(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("# A\n\nIt turned.\n")
    process = start(tmp_path, "--shard", "1/2", "--publish")
    assert "WrongOptions: --publish needs all sources" in process.communicate()[1]
    assert process.returncode == 2
