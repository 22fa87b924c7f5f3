"""The commands that write files in one process: epub, script, audio, readaloud, page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

import msgspec

from exporter.cache import writable_settings
from exporter.cli.commands.outcome_reports import report_outcomes
from exporter.cli.commands.output_checks import SAME_FORMATS, STDOUT, make_many_sources_error, make_request
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import Report, print_remark, standard_output
from exporter.config import Config, describe_setting
from exporter.pipeline import BuildRequest, Source, build_bound, build_each, prepare_engine
from exporter.sources import open_documents

Sources = Iterable[Source]


def epub(call: Call) -> int:
    """Make books."""
    with load_settings(call) as config:
        return _write_files(call, ("epub",), config)


def script(call: Call) -> int:
    """Write scripts: a single one to stdout if no file is named."""
    with load_settings(call) as settings:
        config = _infer_format(call, "script", settings)
        if call.has("check"):
            return _list_doubts(call, config)
        report = Report(call)
        first, rest = _peek(open_sources(call, config, report))
        output = call.text("output")
        is_file = output not in ("", STDOUT) or (config.script.format == "docx" and output != STDOUT)
        if is_file or call.has("json") or call.has("bind") or len(first) > 1:
            return _build_files(call, ("script",), config, rest, report)
        return _print_script(config, rest, report)


@contextmanager
def load_settings(call: Call) -> Iterator[Config]:
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
    with load_settings(call) as config:
        return _write_files(call, ("audio",), _infer_format(call, "audio", config))


def readaloud(call: Call) -> int:
    """Make books with media overlays; books that are finished keep their pages, unless they are bound."""
    from exporter.cli.commands import finished_books  # noqa: PLC0415  30 ms, only this command needs it

    with load_settings(call) as config:
        books = () if call.has("bind") else tuple(filter(finished_books.is_book, call.arguments))
        if not books:
            return _write_files(call, ("readaloud",), config)
        prepare_engine(("readaloud",), config)
        order = make_request(call, ("readaloud",), config)
        if order.file and len(call.arguments) > 1:
            raise make_many_sources_error(order.file)
        report = Report(call)
        rest = msgspec.structs.replace(call, arguments=tuple(name for name in call.arguments if name not in books))
        others = build_each(open_sources(rest, config, report), order) if rest.arguments else ()
        return report_outcomes(call, report, chain(finished_books.build_books(books, order), others))


def page(call: Call) -> int:
    """Make pages with a player."""
    with load_settings(call) as config:
        return _write_files(call, ("page",), config)


def _write_files(call: Call, exporters: tuple[str, ...], config: Config) -> int:
    report = Report(call)
    return _build_files(call, exporters, config, open_sources(call, config, report), report)


def _build_files(call: Call, exporters: tuple[str, ...], config: Config, sources: Sources, report: Report) -> int:
    prepare_engine(exporters, config)
    order = make_request(call, exporters, config)
    if call.has("bind"):
        return report_outcomes(call, report, build_bound(sources, order))
    first, sources = _peek(sources)
    if order.file and len(first) > 1:
        raise make_many_sources_error(order.file)
    return report_outcomes(call, report, build_each(sources, order))


def _infer_format(call: Call, section: str, config: Config) -> Config:
    """Take the format from the suffix of the output file, if the user names no format."""
    suffix = Path(call.text("output")).suffix.lower()
    suffix = SAME_FORMATS.get(suffix, suffix).removeprefix(".")
    if call.text("format") or suffix not in describe_setting(f"{section}.format").choices:
        return config
    settings = msgspec.structs.replace(getattr(config, section), format=suffix)
    return msgspec.structs.replace(config, **{section: settings})


def open_sources(call: Call, config: Config, report: Report) -> Sources:
    """Open the sources that the command line names."""
    return open_documents(call.arguments, config.input, standard_input(), config.cache, report.print_notice)


def _peek(sources: Sources) -> tuple[list[Source], Iterator[Source]]:
    """Return the first two sources, and an iterator over all of them."""
    rest = iter(sources)
    first = list(islice(rest, 2))
    return first, chain(first, rest)


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
