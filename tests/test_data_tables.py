"""The tables of the program: what is read from Python's cache is what the TOML says."""

from __future__ import annotations

import os
import sys
import tomllib
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from exporter.data_tables import read_table
from tests.conftest import CHECKOUT

TABLES = sorted((CHECKOUT / "exporter").rglob("*.toml"))


@pytest.fixture(autouse=True)
def _with_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(CHECKOUT))) for path in TABLES])
def test_every_table_is_as_toml_has_it(path: Path) -> None:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    assert read_table(path) == written
    assert read_table(path) == written  # from the cache


def test_a_table_is_kept_beside_modules_of_its_name_and_read_from_there(tmp_path: Path) -> None:
    path = tmp_path / "de.toml"
    path.write_text('word = "Wort"\n')
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert read_table(path) == {"word": "Wort"}
    kept = Path(cache_from_source(f"{path}.py"))
    assert kept.is_file()
    assert kept != Path(cache_from_source(str(path.with_suffix(".py"))))
    path.write_text('word = "Mehl"\n')  # of the same size and time: only the cache can still have the old word
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert read_table(path) == {"word": "Wort"}


def test_a_changed_table_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('word = "one"\n')
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert read_table(path) == {"word": "one"}
    path.write_text('word = "two"\n')
    os.utime(path, (1_000_000_001, 1_000_000_001))
    assert read_table(path) == {"word": "two"}


def test_a_reader_may_change_what_it_gets(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('words = ["one"]\n')
    read_table(path)["words"].append("two")
    assert read_table(path) == {"words": ["one"]}


def test_a_folder_that_cannot_be_written_needs_no_cache(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('word = "one"\n')
    (tmp_path / "__pycache__").write_text("in the way")
    assert read_table(path) == {"word": "one"}
