"""Files, folders, lists and standard input."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import open_documents

SETTINGS = InputSettings()


def open_names(*names: str, stdin: io.BytesIO | None = None, settings: InputSettings = SETTINGS) -> list[str]:
    """Return the names of the documents, and the labels of the errors."""
    found = open_documents(names, settings, stdin)
    return [item.name if isinstance(item, Document) else item.cause.split(":")[0] for item in found]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.txt", "sub/c.html", ".hidden.txt", ".git/x.txt", "style.css", "sub/c_files/frame.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Words.")
    return tmp_path


def test_a_file_keeps_the_name_its_user_gave(here: Path) -> None:
    (document,) = open_documents(["sub/c.html"], SETTINGS)
    assert document == Document("sub/c.html", b"Words.", folder=str(here / "sub"))


def test_a_folder_means_its_articles_sorted() -> None:
    assert open_names(".") == ["a.txt", "b.md", "sub/c.html"]


def test_a_folder_without_articles_is_an_error(here: Path) -> None:
    (here / "none").mkdir()
    (here / "none/style.css").write_text("p {}")
    assert open_names("none") == ["EmptySource"]


def test_a_folder_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_into = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return looked_into(path)

    monkeypatch.setattr(os, "scandir", scandir)  # root may read everything
    assert open_names(".") == ["a.txt", "b.md", "NotPermitted"]
    assert open_names("sub") == ["NotPermitted"]


def test_any_file_may_be_named_outright() -> None:
    assert open_names("style.css", ".hidden.txt") == ["style.css", ".hidden.txt"]


def test_a_list_names_sources_from_where_it_lies(here: Path) -> None:
    (here / "sub/list").write_text("# ours\n\n../a.txt\nc.html\n@more\n", encoding="utf-8-sig")
    (here / "sub/more").write_text("../b.md\r\nmissing.txt")
    assert open_names("@sub/list") == ["sub/../a.txt", "sub/c.html", "sub/../b.md", "NotFound"]


def test_a_list_that_names_itself_ends(here: Path) -> None:
    (here / "list").write_text("a.txt\n@list\n")
    assert open_names("@list") == ["a.txt"] * 8 + ["NestingError"]


def test_standard_input_is_a_document() -> None:
    (document,) = open_documents(["-"], SETTINGS, io.BytesIO(b"Words."))
    assert document == Document("-", b"Words.")


def test_one_that_fails_does_not_stop_the_others(here: Path) -> None:
    (here / "empty.txt").write_text(" \n")
    assert open_names("a.txt", "missing", "empty.txt", "-", "@none", "b.md") == [
        *("a.txt", "NotFound", "EmptySource", "EmptySource", "NotFound", "b.md")
    ]


def test_a_source_has_a_size(here: Path) -> None:
    small = InputSettings(largest=6)
    (here / "long.txt").write_text("Words..")
    assert open_names("a.txt", "long.txt", settings=small) == ["a.txt", "TooLarge"]
    assert open_names("-", stdin=io.BytesIO(b"Words.."), settings=small) == ["TooLarge"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_an_endless_file_ends_in_an_error() -> None:
    assert open_names("/dev/zero", settings=InputSettings(largest=1000)) == ["TooLarge"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_in_a_folder_is_passed_over(here: Path) -> None:
    os.mkfifo(here / "pipe.txt")
    assert "pipe.txt" not in open_names(".")


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "~nobody-of-that-name", "", "@", "~/no such file"])
def test_a_name_that_no_file_can_have_is_an_error(name: str) -> None:
    (error,) = open_documents([name], SETTINGS)
    assert isinstance(error, SourceError)


def test_an_error_is_two_lines_with_a_remedy() -> None:
    (error,) = open_documents(["missing.txt"], SETTINGS)
    assert isinstance(error, SourceError)
    assert error.exit_code == 3
    first, second = str(error).splitlines()
    assert first == "reading: 'missing.txt': NotFound: there is no file or folder of that name"
    assert second.startswith("Check the spelling")
