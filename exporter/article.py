"""MODEL: the article as it was written.

Two unions, `Inline` and `Block`, and the values around them. Everything is frozen and holds tuples, so an article can
be shared, hashed and compared; `to_json` and `from_json` write it and read it back without loss.

Anchors: a block's `anchor` is empty until the sentence pass (`exporter.sentences`) numbers the blocks `b1`, `b2`, ...
in reading order, nested ones included, and wraps their text in `Sentence` inlines `b3.1`, `b3.2`, ... The script, the
ids in the XHTML and the media overlay all use these same anchors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, assert_never

import msgspec
from msgspec.structs import replace

SCHEMA = 1
"""Version of the JSON form."""

Direction = Literal["", "ltr", "rtl"]


class _Inline(msgspec.Struct, frozen=True, tag_field="kind"):
    """What all inlines share: the tag `kind` in JSON."""


class Text(_Inline, frozen=True, tag="text"):
    """Characters as written."""

    text: str


class Emphasis(_Inline, frozen=True, tag="emphasis"):
    """Stressed, usually italic."""

    content: tuple[Inline, ...]


class Strong(_Inline, frozen=True, tag="strong"):
    """Important, usually bold."""

    content: tuple[Inline, ...]


class Strike(_Inline, frozen=True, tag="strike"):
    """No longer valid, struck through."""

    content: tuple[Inline, ...]


class Code(_Inline, frozen=True, tag="code"):
    """Computer text within a line."""

    text: str


class Link(_Inline, frozen=True, tag="link"):
    """Words that lead to `target`, a URL."""

    content: tuple[Inline, ...]
    target: str


class Superscript(_Inline, frozen=True, tag="superscript"):
    """Raised text."""

    content: tuple[Inline, ...]


class Subscript(_Inline, frozen=True, tag="subscript"):
    """Lowered text."""

    content: tuple[Inline, ...]


class Foreign(_Inline, frozen=True, tag="foreign"):
    """A passage in another language (BCP 47 tag) or direction than its surroundings."""

    content: tuple[Inline, ...]
    language: str = ""
    direction: Direction = ""


class Ruby(_Inline, frozen=True, tag="ruby"):
    """Base text with its pronunciation above it."""

    content: tuple[Inline, ...]
    reading: str


class Math(_Inline, frozen=True, tag="math"):
    """A formula within a line: its sources, where known, and words for it."""

    latex: str = ""
    mathml: str = ""
    alt: str = ""


class Image(_Inline, frozen=True, tag="image"):
    """A picture within a line; `image` names a resource."""

    image: str
    alt: str = ""


class NoteMark(_Inline, frozen=True, tag="note"):
    """The mark of a footnote or endnote; `note` is the `Note.name` it leads to."""

    note: str


class Break(_Inline, frozen=True, tag="break"):
    """A line that ends here on purpose."""


class Sentence(_Inline, frozen=True, tag="sentence"):
    """One sentence, put around its inlines by the sentence pass."""

    anchor: str
    content: tuple[Inline, ...]


Inline = (
    Text
    | Emphasis
    | Strong
    | Strike
    | Code
    | Link
    | Superscript
    | Subscript
    | Foreign
    | Ruby
    | Math
    | Image
    | NoteMark
    | Break
    | Sentence
)


class _Block(msgspec.Struct, frozen=True, tag_field="kind", kw_only=True, omit_defaults=True):
    """What all blocks share: their place (see the module's head), and a language or direction of their own.

    `names` are what links within the article call a block: ``#results`` leads to the one that is named ``results``.
    """

    anchor: str = ""
    names: tuple[str, ...] = ()
    language: str = ""
    direction: Direction = ""


class Heading(_Block, frozen=True, tag="heading"):
    """A heading of the body; `level` 2 is the highest, since 1 is the title's."""

    content: tuple[Inline, ...]
    level: int = 2


class Paragraph(_Block, frozen=True, tag="paragraph"):
    """One whole paragraph."""

    content: tuple[Inline, ...]


class Verse(_Block, frozen=True, tag="verse"):
    """One stanza of a poem, with a break between its lines; a poem is stanzas in a row."""

    content: tuple[Inline, ...]

    @property
    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        """The inlines of each line."""
        lines: list[list[Inline]] = [[]]
        for inline in self.content:
            if isinstance(inline, Break):
                lines.append([])
            else:
                lines[-1].append(inline)
        return tuple(map(tuple, lines))


class Quote(_Block, frozen=True, tag="quote"):
    """A block quotation and, where given, whose it is."""

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a list; `checked` is set in task lists only.

    `number` is that of an item of an ordered list where it does not follow from the item before, else None.
    """

    blocks: tuple[Block, ...]
    checked: bool | None = None
    number: int | None = None


class Bullets(_Block, frozen=True, tag="bullets"):
    """An unordered list."""

    items: tuple[Item, ...]


class Numbered(_Block, frozen=True, tag="numbered"):
    """An ordered list; `numerals` is HTML's list type: 1, a, A, i or I."""

    items: tuple[Item, ...]
    start: int = 1
    numerals: str = "1"


class Definition(msgspec.Struct, frozen=True):
    """One term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]


class Definitions(_Block, frozen=True, tag="definitions"):
    """A list of terms with their definitions."""

    items: tuple[Definition, ...]


class CodeBlock(_Block, frozen=True, tag="code"):
    """Lines of computer text; `syntax` is the name of their programming language, where known."""

    text: str
    syntax: str = ""


class Figure(_Block, frozen=True, tag="figure"):
    """A picture with its words; `image` names a resource, or is None where the picture is not at hand."""

    image: str | None = None
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    credit: str = ""


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cell of a table."""

    content: tuple[Inline, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: Literal["", "left", "center", "right"] = ""


class Table(_Block, frozen=True, tag="table"):
    """A table of data: the rows of its head, then the others."""

    head: tuple[tuple[Cell, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    caption: tuple[Inline, ...] = ()


class MathBlock(_Block, frozen=True, tag="math"):
    """A formula on a line of its own."""

    latex: str = ""
    mathml: str = ""
    alt: str = ""


class Aside(_Block, frozen=True, tag="aside"):
    """Something beside the text: a box, a callout, a pull quote."""

    blocks: tuple[Block, ...]


class Separator(_Block, frozen=True, tag="separator"):
    """A break in thought."""


Block = (
    Heading
    | Paragraph
    | Verse
    | Quote
    | Bullets
    | Numbered
    | Definitions
    | CodeBlock
    | Figure
    | Table
    | MathBlock
    | Aside
    | Separator
)


class Note(msgspec.Struct, frozen=True):
    """A footnote or endnote; `name` is unique in the article, `label` is what the reader sees at its mark."""

    name: str
    label: str
    blocks: tuple[Block, ...]


class Resource(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture the article uses, under the `name` that its figures use.

    Its bytes are in `data`, or in the file at `path`; where both are empty it is still to be fetched from `source`.
    """

    name: str
    source: str = ""
    data: bytes = b""
    path: str = ""


class Metadata(msgspec.Struct, frozen=True):
    """The facts about an article; None or empty where the source does not state them.

    `published` and `modified` are ISO 8601, as exact as the source is: a date, or a date and time with its zone.
    `language` is a BCP 47 tag, `source` a URL or the file's name, `cover` the name of a resource.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str = "en"
    site: str | None = None
    section: str | None = None
    source: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    rights: str | None = None
    cover: str | None = None

    @property
    def address(self) -> str:
        """The source on the web, or empty: what is published does not tell where files lie."""
        source = self.source or ""
        return source if source.lower().startswith(("http://", "https://")) else ""


class Article(msgspec.Struct, frozen=True):
    """What was written."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    resources: tuple[Resource, ...] = ()
    schema: int = SCHEMA


def number_items(block: Numbered) -> Iterator[int]:
    """Yield the numbers of the items of an ordered list."""
    value = block.start - 1
    for item in block.items:
        value = value + 1 if item.number is None else item.number
        yield value


Content = tuple[Inline, ...] | Block
"""What stands directly in a block: a run of inlines (a tuple) or a block."""


def contents(block: Block) -> Iterator[Content]:
    """Yield the runs of inlines and the blocks that stand directly in a block, in reading order."""
    match block:
        case Heading() | Paragraph():
            yield block.content
        case Verse():
            yield from block.lines
        case Quote():
            yield from block.blocks
            yield block.attribution
        case Aside():
            yield from block.blocks
        case Bullets() | Numbered():
            for item in block.items:
                yield from item.blocks
        case Definitions():
            for definition in block.items:
                yield definition.term
                yield from definition.blocks
        case Figure():
            yield block.caption
        case Table():
            yield block.caption
            yield from (cell.content for row in (*block.head, *block.rows) for cell in row)
        case CodeBlock() | MathBlock() | Separator():
            return
        case _:
            assert_never(block)


OnInlines = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
OnBlocks = Callable[[tuple[Block, ...]], tuple[Block, ...]]


def map_contents(block: Block, on_inlines: OnInlines, on_blocks: OnBlocks) -> Block:
    """Rebuild a block with each run of inlines and each run of blocks in it changed, in the order of `contents`."""
    match block:
        case Heading() | Paragraph():
            return replace(block, content=on_inlines(block.content))
        case Verse():
            return replace(block, content=join_lines(map(on_inlines, block.lines)))
        case Quote():
            return replace(block, blocks=on_blocks(block.blocks), attribution=on_inlines(block.attribution))
        case Aside():
            return replace(block, blocks=on_blocks(block.blocks))
        case Bullets() | Numbered():
            return replace(block, items=tuple(replace(item, blocks=on_blocks(item.blocks)) for item in block.items))
        case Definitions():
            return replace(block, items=tuple(_map_definition(item, on_inlines, on_blocks) for item in block.items))
        case Figure():
            return replace(block, caption=on_inlines(block.caption))
        case Table():
            caption, head = on_inlines(block.caption), _map_rows(block.head, on_inlines)
            return replace(block, caption=caption, head=head, rows=_map_rows(block.rows, on_inlines))
        case CodeBlock() | MathBlock() | Separator():
            return block
        case _:
            assert_never(block)


def join_lines(lines: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return the lines of a stanza as one run of inlines, with a break between two lines."""
    return tuple(inline for line in lines for inline in (Break(), *line))[1:]


def _map_definition(definition: Definition, on_inlines: OnInlines, on_blocks: OnBlocks) -> Definition:
    return replace(definition, term=on_inlines(definition.term), blocks=on_blocks(definition.blocks))


def _map_rows(rows: tuple[tuple[Cell, ...], ...], on_inlines: OnInlines) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(replace(cell, content=on_inlines(cell.content)) for cell in row) for row in rows)


def children(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside a block, in reading order."""
    return tuple(part for part in contents(block) if not isinstance(part, tuple))


def inline_runs(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield the runs of inlines that stand directly in a block, in reading order."""
    return (part for part in contents(block) if isinstance(part, tuple))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block in reading order, a container before what it holds."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def all_blocks(article: Article) -> Iterator[Block]:
    """Yield every block of the article in reading order, those of its notes last."""
    yield from walk(article.blocks)
    for note in article.notes:
        yield from walk(note.blocks)


def inline_text(content: Iterable[Inline]) -> str:
    """Return the plain text of inlines: note marks are silent, a break is a new line."""
    return "".join([inline.text if isinstance(inline, Text) else _text(inline) for inline in content])


def _text(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Break():
            return "\n"
        case NoteMark():
            return ""
        case Image(alt=alt):
            return alt
        case Math():
            return inline.alt or inline.latex
        case Emphasis() | Strong() | Strike() | Link() | Superscript() | Subscript() | Foreign() | Ruby() | Sentence():
            return inline_text(inline.content)
        case _:
            assert_never(inline)


def block_text(block: Block) -> str:
    """Return the plain text of a block, its parts on lines of their own, the cells of a row after tabs."""
    match block:
        case Heading(content=(Text(text),)) | Paragraph(content=(Text(text),)):
            return text  # most blocks, and the readers ask thousands of times
        case CodeBlock():
            return block.text
        case Figure():
            return _join_lines(inline_text(block.caption), block.credit)
        case Table():
            rows = ("\t".join(inline_text(cell.content) for cell in row) for row in (*block.head, *block.rows))
            return _join_lines(inline_text(block.caption), *rows)
        case MathBlock():
            return block.alt or block.latex
        case _:
            return _join_lines(
                *(inline_text(part) if isinstance(part, tuple) else block_text(part) for part in contents(block))
            )


def count_words(blocks: Iterable[Block]) -> int:
    """Count the words of some blocks as they are written."""
    return sum(len(block_text(block).split()) for block in blocks)


def _join_lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def to_json(article: Article) -> bytes:
    """Write an article as UTF-8 JSON, its schema's version and its keys in a fixed order."""
    return msgspec.json.encode(article)


def from_json(data: bytes) -> Article:
    """Read back what `to_json` wrote; raises `msgspec.DecodeError` on anything else."""
    return msgspec.json.decode(data, type=Article)
