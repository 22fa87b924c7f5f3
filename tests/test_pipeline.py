"""One source becomes an outcome: its files, its notices, its error."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter.config import Config
from exporter.document import Document
from exporter.ebook import book_images
from exporter.pipeline import BuildRequest, Outcome, build_bound, build_each

PAGE = b"# The tide mill\n\nIt turned.[^1]\n\nIt stopped.\n\n[^2]: No mark leads here.\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    default = Config()
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence"),
        cache=msgspec.structs.replace(default.cache, folder=str(tmp_path / "cache")),
        narration=msgspec.structs.replace(default.narration, cast={"Nobody": "a-voice"}),
    )


def outcome(config: Config, folder: Path, *exporters: str) -> Outcome:
    (found,) = build_each([Document("mill.md", PAGE)], BuildRequest(exporters, config, folder=str(folder)))
    assert found.error is None
    return found


@pytest.mark.parametrize("exporter", ["script", "audio", "readaloud"])
def test_every_exporter_that_needs_the_script_returns_the_notices_of_its_narration(
    exporter: str, config: Config, tmp_path: Path
) -> None:
    notices = outcome(config, tmp_path, exporter).notices
    assert [notice.text for notice in notices if "narration.cast" in notice.text] == [
        "nobody called 'Nobody' is quoted (narration.cast)"
    ]


def test_an_outcome_has_each_notice_once_and_those_of_the_source_apart(config: Config, tmp_path: Path) -> None:
    found = outcome(config, tmp_path, "script", "audio", "readaloud", "epub")
    assert len(set(found.notices)) == len(found.notices) == 1
    assert [notice.subject for notice in found.source_notices] == ["[^2]", "No mark leads here."]


def test_the_notices_of_a_bound_edition_are_each_there_once(config: Config, tmp_path: Path) -> None:
    pages = [Document(name, PAGE) for name in ("one.md", "two.md")]
    (found,) = build_bound(pages, BuildRequest(("audio", "readaloud"), config, folder=str(tmp_path)))
    assert len(found.notices) == 1
    assert [notice.subject for notice in found.source_notices] == ["[^2]", "No mark leads here."]


@pytest.mark.parametrize("exporter", ["epub", "readaloud"])
def test_a_book_too_large_for_its_device_is_noticed(
    exporter: str, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = msgspec.structs.replace(book_images.PROFILES["kindle"], max_book_bytes=1000)
    monkeypatch.setattr(book_images, "PROFILES", {**book_images.PROFILES, "kindle": small})
    config = msgspec.structs.replace(config, book=msgspec.structs.replace(config.book, profile="kindle"))
    notices = outcome(config, tmp_path, exporter).notices
    assert sum("more than can be sent" in notice.text for notice in notices) == 1


def test_a_single_command_replaces_its_own_file_and_no_other(config: Config, tmp_path: Path) -> None:
    request = BuildRequest(("script",), config, folder=str(tmp_path / "out"))
    page = Document("mill.md", PAGE)
    for _ in range(2):
        (made,) = build_each([page], request)
        assert made.error is None
    foreign = tmp_path / "other" / "the-tide-mill.txt"
    foreign.parent.mkdir()
    foreign.write_text("mine")
    elsewhere = msgspec.structs.replace(request, folder=str(foreign.parent))
    (refused,) = build_each([page], elsewhere)
    assert refused.error
    assert (refused.error.exit_code, foreign.read_text()) == (5, "mine")
    (named,) = build_each([page], msgspec.structs.replace(elsewhere, file=str(foreign)))
    assert named.error is None
    (allowed,) = build_each([page], msgspec.structs.replace(elsewhere, overwrite=True))
    assert allowed.error is None


def test_a_second_article_of_the_same_title_does_not_replace_the_first(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    request = BuildRequest(("script",), config, folder="out")
    names: dict[str, list[str]] = {}
    for source in ("first.md", "second.md", "first.md", "second.md"):
        Path(source).write_bytes(PAGE)
        (made,) = build_each([Document(source, PAGE)], request)
        names.setdefault(source, []).extend(Path(path).name for path in made.written)
    assert names["first.md"] == ["the-tide-mill.txt"] * 2
    assert names["second.md"][0] == names["second.md"][1] != "the-tide-mill.txt"
    Path("first.md").unlink()  # renamed, perhaps: its name is free
    (made,) = build_each([Document("third.md", PAGE)], request)
    assert [Path(path).name for path in made.written] == ["the-tide-mill.txt"]


@pytest.mark.parametrize(
    ("exporter", "is_spoken"), [("epub", False), ("script", False), ("audio", True), ("readaloud", True)]
)
def test_facts_have_the_length_of_what_was_spoken(
    exporter: str, is_spoken: bool, config: Config, tmp_path: Path
) -> None:
    facts = outcome(config, tmp_path, exporter).facts
    assert facts
    assert (facts.title, facts.words, bool(facts.seconds)) == ("The tide mill", 4, is_spoken)
    assert bool(facts.narrators) == bool(facts.chapters) == is_spoken
