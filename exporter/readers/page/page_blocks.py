"""Block builder: the tree of an article becomes its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from exporter.article import (
    Aside,
    Block,
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
    Paragraph,
    Quote,
    Separator,
    Strong,
    Table,
    Text,
    inline_text,
)
from exporter.language_tags import parse_language_tag
from exporter.readers import poems
from exporter.readers.page import (
    code,
    element_tests,
    figure_elements,
    figure_search,
    formula_elements,
    list_elements,
    quote_elements,
    table_elements,
)
from exporter.readers.page.dom import BLOCK_TAGS, Element
from exporter.readers.page.page_inlines import InlineCollector, PageReferences

MAX_BLOCK_DEPTH = 24
"""Depth of nested blocks below which all becomes plain paragraphs, against pages made to exhaust the stack."""


class PageBlockBuilder:
    """Walks a tree once and collects its blocks."""

    def __init__(self, references: PageReferences) -> None:
        self._references = references
        self._language = references.language
        self._direction: Direction = ""
        self._out: list[Block] = []
        self._line = InlineCollector(references, references.language)
        self._depth = 0
        self._holders: set[Element] = set()
        self._figures: frozenset[Element] = frozenset()
        self._handlers: dict[str, Callable[[Element], None]] = {
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._add_heading),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._add_list),
            "blockquote": self._add_quote, "dl": self._add_definitions, "pre": self._add_code,
            "table": self._add_table, "figure": self._add_figure, "hr": lambda _: self._add_separator(),
            "aside": self._add_aside, "details": self._add_details, "a": self._add_link,
        }  # fmt: skip

    def build(self, *roots: Element) -> tuple[Block, ...]:
        """Return the blocks of some elements, one after another."""
        self._holders = {holder for root in roots for holder in element_tests.find_block_holders(root)}
        self._figures = frozenset(figure for root in roots for figure in figure_search.find_figures(root))
        blocks = self._collect(self._add_root, *roots)
        self._language = self._references.language
        return blocks

    def line(self, element: Element) -> tuple[Inline, ...]:
        """Return all that an element holds as one run of inlines; spaces divide its blocks."""
        return element_tests.read_line(element, InlineCollector(self._references, self._language))

    def _collect(self, add: Callable[[Element], None], *elements: Element) -> tuple[Block, ...]:
        """Return the blocks that `add` makes of some elements, one nesting level deeper."""
        self._flush()
        outer, self._out = self._out, []
        self._depth += 1
        for element in elements:
            add(element)
        self._flush()
        self._depth -= 1
        inner, self._out = self._out, outer
        return tuple(inner)

    def _add_root(self, root: Element) -> None:
        languages = (tag for holder in root.iterancestors() if (tag := parse_language_tag(holder.get("lang", ""))))
        self._language = next(languages, self._references.language)
        self._flush()
        self._line = InlineCollector(self._references, self._language)
        self._add_node(root)

    def _add_contents(self, element: Element, without: Element | None = None) -> None:
        self._line.add_text(element.text)
        for child in element:
            if child is not without:
                self._add_node(child)
            self._line.add_text(child.tail)

    def _add_node(self, element: Element) -> None:
        if element in self._references.marks:
            self._line.add_element(element)
        elif formula_elements.is_formula(element):
            self._add_formula(element)
        elif element.tag in BLOCK_TAGS or element in self._holders or element in self._figures:
            self._flush()
            self._add_block(element)
            self._flush()
        else:
            self._line.add_element(element)

    def _add_block(self, element: Element) -> None:
        outer = self._language, self._direction
        if stated := element.get("lang"):
            self._language = parse_language_tag(stated) or self._language
        if (turn := element.get("dir", "").lower()) in {"rtl", "ltr"}:
            self._direction = element_tests.own_direction(turn, self._references.language, self._direction)
        if outer[0] != self._language:
            self._line = InlineCollector(self._references, self._language)
        first = len(self._out)
        if self._depth > MAX_BLOCK_DEPTH:
            self._add_contents(element)
        elif element.get("role") == "heading":
            self._add_heading(element)
        elif element in self._figures:
            self._add_figure(element)
        elif not (figure_search.is_caption(element) and self._add_caption(element)):
            self._handlers.get(element.tag, self._add_contents)(element)
        self._flush()
        if element in self._references.targets.names_of:
            self._out[first:] = self._with_names(element, self._out[first:])
        if outer[0] != self._language:
            self._line = InlineCollector(self._references, outer[0])
        self._language, self._direction = outer

    def _with_names(self, element: Element, blocks: Sequence[Block]) -> Sequence[Block]:
        """Give the first block of an element the names by which links lead to the element."""
        if not (names := self._references.targets.names_of.get(element)) or not blocks:
            return blocks
        return (replace(blocks[0], names=(*blocks[0].names, *names)), *blocks[1:])

    def _own_attributes(self) -> dict[str, Any]:
        """Return language and direction for a block, empty if they are the article's."""
        differs = self._language.lower() != self._references.language.lower()
        return {"language": self._language if differs else "", "direction": self._direction}

    def _flush(self) -> None:
        """End the open paragraph."""
        for content in self._line.close():
            before, middle, after = element_tests.hoist_images(content)
            self._add_images(before)
            if middle:
                self._add_paragraph(middle)
            self._add_images(after)

    def _add_paragraph(self, content: tuple[Inline, ...]) -> None:
        if len(content) == 1 and isinstance(math := content[0], Math):
            self._out.append(formula_elements.make_block(math))
        elif element_tests.is_rule_line(text := inline_text(content).strip()):
            self._add_separator()
        elif text or any(isinstance(inline, Math) for inline in content):
            self._out.append(Paragraph(content=content, **self._own_attributes()))

    def _add_images(self, images: Iterable[Image]) -> None:
        self._out += [Figure(image=image.image, alt=image.alt) for image in images]

    def _add_link(self, element: Element) -> None:
        """Add the blocks in a link; their words are its words."""
        target = self._line.link_target(element.get("href", ""))
        blocks = self._collect(self._add_contents, element)
        self._out += [element_tests.link_words(block, target) for block in blocks] if target else blocks

    def _add_heading(self, element: Element) -> None:
        element_tests.space_heading_parts(element)
        before, content, after = element_tests.hoist_images(self.line(element))
        self._add_images(before)
        if element_tests.is_rule_line(text := inline_text(content).strip()):
            self._add_separator()
        elif text:
            self._out.append(
                Heading(content=content, level=element_tests.heading_level(element), **self._own_attributes())
            )
        self._add_images(after)

    def _add_list(self, element: Element) -> None:
        items: list[Item] = []
        for child in element:
            if child.tag == "li":
                add = self._add_node if child in self._figures else self._add_contents
                if blocks := self._collect(add, child):
                    number = list_elements.item_number(child)
                    named = tuple(self._with_names(child, blocks))
                    items.append(Item(named, list_elements.is_checked(child), number))
            elif blocks := self._collect(self._add_node, child):
                # A list outside the items belongs to the last one: so browsers show it.
                *items, last = items or [Item(())]
                items.append(replace(last, blocks=(*last.blocks, *blocks)))
        self._out += list_elements.make_list(element, tuple(items))

    def _add_quote(self, element: Element) -> None:
        if blocks := self._collect(self._add_contents, element):
            self._out.append(quote_elements.make_quote(element, blocks))

    def _add_definitions(self, element: Element) -> None:
        items: list[Definition] = []
        for child in list_elements.definition_children(element):
            if child.tag == "dt":
                if term := self.line(child):
                    items.append(Definition(term, ()))
            elif blocks := self._collect(self._add_contents, child):
                if items:
                    items[-1] = Definition(items[-1].term, (*items[-1].blocks, *blocks))
                else:
                    self._out += blocks
        if items:
            self._out.append(Definitions(items=tuple(items)))

    def _add_code(self, element: Element) -> None:
        text = code.code_text(element)
        if poems.is_verse_name(element.get("class", "")):
            self._out += poems.stanzas_of_text(text)
        elif code.is_prose(element, text):
            self._out += [
                Paragraph(content=(Text(" ".join(part.split())),), **self._own_attributes())
                for part in text.split("\n\n")
                if part.strip()
            ]
        elif text:
            self._out.append(CodeBlock(text=text, syntax=code.find_syntax(element)))

    def _add_table(self, element: Element) -> None:
        if (listing := code.find_listing(element)) is not None:
            self._add_code(listing)
        elif not table_elements.is_data_table(element):
            self._add_contents(element)
        elif table := table_elements.read_table(element, self.line):
            self._out.append(table)

    def _add_figure(self, element: Element) -> None:
        parts = figure_elements.find_figure_parts(element)
        if parts.holds_blocks:
            self._add_contents(element, without=parts.caption)
            self._flush()
            if parts.caption is not None and self._out:
                self._attach_caption(parts.caption)
            return
        caption, credit = figure_elements.read_caption_and_credit(element, parts, self.line)
        add_image = self._references.pictures.add_element
        images = [(add_image(image), element_tests.alt_text(image)) for image in parts.images]
        if figures := figure_elements.make_figures(images, caption, credit):
            self._out += [*figures[:-1], replace(figures[-1], **self._own_attributes())]
        else:
            self._add_contents(element)

    def _attach_caption(self, caption: Element) -> None:
        """Attach a caption to the picture, table or quotation above it; below other blocks it is a paragraph."""
        last = self._out[-1]
        if isinstance(last, Figure):
            self._add_caption(caption)
        elif not (content := self.line(caption)):
            return
        elif isinstance(last, Table) and not last.caption:
            self._out[-1] = replace(last, caption=content)
        elif isinstance(last, Quote) and not last.attribution:
            self._out[-1] = replace(last, attribution=quote_elements.strip_dash(content))
        else:
            self._add_paragraph(content)

    def _add_caption(self, element: Element) -> bool:
        """Attach a caption outside its figure to the picture before it; returns whether the element is a caption."""
        last = self._out[-1] if self._out else None
        if isinstance(last, Figure) and not last.caption and last.image is not None:
            caption, credit = figure_elements.split_caption_element(element, self.line)
            self._out[-1] = replace(last, caption=caption, credit=credit or last.credit)
        elif figure_search.is_caption_without_picture(element):
            caption, credit = figure_elements.split_caption_element(element, self.line)
            if caption:
                self._out.append(Figure(caption=caption, credit=credit, **self._own_attributes()))
        else:
            return False
        return True

    def _add_separator(self) -> None:
        if self._out and not isinstance(self._out[-1], Separator):
            self._out.append(Separator())

    def _add_aside(self, element: Element) -> None:
        if blocks := self._collect(self._add_contents, element):
            self._out.append(Aside(blocks=blocks))

    def _add_details(self, element: Element) -> None:
        for child in element:
            if child.tag == "summary":
                if content := self.line(child):
                    self._out.append(Paragraph(content=(Strong(content),), **self._own_attributes()))
            else:
                self._add_node(child)
            self._line.add_text(child.tail)

    def _add_formula(self, element: Element) -> None:
        if not formula_elements.is_display_formula(element):
            self._line.add_element(element)
        elif math := formula_elements.read_formula(element):
            self._flush()
            self._out.append(formula_elements.make_block(math))
        elif (drawing := next(element.iter("svg"), None)) is not None:
            self._add_images([Image(name)] if (name := self._references.pictures.add_element(drawing)) else ())
        else:  # its source is lost: what it shows is said
            self._flush()
            self._line.add_element(element)
            self._flush()
