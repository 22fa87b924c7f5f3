"""Progress says what it counts, and of which article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.progress import Task

from exporter import progress
from exporter.cli import progress_bars
from exporter.cli.progress_bars import ProgressBars


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bars, "_DELAY_SECONDS", 0)


@pytest.fixture
def make_bars() -> Iterator[type[ProgressBars]]:
    made: list[ProgressBars] = []

    class Closed(ProgressBars):
        def __init__(self, only: str) -> None:
            super().__init__(only)
            made.append(self)

    yield Closed
    for bars in made:
        bars.close()


def list_tasks(bars: ProgressBars) -> list[Task]:
    return list(bars._progress.tasks) if bars._progress else []


def test_a_batch_counts_articles_and_says_what_it_does_now(make_bars: type[ProgressBars]) -> None:
    bars = make_bars("articles")
    bars.update("articles", 0, 3)
    bars.update("speaking “The ferry”", 1, 9)
    bars.annotate("articles", 1, 1)
    (task,) = list_tasks(bars)
    assert (task.description, task.completed, task.total) == ("articles", 0, 3)
    assert task.fields["now"] == "now speaking “The ferry”"
    assert task.fields["note"].endswith("/s, 1 failed")


def test_the_stages_of_one_article_are_counted_in_their_units(make_bars: type[ProgressBars]) -> None:
    bars = make_bars("")
    bars.update("reading", 0, 0)  # its steps are not counted: no bar
    for name in ("The ferry", "The mill"):
        bars.update(progress.name_stage("speaking", name), 2, 9)
        bars.update(progress.name_stage("encoding", name), 1, 4)
    bars.update("speaking “The mill”", 1, 5)
    speaking, encoding = list_tasks(bars)
    assert (speaking.description, speaking.completed, speaking.total) == ("speaking “The mill”", 1, 5)
    assert (encoding.description, encoding.completed, encoding.total) == ("encoding “The mill”", 1, 4)
    assert (speaking.fields["unit"], encoding.fields["unit"]) == ("sentences", "passages")


def test_a_title_does_not_control_the_terminal_and_leaves_room(make_bars: type[ProgressBars]) -> None:
    bars = make_bars("")
    bars.update(progress.name_stage("speaking", "A\x1b[2J [red]title"), 1, 2)
    (task,) = list_tasks(bars)
    assert task.description == "speaking “A\\x1b[2J [red]title”"
    assert len(progress.name_stage("speaking", "title " * 30)) == len("speaking “”") + progress.MAX_SUBJECT_CHARS
    assert progress.name_stage("speaking", " \n") == "speaking"
