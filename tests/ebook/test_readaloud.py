"""Read-aloud books: valid, and every clip inside the sound that a player decodes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import av
import msgspec
import pytest
from lxml import etree

from exporter.article import Article, Emphasis, Paragraph, Text, inline_text
from exporter.config import Config
from exporter.edition import Edition, Work
from exporter.exporters.readaloud import export
from exporter.fragments import anchor_parts, anchor_words, time_words
from exporter.recording import Segment, TimedWord
from exporter.sentences import cut_sentences
from tests.builders import article
from tests.ebook.books import everything
from tests.ebook.conftest import Judge

FONT = "USAGE CSS-028 Use of Font-face declaration"
SMIL = "{http://www.w3.org/ns/SMIL}"


def config(folder: Path, granularity: str = "sentence", kind: str = "mp3", engine: str = "silence") -> Config:
    default = Config(jobs=2)
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine=engine),
        cache=msgspec.structs.replace(default.cache, folder=str(folder / "cache")),
        audio=msgspec.structs.replace(default.audio, granularity=granularity, format=kind),
    )


def spoken(articles: list[Article], folder: Path, **settings: str) -> Path:
    chosen = config(folder, **settings)
    export(Edition([Work(one, chosen) for one in articles], chosen), folder / "book.epub")
    return folder / "book.epub"


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def clips(book: zipfile.ZipFile, smil: str) -> list[tuple[str, str, float, float]]:
    """Text, sound, begin and end of each clip of an overlay, in its order."""
    root = etree.fromstring(book.read(smil))
    found = []
    for par in root.iter(f"{SMIL}par"):
        text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
        found.append(
            (text.get("src"), audio.get("src"), seconds(audio.get("clipBegin")), seconds(audio.get("clipEnd")))
        )
    return found


@pytest.mark.epubcheck
@pytest.mark.parametrize("granularity", ["sentence", "word"])
@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus"])
def test_a_book_that_speaks_is_valid(tmp_path: Path, epubcheck: Judge, granularity: str, kind: str) -> None:
    messages = epubcheck(spoken([everything()], tmp_path, granularity=granularity, kind=kind))
    assert [message for message in messages if not message.startswith(FONT)] == []


@pytest.mark.epubcheck
def test_an_anthology_that_speaks_is_valid(tmp_path: Path, epubcheck: Judge) -> None:
    messages = epubcheck(spoken([article("One."), article("Two.", "## Three", "Four.")], tmp_path))
    assert [message for message in messages if not message.startswith(FONT)] == []


@pytest.mark.parametrize("granularity", ["sentence", "word"])
def test_every_clip_lies_within_the_decoded_sound(tmp_path: Path, granularity: str) -> None:
    path = spoken([everything()], tmp_path, granularity=granularity, engine="system")
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        found = [clip for name in names if name.endswith(".smil") for clip in clips(book, name)]
        sound = next(name for name in names if name.endswith(".mp3"))
        (tmp_path / "sound.mp3").write_bytes(book.read(sound))
        pages = {name: book.read(name).decode() for name in names if name.endswith(".xhtml")}
    with av.open(str(tmp_path / "sound.mp3")) as container:
        length = sum(frame.samples for frame in container.decode(audio=0)) / container.streams.audio[0].rate
    assert [begin for _, _, begin, _ in found] == [0, *(end for _, _, _, end in found[:-1])]
    assert found[-1][3] >= length - 0.02
    assert len(found) > (30 if granularity == "word" else 10)
    for text, _, begin, end in found:
        page, _, anchor = text.removeprefix("../").partition("#")
        assert f'id="{anchor}"' in pages[f"EPUB/{page}"]
        assert 0 <= begin < end <= length
    assert [clip for clip in found if re.search(r"\.w\d+$", clip[0])] or granularity == "sentence"


def test_what_is_said_of_the_article_is_not_in_the_book(tmp_path: Path) -> None:
    path = spoken([article("It turned.", "It stopped.")], tmp_path)
    with zipfile.ZipFile(path) as book:
        smil = next(name for name in book.namelist() if name.endswith(".smil"))
        begins = [begin for _, _, begin, _ in clips(book, smil)]
    assert begins == sorted(begins)


def test_the_same_book_twice(tmp_path: Path) -> None:
    first = spoken([article("It turned.")], tmp_path).read_bytes()
    assert spoken([article("It turned.")], tmp_path).read_bytes() == first


def test_a_sentence_that_sounds_too_long_lights_up_in_parts() -> None:
    clause = "the wheel went round and the miller counted every turn of it; "
    text = cut_sentences(article(f"Short. At night {clause * 8}then it stopped."))
    sentence = inline_text(text.blocks[0].content[1:])
    said = [part for part in re.findall(r"[^;]+;?\s*", sentence) if part.strip()]
    segments = [
        Segment("title", "title", 0, 10, "The tide mill", "x"),
        Segment("b1.1", "narrator", 10, 20, "Short.", "x"),
    ]
    segments += [Segment("b1.2", "narrator", 40 * n, 40 * n + 39, part.strip(), "x") for n, part in enumerate(said, 1)]
    parted, places = anchor_parts(text, segments, rate=10)
    assert [anchor for anchor, _, _ in places] == ["title", "b1.1", *(f"b1.2.p{n}" for n in range(1, 10))]
    assert [(begin, end) for _, begin, end in places] == [(one.begin, one.end) for one in segments]
    assert inline_text(parted.blocks[0].content) == inline_text(text.blocks[0].content)
    assert re.findall(r"b1\.2\.p\d", str(parted)) == [f"b1.2.p{n}" for n in range(1, 10)]
    assert anchor_parts(text, segments, rate=1000)[0] == text


def test_words_get_anchors_and_the_text_stays() -> None:
    before = cut_sentences(Article(article("x").metadata, (
        Paragraph(content=(Text("It was "), Emphasis((Text("not bu"),)), Text("ilt in 1995. Why?"))),
    )))  # fmt: skip
    after = anchor_words(before)
    assert inline_text(after.blocks[0].content) == inline_text(before.blocks[0].content)
    anchors = re.findall(r"b1\.\d\.w\d", str(after))
    # "built" stands half in the emphasis: it has no anchor.
    assert anchors == ["b1.1.w1", "b1.1.w2", "b1.1.w3", "b1.1.w5", "b1.1.w6", "b1.2.w1"]


def test_spoken_words_light_up_the_written_one() -> None:
    text = cut_sentences(article("In 1995 it stopped."))
    words = (("in", 0, 2), ("nineteen", 3, 7), ("ninety-five", 3, 7), ("it", 8, 10), ("stopped", 11, 18))
    said = tuple(TimedWord(w, 100 * n, 100 * n + 100, a, b) for n, (w, a, b) in enumerate(words))
    segment = Segment("b1.1", "narrator", 0, 500, "In 1995 it stopped.", "x", said)
    assert list(time_words(text, [segment])) == [
        ("b1.1.w1", 0, 100),
        ("b1.1.w2", 100, 300),
        ("b1.1.w3", 300, 400),
        ("b1.1.w4", 400, 500),
    ]


def test_a_sentence_said_in_parts_lights_up_each_part() -> None:
    text = cut_sentences(article("Go, he said."))
    first = Segment("b1.1", "quote", 0, 100, "Go,", "Go,", (TimedWord("Go", 10, 100, 0, 2),))
    second = Segment("b1.1", "narrator", 200, 400, "he said.", "he said.", (
        TimedWord("he", 200, 300, 0, 2), TimedWord("said", 300, 400, 3, 7),
    ))  # fmt: skip
    assert list(time_words(text, [first, second])) == [
        ("b1.1.w1", 0, 100),
        ("b1.1.w2", 200, 300),
        ("b1.1.w3", 300, 400),
    ]
