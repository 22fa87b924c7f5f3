"""Read-aloud books: the pages of an EPUB, the sound of each article, and when each sentence or word is said."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from exporter import ebook, phrase_fragments, word_fragments
from exporter.article import Article
from exporter.config import Config
from exporter.edition import Edition, Work, lexicon
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.mastering.episode import check_settings, build_episode
from exporter.output import whole_file
from exporter.recording import Segment

_TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "opus": "audio/ogg; codecs=opus"}
"""The formats that EPUB readers have to play, by setting; any other setting gives MP3."""


def suffix(config: Config) -> str:  # noqa: ARG001  every book has the same
    """The suffix of a book: it never takes the place of the silent book of the same title."""
    return ".readaloud.epub"


def export(edition: Edition, path: Path) -> Written:
    """Write the edition as one book that speaks; raises `SpeechError` and `OutputError`."""
    check_settings(edition.config)
    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        made = [_sounding(piece, Path(folder, str(number))) for number, piece in enumerate(edition.pieces)]
        articles, overlays = [article for article, _ in made], [overlay for _, overlay in made]
        book = ebook.build(articles, edition.config, edition.title, overlays, lexicon(edition.config))
    with whole_file(path) as temporary:
        ebook.write(book, temporary)
    lost = (segment for piece in edition.pieces for segment in piece.recording.segments if segment.lost)
    gaps = (Notice(segment.written[:80], "a gap: it could not be spoken") for segment in lost)
    return Written((path,), (*book.notices, *gaps))


def _sounding(piece: Work, path: Path) -> tuple[Article, ebook.Overlay]:
    """Write the sound of a piece to `path`; returns its article, with an anchor for all that lights up, and when."""
    config = piece.config
    if config.audio.format not in _TYPES:
        audio = msgspec.structs.replace(config.audio, format="mp3")
        config = msgspec.structs.replace(config, audio=audio)
    made = build_episode([piece.recording], piece.article.metadata.title, config)
    with whole_file(path) as temporary:
        made.write(temporary)
    recording = made.recording
    spoken = [segment for segment in recording.segments if not segment.lost and not _beside_text(segment)]
    if config.audio.granularity == "word":
        article, places = word_fragments.worded(piece.article), [*word_fragments.timed(piece.article, spoken)]
    else:
        article, places = phrase_fragments.phrased(piece.article, spoken, recording.rate)
    fragments = tuple((anchor, recording.seconds(begin), recording.seconds(end)) for anchor, begin, end in places)
    duration = recording.seconds(recording.samples)
    return article, ebook.Overlay(path, _TYPES[config.audio.format], duration, fragments, recording.narrators)


def _beside_text(segment: Segment) -> bool:
    """Whether it is said of the article as a whole ("That was ...") and stands nowhere in its pages."""
    return segment.role == "announcement" and segment.anchor in ("title", "byline", "date")
