"""Passages cover the recording without gaps, and only their last pauses change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exporter.mastering.passages import MIN_JOINT_FRAMES, cut_passages
from exporter.recording import Clip, Mark, Recording, Segment, Silence, Sound, TimedWord

RATE = 1000


def make_recording(sounds: list[Sound], chapters: set[int]) -> Recording:
    segments, position, starts = [], 0, [0]
    for number, sound in enumerate(sounds):
        if isinstance(sound, Clip):
            words = (TimedWord("w", position, position + sound.samples, 0, 1),)
            segments.append(Segment(f"b{number}", "narrator", position, position + sound.samples, "w", "w", words))
            if number in chapters and position:
                starts.append(position)
        position += sound.samples
    marks = tuple(Mark("c", "b1", a, b) for a, b in zip(starts, [*starts[1:], position], strict=True))
    return Recording(RATE, tuple(sounds), tuple(segments), marks)


lines = st.lists(
    st.one_of(st.builds(Clip, st.sampled_from("abc"), st.integers(1, 9000)), st.builds(Silence, st.integers(1, 2500))),
    max_size=60,
)


@given(lines, st.sets(st.integers(0, 60), max_size=9), st.sampled_from([1, 7, 36, 576]))
def test_passages_cover_the_recording_in_whole_frames(sounds: list[Sound], chapters: set[int], frame: int) -> None:
    before = make_recording(sounds, chapters)
    after, passages = cut_passages(before, frame)
    assert [p.begin for p in passages] == [sum(q.samples for q in passages[:n]) for n in range(len(passages))]
    assert all(p.samples == sum(s.samples for s in p.sounds) and p.samples % frame == 0 for p in passages)
    assert after.sounds == tuple(s for p in passages for s in p.sounds)
    assert [s for s in after.sounds if isinstance(s, Clip)] == [s for s in sounds if isinstance(s, Clip)]
    if frame == 1 and sounds:
        assert after == before


@given(lines, st.sets(st.integers(0, 60), max_size=9), st.sampled_from([1, 7, 36, 576]))
def test_the_timeline_follows_the_clips(sounds: list[Sound], chapters: set[int], frame: int) -> None:
    after, _ = cut_passages(make_recording(sounds, chapters), frame)
    places, position = [], 0
    for sound in after.sounds:
        if isinstance(sound, Clip):
            places.append((position, position + sound.samples))
        position += sound.samples
    assert [(s.begin, s.end) for s in after.segments] == places
    assert [(w.begin, w.end) for s in after.segments for w in s.words] == places
    starts = {begin for begin, _ in places}
    assert all(mark.begin == 0 or mark.begin in starts for mark in after.chapters)
    assert not sounds or after.chapters[-1].end == after.samples


@given(lines, st.sampled_from([1, 7, 36]))
def test_every_joint_is_silent_for_long_enough_and_moves_by_half_a_frame_at_most(
    sounds: list[Sound], frame: int
) -> None:
    before = make_recording(sounds, set())
    _, passages = cut_passages(before, frame)
    for passage in passages[:-1]:
        assert isinstance(passage.sounds[-1], Silence)
        assert passage.sounds[-1].samples > (MIN_JOINT_FRAMES - 1) * frame
    pauses = [s.samples for s in before.sounds]
    pauses_after = [s.samples for p in passages for s in p.sounds]
    assert all(abs(a - b) <= frame // 2 + 1 for a, b in zip(pauses[:-1], pauses_after, strict=False))


def test_an_edit_changes_the_passage_it_is_in_and_no_other() -> None:
    sounds: list[Sound] = []
    for number in range(200):
        sounds += [Clip(f"k{number}", 2000 + 37 * number), Silence(700 if number % 5 == 4 else 350)]
    _, first = cut_passages(make_recording(sounds, set()), 36)
    edited = [*sounds[:100], Clip("edited", 2500), *sounds[101:]]
    _, second = cut_passages(make_recording(edited, set()), 36)
    changed = {p.sounds for p in second} - {p.sounds for p in first}
    assert len(first) > 20
    assert len(changed) == 1


def test_a_chapter_begins_a_passage() -> None:
    sounds: list[Sound] = [Clip("a", 500), Silence(200), Clip("b", 500), Silence(200), Clip("c", 500)]
    after, passages = cut_passages(make_recording(sounds, {2}), 7)
    assert len(passages) == 2
    assert passages[1].begin == after.chapters[1].begin == after.segments[1].begin
