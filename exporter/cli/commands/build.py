"""The commands that write files: epub, script, audio, readaloud, batch."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter import progress
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import Report, standard_output
from exporter.config import Config, describe_setting
from exporter.errors import SourceError, UsageError
from exporter.pipeline import BuildRequest, Outcome, Source, bind, prepare, run
from exporter.registry import load, names, unknown_name

if TYPE_CHECKING:
    from exporter.cli.progress_bars import ProgressBars

Sources = Iterable[Source]

_BATCH_STAGE = "articles"  # the progress of a batch
_STDOUT = "-"  # as the file to write


def epub(call: Call) -> int:
    """Make books."""
    return _write_files(call, ("epub",), call.config())


def script(call: Call) -> int:
    """Make scripts: one goes to stdout where no file is named."""
    config = _infer_format(call, "script", call.config())
    if call.has("check"):
        return _list_doubts(call, config)
    first, rest = _peek(_open_sources(call, config))
    if call.text("output") not in ("", _STDOUT) or call.has("json") or call.has("bind") or len(first) > 1:
        return _build_files(call, ("script",), config, rest)
    return _print_script(call, config, rest)


def _list_doubts(call: Call, config: Config) -> int:
    from exporter.cli.commands import check_script, show  # noqa: PLC0415  most scripts are written

    return show.report_each(
        call, config, lambda call, name, piece: check_script.format_doubts(name, piece, call.has("json")), ("script",)
    )


def audio(call: Call) -> int:
    """Make episodes."""
    return _write_sound(call, "audio", _infer_format(call, "audio", call.config()))


def readaloud(call: Call) -> int:
    """Make books with media overlays."""
    return _write_sound(call, "readaloud", call.config())


def _write_sound(call: Call, exporter: str, config: Config) -> int:
    from exporter.speech import start_worker  # noqa: PLC0415  only what sounds needs it

    start_worker(config)  # the engine gets ready while the articles are read
    return _write_files(call, (exporter,), config)


def batch(call: Call) -> int:
    """Make everything for many sources, in parallel; what is there already and up to date is kept."""
    config = call.config()
    wanted = tuple(dict.fromkeys(call.several("to")))
    if not wanted:
        raise UsageError(
            "command line", "--to", "MissingValue: nothing to make", f"Choose some of: {','.join(names('exporters'))}."
        )
    for name in wanted:
        if name not in names("exporters"):
            raise unknown_name("choosing what to make", name, names("exporters"))
    folder = call.text("output") or "."
    if folder == _STDOUT:
        raise UsageError("command line", "-o -", "NotADirectory: a batch writes files", "Name a folder with -o.")
    if Path(folder).exists() and not Path(folder).is_dir():
        raise UsageError("command line", folder, "NotADirectory: it is a file", "Name a folder with -o.")
    order = BuildRequest(wanted, config, folder)
    if call.has("bind"):
        return _report_outcomes(call, bind(_open_sources(call, config), order))
    from exporter import batch as many  # noqa: PLC0415  its threads and processes are not for a single source
    from exporter.concurrency import count_processors  # noqa: PLC0415

    one_each = msgspec.structs.replace(config, jobs=1)
    order = msgspec.structs.replace(order, config=one_each)
    outcomes = many.run(_open_sources(call, config), order, config.jobs or count_processors(), debug=call.has("debug"))
    return _report_outcomes(call, outcomes, _estimate_articles(call, config) if _is_progress_wanted(call) else 0)


def _estimate_articles(call: Call, config: Config) -> int:
    """Guess how many articles the sources hold, without opening any: for the time left, it need not be exact."""
    from exporter.sources import files  # noqa: PLC0415

    count = 0
    for name in call.words:
        if Path(name).is_dir():
            count += sum(1 for _ in files.find_candidates(Path(name)))
        elif name.startswith("@"):
            with suppress(SourceError):
                count += len(files.read_list(Path(name[1:]), config.input))
        else:
            count += 1
    return count


def _write_files(call: Call, exporters: tuple[str, ...], config: Config) -> int:
    return _build_files(call, exporters, config, _open_sources(call, config))


def _build_files(call: Call, exporters: tuple[str, ...], config: Config, sources: Sources) -> int:
    order = _make_request(call, exporters, config)
    prepare(order)
    if call.has("bind"):
        return _report_outcomes(call, bind(sources, order))
    first, sources = _peek(sources)
    if order.file and len(first) > 1:
        raise UsageError(
            "command line",
            order.file,
            "ManySources: one file cannot hold several articles",
            f"Name a folder (-o {order.file}/), or make one of them with --bind.",
        )
    return _report_outcomes(call, run(sources, order))


def _make_request(call: Call, exporters: tuple[str, ...], config: Config) -> BuildRequest:
    """Read -o: a folder where it ends in a slash or is one, else a file."""
    output = call.text("output")
    if not output:
        return BuildRequest(exporters, config)
    if output == _STDOUT:
        raise UsageError("command line", "-o -", "NotAFile: only a script goes to standard output", "Name a file.")
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        return BuildRequest(exporters, config, folder=output)
    _check_suffix(output, load("exporters", exporters[0]).suffix(config))
    return BuildRequest(exporters, config, file=output)


def _check_suffix(output: str, suffix: str) -> None:
    """Refuse a file name that promises another of our formats than it would get; raises `UsageError`."""
    promised, given = Path(output).suffix.lower(), f".{suffix.rpartition('.')[2]}"
    ours = (
        ".epub",
        *(f".{name}" for kind in ("audio", "script") for name in describe_setting(f"{kind}.format").choices),
    )
    if promised in ours and promised != given:
        raise UsageError(
            "command line",
            output,
            f"WrongSuffix: what is written is {given.removeprefix('.')}, not {promised.removeprefix('.')}",
            f"Call it {Path(output).with_suffix(given)}, or choose another command or format.",
        )


def _infer_format(call: Call, section: str, config: Config) -> Config:
    """Take the format from the name of the file to write, where the user names no format."""
    suffix = Path(call.text("output")).suffix.removeprefix(".").lower()
    if call.text("format") or suffix not in describe_setting(f"{section}.format").choices:
        return config
    settings = msgspec.structs.replace(getattr(config, section), format=suffix)
    return msgspec.structs.replace(config, **{section: settings})


def _open_sources(call: Call, config: Config) -> Sources:
    from exporter.sources import open_documents  # noqa: PLC0415

    return open_documents(call.words, config.input, standard_input(), config.cache)


def _peek(sources: Sources) -> tuple[list[Source], Iterator[Source]]:
    """Look at the first two sources without using them up."""
    rest = iter(sources)
    first = list(islice(rest, 2))
    return first, chain(first, rest)


def _report_outcomes(call: Call, outcomes: Iterable[Outcome], expected: int = 0) -> int:
    """Tell outcomes as they come; `expected` is about how many."""
    report = Report(call)
    with _show_bars(call) as bars:
        for done, outcome in enumerate(outcomes, 1):
            with bars.aside() if bars else nullcontext():
                report.tell(outcome)
            if outcome.error and outcome.error.exit_code == UsageError.exit_code:
                break  # what is wrong with the settings is wrong for every source
            if expected:
                progress.advance(_BATCH_STAGE, done, max(done, expected))
    return report.finish()


def _is_progress_wanted(call: Call) -> bool:
    """Whether there is somebody to see progress."""
    return not call.has("quiet") and sys.stderr is not None and sys.stderr.isatty()


def _show_bars(call: Call) -> AbstractContextManager[ProgressBars | None]:
    if not _is_progress_wanted(call):
        return nullcontext()
    from exporter.cli.progress_bars import show_progress  # noqa: PLC0415  most runs are seen by nobody, or are over at once

    return show_progress(_BATCH_STAGE if call.command == "batch" and not call.has("bind") else "")


def _print_script(call: Call, config: Config, sources: Sources) -> int:
    """Write one script to standard output."""
    import tempfile  # noqa: PLC0415  only this command needs it

    report = Report(call)
    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        order = BuildRequest(("script",), config, folder=folder)
        for outcome in run(sources, order):
            for path in outcome.written:
                standard_output().write(Path(path).read_bytes())
            report.tell(msgspec.structs.replace(outcome, written=()))
    return report.finish()
