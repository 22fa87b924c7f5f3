"""Damages samples by chance, and reads, narrates and binds what becomes of them: nothing of it may be a fault."""

from __future__ import annotations

import io
import random
import re
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from exporter.config import CacheSettings, Config
from exporter.document import Document
from exporter.edition import Edition
from exporter.errors import ExporterError, SourceError
from exporter.pipeline import read_work
from exporter.registry import load
from exporter.sources import open_documents
from tests.hostile.samples import collect_samples

MAX_DOCUMENTS = 20
"""Documents of one mutant that are read."""

_SPLICES = (
    *(
        b"\x00",
        b"\x01",
        b"\x1b[31m",
        b"\xff\xfe",
        b"\xef\xbf\xbe",
        b"\xe2\x80\xae",
        b"\xf0\x9f\x8c\x8a",
        b"\xed\xa0\x80",
    ),
    *(
        b"&#1;",
        b"&#xFFFE;",
        b"&#55296;",
        b"&amp;",
        b"]]>",
        b"<!--",
        b"<math><mi>x",
        b"<svg>",
        b"<table><tr><td rowspan=9>",
    ),
    *(
        b"<p>",
        b"</p>",
        b"<h2>",
        b"<li>",
        b"<sup>",
        b"<a href='http://['>",
        b"<img src=data:,>",
        b"<br>" * 30,
        b"<div>" * 300,
    ),
    *(
        b"{" * 50,
        b"[" * 500,
        b'"',
        b"null",
        b"-1",
        b"1e999",
        b"9" * 400,
        b"\n" * 40,
        b"\t",
        b" " * 300,
        b"---\n",
        b"```",
    ),
    *(
        b"| a | b |\n|--|--|\n",
        b"[^1]",
        b"[a](<b",
        b"![[x]]",
        b"$$",
        b"\\(",
        b"\\frac{",
        b"> " * 60,
        b"\xc2\xad",
        b"\xe2\x80\xa8",
    ),
    *(
        b"=?utf-8?q?=",
        b"Content-Length: -1\r\n",
        b"WARC/1.0\r\n",
        b"%PDF-",
        b"2024-02-30",
        b"99:99",
        b"$1.2.3",
        b"\xc2\xbd",
    ),
)


@dataclass(frozen=True)
class Fault:
    """An exception that is no error a user should meet, or seconds of CPU over the limit; `data` makes it again."""

    sample: str
    what: str
    data: bytes


def make_mutants(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged samples without end, each with the name of its sample; the same ones for the same seed."""
    chance = random.Random(seed)
    samples = collect_samples()
    names = list(samples)
    while True:
        chance.shuffle(names)
        for name in names:
            yield name, mutate(samples[name], chance, samples)


def mutate(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    """Damage data in one to six places; of a ZIP archive mostly one of its files."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _mutate_archive(data, chance, samples)
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_MUTATIONS)(data, chance, samples)
    return data


def _mutate_archive(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(list(files))
    files[chosen] = mutate(files[chosen], chance, samples)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _change_byte(data: bytes, chance: random.Random, _: object) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + bytes((chance.randrange(256),)) + data[place + 1 :]


def _insert(data: bytes, chance: random.Random, _: object) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(_SPLICES) * chance.choice((1, 1, 1, 50)) + data[place:]


def _cut_out(data: bytes, chance: random.Random, _: object) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + data[place + chance.choice((1, 10, 200, 5_000)) :]


def _repeat(data: bytes, chance: random.Random, _: object) -> bytes:
    place = chance.randrange(len(data) + 1)
    piece = data[place : place + chance.choice((1, 10, 100))]
    return data[:place] + piece * chance.choice((2, 20, 200)) + data[place:]


def _mix(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    place = chance.randrange(len(data) + 1)
    other = samples[chance.choice(list(samples))]
    start = chance.randrange(len(other))
    return data[:place] + other[start : start + chance.choice((20, 300))] + data[place:]


_MUTATIONS: tuple[Callable[[bytes, random.Random, dict[str, bytes]], bytes], ...] = (
    _change_byte,
    _insert,
    _insert,
    _cut_out,
    _repeat,
    _mix,
)


class _Offline:
    """Stands for the web, from which nothing comes."""

    def start_deadline(self, *_: object) -> float:
        return 0.0

    def measure_rest(self, deadline: float) -> float:
        return deadline

    def get(self, url: str, *_: object, **__: object) -> None:
        raise SourceError("fetching", url, "NoConnection: the web is far", "Try again later.")


def find_fault(name: str, data: bytes, folder: Path, max_seconds: float = float("inf")) -> Fault | None:
    """Make the script and the book of each article in some data; returns the first fault, or None."""
    config = Config(cache=CacheSettings(folder=str(folder / "cache")))
    start = time.process_time()
    with patch("exporter.sources.opener.make_client", lambda *_: _Offline()):
        try:
            for number, item in enumerate(open_documents(["-"], config.input, io.BytesIO(data), config.cache)):
                if isinstance(item, SourceError):
                    _refuse_internal_error(item)
                elif number < MAX_DOCUMENTS:
                    _use_document(item, config, folder)
        except ExporterError as error:
            if "InternalError" in error.cause:
                return Fault(name, _describe(error), data)
        except Exception as error:  # noqa: BLE001  whatever it is, it is what is searched
            return Fault(name, _describe(error), data)
    seconds = time.process_time() - start
    return Fault(name, f"{seconds:.0f} seconds of CPU", data) if seconds > max_seconds else None


def _use_document(document: Document, config: Config, folder: Path) -> None:
    try:
        work = read_work(document, config)
        assert work.script.cues
        load("exporters", "epub").export(Edition((work,), config), folder / "book.epub")
    except ExporterError as error:
        _refuse_internal_error(error)


def _refuse_internal_error(error: ExporterError) -> None:
    if "InternalError" in error.cause:
        raise error


def _describe(error: Exception) -> str:
    """Say what an exception is, and the innermost place of it in exporter."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/exporter/" in frame.filename]
    place = f"{re.sub('.*/exporter/', '', frames[-1].filename)}:{frames[-1].name}" if frames else ""
    return f"{type(error).__name__} in {place}: {' '.join(str(error).split())[:200]}"
