"""A script becomes a recording: clips and exact pauses, and the time of every word."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import clip_cache, registry, speech
from exporter.config import Config
from exporter.engines import WordTime
from exporter.engines.silence import SAMPLE_RATE_HERTZ, count_word_samples
from exporter.errors import SpeechError, UsageError
from exporter.recording import Clip, Recording, Silence, from_json, to_json
from exporter.script import Chapter, Pause, Say, Script, Word
from exporter.speech import make_utterance, speak, time_words
from tests.sound.sound_builders import STORY, make_say, make_script


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, config: Config, tmp_path: Path) -> Config:
    """Settings whose engine fails for the word "fault"."""
    table = {**registry.TABLE, "engines": {"faulty": "tests.sound.faulty_engines:Raises"}}
    monkeypatch.setattr(registry, "TABLE", table)
    return msgspec.structs.replace(
        config,
        speech=msgspec.structs.replace(config.speech, engine="faulty"),
        plugin={"faulty": {"scratch": str(tmp_path)}},
    )


def list_chapters(recording: Recording) -> list[tuple[str, int, int]]:
    return [(mark.title, mark.begin, mark.end) for mark in recording.chapters]


def test_pauses_are_exact_to_the_sample_and_the_timeline_has_no_gaps(config: Config) -> None:
    recording = speak(make_script(), config)
    word = count_word_samples(180)
    position = round(0.5 * SAMPLE_RATE_HERTZ)
    for segment in recording.segments:
        count = len(segment.words)
        assert segment.begin == position
        assert segment.end - segment.begin == pytest.approx(count * word - word // 3, abs=222)
        assert [one.begin - segment.begin for one in segment.words] == pytest.approx(
            [number * word for number in range(count)], abs=111
        )
        following = {"b1.2": 1.4, "b2.2": 1.4, "b3.2": 1.0}.get(segment.anchor, 0.35)
        position = segment.end + round(following * SAMPLE_RATE_HERTZ)
    assert recording.samples == position
    assert sum(sound.samples for sound in recording.sounds) == position


def test_chapters_cover_the_recording(config: Config) -> None:
    recording = speak(make_script(), config)
    marks = recording.chapters
    assert [mark.title for mark in marks] == [title for title, _ in STORY]
    assert [mark.begin for mark in marks] == [0, *(mark.end for mark in marks[:-1])]
    assert marks[-1].end == recording.samples
    assert marks[1].begin == next(s.begin for s in recording.segments if s.anchor == "b2.1")


def test_a_recording_is_json_and_comes_back(config: Config) -> None:
    recording = speak(make_script(), config)
    assert from_json(to_json(recording)) == recording


def test_an_edited_sentence_speaks_itself_and_nothing_else(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    first = speak(make_script(), config)
    kept: list[str] = []
    keep = clip_cache.store_clip
    monkeypatch.setattr(
        clip_cache, "store_clip", lambda cache, name, sound: kept.append(name) or keep(cache, name, sound)
    )
    assert speak(make_script(), config) == first
    assert kept == []
    edited = (STORY[0], ("Its wheel", ("The wheel is made of iron.", STORY[1][1][1])), STORY[2])
    second = speak(make_script(edited), config)
    assert len(kept) == 1
    same = {sound.key for sound in first.sounds if isinstance(sound, Clip)}
    assert {sound.key for sound in second.sounds if isinstance(sound, Clip)} - same == set(kept)


def test_a_sentence_said_twice_is_spoken_once(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    keep = clip_cache.store_clip
    monkeypatch.setattr(
        clip_cache, "store_clip", lambda cache, name, sound: kept.append(name) or keep(cache, name, sound)
    )
    recording = speak(make_script([("Twice", ["Row, row.", "Row, row."])]), config)
    assert len(kept) == 1
    assert len(recording.segments) == 2


def test_a_clip_that_is_lost_between_runs_is_spoken_again(config: Config) -> None:
    first = speak(make_script(), config)
    clip = next(sound for sound in first.sounds if isinstance(sound, Clip))
    Path(config.cache.folder, clip_cache.CLIPS_KIND, clip.key[:2], clip.key).write_bytes(b"damaged")
    assert speak(make_script(), config) == first


def test_one_worker_and_several_make_the_same_recording(config: Config, tmp_path: Path) -> None:
    one = msgspec.structs.replace(
        config, jobs=1, cache=msgspec.structs.replace(config.cache, folder=str(tmp_path / "other"))
    )
    assert speak(make_script(), one) == speak(make_script(), config)


def test_what_cannot_be_spoken_ends_the_run(faults: Config) -> None:
    with pytest.raises(SpeechError) as caught:
        speak(make_script([("A", ["It is well.", "Here is a fault.", "It ends."])]), faults)
    assert caught.value.subject == "Here is a fault."
    assert caught.value.exit_code == 4


def test_with_keep_going_it_leaves_a_marked_gap(faults: Config) -> None:
    going_on = msgspec.structs.replace(faults, keep_going=True)
    recording = speak(make_script([("A", ["It is well.", "Here is a fault.", "It ends."])]), going_on)
    assert [segment.lost for segment in recording.segments] == [False, True, False]
    assert recording.segments[1].end > recording.segments[1].begin
    assert recording.segments[1].words == ()


def test_different_sample_rates_are_brought_to_the_highest(faults: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        registry, "TABLE", {**registry.TABLE, "engines": {"faulty": "tests.sound.faulty_engines:TwoRates"}}
    )
    cues = (make_say("One two three."), make_say("One two three.", voice="other"), make_say("One two three."))
    recording = speak(Script(1, "", "en", 0, 0, cues, ()), faults)
    first, other, last = recording.segments
    assert recording.rate == 2 * SAMPLE_RATE_HERTZ
    assert other.end - other.begin == pytest.approx((first.end - first.begin) / 2, rel=0.01)
    assert other.words[1].begin - other.begin == pytest.approx((first.words[1].begin - first.begin) / 2, rel=0.01)
    assert last.end - last.begin == first.end - first.begin
    assert recording.samples == last.end
    assert speak(Script(1, "", "en", 0, 0, cues, ()), faults) == recording


def test_a_script_without_words_is_silence(config: Config) -> None:
    recording = speak(Script(1, "", "en", 0, 0, (Pause("opening", 1.0), Pause("closing", 0.5)), ()), config)
    assert recording.sounds == (Silence(33_075),)
    assert recording.segments == ()
    assert speak(Script(1, "", "en", 0, 0, (), ()), config).samples == 0


def test_a_blank_utterance_takes_no_time(real: Config) -> None:
    recording = speak(Script(1, "", "en", 0, 0, (make_say(" "), make_say("Hello.")), ()), real)
    assert recording.segments[0].begin == recording.segments[0].end == recording.segments[1].begin == 0


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("The U-A-E and the F-B-I.", "The U.A.E and the F.B.I."),
        ("An A-P man and two C-E-O's.", "An A.P man and two C.E.O's."),
        ("The A-P's man, an X-ray, the A-B-team.", "The A-P's man, an X-ray, the A-B-team."),
    ],
)
def test_the_engine_gets_initialisms_with_dots(config: Config, spoken: str, text: str) -> None:
    assert make_utterance(make_say(spoken), make_script(), config).text == text


def choose_voice(config: Config, **fields: object) -> tuple[str, str, int]:
    one = make_utterance(make_say("Hello", **fields), make_script(), config)
    return one.language, one.voice, one.pitch


def test_voice_and_pitch_by_role_and_language(config: Config) -> None:
    cast = msgspec.structs.replace(config, speech=msgspec.structs.replace(config.speech, voice="n", quote_voice="q"))
    assert choose_voice(config) == ("en", "", 50)
    assert choose_voice(config, role="quote") == ("en", "", 50 + speech.QUOTE_PITCH_RISE)
    assert choose_voice(cast) == ("en", "n", 50)
    assert choose_voice(cast, role="quote") == ("en", "q", 50)
    assert choose_voice(cast, role="quote", voice="s") == ("en", "s", 50)
    assert choose_voice(cast, language="en-GB") == ("en-GB", "n", 50)
    assert choose_voice(cast, language="fr") == ("fr,en", "", 50)
    assert choose_voice(cast, language="fr", voice="s") == ("fr,en", "s", 50)


def test_a_text_of_undetermined_language_is_spoken_as_english(config: Config) -> None:
    short = make_script(language="und")
    assert make_utterance(make_say("Part 1"), short, config).language == "en"
    assert make_utterance(make_say("Partie 1", language="fr"), short, config).language == "fr,en"


def test_an_unknown_voice_is_an_error_before_the_work(real: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    keep = clip_cache.store_clip
    monkeypatch.setattr(
        clip_cache, "store_clip", lambda cache, name, sound: kept.append(name) or keep(cache, name, sound)
    )
    cues = (*(make_say(f"Sentence {number}.") for number in range(100)), make_say("Nobody says this.", voice="nobody"))
    with pytest.raises(UsageError, match="nobody"):
        speak(Script(1, "", "en", 0, 0, cues, ()), msgspec.structs.replace(real, jobs=1))
    assert len(kept) == 1


def test_plain_quotations_keep_the_narrator_s_pitch(config: Config) -> None:
    plain = msgspec.structs.replace(config, narration=msgspec.structs.replace(config.narration, quotes="plain"))
    assert choose_voice(plain, role="quote") == ("en", "", 50)


def test_the_words_of_a_number_share_its_written_span() -> None:
    cue = Say("b1.1", "narrator", "In 1995.", "In nineteen ninety-five.", (
        Word("In", 0, 2), Word("nineteen", 3, 7), Word("ninety-five", 3, 7),
    ))  # fmt: skip
    known = clip_cache.ClipFacts(1000, 1000, (WordTime(0, 2, 10), WordTime(3, 11, 200), WordTime(12, 23, 600)))
    words = time_words(cue, known, 5000)
    assert [(word.begin, word.end) for word in words] == [(5010, 5200), (5200, 5600), (5600, 6000)]
    assert [(word.written_start, word.written_end) for word in words] == [(0, 2), (3, 7), (3, 7)]


def test_a_word_without_a_time_is_interpolated() -> None:
    known = clip_cache.ClipFacts(1000, 1000, (WordTime(0, 3, 0), WordTime(8, 11, 800)))
    words = time_words(make_say("one two three"), known, 0)
    assert [word.begin for word in words] == [0, 400, 800]


@given(
    st.lists(st.text("abc é", min_size=1, max_size=5), max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 1200)), max_size=8),
)
def test_word_times_rise_within_their_clip(texts: list[str], told: list[tuple[int, int]]) -> None:
    known = clip_cache.ClipFacts(1000, 1000, tuple(WordTime(start, start + 1, begin) for start, begin in told))
    words = time_words(make_say(" ".join(texts)), known, 100)
    assert all(100 <= word.begin <= word.end <= 1100 for word in words)
    assert all(first.end == second.begin for first, second in pairwise(words))


def test_chapters_without_speech_between_them_are_empty(config: Config) -> None:
    cues = (Chapter("A", "b1"), Chapter("B", "b2"), make_say("Hello."), Chapter("C", "b3"))
    recording = speak(Script(1, "", "en", 0, 0, cues, ()), config)
    end = recording.samples
    assert list_chapters(recording) == [("A", 0, 0), ("B", 0, end), ("C", end, end)]
