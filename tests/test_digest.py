"""Digests: what is new in a folder as one edition with an opening, segues and a closing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from exporter.batches.batch import run
from exporter.config import AudioSettings, BookSettings, CacheSettings, Config, SpeechSettings
from exporter.digest import DigestPlan, make_digest, plan_digest
from exporter.document import Document
from exporter.manifest.manifest import read_manifest
from exporter.pipeline import BuildRequest, Outcome
from exporter.publishing.shelf import open_shelf, read_state
from exporter.script import Pause, Say, Script, from_json

MILL = "---\ntitle: The Mill\nauthor: Ann Ray\n---\nIt turned.\n\n## The wheel\n\nIt held.\n"
WEIR = "---\ntitle: The Weir\nauthor: Bo Lund\n---\nIt is long.\n\n## The wheel\n\nIt rests.\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        speech=SpeechSettings(engine="silence"),
        cache=CacheSettings(folder=str(tmp_path / "cache")),
        audio=AudioSettings(subtitles=("chapters",)),
        book=BookSettings(title="News"),
    )


def fill(
    folder: Path, texts: Sequence[tuple[str, str]], config: Config, exporters: Sequence[str] = ("script",)
) -> None:
    """Let a batch write works whose sources lie beside the folder."""
    documents = []
    for name, text in texts:
        (folder.parent / name).write_text(text, encoding="utf-8")
        documents.append(Document(str(folder.parent / name), text.encode(), folder=str(folder.parent)))
    own = msgspec.structs.replace(config, book=BookSettings())
    outcomes = list(run(documents, BuildRequest(tuple(exporters), own, str(folder)), jobs=1))
    assert not any(outcome.error for outcome in outcomes)


def digest(folder: Path, config: Config, *exporters: str) -> tuple[DigestPlan, Outcome]:
    plan = plan_digest(folder, config)
    return plan, make_digest(plan, BuildRequest(exporters, config))


def json_config(config: Config) -> Config:
    return msgspec.structs.replace(config, script=msgspec.structs.replace(config.script, format="json"))


def read_script(outcome: Outcome) -> Script:
    return from_json(next(Path(path) for path in outcome.written if path.endswith(".json")).read_bytes())


def test_it_names_what_comes_and_what_is_next_and_closes(tmp_path: Path, config: Config) -> None:
    fill(tmp_path / "out", [("mill.md", MILL), ("weir.md", WEIR)], config)
    _, outcome = digest(tmp_path / "out", json_config(config), "script")
    cues = read_script(outcome).cues
    said = [cue.written for cue in cues if isinstance(cue, Say)]
    assert said[:4] == [
        *("News.", "2 articles, 1 minute.", "First, “The Mill”, by Ann Ray.", "And last, “The Weir”, by Bo Lund.")
    ]
    segue = said.index("Next: “The Weir”, 1 minute.")
    assert said[segue - 1] == "That was “The Mill”, by Ann Ray."
    assert said[segue + 1] == "The Weir"
    assert said[-1] == "This was News."
    place = next(number for number, cue in enumerate(cues) if isinstance(cue, Say) and cue.written == said[segue])
    pause = cues[place + 1]
    assert isinstance(pause, Pause)
    assert pause.kind == "section"


def test_chapters_have_two_levels_and_the_work_is_on_the_shelf(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL), ("weir.md", WEIR)], config)
    _, outcome = digest(folder, config, "epub", "audio")
    assert not outcome.error
    titles = ["News", "The Mill", "The Mill › The wheel", "The Weir", "The Weir › The wheel"]
    chapters = json.loads((folder / "news.chapters.json").read_bytes())["chapters"]
    assert [chapter["title"] for chapter in chapters] == titles
    newest = open_shelf(folder).works[0]
    assert newest.kind == "digest"
    assert newest.facts.title == "News"
    assert newest.facts.description == "The Mill; The Weir"
    assert [title for title, _ in newest.facts.chapters] == titles
    assert {".epub", ".mp3", ".chapters.json"} <= newest.files.keys()
    assert [entry.kind for entry in read_manifest(folder)] == ["article", "article", "digest"]


def test_what_is_in_a_digest_is_not_in_the_next(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL)], config)
    first, _ = digest(folder, config, "epub")
    assert [work.facts.title for work in first.works] == ["The Mill"]
    assert plan_digest(folder, config).works == ()
    fill(folder, [("weir.md", WEIR)], config)
    assert [work.facts.title for work in plan_digest(folder, config).works] == ["The Weir"]
    everything = plan_digest(folder, config, since="2000-01-01")
    assert [work.facts.title for work in everything.works] == ["The Mill", "The Weir"]


def test_a_digest_that_fails_is_made_again(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL)], config)
    (folder / "news.epub").write_bytes(b"the user's")
    _, outcome = digest(folder, config, "epub")
    assert outcome.error
    assert outcome.error.exit_code == 5
    assert read_state(folder).last_digest == ""
    assert len(plan_digest(folder, config).works) == 1


@pytest.mark.parametrize(
    ("minutes", "titles"), [(1, ["Short"]), (4, ["Short", "Middle"]), (60, ["Long", "Short", "Middle"])]
)
def test_as_many_of_the_newest_as_fit_are_chosen_oldest_first(
    tmp_path: Path, config: Config, minutes: int, titles: list[str]
) -> None:
    lengths = {"Long": 3000, "Short": 80, "Middle": 400}
    for title, words in lengths.items():
        fill(tmp_path / "out", [(f"{title}.md", f"# {title}\n\n{'word ' * words}.\n")], config, ("epub",))
    plan = plan_digest(tmp_path / "out", config, limit=minutes)
    assert [work.facts.title for work in plan.works] == titles
    assert {notice.subject for notice in plan.notices} == lengths.keys() - set(titles)


@pytest.mark.parametrize("is_saved", [True, False])
def test_an_article_whose_source_is_gone_is_read_from_what_was_saved(
    tmp_path: Path, config: Config, is_saved: bool
) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL), ("weir.md", WEIR)], config, ("script", *(["article"] if is_saved else [])))
    (tmp_path / "mill.md").unlink()
    _, outcome = digest(folder, json_config(config), "script")
    said = [cue.written for cue in read_script(outcome).cues if isinstance(cue, Say)]
    assert ("It turned." in said) is is_saved
    assert ("The Mill" in [notice.subject for notice in outcome.notices]) is not is_saved


def test_what_could_not_be_read_is_tried_once_more(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL), ("weir.md", WEIR)], config)
    (tmp_path / "mill.md").rename(tmp_path / "away")
    first, _ = digest(folder, config, "epub")
    assert len(first.works) == 2
    (tmp_path / "away").rename(tmp_path / "mill.md")
    again, outcome = digest(folder, config, "epub")
    assert [work.facts.title for work in again.works] == ["The Mill"]
    assert not outcome.error
    assert plan_digest(folder, config).works == ()


def test_only_what_could_not_be_read_before_fails_once(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL), ("weir.md", WEIR)], config)
    (tmp_path / "mill.md").unlink()
    digest(folder, config, "epub")
    _, outcome = digest(folder, config, "epub")
    assert outcome.error
    assert plan_digest(folder, config).works == ()


def test_what_could_not_be_read_twice_is_given_up(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL), ("weir.md", WEIR)], config)
    (tmp_path / "mill.md").unlink()
    digest(folder, config, "epub")
    fill(folder, [("lock.md", "# The Lock\n\nIt opened.\n")], config)
    second, _ = digest(folder, config, "epub")
    assert [work.facts.title for work in second.works] == ["The Mill", "The Lock"]
    assert plan_digest(folder, config).works == ()


def test_where_no_article_can_be_read_the_error_says_so(tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "out"
    fill(folder, [("mill.md", MILL)], config)
    (tmp_path / "mill.md").unlink()
    _, outcome = digest(folder, config, "epub")
    assert outcome.error
    assert outcome.error.exit_code == 3
    assert read_state(folder).last_digest == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Als Nächstes: „Zwei“, 1 Minute."),
        ("fr", "À suivre : « Zwei », 1 minute."),
        ("es", "A continuación: «Zwei», 1 minuto."),
        ("pt", "A seguir: “Zwei”, 1 minuto."),
        ("it", "Prossimo articolo: «Zwei», 1 minuto."),
        ("nl", "Hierna: “Zwei”, 1 minuut."),
        ("da", None),
    ],
)
def test_its_words_are_in_the_language_of_the_articles(
    tmp_path: Path, config: Config, language: str, expected: str | None
) -> None:
    texts = [(f"{title}.md", f"---\ntitle: {title}\nlanguage: {language}\n---\nEs.\n") for title in ("Eins", "Zwei")]
    fill(tmp_path / "out", texts, config)
    _, outcome = digest(tmp_path / "out", json_config(config), "script")
    said = [cue.written for cue in read_script(outcome).cues if isinstance(cue, Say)]
    assert said[0] == "News."
    assert expected is None or expected in said
    assert not any(word in line for line in said for word in ("Next", "article ", "First", "This was"))
