"""Pictures with their words: what is the picture, what its caption, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.article import Inline, inline_text
from exporter.readers.page import credits
from exporter.readers.page.dom import Element, is_element, text_of
from exporter.readers.page.dom import words as words_of

if TYPE_CHECKING:
    from collections.abc import Callable

_FIGURE = frozenset(
    "figure fig image img photo picture media caption captioned thumb thumbinner bild foto imagen illustration gallery".split()
)
_CAPTION = frozenset("caption figcaption captiontext legend legende bildunterschrift bildtext subtitle pie".split())
_CREDIT = frozenset(
    "credit credits copyright photographer fotograf source quelle rights agency attribution autor author byline "
    "copyrights creditline".split()
)
_LONGEST = 900
"""Characters that the words around one picture may have."""

_PICTURES = ("img", "svg", "video", "amp-img")
_BLOCKS = frozenset({"table", "pre", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "dl", "math"})


class Parts(msgspec.Struct, frozen=True):
    """What a figure holds: its pictures, its caption, and whether it is no picture but a table, a listing, a quote."""

    images: tuple[Element, ...]
    caption: Element | None
    holds_blocks: bool


def is_figure(element: Element) -> bool:
    """Whether an element that is no ``figure`` is one by its name and contents: a picture and its caption."""
    if element.tag not in {"div", "span", "section", "li", "p", "aside", "a"} or not element.get("class"):
        return False
    if _FIGURE.isdisjoint(words_of(element.get("class", ""))):
        return False
    if sum(1 for _ in element.iter("img", "amp-img")) != 1:
        return False
    if any(True for _ in element.iter("figure", "iframe", *_BLOCKS)):
        return False
    return any(is_caption(child) for child in element.iterdescendants()) and len(text_of(element)) <= _LONGEST


def is_caption(element: Element) -> bool:
    """Whether an element is a caption by its tag or name."""
    if not is_element(element):
        return False
    if element.tag == "figcaption":
        return True
    return element.tag in {"p", "div", "span", "small", "em"} and not _CAPTION.isdisjoint(
        words_of(element.get("class", ""))
    )


def parts(element: Element) -> Parts:
    """Find the pictures and the caption of a figure."""
    inside = [child for child in element.iterdescendants() if is_element(child)]
    caption = next((child for child in inside if child.tag == "figcaption"), None)
    if caption is None:
        caption = next((child for child in inside if is_caption(child) and text_of(child)), None)
    within = set(caption.iterdescendants()) if caption is not None else set()
    images = tuple(child for child in inside if child.tag in _PICTURES and child not in within)
    blocks = any(child.tag in _BLOCKS and child not in within for child in inside)
    return Parts(images, caption, (blocks and not images) or any(child.tag == "figure" for child in inside))


def words(
    element: Element, parts: Parts, write: Callable[[Element], tuple[Inline, ...]]
) -> tuple[tuple[Inline, ...], str]:
    """Return caption and credit of a figure; a credit may stand outside the caption."""
    caption: tuple[Inline, ...] = ()
    credit = ""
    if parts.caption is not None:
        caption, credit = split(parts.caption, write)
    if not credit:
        for child in element.iterdescendants():
            if is_element(child) and _is_credit(child) and (text := text_of(child)):
                inside = parts.caption is not None and parts.caption in child.iterancestors()
                if not inside and parts.caption is not child:
                    credit = credits.bare(text)
                    break
    return caption, credit


def split(element: Element, write: Callable[[Element], tuple[Inline, ...]]) -> tuple[tuple[Inline, ...], str]:
    """Take a caption apart: what it says, and whose the picture is."""
    marked = [child for child in element.iterdescendants() if is_element(child) and _is_credit(child)]
    outer = [child for child in marked if not any(ancestor in marked for ancestor in child.iterancestors())]
    said = [text for child in outer if (text := credits.bare(text_of(child)))]
    whole = write(element)
    if not said:
        return credits.split(whole)
    for child in outer:
        _empty(child)
    caption = credits.trimmed(write(element))
    if not inline_text(caption).strip():
        return ((), ", ".join(dict.fromkeys(said)))
    return caption, ", ".join(dict.fromkeys(said))


def _is_credit(element: Element) -> bool:
    return not _CREDIT.isdisjoint(words_of(f"{element.get('class', '')} {element.get('itemprop', '')}"))


def _empty(element: Element) -> None:
    """Take what an element holds, but not what stands behind it."""
    for child in list(element):
        element.remove(child)
    element.text = " "
