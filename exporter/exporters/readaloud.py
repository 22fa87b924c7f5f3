"""Read-aloud books: the pages of an EPUB, the sound of each article, and when each sentence or word is spoken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from exporter import ebook, fragments, overlay_sound
from exporter.article import Article
from exporter.config import Config
from exporter.edition import Edition, Work, load_lexicon
from exporter.exporters import Written
from exporter.mastering.episode import check_settings
from exporter.output import whole_file


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
    sound = overlay_sound.write_sound(work, path)
    if work.config.audio.granularity == "word":
        article, timed = fragments.anchor_words(work.article), [*fragments.time_words(work.article, sound.segments)]
    else:
        article, timed = fragments.anchor_parts(work.article, sound.segments, sound.recording.rate)
    clips = sound.close_gaps((anchor, begin) for anchor, begin, _ in timed)
    return article, ebook.Overlay(path, sound.media_type, sound.duration, clips, sound.recording.narrators)
