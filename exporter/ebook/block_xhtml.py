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
from exporter.ebook import inline_xhtml
from exporter.ebook.render_context import RenderContext
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import EPUB_TYPE, Element, add_element, add_text, set_language

MIN_WIDE_COLUMNS = 5
"""Columns from which a table is set smaller (four fit on a phone: Kindle Publishing Guidelines, 9.5)."""

MAX_SHORT_ROWS = 12
"""Rows up to which a table is kept on one page."""


def write_blocks(parent: Element, blocks: tuple[Block, ...], page: RenderContext) -> None:
    """Add blocks to an element, those without content left out."""
    for block in blocks:
        around = page.typesetter
        if block.language:
            page.typesetter = Typesetter(block.language)
        element = _write_block(parent, block, page)
        page.typesetter = around
        if element is not None:
            page.identify(element, block.anchor)
            if block.language or block.direction:
                set_language(element, block.language, block.direction)
            element.tail = "\n"


def _write_block(parent: Element, block: Block, page: RenderContext) -> Element | None:  # noqa: PLR0912  one branch for each kind
    match block:
        case Paragraph():
            return _write_text(parent, "p", block.content, page)
        case Heading():
            return _write_heading(parent, block, page)
        case Verse():
            return _write_verse(parent, block, page)
        case Figure():
            return _write_figure(parent, block, page)
        case Quote():
            return _write_quote(parent, block, page)
        case Bullets():
            return _write_list(parent, "ul", block.items, page)
        case Numbered():
            return _write_numbered(parent, block, page)
        case Definitions():
            return _write_definitions(parent, block, page)
        case CodeBlock():
            return _write_code_block(parent, block)
        case Table():
            return _write_table(parent, block, page)
        case MathBlock():
            return _write_math_block(parent, block, page)
        case Aside():
            aside = add_element(parent, "aside", class_="box")
            write_blocks(aside, block.blocks, page)
            return aside
        case Separator():
            return add_element(parent, "hr")
        case _:
            assert_never(block)


def _is_empty(content: tuple[Inline, ...]) -> bool:
    """Whether inlines show nothing."""
    return not inline_text(content).strip() and all(isinstance(inline, Text | Break) for inline in content)


def _write_text(parent: Element, tag: str, content: tuple[Inline, ...], page: RenderContext) -> Element | None:
    if _is_empty(content):
        return None
    element = add_element(parent, tag)
    inline_xhtml.write_run(element, content, page)
    return element


def _write_verse(parent: Element, verse: Verse, page: RenderContext) -> Element:
    """Add a stanza: a paragraph with a line in each span, so that a long line hangs and the stanza is not divided."""
    stanza = add_element(parent, "p", class_="verse")
    for line in verse.lines:
        span = add_element(stanza, "span", class_="line")
        inline_xhtml.write_run(span, line, page)
        span.tail = "\n"
    return stanza


def _write_heading(parent: Element, heading: Heading, page: RenderContext) -> Element | None:
    """Add a heading; its level never skips one (WCAG technique H42), and one without words is left out."""
    if not inline_text(heading.content).strip():
        return _write_text(parent, "p", heading.content, page)
    page.level = max(2, min(heading.level, page.level + 1, 6))
    return _write_text(parent, f"h{page.level}", heading.content, page)


def _write_figure(parent: Element, figure: Figure, page: RenderContext) -> Element | None:
    picture = page.pictures.get(figure.image) if figure.image else None
    if picture is None and _is_empty(figure.caption) and not (figure.credit.strip() or figure.alt.strip()):
        return None
    element = add_element(parent, "figure")
    if picture is not None:
        inline_xhtml.write_picture(element, picture, figure.alt, page)
    elif figure.alt.strip():
        add_element(element, "p", page.set_line(figure.alt), class_="missing")
    if not _is_empty(figure.caption) or figure.credit.strip():
        caption = add_element(element, "figcaption")
        inline_xhtml.write_run(caption, figure.caption, page)
        if figure.credit.strip():
            if not _is_empty(figure.caption):
                add_text(caption, " ")
            add_element(caption, "span", page.set_line(figure.credit), class_="credit")
    return element


def _write_quote(parent: Element, quote: Quote, page: RenderContext) -> Element:
    element = add_element(parent, "blockquote")
    write_blocks(element, quote.blocks, page)
    if not _is_empty(quote.attribution):
        dashed = inline_text(quote.attribution).lstrip().startswith(("—", "–", "-", "―"))
        paragraph = add_element(element, "p", class_="attribution" if dashed else "attribution by")
        inline_xhtml.write_run(add_element(paragraph, "cite"), quote.attribution, page)
    return element


def _write_list(parent: Element, tag: str, items: tuple[Item, ...], page: RenderContext) -> Element | None:
    if not items:
        return None
    tasks = any(item.checked is not None for item in items)
    element = add_element(parent, tag, class_="tasks" if tasks else "")
    for item in items:
        entry = add_element(element, "li")
        if item.checked is not None:
            add_element(entry, "span", "☑" if item.checked else "☐", class_="check").tail = " "
        _write_item_blocks(entry, item.blocks, page)
        entry.tail = "\n"
    return element


def _write_item_blocks(entry: Element, blocks: tuple[Block, ...], page: RenderContext) -> None:
    """Add an item's blocks; the text of one that is a single paragraph, or one and a list, needs no paragraph."""
    first, rest = (blocks[0], blocks[1:]) if blocks else (None, ())
    snug = isinstance(first, Paragraph) and all(isinstance(block, Bullets | Numbered) for block in rest)
    if not isinstance(first, Paragraph) or not snug or first.language or first.direction:
        write_blocks(entry, blocks, page)
        return
    page.identify(entry, first.anchor)
    inline_xhtml.write_run(entry, first.content, page)
    write_blocks(entry, rest, page)


def _write_numbered(parent: Element, block: Numbered, page: RenderContext) -> Element | None:
    element = _write_list(parent, "ol", block.items, page)
    if element is not None:
        if block.start != 1:
            element.set("start", str(block.start))
        if block.numerals in {"a", "A", "i", "I"}:
            element.set("type", block.numerals)
    return element


def _write_definitions(parent: Element, block: Definitions, page: RenderContext) -> Element | None:
    if not block.items:
        return None
    element = add_element(parent, "dl")
    for item in block.items:
        inline_xhtml.write_run(add_element(element, "dt"), item.term, page)
        _write_item_blocks(add_element(element, "dd"), item.blocks, page)
    return element


def _write_code_block(parent: Element, block: CodeBlock) -> Element:
    pre = add_element(parent, "pre")
    code = add_element(pre, "code")
    if block.syntax:
        from exporter.ebook import highlight  # noqa: PLC0415  few articles hold code

        highlight.write_code(code, block.text, block.syntax)
    else:
        add_text(code, block.text)
    return pre


def _write_math_block(parent: Element, block: MathBlock, page: RenderContext) -> Element:
    from exporter.ebook import mathml  # noqa: PLC0415  few articles hold formulas

    element = add_element(parent, "div", class_="math")
    mathml.write_math(element, block, page, display=True)
    return element


def _write_table(parent: Element, table: Table, page: RenderContext) -> Element | None:
    head, rows = (table.head, table.rows) if table.rows else ((), table.head)
    if not any(row for row in (*head, *rows)):
        return _write_text(parent, "p", table.caption, page)
    columns = max(sum(cell.columns for cell in row) for row in (*head, *rows))
    kinds = ("wide" if columns >= MIN_WIDE_COLUMNS else "", "short" if len(head) + len(rows) <= MAX_SHORT_ROWS else "")
    element = add_element(parent, "table", class_=" ".join(filter(None, kinds)))
    if not _is_empty(table.caption):
        inline_xhtml.write_run(add_element(element, "caption"), table.caption, page)
    for tag, part in (("thead", head), ("tbody", rows)):
        if part:
            section = add_element(element, tag)
            for row in part:
                _write_row(section, row, "col" if tag == "thead" else "row", page)
    return element


def _write_row(section: Element, row: tuple[Cell, ...], scope: str, page: RenderContext) -> None:
    element = add_element(section, "tr")
    for cell in row:
        # A header that says nothing is an empty cell to a screen reader; so is one that heads no other cell.
        names = (scope == "col" or (cell.header and len(row) > 1)) and bool(inline_text(cell.content).strip())
        entry = add_element(element, "th" if names else "td", scope=scope if names else "", class_=cell.align)
        if cell.columns > 1:
            entry.set("colspan", str(min(cell.columns, 1000)))
        if cell.rows > 1:
            entry.set("rowspan", str(min(cell.rows, 65534)))
        inline_xhtml.write_run(entry, cell.content, page)


def write_note(parent: Element, number: int, page: RenderContext) -> None:
    """Add a note that opens as a pop-up, its label leading back to its mark."""
    note = page.article.notes[number - 1]
    aside = add_element(parent, "aside", role="doc-footnote")
    aside.set(EPUB_TYPE, "footnote")
    page.identify(aside, f"note{number}")
    label = note.label.strip() or str(number)
    first, rest = (note.blocks[0], note.blocks[1:]) if note.blocks else (None, ())
    lead = add_element(aside, "p")
    if note.name in page.marks:
        add_element(lead, "a", label, href=f"#ref{number}", role="doc-backlink", class_="label").set(
            EPUB_TYPE, "backlink"
        )
    else:
        add_element(lead, "span", label, class_="label")
    add_text(lead, " ")
    if isinstance(first, Paragraph):
        page.identify(lead, first.anchor)
        set_language(lead, first.language, first.direction)
        inline_xhtml.write_run(lead, first.content, page)
        write_blocks(aside, rest, page)
    else:
        write_blocks(aside, note.blocks, page)
    aside.tail = "\n"
