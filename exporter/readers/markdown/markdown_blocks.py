"""Converts the block nodes of Markdown to blocks of the article."""

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
    join_lines,
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
_SITE_COMMAND = re.compile(
    r"\[\[?_?TOC_?\]?\]|_TOC_|\{\s*toc\s*\}|<!--.*?-->|\*\[[^\]]+\]:\s.*", re.IGNORECASE | re.DOTALL
)
"""A paragraph that is a command for a site generator (a table of contents) or the definition of an abbreviation."""

_CODE_LANGUAGE = re.compile(r"[{.\s]*([^\s{}.:,=]*)")


class MarkdownBlockBuilder:
    """Converts the nodes of one text; `notes` and `notices` are complete when `build` has returned."""

    def __init__(self, fragments: Fragments, inlines: MarkdownInlineBuilder) -> None:
        self._fragments = fragments
        self._inlines = inlines
        self.notes: list[Note] = []
        self.notices: list[Notice] = []
        self._handlers: Mapping[str, Callable[[Node], tuple[Block, ...]]] = {
            "heading": self._build_heading,
            "paragraph": self._build_paragraph,
            "bullet_list": self._build_bullets,
            "ordered_list": self._build_numbered,
            "blockquote": self._build_quote,
            "fence": _build_code,
            "code_block": _build_code,
            "hr": lambda _: (Separator(),),
            "html_block": lambda node: self._fragments.parse_blocks(node.content),
            "table": self._build_table,
            "dl": self._build_definitions,
            "container_div": self._build_div,
            "math_block": _build_math,
            "math_block_label": _build_math,
            "amsmath": _build_math,
            "footnote_block": self._collect_notes,
        }

    def build(self, nodes: Sequence[Node]) -> tuple[Block, ...]:
        """Return the blocks of sibling nodes; a caption becomes part of its table or figure."""
        out: list[Block] = []
        for node in nodes:
            blocks = self._handlers.get(node.type, _skip_node)(node)
            if len(blocks) == 1 and out and (captioned := self._attach_caption(out[-1], blocks[0])):
                out[-1] = captioned
            else:
                out.extend(blocks)
        return tuple(out)

    def _attach_caption(self, before: Block, after: Block) -> Block | None:
        """Return a table or figure with the caption that follows it, or None if no caption follows."""
        if not isinstance(after, Paragraph):
            return None
        if isinstance(before, Table) and not before.caption:
            found = _TABLE_CAPTION.match(inline_text(after.content))
            return msgspec.structs.replace(before, caption=drop_chars(after.content, found.end())) if found else None
        return markdown_figures.attach_caption(before, after, self._fragments)

    def _build_heading(self, node: Node) -> tuple[Block, ...]:
        content = self._build_content(node)
        pictures, content = markdown_figures.extract_images(content)
        return (*pictures, Heading(content, level=int(node.tag[1]))) if content else pictures

    def _build_content(self, node: Node) -> tuple[Inline, ...]:
        return trim_spaces(self._inlines.build(node.children[0].children)) if node.children else ()

    def _build_paragraph(self, node: Node) -> tuple[Block, ...]:
        line = node.children[0].children
        if found := markdown_figures.build_figures(line, self._inlines, self._fragments):
            return found
        if len(line) == 1 and line[0].type == "math_inline_double":
            return _build_math(line[0])
        if all(map(_VERSE_LINE.match, node.children[0].content.split("\n"))):
            return tuple(self._build_verses(line))
        content = self._build_content(node)
        if _SITE_COMMAND.fullmatch(text := inline_text(content).strip()):
            self.notices.append(make_command_notice(text))
            return ()
        language, direction = read_language(node.attrs)
        return (Paragraph(content, language=language, direction=direction),) if content else ()

    def _build_verses(self, line: Sequence[Node]) -> Iterator[Verse]:
        """Yield the stanzas of a line block (pandoc): a bar begins each line, a bar alone ends a stanza."""
        lines = [
            trim_spaces(drop_chars(self._inlines.build(list(nodes)), 1))
            for is_break, nodes in groupby(line, key=lambda part: part.type.endswith("break"))
            if not is_break
        ]
        for has_words, stanza in groupby(lines, key=bool):
            if has_words:
                yield Verse(join_lines(stanza))

    def _build_bullets(self, node: Node) -> tuple[Block, ...]:
        return (Bullets(self._build_items(node)),)

    def _build_numbered(self, node: Node) -> tuple[Block, ...]:
        return (Numbered(self._build_items(node), start=int(node.attrs.get("start", 1))),)

    def _build_items(self, node: Node) -> tuple[Item, ...]:
        return tuple(_build_item(self.build(item.children)) for item in node.children)

    def _build_quote(self, node: Node) -> tuple[Block, ...]:
        if callout := self._build_callout(node):
            return (callout,)
        if not node.children:
            return ()
        *before, last = node.children
        if last.type != "paragraph":
            return (Quote(self.build(node.children)),)
        said, attribution = self._split_attribution(last, alone=not before)
        blocks = (*self.build(before), *said)
        return (Quote(blocks, attribution),) if blocks else ()

    def _split_attribution(self, last: Node, *, alone: bool) -> tuple[tuple[Block, ...], tuple[Inline, ...]]:
        """Split the last paragraph of a quotation into blocks and the attribution: a last line after a dash."""
        line = last.children[0].children
        ends = [number for number, part in enumerate(line) if part.type.endswith("break")]
        start = ends[-1] + 1 if ends else 0
        words = self._inlines.build(line[start:])
        found = _ATTRIBUTION_DASH.match(inline_text(words))
        if not found or (alone and not ends):
            return self._build_paragraph(last), ()
        said = self._inlines.build(line[: start - 1]) if ends else ()
        return (Paragraph(said),) if said else (), drop_chars(words, found.end())

    def _build_callout(self, node: Node) -> Aside | None:
        """Return a quotation as a callout (GitHub, Obsidian) if it begins with ``[!NOTE]``, else None."""
        first = node.children[0] if node.children else None
        line = first.children[0].children if first and first.type == "paragraph" else []
        if not line or line[0].type != "text" or not (found := _CALLOUT.match(line[0].content)):
            return None
        end = next((number for number, part in enumerate(line) if part.type.endswith("break")), len(line))
        title = (Text(found["title"]), *self._inlines.build(line[1:end])) if found["title"] or end > 1 else ()
        body = self._inlines.build(line[end + 1 :])
        opening = (*_build_title(title or (Text(found["kind"].capitalize()),)), *((Paragraph(body),) if body else ()))
        return Aside((*opening, *self.build(node.children[1:])))

    def _build_table(self, node: Node) -> tuple[Block, ...]:
        head = [row for part in node.children if part.type == "thead" for row in part.children]
        rows = [row for part in node.children if part.type == "tbody" for row in part.children]
        return (Table(tuple(map(self._build_row, head)), tuple(map(self._build_row, rows))),)

    def _build_row(self, node: Node) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                self._build_content(cell),
                header=cell.tag == "th",
                align=_parse_alignment(str(cell.attrs.get("style", ""))),
            )
            for cell in node.children
        )

    def _build_definitions(self, node: Node) -> tuple[Block, ...]:
        terms: list[tuple[tuple[Inline, ...], list[Block]]] = []
        for child in node.children:
            if child.type == "dt":
                terms.append((self._build_content(child), []))
            elif terms:
                terms[-1][1].extend(self.build(child.children))
        return (Definitions(tuple(Definition(term, tuple(blocks)) for term, blocks in terms)),)

    def _build_div(self, node: Node) -> tuple[Block, ...]:
        name, given, title = parse_div_info(node.info)
        blocks = self.build(node.children)
        language, direction = read_language(given)
        if language or direction:
            blocks = tuple(msgspec.structs.replace(b, language=language, direction=direction) for b in blocks)
        classes = (name, *given.get("class", "").split())
        if any(word.removeprefix("callout-").lower() in _CALLOUTS for word in classes):
            return (Aside((*_build_title((Text(title),) if title else ()), *blocks)),)
        return blocks

    def _collect_notes(self, node: Node) -> tuple[Block, ...]:
        for child in node.children:
            number = int(child.meta["id"])
            self.notes.append(Note(name_note(number), str(number + 1), self.build(child.children)))
        return ()


def make_command_notice(command: str) -> Notice:
    """Make the notice for a shortcode, a comment or another command for a site generator that is left out."""
    return Notice("a command for the site generator", f"left out: {command}")


def _skip_node(_node: Node) -> tuple[Block, ...]:
    """Skip a node that is not shown, such as the definition of a link."""
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
    """Return a list item; one that begins with ``[ ]`` or ``[x]`` is a task."""
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
