"""The exporter `audio`: the files beside the episode, notices and errors."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path

import msgspec
import pytest

from exporter import registry
from exporter.article import Article, Metadata
from exporter.config import Config
from exporter.edition import Edition, Work
from exporter.errors import OutputError, SpeechError, UsageError
from exporter.exporters import Written
from exporter.exporters.audio import export
from exporter.mastering import anki_package
from exporter.mastering.split_files import SplitFile, format_anki_notes
from exporter.recording import Recording, join_recordings
from exporter.subtitles import SUBTITLE_FORMATS
from tests.sound.sound_builders import (
    FACTS,
    STORY,
    decode,
    make_script,
    measure_with_ffmpeg,
    replace_audio,
    write_noise,
)


def export_script(config: Config, path: Path, texts: int = 1) -> Written:
    works = [Work(Article(FACTS, ()), config, script=make_script()) for _ in range(texts)]
    return export(Edition(works, config), path)


def test_sections_are_files_of_their_own(config: Config, tmp_path: Path) -> None:
    written = export_script(replace_audio(config, clips="section"), tmp_path / "mill.mp3")
    names = [str(path.relative_to(tmp_path)) for path in written.paths]
    assert names == [
        "mill.mp3",
        "mill-clips/01-the-tide-mill.mp3",
        "mill-clips/02-its-wheel.mp3",
        "mill-clips/03-its-end.mp3",
        "mill-clips/playlist.m3u8",
    ]
    whole = len(decode(written.paths[0])[0])
    assert sum(len(decode(path)[0]) for path in written.paths[1:4]) == whole
    playlist = written.paths[-1].read_text().splitlines()
    assert playlist[:2] == ["#EXTM3U", f"#PLAYLIST:{FACTS.title}"]
    assert playlist[3::2] == ["01-the-tide-mill.mp3", "02-its-wheel.mp3", "03-its-end.mp3"]


def test_the_files_beside_a_bound_episode_have_the_title_of_the_whole_and_name_the_speakers(
    config: Config, tmp_path: Path
) -> None:
    config = replace_audio(config, subtitles=("chapters", "lrc", "json"))
    config = msgspec.structs.replace(config, book=msgspec.structs.replace(config.book, title="Week 12"))
    export_script(config, tmp_path / "week.mp3", texts=2)
    assert json.loads((tmp_path / "week.chapters.json").read_text())["title"] == "Week 12"
    assert (tmp_path / "week.lrc").read_text().startswith("[ti:Week 12]")
    segments = json.loads((tmp_path / "week.transcript.json").read_text())["segments"]
    assert all(segment["speaker"].startswith("synthetic voice (") for segment in segments)


@pytest.mark.parametrize("kind", ["mp3", "flac"])
def test_sentences_are_files_with_notes_for_anki(config: Config, tmp_path: Path, kind: str) -> None:
    written = export_script(replace_audio(config, clips="sentence", format=kind), tmp_path / f"mill.{kind}")
    notes = (tmp_path / "mill-clips" / "anki.tsv").read_text().splitlines()
    sentences = [sentence for _, section in STORY for sentence in section]
    assert notes[:2] == ["#separator:tab", "#html:true"]
    assert [unescape(note.split("\t")[0]) for note in notes[2:]] == sentences
    assert "[sound:mill-1." in notes[2]  # all decks share one folder: names tell the article
    for note in notes[2:]:
        file = tmp_path / "mill-clips" / note.split("[sound:")[1].removesuffix("]")
        assert file in written.paths
        sound, rate = decode(file)
        assert 0.5 < len(sound) / rate < 6


def test_sentences_are_an_anki_package(config: Config, tmp_path: Path) -> None:
    written = export_script(replace_audio(config, clips="anki"), tmp_path / "mill.mp3")
    package = tmp_path / "mill-clips" / "mill.apkg"
    assert written.paths[-2:] == (tmp_path / "mill-clips" / "anki.tsv", package)
    with zipfile.ZipFile(package) as archive:
        media = json.loads(archive.read("media"))
        sounds = {name: archive.read(number) for number, name in media.items()}
        archive.extract("collection.anki2", tmp_path)
    assert sounds == {path.name: path.read_bytes() for path in (tmp_path / "mill-clips").glob("*.mp3")}
    with closing(sqlite3.connect(tmp_path / "collection.anki2")) as collection:
        notes = [fields.split("\x1f") for (fields,) in collection.execute("select flds from notes order by id")]
        guids = {guid for (guid,) in collection.execute("select guid from notes")}
        cards = collection.execute("select count(*) from cards").fetchone()[0]
    sentences = [sentence for _, section in STORY for sentence in section]
    assert [unescape(sentence) for sentence, _, _ in notes] == sentences
    assert [sound for _, sound, _ in notes] == [f"[sound:mill-{n}.mp3]" for n in range(1, len(sentences) + 1)]
    link = f'<a href="{FACTS.source}">{FACTS.title}</a>, Ann Weir, Bo Lund, Mill Notes'
    assert {source for _, _, source in notes} == {link}
    assert len(guids) == cards == len(sentences)


def test_an_anki_package_names_what_it_needs(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_package, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"exporter\[anki\]"):
        export_script(replace_audio(config, clips="anki"), tmp_path / "mill.mp3")
    assert not Path(config.cache.folder).exists()


@pytest.mark.parametrize(
    "sentence",
    ['"Stop," she said.', "=cmd|calc!A1", "+1", "-1", "@SUM(A1)", "#1 of 9", '"=1+""a"', "a <b> & c", "\t=1"],
)
def test_a_note_is_one_field_that_is_no_formula(sentence: str) -> None:
    part = SplitFile(sentence, ())
    (note,) = csv.reader(format_anki_notes(["a-1.mp3"], [part]).splitlines()[2:], delimiter="\t")
    assert [unescape(field) for field in note] == [sentence.strip(), "[sound:a-1.mp3]"]
    assert note[0][0] not in '=+-@#"\t\r'
    assert "<" not in note[0]


def test_the_metadata_of_several_articles_is_merged() -> None:
    first = Recording(8000, (), (), (), "A", "en", FACTS, ("a voice",))
    other = msgspec.structs.replace(FACTS, title="B", authors=("Bo Lund", "Cy Moor"), published="2023", source=None)
    both = join_recordings([first, msgspec.structs.replace(first, metadata=other, narrators=("a voice", "another"))])
    assert both.metadata == Metadata(
        authors=("Ann Weir", "Bo Lund", "Cy Moor"),
        published="2023",
        site=FACTS.site,
        description=FACTS.description,
        rights=FACTS.rights,
    )
    assert both.narrators == ("a voice", "another")


def test_subtitles_are_written_beside_the_episode(config: Config, tmp_path: Path) -> None:
    written = export_script(replace_audio(config, subtitles=tuple(SUBTITLE_FORMATS)), tmp_path / "mill.mp3")
    assert {path.name for path in written.paths[1:]} == {f"mill{form.suffix}" for form in SUBTITLE_FORMATS.values()}
    assert all(path.read_bytes() for path in written.paths)


def test_several_articles_are_one_episode(config: Config, tmp_path: Path) -> None:
    one = len(decode(export_script(config, tmp_path / "one.mp3").paths[0])[0])
    both = len(decode(export_script(config, tmp_path / "both.mp3", texts=2).paths[0])[0])
    assert both == pytest.approx(2 * one, abs=2 * 576)


@pytest.mark.parametrize(("loudness", "wanted"), [("radio", -23), ("-19.5", -19.5)])
def test_the_loudness_that_is_asked_for(real: Config, tmp_path: Path, loudness: str, wanted: float) -> None:
    path = export_script(replace_audio(real, loudness=loudness), tmp_path / "mill.mp3").paths[0]
    assert measure_with_ffmpeg(path)[0] == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize(
    ("kind", "bed", "intro", "outro"),
    [("mp3", True, False, False), ("m4b", True, True, False), ("opus", False, True, True), ("flac", True, True, True)],
)
def test_the_loudness_holds_with_music(
    real: Config, tmp_path: Path, kind: str, bed: bool, intro: bool, outro: bool
) -> None:
    noise = write_noise(tmp_path / "noise.wav", 4)
    music = {"bed": noise if bed else "", "intro": noise if intro else "", "outro": noise if outro else ""}
    path = export_script(replace_audio(real, format=kind, **music), tmp_path / f"mill.{kind}").paths[0]
    integrated, true_peak = measure_with_ffmpeg(path)
    assert integrated == pytest.approx(-16, abs=0.4 if kind == "m4b" else 0.3)  # AAC makes noise softer
    assert true_peak <= -1


def test_unknown_subtitles_are_an_error_before_any_work(config: Config, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export_script(replace_audio(config, subtitles=("vtt", "stl")), tmp_path / "mill.mp3")
    assert not Path(config.cache.folder).exists()


def test_a_wrong_loudness_is_an_error_before_any_work(config: Config, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export_script(replace_audio(config, loudness="loud"), tmp_path / "mill.mp3")
    assert not Path(config.cache.folder).exists()


def test_a_gap_is_a_notice_and_the_rest_is_spoken(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {**registry.TABLE, "engines": {"faulty": "tests.sound.faulty_engines:Raises"}}
    monkeypatch.setattr(registry, "TABLE", table)
    faulty = msgspec.structs.replace(
        config,
        speech=msgspec.structs.replace(config.speech, engine="faulty"),
        plugin={"faulty": {"scratch": str(tmp_path)}},
        keep_going=True,
    )
    broken = make_script([("A", ["All is well.", "Here is a fault."])])
    edition = Edition([Work(Article(FACTS, ()), faulty, script=broken)], faulty)
    written = export(edition, tmp_path / "gap.mp3")
    assert [notice.subject for notice in written.notices] == ["Here is a fault."]
    strict = msgspec.structs.replace(faulty, keep_going=False)
    with pytest.raises(SpeechError):
        export(Edition([Work(Article(FACTS, ()), strict, script=broken)], strict), tmp_path / "none.mp3")
    assert not (tmp_path / "none.mp3").exists()


@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus", "flac", "wav"])
def test_a_path_that_cannot_be_written_leaves_nothing(config: Config, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError):
        export_script(replace_audio(config, format=kind), tmp_path / "file" / f"mill.{kind}")


@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus", "flac", "wav"])
def test_an_interrupt_leaves_no_half_file(
    config: Config, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("exporter.mastering.master.Master.render_pcm", interrupted)
    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        export_script(replace_audio(config, format=kind), tmp_path / "out" / f"mill.{kind}")
    assert list((tmp_path / "out").iterdir()) == []
