"""Many sources, one Outcome each: in order, in parallel, resumable, whatever one of them does."""

from __future__ import annotations

import os
import signal
import threading
import zipfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest

from exporter import batch, batch_workers, progress
from exporter.config import Config
from exporter.document import Document
from exporter.errors import SourceError
from exporter.manifest import FILE_NAME
from exporter.output import get_run_id
from exporter.pipeline import BuildRequest, Outcome, Source, make_failure
from exporter.stem_claims import STATE_FOLDER

SETTINGS = msgspec.structs.replace(Config(), jobs=1)


def page(title: str, text: str = "It turned in 1995.", name: str = "") -> Document:
    """A page in Markdown, called after its title if nothing else is said."""
    return Document(name or f"{title}.md", f"# {title}\n\n{text}\n".encode())


def order(folder: Path, *exporters: str) -> BuildRequest:
    return BuildRequest(exporters or ("script",), SETTINGS, str(folder))


def short_hash(label: str) -> str:
    return blake2b(label.encode(), digest_size=4).hexdigest()


def files(outcomes: list[Outcome]) -> list[list[str]]:
    return [[Path(path).name for path in outcome.written] for outcome in outcomes]


@pytest.mark.parametrize("jobs", [1, 3])
def test_outcomes_come_in_the_order_of_the_sources_and_name_what_failed(tmp_path: Path, jobs: int) -> None:
    error = SourceError("reading", "gone.txt", "NotFound: gone", "Look for it.")
    sources: list[Source] = [
        page("One"),
        error,
        Document("noise", b"\0\1\2\3" * 100),
        *map(page, "ABCDE"),
        page("One", "Another."),
    ]
    outcomes = list(batch.run(sources, order(tmp_path), jobs))
    assert [outcome.source for outcome in outcomes] == [
        *("One.md", "gone.txt", "noise", "A.md", "B.md", "C.md", "D.md", "E.md", "One.md")
    ]
    assert files(outcomes) == [
        *(["one.txt"], [], [], ["a.txt"], ["b.txt"], ["c.txt"], ["d.txt"], ["e.txt"]),
        [f"one-{short_hash('One.md-2')}.txt"],
    ]
    assert [outcome.error.exit_code if outcome.error else 0 for outcome in outcomes] == [0, 3, 3, 0, 0, 0, 0, 0, 0]
    assert all(Path(path).is_file() for outcome in outcomes for path in outcome.written)


def test_one_process_and_many_write_the_same(tmp_path: Path) -> None:
    sources = [page(f"Page {number % 3}", f"Number {number}.", f"{number}.md") for number in range(9)]
    for jobs in (1, 3):
        list(batch.run(sources, order(tmp_path / str(jobs), "epub", "script"), jobs))
    one, many = (
        {path.name: path.read_bytes() for path in (tmp_path / jobs).glob("*.*") if path.is_file()} for jobs in "13"
    )
    assert one.pop(FILE_NAME)
    assert many.pop(FILE_NAME)
    assert one == many
    assert len(one) == 18


def test_a_rerun_keeps_what_is_whole_and_makes_the_rest(tmp_path: Path) -> None:
    sources = [page("One"), page("Two"), page("Three")]
    first = list(batch.run(sources, order(tmp_path), 1))
    Path(first[1].written[0]).write_text("half")
    sources[2] = page("Three", "It turned in 1996.")
    second = list(batch.run([*sources, page("Four")], order(tmp_path), 1))
    assert [outcome.kept for outcome in second] == [True, False, False, False]
    assert files(second) == [["one.txt"], ["two.txt"], ["three.txt"], ["four.txt"]]
    assert "ninety-six" in (tmp_path / "three.txt").read_text()
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, True, True]


def test_other_settings_make_everything_again(tmp_path: Path) -> None:
    list(batch.run([page("One")], order(tmp_path), 1))
    slower = msgspec.structs.replace(SETTINGS, speech=msgspec.structs.replace(SETTINGS.speech, rate=120))
    changed = msgspec.structs.replace(order(tmp_path), config=slower)
    assert [outcome.kept for outcome in batch.run([page("One")], changed, 1)] == [False]
    assert [outcome.kept for outcome in batch.run([page("One")], order(tmp_path, "script", "epub"), 1)] == [False]


def test_another_version_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(batch.run([page("One")], order(tmp_path), 1))
    monkeypatch.setattr("exporter.manifest.__version__", "0.1.0")
    assert [outcome.kept for outcome in batch.run([page("One")], order(tmp_path), 1)] == [False]


def test_a_file_that_the_settings_name_counts_with_its_content(tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    told = msgspec.structs.replace(SETTINGS.narration, lexicon=(str(names),))
    ordered = msgspec.structs.replace(order(tmp_path), config=msgspec.structs.replace(SETTINGS, narration=told))
    for text, kept in (('It = "That"', False), ('It = "That"', True), ('It = "The mill"', False)):
        if not names.exists() or names.read_text() != text:
            names.write_text(text)
        assert [outcome.kept for outcome in batch.run([page("One")], ordered, 1)] == [kept]


def test_a_name_stays_with_its_source_when_others_join(tmp_path: Path) -> None:
    mill, other = page("Mill", "First.", "a.md"), page("Mill", "Second.", "b.md")
    list(batch.run([mill], order(tmp_path), 1))
    outcomes = list(batch.run([other, mill], order(tmp_path), 1))
    second = f"mill-{short_hash('b.md')}.txt"
    assert files(outcomes) == [[second], ["mill.txt"]]
    edited = page("Mill", "First, edited.", "a.md")
    assert files(list(batch.run([other, edited], order(tmp_path), 1))) == [[second], ["mill.txt"]]


def test_a_manifest_that_was_cut_off_costs_only_what_it_lost(tmp_path: Path) -> None:
    sources = [page("One"), page("Two")]
    list(batch.run(sources, order(tmp_path), 1))
    manifest = tmp_path / FILE_NAME
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, False]
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, True]


def test_a_worker_that_is_killed_costs_its_document_alone(tmp_path: Path) -> None:
    worker = batch_workers.Worker(order(tmp_path))

    def kill_it(_: str, __: str) -> str:
        assert worker._process
        os.kill(worker._process.pid, signal.SIGKILL)
        return "name"

    lost = worker.build(page("One"), kill_it)
    assert lost.error
    assert "code -9" in lost.error.cause
    assert not lost.written
    assert not worker.build(page("Two"), lambda name, _: name).error
    assert worker.stop() in (0, -signal.SIGTERM)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two.txt"]


def test_a_worker_that_is_dismissed_starts_no_more(tmp_path: Path) -> None:
    worker = batch_workers.Worker(order(tmp_path))
    worker.dismiss()
    assert worker.build(page("One"), lambda name, _: name).error
    assert worker._process is None
    assert not list(tmp_path.iterdir())


def test_a_worker_is_recycled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_workers, "DOCUMENTS_PER_PROCESS", 2)
    worker = batch_workers.Worker(order(tmp_path))
    numbers = []
    for title in "ABC":
        assert not worker.build(page(title), lambda name, _: name).error
        assert worker._process
        numbers.append(worker._process.pid)
    worker.stop()
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_run_removes_what_its_killed_workers_left_and_nothing_of_another_run(tmp_path: Path) -> None:
    own, other = (f".one.txt.{run_id}-0a.part" for run_id in (get_run_id(), "0f0f"))
    for name in (own, other):
        (tmp_path / name).write_text("half")
    list(batch.run([page("One")], order(tmp_path), 1))
    assert sorted(path.name for path in tmp_path.iterdir()) == [STATE_FOLDER, FILE_NAME, other, "one.txt"]


def test_a_worker_that_says_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_workers, "TIMEOUT_SECONDS", 0.5)
    worker = batch_workers.Worker(order(tmp_path))
    process = worker._start()
    os.kill(process.pid, signal.SIGSTOP)
    stuck = worker.build(page("One"), lambda name, _: name)
    assert stuck.error
    assert f"code {-signal.SIGKILL}" in stuck.error.cause
    assert process.is_timed_out
    worker.stop()


def test_a_fault_of_ours_is_said_to_be_one_and_stops_nothing(tmp_path: Path) -> None:
    def sources() -> Iterator[Source]:
        yield page("One")
        yield page("Two")

    ordered = msgspec.structs.replace(order(tmp_path), exporters=("script", "epub"))
    (tmp_path / "one.epub").mkdir()  # where a file is to be
    outcomes = list(batch.run(sources(), ordered, 1))
    assert outcomes[0].error
    assert outcomes[0].error.exit_code == 5
    assert files(outcomes) == [["one.txt"], ["two.txt", "two.epub"]]


def test_an_interrupt_that_python_wrapped_is_still_one() -> None:
    wrapped = RuntimeError("Error calling __set_name__")
    wrapped.__cause__ = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        make_failure("reading", "page.md", wrapped)


def test_a_name_that_is_no_unicode_is_made_all_the_same(tmp_path: Path) -> None:
    odd = page("Odd", name=os.fsdecode(b"odd\xff.md"))
    outcomes = list(batch.run([odd, page("Two")], order(tmp_path), 2))
    assert files(outcomes) == [["odd.txt"], ["two.txt"]]
    assert not any(outcome.error for outcome in outcomes)


def test_names_wait_for_the_sources_before_them() -> None:
    names = batch.StemQueue(lambda source, name, _: f"{source}:{name}")
    given: list[str] = []
    second = threading.Thread(target=lambda: given.append(names.claim(1, "b", "x", "")))
    second.start()
    given.append(names.claim(0, "a", "x", ""))
    second.join()
    assert given == ["a:x", "b:x"]
    names.settle(3)
    names.settle(2)
    assert names.claim(4, "c", "x", "") == "c:x"


def test_progress_of_a_worker_is_heard_here(tmp_path: Path) -> None:
    heard: list[str] = []
    worker = batch_workers.Worker(order(tmp_path, "epub"))
    with progress.report_to(lambda *told: heard.append(str(told[0]))):
        worker.build(page("One"), lambda name, _: name)
    worker.stop()
    assert heard[0] == "reading"
    assert "writing epub" in heard


def test_what_a_batch_writes_is_whole(tmp_path: Path) -> None:
    for outcome in batch.run(map(page, "ABCD"), order(tmp_path, "epub"), 2):
        with zipfile.ZipFile(outcome.written[0]) as book:
            assert book.testzip() is None
    assert not list(tmp_path.glob(".*.part"))
