"""The example of a plug-in, installed as a user would: what it brings is found by its entry points."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

DIALOGUE = "DIALOGUE At the mill\nAnn Reed: It turned in 1995.\n(a pause)\nBo: And it turns again.\n"
ARTICLE = "# The Tide Mill\n\nIt turned.\n\n## Inside\n\nA wheel and a stone.\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which pip installed the plug-in, and nothing else."""
    target = tmp_path_factory.mktemp("plugin")
    options = ("--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--target", str(target))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, str(CHECKOUT / "examples" / "plugin")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return target


def run(line: str, folder: Path, installed: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exporter", *line.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(installed), os.environ.get("PYTHONPATH", "")))},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )


def test_what_it_brings_is_listed(installed: Path, tmp_path: Path) -> None:
    rows = dict(line.split("\t") for line in run("formats", tmp_path, installed).stdout.splitlines())
    assert rows["write"].endswith(", wordcount")
    assert rows["read"].endswith(", dialogue")


def test_its_exporter_writes_in_a_batch_under_its_own_settings(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mill.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "exporter.toml").write_text("[plugin.wordcount]\nleast = 3\n", encoding="utf-8")
    told = run("batch mill.md --to wordcount,script -o out", tmp_path, installed).stdout.splitlines()
    assert told == ["out/the-tide-mill.tsv", "out/the-tide-mill.txt"]
    assert (tmp_path / told[0]).read_text(encoding="utf-8") == "Inside\t5\n"


def test_its_reader_reads_what_it_recognises(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mill.talk").write_text(DIALOGUE, encoding="utf-8")
    done = run("show mill.talk --verbose", tmp_path, installed)
    assert done.stdout.startswith("At the mill\n")
    assert "paragraph  Ann Reed: It turned in 1995." in done.stdout
    assert done.stderr == "(a pause): dropped: it names no speaker\n"
