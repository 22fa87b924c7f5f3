"""Blocks become XHTML flow content, each under its anchor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from exporter import ui_strings
from exporter.article import (
    Aside,
    Block,
    Break,
    Bullets,
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
    Sentence,
    Separator,
    Strong,
    Table,
    Text,
    Verse,
    inline_text,
)
from exporter.ebook import highlight, inline_xhtml
from exporter.ebook.render_context import RenderContext
from exporter.ebook.text_width import name_room
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import EPUB_TYPE, Element, add_element, add_text, fold_letters, set_language


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
            return _write_paragraph(parent, block.content, context)
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


def _write_paragraph(parent: Element, content: tuple[Inline, ...], context: RenderContext) -> Element | None:
    """Add a paragraph; one of several lines, and one that is bold as a whole, has a class of its own."""
    element = _write_text(parent, "p", content, context)
    if element is not None:
        kinds = {type(inline) for inline in _iter_leaves(content)}
        name = "lines" if Break in kinds else "bold" if kinds == {Strong} else ""
        if name:
            element.set("class", name)
    return element


def _iter_leaves(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield the inlines of a block within its sentences, without spaces."""
    for inline in content:
        if isinstance(inline, Sentence):
            yield from _iter_leaves(inline.content)
        elif not isinstance(inline, Text) or inline.text.strip():
            yield inline


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
    caption, has_credit = inline_text(figure.caption), bool(figure.credit.strip())
    if picture is None and _is_empty(figure.caption) and not (has_credit or figure.alt.strip()):
        return None
    element = add_element(parent, "figure", class_="" if picture else "gone")
    if picture is not None:
        inline_xhtml.write_picture(element, picture, figure.alt, context)
    elif figure.alt.strip() or caption.strip():
        alt = "" if fold_letters(figure.alt) in fold_letters(caption) else context.set_line(figure.alt.strip())
        if alt[-1:].isalnum():
            alt += "."  # the caption or the credit follows
        name = ui_strings.load_strings(context.article.metadata.language).picture
        add_element(element, "span", f"{name}: {alt}".strip(), class_="missing").tail = " "
    if not _is_empty(figure.caption) or has_credit:
        entry = add_element(element, "figcaption")
        inline_xhtml.write_run(entry, figure.caption, context)
        if has_credit:
            if not _is_empty(figure.caption):
                add_text(entry, " ")
            add_element(entry, "span", context.set_line(figure.credit), class_="credit")
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
        if item.blocks or item is block.items[-1]:  # several terms may share a definition
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
    from exporter.ebook import mathml  # noqa: PLC0415  3 ms, few articles have formulas

    element = add_element(parent, "div", class_="math")
    mathml.write_math(element, block, context, display=True)
    if room := name_room(sum(mathml.measure_formula(formula) for formula in element.iter("{*}math"))):
        element.set("class", f"math {room}")
    return element


def _write_table(parent: Element, table: Table, context: RenderContext) -> Element | None:
    from exporter.ebook import table_xhtml  # noqa: PLC0415  4 ms, few articles have tables

    if any(row for row in (*table.head, *table.rows)):
        return table_xhtml.write_table(parent, table, context)
    return _write_text(parent, "p", table.caption, context)


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
