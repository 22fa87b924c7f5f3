"""The texts of an article with their roles, in reading order: what its account is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.article import (
    Article,
    Block,
    Break,
    Bullets,
    Code,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    Image,
    Inline,
    Math,
    MathBlock,
    NoteMark,
    Numbered,
    Quote,
    Ruby,
    Table,
    Text,
    Verse,
    contents,
)


def list_texts(article: Article) -> list[tuple[str, str]]:
    """Return role and text of each run of an article's body and notes, without the words for pictures."""
    noted = list_block_texts(block for note in article.notes for block in note.blocks)
    return [*list_block_texts(article.blocks), *(("note", text) for _, text in noted)]


def list_block_texts(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Return role and text of each run of some blocks, without the words for pictures."""
    return [pair for block in blocks for pair in _block_texts(block, "")]


def _block_texts(block: Block, around: str) -> Iterator[tuple[str, str]]:
    """Yield role and text of each run in a block; what stands in a list, a box or a quotation has its role."""
    role = around or _name_role(block)
    match block:
        case CodeBlock():
            yield role, block.text
        case MathBlock():
            yield role, f"{block.latex} {block.mathml}"
        case Figure():
            yield "caption", "".join(_inline_texts(block.caption))
            yield "credit", block.credit
        case Quote():
            for inner in block.blocks:
                yield from _block_texts(inner, role)
            yield "attribution", "".join(_inline_texts(block.attribution))
        case Definitions():
            for item in block.items:
                yield "term", "".join(_inline_texts(item.term))
                for inner in item.blocks:
                    yield from _block_texts(inner, role)
        case _:
            for part in contents(block):
                if isinstance(part, tuple):
                    yield role, "".join(_inline_texts(part))
                else:
                    yield from _block_texts(part, "" if isinstance(part, Figure) else role)


def _name_role(block: Block) -> str:
    match block:
        case Heading():
            return "heading"
        case Bullets() | Numbered():
            return "list"
        case Table():
            return "table"
        case CodeBlock():
            return "code"
        case MathBlock():
            return "formula"
        case Verse():
            return "verse"
        case _:
            return type(block).__name__.lower()


def _inline_texts(content: Iterable[Inline]) -> Iterator[str]:
    for inline in content:
        match inline:
            case Text(text) | Code(text):
                yield text
            case Math():
                yield f"{inline.latex} {inline.mathml}"
            case Image() | NoteMark() | Break():
                yield " "
            case Ruby():
                yield from _inline_texts(inline.content)
                yield inline.reading
            case _:
                yield from _inline_texts(inline.content)
