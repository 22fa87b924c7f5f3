"""An edition becomes an episode: one sound file with chapters and tags, and what the settings ask for beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter import subtitles
from exporter.config import Config
from exporter.edition import Edition
from exporter.episode_file import write_episode
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.mastering import anki_package, split_files
from exporter.mastering.episode import Episode, check_settings
from exporter.output import make_stem, whole_file, write_whole

_MIN_SHORTFALL_LU = 0.5  # below the loudness asked for, from which there is a notice: the tolerance of EBU R 128 (2014)
_MAX_SECTION_NAME_CHARS = 40  # chosen so that a player's list shows them whole; no measurement


def suffix(config: Config) -> str:
    """Return the suffix of the format."""
    return f".{config.audio.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the episode, and beside it the subtitles, the clips and the report that the settings ask for.

    Raises `UsageError` for a setting that does not exist or names a missing file, `SpeechError`, and `OutputError`.
    """
    config = edition.config
    check_settings(config)
    if config.audio.clips == "anki":
        anki_package.check_installed()
    forms = [subtitles.find_format(name) for name in config.audio.subtitles]
    recorded = [work.recorded for work in edition.works]
    made = write_episode(edition, path)
    whole = msgspec.structs.replace(made.recording, title=edition.title)  # a joined recording has that of its first
    beside = [write_whole(path.with_name(path.stem + form.suffix), form.write(whole).encode()) for form in forms]
    clips = tuple(_write_clips(made, path)) if config.audio.clips else ()
    report = (_write_report(edition, made, path),) if config.audio.report else ()
    notices = [notice for each in recorded for notice in each.notices]
    if made.shortfall_lu > _MIN_SHORTFALL_LU:
        text = f"it is {made.shortfall_lu:.1f} LU softer than audio.loudness asks: more gain would distort it"
        notices.append(Notice(edition.title, text))
    return Written((path, *beside, *clips, *report), tuple(notices), made.recording)


def _write_report(edition: Edition, made: Episode, path: Path) -> Path:
    """Write the report on the episode beside it."""
    from exporter.mastering.sound_analysis import analyse_sound  # noqa: PLC0415  50 ms (numpy), only reports need it
    from exporter.web_pages.sound_report import make_sound_report  # noqa: PLC0415  30 ms (Jinja), as above

    page = make_sound_report(edition, made.recording, analyse_sound(path), path.name)
    return write_whole(path.with_name(f"{path.stem}.report.html"), page.encode())


def _write_clips(made: Episode, path: Path) -> Iterator[Path]:
    """Write a file for each section or sentence into a folder beside the episode, then the lists that play them."""
    folder = path.with_name(f"{path.stem}-clips")
    by_sentence = made.config.audio.clips in ("sentence", "anki")
    parts = split_files.split_sentences(made) if by_sentence else split_files.split_sections(made)
    width = len(str(len(parts)))
    if by_sentence:  # Anki keeps the sounds of all decks in one folder, where names must not meet
        names = [f"{path.stem}-{number:0{width}}{path.suffix}" for number in range(1, len(parts) + 1)]
    else:
        titles = [make_stem(part.title)[:_MAX_SECTION_NAME_CHARS].strip("-") for part in parts]
        names = [f"{number:0{max(2, width)}}-{title}{path.suffix}" for number, title in enumerate(titles, 1)]
    for name, part in zip(names, parts, strict=True):
        with whole_file(folder / name) as temporary:
            made.write_part(temporary, part.passages, part.title)
        yield folder / name
    yield write_whole(folder / "playlist.m3u8", split_files.format_playlist(made, names, parts).encode())
    if by_sentence:
        yield write_whole(folder / "anki.tsv", split_files.format_anki_notes(names, parts).encode())
    if made.config.audio.clips == "anki":
        package = folder / f"{path.stem}.apkg"
        sounds = [(part.title, folder / name) for name, part in zip(names, parts, strict=True)]
        with whole_file(package) as temporary:
            anki_package.write_anki_package(temporary, made.title, made.recording.metadata, sounds)
        yield package
