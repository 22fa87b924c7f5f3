"""Blocks become XHTML flow content, each under its anchor."""

from __future__ import annotations

from typing import assert_never

from exporter.article import (
    Aside,
    Block,
    Break,
    Bullets,
    Cell,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    Inline,
    Item,
    MathBlock,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Table,
    Text,
    Verse,
    inline_text,
)
from exporter.ebook import highlight, inline_xhtml, mathml
from exporter.ebook.render_context import RenderContext
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import EPUB_TYPE, Element, add_element, add_text, set_language

MIN_WIDE_COLUMNS = 5
"""Columns from which a table is set in smaller type: four fit on a phone (Kindle Publishing Guidelines, 9.5)."""

MAX_SHORT_ROWS = 12
"""Rows up to which a table is not divided between pages: chosen to fit a phone's screen; no measurement."""

_MAX_COLSPAN, _MAX_ROWSPAN = 1000, 65534  # HTML, 4.9.11


def write_blocks(parent: Element, blocks: tuple[Block, ...], context: RenderContext) -> None:
    """Add blocks to an element, except those without content."""
    for block in blocks:
        outer = context.typesetter
        if block.language:
            context.typesetter = Typesetter(block.language)
        element = _write_block(parent, block, context)
        context.typesetter = outer
        if element is not None:
            context.identify(element, block.anchor)
            if block.language or block.direction:
                set_language(element, block.language, block.direction)
            element.tail = "\n"


def _write_block(parent: Element, block: Block, context: RenderContext) -> Element | None:  # noqa: PLR0912  one branch for each kind
    match block:
        case Paragraph():
            return _write_text(parent, "p", block.content, context)
        case Heading():
            return _write_heading(parent, block, context)
        case Verse():
            return _write_verse(parent, block, context)
        case Figure():
            return _write_figure(parent, block, context)
        case Quote():
            return _write_quote(parent, block, context)
        case Bullets():
            return _write_list(parent, "ul", block.items, context)
        case Numbered():
            return _write_numbered(parent, block, context)
        case Definitions():
            return _write_definitions(parent, block, context)
        case CodeBlock():
            return _write_code_block(parent, block)
        case Table():
            return _write_table(parent, block, context)
        case MathBlock():
            return _write_math_block(parent, block, context)
        case Aside():
            aside = add_element(parent, "aside", class_="box")
            write_blocks(aside, block.blocks, context)
            return aside
        case Separator():
            return add_element(parent, "hr")
        case _:
            assert_never(block)


def _is_empty(content: tuple[Inline, ...]) -> bool:
    """Whether inlines have no visible content."""
    return not inline_text(content).strip() and all(isinstance(inline, Text | Break) for inline in content)


def _write_text(parent: Element, tag: str, content: tuple[Inline, ...], context: RenderContext) -> Element | None:
    if _is_empty(content):
        return None
    element = add_element(parent, tag)
    inline_xhtml.write_run(element, content, context)
    return element


def _write_verse(parent: Element, verse: Verse, context: RenderContext) -> Element:
    """Add a stanza: a paragraph with a span for each line, so that long lines get a hanging indent."""
    stanza = add_element(parent, "p", class_="verse")
    for line in verse.lines:
        span = add_element(stanza, "span", class_="line")
        inline_xhtml.write_run(span, line, context)
        span.tail = "\n"
    return stanza


def _write_heading(parent: Element, heading: Heading, context: RenderContext) -> Element | None:
    """Add a heading whose level is at most one below the last (WCAG technique H42); without words, a paragraph."""
    if not inline_text(heading.content).strip():
        return _write_text(parent, "p", heading.content, context)
    context.level = max(2, min(heading.level, context.level + 1, 6))
    return _write_text(parent, f"h{context.level}", heading.content, context)


def _write_figure(parent: Element, figure: Figure, context: RenderContext) -> Element | None:
    picture = context.pictures.get(figure.image) if figure.image else None
    if picture is None and _is_empty(figure.caption) and not (figure.credit.strip() or figure.alt.strip()):
        return None
    element = add_element(parent, "figure")
    if picture is not None:
        inline_xhtml.write_picture(element, picture, figure.alt, context)
    elif figure.alt.strip():
        add_element(element, "p", context.set_line(figure.alt), class_="missing")
    if not _is_empty(figure.caption) or figure.credit.strip():
        caption = add_element(element, "figcaption")
        inline_xhtml.write_run(caption, figure.caption, context)
        if figure.credit.strip():
            if not _is_empty(figure.caption):
                add_text(caption, " ")
            add_element(caption, "span", context.set_line(figure.credit), class_="credit")
    return element


def _write_quote(parent: Element, quote: Quote, context: RenderContext) -> Element:
    element = add_element(parent, "blockquote")
    write_blocks(element, quote.blocks, context)
    if not _is_empty(quote.attribution):
        dashed = inline_text(quote.attribution).lstrip().startswith(("—", "–", "-", "―"))
        paragraph = add_element(element, "p", class_="attribution" if dashed else "attribution by")
        inline_xhtml.write_run(add_element(paragraph, "cite"), quote.attribution, context)
    return element


def _write_list(parent: Element, tag: str, items: tuple[Item, ...], context: RenderContext) -> Element | None:
    if not items:
        return None
    tasks = any(item.checked is not None for item in items)
    element = add_element(parent, tag, class_="tasks" if tasks else "")
    for item in items:
        entry = add_element(element, "li")
        if item.number is not None:
            entry.set("value", str(item.number))
        if item.checked is not None:
            add_element(entry, "span", "☑" if item.checked else "☐", class_="check").tail = " "
        _write_item_blocks(entry, item.blocks, context)
        entry.tail = "\n"
    return element


def _write_item_blocks(entry: Element, blocks: tuple[Block, ...], context: RenderContext) -> None:
    """Add an item's blocks; a single paragraph, or one before lists, becomes text without a `p` element."""
    first, rest = (blocks[0], blocks[1:]) if blocks else (None, ())
    is_tight = isinstance(first, Paragraph) and all(isinstance(block, Bullets | Numbered) for block in rest)
    if not isinstance(first, Paragraph) or not is_tight or first.language or first.direction:
        write_blocks(entry, blocks, context)
        return
    context.identify(entry, first.anchor)
    inline_xhtml.write_run(entry, first.content, context)
    write_blocks(entry, rest, context)


def _write_numbered(parent: Element, block: Numbered, context: RenderContext) -> Element | None:
    element = _write_list(parent, "ol", block.items, context)
    if element is not None:
        if block.start != 1:
            element.set("start", str(block.start))
        if block.numerals in {"a", "A", "i", "I"}:
            element.set("type", block.numerals)
    return element


def _write_definitions(parent: Element, block: Definitions, context: RenderContext) -> Element | None:
    if not block.items:
        return None
    element = add_element(parent, "dl")
    for item in block.items:
        inline_xhtml.write_run(add_element(element, "dt"), item.term, context)
        _write_item_blocks(add_element(element, "dd"), item.blocks, context)
    return element


def _write_code_block(parent: Element, block: CodeBlock) -> Element:
    pre = add_element(parent, "pre")
    code = add_element(pre, "code")
    if block.syntax:
        highlight.write_code(code, block.text, block.syntax)
    else:
        add_text(code, block.text)
    return pre


def _write_math_block(parent: Element, block: MathBlock, context: RenderContext) -> Element:
    element = add_element(parent, "div", class_="math")
    mathml.write_math(element, block, context, display=True)
    return element


def _write_table(parent: Element, table: Table, context: RenderContext) -> Element | None:
    head, rows = (table.head, table.rows) if table.rows else ((), table.head)
    if not any(row for row in (*head, *rows)):
        return _write_text(parent, "p", table.caption, context)
    columns = max(sum(cell.columns for cell in row) for row in (*head, *rows))
    classes = (
        "wide" if columns >= MIN_WIDE_COLUMNS else "",
        "short" if len(head) + len(rows) <= MAX_SHORT_ROWS else "",
    )
    element = add_element(parent, "table", class_=" ".join(filter(None, classes)))
    if not _is_empty(table.caption):
        inline_xhtml.write_run(add_element(element, "caption"), table.caption, context)
    for tag, part in (("thead", head), ("tbody", rows)):
        if part:
            section = add_element(element, tag)
            for row in part:
                _write_row(section, row, "col" if tag == "thead" else "row", context)
    return element


def _write_row(section: Element, row: tuple[Cell, ...], scope: str, context: RenderContext) -> None:
    element = add_element(section, "tr")
    for cell in row:
        # To a screen reader, a header without text is an empty cell, and one alone in its row heads nothing.
        is_header = (scope == "col" or (cell.header and len(row) > 1)) and bool(inline_text(cell.content).strip())
        entry = add_element(element, "th" if is_header else "td", scope=scope if is_header else "", class_=cell.align)
        if cell.columns > 1:
            entry.set("colspan", str(min(cell.columns, _MAX_COLSPAN)))
        if cell.rows > 1:
            entry.set("rowspan", str(min(cell.rows, _MAX_ROWSPAN)))
        inline_xhtml.write_run(entry, cell.content, context)


def write_note(parent: Element, number: int, context: RenderContext) -> None:
    """Add a note, which reading systems open as a pop-up; its label links back to its mark."""
    note = context.article.notes[number - 1]
    aside = add_element(parent, "aside", role="doc-footnote")
    aside.set(EPUB_TYPE, "footnote")
    context.identify(aside, f"note{number}")
    label = note.label.strip() or str(number)
    first, rest = (note.blocks[0], note.blocks[1:]) if note.blocks else (None, ())
    lead = add_element(aside, "p")
    if note.name in context.marks:
        add_element(lead, "a", label, href=f"#ref{number}", role="doc-backlink", class_="label").set(
            EPUB_TYPE, "backlink"
        )
    else:
        add_element(lead, "span", label, class_="label")
    add_text(lead, " ")
    if isinstance(first, Paragraph):
        context.identify(lead, first.anchor)
        set_language(lead, first.language, first.direction)
        inline_xhtml.write_run(lead, first.content, context)
        write_blocks(aside, rest, context)
    else:
        write_blocks(aside, note.blocks, context)
    aside.tail = "\n"
