"""Tags of a sound file: the metadata of the article, its chapters, its cover and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate, chain

import msgspec

from exporter.control_characters import remove_controls
from exporter.recording import Recording, Segment, title_chapters


class ChapterTag(msgspec.Struct, frozen=True):
    """A chapter; `begin` and `end` are in seconds, `article` counts the articles of a bound episode from 0."""

    title: str
    begin: float
    end: float
    article: int = 0


class CoverPicture(msgspec.Struct, frozen=True):
    """A cover: an image file and its media type."""

    data: bytes
    media_type: str


CoverLoader = Callable[[], CoverPicture | None]
"""Returns the cover, or None; called after the sound has been encoded, so that it can be drawn meanwhile."""


def load_no_cover() -> None:
    """Return None: the file gets no cover."""


class Tags(msgspec.Struct, frozen=True):
    """The tags of a file; unknown ones are empty. `date` is ISO 8601, `language` a BCP 47 tag, `seconds` its length."""

    title: str
    artist: str = ""
    narrator: str = ""
    album: str = ""
    date: str = ""
    comment: str = ""
    link: str = ""
    rights: str = ""
    language: str = "en"
    text: str = ""
    chapters: tuple[ChapterTag, ...] = ()
    cover: CoverLoader = load_no_cover
    seconds: float = 0.0


def collect_tags(recording: Recording, title: str, cover: CoverLoader) -> Tags:
    """Return the tags of a recording, without control characters: a null would end a tag."""
    facts = recording.metadata
    articles = accumulate(mark.level == 1 for mark in recording.chapters[1:])
    return Tags(
        title=_clean_line(title),
        artist=_clean_line(", ".join(facts.authors)),
        narrator=_clean_line(", ".join(recording.narrators)),
        album=_clean_line(facts.site or ""),
        date=_clean_line(facts.published or ""),
        comment=_clean_line(facts.description or ""),
        link=_clean_line(facts.address),
        rights=_clean_line(facts.rights or ""),
        language=recording.language,
        text=remove_controls(join_transcript(recording.segments)),
        chapters=tuple(
            ChapterTag(_clean_line(title), recording.seconds(mark.begin), recording.seconds(mark.end), article)
            for mark, title, article in zip(
                recording.chapters, title_chapters(recording), chain([0], articles), strict=False
            )
            if mark.end > mark.begin
        ),
        cover=cover,
    )


def _clean_line(text: str) -> str:
    return " ".join(remove_controls(text).split())


def join_transcript(segments: Iterable[Segment]) -> str:
    """Return the written text of the segments, a paragraph for each block."""
    paragraphs: list[list[str]] = []
    block = None
    for segment in segments:
        if not segment.written:
            continue
        segment_block = segment.anchor.partition(".")[0]
        if segment_block != block or not segment_block:
            paragraphs.append([])
        block = segment_block
        paragraphs[-1].append(segment.written)
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)
