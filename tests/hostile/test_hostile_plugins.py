"""Plug-ins that exit, raise anything, give nothing or do not end: an error in two lines that names them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from exporter import plugins, registry
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.config import Config, InputSettings, SpeechSettings
from exporter.document import Document
from exporter.errors import ExporterError, UsageError
from exporter.exporters import Written
from exporter.pipeline import BuildRequest, Outcome, build
from exporter.readers import Read
from exporter.speech import identify_engine
from tests.conftest import CHECKOUT


def exit_with(code: object) -> Any:
    def function(*_arguments: object) -> None:
        sys.exit(code)  # type: ignore[arg-type]  any value may be given

    return function


def raise_error(error: BaseException) -> Any:
    def function(*_arguments: object) -> None:
        raise error

    return function


def give(value: object) -> Any:
    return lambda *_arguments: value


def end_process(*_arguments: object) -> None:
    os._exit(0)


def fork_and_end(*_arguments: object) -> None:
    """Raise what a forked child ended with: its own exit, not one that was caught."""
    pid = os.fork()
    if not pid:
        os._exit(7)
    raise ValueError(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def recurse(*arguments: object) -> Any:
    return recurse(*arguments)


FAULTS: dict[str, tuple[Any, str]] = {
    "exit 0": (exit_with(0), "raised SystemExit: 0"),
    "exit 3": (exit_with(3), "raised SystemExit: 3"),
    "exit": (exit_with(None), "raised SystemExit"),
    "exit with words": (exit_with("no"), "raised SystemExit: no"),
    "base": (raise_error(BaseException("odd\nlines")), "raised BaseException: odd lines"),
    "interrupt": (raise_error(KeyboardInterrupt()), "raised KeyboardInterrupt"),
    "error": (raise_error(ValueError("bad")), "raised ValueError: bad"),
    "end of the process": (end_process, "raised ProcessExit: 0"),
    "recursion": (recurse, "raised RecursionError"),
    "none": (give(None), "gave a NoneType"),
    "text": (give("text"), "gave a str"),
}


class Plugins(SimpleNamespace):
    """Modules that are found as plug-ins, by family and name."""

    def add(self, monkeypatch: pytest.MonkeyPatch, family: str, name: str, **members: Any) -> None:
        module = ModuleType(f"hostile_{name}")
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(registry, "_list_plugins", lambda asked: {name: module.__name__} if asked == family else {})


def build_with(exporter: str, folder: Path, reader: str = "") -> Outcome:
    request = BuildRequest((exporter,), Config(input=InputSettings(reader=reader)), str(folder))
    return build(Document("a.odd", b"The Tide Mill\n\nIt turned.\n"), request, lambda stem, _address: stem)


def check_error(outcome: Outcome, code: int, name: str, words: str) -> None:
    assert outcome.error
    assert outcome.error.exit_code == code
    assert len(str(outcome.error).splitlines()) == 2
    assert outcome.error.cause.startswith("PluginFailure: ")
    assert f"the plug-in {name} {words}" in " ".join(outcome.error.cause.split())
    assert not outcome.written


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    function, words = FAULTS[fault]
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=function)
    check_error(build_with("epub", tmp_path, "odd"), 3, "odd", words)


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in {"none", "text"}])
def test_a_reader_that_fails_to_look_at_a_document_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    function, words = FAULTS[fault]
    Plugins().add(monkeypatch, "readers", "odd", recognises=function, read=give(None))
    check_error(build_with("epub", tmp_path), 3, "odd", words)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("function", ["suffix", "export"])
def test_an_exporter_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, fault: str
) -> None:
    failing, words = FAULTS[fault]
    if (function, fault) == ("suffix", "text"):
        return  # a text is right there
    members = {"suffix": give(".odd"), "export": give(Written(())), function: failing}
    Plugins().add(monkeypatch, "exporters", "odd", **members)
    check_error(build_with("odd", tmp_path), 5, "odd", words)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no forks")
def test_a_process_that_a_plug_in_forks_ends_as_it_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=fork_and_end)
    check_error(build_with("epub", tmp_path, "odd"), 3, "odd", "raised ValueError: 7")


WORDS = Paragraph((Text("It turned."),))


@pytest.mark.parametrize(
    ("result", "wrong"),
    [
        (Read(None), "article"),  # type: ignore[arg-type]
        (Read(Article(Metadata(title=None), (WORDS,))), "article.metadata.title"),  # type: ignore[arg-type]
        (Read(Article(Metadata("A"), [WORDS])), "article.blocks"),  # type: ignore[arg-type]
        (Read(Article(Metadata("A"), ("text",))), "article.blocks"),  # type: ignore[arg-type]
        (Read(Article(Metadata("A"), (Paragraph((Text(3),)),))), "article.blocks.content.text"),  # type: ignore[arg-type]
        (Read(Article(Metadata("A"), (WORDS,)), notices=("odd",)), "notices"),  # type: ignore[arg-type]
    ],
)
def test_a_result_that_holds_a_wrong_type_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result: Read, wrong: str
) -> None:
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=give(result))
    check_error(build_with("epub", tmp_path, "odd"), 3, "odd", f"gave a Read whose {wrong} is of a wrong type")


def test_a_right_result_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = give(Read(Article(Metadata("A mill"), (WORDS,))))
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=read)
    assert [Path(path).name for path in build_with("epub", tmp_path, "odd").written] == ["a-mill.epub"]


def test_an_error_of_a_plug_in_that_is_one_of_ours_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = UsageError("reading", "a.odd", "Empty: nothing", "Write something.")
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=raise_error(own))
    error = build_with("epub", tmp_path, "odd").error
    assert error
    assert (error.exit_code, error.cause) == (2, own.cause)


def test_a_plug_in_that_does_not_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "MAX_SILENT_SECONDS", 0.1)
    end = threading.Event()
    Plugins().add(monkeypatch, "readers", "odd", recognises=give(True), read=lambda *_arguments: end.wait())
    check_error(build_with("epub", tmp_path, "odd"), 3, "odd", "did not end within 0 s")
    end.set()


def test_the_items_of_a_source_are_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    def contents(document: Document, _settings: object) -> Iterator[object]:
        yield document
        sys.exit(0)

    Plugins().add(monkeypatch, "sources", "odd", contents=contents)
    items = registry.load("sources", "odd").contents(Document("a", b"x"), InputSettings())
    assert next(items).name == "a"
    with pytest.raises(ExporterError, match="raised SystemExit: 0"):
        next(items)


def test_a_plug_in_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_list_plugins", lambda _family: {"odd": "no_such_module_at_all"})
    for family in registry.TABLE:
        with pytest.raises(ExporterError, match="the plug-in odd raised ModuleNotFoundError"):
            registry.load(family, "odd")


def test_an_engine_that_exits_when_it_is_made_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("hostile_engine")
    module.Engine = exit_with(0)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hostile_engine", module)
    monkeypatch.setattr(registry, "_list_plugins", lambda _family: {"odd": "hostile_engine:Engine"})
    with pytest.raises(ExporterError, match="the plug-in odd raised SystemExit: 0") as caught:
        identify_engine(Config(speech=SpeechSettings(engine="odd")))
    assert caught.value.exit_code == 4


HOSTILE = """
import os, sys
from exporter.engines import Voice

def recognises(document):
    return document.data.startswith(b"ODD ")

def read(document, settings):
    if b"hard" in document.data:
        os._exit(0)
    if b"fatal" in document.data:
        os.kill(os.getpid(), 9)
    sys.exit(0)

class Engine:
    identity = "odd/1"
    def __init__(self, options):
        pass
    def start(self):
        pass
    def voices(self):
        return (Voice("odd", "odd", "en"),)
    def speak(self, utterance):
        sys.exit(0)
"""
ENTRY_POINTS = "[exporter.readers]\nodd = hostile_plugin\n[exporter.engines]\nodd = hostile_plugin:Engine\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources, beside one in which the plug-in is installed."""
    place = tmp_path_factory.mktemp("hostile")
    facts = place / "site" / "hostile_plugin-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile-plugin\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(ENTRY_POINTS)
    (place / "site" / "hostile_plugin.py").write_text(HOSTILE)
    (place / "work").mkdir()
    (place / "work" / "soft.odd").write_text("ODD soft\n")
    (place / "work" / "hard.odd").write_text("ODD hard\n")
    (place / "work" / "fatal.odd").write_text("ODD fatal\n")
    (place / "work" / "mill.md").write_text("# The Tide Mill\n\nIt turned.\n")
    return place / "work"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("epub soft.odd", 3, "the plug-in odd raised SystemExit: 0"),
        ("show soft.odd", 3, "the plug-in odd raised SystemExit: 0"),
        ("epub soft.odd mill.md -o one/", 1, "the plug-in odd raised SystemExit: 0"),
        ("batch soft.odd mill.md --to epub -o two", 1, "the plug-in odd raised SystemExit: 0"),
        ("epub hard.odd", 3, "the plug-in odd raised ProcessExit: 0"),
        ("batch hard.odd mill.md --to epub -o three", 1, "the plug-in odd raised ProcessExit: 0"),
        ("batch fatal.odd mill.md --to epub -o four", 1, "running the plug-in odd"),
        ("audio mill.md --engine odd", 4, "Crash: the engine hostile_plugin:Engine ended"),
    ],
)
def test_the_command_line_says_what_a_plug_in_did(folder: Path, line: str, code: int, words: str) -> None:
    path = os.pathsep.join((str(folder.parent / "site"), str(CHECKOUT)))
    done = subprocess.run(
        [sys.executable, "-m", "exporter", *line.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "EXPORTER_CACHE_FOLDER": str(folder.parent / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert words in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr
    if "-o" in line:
        assert list((folder / line.split("-o ")[1]).glob("*.epub"))
