"""The command show: an article as it is understood, as a tree for people or as JSON for machines."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import assert_never

import msgspec

from exporter.article import (
    Article,
    Aside,
    Block,
    Bullets,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    MathBlock,
    Metadata,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Table,
    block_text,
    children,
    inline_text,
)
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import CONTROLS, Report, dumps, in_colour, refusal, result
from exporter.config import Config
from exporter.edition import Work
from exporter.pipeline import Outcome, failure, piece, subject

_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_NARROWEST = 60


def show(call: Call) -> int:
    """Show every article that the sources hold."""
    return each(call, call.config(), _show)


def each(call: Call, config: Config, tell: Callable[[Call, str, Work], str], exporters: Collection[str] = ()) -> int:
    """Read every source as for some exporters and print what is to be told of it; one that fails stops nothing."""
    from exporter.sources import documents  # noqa: PLC0415

    report = Report(call)
    for source in documents(call.words, config.input, standard_input(), config.cache):
        name = subject(source)
        try:
            found = piece(source, config, exporters)
            text = tell(call, name, found)
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            failed = failure("reading", name, error)
            if call.has("json"):
                result(refusal(failed))
            report.tell(Outcome(name, error=failed))
        else:
            if text:
                result(text)
            report.tell(Outcome(name, read=found.reading, notices=tuple(found.notices)))
    return report.finish(sum_up=False)


def _show(call: Call, _name: str, found: Work) -> str:
    if call.has("json"):
        from exporter.article_json import view  # noqa: PLC0415

        return dumps(view(found.written, found.reading, [block.anchor for block in found.article.blocks]))
    if sys.stdout and sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns, _NARROWEST)
        return tree(found.written, width, in_colour(sys.stdout))
    return tree(found.written)


def tree(article: Article, width: int = sys.maxsize, colour: bool = False) -> str:
    """Draw an article as a tree, one line for each fact and block, cut at `width`."""
    dim, bold, plain = (_DIM, _BOLD, _PLAIN) if colour else ("", "", "")
    rows = [(0, name, value) for name, value in _facts(article.metadata)]
    rows.append((0, "", ""))
    rows += _rows(article.blocks, 0)
    rows += [(0, f"note {note.label}", " ".join(map(block_text, note.blocks))) for note in article.notes]
    title = (article.metadata.title or "(no title)").translate(CONTROLS)
    lines = [f"{bold}{title}{plain}"]
    for depth, kind, text in rows:
        indent = "  " * depth
        room = max(width - 14 - len(indent), _NARROWEST // 2)
        said = textwrap.shorten(text.translate(CONTROLS), room, placeholder=" …")
        lines.append(f"{dim}{kind:>12}{plain}  {indent}{said}".rstrip())
    return "\n".join(lines) + "\n"


def _facts(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield what is known, under the name that it has in the JSON."""
    for name, value in msgspec.to_builtins(metadata).items():
        if name != "title" and value:
            yield name, value if isinstance(value, str) else ", ".join(value)


def _rows(blocks: Iterable[Block], depth: int) -> Iterator[tuple[int, str, str]]:
    """Yield depth, kind and text of each block; what stands below a heading or inside a block is deeper."""
    below = depth
    for block in blocks:
        if isinstance(block, Heading):
            below = depth + block.level - 1
            yield below - 1, f"heading {block.level}", inline_text(block.content)
            continue
        yield below, _kind(block), "" if children(block) else block_text(block)
        for item in block.items if isinstance(block, Definitions) else ():
            yield below + 1, "term", inline_text(item.term)
            yield from _rows(item.blocks, below + 2)
        if not isinstance(block, Definitions):
            yield from _rows(children(block), below + 1)


def _kind(block: Block) -> str:
    match block:
        case Figure():
            return "figure" if block.image else "caption"
        case CodeBlock():
            return f"code {block.syntax}".rstrip()
        case Numbered():
            return f"numbered {block.start}-{block.start + len(block.items) - 1}"
        case (
            Heading()
            | Paragraph()
            | Quote()
            | Bullets()
            | Definitions()
            | Table()
            | MathBlock()
            | Aside()
            | Separator()
        ):
            return type(block).__name__.lower().removesuffix("block")
        case _:
            assert_never(block)
