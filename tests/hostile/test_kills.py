"""A command that is killed at any moment leaves nothing behind, and the same command goes on."""

from __future__ import annotations

import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.hostile.kills import MAX_END_SECONDS, kill_and_rerun, run_undisturbed, write_sources


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the processes of a session are found in /proc")
@pytest.mark.parametrize(("kind", "kills"), [("batch", 2), ("audio", 1)])
def test_a_rerun_after_a_kill_is_as_without_it(kind: str, kills: int, tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources", articles=3, paragraphs=2)
    reference = run_undisturbed(kind, sources, tmp_path / "undisturbed")
    assert len(reference.content) >= 3
    for seed in range(kills):
        assert not kill_and_rerun(kind, sources, tmp_path / str(seed), reference, seed)


FORK = (
    "import os, sys; from exporter.engines import system; system._register_espeak_driver();"
    "from exporter.engines.espeak import _run_in_fork; _run_in_fork({})"
)
ANSWER = "lambda: (os.write(1, b'x'), sys.stdin.read(), 'a' * 1_000_000)"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no forks")
def test_a_fork_that_speaks_ends_when_its_worker_was_killed() -> None:
    """Its answer is longer than a pipe holds, and nobody reads it."""
    line = [sys.executable, "-c", FORK.format(ANSWER)]
    with subprocess.Popen(line, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stdout.read(1) == b"x"
        worker.kill()
        worker.stdin.close()
        found, _, _ = select.select([worker.stdout], [], [], MAX_END_SECONDS)
        assert found, "the fork lives on"
        assert worker.stdout.read() == b""
