"""What a script learns of a run: its exit code, and with --json what went wrong, as JSON alone on standard output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "# The Tide Mill\n\nIt turned in 1995, and it turns again.\n"

SINGLE = [
    # what goes wrong, exit code, command line
    ("nothing", 0, "epub good.md"),
    ("nothing", 0, "show good.md"),
    ("nothing", 0, "script good.md"),
    ("nothing", 0, "normalize 1995"),
    ("nothing", 0, "voices --engine silence"),
    ("nothing", 0, "formats"),
    ("nothing", 0, "cache"),
    ("nothing", 0, "batch good.md --to epub,script -o out"),
    ("one of two is missing", 1, "epub good.md gone.md"),
    ("one of two is missing", 1, "batch good.md gone.md --to epub -o out"),
    ("one of two is missing", 1, "epub good.md gone.md --bind -o two.epub"),
    ("one of two is missing", 1, "script good.md gone.md -o out/"),
    ("no such command", 2, "bind good.md"),
    ("no such option", 2, "epub good.md --nope"),
    ("an option without its value", 2, "epub good.md --style"),
    ("no source", 2, "epub"),
    ("no such style", 2, "epub good.md --style nope"),
    ("no such reader", 2, "show good.md --reader nope"),
    ("no such engine", 2, "audio good.md --engine nope"),
    ("no such format", 2, "script good.md --format nope"),
    ("no such form of book", 2, "batch good.md --to mp3 -o out"),
    ("nothing to make", 2, "batch good.md -o out"),
    ("a batch to standard output", 2, "batch good.md --to epub -o -"),
    ("a book to standard output", 2, "epub good.md -o -"),
    ("a value out of bounds", 2, "audio good.md --rate 9999"),
    ("a language that is none", 2, "show good.md --language english"),
    ("a setting that is none", 2, "show good.md --set speech.rat=5"),
    ("a list that is none", 2, "show good.md --set speech.command=[one"),
    ("settings that are missing", 2, "show good.md --config gone.toml"),
    ("settings that are broken", 2, "show good.md --config broken.toml"),
    ("cookies that are missing", 2, "show good.md --cookies gone.txt"),
    ("two articles for one file", 2, "epub good.md good.md -o one.epub"),
    ("another suffix", 2, "epub good.md -o one.mp3"),
    ("a word too many", 2, "formats all"),
    ("no such thing to do", 2, "cache burn"),
    ("a missing file", 3, "epub gone.md"),
    ("a missing file", 3, "batch gone.md --to epub -o out"),
    ("two missing files", 3, "show gone.md gone.html"),
    ("an empty file", 3, "epub empty.md"),
    ("a file that is no text", 3, "show paper.pdf"),
    ("a folder without articles", 3, "epub bare"),
    ("a list that is missing", 3, "epub @gone.txt"),
    ("an address that is none", 3, "show http:///nowhere"),
    ("an address of this machine", 3, "show http://127.0.0.1:9/"),
    ("an engine that fails", 4, "audio good.md --engine command --set speech.command=false"),
    ("an engine that is not there", 4, "audio good.md --engine command --set speech.command=no-such-program"),
    ("a file where a folder should be", 5, "epub good.md -o good.md/book.epub"),
    ("a full disk", 5, "epub good.md -o /dev/full"),
    ("the source's own name", 5, "script good.md -o good.md"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("good.md", GOOD), ("empty.md", " \n"), ("broken.toml", "[speech\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (tmp_path / "bare").mkdir()
    return tmp_path


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exporter", *line.split()],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "EXPORTER_CACHE_FOLDER": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("wrong", "code", "line"), SINGLE, ids=[f"{code}-{line}" for _, code, line in SINGLE])
def test_a_run_ends_as_documented_and_tells_machines_why(wrong: str, code: int, line: str, folder: Path) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("this system has no such device")
    command, _, rest = line.partition(" ")
    done = run(f"{command} --json {rest}", folder)
    assert done.returncode == code, done.stderr
    told = [json.loads(text) for text in done.stdout.splitlines()]
    errors = [error for answer in told for error in _errors(answer)]
    assert (errors == []) == (wrong == "nothing")
    assert all(error["cause"] and error["remedy"] for error in errors)
    if code > 1:
        assert {error["exit"] for error in errors} == {code}
    assert not list(folder.rglob("*.part"))


def _errors(answer: dict[str, object]) -> list[dict[str, str]]:
    outcomes = answer.get("outcomes", [])
    assert isinstance(outcomes, list)
    return [error for error in (answer.get("error"), *(outcome["error"] for outcome in outcomes)) if error]


def test_an_error_is_two_lines(folder: Path) -> None:
    done = run("epub gone.md", folder)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "rows", "last"),
    [
        ("good.md gone.md", 1, {"good.md": True, "gone.md": False}, {"exit": 1, "done": 1, "failed": 1}),
        ("good.md", 0, {"good.md": True}, {"exit": 0, "done": 1, "failed": 0}),
        ("good.md gone.md --bind", 1, {"The Tide Mill": True, "gone.md": False}, {"exit": 1, "done": 1, "failed": 1}),
        ("good.md --style nope", 2, {"good.md": False}, {"exit": 2, "done": 0, "failed": 1}),
        ("good.md --json", 2, {}, {"exit": 2}),
        ("good.md --dry-run", 2, {}, {"exit": 2}),
        ("good.md --publish", 0, {"good.md": True}, {"exit": 0, "done": 1, "failed": 0}),
    ],
)
def test_json_lines_are_a_line_for_each_source_and_one_of_the_sum(
    arguments: str, code: int, rows: dict[str, bool], last: dict[str, int], folder: Path
) -> None:
    process = run(f"batch {arguments} --to epub -o out --json-lines", folder)
    *lines, end = (json.loads(line) for line in process.stdout.splitlines())
    assert (process.returncode, {line["source"]: bool(line["written"]) for line in lines}) == (code, rows)
    assert {name: end[name] for name in last} == last
    assert end["schema"] == 1
