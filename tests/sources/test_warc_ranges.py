"""A large web archive is cut into ranges of bytes, and each of its records is read once."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import ByteRange, open_documents, open_file, warc_ranges

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def make_record(address: str, body: bytes, kind: str = "text/html") -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    record = writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=headers)
    writer.write_record(record)
    return file.getvalue()


def make_page(number: int, size: int = 400, refers: str = "") -> bytes:
    letters = "".join(random.Random(number).choices("abcdefghijklmnopqrstuvwxyz ", k=size))
    body = f"<title>Page {number}</title><article><h1>Page {number}</h1><p>It says {letters}.</p>{refers}</article>"
    return make_record(f"https://example.org/{number}", body.encode())


def store(data: bytes) -> bytes:
    """Make a member of gzip that is not compressed."""
    packer = zlib.compressobj(0, wbits=31)
    return packer.compress(data) + packer.flush()


def keep(data: bytes) -> bytes:
    return data


def cut(path: Path, least: int) -> list[ByteRange]:
    """Cut a file into ranges of at least so many bytes."""
    size = path.stat().st_size
    with path.open("rb") as file:
        return [ByteRange(*pair) for pair in pairwise((0, *warc_ranges._list_cuts(file, size, least), size))]


def read(path: Path, part: ByteRange) -> list[Document]:
    """Read the pages of a range, and 100,000 bytes behind it."""
    found = list(open_file(str(path), InputSettings(largest=10_000_000), CacheSettings(), part))
    assert not any(isinstance(each, SourceError) for each in found), found
    return [each for each in found if isinstance(each, Document)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pack=st.sampled_from((gzip.compress, store, keep)),
    sizes=st.lists(st.integers(1, 3_000), min_size=1, max_size=40),
    per_member=st.integers(1, 4),
    least=st.integers(1, 12_000),
)
def test_every_record_is_read_once_wherever_the_file_is_cut(
    tmp_path: Path, pack: Callable[[bytes], bytes], sizes: list[int], per_member: int, least: int
) -> None:
    pages = [make_page(number, size) for number, size in enumerate(sizes)]
    members = [b"".join(pages[start : start + per_member]) for start in range(0, len(pages), per_member)]
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(map(pack, members)))
    whole = list(open_documents((str(path),), InputSettings()))
    ranges = cut(path, least)
    assert all(part.size >= least for part in ranges[:-1])
    assert [page for part in ranges for page in read(path, part)] == whole
    assert [page.name for page in whole if isinstance(page, Document)] == [
        f"https://example.org/{number}" for number in range(len(sizes))
    ]


@pytest.mark.parametrize("inner_pages", [3, 300], ids=["in one block", "in many blocks"])
@pytest.mark.parametrize("pack", [gzip.compress, store, keep])
def test_an_archive_within_an_archive_is_not_cut(
    tmp_path: Path, pack: Callable[[bytes], bytes], inner_pages: int
) -> None:
    inner = b"".join(gzip.compress(make_page(1000 + number)) for number in range(inner_pages))
    records = [make_page(number) for number in range(8)]
    records.insert(4, make_record("https://example.org/inner.warc.gz", inner, "application/gzip"))
    members = [pack(record) for record in records]
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(members))
    begins = {sum(map(len, members[:number])) for number in range(len(members))}
    ranges = cut(path, 1)
    assert {part.start for part in ranges} <= begins
    assert [page.name for part in ranges for page in read(path, part)] == [
        f"https://example.org/{number}" for number in range(8)
    ]


def test_what_has_no_other_beginning_is_one_range(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(b"".join(map(make_page, range(50)))))
    assert len(cut(path, 10)) == 1
    path.write_bytes(b"PK\3\4" + b"".join(gzip.compress(make_page(number)) for number in range(50)))
    assert len(cut(path, 10)) == 1


def test_only_a_file_over_the_size_limit_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(make_page(number)) for number in range(50)))
    size = path.stat().st_size
    assert warc_ranges.cut_archive(str(path), InputSettings(largest=size)) == []
    assert len(warc_ranges.cut_archive(str(path), InputSettings(largest=size - 1))) > 10
    assert warc_ranges.cut_archive(str(tmp_path / "none.warc"), InputSettings()) == []


def test_a_damaged_place_costs_its_range_alone(tmp_path: Path) -> None:
    members = [gzip.compress(make_page(number, 3_000)) for number in range(200)]
    path = tmp_path / "crawl.warc.gz"
    middle = bytearray(members[100])
    middle[20:200] = bytes(180)
    path.write_bytes(b"".join((*members[:100], bytes(middle), *members[101:])))
    found = [page for part in cut(path, 9_000) for page in open_file(str(path), InputSettings(), CacheSettings(), part)]
    errors = [each for each in found if isinstance(each, SourceError)]
    assert len(errors) == 1
    assert errors[0].subject.startswith(f"{path}#")
    kept = {page.name for page in found if isinstance(page, Document)}
    lost = {f"https://example.org/{number}" for number in range(200)} - kept
    assert 1 <= len(lost) < 6


def test_a_page_has_the_pictures_of_its_range_and_of_what_follows_it(tmp_path: Path) -> None:
    address = "https://example.org/mill.png"
    picture = gzip.compress(make_record(address, PICTURE, "image/png"))
    page = gzip.compress(make_page(1, refers="<img src=mill.png>"))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(page + picture)
    (found,) = read(path, ByteRange(0, len(page)))
    assert [part.address for part in found.parts] == [address]
    assert read(path, ByteRange(len(page), len(page + picture))) == []  # a range without a page is no error

    far = gzip.compress(make_record("https://example.org/data", random.Random(1).randbytes(200_000), "text/plain"))
    path.write_bytes(page + far + picture)
    (found,) = read(path, ByteRange(0, len(page)))
    assert found.parts == ()
