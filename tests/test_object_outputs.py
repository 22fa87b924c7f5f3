"""Outputs in object storage: a server of S3 over HTTP, and real processes that write there, one or several at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import obstore
import pytest
from obstore.store import from_url

from exporter.batches import batch
from exporter.cli import run
from exporter.config import Config
from exporter.manifest.manifest import FILE_NAME, SHARDS_PATH, read_manifest
from exporter.manifest.manifest_copy import ManifestCopy
from exporter.output_folder.object_store import ObjectFolder
from exporter.output_folder.stem_claims import STATE_FOLDER
from exporter.pipeline import BuildRequest
from exporter.sources import list_sources
from tests.object_server import make_bucket, name_settings, run_server

if TYPE_CHECKING:
    from obstore import UpdateVersion

WORDS = "alder birch cedar daisy elm fern gorse hazel iris jasmine".split()
TITLES = 4  # for all of them


class Shelf(NamedTuple):
    """A folder in a bucket of its own, and a folder of sources beside it on this machine."""

    address: str
    folder: Path

    def start(self, *arguments: str, output: str = "") -> subprocess.Popen[str]:
        """Start a batch into the folder, in a process group of its own."""
        command = [sys.executable, "-m", "exporter", "batch", *arguments, "-o", output or self.address]
        environment = {**os.environ, "TMPDIR": str(self.folder)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=self.folder, env=environment, text=True, **pipes)  # type: ignore[call-overload,no-any-return]

    def run(self, *arguments: str) -> dict[str, bool]:
        """Run a batch that makes every source; returns by source whether it was kept."""
        process = self.start(*arguments, "--json")
        out, err = process.communicate()
        assert process.returncode == 0, err
        return {row["source"]: row["kept"] for row in json.loads(out)["outcomes"]}

    def read(self) -> dict[str, bytes]:
        """Return all objects but those of the program's own, by key."""
        keys = [key for key, _ in self.objects.list_states() if not key.startswith(STATE_FOLDER)]
        return {key: self.objects.read(key) or b"" for key in keys}

    def copy(self, folder: Path) -> Path:
        """Copy the folder with all that is in it to this machine."""
        for key, _ in self.objects.list_states():
            path = folder / key
            path.parent.mkdir(parents=True, exist_ok=True)
            self.objects.fetch(key, path)
        return folder

    @property
    def objects(self) -> ObjectFolder:
        return ObjectFolder(self.address, 20)

    def write(self, name: str, title: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {title}\n\n{text}\n")

    def write_all(self, folder: str = "in") -> None:
        for number, word in enumerate(WORDS):
            self.write(f"{folder}/{number}.md", f"Notes {number % TITLES}", f"The {word} grew.")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with run_server() as address:
        yield address


@pytest.fixture
def shelf(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    for name, value in name_settings(server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("EXPORTER_CACHE_FOLDER", str(tmp_path / "cache"))
    return Shelf(f"s3://{make_bucket(server)}/reading/out", tmp_path)


def list_words(files: dict[str, bytes]) -> list[str]:
    """Return the words of the scripts among files."""
    texts = [data.decode() for key, data in files.items() if key.endswith(".txt")]
    return sorted(text.split("The ")[-1].split()[0] for text in texts)


def test_the_files_are_those_of_a_folder(shelf: Shelf) -> None:
    for word in WORDS[:4]:
        shelf.write(f"in/{word}.md", word.title(), "It grew.")
    process = shelf.start("in", "--to", "epub,script", "--jobs", "2")
    out, _ = process.communicate()
    local = shelf.start("in", "--to", "epub,script", "--jobs", "2", output="out")
    assert local.wait() == process.returncode == 0
    files = {path.name: path.read_bytes() for path in (shelf.folder / "out").iterdir() if path.is_file()}
    assert sorted(out.split()) == sorted(f"{shelf.address}/{name}" for name in files if name != FILE_NAME)
    assert shelf.read() == {name: data for name, data in files.items() if name != FILE_NAME}
    kept = obstore.get(from_url(shelf.address, client_options={"allow_http": True}), "alder.epub").attributes
    assert kept["Content-Type"] == "application/epub+zip"


def test_a_second_run_makes_only_what_is_new_or_gone_or_changed(shelf: Shelf) -> None:
    for name in ("mill", "weir", "ferry", "quay"):
        shelf.write(f"in/{name}.md", name.title(), "It turned.")
    assert list(shelf.run("in", "--to", "script").values()) == [False] * 4
    assert list(shelf.run("in", "--to", "script").values()) == [True] * 4
    assert not list(shelf.folder.glob("exporter-*"))  # no temporary folder is left
    shelf.write("in/mill.md", "Mill", "It stopped.")
    shelf.objects.remove(["weir.txt"])
    shelf.objects.create("ferry.txt.bak", b"")
    obstore.put(from_url(shelf.address, client_options={"allow_http": True}), "quay.txt", b"It turned!")
    process = shelf.start("in", "--to", "script", "--overwrite", "--json")
    rows = json.loads(process.communicate()[0])["outcomes"]
    assert sorted(row["source"] for row in rows if not row["kept"]) == ["in/mill.md", "in/quay.md", "in/weir.md"]
    assert b"It stopped." in shelf.read()["mill.txt"]
    assert list(shelf.run("in", "--to", "script").values()) == [True] * 4


def test_an_object_that_the_program_did_not_make_is_not_replaced(shelf: Shelf) -> None:
    obstore.put(from_url(shelf.address, client_options={"allow_http": True}), "mill.txt", b"mine")
    shelf.write("in/mill.md", "Mill", "It turned.")
    shelf.write("in/weir.md", "Weir", "It held.")
    process = shelf.start("in", "--to", "epub,script")
    _, err = process.communicate()
    assert process.returncode == 1
    assert f"writing: '{shelf.address}/mill.txt': NotOurs" in err
    assert (shelf.read()["mill.txt"], sorted(shelf.read())) == (b"mine", ["mill.txt", "weir.epub", "weir.txt"])
    assert shelf.run("in", "--to", "epub,script", "--overwrite") == {"in/mill.md": False, "in/weir.md": True}
    assert shelf.read()["mill.txt"] != b"mine"


def test_two_runs_at_once_lose_nothing(shelf: Shelf) -> None:
    half = len(WORDS) // 2
    for number, word in enumerate(WORDS):
        shelf.write(f"{'ab'[number < half]}/{number}.md", f"Notes {number % TITLES}", f"The {word} grew.")
    runs = [shelf.start(folder, "--to", "script") for folder in ("a", "b")]
    assert [run.wait() for run in runs] == [0, 0]
    assert list_words(shelf.read()) == sorted(WORDS)
    assert list(shelf.run("a", "b", "--to", "script").values()) == [True] * len(WORDS)


def test_shards_fill_one_folder_and_the_next_run_keeps_all(shelf: Shelf) -> None:
    shelf.write_all()
    shards = [shelf.start("in", "--to", "script", "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert [shard.wait() for shard in shards] == [0, 0, 0]
    assert list_words(shelf.read()) == sorted(WORDS)
    assert list(shelf.run("in", "--to", "script", "--shard", "2/3").values()).count(False) == 0
    assert list(shelf.run("in", "--to", "script").values()) == [True] * len(WORDS)
    assert not list(shelf.objects.list_states(SHARDS_PATH))  # they are in the manifest now


def test_a_killed_run_leaves_nothing_half_and_the_next_makes_the_rest(shelf: Shelf) -> None:
    shelf.write_all()
    process = shelf.start("in", "--to", "script", "--jobs", "2")
    assert process.stdout is not None
    process.stdout.readline()  # the first is there
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = shelf.read()
    assert len(shelf.run("in", "--to", "script")) == len(WORDS)
    whole = shelf.read()
    assert (left.items() <= whole.items(), list_words(whole)) == (True, sorted(WORDS))
    assert list(shelf.run("in", "--to", "script").values()) == [True] * len(WORDS)


def test_an_interrupted_run_keeps_what_it_made(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write_all()
    monkeypatch.chdir(shelf.folder)
    request = BuildRequest(("script",), Config(), address=shelf.address)
    outcomes = batch.run_listed(
        lambda selection: list_sources(["in"], request.config.input, None, request.config.cache, print, selection),
        request,
        batch.BatchOptions(jobs=1),
    )
    first = next(outcomes).outcome.source
    outcomes.close()  # as Ctrl-C does
    assert shelf.run("in", "--to", "script")[first]


def test_a_copy_of_the_folder_is_one_like_any_other(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write_all()
    shelf.run("in", "--to", "script", "--layout", "sharded")
    entries = list(read_manifest(shelf.copy(tmp_path / "copy")))
    assert {entry.label for entry in entries} == {f"in/{number}.md" for number in range(len(WORDS))}
    assert all(stamp.is_unchanged(tmp_path / "copy") for entry in entries for stamp in entry.outputs)


def test_objects_in_the_output_folder_are_no_sources(shelf: Shelf) -> None:
    bucket = shelf.address.removesuffix("/out")
    store = from_url(bucket, client_options={"allow_http": True})
    obstore.put(store, "saved/mill.md", b"# Mill\n\nIt turned.\n")
    assert shelf.run(bucket, "--to", "article") == {f"{bucket}/saved/mill.md": False}
    assert shelf.run(bucket, "--to", "article") == {f"{bucket}/saved/mill.md": True}


@pytest.mark.parametrize(
    ("arguments", "code", "cause"),
    [
        (["in", "--to", "epub", "--bind"], 2, "WrongOptions: --bind needs a folder of this machine"),
        (["in", "--to", "epub", "--publish"], 2, "WrongOptions: --publish needs"),
        (["in", "--to", "epub", "--dry-run"], 2, "WrongOptions: --dry-run needs"),
        (["in", "--to", "epub", "--on", "dask"], 2, "WrongOptions: --on needs a folder that all machines see"),
        (["ADDRESS/in/a.md", "--to", "epub"], 2, "HoldsSources: ADDRESS/in/a.md is in it"),
        (["ADDRESS", "--to", "epub"], 2, "HoldsSources: ADDRESS is in it"),
    ],
)
def test_what_does_not_go_together_is_refused(shelf: Shelf, arguments: list[str], code: int, cause: str) -> None:
    shelf.write("in/mill.md", "Mill", "It turned.")
    process = shelf.start(*(argument.replace("ADDRESS", shelf.address) for argument in arguments))
    _, err = process.communicate()
    assert (process.returncode, cause.replace("ADDRESS", shelf.address) in err, err.count("\n")) == (code, True, 2)


@pytest.mark.parametrize(
    ("output", "endpoint", "cause"),
    [("s3://nobody/out", "", "NotFound: there is no such object or bucket"), ("", "http://127.0.0.1:1", "NotReached")],
)
def test_storage_that_is_not_there_ends_the_run(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, output: str, endpoint: str, cause: str
) -> None:
    if endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    shelf.write("in/mill.md", "Mill", "It turned.")
    process = shelf.start("in", "--to", "epub", "--set", "input.timeout=2", output=output)
    _, err = process.communicate()
    assert (process.returncode, cause in err, err.count("\n")) == (5, True, 2)


def move_added(objects: ObjectFolder, folder: Path) -> None:
    """Do what another run does at its start: move what was added into the manifest."""
    version = objects.fetch(FILE_NAME, folder / "all.jsonl")
    keys = [key for key, _ in objects.list_states(SHARDS_PATH)]
    lines = b"".join(objects.read(key) or b"" for key in keys)
    with (folder / "all.jsonl").open("ab") as file:
        file.write(lines)
    assert objects.replace(FILE_NAME, folder / "all.jsonl", version)
    objects.remove(keys)


def test_whoever_is_late_leaves_the_manifest_alone(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_all() -> tuple[bytes | None, list[str]]:
        return shelf.objects.read(FILE_NAME), [key for key, _ in shelf.objects.list_states(SHARDS_PATH)]

    replace, found = ObjectFolder.replace, []

    def replace_late(objects: ObjectFolder, key: str, path: Path, version: UpdateVersion | None) -> bool:
        changed.undo()
        move_added(shelf.objects, tmp_path)
        shelf.run("in", "--to", "script", "--force")  # adds more
        found.append(read_all())
        return replace(objects, key, path, version)

    shelf.write_all()
    shelf.run("in", "--to", "script")
    with monkeypatch.context() as changed:
        changed.setattr(ObjectFolder, "replace", replace_late)
        ManifestCopy(BuildRequest(("script",), Config(), address=shelf.address)).close()
    assert found == [read_all()]
    assert len(found[0][1]) == 1


def test_the_doctor_says_whether_objects_can_be_made(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find_storage() -> tuple[bool, str]:
        run(["doctor", "-o", shelf.address, "--json", "--set", "input.timeout=2"])
        (found,) = (row for row in json.loads(capsys.readouterr().out)["findings"] if row["part"].startswith("storage"))
        return found["good"], found["text"]

    assert find_storage() == (True, "objects can be written, and are made once")
    assert list(shelf.objects.list_states()) == []
    with monkeypatch.context() as changed:
        changed.setattr(ObjectFolder, "create", lambda _self, _key, _data: True)  # as storages without conditions
        assert find_storage()[0] is False
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert find_storage()[0] is False
