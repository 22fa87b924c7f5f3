"""Subtitles, transcripts and chapter files: the written text at the times of the spoken."""

from __future__ import annotations

import json
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import subtitles
from exporter.errors import UsageError
from exporter.recording import Mark, Recording, Segment, TimedWord
from exporter.subtitles import MAX_LINE_COLUMNS, cut_subtitles

RATE = 1000


def make_segment(written: str, begin: int, words: list[tuple[str, int, int, int]]) -> Segment:
    """Return a segment; `words` are text, sample, start and end in `written`, and end where the next begins."""
    ends = [*(word[1] for word in words[1:]), words[-1][1] + 500]
    timed = tuple(TimedWord(text, at, end, a, b) for (text, at, a, b), end in zip(words, ends, strict=True))
    return Segment("b1.1", "narrator", begin, ends[-1], written, " ".join(word[0] for word in words), timed)


def time_evenly(written: str, begin: int = 0, pace: int = 400) -> Segment:
    found, at = [], 0
    for number, word in enumerate(written.split()):
        at = written.index(word, at)
        found.append((word, begin + number * pace, at, at + len(word)))
        at += len(word)
    return make_segment(written, begin, found)


YEAR = make_segment(
    "In 1995 <it> & all", 1500, [("in", 1500, 0, 2), ("nineteen", 1700, 3, 7), ("ninety-five", 2100, 3, 7),
                                 ("it", 2600, 8, 12), ("and", 2900, 13, 14), ("all", 3100, 15, 18)],
)  # fmt: skip
RECORDING = Recording(
    RATE,
    (),
    (YEAR, time_evenly("It ends.", 4000)),
    (Mark("One", "b1", 0, 3900), Mark("Two", "b2", 3900, 4900)),
    "A title",
)


def test_webvtt_shows_the_written_words_in_step_with_the_spoken() -> None:
    assert subtitles.format_vtt(RECORDING) == (
        "WEBVTT\n\n"
        "00:00:01.500 --> 00:00:03.600\n"
        "In <00:00:01.700>1995 <00:00:02.600>&lt;it&gt; <00:00:02.900>&amp; <00:00:03.100>all\n\n"
        "00:00:04.000 --> 00:00:04.900\n"
        "It <00:00:04.400>ends.\n"
    )


def test_the_time_of_a_unit_precedes_the_unit_not_its_space() -> None:
    length = make_segment("Run 10 km now.", 0, [("Run", 0, 0, 3), ("ten", 400, 4, 6), ("kilometres", 800, 6, 9),
                                           ("now", 1600, 10, 13)])  # fmt: skip
    timed = subtitles.format_vtt(Recording(RATE, (), (length,), ()))
    assert "Run <00:00:00.400>10 <00:00:00.800>km <00:00:01.600>now." in timed


def test_subrip_has_numbered_subtitles() -> None:
    assert subtitles.format_srt(RECORDING) == (
        "1\n00:00:01,500 --> 00:00:03,600\nIn 1995 ‹it> & all\n\n2\n00:00:04,000 --> 00:00:04,900\nIt ends.\n"
    )


def test_lyrics_have_a_time_for_each_line() -> None:
    assert subtitles.format_lrc(RECORDING) == "[ti:A title]\n[00:01.50]In 1995 <it> & all\n[00:04.00]It ends.\n"


def test_audacity_labels_have_begin_and_end() -> None:
    assert subtitles.format_labels(RECORDING).splitlines()[1] == "4.000000\t4.900000\tIt ends."


def test_chapters_of_both_kinds() -> None:
    podcasting = json.loads(subtitles.format_chapters(RECORDING))
    assert podcasting["chapters"] == [
        {"startTime": 0.0, "title": "One", "endTime": 3.9},
        {"startTime": 3.9, "title": "Two", "endTime": 4.9},
    ]
    assert json.loads(subtitles.format_podlove(RECORDING))[1] == {"start": "00:00:03.900", "title": "Two"}


def test_a_transcript_holds_every_word() -> None:
    first = json.loads(subtitles.format_transcript(RECORDING))["segments"][0]
    assert (first["startTime"], first["endTime"], first["body"]) == (1.5, 3.6, "In 1995 <it> & all")
    assert first["words"][1] == ["nineteen", 1.7, 2.1, 3, 7]
    assert first["body"][3:7] == "1995"


def test_a_transcript_names_the_speakers_and_has_no_empty_body() -> None:
    spoken = msgspec.structs.replace(YEAR, speaker="synthetic voice (en-GB)")
    silent = msgspec.structs.replace(YEAR, written=" ", words=())
    recording = msgspec.structs.replace(RECORDING, segments=(silent, spoken))
    segments = json.loads(subtitles.format_transcript(recording))["segments"]
    assert [(segment["speaker"], bool(segment["body"].strip())) for segment in segments] == [(spoken.speaker, True)]


def test_a_subrip_line_that_is_long_is_folded_near_its_middle() -> None:
    folded = subtitles.format_srt(
        Recording(RATE, (), (time_evenly("seven words are here " * 3 + "to fold", pace=90),), ())
    )
    first, second = folded.splitlines()[2:4]
    assert abs(len(first) - len(second)) < 10


def test_the_two_subtitles_of_a_sentence_have_similar_lengths() -> None:
    one = time_evenly("The keepers of the light wrote a letter every day and sent it to the harbour master at noon.")
    assert [len(line.text) for line in cut_subtitles(Recording(RATE, (), (one,), ()))] == [45, 46]


def test_a_script_without_spaces_is_folded_behind_a_mark() -> None:
    one = time_evenly("古い時計が止まった朝、町はいつもより静かだったと、港の人は言った。")
    assert "止まった朝、\n町は" in subtitles.format_srt(Recording(RATE, (), (one,), ()))


@given(st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=90), st.integers(50, 1500))
def test_a_long_sentence_is_cut_into_readable_parts_that_keep_every_word(words: list[str], pace: int) -> None:
    written = " ".join(words)
    one = time_evenly(written, 700, pace)
    found = list(cut_subtitles(Recording(RATE, (), (one,), ())))
    assert " ".join(line.text for line in found) == written
    assert all(len(line.text) <= 2 * MAX_LINE_COLUMNS + 1 for line in found)
    assert all(
        len(line) <= MAX_LINE_COLUMNS for line in subtitles.format_srt(Recording(RATE, (), (one,), ())).splitlines()
    )
    assert found[0].begin == one.begin
    assert found[-1].end == one.end
    for first, second in pairwise(found):
        assert first.begin < first.end <= second.begin


def test_hours_are_hours() -> None:
    late = Recording(RATE, (), (time_evenly("Late.", 3_723_456),), (), "t")
    assert "01:02:03.456 -->" in subtitles.format_vtt(late)
    assert "[62:03.46]" in subtitles.format_lrc(late)


def test_unknown_subtitles_are_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="'vtt'"):
        subtitles.find_format("vvt")
