"""Small questions that the builder of blocks asks of elements and lines."""

from __future__ import annotations

from exporter.article import Direction, Image, Inline
from exporter.readers.page.dom import BLOCK_TAGS, Element, text_of
from exporter.readers.page.page_inlines import InlineCollector, strip_inlines

_MIN_WORD_LETTERS = 4
"""Letters of what is a word of its own in a heading, where its markup is."""

_RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def own_direction(turn: str, language: str, around: Direction) -> Direction:
    """The direction that a block turns to, or empty where the article's language runs so anyway."""
    natural = "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT_LANGUAGES else "ltr"
    if turn == natural and not around:
        return ""
    return "rtl" if turn == "rtl" else "ltr"


def find_block_holders(root: Element) -> set[Element]:
    """Inline elements that hold blocks: they are containers, whatever their tag."""
    found: set[Element] = set()
    for element in root.iter(*BLOCK_TAGS):
        parent = element.getparent()
        while parent is not None and parent.tag not in BLOCK_TAGS and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def write_as_line(element: Element, line: InlineCollector) -> None:
    """Write all that an element holds into one line, its blocks set apart by spaces."""
    line.text(element.text)
    for child in element:
        if child.tag in BLOCK_TAGS:
            line.text(" ")
            write_as_line(child, line)
            line.text(" ")
        else:
            line.element(child)
        line.text(child.tail)


def space_heading_parts(heading: Element) -> None:
    """Put a space between the parts of a heading that a page shows below each other: a kicker, the words, a label."""
    for part in heading.iterdescendants():
        following = part.getnext()
        if following is None or part.tail:
            continue
        first, second = text_of(part), text_of(following)
        differ = part.tag != following.tag and min(len(first), len(second)) >= _MIN_WORD_LETTERS
        if differ or (first[-1:].islower() and second[:1].isupper()):
            part.tail = " "


def hoist_images(content: tuple[Inline, ...]) -> tuple[list[Image], tuple[Inline, ...], list[Image]]:
    """Take the pictures from both ends of a line: they stand before and after it, not in it."""
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
    """The picture that an inline is, seen through links and emphasis around it."""
    while not isinstance(inline, Image):
        inner = strip_inlines(getattr(inline, "content", ()))
        if len(inner) != 1:
            return None
        inline = inner[0]
    return inline


def alt_text(image: Element) -> str:
    """The words that stand for a picture."""
    return " ".join((image.get("alt") or image.get("aria-label") or "").split())
