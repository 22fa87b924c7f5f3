"""Pages with a player: an edition as one HTML file, whose sentences and words are highlighted as its sound plays.

The sound is the episode, a file beside the page. The page works from a folder as from a server, and without a script.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from exporter.config import Config
from exporter.ebook.package_metadata import make_identifier, rank_languages
from exporter.ebook.xhtml import clean_title, text_direction
from exporter.edition import Edition
from exporter.episode_file import write_episode
from exporter.exporters import Written
from exporter.mastering.episode import check_settings
from exporter.output import write_whole
from exporter.recording import Recording, merge_metadata
from exporter.web_pages.article_html import ArticleHtml, write_articles
from exporter.web_pages.documents import embed_json, page_asset, render_document
from exporter.web_pages.page_strings import load_page_strings
from exporter.web_pages.player_timeline import (
    TimelineRow,
    encode_rows,
    find_chapter_anchor,
    format_clock,
    make_rows,
)

_SLEEP_MINUTES = (5, 15, 30, 60)
"""The times after which the player can stop by itself."""


def suffix(config: Config) -> str:  # noqa: ARG001  every page has the same
    """Return the suffix of a page."""
    return ".html"


def export(edition: Edition, path: Path) -> Written:
    """Write the page, and the episode beside it unless `page.sound` is off or the episode is there already.

    Raises `UsageError` for a wrong setting, `SpeechError` and `OutputError`.
    """
    config = edition.config
    written = [*write_articles([work.article for work in edition.works])]
    notices = [notice for html in written for notice in html.notices]
    sound, recording = None, None
    if config.page.sound:
        check_settings(config)
        sound = path.with_name(f"{path.stem}.{config.audio.format}")
        is_new = sound not in edition.episodes
        recording = write_episode(edition, sound).recording
        notices = [*(notice for work in edition.works for notice in work.recorded.notices), *notices]
    write_whole(path, _render_page(edition, written, sound, recording).encode())
    return Written((path, sound) if sound and is_new else (path,), tuple(notices), recording)


def _render_page(edition: Edition, written: list[ArticleHtml], sound: Path | None, recording: Recording | None) -> str:
    """Render the page; without a recording it has no player."""
    articles = [work.article for work in edition.works]
    language = rank_languages(articles)[0]
    strings = load_page_strings(language)
    facts = {
        "title": clean_title(edition.title),
        "language": language,
        "direction": text_direction(language),
        "sound": "",
        "minutes": [(n, strings.words["minutes"].format(n=n)) for n in _SLEEP_MINUTES],
        "words": strings.words,
        "words_language": strings.language,
        "words_direction": strings.direction,
    }
    used: set[str] = set()
    if sound and recording:
        timeline, used = _describe_timeline(edition, written, recording)
        facts |= {
            "sound": quote(sound.name),
            "seconds": timeline["seconds"],
            "length": format_clock(timeline["seconds"]),
            "timeline": embed_json(msgspec.json.encode(timeline)),
        }
    facts["articles"] = Markup("\n".join(html.serialize(used) for html in written))  # noqa: S704  our own elements
    own_style = (Path(edition.config.page.style),) if edition.config.page.style else ()
    styles = (page_asset("article.css"), *((page_asset("player.css"),) if sound else ()), *own_style)
    scripts = (page_asset("player.js"),) if sound else ()
    sources = {"img-src": "data:"} | ({"media-src": "'self' file:"} if sound else {})
    return render_document("page.html.j2", styles, scripts, sources, facts)


def _describe_timeline(
    edition: Edition, written: list[ArticleHtml], recording: Recording
) -> tuple[dict[str, Any], set[str]]:
    """Return what the player's script needs of the edition and its recording, and the ids that it refers to."""
    articles = [work.article for work in edition.works]
    metadata = merge_metadata([article.metadata for article in articles])
    rows: list[TimelineRow] = []
    chapters: list[tuple[float, str, str]] = []
    segments, marks = iter(recording.segments), iter(recording.chapters)
    for work, html in zip(edition.works, written, strict=True):
        # The episode has the segments and chapters of the works' own recordings, in the same order.
        own = islice(segments, len(work.recording.segments))
        rows += make_rows(work.article, html, own, recording)
        for mark in islice(marks, len(work.recording.chapters)):
            anchor = find_chapter_anchor(mark, html)
            # The page has the title of a chapter that is in it.
            chapters.append((round(recording.seconds(mark.begin), 2), anchor, "" if anchor else mark.title))
    timeline = {
        "id": make_identifier(articles, edition.title),
        "artist": ", ".join(metadata.authors),
        "album": metadata.site or "",
        "seconds": round(recording.seconds(recording.samples), 2),
        "chapters": chapters,
        "rows": encode_rows(rows),
    }
    return timeline, {*(row.anchor for row in rows), *(anchor for _, anchor, _ in chapters)}
