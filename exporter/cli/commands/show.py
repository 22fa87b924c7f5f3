"""The command show: prints an article as exporter understands it, as a tree or as JSON."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from exporter.account import find_unusual, list_dropped
from exporter.article import (
    Article,
    Block,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    Metadata,
    Numbered,
    block_text,
    children,
    inline_text,
    number_items,
)
from exporter.article_json import view
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import (
    CONTROL_ESCAPES,
    Report,
    format_error,
    format_json,
    has_colour,
    print_remark,
    print_result,
)
from exporter.config import Config
from exporter.edition import Work
from exporter.errors import Notice
from exporter.output import write_whole
from exporter.pipeline import Outcome, make_failure, name_source, read_work
from exporter.sources import open_documents

_DIM, _BOLD, _NO_COLOUR = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_MIN_WIDTH_CHARS = 60  # of the tree, however narrow the terminal is
_KIND_COLUMN_CHARS = 12


def show(call: Call) -> int:
    """Show every article that the sources hold, and with ``--html`` write the page of their accounts."""
    works: list[Work] = []

    def describe(call: Call, name: str, found: Work) -> tuple[str, tuple[Notice, ...]]:
        works.append(found)
        return _format_article(call, name, found)

    code = report_each(call, call.config(), describe)
    if works and (path := call.text("html")):
        from exporter.web_pages.account_page import make_account_page  # noqa: PLC0415  40 ms (jinja2), for --html only

        print_remark(str(write_whole(Path(path), make_account_page(works).encode())))
    return code


def report_each(
    call: Call,
    config: Config,
    describe: Callable[[Call, str, Work], tuple[str, tuple[Notice, ...]]],
    exporters: Collection[str] = (),
) -> int:
    """Read every source as for some exporters, and print the text and the notices that `describe` returns of it."""
    report = Report(call)
    for source in open_documents(
        *(call.arguments, config.input, standard_input(), config.cache), notify=report.print_notice
    ):
        name = name_source(source)
        try:
            found = read_work(source, config, exporters)
            text, notices = describe(call, name, found)
        except Exception as error:  # noqa: BLE001  a source that fails does not stop the others
            failed = make_failure("reading", name, error)
            if call.has("json"):
                print_result(format_error(failed))
            report.print_outcome(Outcome(name, error=failed))
        else:
            if text:
                print_result(text)
            dropped = (each.make_notice(whole=True) for each in list_dropped(found.account))
            source_notices = (*found.source_notices, *dropped)
            notices = (*find_unusual(found.account), *notices)
            report.print_outcome(Outcome(name, source_notices=source_notices, notices=notices))
    return report.finish(sum_up=False)


def _format_article(call: Call, _name: str, found: Work) -> tuple[str, tuple[Notice, ...]]:
    article = found.source_article
    if call.has("json"):
        anchors = [block.anchor for block in found.article.blocks]
        return format_json(view(article, found.source_notices, anchors, list_dropped(found.account))), ()
    if sys.stdout and sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns, _MIN_WIDTH_CHARS)
        return draw_tree(article, width, has_colour(sys.stdout)), ()
    return draw_tree(article), ()


def draw_tree(article: Article, width: int = sys.maxsize, colour: bool = False) -> str:
    """Draw an article as a tree, one line for each fact and block, cut at `width`."""
    dim, bold, plain = (_DIM, _BOLD, _NO_COLOUR) if colour else ("", "", "")
    rows = [(0, name, value) for name, value in _metadata_rows(article.metadata)]
    rows.append((0, "", ""))
    rows += _block_rows(article.blocks, 0)
    rows += [(0, f"note {note.label}", " ".join(map(block_text, note.blocks))) for note in article.notes]
    title = (article.metadata.title or "(no title)").translate(CONTROL_ESCAPES)
    lines = [f"{bold}{title}{plain}"]
    for depth, kind, text in rows:
        indent = "  " * depth
        room = max(width - _KIND_COLUMN_CHARS - len(indent) - 2, _MIN_WIDTH_CHARS // 2)
        said = textwrap.shorten(text.translate(CONTROL_ESCAPES), room, placeholder=" …")
        lines.append(f"{dim}{kind:>{_KIND_COLUMN_CHARS}}{plain}  {indent}{said}".rstrip())
    return "\n".join(lines) + "\n"


def _metadata_rows(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield the fields of the metadata that are not empty, under their names in the JSON."""
    for name, value in msgspec.to_builtins(metadata).items():
        if name != "title" and value:
            yield name, value if isinstance(value, str) else ", ".join(value)


def _block_rows(blocks: Iterable[Block], depth: int) -> Iterator[tuple[int, str, str]]:
    """Yield depth, kind and text of each block; blocks below a heading or inside a block are deeper."""
    below = depth
    for block in blocks:
        if isinstance(block, Heading):
            below = depth + block.level - 1
            yield below - 1, f"heading {block.level}", inline_text(block.content)
            continue
        yield below, _name_kind(block), "" if children(block) else block_text(block)
        for item in block.items if isinstance(block, Definitions) else ():
            yield below + 1, "term", inline_text(item.term)
            yield from _block_rows(item.blocks, below + 2)
        if not isinstance(block, Definitions):
            yield from _block_rows(children(block), below + 1)


def _name_kind(block: Block) -> str:
    match block:
        case Figure():
            return "figure" if block.image else "caption"
        case CodeBlock():
            return f"code {block.syntax}".rstrip()
        case Numbered():
            return f"numbered {block.start}-{list(number_items(block))[-1]}"
        case _:
            return type(block).__name__.lower().removesuffix("block")
