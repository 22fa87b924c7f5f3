"""The tree of a Markdown text becomes the article's blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from exporter.article import (
    Aside,
    Block,
    Bullets,
    Cell,
    CodeBlock,
    Definition,
    Definitions,
    Heading,
    Inline,
    Item,
    MathBlock,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Strong,
    Table,
    Text,
    Verse,
    inline_text,
)
from exporter.errors import Notice
from exporter.readers.markdown import markdown_figures
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.markdown_inlines import (
    MarkdownInlineBuilder,
    drop_chars,
    name_note,
    read_language,
    trim_spaces,
)
from exporter.readers.markdown.parser import Node, parse_div_info

_CALLOUT = re.compile(r"\[!(?P<kind>[A-Za-z]+)\][+-]?[ \t]*(?P<title>.*)")
_CALLOUTS = frozenset(
    "note tip hint important warning caution danger error info question faq example abstract summary tldr success "
    "failure bug todo attention admonition seealso callout aside sidebar box".split()
)
_ATTRIBUTION_DASH = re.compile(r"\s*[—–―]\s*")
_VERSE_LINE = re.compile(r"\|(?: .*[^|])?$")  # the last bar of a table's row is excluded
_TASK = re.compile(r"\[([ xX])\]\s+")
_TABLE_CAPTION = re.compile(r"\s*(?:[Tt]able)?(?:\s\d+)?:\s+")
# What makers of websites put in a table of contents' place, and what abbreviations mean.
_SITE_COMMAND = re.compile(
    r"\[\[?_?TOC_?\]?\]|_TOC_|\{\s*toc\s*\}|<!--.*?-->|\*\[[^\]]+\]:\s.*", re.IGNORECASE | re.DOTALL
)
_CODE_LANGUAGE = re.compile(r"[{.\s]*([^\s{}.:,=]*)")


class MarkdownBlockBuilder:
    """Walks the tree once."""

    def __init__(self, fragments: Fragments, lines: MarkdownInlineBuilder) -> None:
        self._fragments = fragments
        self._lines = lines
        self.notes: list[Note] = []
        self.notices: list[Notice] = []
        self._handlers: Mapping[str, Callable[[Node], tuple[Block, ...]]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "bullet_list": self._bullets,
            "ordered_list": self._numbered,
            "blockquote": self._quote,
            "fence": _build_code,
            "code_block": _build_code,
            "hr": lambda _: (Separator(),),
            "html_block": lambda node: self._fragments.blocks(node.content),
            "table": self._table,
            "dl": self._definitions,
            "container_div": self._div,
            "math_block": _build_math,
            "math_block_label": _build_math,
            "amsmath": _build_math,
            "footnote_block": self._footnotes,
        }

    def build(self, nodes: Sequence[Node]) -> tuple[Block, ...]:
        """Return the blocks of sibling nodes; captions join what they belong to."""
        out: list[Block] = []
        for node in nodes:
            made = self._handlers.get(node.type, _skip_node)(node)
            if len(made) == 1 and out and (whole := self._with_caption(out[-1], made[0])):
                out[-1] = whole
            else:
                out.extend(made)
        return tuple(out)

    def _with_caption(self, before: Block, after: Block) -> Block | None:
        """The table or picture with the caption that follows it, or None."""
        if not isinstance(after, Paragraph):
            return None
        if isinstance(before, Table) and not before.caption:
            found = _TABLE_CAPTION.match(inline_text(after.content))
            return msgspec.structs.replace(before, caption=drop_chars(after.content, found.end())) if found else None
        return markdown_figures.attach_caption(before, after, self._fragments)

    def _heading(self, node: Node) -> tuple[Block, ...]:
        content = self._content(node)
        pictures, content = markdown_figures.extract_images(content)
        return (*pictures, Heading(content, level=int(node.tag[1]))) if content else pictures

    def _content(self, node: Node) -> tuple[Inline, ...]:
        return trim_spaces(self._lines.of(node.children[0].children)) if node.children else ()

    def _paragraph(self, node: Node) -> tuple[Block, ...]:
        line = node.children[0].children
        if found := markdown_figures.build_figures(line, self._lines, self._fragments):
            return found
        if len(line) == 1 and line[0].type == "math_inline_double":
            return _build_math(line[0])
        if all(map(_VERSE_LINE.match, node.children[0].content.split("\n"))):
            return tuple(self._line_block(line))
        content = self._content(node)
        if _SITE_COMMAND.fullmatch(text := inline_text(content).strip()):
            self.notices.append(Notice("a command to the site's maker", text))
            return ()
        language, direction = read_language(node.attrs)
        return (Paragraph(content, language=language, direction=direction),) if content else ()

    def _line_block(self, line: Sequence[Node]) -> Iterator[Verse]:
        """Yield the stanzas of pandoc's line block: a bar begins each line, a bar alone ends a stanza."""
        lines = [
            trim_spaces(drop_chars(self._lines.of(list(nodes)), 1))
            for is_break, nodes in groupby(line, key=lambda part: part.type.endswith("break"))
            if not is_break
        ]
        for has_words, stanza in groupby(lines, key=bool):
            if has_words:
                yield Verse(lines=tuple(stanza))

    def _bullets(self, node: Node) -> tuple[Block, ...]:
        return (Bullets(self._items(node)),)

    def _numbered(self, node: Node) -> tuple[Block, ...]:
        return (Numbered(self._items(node), start=int(node.attrs.get("start", 1))),)

    def _items(self, node: Node) -> tuple[Item, ...]:
        return tuple(_build_item(self.build(item.children)) for item in node.children)

    def _quote(self, node: Node) -> tuple[Block, ...]:
        if callout := self._callout(node):
            return (callout,)
        if not node.children:
            return ()
        *before, last = node.children
        if last.type != "paragraph":
            return (Quote(self.build(node.children)),)
        said, attribution = self._attributed(last, alone=not before)
        blocks = (*self.build(before), *said)
        return (Quote(blocks, attribution),) if blocks else ()

    def _attributed(self, last: Node, *, alone: bool) -> tuple[tuple[Block, ...], tuple[Inline, ...]]:
        """Take whose words they are from a quotation's end: a last paragraph or line that begins with a dash."""
        line = last.children[0].children
        ends = [number for number, part in enumerate(line) if part.type.endswith("break")]
        start = ends[-1] + 1 if ends else 0
        words = self._lines.of(line[start:])
        found = _ATTRIBUTION_DASH.match(inline_text(words))
        if not found or (alone and not ends):
            return self._paragraph(last), ()
        said = self._lines.of(line[: start - 1]) if ends else ()
        return (Paragraph(said),) if said else (), drop_chars(words, found.end())

    def _callout(self, node: Node) -> Aside | None:
        """GitHub's and Obsidian's boxes: a quotation whose first line is ``[!NOTE]``, perhaps with a title."""
        first = node.children[0] if node.children else None
        line = first.children[0].children if first and first.type == "paragraph" else []
        if not line or line[0].type != "text" or not (found := _CALLOUT.match(line[0].content)):
            return None
        end = next((number for number, part in enumerate(line) if part.type.endswith("break")), len(line))
        title = (Text(found["title"]), *self._lines.of(line[1:end])) if found["title"] or end > 1 else ()
        body = self._lines.of(line[end + 1 :])
        opening = (*_build_title(title or (Text(found["kind"].capitalize()),)), *((Paragraph(body),) if body else ()))
        return Aside((*opening, *self.build(node.children[1:])))

    def _table(self, node: Node) -> tuple[Block, ...]:
        head = [row for part in node.children if part.type == "thead" for row in part.children]
        rows = [row for part in node.children if part.type == "tbody" for row in part.children]
        return (Table(tuple(map(self._row, head)), tuple(map(self._row, rows))),)

    def _row(self, node: Node) -> tuple[Cell, ...]:
        return tuple(
            Cell(self._content(cell), header=cell.tag == "th", align=_parse_alignment(str(cell.attrs.get("style", ""))))
            for cell in node.children
        )

    def _definitions(self, node: Node) -> tuple[Block, ...]:
        terms: list[tuple[tuple[Inline, ...], list[Block]]] = []
        for child in node.children:
            if child.type == "dt":
                terms.append((self._content(child), []))
            elif terms:
                terms[-1][1].extend(self.build(child.children))
        return (Definitions(tuple(Definition(term, tuple(blocks)) for term, blocks in terms)),)

    def _div(self, node: Node) -> tuple[Block, ...]:
        name, given, title = parse_div_info(node.info)
        blocks = self.build(node.children)
        language, direction = read_language(given)
        if language or direction:
            blocks = tuple(msgspec.structs.replace(b, language=language, direction=direction) for b in blocks)
        classes = (name, *given.get("class", "").split())
        if any(word.removeprefix("callout-").lower() in _CALLOUTS for word in classes):
            return (Aside((*_build_title((Text(title),) if title else ()), *blocks)),)
        return blocks

    def _footnotes(self, node: Node) -> tuple[Block, ...]:
        for child in node.children:
            number = int(child.meta["id"])
            self.notes.append(Note(name_note(number), str(number + 1), self.build(child.children)))
        return ()


def _skip_node(_node: Node) -> tuple[Block, ...]:
    """Parts of the tree that show nothing: definitions of links, comments."""
    return ()


def _build_code(node: Node) -> tuple[Block, ...]:
    found = _CODE_LANGUAGE.match(node.info)
    syntax = found[1].lower() if found else ""
    text = node.content.removesuffix("\n")
    if syntax == "math":
        return (MathBlock(latex=text),)
    return (CodeBlock(text, syntax),) if text.strip() else ()


def _build_math(node: Node) -> tuple[Block, ...]:
    return (MathBlock(latex=node.content.strip()),)


def _build_item(blocks: tuple[Block, ...]) -> Item:
    """An item; one that begins with ``[ ]`` or ``[x]`` is a task."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and (found := _TASK.match(inline_text(first.content))):
        content = drop_chars(first.content, found.end())
        if content:
            return Item((msgspec.structs.replace(first, content=content), *blocks[1:]), found[1] != " ")
    return Item(blocks)


def _build_title(title: tuple[Inline, ...]) -> tuple[Block, ...]:
    return (Paragraph((Strong(title),)),) if title else ()


def _parse_alignment(style: str) -> Literal["", "left", "center", "right"]:
    match style.removeprefix("text-align:").strip():
        case "left":
            return "left"
        case "center":
            return "center"
        case "right":
            return "right"
        case _:
            return ""
