"""MP3 files, decoded and compared with the timeline sample by sample."""

from __future__ import annotations

from pathlib import Path

import msgspec
import mutagen.id3
import mutagen.mp3
import numpy as np
import pytest

from exporter.cache import Cache
from exporter.config import Config
from exporter.errors import SpeechError, UsageError
from exporter.mastering import loudness, mp3, mpeg_frames
from exporter.mastering.episode import Episode, build_episode
from exporter.mastering.id3 import MAX_TOC_ENTRIES, build_id3_tag
from exporter.mastering.tags import ChapterTag, CoverPicture, Tags
from exporter.recording import SAMPLE_RATES_HERTZ
from exporter.speech import speak
from tests.sound.sound_builders import (
    FACTS,
    STORY,
    decode,
    find_onsets,
    make_script,
    measure_with_ffmpeg,
    replace_audio,
)

COVER = CoverPicture(b"\xff\xd8\xff\xe0 a picture", "image/jpeg")
LONG = [
    (title, [f"{sentence} Part {part}." for sentence in sentences for part in range(4)]) for title, sentences in STORY
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Episode, Path]:
    """An episode with the system's voice, in several passages."""
    folder = tmp_path_factory.mktemp("mp3")
    default = Config(jobs=2)
    speech = type(default.speech)(engine="system")
    config = replace_audio(Config(jobs=2, speech=speech, cache=type(default.cache)(folder=str(folder / "cache"))))
    found = build_episode([speak(make_script(LONG), config)], FACTS.title, config, lambda: COVER)
    found.write(folder / "episode.mp3")
    return found, folder / "episode.mp3"


def reference(made: Episode) -> np.ndarray:
    """Return the PCM that the encoder got, at the level of its output."""
    pcm = b"".join(made.master.render_pcm(passage) for passage in made.master.passages)
    return np.frombuffer(pcm, "<i2") / 32_768 * 0.95


def test_the_length_is_exact_to_the_sample(made: tuple[Episode, Path]) -> None:
    sound, rate = decode(made[1])
    assert rate == made[0].recording.rate
    assert len(sound) == made[0].recording.samples


def test_every_passage_is_at_its_time_on_the_timeline(made: tuple[Episode, Path]) -> None:
    sound, _ = decode(made[1])
    wanted = reference(made[0])
    assert len(made[0].master.passages) >= 3
    for passage in made[0].master.passages:
        part = slice(passage.begin + 3000, passage.begin + passage.samples - 3000)
        lags = range(-40, 41)
        matches = [float(np.dot(wanted[part], sound[part.start + lag : part.stop + lag])) for lag in lags]
        assert lags[int(np.argmax(matches))] == 0
        noise = np.mean((wanted[part] - sound[part]) ** 2) / np.mean(wanted[part] ** 2)
        assert noise < 0.05


def test_joints_are_silent(made: tuple[Episode, Path]) -> None:
    sound, rate = decode(made[1])
    for passage in made[0].master.passages[1:]:
        joint = sound[passage.begin - rate // 10 : passage.begin]
        assert np.sqrt(np.mean(joint**2)) < 0.002
        assert np.abs(np.diff(joint)).max() < 0.01


def test_sentences_begin_within_five_milliseconds(made: tuple[Episode, Path]) -> None:
    sound, rate = decode(made[1])
    recording = made[0].recording
    begins = [recording.seconds(segment.begin) for segment in recording.segments]
    heard = find_onsets(sound, rate)
    # What is left of the engine's own silence before a sentence is five milliseconds, and a soft sound may need more.
    for begin in begins:
        assert min(abs(begin + 0.005 - onset) for onset in heard) < 0.03
    close = [begin for begin in begins if min(abs(begin + 0.005 - onset) for onset in heard) < 0.005]
    assert len(close) > 0.6 * len(begins)


def test_words_begin_within_thirty_milliseconds(made: tuple[Episode, Path]) -> None:
    """Checked for words that begin with a stop, which has silence before it."""
    sound, rate = decode(made[1])
    step = rate // 1000
    heard = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1) > 0.01
    said = [word for segment in made[0].recording.segments for word in segment.words]
    words = [word for word in said if word.text[0] in "PpbTt2" and not word.text.lower().startswith("th")]
    assert len(words) > 40
    for word in words:
        near = range(word.begin // step - 30, word.begin // step + 30)
        assert any(heard[at] and not heard[at - 8 : at].any() for at in near), word


def test_loudness_and_true_peak(made: tuple[Episode, Path]) -> None:
    integrated, peak = measure_with_ffmpeg(made[1])
    assert integrated == pytest.approx(-16, abs=0.5)
    assert -4 < peak <= -1.0


def test_tags_hold_the_metadata_of_the_article(made: tuple[Episode, Path]) -> None:
    file = mutagen.mp3.MP3(made[1])
    tags = file.tags
    assert tags.version == (2, 3, 0)
    assert tags["TIT2"].text == [FACTS.title]
    assert tags["TPE1"].text == ["Ann Weir, Bo Lund"]
    assert tags["TALB"].text == [FACTS.site]
    assert str(tags["TDRC"].text[0]) == "2021-08-08"
    assert tags["COMM::eng"].text == [FACTS.description]
    assert tags["WOAF"].url == FACTS.source
    assert tags["TCOP"].text == [FACTS.rights]
    assert tags["APIC:"].data == COVER.data
    assert tags["USLT::eng"].text.startswith("It was built in the year of the flood. Part 0. It was")
    assert file.info.length == pytest.approx(made[0].recording.samples / made[0].recording.rate, abs=0.001)


def test_chapters_are_in_order_at_their_times(made: tuple[Episode, Path]) -> None:
    tags = mutagen.id3.ID3(made[1])
    chapters = [tags[f"CHAP:{name}"] for name in tags["CTOC:toc"].child_element_ids]
    assert [chapter.sub_frames["TIT2"].text[0] for chapter in chapters] == [title for title, _ in STORY]
    recording = made[0].recording
    for chapter, mark in zip(chapters, recording.chapters, strict=True):
        assert chapter.start_time == round(1000 * recording.seconds(mark.begin))
        assert chapter.end_time == round(1000 * recording.seconds(mark.end))
    data = made[1].read_bytes()
    places = [data.index(b"c%d\0" % number, data.index(b"CHAP")) for number in range(len(chapters))]
    assert places == sorted(places)


def test_a_rerun_encodes_nothing_and_writes_the_same_bytes(
    made: tuple[Episode, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporter.mastering.mp3.encode_pcm", None)
    made[0].write(tmp_path / "again.mp3")
    assert (tmp_path / "again.mp3").read_bytes() == made[1].read_bytes()


@pytest.mark.parametrize("bitrate", [16, 24, 32, 40, 56, 64, 96, 128, 160, 320])
def test_every_bit_rate_decodes_to_its_length(config: Config, tmp_path: Path, bitrate: int) -> None:
    settings = replace_audio(config, bitrate=bitrate)
    found = build_episode([speak(make_script(), settings)], "t", settings)
    found.write(tmp_path / "e.mp3")
    assert len(decode(tmp_path / "e.mp3")[0]) == found.recording.samples


@pytest.mark.parametrize("rate", SAMPLE_RATES_HERTZ)
@pytest.mark.parametrize("samples", [1152, 5000, 60_001])
def test_an_info_frame_gives_the_length_at_every_rate(tmp_path: Path, rate: int, samples: int) -> None:
    shape = mpeg_frames.find_shape(rate, 48)
    data = mp3.encode_pcm(bytes(2 * samples), shape)
    count = len(mpeg_frames.find_frame_starts(data, shape)) - 1
    assert mpeg_frames.find_frame_starts(data, shape)[-1] == len(data)
    path = tmp_path / "x.mp3"
    path.write_bytes(mpeg_frames.build_info_frame(shape, count, len(data), samples) + data)
    sound, played = decode(path)
    assert (len(sound), played) == (samples, rate)


def test_an_empty_recording_is_a_file_that_plays(config: Config, tmp_path: Path) -> None:
    for nothing in (make_script([]), msgspec.structs.replace(make_script([]), cues=())):
        found = build_episode([speak(nothing, config)], "t", config)
        found.write(tmp_path / "e.mp3")
        assert len(decode(tmp_path / "e.mp3")[0]) == found.recording.samples > 0


def test_a_missing_passage_is_an_error_and_never_a_shorter_file(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = build_episode([speak(make_script(), config)], "t", config)
    monkeypatch.setattr(Cache, "put", lambda *_: None)
    with pytest.raises(SpeechError, match="LostClip"):
        found.write(tmp_path / "e.mp3")


def test_hundreds_of_chapters_fit_tables_of_contents_in_the_table(tmp_path: Path) -> None:
    tags = Tags("t", chapters=tuple(ChapterTag(f"{n}", n, n + 1) for n in range(600)))
    (tmp_path / "tag").write_bytes(build_id3_tag(tags))
    read = mutagen.id3.ID3(tmp_path / "tag")
    assert len(read.getall("CHAP")) == 600
    top, *within = (read[f"CTOC:{name}"] for name in ("toc", "toc0", "toc1", "toc2"))
    assert top.child_element_ids == ["toc0", "toc1", "toc2"]
    assert max(len(part.child_element_ids) for part in within) == MAX_TOC_ENTRIES
    assert [name for part in within for name in part.child_element_ids] == [f"c{n}" for n in range(600)]


def test_the_articles_of_a_bound_episode_are_tables_in_the_table(config: Config, tmp_path: Path) -> None:
    build_episode([speak(make_script(), config)] * 2, "Week 12", config).write(tmp_path / "e.mp3")
    read = mutagen.id3.ID3(tmp_path / "e.mp3")
    first, second, third = (title for title, _ in STORY)
    assert (read["CTOC:toc"].child_element_ids, read["CTOC:toc"].flags) == (["article0", "article1"], 3)
    assert read["CTOC:toc"].sub_frames["TIT2"].text == ["Week 12"]
    for number in range(2):
        table = read[f"CTOC:article{number}"]
        assert (table.sub_frames["TIT2"].text, table.flags) == ([first], 1)
        titles = [read[f"CHAP:{name}"].sub_frames["TIT2"].text[0] for name in table.child_element_ids]
        assert titles == [first, f"{first} › {second}", f"{first} › {third}"]


def test_the_length_in_the_tags_is_that_of_the_sound(made: tuple[Episode, Path]) -> None:
    recording = made[0].recording
    tags = mutagen.id3.ID3(made[1])
    assert int(tags["TLEN"].text[0]) == round(1000 * recording.seconds(recording.samples))
    assert max(chapter.end_time for chapter in tags.getall("CHAP")) == int(tags["TLEN"].text[0])
    frames = made[1].read_bytes()[tags.size :]
    second = mpeg_frames.find_frame_starts(frames[:1000], mpeg_frames.find_shape(recording.rate, 64))[1]
    assert frames[second : second + 3] == frames[:3]  # one bit rate: players that look at one frame compute the length


@pytest.mark.parametrize("name", ["loud", "-3", "-90", "nan", ""])
def test_a_wrong_loudness_is_an_error(config: Config, name: str) -> None:
    settings = replace_audio(config, loudness=name)
    with pytest.raises(UsageError, match="loudness"):
        build_episode([speak(make_script(), settings)], "t", settings)


def test_gains_are_steps_so_that_edits_reuse_what_is_encoded(made: tuple[Episode, Path]) -> None:
    decibels = 20 * np.log10(made[0].master.gain * 0.95)
    assert decibels / loudness.GAIN_STEP_DB == pytest.approx(round(decibels / loudness.GAIN_STEP_DB), abs=1e-6)
