"""The commands that write files: epub, script, audio, readaloud, page, batch."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter import progress
from exporter.cache import writable_settings
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import Report, print_remark, standard_output
from exporter.concurrency import count_processors
from exporter.config import Config, describe_setting
from exporter.errors import SourceError, UsageError
from exporter.pipeline import BuildRequest, Outcome, Source, build_bound, build_each, prepare_engine
from exporter.registry import load, names, split_place, unknown_name
from exporter.sources import files, list_sources, open_documents

if TYPE_CHECKING:
    from exporter.batch import PlacedOutcome
    from exporter.cli.progress_bars import ProgressBars
    from exporter.shards import Shard

Sources = Iterable[Source]

_BATCH_STAGE = "articles"  # of `progress`: the articles of a batch
_STDOUT = "-"  # as the value of -o

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$|\.[0-9][A-Za-z][A-Za-z0-9]{0,3}$")
"""The suffix of a file name: "No. 7" has none."""

_SAME_FORMATS = {".m4a": ".m4b", ".ogg": ".opus", ".oga": ".opus"}
"""Suffixes that other programs give to the same formats: MP4 with AAC, and Opus in Ogg."""


def epub(call: Call) -> int:
    """Make books."""
    with _load_settings(call) as config:
        return _write_files(call, ("epub",), config)


def script(call: Call) -> int:
    """Write scripts: a single one to stdout if no file is named."""
    with _load_settings(call) as settings:
        config = _infer_format(call, "script", settings)
        if call.has("check"):
            return _list_doubts(call, config)
        report = Report(call)
        first, rest = _peek(_open_sources(call, config, report))
        output = call.text("output")
        is_file = output not in ("", _STDOUT) or (config.script.format == "docx" and output != _STDOUT)
        if is_file or call.has("json") or call.has("bind") or len(first) > 1:
            return _build_files(call, ("script",), config, rest, report)
        return _print_script(config, rest, report)


@contextmanager
def _load_settings(call: Call) -> Iterator[Config]:
    """Yield the settings, with a temporary cache and a remark where theirs cannot be written; raises `UsageError`."""
    config = call.config()
    with writable_settings(config.cache) as (cache, notice):
        if notice and not call.has("quiet"):
            print_remark(f"{notice.subject}: {notice.text}")
        yield msgspec.structs.replace(config, cache=cache)


def _list_doubts(call: Call, config: Config) -> int:
    from exporter.cli.commands import check_script, show  # noqa: PLC0415  6 ms, only --check needs them

    return show.report_each(
        call, config, lambda call, name, work: check_script.format_doubts(name, work, call.has("json")), ("script",)
    )


def audio(call: Call) -> int:
    """Make episodes."""
    with _load_settings(call) as config:
        return _write_files(call, ("audio",), _infer_format(call, "audio", config))


def readaloud(call: Call) -> int:
    """Make books with media overlays; books that are finished keep their pages, unless they are bound."""
    from exporter.cli.commands import finished_books  # noqa: PLC0415  30 ms, only this command needs it

    with _load_settings(call) as config:
        books = () if call.has("bind") else tuple(filter(finished_books.is_book, call.arguments))
        if not books:
            return _write_files(call, ("readaloud",), config)
        prepare_engine(("readaloud",), config)
        order = _make_request(call, ("readaloud",), config)
        if order.file and len(call.arguments) > 1:
            raise _make_many_sources_error(order.file)
        report = Report(call)
        rest = msgspec.structs.replace(call, arguments=tuple(name for name in call.arguments if name not in books))
        others = build_each(_open_sources(rest, config, report), order) if rest.arguments else ()
        return _report_outcomes(call, report, chain(finished_books.build_books(books, order), others))


def page(call: Call) -> int:
    """Make pages with a player."""
    with _load_settings(call) as config:
        return _write_files(call, ("page",), config)


def batch(call: Call) -> int:
    """Make several forms of many sources, in parallel; files that are up to date are kept. Publish them if asked."""
    with _load_settings(call) as config:
        code = _build_batch(call, config, _check_batch(call, config))
        if call.has("publish") and not call.has("dry_run"):
            from exporter.cli.commands.publish_shelf import publish_folder  # noqa: PLC0415  5 ms, few batches need it

            publish_folder(call, Path(call.text("output") or "."), config)
        return code


def _check_batch(call: Call, config: Config) -> tuple[str, ...]:
    """Return the names of the exporters of a batch; raises `UsageError` for a wrong one, or a wrong folder."""
    wanted = tuple(dict.fromkeys(call.texts("to")))
    if not wanted:
        raise UsageError(
            "command line",
            "--to",
            "MissingValue: name what to make",
            f"Choose some of: {','.join(names('exporters'))}.",
        )
    for name in wanted:
        if name not in names("exporters"):
            raise unknown_name("choosing what to make", name, names("exporters"))
    for option in ("json", "dry_run"):
        if call.has("json_lines") and call.has(option):
            cause = f"WrongOptions: it is another report than that of --{option.replace('_', '-')}"
            raise UsageError("command line", "--json-lines", cause, "Choose one of the two.")
    folder = call.text("output") or "."
    if folder == _STDOUT:
        raise UsageError("command line", "-o -", "NotAFolder: a batch writes several files", "Name a folder with -o.")
    if files.is_object_address(folder):
        _check_object_output(call, config, folder)
    elif Path(folder).exists() and not Path(folder).is_dir():
        raise UsageError("command line", folder, "NotAFolder: it is a file", "Name a folder with -o.")
    return wanted


def _build_batch(call: Call, config: Config, wanted: tuple[str, ...]) -> int:
    order = BuildRequest(
        wanted, config, call.text("output") or ".", overwrite=call.has("overwrite"), force=call.has("force")
    )
    if files.is_object_address(order.folder):
        order = msgspec.structs.replace(order, folder=".", address=order.folder.rstrip("/"))
    shard = _parse_shard(call)
    report = Report(call)
    if call.has("dry_run"):
        from exporter.cli.commands import dry_run  # noqa: PLC0415  10 ms, only --dry-run needs it

        return dry_run.print_plan(call, _open_sources(call, config, report), order, report)
    from exporter import batch as many  # noqa: PLC0415  80 ms, only batches need it

    runner, where = split_place(config.runner.on)
    if call.has("bind"):
        return _report_outcomes(call, report, many.run_bound(_open_sources(call, config, report), order))
    one_each = msgspec.structs.replace(config, jobs=1)
    order = msgspec.structs.replace(order, config=one_each)
    outcomes = many.run_listed(
        lambda selection: list_sources(
            *(call.arguments, config.input, standard_input(), config.cache), report.print_notice, selection
        ),
        order,
        many.BatchOptions(
            config.jobs or count_processors(), call.has("debug"), runner, where, shard, notify=report.print_notice
        ),
    )
    expected = _estimate_articles(call, config) if _is_progress_wanted(call) else 0
    return _report_batch(call, report, outcomes, expected)


def _parse_shard(call: Call) -> Shard | None:
    """Return the shard of the command line; raises `UsageError` where it is wrong, or together with what needs all."""
    if not (text := call.text("shard")):
        return None
    from exporter.shards import parse_shard  # noqa: PLC0415  2 ms, only jobs of arrays need it

    for option in ("bind", "dry_run", "publish"):
        if call.has(option):
            flag = f"--{option.replace('_', '-')}"
            raise UsageError(
                "command line",
                f"--shard {text}",
                f"WrongOptions: {flag} needs all sources",
                f"Leave {flag} out, and use it when all shards are done.",
            )
    return parse_shard(text, os.environ)


def _estimate_articles(call: Call, config: Config) -> int:
    """Estimate how many articles the sources hold, without opening any; used for the time left."""
    count = 0
    for name in call.arguments:
        if Path(name).is_dir():
            count += sum(1 for _ in files.find_candidates(Path(name)))
        elif name.startswith("@"):
            with suppress(SourceError):
                count += len(files.read_list(Path(name[1:]), config.input))
        else:
            count += 1
    return count


def _write_files(call: Call, exporters: tuple[str, ...], config: Config) -> int:
    report = Report(call)
    return _build_files(call, exporters, config, _open_sources(call, config, report), report)


def _build_files(call: Call, exporters: tuple[str, ...], config: Config, sources: Sources, report: Report) -> int:
    prepare_engine(exporters, config)
    order = _make_request(call, exporters, config)
    if call.has("bind"):
        return _report_outcomes(call, report, build_bound(sources, order))
    first, sources = _peek(sources)
    if order.file and len(first) > 1:
        raise _make_many_sources_error(order.file)
    return _report_outcomes(call, report, build_each(sources, order))


def _make_many_sources_error(file: str) -> UsageError:
    return UsageError(
        "command line",
        file,
        "ManySources: one file cannot hold several articles",
        f"Name a folder (-o {file}/), or make one of them with --bind.",
    )


def _make_request(call: Call, exporters: tuple[str, ...], config: Config) -> BuildRequest:
    """Make the request from -o, which names a folder if it ends in a slash or is one, else a file."""
    output, overwrite = call.text("output"), call.has("overwrite")
    if not output:
        return BuildRequest(exporters, config, overwrite=overwrite)
    if output == _STDOUT:
        raise UsageError(
            "command line", "-o -", "NotAFile: only a script can be written to standard output", "Name a file with -o."
        )
    _refuse_object_storage(output)
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        return BuildRequest(exporters, config, folder=output, overwrite=overwrite)
    _check_suffix(output, load("exporters", exporters[0]).suffix(config))
    return BuildRequest(exporters, config, file=output, overwrite=overwrite)


def _refuse_object_storage(output: str) -> None:
    """Raise `UsageError` for an address of object storage, to which only a batch writes."""
    if files.is_object_address(output):
        remedy = "Use exporter batch, or name a folder with -o and copy it there afterwards."
        raise UsageError("command line", f"-o {output}", "NotSupported: only a batch writes to object storage", remedy)


def _check_object_output(call: Call, config: Config, address: str) -> None:
    """Raise `UsageError` for what a batch cannot do in object storage: what needs the files, or a folder of workers."""
    for option in ("bind", "publish", "dry_run"):
        if call.has(option):
            flag = f"--{option.replace('_', '-')}"
            cause = f"WrongOptions: {flag} needs a folder of this machine"
            raise UsageError("command line", f"-o {address}", cause, f"Leave {flag} out, or name a folder with -o.")
    if split_place(config.runner.on)[0] != "local":
        cause = "WrongOptions: --on needs a folder that all machines see"
        raise UsageError("command line", f"-o {address}", cause, "Use --shard K/N for many machines, or such a folder.")
    folder = f"{address.rstrip('/')}/"
    if source := next((name for name in call.arguments if f"{name.removeprefix('@')}/".startswith(folder)), ""):
        cause = f"HoldsSources: {source} is in it"
        raise UsageError("command line", f"-o {address}", cause, "Name a folder of its own with -o.")


def _check_suffix(output: str, suffix: str) -> None:
    """Raise `UsageError` for a file name whose suffix is not that of the file's format."""
    actual = f".{suffix.rpartition('.')[2]}"
    found = _SUFFIX.search(output)
    if found and _SAME_FORMATS.get(found[0].lower(), found[0].lower()) != actual:
        raise UsageError(
            "command line",
            output,
            f"WrongSuffix: the format is {actual.removeprefix('.')}, not {found[0][1:]}",
            f"Call it {Path(output).with_suffix(actual)}, or choose another command or format.",
        )


def _infer_format(call: Call, section: str, config: Config) -> Config:
    """Take the format from the suffix of the output file, if the user names no format."""
    suffix = Path(call.text("output")).suffix.lower()
    suffix = _SAME_FORMATS.get(suffix, suffix).removeprefix(".")
    if call.text("format") or suffix not in describe_setting(f"{section}.format").choices:
        return config
    settings = msgspec.structs.replace(getattr(config, section), format=suffix)
    return msgspec.structs.replace(config, **{section: settings})


def _open_sources(call: Call, config: Config, report: Report) -> Sources:
    return open_documents(call.arguments, config.input, standard_input(), config.cache, report.print_notice)


def _peek(sources: Sources) -> tuple[list[Source], Iterator[Source]]:
    """Return the first two sources, and an iterator over all of them."""
    rest = iter(sources)
    first = list(islice(rest, 2))
    return first, chain(first, rest)


def _report_outcomes(call: Call, report: Report, outcomes: Iterable[Outcome]) -> int:
    """Print outcomes as they arrive."""
    with _show_bars(call) as bars:
        for outcome in outcomes:
            with bars.suspend() if bars else nullcontext():
                report.print_outcome(outcome)
            if _is_wrong_for_all(outcome):
                break
    return report.finish()


def _report_batch(call: Call, report: Report, outcomes: Generator[PlacedOutcome, None, None], expected: int) -> int:
    """Print the outcomes of a batch as they arrive; `expected` estimates how many there will be."""
    with closing(outcomes), _show_bars(call, expected) as bars:
        try:
            if expected and bars:
                progress.advance(_BATCH_STAGE, 0, expected)
            for place, outcome in outcomes:
                with bars.suspend() if bars else nullcontext():
                    report.print_outcome(outcome, place)
                if _is_wrong_for_all(outcome):
                    break
                if expected and bars:
                    progress.advance(_BATCH_STAGE, report.count, max(report.count, expected))
                    bars.annotate(_BATCH_STAGE, report.count, report.count_failed())
        except (KeyboardInterrupt, SystemExit):
            report.print_interrupted()
            raise
    return report.finish()


def _is_wrong_for_all(outcome: Outcome) -> bool:
    """Whether an error is that of every source: a wrong setting."""
    return outcome.error is not None and outcome.error.exit_code == UsageError.exit_code


def _is_progress_wanted(call: Call) -> bool:
    """Whether progress can be seen: on a terminal, without --quiet."""
    return not call.has("quiet") and sys.stderr is not None and sys.stderr.isatty()


def _show_bars(call: Call, articles: int = 1) -> AbstractContextManager[ProgressBars | None]:
    """Show bars: of several articles that are counted, of the stages of one, or of those that are bound."""
    if not _is_progress_wanted(call):
        return nullcontext()
    from exporter.cli.progress_bars import show_progress  # noqa: PLC0415  3 ms, only terminals need it

    return show_progress(_BATCH_STAGE if articles > 1 else "")


def _print_script(config: Config, sources: Sources, report: Report) -> int:
    """Print one script to standard output."""
    import tempfile  # noqa: PLC0415  3 ms, only this command needs it

    with tempfile.TemporaryDirectory(prefix="exporter-") as folder:
        order = BuildRequest(("script",), config, folder=folder)
        for outcome in build_each(sources, order):
            for path in outcome.written:
                standard_output().write(Path(path).read_bytes())
            report.print_outcome(msgspec.structs.replace(outcome, written=()))
    return report.finish()
