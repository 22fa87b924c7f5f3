"""What the block builder asks of elements and lines: containers, direction, leading and trailing pictures."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Block, Break, Direction, Heading, Image, Inline, Link, Paragraph
from exporter.readers.page.dom import BLOCK_TAGS, Element, collapse_space, plain_style, text_of
from exporter.readers.page.list_elements import item_number, number_items
from exporter.readers.page.page_inlines import InlineCollector, strip_inlines

_MIN_WORD_LETTERS = 4
"""Parts of a heading with so many letters and different tags are separate words (chosen by reading pages)."""

_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
_RULE_LINE = re.compile(r"(?:[*·•⁂—–_~#-]\s*){3,}|⁂|[❦❧☙]")
_RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def own_direction(turn: str, language: str, around: Direction) -> Direction:
    """Return the direction that a block sets (`turn`), empty if it is its language's and nothing `around` differs."""
    natural = "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT_LANGUAGES else "ltr"
    if turn == natural and not around:
        return ""
    return "rtl" if turn == "rtl" else "ltr"


def find_block_holders(root: Element) -> set[Element]:
    """Return the inline elements that hold blocks, and so are blocks themselves."""
    found: set[Element] = set()
    for element in root.iter(*BLOCK_TAGS):
        parent = element.getparent()
        while parent is not None and parent.tag not in BLOCK_TAGS and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def heading_level(element: Element) -> int:
    """Return the level of a heading: of ``h1`` to ``h6``, else as ``aria-level`` says, else 2."""
    return _HEADING_LEVELS.get(element.tag) or int(element.get("aria-level", "2")[:1] or 2)


def is_rule_line(text: str) -> bool:
    """Whether a line of text stands for a thematic break: three asterisks or the like."""
    return _RULE_LINE.fullmatch(text) is not None


_LINE_TAGS = frozenset({"li"})
_CELL_LINE_TAGS = _LINE_TAGS | {"ol", "p", "ul"}


def read_line(element: Element, line: InlineCollector) -> tuple[Inline, ...]:
    """Return all that an element holds, as `line` collects it: with line breaks between the items of its lists.

    The items of ordered lists keep their numbers. Spaces divide its other blocks; in the cell of a table, which may
    hold much, its paragraphs have lines of their own.
    """
    _write_as_line(element, line, _CELL_LINE_TAGS if element.tag in {"td", "th"} else _LINE_TAGS)
    joined = [inline for part in line.close() for inline in (*part, Break())]
    return tuple(joined[:-1])


def _write_as_line(element: Element, line: InlineCollector, line_tags: frozenset[str]) -> None:
    """Append all that an element holds to one line, with spaces around its blocks, and a break before `line_tags`."""
    line.add_text(element.text)
    items = [child for child in element if child.tag == "li"] if element.tag == "ol" else []
    numbers = dict(zip(items, number_items(element, [*map(item_number, items)]), strict=True))
    for child in element:
        if child.tag in BLOCK_TAGS:
            if child.tag in line_tags and (child.getprevious() is not None or (element.text or "").strip()):
                line.add_element(child.makeelement("br"))
            line.add_text(f" {numbers[child]}. " if child in numbers else " ")
            _write_as_line(child, line, line_tags)
            line.add_text(" ")
        else:
            line.add_element(child)
        line.add_text(child.tail)


def space_heading_parts(heading: Element) -> None:
    """Put spaces between parts of a heading that the page shows below each other: kicker, title, label."""
    for line_break in heading.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    for part in heading.iterdescendants():
        if "display:block" in plain_style(part) and not part.tail:
            part.tail = " "
        following = part.getnext()
        if following is None or part.tail:
            continue
        first, second = text_of(part), text_of(following)
        differ = part.tag != following.tag and min(len(first), len(second)) >= _MIN_WORD_LETTERS
        if differ or (first[-1:].islower() and second[:1].isupper()):
            part.tail = " "


def link_words(block: Block, target: str) -> Block:
    """Return a paragraph or heading as a link as a whole; other blocks, and those that hold links, stay as they are."""
    if not isinstance(block, Paragraph | Heading) or any(isinstance(inline, Link) for inline in block.content):
        return block
    return msgspec.structs.replace(block, content=(Link(block.content, target),))


def hoist_images(content: tuple[Inline, ...]) -> tuple[list[Image], tuple[Inline, ...], list[Image]]:
    """Split a line into pictures before it, the rest, and pictures after it."""
    parts = list(content)
    before: list[Image] = []
    after: list[Image] = []
    while parts and (image := _lone_image(parts[0])):
        before.append(image)
        parts = list(strip_inlines(parts[1:]))
    while parts and (image := _lone_image(parts[-1])):
        after.insert(0, image)
        parts = list(strip_inlines(parts[:-1]))
    return before, tuple(parts), after


def _lone_image(inline: Inline) -> Image | None:
    """Return the picture that an inline is or holds alone, within links and emphasis; else None."""
    while not isinstance(inline, Image):
        inner = strip_inlines(getattr(inline, "content", ()))
        if len(inner) != 1:
            return None
        inline = inner[0]
    return inline


def alt_text(image: Element) -> str:
    """Return the alternative text of a picture, or empty."""
    return collapse_space(image.get("alt") or image.get("aria-label") or "")
