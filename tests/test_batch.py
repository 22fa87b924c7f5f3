"""Many sources, one Outcome each: in order, in parallel, resumable, whatever one of them does."""

from __future__ import annotations

import io
import itertools
import os
import signal
import threading
import zipfile
from collections.abc import Callable, Generator, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from exporter import progress
from exporter.batches import batch, stem_queue
from exporter.batches.parts import Made, Part, PartOrder, PartSource, StemProposal
from exporter.cli.commands import outcome_reports
from exporter.cli.invocation import Call
from exporter.cli.report import Report
from exporter.config import Config
from exporter.document import Document
from exporter.errors import OutputError, SourceError
from exporter.manifest.manifest import FILE_NAME
from exporter.output import get_run_id
from exporter.output_folder.stem_claims import STATE_FOLDER
from exporter.pipeline import BuildRequest, Outcome, Source, make_failure
from exporter.processes import FramePipe
from exporter.runners import RunnerJob, local
from exporter.sources import ByteRange

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
    outcomes = batch.run(sources, order(tmp_path), jobs)
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
        (batch.run(sources, order(tmp_path / str(jobs), "epub", "script"), jobs))
    one, many = (
        {path.name: path.read_bytes() for path in (tmp_path / jobs).glob("*.*") if path.is_file()} for jobs in "13"
    )
    assert one.pop(FILE_NAME)
    assert many.pop(FILE_NAME)
    assert one == many
    assert len(one) == 18


def test_a_rerun_keeps_what_is_whole_and_makes_the_rest(tmp_path: Path) -> None:
    sources = [page("One"), page("Two"), page("Three")]
    first = batch.run(sources, order(tmp_path), 1)
    Path(first[1].written[0]).write_text("half")
    sources[2] = page("Three", "It turned in 1996.")
    second = batch.run([*sources, page("Four")], order(tmp_path), 1)
    assert [outcome.kept for outcome in second] == [True, False, False, False]
    assert files(second) == [["one.txt"], ["two.txt"], ["three.txt"], ["four.txt"]]
    assert "ninety-six" in (tmp_path / "three.txt").read_text()
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, True, True]


def test_other_settings_make_everything_again(tmp_path: Path) -> None:
    (batch.run([page("One")], order(tmp_path), 1))
    slower = msgspec.structs.replace(SETTINGS, speech=msgspec.structs.replace(SETTINGS.speech, rate=120))
    changed = msgspec.structs.replace(order(tmp_path), config=slower)
    assert [outcome.kept for outcome in batch.run([page("One")], changed, 1)] == [False]
    assert [outcome.kept for outcome in batch.run([page("One")], order(tmp_path, "script", "epub"), 1)] == [False]


def test_another_version_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (batch.run([page("One")], order(tmp_path), 1))
    monkeypatch.setattr("exporter.manifest.manifest.__version__", "0.1.0")
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
    (batch.run([mill], order(tmp_path), 1))
    outcomes = batch.run([other, mill], order(tmp_path), 1)
    second = f"mill-{short_hash('b.md')}.txt"
    assert files(outcomes) == [[second], ["mill.txt"]]
    edited = page("Mill", "First, edited.", "a.md")
    assert files(batch.run([other, edited], order(tmp_path), 1)) == [[second], ["mill.txt"]]


def test_a_manifest_that_was_cut_off_costs_only_what_it_lost(tmp_path: Path) -> None:
    sources = [page("One"), page("Two")]
    (batch.run(sources, order(tmp_path), 1))
    manifest = tmp_path / FILE_NAME
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, False]
    assert [outcome.kept for outcome in batch.run(sources, order(tmp_path), 1)] == [True, True]


def make_worker(folder: Path, *exporters: str, claim: Callable[[str], str] = str) -> local.Worker:
    ordered = PartOrder(order(folder, *exporters), "")
    return local.Worker(RunnerJob(ordered, lambda proposal: claim(proposal.stem), jobs=1))


def part(*titles: str) -> Part:
    sources = (PartSource(place, f"{title}.md", f"{title}.md", page(title)) for place, title in enumerate(titles))
    return Part(tuple(sources))


def test_a_worker_that_is_killed_costs_its_document_alone(tmp_path: Path) -> None:
    def kill_for_two(stem: str) -> str:
        if stem == "two":
            assert worker._process
            os.kill(worker._process.pid, signal.SIGKILL)
        return stem

    worker = make_worker(tmp_path, claim=kill_for_two)
    one, two, three = worker.build(part("One", "Two", "Three"))
    assert two.failed
    assert two.failed.error
    assert "code -9" in two.failed.error.cause
    assert not two.failed.written
    assert [made.entry.stem for made in (one, three) if made.entry] == ["one", "three"]
    assert [made.place for made in (one, two, three)] == [0, 1, 2]
    assert worker.stop() in (0, -signal.SIGTERM)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["one.txt", "three.txt"]


@pytest.mark.parametrize(
    ("deadly", "failed", "made"),
    [
        ("two", [2], ["one", "three", "four", "five"]),
        ("one two four five", [1, 2, 4, 5], ["three"]),
        ("two three four", [2, 3, 4], ["one"]),
    ],
)
def test_a_page_that_ends_its_process_costs_no_other_of_its_range(
    tmp_path: Path, deadly: str, failed: list[int], made: list[str]
) -> None:
    def kill_for(stem: str) -> str:
        if stem in deadly.split():
            assert worker._process
            os.kill(worker._process.pid, signal.SIGKILL)
        return stem

    archive = tmp_path / "crawl.warc"
    with archive.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        for title in ("One", "Two", "Three", "Four", "Five"):
            body = io.BytesIO(f"<title>{title}</title><article><h1>{title}</h1><p>It grew.</p></article>".encode())
            record = writer.create_warc_record(f"https://example.org/{title}", "response", body, http_headers=headers)
            writer.write_record(record)
    worker = make_worker(tmp_path, claim=kill_for)
    whole = ByteRange(0, archive.stat().st_size)
    source = PartSource(0, f"crawl.warc#{whole}", str(archive), part=whole)
    found = list(worker.build(Part((source,))))
    assert [each.entry.stem for each in found if each.entry] == made
    names = [each.name for each in found if each.failed]
    assert [name.partition(" and")[0] for name in names] == [f"{archive}#{whole}, article {at}" for at in failed]
    assert [name.endswith(" and all behind it") for name in names] == [
        deadly == "two three four" and at == 4 for at in failed
    ]
    assert [each.is_last for each in found] == [False] * (len(found) - 1) + [True]
    worker.stop()


def test_a_worker_that_is_dismissed_starts_no_more(tmp_path: Path) -> None:
    worker = make_worker(tmp_path)
    worker.dismiss()
    (made,) = worker.build(part("One"))
    assert made.failed
    assert worker._process is None
    assert not list(tmp_path.iterdir())


def test_a_worker_is_recycled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "SOURCES_PER_PROCESS", 2)
    worker = make_worker(tmp_path)
    numbers = []
    for title in "ABC":
        (made,) = worker.build(part(title))
        assert made.entry
        assert worker._process
        numbers.append(worker._process.pid)
    worker.stop()
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_name_that_cannot_be_chosen_is_an_error_of_its_source(tmp_path: Path) -> None:
    def fail_for_one(stem: str) -> str:
        if stem == "one":
            raise OutputError("choosing a name", stem, "DiskFull: there is no space left on its disk", "Make room.")
        return stem

    worker = make_worker(tmp_path, claim=fail_for_one)
    one, two = worker.build(part("One", "Two"))
    worker.stop()
    assert one.failed
    assert one.failed.error
    assert one.failed.error.is_disk_full
    assert two.entry


def test_a_run_removes_what_its_killed_workers_left_and_nothing_of_another_run(tmp_path: Path) -> None:
    own, other = (f".one.txt.{run_id}-0a.part" for run_id in (get_run_id(), "0f0f"))
    for name in (own, other):
        (tmp_path / name).write_text("half")
    (batch.run([page("One")], order(tmp_path), 1))
    assert sorted(path.name for path in tmp_path.iterdir()) == [STATE_FOLDER, FILE_NAME, other, "one.txt"]


def test_a_worker_that_says_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "TIMEOUT_SECONDS", 0.5)
    worker = make_worker(tmp_path)
    process = worker._start(1)
    os.kill(process.pid, signal.SIGSTOP)
    (stuck,) = worker.build(part("One"))
    assert stuck.failed
    assert stuck.failed.error
    assert f"code {-signal.SIGKILL}" in stuck.failed.error.cause
    assert process.is_timed_out
    worker.stop()


def test_a_fault_of_ours_is_said_to_be_one_and_stops_nothing(tmp_path: Path) -> None:
    def sources() -> Iterator[Source]:
        yield page("One")
        yield page("Two")

    ordered = msgspec.structs.replace(order(tmp_path), exporters=("script", "epub"))
    (tmp_path / "one.epub").mkdir()  # where a file is to be
    outcomes = batch.run(sources(), ordered, 1)
    assert outcomes[0].error
    assert outcomes[0].error.exit_code == 5
    assert files(outcomes) == [["one.txt"], ["two.txt", "two.epub"]]


def test_an_interrupt_that_python_wrapped_is_still_one() -> None:
    wrapped = RuntimeError("Error calling __set_name__")
    wrapped.__cause__ = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        make_failure("reading", "page.md", wrapped)


def test_memory_that_is_not_there_is_named() -> None:
    failure = make_failure("reading", "page.md", MemoryError())
    assert failure.cause.startswith("OutOfMemory")
    assert "runner.memory" in failure.remedy


def test_a_name_that_is_no_unicode_is_made_all_the_same(tmp_path: Path) -> None:
    odd = page("Odd", name=os.fsdecode(b"odd\xff.md"))
    outcomes = batch.run([odd, page("Two")], order(tmp_path), 2)
    assert [outcome.kept for outcome in batch.run([page("Two")], order(tmp_path), 1)] == [True]
    assert files(outcomes) == [["odd.txt"], ["two.txt"]]
    assert not any(outcome.error for outcome in outcomes)


def propose(place: int, stem: str = "x", is_last: bool = True) -> StemProposal:
    return StemProposal(place, f"{place}.md", stem, "", "", is_last)


def test_names_wait_for_the_sources_before_them() -> None:
    names = stem_queue.StemQueue(lambda proposal: f"{proposal.label}:{proposal.stem}")
    given: list[str] = []
    second = threading.Thread(target=lambda: given.append(names.claim(propose(1))))
    second.start()
    given += [names.claim(propose(0, stem, stem == "b")) for stem in "ab"]
    second.join()
    assert given == ["0.md:a", "0.md:b", "1.md:x"]
    names.settle(3)
    names.settle(2)
    assert names.claim(propose(4)) == "4.md:x"


def test_a_source_that_is_hard_to_read_holds_up_nobody_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stem_queue, "MAX_TURN_SECONDS", 0.01)
    names = stem_queue.StemQueue(lambda proposal: proposal.stem)
    assert [names.claim(propose(place)) for place in (2, 3, 0, 1, 4)] == ["x"] * 5


def test_progress_of_a_worker_arrives_here(tmp_path: Path) -> None:
    stages: list[str] = []
    worker = make_worker(tmp_path, "epub")
    with progress.report_to(lambda stage, *_: stages.append(stage)):
        list(worker.build(part("One")))
    worker.stop()
    assert stages[0] == "reading"


def test_a_worker_says_now_and_then_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = io.BytesIO()
    heartbeat = local.Heartbeat(FramePipe(io.BytesIO(), sent))
    sizes = []
    for now in (100.0, 100.5, 101.0, 101.9, 102.5):
        monkeypatch.setattr(local.time, "monotonic", lambda now=now: now)
        heartbeat.advance("speaking", 1, 2)
        sizes.append(len(sent.getvalue()))
    assert [after > before for before, after in itertools.pairwise([0, *sizes])] == [True, False, True, False, True]


class StubRunner:
    """A runner that fails a source for a full disk, loses one, and gives the others back in the wrong order."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.sizes: list[int] = []
        self.stopped = False

    def make_runner(self, _: RunnerJob) -> StubRunner:
        return self

    def count_room(self) -> int:
        return 3

    def submit(self, submitted: Part) -> None:
        self.sizes.append(len(submitted.sources))
        self.parts.append(submitted)

    def is_busy(self) -> bool:
        return bool(self.parts)

    def collect(self, seconds: float) -> list[Made]:
        if not seconds or not self.parts:
            return []
        return [self.answer(source) for source in reversed(self.parts.pop().sources) if source.name != "Lost.md"]

    def answer(self, source: PartSource) -> Made:
        if source.name != "Full.md":
            return Made(source.place, source.name, failed=Outcome(source.name))
        full = OutputError("writing", "x", "DiskFull: there is no space left on its disk", "Make room.")
        return Made(source.place, source.name, failed=Outcome(source.name, error=make_failure("", "", full)))

    def stop(self) -> None:
        self.stopped = True


def run_stub(folder: Path, monkeypatch: pytest.MonkeyPatch, titles: str) -> tuple[StubRunner, list[Outcome]]:
    runner = StubRunner()
    monkeypatch.setattr(batch, "load", lambda *_: runner)
    return runner, batch.run([*map(page, titles.split())], order(folder), 1)


def test_a_runner_gets_as_much_as_it_takes_and_order_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, outcomes = run_stub(tmp_path, monkeypatch, "A B C D E")
    assert runner.sizes == [3, 2]
    assert [outcome.source for outcome in outcomes] == [f"{title}.md" for title in "ABCDE"]
    assert runner.stopped


def test_what_a_runner_loses_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, outcomes = run_stub(tmp_path, monkeypatch, "A Lost C")
    assert [bool(outcome.error) for outcome in outcomes] == [False, True, False]
    assert outcomes[1].error
    assert outcomes[1].error.cause.startswith("SourceLost")


def test_a_full_disk_ends_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner, outcomes = run_stub(tmp_path, monkeypatch, "A B C D E Full")
    assert [outcome.source for outcome in outcomes] == ["Full.md"]
    assert runner.stopped


def report(outcomes: Generator[batch.PlacedOutcome, None, None]) -> int:
    call = Call("batch", ("a.md",), {})
    return outcome_reports.report_batch(call, Report(call), outcomes, 0)


def test_an_interrupted_batch_says_how_far_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    def outcomes() -> Generator[batch.PlacedOutcome, None, None]:
        yield batch.PlacedOutcome(0, Outcome("a.md", ("a.txt",)))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        report(outcomes())
    printed = capsys.readouterr()
    assert printed.out == "a.txt\n"
    assert printed.err == "interrupted: 1 done; the same command goes on from there\n"


def test_a_full_disk_is_the_exit_code_of_a_batch() -> None:
    full = make_failure("", "", OutputError("writing", "x", "DiskFull: there is no space left", "Make room."))

    def outcomes() -> Generator[batch.PlacedOutcome, None, None]:
        yield batch.PlacedOutcome(0, Outcome("a.md"))
        yield batch.PlacedOutcome(1, Outcome("b.md", error=full))

    assert report(outcomes()) == OutputError.exit_code


def test_what_a_batch_writes_is_whole(tmp_path: Path) -> None:
    for outcome in batch.run(map(page, "ABCD"), order(tmp_path, "epub"), 2):
        with zipfile.ZipFile(outcome.written[0]) as book:
            assert book.testzip() is None
    assert not list(tmp_path.glob(".*.part"))
