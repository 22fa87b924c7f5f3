"""An edition becomes an episode: one sound file with chapters and tags, and what the settings ask for beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter import subtitles
from exporter.config import Config
from exporter.edition import Edition
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.mastering import parts
from exporter.mastering.episode import Episode, episode
from exporter.mastering.tags import Picture
from exporter.output import stem, whole_file, write_whole


def suffix(config: Config) -> str:
    """The suffix of the format."""
    return f".{config.audio.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the episode, then its clips and its timeline where they are wanted.

    Raises `UsageError` for a setting that names nothing, `SpeechError`, and `OutputError`.
    """
    wanted = [subtitles.choose(name) for name in edition.config.audio.subtitles]
    made = episode([piece.recording for piece in edition.pieces], edition.title, edition.config, _cover(edition))
    with whole_file(path) as temporary:
        made.write(temporary)
    beside = [
        write_whole(path.with_name(path.stem + form.suffix), form.write(made.recording).encode()) for form in wanted
    ]
    clips = tuple(_clips(made, path)) if edition.config.audio.clips else ()
    lost = (segment for segment in made.recording.segments if segment.lost)
    notices = tuple(Notice(segment.written[:80], "a gap: it could not be spoken") for segment in lost)
    return Written((path, *beside, *clips), notices)


def _clips(made: Episode, path: Path) -> Iterator[Path]:
    """Write a file for each section or sentence into a folder beside the episode, and what plays them in a row."""
    folder = path.with_name(f"{path.stem}-clips")
    by_sentence = made.config.audio.clips == "sentence"
    found = parts.sentences(made) if by_sentence else parts.sections(made)
    names = [
        f"{number:0{max(2, len(str(len(found))))}}-{stem(part.title)[:40].strip('-')}{path.suffix}"
        for number, part in enumerate(found, 1)
    ]
    for name, part in zip(names, found, strict=True):
        with whole_file(folder / name) as temporary:
            made.write_part(temporary, part.passages, part.title)
        yield folder / name
    yield write_whole(folder / "playlist.m3u8", parts.playlist(made, names, found).encode())
    if by_sentence:
        yield write_whole(folder / "anki.tsv", parts.anki(names, found).encode())


def _cover(edition: Edition) -> Picture | None:
    return None
