"""The manifest: what a folder knows of its works, wherever it lies and however it is named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from exporter.batches import batch
from exporter.config import Config
from exporter.document import Document
from exporter.manifest.manifest import FILE_NAME, read_manifest
from exporter.manifest.manifest_entries import ManifestEntry, decode_entry
from exporter.output_folder.source_labels import is_source_gone, label_name
from exporter.pipeline import BuildRequest, Outcome, Source
from exporter.sources import Selection, UnopenedFile, list_sources

SETTINGS = msgspec.structs.replace(Config(), jobs=1)
MARKS = ("First.", "Second.")
ADDRESS = "https://example.org/mill"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with two articles of the same title in ``in/``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("# Notes\n\nFirst.\n")
    (tmp_path / "in" / "b.md").write_text("# Notes\n\nSecond.\n")
    return tmp_path


def run(*names: str, output: str = "out", overwrite: bool = False, exporter: str = "script") -> list[Outcome]:
    request = BuildRequest((exporter,), SETTINGS, output, overwrite=overwrite)

    def list_named(selection: Selection) -> Iterator[Source | UnopenedFile]:
        return list_sources(names, SETTINGS.input, None, SETTINGS.cache, lambda _: None, selection)

    placed = batch.run_listed(list_named, request, batch.BatchOptions(jobs=1))
    return [outcome for _, outcome in sorted(placed, key=lambda each: each.place)]


def identities(output: str = "out") -> list[tuple[str, str]]:
    return [(entry.id, entry.added) for entry in read_manifest(Path(output))]


def texts(output: str = "out") -> list[str]:
    """The marks of the articles in the scripts."""
    return sorted(mark for path in Path(output).glob("*.txt") for mark in MARKS if mark in path.read_text().split())


def test_a_folder_by_any_spelling_is_the_same_folder(folder: Path) -> None:
    (folder / "link").symlink_to("in")
    run("in")
    before = identities()
    for spelling in ("./in", str(folder / "in"), f"../{folder.name}/in", "link"):
        assert [outcome.kept for outcome in run(spelling)] == [True, True]
    assert run("in", output=str(folder / "out"))[0].kept
    assert identities() == before
    assert texts() == ["First.", "Second."]


def test_a_source_that_is_named_twice_is_built_once(folder: Path) -> None:
    assert len(run("in", str(folder / "in"))) == 2
    assert len(run("in", "./in", "in/a.md")) == 2
    assert texts() == ["First.", "Second."]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("output", ["in/out", "in"])
def test_what_a_batch_wrote_is_not_a_source_of_the_next(output: str) -> None:
    run("in", output=output)
    assert len(run("in", output=output)) == 2
    assert texts(output) == ["First.", "Second."]
    named = next(Path(output).glob("notes.txt"))
    assert len(run(str(named), output=output)) == 1


@pytest.mark.usefixtures("folder")
def test_a_renamed_source_is_the_same_work() -> None:
    run("in")
    before = sorted(identities())
    Path("in/a.md").rename("in/z.md")
    run("in")
    assert sorted(identities()) == before
    assert len(list(Path("out").glob("*.txt"))) == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("is_opened", [False, True])
def test_a_source_that_was_moved_is_kept(is_opened: bool) -> None:
    name = "in/a.html" if is_opened else "in/a.md"  # a page that the user names is opened at once
    Path(name).write_text("<title>Mill</title><p>It turned." if is_opened else "# Mill\n\nIt turned.\n")
    (first,) = run(name)
    before = identities()
    Path("elsewhere").mkdir()
    Path(name).rename(Path("elsewhere", Path(name).name))
    (again,) = run(name.replace("in/", "elsewhere/"))
    assert (first.kept, again.kept, again.written) == (False, True, first.written)
    assert identities() == before


@pytest.mark.parametrize("new_place", ["other", "deep/in/other"])
@pytest.mark.usefixtures("folder")
def test_a_folder_that_was_moved_keeps_everything(new_place: str) -> None:
    run("in")
    before = identities()
    Path(new_place).parent.mkdir(parents=True, exist_ok=True)
    Path("out").rename(new_place)
    assert [outcome.kept for outcome in run("in", output=new_place)] == [True, True]
    assert identities(new_place) == before


def test_sources_and_outputs_that_move_together_are_kept(folder: Path) -> None:
    run("in")
    shutil.copytree(folder, folder / "copy", ignore=shutil.ignore_patterns("copy"))  # with new times
    os.chdir(folder / "copy")
    for name in ("a.md", "b.md"):
        (folder / "copy" / "in" / name).touch()
    assert [outcome.kept for outcome in run("in")] == [True, True]


@pytest.mark.usefixtures("folder")
def test_a_copy_without_its_files_is_not_up_to_date() -> None:
    run("in")
    shutil.copytree("out", "out2")
    for path in Path("out2").glob("*.txt"):
        path.unlink()
    assert [Path(path).parts[0] for outcome in run("in", output="out2") for path in outcome.written] == ["out2"] * 2
    assert texts("out2") == ["First.", "Second."]
    assert identities("out2") == identities("out")


def test_a_source_that_is_unchanged_is_not_read_again(folder: Path) -> None:
    run("in")
    state = (folder / "in" / "a.md").stat()
    (folder / "in" / "a.md").write_text("# Notes\n\nFresh.\n")
    os.utime(folder / "in" / "a.md", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert [outcome.kept for outcome in run("in")] == [True, True]
    (folder / "in" / "a.md").touch()
    assert [outcome.kept for outcome in run("in")] == [False, True]


def test_an_upgrade_and_an_edit_keep_id_and_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("in")
    before = identities()
    monkeypatch.setattr("exporter.manifest.manifest.__version__", "99")
    (folder / "in" / "a.md").write_text("# Other title\n\nFirst.\n")
    assert not any(outcome.kept for outcome in run("in"))
    assert identities() == before
    assert next(read_manifest(Path("out"))).stem == "other-title"


def test_times_rise_strictly(folder: Path) -> None:
    for number in range(5):
        (folder / "in" / f"{number}.md").write_text(f"# Page {number}\n\nText.\n")
    run("in")
    times = [added for _, added in identities()]
    assert len(set(times)) == 7
    assert times == sorted(times)


def test_the_identity_of_an_article_is_its_address(folder: Path) -> None:
    saved = f"---\ntitle: Mill\nurl: {ADDRESS}\n---\n\nIt turned.\n"
    (folder / "in" / "a.md").write_text(saved)
    run("in/a.md")
    before = identities()
    (folder / "in" / "renamed.md").write_text(saved + "\nAnd stopped.\n")
    (folder / "in" / "a.md").unlink()
    run("in/renamed.md")
    assert identities() == before
    assert [path.name for path in Path("out").glob("*.txt")] == ["mill.txt"]


def test_two_articles_with_one_address_in_a_run_are_two_works(folder: Path) -> None:
    for name, mark in zip("ab", MARKS, strict=True):
        (folder / "in" / f"{name}.md").write_text(f"---\ntitle: Mill\nurl: {ADDRESS}\n---\n\n{mark}\n")
    run("in")
    assert len(set(identities())) == 2
    assert texts() == ["First.", "Second."]


def test_facts_are_known_without_opening_a_file(folder: Path) -> None:
    (folder / "in" / "a.md").write_text(
        f"---\ntitle: Mill\nauthor: Ann Mill\nurl: {ADDRESS}\ndate: 2021-08-08\n---\n\nIt [turned](https://x.org/).\n"
    )
    run("in/a.md")
    (entry,) = read_manifest(Path("out"))
    assert entry.facts
    assert (entry.facts.title, entry.facts.authors, entry.facts.address) == ("Mill", ("Ann Mill",), ADDRESS)
    assert (entry.facts.published, entry.facts.words, entry.facts.description) == ("2021-08-08", 2, "It turned.")
    assert entry.facts.links == (("turned", "https://x.org/"),)
    assert entry.facts.seconds == 0


@pytest.mark.usefixtures("folder")
def test_a_bound_edition_is_a_work_of_its_own_and_is_kept() -> None:
    request = BuildRequest(("script",), SETTINGS, "out")
    pages = [Document("a.md", b"# One\n\nText.\n"), Document("b.md", b"# Two\n\nText.\n")]
    (first,) = batch.run_bound(pages, request)
    (again,) = batch.run_bound(pages, request)
    assert (first.kept, again.kept, again.written) == (False, True, first.written)
    before = identities()
    pages.append(Document("c.md", b"# Three\n\nText.\n"))
    assert not next(iter(batch.run_bound(pages, request))).kept
    assert before[0] in identities()


@pytest.mark.usefixtures("folder")
def test_a_file_that_exporter_did_not_make_is_not_replaced() -> None:
    Path("out").mkdir()
    Path("out/notes.txt").write_text("mine")
    refused, made = run("in")
    assert refused.error
    assert refused.error.exit_code == 5
    assert not made.error
    assert Path("out/notes.txt").read_text() == "mine"
    assert run("in/a.md")[0].error
    assert not run("in/a.md", overwrite=True)[0].error
    assert texts() == ["First.", "Second."]


@pytest.mark.usefixtures("folder")
def test_what_a_killed_run_left_may_be_replaced() -> None:
    run("in")
    Path("out", FILE_NAME).unlink()
    assert not any(outcome.error for outcome in run("in"))
    assert texts() == ["First.", "Second."]


@pytest.mark.usefixtures("folder")
def test_two_batches_at_once_with_equal_titles_lose_nothing() -> None:
    command = [sys.executable, "-m", "exporter", "batch", "--to", "script", "-o", "out"]
    batches = [subprocess.Popen([*command, f"in/{name}.md"], stdout=subprocess.DEVNULL) for name in "ab"]
    assert [process.wait() for process in batches] == [0, 0]
    assert texts() == ["First.", "Second."]
    assert len(set(identities())) == 2


@pytest.mark.usefixtures("folder")
def test_a_manifest_of_an_earlier_version_is_read() -> None:
    run("in")
    old = [
        {
            "label": f"in/{name}.md",
            "key": "0" * 32,
            "stem": stem,
            "inputs": [],
            "outcome": {"source": f"in/{name}.md", "written": [f"out/{stem}.txt"]},
            "outputs": [[f"out/{stem}.txt", 1, 1]],
        }
        for name, stem in (("a", "notes"), ("b", "notes-2"))
    ]
    shutil.rmtree("out")
    Path("out").mkdir()
    Path("out", FILE_NAME).write_text("\n".join(map(json.dumps, old)))
    for stem in ("notes", "notes-2"):
        Path("out", f"{stem}.txt").write_text("old")
    assert [Path(path).name for outcome in run("in") for path in outcome.written] == ["notes.txt", "notes-2.txt"]
    assert all(identifier and added for identifier, added in identities())


@pytest.mark.parametrize(
    ("stem", "output"),
    [
        ("../x", "x.txt"),
        ("x", "../x.txt"),
        ("x", "/etc/x.txt"),
        ("x", "a/../../x.txt"),
        ("x", "C:\\x.txt"),
        (".x", "x.txt"),
    ],
)
def test_an_entry_that_leads_out_of_its_folder_is_not_read(tmp_path: Path, stem: str, output: str) -> None:
    line = {"label": "a.md", "key": "0", "stem": stem, "inputs": [], "outcome": {"source": ""}, "id": "i"}
    assert decode_entry(msgspec.json.encode(line | {"outputs": [[output, 1, 1]]}), tmp_path) is None
    sound = msgspec.json.encode(line | {"stem": "x", "outputs": [["x-clips/1.mp3", 1, 1]]})
    assert isinstance(decode_entry(sound, tmp_path), ManifestEntry)


@pytest.mark.usefixtures("folder")
def test_a_long_manifest_is_compacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.manifest.manifest._MIN_COMPACT_LINES", 3)
    run("in")
    before = identities()
    lines = Path("out", FILE_NAME).read_bytes()
    Path("out", FILE_NAME).write_bytes(lines * 3)
    assert all(outcome.kept for outcome in run("in"))
    assert len(Path("out", FILE_NAME).read_bytes().split()) <= len(lines.split())
    assert identities() == before


def test_labels_are_paths_relative_to_the_outputs(folder: Path) -> None:
    out = folder / "out"
    assert label_name("in/a.md", out) == label_name(str(folder / "in" / "a.md"), out) == "../in/a.md"
    assert label_name("in/a.md:part.html", out) == "../in/a.md:part.html"
    assert label_name("https://example.org/a:b", out) == "https://example.org/a:b"
    assert label_name("no\0file", out) == "no\0file"
    out.mkdir()
    assert not is_source_gone("../in/a.md:part.html", out)
    assert is_source_gone("../in/gone.md", out)
    assert not is_source_gone("https://example.org/", out)


def test_another_form_of_the_same_article_adds_its_files(folder: Path) -> None:
    run("in/a.md")
    run("in/a.md", exporter="epub")
    (entry,) = read_manifest(Path("out"))
    assert [stamp.path for stamp in (*entry.outputs, *entry.others)] == ["notes.epub", "notes.txt"]
    (folder / "in" / "a.md").write_text("# Notes\n\nFirst, edited.\n")
    run("in/a.md", exporter="epub")
    (entry,) = read_manifest(Path("out"))
    assert entry.others == ()


@pytest.mark.usefixtures("folder")
def test_a_file_that_was_overwritten_once_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").mkdir()
    Path("out/notes.txt").write_text("mine")
    run("in/a.md", overwrite=True)
    monkeypatch.setattr("exporter.manifest.manifest.__version__", "99")
    assert not run("in/a.md")[0].error
