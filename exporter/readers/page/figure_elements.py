"""Figures: their pictures, captions and credits, with or without a ``figure`` element."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Figure, Inline, inline_text
from exporter.readers import photo_credits
from exporter.readers.page import figure_captions
from exporter.readers.page.dom import Element, name_words, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CAPTION_WORDS = frozenset(
    "caption figcaption captiontext gallerytext legend legende bildunterschrift bildtext pie".split()
)
_PICTURE_WORDS = frozenset("figure image img photo picture media bild foto imagen gallery lightbox".split())
_SLIDE_WORDS = frozenset("carousel slide slideshow slider".split())
_DESCRIPTION_WORDS = frozenset("description desc info text title subtitle words".split())
_CAPTION_TAGS = frozenset("p div span small em figcaption dd li td".split())
_CREDIT_WORDS = frozenset(
    "credit credits copyright photographer fotograf source quelle rights agency attribution autor author byline "
    "copyrights creditline bildautor bildnachweis bildrechte fotocredit photocredit imagecredit".split()
)
_MAX_CHARS_BESIDE_CAPTION = 160
"""Characters that a figure may hold beside its caption: the credit (chosen by reading pages; no measurement)."""

_MAX_LEVELS_TO_PICTURE = 4
"""Ancestors of a caption in which its picture is searched (chosen by reading pages; no measurement)."""

_PICTURE_TAGS = ("img", "svg", "video")
_OTHER_CONTENT_TAGS = frozenset({"table", "pre", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "dl", "math"})


class FigureParts(msgspec.Struct, frozen=True):
    """A figure's pictures and caption; `holds_blocks` is set if it holds a table, a quote, a figure or the like."""

    images: tuple[Element, ...]
    caption: Element | None
    holds_blocks: bool


def find_figures(root: Element) -> frozenset[Element]:
    """Find the figures without a ``figure`` element: the smallest elements around one picture and its caption."""
    found: set[Element] = set()
    counted: dict[Element, int] = {}
    for caption in root.iter():
        if not is_caption(caption):
            continue
        holder = caption
        for _ in range(_MAX_LEVELS_TO_PICTURE):
            holder = holder.getparent()
            if holder is None or holder.tag in {"figure", "body", "article", "main"} or holder in found:
                break
            if holder not in counted:
                counted[holder] = sum(1 for _ in islice(holder.iter("img"), 2))
            pictures = counted[holder]
            if pictures:
                if pictures == 1 and _is_mostly_caption(caption, holder) and _holds_only_caption(holder, caption):
                    found.add(next(holder.iterancestors("table"), holder) if caption.tag == "td" else holder)
                break
    return frozenset(found)


def _holds_only_caption(holder: Element, caption: Element) -> bool:
    """Whether an element holds no tables, lists, headings and the like, except those around the caption."""
    around = set(caption.iterancestors())
    return all(block in around or block is caption for block in holder.iter(*_OTHER_CONTENT_TAGS))


def _is_mostly_caption(caption: Element, holder: Element) -> bool:
    """Whether an element holds hardly more text than its caption."""
    return len(text_of(holder)) <= len(text_of(caption)) + _MAX_CHARS_BESIDE_CAPTION


def is_caption(element: Element) -> bool:
    """Whether an element is a caption by its tag or class names."""
    if element.tag == "figcaption":
        return True
    if element.tag not in _CAPTION_TAGS or not (name := element.get("class")):
        return False
    words = name_words(name)
    if not _CAPTION_WORDS.isdisjoint(words) or (
        not _DESCRIPTION_WORDS.isdisjoint(words) and not _PICTURE_WORDS.isdisjoint(words)
    ):
        return True
    return "description" in words and not _SLIDE_WORDS.isdisjoint(words)


def is_caption_without_picture(element: Element) -> bool:
    """Whether a caption without a picture is one all the same, because a script would load the picture."""
    if element.tag == "figcaption":
        return True
    return not (_PICTURE_WORDS | _SLIDE_WORDS).isdisjoint(name_words(element.getparent().get("class", "")))


def find_figure_parts(element: Element) -> FigureParts:
    """Find the pictures and the caption of a figure."""
    inside = list(element.iterdescendants())
    caption = next((child for child in inside if child.tag == "figcaption" and _is_own_caption(child, element)), None)
    if caption is None:
        caption = next((child for child in inside if child.get("class") and is_caption(child) and text_of(child)), None)
    within = set(caption.iterdescendants()) if caption is not None else set()
    images = tuple(child for child in inside if child.tag in _PICTURE_TAGS and child not in within)
    blocks = any(child.tag in _OTHER_CONTENT_TAGS and child not in within for child in inside)
    return FigureParts(images, caption, (blocks and not images) or any(child.tag == "figure" for child in inside))


def _is_own_caption(caption: Element, figure: Element) -> bool:
    """Whether a caption belongs to a figure, not to one within it."""
    return next(caption.iterancestors("figure"), figure) is figure or figure.tag != "figure"


def read_caption_and_credit(
    element: Element, parts: FigureParts, write: Callable[[Element], tuple[Inline, ...]]
) -> tuple[tuple[Inline, ...], str]:
    """Return caption and credit of a figure, each may be empty; the credit may stand outside the caption."""
    caption: tuple[Inline, ...] = ()
    credit = ""
    if parts.caption is not None:
        caption, credit = split_caption_element(parts.caption, write)
    if not credit:
        for child in element.iterdescendants():
            if child is parts.caption or not (text := text_of(child)) or parts.caption in child.iterancestors():
                continue
            if (
                _is_credit_element(child)
                or child.tag in {"footer", "small", "cite"}
                or figure_captions.is_separate_credit(text)
            ):
                credit = figure_captions.clean_credit(text)
                break
    return caption, credit


def make_figures(
    images: Sequence[tuple[str | None, str]], caption: tuple[Inline, ...], credit: str
) -> tuple[Figure, ...]:
    """Make a figure of each image, given by name (or None) and alternative text; the last has caption and credit.

    Images that are equal or have no name are left out; without any, the caption stays, and without both nothing.
    """
    shown = [*dict.fromkeys(image for image in images if image[0])] or [*images[:1]] or [(None, "")]
    if shown[0][0] is None and not caption:
        return ()
    name, alt = shown[-1]
    before = (Figure(image=name, alt=alt) for name, alt in shown[:-1])
    return (*before, Figure(image=name, alt=alt, caption=caption, credit=credit))


def split_caption_element(
    element: Element, write: Callable[[Element], tuple[Inline, ...]]
) -> tuple[tuple[Inline, ...], str]:
    """Split the element of a caption into caption and credit, each may be empty."""
    credit_elements = _find_credit_elements(element)
    stated = [text for child in credit_elements if (text := figure_captions.clean_credit(text_of(child)))]
    if not stated:
        return figure_captions.split_caption_credit(write(element))
    for child in credit_elements:
        _clear_element(child)
    caption = figure_captions.trim_leftover(write(element))
    rest, again = figure_captions.split_caption_credit(caption)
    if again.startswith(stated[0]):  # the caption names the owner too, and may say more
        caption, stated[0] = rest, again
    return (caption if inline_text(caption).strip() else ()), ", ".join(dict.fromkeys(stated))


def _find_credit_elements(caption: Element) -> list[Element]:
    """Return the credits in a caption: the elements named so, else the last one whose text is a credit."""
    inside = list(caption.iterdescendants())
    marked = [child for child in inside if _is_credit_element(child)]
    if marked:
        return [child for child in marked if not any(holder in marked for holder in child.iterancestors())]
    whole = text_of(caption)
    if photo_credits.is_credit(whole):
        return []
    for child in reversed(inside):
        text = text_of(child)
        if text and text != whole and whole.endswith(text) and figure_captions.is_separate_credit(text):
            return [child]
    return []


def _is_credit_element(element: Element) -> bool:
    return not _CREDIT_WORDS.isdisjoint(name_words(f"{element.get('class', '')} {element.get('itemprop', '')}"))


def _clear_element(element: Element) -> None:
    """Replace all that an element holds by a space; its tail stays."""
    for child in list(element):
        element.remove(child)
    element.text = " "
