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
from exporter.ebook.xhtml import TYPE, Element, add, add_text, set_language

WIDE = 5
"""Columns from which a table is set smaller (four fit on a phone: Kindle Publishing Guidelines, 9.5)."""

SHORT = 12
"""Rows up to which a table is kept on one page."""


def write(parent: Element, blocks: tuple[Block, ...], page: RenderContext) -> None:
    """Add blocks to an element, those without content left out."""
    for block in blocks:
        around = page.typesetter
        if block.language:
            page.typesetter = Typesetter(block.language)
        element = _write(parent, block, page)
        page.typesetter = around
        if element is not None:
            page.identify(element, block.anchor)
            if block.language or block.direction:
                set_language(element, block.language, block.direction)
            element.tail = "\n"


def _write(parent: Element, block: Block, page: RenderContext) -> Element | None:  # noqa: PLR0912  one branch for each kind
    match block:
        case Paragraph():
            return _text(parent, "p", block.content, page)
        case Heading():
            return _heading(parent, block, page)
        case Verse():
            return _verse(parent, block, page)
        case Figure():
            return _figure(parent, block, page)
        case Quote():
            return _quote(parent, block, page)
        case Bullets():
            return _list(parent, "ul", block.items, page)
        case Numbered():
            return _numbered(parent, block, page)
        case Definitions():
            return _definitions(parent, block, page)
        case CodeBlock():
            return _code(parent, block)
        case Table():
            return _table(parent, block, page)
        case MathBlock():
            return _math(parent, block, page)
        case Aside():
            aside = add(parent, "aside", class_="box")
            write(aside, block.blocks, page)
            return aside
        case Separator():
            return add(parent, "hr")
        case _:
            assert_never(block)


def _empty(content: tuple[Inline, ...]) -> bool:
    """Whether inlines show nothing."""
    return not inline_text(content).strip() and all(isinstance(inline, Text | Break) for inline in content)


def _text(parent: Element, tag: str, content: tuple[Inline, ...], page: RenderContext) -> Element | None:
    if _empty(content):
        return None
    element = add(parent, tag)
    inline_xhtml.begin(element, content, page)
    return element


def _verse(parent: Element, verse: Verse, page: RenderContext) -> Element:
    """Add a stanza: a paragraph with a line in each span, so that a long line hangs and the stanza is not divided."""
    stanza = add(parent, "p", class_="verse")
    for line in verse.lines:
        span = add(stanza, "span", class_="line")
        inline_xhtml.begin(span, line, page)
        span.tail = "\n"
    return stanza


def _heading(parent: Element, heading: Heading, page: RenderContext) -> Element | None:
    """Add a heading; its level never skips one (WCAG technique H42), and one without words is left out."""
    if not inline_text(heading.content).strip():
        return _text(parent, "p", heading.content, page)
    page.level = max(2, min(heading.level, page.level + 1, 6))
    return _text(parent, f"h{page.level}", heading.content, page)


def _figure(parent: Element, figure: Figure, page: RenderContext) -> Element | None:
    picture = page.pictures.get(figure.image) if figure.image else None
    if picture is None and _empty(figure.caption) and not (figure.credit.strip() or figure.alt.strip()):
        return None
    element = add(parent, "figure")
    if picture is not None:
        inline_xhtml.show(element, picture, figure.alt, page)
    elif figure.alt.strip():
        add(element, "p", page.set_line(figure.alt), class_="missing")
    if not _empty(figure.caption) or figure.credit.strip():
        caption = add(element, "figcaption")
        inline_xhtml.begin(caption, figure.caption, page)
        if figure.credit.strip():
            if not _empty(figure.caption):
                add_text(caption, " ")
            add(caption, "span", page.set_line(figure.credit), class_="credit")
    return element


def _quote(parent: Element, quote: Quote, page: RenderContext) -> Element:
    element = add(parent, "blockquote")
    write(element, quote.blocks, page)
    if not _empty(quote.attribution):
        dashed = inline_text(quote.attribution).lstrip().startswith(("—", "–", "-", "―"))
        paragraph = add(element, "p", class_="attribution" if dashed else "attribution by")
        inline_xhtml.begin(add(paragraph, "cite"), quote.attribution, page)
    return element


def _list(parent: Element, tag: str, items: tuple[Item, ...], page: RenderContext) -> Element | None:
    if not items:
        return None
    tasks = any(item.checked is not None for item in items)
    element = add(parent, tag, class_="tasks" if tasks else "")
    for item in items:
        entry = add(element, "li")
        if item.checked is not None:
            add(entry, "span", "☑" if item.checked else "☐", class_="check").tail = " "
        _snug(entry, item.blocks, page)
        entry.tail = "\n"
    return element


def _snug(entry: Element, blocks: tuple[Block, ...], page: RenderContext) -> None:
    """Add an item's blocks; the text of one that is a single paragraph, or one and a list, needs no paragraph."""
    first, rest = (blocks[0], blocks[1:]) if blocks else (None, ())
    snug = isinstance(first, Paragraph) and all(isinstance(block, Bullets | Numbered) for block in rest)
    if not isinstance(first, Paragraph) or not snug or first.language or first.direction:
        write(entry, blocks, page)
        return
    page.identify(entry, first.anchor)
    inline_xhtml.begin(entry, first.content, page)
    write(entry, rest, page)


def _numbered(parent: Element, block: Numbered, page: RenderContext) -> Element | None:
    element = _list(parent, "ol", block.items, page)
    if element is not None:
        if block.start != 1:
            element.set("start", str(block.start))
        if block.numerals in {"a", "A", "i", "I"}:
            element.set("type", block.numerals)
    return element


def _definitions(parent: Element, block: Definitions, page: RenderContext) -> Element | None:
    if not block.items:
        return None
    element = add(parent, "dl")
    for item in block.items:
        inline_xhtml.begin(add(element, "dt"), item.term, page)
        _snug(add(element, "dd"), item.blocks, page)
    return element


def _code(parent: Element, block: CodeBlock) -> Element:
    pre = add(parent, "pre")
    code = add(pre, "code")
    if block.syntax:
        from exporter.ebook import highlight  # noqa: PLC0415  few articles hold code

        highlight.write(code, block.text, block.syntax)
    else:
        add_text(code, block.text)
    return pre


def _math(parent: Element, block: MathBlock, page: RenderContext) -> Element:
    from exporter.ebook import mathml  # noqa: PLC0415  few articles hold formulas

    element = add(parent, "div", class_="math")
    mathml.write(element, block, page, display=True)
    return element


def _table(parent: Element, table: Table, page: RenderContext) -> Element | None:
    head, rows = (table.head, table.rows) if table.rows else ((), table.head)
    if not any(row for row in (*head, *rows)):
        return _text(parent, "p", table.caption, page)
    columns = max(sum(cell.columns for cell in row) for row in (*head, *rows))
    kinds = ("wide" if columns >= WIDE else "", "short" if len(head) + len(rows) <= SHORT else "")
    element = add(parent, "table", class_=" ".join(filter(None, kinds)))
    if not _empty(table.caption):
        inline_xhtml.begin(add(element, "caption"), table.caption, page)
    for tag, part in (("thead", head), ("tbody", rows)):
        if part:
            section = add(element, tag)
            for row in part:
                _row(section, row, "col" if tag == "thead" else "row", page)
    return element


def _row(section: Element, row: tuple[Cell, ...], scope: str, page: RenderContext) -> None:
    element = add(section, "tr")
    for cell in row:
        # A header that says nothing is an empty cell to a screen reader; so is one that heads no other cell.
        names = (scope == "col" or (cell.header and len(row) > 1)) and bool(inline_text(cell.content).strip())
        entry = add(element, "th" if names else "td", scope=scope if names else "", class_=cell.align)
        if cell.columns > 1:
            entry.set("colspan", str(min(cell.columns, 1000)))
        if cell.rows > 1:
            entry.set("rowspan", str(min(cell.rows, 65534)))
        inline_xhtml.begin(entry, cell.content, page)


def write_note(parent: Element, number: int, page: RenderContext) -> None:
    """Add a note that opens as a pop-up, its label leading back to its mark."""
    note = page.article.notes[number - 1]
    aside = add(parent, "aside", role="doc-footnote")
    aside.set(TYPE, "footnote")
    page.identify(aside, f"note{number}")
    label = note.label.strip() or str(number)
    first, rest = (note.blocks[0], note.blocks[1:]) if note.blocks else (None, ())
    lead = add(aside, "p")
    if note.name in page.marks:
        add(lead, "a", label, href=f"#ref{number}", role="doc-backlink", class_="label").set(TYPE, "backlink")
    else:
        add(lead, "span", label, class_="label")
    add_text(lead, " ")
    if isinstance(first, Paragraph):
        page.identify(lead, first.anchor)
        set_language(lead, first.language, first.direction)
        inline_xhtml.begin(lead, first.content, page)
        write(aside, rest, page)
    else:
        write(aside, note.blocks, page)
    aside.tail = "\n"
