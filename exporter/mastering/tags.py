"""What a file says of itself: the facts of the article, its chapters, its cover and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from exporter.recording import Recording, Segment


class ChapterTag(msgspec.Struct, frozen=True):
    """A chapter, in seconds."""

    title: str
    begin: float
    end: float


class CoverPicture(msgspec.Struct, frozen=True):
    """A cover."""

    data: bytes
    media_type: str


CoverLoader = Callable[[], CoverPicture | None]
"""Gives the cover, or None; it is asked when the sound is encoded, so it may be drawn meanwhile."""


def load_no_cover() -> None:
    """Give none."""


class Tags(msgspec.Struct, frozen=True):
    """Everything a file says; empty where nothing is known. `date` is ISO 8601, `language` BCP 47."""

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


def collect_tags(recording: Recording, title: str, cover: CoverLoader) -> Tags:
    """Put together what a recording's file says."""
    facts = recording.metadata
    return Tags(
        title=title,
        artist=", ".join(facts.authors),
        narrator=", ".join(recording.narrators),
        album=facts.site or "",
        date=facts.published or "",
        comment=facts.description or "",
        link=facts.address,
        rights=facts.rights or "",
        language=recording.language,
        text=join_transcript(recording.segments),
        chapters=tuple(
            ChapterTag(mark.title, recording.seconds(mark.begin), recording.seconds(mark.end))
            for mark in recording.chapters
            if mark.end > mark.begin
        ),
        cover=cover,
    )


def join_transcript(segments: Iterable[Segment]) -> str:
    """The written text of what is said, a paragraph for each block."""
    paragraphs: list[list[str]] = []
    block = None
    for segment in segments:
        if not segment.written:
            continue
        own = segment.anchor.partition(".")[0]
        if own != block or not own:
            paragraphs.append([])
        block = own
        paragraphs[-1].append(segment.written)
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)
