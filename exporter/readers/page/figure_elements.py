"""Figures: their pictures, captions and credits, with or without a ``figure`` element."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Figure, Inline, inline_text
from exporter.readers import boilerplate, bylines, photo_credits, text_tests
from exporter.readers.page import figure_captions, figure_search
from exporter.readers.page.dom import Element, count_link_chars, name_words, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CREDIT_WORDS = frozenset(
    "credit credits copyright photographer fotograf source quelle rights agency attribution autor author byline "
    "copyrights creditline bildautor bildnachweis bildrechte fotocredit photocredit imagecredit".split()
)


_OWNER_STROKES = frozenset({"/", "|", ",", "–", "-"})
"""What may stand between the two owners of a picture."""

_MIN_CAPTION_WORDS = 3
"""Words of a caption in a figure that no element marks; fewer may be a button (chosen by reading pages)."""


class FigureParts(msgspec.Struct, frozen=True):
    """A figure's pictures and caption; `holds_blocks` is set if it holds a table, a quote, a figure or the like."""

    images: tuple[Element, ...]
    caption: Element | None
    holds_blocks: bool


def find_figure_parts(element: Element) -> FigureParts:
    """Find the pictures and the caption of a figure."""
    inside = list(element.iterdescendants())
    caption = next((child for child in inside if child.tag == "figcaption" and _is_own_caption(child, element)), None)
    if caption is None:
        caption = next(
            (child for child in inside if child.get("class") and figure_search.is_caption(child) and text_of(child)),
            None,
        )
    if caption is None and not any(child.tag in figure_search.OTHER_CONTENT_TAGS for child in inside):
        caption = _find_longest_text(inside)
    within = {caption, *caption.iterdescendants()} if caption is not None else set()
    images = tuple(child for child in inside if child.tag in figure_search.PICTURE_TAGS and child not in within)
    blocks = any(child.tag in figure_search.OTHER_CONTENT_TAGS and child not in within for child in inside)
    return FigureParts(images, caption, (blocks and not images) or any(child.tag == "figure" for child in inside))


def _find_longest_text(inside: Sequence[Element]) -> Element | None:
    """Return the largest element beside a picture that may be its caption, or None."""
    if not any(part.tag in figure_search.PICTURE_TAGS for part in inside):
        return None
    texts = [(text_of(part), part) for part in inside if next(part.iter(*figure_search.PICTURE_TAGS), None) is None]
    lengths = [(len(text), part) for text, part in texts if _may_be_caption(part, text)]
    return max(lengths, key=itemgetter(0), default=(0, None))[1]


def _may_be_caption(part: Element, text: str) -> bool:
    """Whether a text in a figure says something of its picture: no credit alone, no label, nothing that leads away."""
    if len(text.split()) < _MIN_CAPTION_WORDS or photo_credits.is_credit(text) or boilerplate.classify(text):
        return False
    return len(text) <= text_tests.MAX_MARKED_CAPTION_CHARS and count_link_chars(part) * 2 <= len(text)


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
    return caption, credit or next(filter(None, map(_credit_in_title, parts.images)), "")


def _credit_in_title(image: Element) -> str:
    """Return the credit behind a bar at the end of a picture's title ("Men at work | AFP / Ann Lee"), or empty."""
    _, bar, owner = image.get("title", "").rpartition("|")
    return figure_captions.clean_credit(owner) if bar and photo_credits.is_credit(owner) else ""


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
    for child in credit_elements:
        _join_owners(child)
    stated = [text for child in credit_elements if (text := figure_captions.clean_credit(text_of(child)))]
    if not stated:
        return figure_captions.split_caption_credit(write(element))
    for child in credit_elements:
        _clear_element(child)
    caption = figure_captions.trim_leftover(write(element))
    rest, again = figure_captions.split_caption_credit(caption)
    if again.startswith(stated[0]):  # the caption names the owner too, and may say more
        caption, stated[0] = rest, again
    elif bylines.is_person(again) and inline_text(rest).strip():  # the photographer, before the agency
        caption, stated = rest, [again, *stated]
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


def _join_owners(credit: Element) -> None:
    """Move into a credit what only a stroke divides from it: the agency beside the photographer."""
    following = credit.getnext()
    if following is None or (credit.tail or "").strip() not in _OWNER_STROKES:
        return
    last = credit[-1] if len(credit) else None
    if last is None:
        credit.text = (credit.text or "") + credit.tail
    else:
        last.tail = (last.tail or "") + credit.tail
    credit.tail, following.tail = following.tail, None
    credit.append(following)


def _is_credit_element(element: Element) -> bool:
    return not _CREDIT_WORDS.isdisjoint(name_words(f"{element.get('class', '')} {element.get('itemprop', '')}"))


def _clear_element(element: Element) -> None:
    """Replace all that an element holds by a space; its tail stays."""
    for child in list(element):
        element.remove(child)
    element.text = " "
