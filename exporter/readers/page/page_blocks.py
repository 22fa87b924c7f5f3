"""The tree of an article becomes its blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from exporter.article import (
    Aside,
    Block,
    Break,
    CodeBlock,
    Definition,
    Definitions,
    Direction,
    Figure,
    Heading,
    Image,
    Inline,
    Item,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Separator,
    Strong,
    Table,
    inline_text,
)
from exporter.readers import poems
from exporter.readers.page import (
    code,
    element_tests,
    figure_elements,
    formula_elements,
    list_elements,
    quote_elements,
    table_elements,
)
from exporter.readers.page.dom import BLOCK_TAGS, Element
from exporter.readers.page.page_inlines import InlineCollector, PageReferences

MAX_BLOCK_DEPTH = 24
"""Lists and quotes within each other; what lies deeper becomes plain paragraphs."""

_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
_RULE_LINE = re.compile(r"(?:[*·•⁂—–_~#-]\s*){3,}|⁂|[❦❧☙]")


class PageBlockBuilder:
    """Walks a tree once and gathers its blocks."""

    def __init__(self, page: PageReferences) -> None:
        self._page = page
        self._language = page.language
        self._direction: Direction = ""
        self._out: list[Block] = []
        self._line = InlineCollector(page, page.language)
        self._depth = 0
        self._holders: set[Element] = set()
        self._figures: frozenset[Element] = frozenset()
        self._handlers: dict[str, Callable[[Element], None]] = {
            **dict.fromkeys(_HEADING_LEVELS, self._heading),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._list),
            "blockquote": self._quote, "dl": self._definitions, "pre": self._code, "table": self._table,
            "figure": self._figure, "hr": lambda _: self._separate(), "aside": self._aside, "details": self._details,
        }  # fmt: skip

    def build(self, *roots: Element) -> tuple[Block, ...]:
        """Return the blocks of some elements, one after another."""
        self._holders = {holder for root in roots for holder in element_tests.find_block_holders(root)}
        self._figures = frozenset(figure for root in roots for figure in figure_elements.find_figures(root))

        def fill() -> None:
            for root in roots:
                self._language = next(
                    (lang for holder in root.iterancestors() if (lang := holder.get("lang"))), language
                )
                self._flush()
                self._line = InlineCollector(self._page, self._language)
                self._node(root)

        language = self._page.language
        blocks = self._inside(fill)
        self._language = language
        return blocks

    def line(self, element: Element) -> tuple[Inline, ...]:
        """Return all that an element holds as one line; its blocks are set apart by spaces."""
        line = InlineCollector(self._page, self._language)
        element_tests.write_as_line(element, line)
        parts = line.close()
        joined = [inline for part in parts for inline in (*part, Break())]
        return tuple(joined[:-1])

    def _inside(self, fill: Callable[[], None]) -> tuple[Block, ...]:
        """Gather the blocks that `fill` writes."""
        self._flush()
        outer, self._out = self._out, []
        self._depth += 1
        fill()
        self._flush()
        self._depth -= 1
        inner, self._out = self._out, outer
        return tuple(inner)

    def _flow(self, element: Element) -> None:
        self._line.text(element.text)
        for child in element:
            self._node(child)
            self._line.text(child.tail)

    def _node(self, element: Element) -> None:
        if element in self._page.marks:
            self._line.element(element)
        elif formula_elements.is_formula(element):
            self._formula(element)
        elif element.tag in BLOCK_TAGS or element in self._holders or element in self._figures:
            self._flush()
            self._block(element)
            self._flush()
        else:
            self._line.element(element)

    def _block(self, element: Element) -> None:
        kept = self._language, self._direction
        self._language = element.get("lang") or self._language
        if (turn := element.get("dir", "").lower()) in {"rtl", "ltr"}:
            self._direction = element_tests.own_direction(turn, self._page.language, self._direction)
        if kept[0] != self._language:
            self._line = InlineCollector(self._page, self._language)
        first = len(self._out)
        if self._depth > MAX_BLOCK_DEPTH:
            self._flow(element)
        elif element.get("role") == "heading":
            self._heading(element)
        elif element in self._figures:
            self._figure(element)
        elif figure_elements.is_caption(element) and self._caption(element):
            pass
        else:
            self._handlers.get(element.tag, self._flow)(element)
        self._flush()
        self._out[first:] = self._named(element, self._out[first:])
        if kept[0] != self._language:
            self._line = InlineCollector(self._page, kept[0])
        self._language, self._direction = kept

    def _named(self, element: Element, blocks: Sequence[Block]) -> Sequence[Block]:
        """Let the first block of an element go by the names that links call the element."""
        if not (names := self._page.targets.names_of.get(element)) or not blocks:
            return blocks
        return (msgspec.structs.replace(blocks[0], names=(*blocks[0].names, *names)), *blocks[1:])

    def _marked(self) -> dict[str, Any]:
        """Language and direction for a block, where they are not the article's."""
        differs = self._language.lower() != self._page.language.lower()
        return {"language": self._language if differs else "", "direction": self._direction}

    def _flush(self) -> None:
        """End the running paragraph."""
        for content in self._line.close():
            before, middle, after = element_tests.hoist_images(content)
            self._pictures(before)
            if middle:
                self._paragraph(middle)
            self._pictures(after)

    def _paragraph(self, content: tuple[Inline, ...]) -> None:
        if len(content) == 1 and isinstance(math := content[0], Math):
            self._out.append(MathBlock(latex=math.latex, mathml=math.mathml, alt=math.alt))
        elif _RULE_LINE.fullmatch(text := inline_text(content).strip()):
            self._separate()
        elif text or any(isinstance(inline, Math) for inline in content):
            self._out.append(Paragraph(content=content, **self._marked()))

    def _pictures(self, images: Iterable[Image]) -> None:
        self._out += [Figure(image=image.image, alt=image.alt) for image in images]

    def _heading(self, element: Element) -> None:
        level = _HEADING_LEVELS.get(element.tag) or int(element.get("aria-level", "2")[:1] or 2)
        element_tests.space_heading_parts(element)
        before, content, after = element_tests.hoist_images(self.line(element))
        self._pictures(before)
        if _RULE_LINE.fullmatch(inline_text(content).strip()):
            self._separate()
        elif inline_text(content).strip():
            self._out.append(Heading(content=content, level=level, **self._marked()))
        self._pictures(after)

    def _list(self, element: Element) -> None:
        items: list[Item] = []
        for child in element:
            if child.tag == "li":
                read = self._node if child in self._figures else self._flow
                blocks = self._inside(lambda child=child, read=read: read(child))  # type: ignore[misc]
                if blocks:
                    items.append(Item(tuple(self._named(child, blocks)), list_elements.is_checked(child)))
            else:  # a list within a list, outside its items: browsers show it below the last one
                blocks = self._inside(lambda child=child: self._node(child))  # type: ignore[misc]
                if blocks and items:
                    items[-1] = Item((*items[-1].blocks, *blocks), items[-1].checked)
                elif blocks:
                    items.append(Item(blocks))
        self._out += list_elements.make_list(element, tuple(items))

    def _quote(self, element: Element) -> None:
        if blocks := self._inside(lambda: self._flow(element)):
            self._out.append(quote_elements.make_quote(element, blocks))

    def _definitions(self, element: Element) -> None:
        items: list[Definition] = []
        own = [inner for child in element for inner in (child if child.tag == "div" else (child,))]
        for child in own:
            if child.tag == "dt":
                if term := self.line(child):
                    items.append(Definition(term, ()))
            elif blocks := self._inside(lambda child=child: self._flow(child)):  # type: ignore[misc]
                if items:
                    items[-1] = Definition(items[-1].term, (*items[-1].blocks, *blocks))
                else:
                    self._out += blocks
        if items:
            self._out.append(Definitions(items=tuple(items)))

    def _code(self, element: Element) -> None:
        if poems.is_verse_name(element.get("class", "")):
            self._out += poems.stanzas_of_text(code.code_text(element))
        elif text := code.code_text(element):
            self._out.append(CodeBlock(text=text, syntax=code.find_syntax(element)))

    def _table(self, element: Element) -> None:
        if (listing := code.find_listing(element)) is not None:
            self._code(listing)
        elif not table_elements.is_data_table(element):
            self._flow(element)
        elif table := table_elements.read_table(element, self.line):
            self._out.append(table)

    def _figure(self, element: Element) -> None:
        parts = figure_elements.find_figure_parts(element)
        if parts.holds_blocks:
            self._flow_around(element, parts.caption)
            if parts.caption is not None and self._out:
                self._attach(parts.caption)
            return
        caption, credit = figure_elements.read_caption_and_credit(element, parts, self.line)
        images = [(self._page.pictures.add_element(image), element_tests.alt_text(image)) for image in parts.images]
        shown = [*dict.fromkeys(image for image in images if image[0])] or images[:1] or [(None, "")]
        if shown[0][0] is None and not caption:
            self._flow(element)
            return
        self._out += [Figure(image=name, alt=alt) for name, alt in shown[:-1]]
        name, alt = shown[-1]
        self._out.append(Figure(image=name, alt=alt, caption=caption, credit=credit, **self._marked()))

    def _flow_around(self, element: Element, caption: Element | None) -> None:
        """The contents of a figure that is no picture, its caption left out."""
        self._line.text(element.text)
        for child in element:
            if child is not caption:
                self._node(child)
            self._line.text(child.tail)
        self._flush()

    def _attach(self, caption: Element) -> None:
        """Give a caption to the table, code or quote that it stands beneath."""
        last = self._out[-1]
        if isinstance(last, Figure):
            self._caption(caption)
        elif not (content := self.line(caption)):
            return
        elif isinstance(last, Table) and not last.caption:
            self._out[-1] = msgspec.structs.replace(last, caption=content)
        elif isinstance(last, Quote) and not last.attribution:
            self._out[-1] = msgspec.structs.replace(last, attribution=quote_elements.strip_dash(content))
        else:
            self._paragraph(content)

    def _caption(self, element: Element) -> bool:
        """Give a caption that stands outside its figure to the picture before it."""
        last = self._out[-1] if self._out else None
        if isinstance(last, Figure) and not last.caption and last.image is not None:
            caption, credit = figure_elements.split_caption_element(element, self.line)
            self._out[-1] = msgspec.structs.replace(last, caption=caption, credit=credit or last.credit)
        elif figure_elements.is_caption_without_picture(element):
            caption, credit = figure_elements.split_caption_element(element, self.line)
            if caption:
                self._out.append(Figure(caption=caption, credit=credit, **self._marked()))
        else:
            return False
        return True

    def _separate(self) -> None:
        if self._out and not isinstance(self._out[-1], Separator):
            self._out.append(Separator())

    def _aside(self, element: Element) -> None:
        if blocks := self._inside(lambda: self._flow(element)):
            self._out.append(Aside(blocks=blocks))

    def _details(self, element: Element) -> None:
        for child in element:
            if child.tag == "summary":
                if content := self.line(child):
                    self._out.append(Paragraph(content=(Strong(content),), **self._marked()))
            else:
                self._node(child)
            self._line.text(child.tail)

    def _formula(self, element: Element) -> None:
        if not formula_elements.is_display_formula(element):
            self._line.element(element)
        elif math := formula_elements.read_formula(element):
            self._flush()
            self._out.append(MathBlock(latex=math.latex, mathml=math.mathml, alt=math.alt))
