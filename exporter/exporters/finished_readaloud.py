"""A finished book becomes a read-aloud book: it keeps its pages and gets the sound of each, by sentences or words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from exporter import fragments, overlay_sound
from exporter.config import Config
from exporter.ebook.finished_book import BookPage, FinishedBook
from exporter.ebook.package import Overlay
from exporter.ebook.page_passages import PagePassages
from exporter.edition import Work
from exporter.errors import Notice, SourceError
from exporter.exporters import Written
from exporter.mastering.episode import check_settings
from exporter.output import whole_file
from exporter.readers.language_detection import detect_language


def add_sound(book: FinishedBook, config: Config, path: Path) -> Written:
    """Write a book with media overlays; raises `SourceError` if it has no words, `SpeechError` and `OutputError`."""
    check_settings(config)
    notices: list[Notice] = []
    spoken: list[tuple[BookPage, Overlay]] = []
    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        for number, page in enumerate(book.pages()):
            language = config.input.language or book.find_language(page) or detect_language([*page.body.itertext()])
            passages = PagePassages(page.body, language)
            if passages.article.blocks:
                work = Work(passages.article, config)
                overlay = _speak_page(work, passages, Path(folder, str(number)))
                notices += work.recorded.notices
                spoken += [(page, overlay)] if overlay.fragments else []
        if not spoken:
            raise SourceError(
                *("reading", book.name, "EmptySource: no page of it has words"), "Name a book that has text."
            )
        with whole_file(path) as temporary:
            book.write(temporary, spoken)
    return Written((path,), tuple(dict.fromkeys(notices)))


def _speak_page(work: Work, passages: PagePassages, path: Path) -> Overlay:
    """Write the sound of a page to `path`, and give its sentences or words their ids; returns its overlay."""
    sound = overlay_sound.write_sound(work, path)
    article = work.article
    timed = [(segment.anchor, segment.begin) for segment in sound.segments]
    if work.config.audio.granularity == "word":
        timed = [(anchor, begin) for anchor, begin, _ in fragments.time_words(article, sound.segments)]
        article = fragments.anchor_words(article)
    ids = passages.mark({anchor for anchor, _ in timed}, article)
    starts: list[tuple[str, int]] = []
    for anchor, begin in timed:
        name = ids.get(anchor, "")
        if name and (not starts or starts[-1][0] != name):
            starts.append((name, begin))
    clips = sound.close_gaps(starts)
    return Overlay(path, sound.media_type, sound.duration, clips, sound.recording.narrators)
