"""Titles, names and sentences that look like the markup of a format are text in each of them.

One batch writes every format of an article whose headings are such texts; each file is then read by a small reader of
its own, or by the parser of another program.
"""

from __future__ import annotations

import csv
import html
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from lxml import html as lxml_html
from mutagen.id3 import ID3

from exporter.article import Article, Heading, Metadata, Paragraph, Text
from exporter.article_json import view
from exporter.control_characters import remove_controls
from exporter.mastering.tags import collect_tags, load_no_cover
from exporter.recording import Mark, Recording
from exporter.registry import TABLE
from exporter.subtitles import SUBTITLE_FORMATS
from tests.conftest import CHECKOUT

HOSTILE = (
    "=1+1",
    "+1 x",
    "-1 x",
    "@SUM(A1)",
    "#EXTINF:9,x",
    "[00:01.00] x",
    "<00:01.00> x",
    "00:00:01.000 --> 00:00:02.000",
    "<script>alert(1)</script>",
    "]]> x",
    "&amp; x",
    r"{\an8}x",
    '"quoted" x',
    "../../x",
    "{{ 7*7 }}",
    "\u202egnp.x",
    "a\x00b\x1b[31m c",
)
PLAIN = [remove_controls(text) for text in HOSTILE]
TITLE = " ".join((HOSTILE[0], HOSTILE[5], HOSTILE[8], "-->", HOSTILE[10]))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a batch that wrote and published every format."""
    folder = tmp_path_factory.mktemp("hostile")
    blocks = [block for text in HOSTILE for block in (Heading((Text(text),)), Paragraph((Text(f"{text} is said."),)))]
    facts = Metadata(
        TITLE,
        authors=(HOSTILE[8], HOSTILE[5]),
        published="2024-05-01",
        site=HOSTILE[3],
        source='https://x.example/a?b=<script>&c="',
        description=f"{HOSTILE[4]}\n{HOSTILE[8]}",
    )
    (folder / "a.article.json").write_bytes(msgspec.json.encode(view(Article(facts, tuple(blocks)))))
    exporters, publishers = ",".join(TABLE["exporters"]), ",".join(TABLE["publishers"])
    options = ("--subtitles", ",".join(SUBTITLE_FORMATS), "--clips", "sentence", "--engine", "silence")
    settings = ("--set", "script.format=ssml", "--publish", "--set", f"publish.to={publishers}")
    line = (
        "batch",
        "a.article.json",
        "--to",
        exporters,
        *options,
        *settings,
        "--url",
        "https://x.example/",
        "-o",
        "out",
    )
    subprocess.run(
        [sys.executable, "-m", "exporter", *line],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "EXPORTER_CACHE_FOLDER": str(folder / "cache")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "out"


def read_one(out: Path, suffix: str) -> str:
    (path,) = out.rglob(f"*{suffix}")
    return path.read_text(encoding="utf-8")


def test_every_format_is_looked_at(out: Path) -> None:
    suffixes = {"".join(path.suffixes) for path in out.rglob("*") if path.is_file() and path.parent.name != ".exporter"}
    sound_and_pictures = {".mp3", ".jpg", ""}
    state = {".jsonl"}
    assert suffixes - sound_and_pictures - state <= {
        *(".epub", ".readaloud.epub", ".ssml", ".html", ".notes.html", ".notes.md", ".article.json", ".audiobook"),
        *(".vtt", ".srt", ".lrc", ".labels.txt", ".chapters.json", ".podlove.json", ".transcript.json"),
        *(".tsv", ".m3u8", ".xml", ".json", ".js", ".css"),
    }


def test_no_field_of_the_notes_is_a_formula_or_a_comment(out: Path) -> None:
    head, notes = read_one(out, "anki.tsv").splitlines()[:2], read_one(out, "anki.tsv").splitlines()[2:]
    assert head == ["#separator:tab", "#html:true"]
    rows = list(csv.reader(notes, delimiter="\t"))
    assert all(len(row) == 2 and field[0] not in '=+-@#"\t\r' for row in rows for field in row)
    assert not re.search("[<>]", "".join(notes))
    assert set(PLAIN) <= {html.unescape(row[0]) for row in rows}


def test_a_playlist_has_an_entry_for_each_file(out: Path) -> None:
    for path in out.rglob("*.m3u8"):
        first, name, *entries = path.read_text(encoding="utf-8").split("\n")[:-1]
        assert first == "#EXTM3U"
        assert name.startswith("#PLAYLIST:")
        assert all(re.fullmatch(r"#EXTINF:\d+\.\d{3},.+", line) for line in entries[::2])
        assert all((path.parent / line).is_file() for line in entries[1::2])
        assert len(entries) % 2 == 0


def test_lyrics_have_one_time_a_line(out: Path) -> None:
    for line in read_one(out, ".lrc").splitlines():
        assert re.fullmatch(r"\[(?:\d\d:\d\d\.\d\d|ti:|ar:|al:)[^\[\]]*\].*|\[(?:ti|ar|al):[^\[\]]*\]", line)
        assert len(re.findall(r"[\[<][^\]>]*:", line)) == 1


CLOCK = r"\d\d:\d\d:\d\d[.,]\d{3}"


def split_cues(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the line of the times and the lines of the text of each cue."""
    for cue in text.strip().split("\n\n"):
        lines = [line for line in cue.split("\n") if not line.isdigit()]
        yield lines[0], lines[1:]


MARKUP = {".srt": r"<[/!A-Za-z]|\{\\", ".vtt": "<"}


@pytest.mark.parametrize("suffix", MARKUP)
def test_subtitles_have_one_arrow_a_cue_and_no_markup(out: Path, suffix: str) -> None:
    for times, lines in split_cues(read_one(out, suffix).removeprefix("WEBVTT\n")):
        assert re.fullmatch(f"{CLOCK} --> {CLOCK}", times)
        assert lines
        for line in lines:
            assert "-->" not in line
            assert not re.search(MARKUP[suffix], re.sub(f"<{CLOCK}>", "", line))


def test_labels_are_three_fields(out: Path) -> None:
    rows = [line.split("\t") for line in read_one(out, ".labels.txt").splitlines()]
    assert all(len(row) == 3 and float(row[0]) <= float(row[1]) for row in rows)
    assert set(PLAIN) <= {row[2] for row in rows}


@pytest.mark.parametrize("suffix", [".chapters.json", ".podlove.json", ".transcript.json", ".article.json"])
def test_json_holds_the_texts_as_they_are(out: Path, suffix: str) -> None:
    held: list[str] = []

    def collect(value: object) -> None:
        match value:
            case str():
                held.append(value)
            case dict():
                for inner in value.values():
                    collect(inner)
            case list():
                for inner in value:
                    collect(inner)

    collect(json.loads(read_one(out, suffix)))
    assert set(PLAIN) <= set(held)


def list_markup(out: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every document of XML or HTML among the files, also of those in books."""
    for path in sorted(out.rglob("*")):
        if path.suffix in {".epub", ".audiobook"}:
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    if name.endswith((".xhtml", ".opf", ".ncx", ".smil", ".pls")):
                        yield name, book.read(name)
        elif path.suffix in {".xml", ".ssml", ".html"}:
            yield path.name, path.read_bytes()


def test_markup_is_well_formed_and_runs_nothing(out: Path) -> None:
    documents = list(list_markup(out))
    assert {name.rpartition(".")[2] for name, _ in documents} >= {"xhtml", "opf", "smil", "xml", "ssml", "html"}
    for name, data in documents:
        root = lxml_html.document_fromstring(data) if name.endswith(".html") else etree.fromstring(data)
        scripts = [node for node in root.iter("{*}script", "script") if "alert(1)" in (node.text or "")[:20]]
        assert not scripts, name


def test_tags_of_the_episode_are_the_texts(out: Path) -> None:
    (path,) = out.glob("*.mp3")
    tag = ID3(path)
    assert str(tag["TIT2"]) == TITLE
    assert str(tag["TALB"]) == HOSTILE[3]
    titles = [str(frame.sub_frames["TIT2"]) for frame in tag.getall("CHAP")]
    assert [title for title in titles if title in PLAIN] == PLAIN


def test_a_null_in_a_title_does_not_end_it() -> None:
    facts = Metadata("a\x00b", authors=("c\x00d",), site="e\nf")
    recording = Recording(22_050, (), (), (Mark("g\x00h", "b1", 0, 22_050),), metadata=facts)
    tags = collect_tags(recording, "a\x00b", load_no_cover)
    assert (tags.title, tags.artist, tags.album, tags.chapters[0].title) == ("ab", "cd", "e f", "gh")
