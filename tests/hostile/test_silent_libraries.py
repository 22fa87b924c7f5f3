"""Libraries print nothing of their own, whatever they read: what a user sees are lines of exporter."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from exporter.config import Config
from exporter.errors import SourceError
from exporter.sources import open_documents
from tests.conftest import CHECKOUT
from tests.sources.test_containers import PAGES, make_warc

# It reads samples that are damaged by chance, as the command line does: without warnings.
READ_ALL = """
import sys, warnings
from itertools import islice
from pathlib import Path
warnings.simplefilter("ignore")
from tests.hostile.fuzzing import find_fault, make_mutants
for name, data in islice(make_mutants(77), 60):
    find_fault(name, data, Path(sys.argv[1]))
"""


def test_no_library_prints(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        timeout=300,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def damage_end(packed: bytes) -> bytes:
    """Change the checksum at the end of a gzip member."""
    return packed[:-8] + bytes(8)


def compress_badly(data: bytes, place: int) -> bytes:
    """Compress data in small blocks, and damage one behind `place`."""
    packer = zlib.compressobj(wbits=31)
    begin = packer.compress(data[:place]) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + b"\xff" * 20 + packer.compress(data[place:]) + packer.flush()


@pytest.mark.parametrize("is_long", [False, True])
def test_a_damaged_archive_is_told_and_not_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], is_long: bool
) -> None:
    plain = make_warc(gzipped=False, pages=PAGES)
    whole = plain + b"\r\n" * 40_000 if is_long else plain
    file = tmp_path / "a.warc.gz"
    file.write_bytes(compress_badly(whole, len(plain)) if is_long else damage_end(gzip.compress(whole)))
    found = list(open_documents([str(file)], Config().input))
    assert isinstance(found[-1], SourceError)
    assert len(str(found[-1]).splitlines()) == 2
    assert capfd.readouterr() == ("", "")
