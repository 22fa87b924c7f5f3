"""What a user types and sees: each ``*.case`` beside this file is a report of a session, and is run as one.

A case begins with prose: what it shows. ``== NAME`` begins a file that lies in the working folder. ``$ COMMAND`` is run
there (``< NAME`` gives it a file as standard input; ``ls`` lists a folder); below stand its standard output, its
standard error behind ``! ``, and ``= CODE`` where the exit code is not 0. ``--refresh`` writes down what comes out now:
read it before you keep it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CASES = sorted(Path(__file__).parent.glob("*.case"))


def parts(text: str) -> tuple[str, dict[str, str], list[str]]:
    """Take a case apart: its prose, its files by name, its commands."""
    session = text.index("\n$ ") + 1
    prose, *files = text[:session].split("\n== ")
    named = {name: body.removesuffix("\n") for name, _, body in (file.partition("\n") for file in files)}
    commands = [line[2:] for line in text[session:].splitlines() if line.startswith("$ ")]
    return prose, named, commands


def run(command: str, folder: Path) -> str:
    """Run one command in a folder and write down what a user sees."""
    words = shlex.split(command)
    if words[0] == "ls":
        return "".join(f"{name}\n" for name in sorted(os.listdir(folder.joinpath(*words[1:]))))  # noqa: PTH208
    stdin = ""
    if "<" in words:
        at = words.index("<")
        stdin = (folder / words[at + 1]).read_text(encoding="utf-8")
        del words[at : at + 2]
    assert words[0] == "exporter"
    done = subprocess.run(
        [sys.executable, "-m", "exporter", *words[1:]],
        cwd=folder,
        input=stdin,
        env={
            **os.environ,
            "NO_COLOR": "1",
            "TERM": "dumb",
            "EXPORTER_CACHE_FOLDER": str(folder.parent / "cache"),
            "XDG_CONFIG_HOME": str(folder.parent / "config"),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    remarks = "".join(f"! {line}\n" for line in done.stderr.splitlines())
    code = f"= {done.returncode}\n" if done.returncode else ""
    return done.stdout + remarks + code


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_session_goes_as_reported(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = case.read_text(encoding="utf-8")
    prose, files, commands = parts(text)
    folder = tmp_path / "work"
    folder.mkdir()
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    session = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
    now = "\n== ".join([prose, *(f"{name}\n{body}\n" for name, body in files.items())]) + session
    if request.config.getoption("--refresh"):
        case.write_text(now, encoding="utf-8")
    assert now == case.read_text(encoding="utf-8")
