"""Sources in object storage: a server of S3 over HTTP, with folders, single objects and lists."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import obstore
import pytest
from obstore.store import from_url

from exporter.batches import batch
from exporter.batches.shards import Shard
from exporter.cli import run
from exporter.config import Config, InputSettings
from exporter.document import Document
from exporter.errors import SourceError, UsageError
from exporter.manifest.manifest import read_manifest
from exporter.pipeline import BuildRequest, Source
from exporter.sources import Selection, UnopenedFile, list_sources, object_storage, open_documents
from tests.object_server import make_bucket, name_settings, run_server
from tests.sources.test_warc_ranges import make_page

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
OBJECTS = {
    "saved/a.md": b"# Mill\n\nIt turned.\n",
    "saved/2020/\xfc b.md": b"# Weir\n\nIt is long.\n",
    "saved/page.html": b'<title>Wheel</title><article><p>It held.</p><img src="page_files/w.gif"></article>',
    "saved/page_files/w.gif": PIXEL,
    "saved/page_files/frame.html": b"<p>an advertisement",
    "saved/.hidden.md": b"# Hidden",
    "saved/empty.md": b" \n",
    "saved/data.json": b"{}",
    "other/w.gif": PIXEL,
    "lists/all.txt": b"# a list\na.md\n@more.txt\ns3://bucket/saved/2020/\n",
    "lists/more.txt": b"../saved/a.md\n/etc/hostname\n",
    "lists/a.md": b"# Sluice\n\nIt is open.\n",
}

PutObject = Callable[[str, bytes], None]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of S3; returns its address."""
    with run_server() as address:
        yield address


@pytest.fixture
def put_object(server: str, monkeypatch: pytest.MonkeyPatch) -> PutObject:
    """A bucket with objects; returns a function that puts one more there."""
    for name, value in name_settings(server).items():
        monkeypatch.setenv(name, value)
    make_bucket(server, "bucket")
    store = from_url("s3://bucket", client_options={"allow_http": True})

    def put(key: str, data: bytes) -> None:
        obstore.put(store, key, data)

    for key, data in OBJECTS.items():
        put(key, data)
    return put


def open_all(*names: str, **settings: object) -> dict[str, Document | SourceError]:
    found = open_documents(names, msgspec.convert(settings, InputSettings))
    return {item.subject if isinstance(item, SourceError) else item.name: item for item in found}


@pytest.mark.usefixtures("put_object")
@pytest.mark.parametrize("name", ["s3://bucket/saved/", "s3://bucket/saved"])
def test_a_folder_holds_its_articles(name: str) -> None:
    found = open_all(name)
    keys = ["2020/\xfc b.md", "a.md", "empty.md", "page.html"]
    assert list(found) == [f"s3://bucket/saved/{key}" for key in keys]
    assert [type(item) for item in found.values()] == [Document, Document, SourceError, Document]
    page = found["s3://bucket/saved/page.html"]
    assert isinstance(page, Document)
    assert [(part.address, part.data) for part in page.parts] == [("saved/page_files/w.gif", PIXEL)]


@pytest.mark.usefixtures("put_object")
def test_an_object_is_opened_with_the_pictures_beside_it() -> None:
    (page,) = open_all("s3://bucket/saved/page.html").values()
    assert isinstance(page, Document)
    assert (page.data, len(page.parts)) == (OBJECTS["saved/page.html"], 1)
    (page,) = open_all("s3://bucket/saved/page.html", images=False).values()
    assert isinstance(page, Document)
    assert page.parts == ()


@pytest.mark.usefixtures("put_object")
def test_the_names_in_a_list_are_those_of_objects_beside_it() -> None:
    found = open_all("@s3://bucket/lists/all.txt")
    documents = [name for name, item in found.items() if isinstance(item, Document)]
    assert documents == ["s3://bucket/lists/a.md", "s3://bucket/saved/a.md", "s3://bucket/saved/2020/\xfc b.md"]
    (error,) = (item for item in found.values() if isinstance(item, SourceError))
    assert (error.subject, error.cause) == ("s3://bucket/etc/hostname", "NotFound: nothing is there")


@pytest.mark.usefixtures("put_object")
@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("s3://bucket/nothing/", "NotFound: nothing is there"),
        ("s3://bucket/saved/missing.md", "NotFound: nothing is there"),
        ("s3://bucket/other", "EmptySource"),
        ("@s3://bucket/lists/missing.txt", "NotFound: there is no such object or bucket"),
        ("s3://nobody/a.md", "NotFound"),
        ("s3://bucket/saved/a.md", "TooLarge"),
    ],
)
def test_what_cannot_be_read_is_an_error(name: str, cause: str) -> None:
    (error,) = open_all(name, largest=5).values()
    assert isinstance(error, SourceError)
    assert error.cause.startswith(cause)


def test_a_server_that_is_not_there_is_an_error(put_object: PutObject, monkeypatch: pytest.MonkeyPatch) -> None:
    del put_object
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    (error,) = open_all("s3://bucket/saved/a.md", timeout=2).values()
    assert isinstance(error, SourceError)
    assert error.cause.startswith("NotReached")
    assert "\n" not in str(error.cause)


def test_without_the_package_the_line_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    (error,) = open_all("s3://bucket/saved/").values()
    assert isinstance(error, SourceError)
    assert error.remedy == "pip install 'exporter[cloud]'"


def run_batch(
    folder: Path, shard: Shard | None = None, name: str = "s3://bucket/saved/", **settings: object
) -> dict[str, bool]:
    """Run a batch over a folder of the bucket, or an object; returns by source whether it was kept."""
    config = Config(jobs=1, input=msgspec.convert(settings, InputSettings))
    request = BuildRequest(("script",), config, str(folder))

    def list_named(selection: Selection) -> Iterator[Source | UnopenedFile]:
        return list_sources([name], config.input, None, config.cache, print, selection)

    placed = batch.run_listed(list_named, request, batch.BatchOptions(jobs=1, shard=shard))
    return {outcome.source: outcome.kept for _, outcome in placed if not outcome.error}


def test_a_second_run_makes_only_what_is_new(tmp_path: Path, put_object: PutObject) -> None:
    put_object("saved/c.md", b"# Ferry\n\nIt waits.\n")
    assert list(run_batch(tmp_path).values()) == [False] * 4
    put_object("saved/c.md", b"# Ferry\n\nIt left.\n")
    assert [name for name, kept in run_batch(tmp_path).items() if not kept] == ["s3://bucket/saved/c.md"]
    assert (tmp_path / "ferry.txt").read_text().count("It left.") == 1


def test_an_object_that_has_not_changed_is_not_read_again(
    tmp_path: Path, put_object: PutObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    read_object = object_storage._Bucket.read

    def note_read(bucket: object_storage._Bucket, key: str) -> bytes:
        read.append(key)
        return read_object(bucket, key)

    monkeypatch.setattr(object_storage._Bucket, "read", note_read)
    first = run_batch(tmp_path)
    always = {"saved/data.json", "saved/empty.md", "saved/page.html", "saved/page_files/w.gif"}  # it has a picture
    assert always < set(read)
    read.clear()
    assert run_batch(tmp_path) == dict.fromkeys(first, True)
    assert set(read) <= always
    read.clear()
    put_object("saved/a.md", b"# Mill\n\nIt burned.\n")  # of the same length
    assert [name for name, kept in run_batch(tmp_path).items() if not kept] == ["s3://bucket/saved/a.md"]
    assert set(read) == {*always, "saved/a.md"}


@pytest.mark.parametrize("name", ["s3://bucket/crawl/", "s3://bucket/crawl/a.warc.gz"])
def test_a_large_web_archive_is_read_in_ranges(tmp_path: Path, put_object: PutObject, name: str) -> None:
    archive = b"".join(gzip.compress(make_page(number, 2_000)) for number in range(30))
    put_object("crawl/a.warc.gz", archive)
    largest = len(archive) - 1
    made = [run_batch(tmp_path, Shard(number, 2), name, largest=largest) for number in (1, 2)]
    names = {f"https://example.org/{number}" for number in range(30)}
    assert all(made)
    assert len(made[0]) + len(made[1]) == len(names)
    assert {*made[0], *made[1]} == names
    assert run_batch(tmp_path, None, name, largest=largest) == dict.fromkeys(names, True)


@pytest.mark.usefixtures("put_object")
def test_shards_divide_a_folder(tmp_path: Path) -> None:
    made = [run_batch(tmp_path, Shard(number, 2)) for number in (1, 2)]
    whole = {entry.label for entry in read_manifest(tmp_path)}
    assert sorted([*made[0], *made[1]]) == sorted(whole)
    assert len(whole) >= 3


def test_only_a_batch_writes_to_object_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Mill\n\nIt turned.\n")
    assert run(["epub", "a.md", "-o", "s3://bucket/x/"]) == UsageError.exit_code
    assert "NotSupported: only a batch writes to object storage" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
