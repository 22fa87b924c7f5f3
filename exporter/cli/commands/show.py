"""The command show: an article as it is understood, as a tree for people or as JSON for machines."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

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
)
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import CONTROL_ESCAPES, Report, format_error, format_json, has_colour, print_result
from exporter.config import Config
from exporter.edition import Work
from exporter.pipeline import Outcome, make_failure, read_work, name_source

_DIM, _BOLD, _NO_COLOUR = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_MIN_WIDTH_CHARS = 60


def show(call: Call) -> int:
    """Show every article that the sources hold."""
    return report_each(call, call.config(), _format_article)


def report_each(
    call: Call, config: Config, tell: Callable[[Call, str, Work], str], exporters: Collection[str] = ()
) -> int:
    """Read every source as for some exporters and print what is to be told of it; one that fails stops nothing."""
    from exporter.sources import open_documents  # noqa: PLC0415

    report = Report(call)
    for source in open_documents(call.words, config.input, standard_input(), config.cache):
        name = name_source(source)
        try:
            found = read_work(source, config, exporters)
            text = tell(call, name, found)
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            failed = make_failure("reading", name, error)
            if call.has("json"):
                print_result(format_error(failed))
            report.tell(Outcome(name, error=failed))
        else:
            if text:
                print_result(text)
            report.tell(Outcome(name, read=found.reading, notices=tuple(found.notices)))
    return report.finish(sum_up=False)


def _format_article(call: Call, _name: str, found: Work) -> str:
    if call.has("json"):
        from exporter.article_json import view  # noqa: PLC0415

        return format_json(view(found.written, found.reading, [block.anchor for block in found.article.blocks]))
    if sys.stdout and sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns, _MIN_WIDTH_CHARS)
        return draw_tree(found.written, width, has_colour(sys.stdout))
    return draw_tree(found.written)


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
        room = max(width - 14 - len(indent), _MIN_WIDTH_CHARS // 2)
        said = textwrap.shorten(text.translate(CONTROL_ESCAPES), room, placeholder=" …")
        lines.append(f"{dim}{kind:>12}{plain}  {indent}{said}".rstrip())
    return "\n".join(lines) + "\n"


def _metadata_rows(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield what is known, under the name that it has in the JSON."""
    for name, value in msgspec.to_builtins(metadata).items():
        if name != "title" and value:
            yield name, value if isinstance(value, str) else ", ".join(value)


def _block_rows(blocks: Iterable[Block], depth: int) -> Iterator[tuple[int, str, str]]:
    """Yield depth, kind and text of each block; what stands below a heading or inside a block is deeper."""
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
            return f"numbered {block.start}-{block.start + len(block.items) - 1}"
        case _:
            return type(block).__name__.lower().removesuffix("block")
