"""An edition becomes an episode: one sound file with chapters and tags, and what the settings ask for beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter import __version__, subtitles
from exporter.cache import Cache, make_key
from exporter.concurrency import start_in_thread
from exporter.config import Config
from exporter.edition import Edition
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.mastering import split_files
from exporter.mastering.episode import Episode, check_settings, build_episode
from exporter.mastering.tags import CoverPicture
from exporter.output import make_stem, whole_file, write_whole

_COVERS = "covers"
_NOTICED = 0.5  # LU by which the loudness may be missed


def suffix(config: Config) -> str:
    """The suffix of the format."""
    return f".{config.audio.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the episode, then its clips and its timeline where they are wanted.

    Raises `UsageError` for a setting that names nothing, `SpeechError`, and `OutputError`.
    """
    check_settings(edition.config)
    wanted = [subtitles.find_format(name) for name in edition.config.audio.subtitles]
    for piece in edition.pieces:
        _ = piece.script
    recordings = [piece.recording for piece in edition.pieces]
    cover = start_in_thread(lambda: _cover(edition))  # the encoder leaves the interpreter free
    made = build_episode(recordings, edition.title, edition.config, cover)
    with whole_file(path) as temporary:
        made.write(temporary)
    beside = [
        write_whole(path.with_name(path.stem + form.suffix), form.write(made.recording).encode()) for form in wanted
    ]
    clips = tuple(_clips(made, path)) if edition.config.audio.clips else ()
    lost = (segment for segment in made.recording.segments if segment.lost)
    notices = [Notice(segment.written[:80], "a gap: it could not be spoken") for segment in lost]
    if made.short > _NOTICED:
        notices.append(Notice(edition.title, f"{made.short:.1f} LU softer than asked: louder would distort it"))
    return Written((path, *beside, *clips), tuple(notices))


def _clips(made: Episode, path: Path) -> Iterator[Path]:
    """Write a file for each section or sentence into a folder beside the episode, and what plays them in a row."""
    folder = path.with_name(f"{path.stem}-clips")
    by_sentence = made.config.audio.clips == "sentence"
    found = split_files.split_sentences(made) if by_sentence else split_files.split_sections(made)
    width = len(str(len(found)))
    if by_sentence:  # Anki keeps the sounds of all decks in one folder, where names must not meet
        names = [f"{path.stem}-{number:0{width}}{path.suffix}" for number in range(1, len(found) + 1)]
    else:
        titles = [make_stem(part.title)[:40].strip("-") for part in found]
        names = [f"{number:0{max(2, width)}}-{title}{path.suffix}" for number, title in enumerate(titles, 1)]
    for name, part in zip(names, found, strict=True):
        with whole_file(folder / name) as temporary:
            made.write_part(temporary, part.passages, part.title)
        yield folder / name
    yield write_whole(folder / "playlist.m3u8", split_files.format_playlist(made, names, found).encode())
    if by_sentence:
        yield write_whole(folder / "anki.tsv", split_files.format_anki_notes(names, found).encode())


def _cover(edition: Edition) -> CoverPicture:
    """The book's cover; it is kept, since drawing it takes as long as half a minute of speech."""
    articles = [piece.article for piece in edition.pieces]
    book = edition.config.book
    own = Path(book.cover).read_bytes() if book.cover and Path(book.cover).is_file() else b""
    facts = [article.metadata for article in articles]
    made_from = msgspec.msgpack.encode((edition.title, facts, book.cover, articles[0].resources))
    name = make_key(__version__.encode(), own, made_from)
    cache = Cache(edition.config.cache)
    if data := cache.get(_COVERS, name):
        return msgspec.msgpack.decode(data, type=CoverPicture)
    from exporter.ebook import front_matter  # noqa: PLC0415  Pillow, which a run that finds its cover doesn't need

    lead = front_matter.lead(articles[0], {})
    item, _ = front_matter.cover(articles, edition.title, articles[0].metadata.language, book, lead)
    picture = CoverPicture(item.data, item.media_type)
    cache.put(_COVERS, name, msgspec.msgpack.encode(picture))
    return picture
