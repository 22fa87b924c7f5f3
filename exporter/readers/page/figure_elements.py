"""Pictures with their words: what is the picture, what its caption, and whose it is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Inline, inline_text
from exporter.readers import photo_credits as shared
from exporter.readers.page import figure_captions
from exporter.readers.page.dom import Element, text_of
from exporter.readers.page.dom import name_words as words_of

if TYPE_CHECKING:
    from collections.abc import Callable

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
"""Characters that a figure may say beside its caption: whose the picture is."""

_MAX_LEVELS_TO_PICTURE = 4
"""Elements upwards in which a caption's picture is looked for."""

_PICTURE_TAGS = ("img", "svg", "video")
_OTHER_CONTENT_TAGS = frozenset({"table", "pre", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "dl", "math"})


class FigureParts(msgspec.Struct, frozen=True):
    """What a figure holds: its pictures, its caption, and whether it is no picture but a table, a listing, a quote."""

    images: tuple[Element, ...]
    caption: Element | None
    holds_blocks: bool


def find_figures(root: Element) -> frozenset[Element]:
    """Find the elements that are figures without being called so: the smallest around one picture and its caption."""
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
    """Whether nothing of its own kind stands in a holder, unless it is there only to hold the caption."""
    around = set(caption.iterancestors())
    return all(block in around or block is caption for block in holder.iter(*_OTHER_CONTENT_TAGS))


def _is_mostly_caption(caption: Element, holder: Element) -> bool:
    """Whether a holder says hardly more than its caption."""
    return len(text_of(holder)) <= len(text_of(caption)) + _MAX_CHARS_BESIDE_CAPTION


def is_caption(element: Element) -> bool:
    """Whether an element is a caption by its tag or name."""
    if element.tag == "figcaption":
        return True
    if element.tag not in _CAPTION_TAGS or not (name := element.get("class")):
        return False
    said = words_of(name)
    if not _CAPTION_WORDS.isdisjoint(said) or (
        not _DESCRIPTION_WORDS.isdisjoint(said) and not _PICTURE_WORDS.isdisjoint(said)
    ):
        return True
    return "description" in said and not _SLIDE_WORDS.isdisjoint(said)


def is_caption_without_picture(element: Element) -> bool:
    """Whether a caption without a picture is one all the same: its picture came by a script."""
    if element.tag == "figcaption":
        return True
    return not (_PICTURE_WORDS | _SLIDE_WORDS).isdisjoint(words_of(element.getparent().get("class", "")))


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
    """Whether a caption is a figure's own, and not one's within it."""
    return next(caption.iterancestors("figure"), figure) is figure or figure.tag != "figure"


def read_caption_and_credit(
    element: Element, parts: FigureParts, write: Callable[[Element], tuple[Inline, ...]]
) -> tuple[tuple[Inline, ...], str]:
    """Return caption and credit of a figure; a credit may stand outside the caption."""
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


def split_caption_element(
    element: Element, write: Callable[[Element], tuple[Inline, ...]]
) -> tuple[tuple[Inline, ...], str]:
    """Take a caption apart: what it says, and whose the picture is."""
    owners = _find_credit_elements(element)
    said = [text for child in owners if (text := figure_captions.clean_credit(text_of(child)))]
    if not said:
        return figure_captions.split_caption_credit(write(element))
    for child in owners:
        _clear_element(child)
    caption = figure_captions.trim_leftover(write(element))
    rest, again = figure_captions.split_caption_credit(caption)
    if again.startswith(said[0]):  # the caption names the owner too, and may say more
        caption, said[0] = rest, again
    return (caption if inline_text(caption).strip() else ()), ", ".join(dict.fromkeys(said))


def _find_credit_elements(caption: Element) -> list[Element]:
    """The parts of a caption that name the owner of the picture: by their own name, or the last by what it says."""
    inside = list(caption.iterdescendants())
    called = [child for child in inside if _is_credit_element(child)]
    if called:
        return [child for child in called if not any(holder in called for holder in child.iterancestors())]
    whole = text_of(caption)
    if shared.is_credit(whole):
        return []
    for child in reversed(inside):
        text = text_of(child)
        if text and text != whole and whole.endswith(text) and figure_captions.is_separate_credit(text):
            return [child]
    return []


def _is_credit_element(element: Element) -> bool:
    return not _CREDIT_WORDS.isdisjoint(words_of(f"{element.get('class', '')} {element.get('itemprop', '')}"))


def _clear_element(element: Element) -> None:
    """Take what an element holds, but not what stands behind it."""
    for child in list(element):
        element.remove(child)
    element.text = " "
