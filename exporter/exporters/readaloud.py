"""Read-aloud books: the pages of an EPUB, the sound of each article, and when each sentence or word is spoken."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import msgspec

from exporter import ebook, fragments
from exporter.article import Article
from exporter.config import Config
from exporter.edition import Edition, Work, load_lexicon
from exporter.exporters import Written
from exporter.mastering.episode import build_episode, check_settings
from exporter.output import whole_file

_MEDIA_TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "opus": "audio/ogg; codecs=opus"}
"""The audio of EPUB's core media types (EPUB 3.3, 3.2), by format; for any other format a book gets MP3."""


def suffix(config: Config) -> str:  # noqa: ARG001  every book has the same
    """Return the suffix of a read-aloud book: another than that of the silent book of the same title."""
    return ".readaloud.epub"


def export(edition: Edition, path: Path) -> Written:
    """Write the edition as one book with media overlays; raises `SpeechError` and `OutputError`."""
    check_settings(edition.config)
    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        recorded = [_write_sound(work, Path(folder, str(number))) for number, work in enumerate(edition.works)]
        articles, overlays = [article for article, _ in recorded], [overlay for _, overlay in recorded]
        book = ebook.build(articles, edition.config, edition.title, overlays, load_lexicon(edition.config))
    with whole_file(path) as temporary:
        written_notices = ebook.write(book, temporary)
    notices = (notice for work in edition.works for notice in work.recorded.notices)
    return Written((path,), (*notices, *book.notices, *written_notices))


def _write_sound(work: Work, path: Path) -> tuple[Article, ebook.Overlay]:
    """Write the sound of a work to `path`; returns its article with an anchor for each fragment, and the overlay."""
    config = work.config
    if config.audio.format not in _MEDIA_TYPES:
        audio = msgspec.structs.replace(config.audio, format="mp3")
        config = msgspec.structs.replace(config, audio=audio)
    made = build_episode([work.recording], work.article.metadata.title, config)
    with whole_file(path) as temporary:
        made.write(temporary)
    recording = made.recording
    spoken = [segment for segment in recording.segments if not segment.lost and not fragments.is_beside_text(segment)]
    if config.audio.granularity == "word":
        article, timed = fragments.anchor_words(work.article), [*fragments.time_words(work.article, spoken)]
    else:
        article, timed = fragments.anchor_parts(work.article, spoken, recording.rate)
    duration = recording.seconds(recording.samples)
    clips = _close_gaps([(anchor, recording.seconds(begin)) for anchor, begin, _ in timed], duration)
    return article, ebook.Overlay(path, _MEDIA_TYPES[config.audio.format], duration, clips, recording.narrators)


def _close_gaps(starts: list[tuple[str, float]], duration: float) -> tuple[tuple[str, float, float], ...]:
    """Return each fragment with its clip, in seconds: from its start, or that of the sound, to the start of the next.

    A pause belongs to the clip before it: where clips do not meet, players like Thorium's seek to the next one, and the
    pauses are lost.
    """
    begins = [0.0, *(begin for _, begin in starts[1:])]
    ends = [*begins[1:], math.floor(duration * 1000) / 1000]  # written in milliseconds, within the sound
    return tuple((anchor, begin, end) for (anchor, _), begin, end in zip(starts, begins, ends, strict=False))
