"""Finds figures without a ``figure`` element, and captions: by names of the page, or by the words beside a picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from exporter.readers import photo_credits, text_tests
from exporter.readers.page.dom import Element, count_link_chars, name_words, text_of

_CAPTION_WORDS = frozenset("captiontext gallerytext legend legende bildunterschrift bildtext pie".split())
"""Words of a caption's name beside those that end in "caption" (``thumbcaption``)."""

_PICTURE_WORDS = frozenset("figure image img photo picture media bild foto imagen gallery lightbox".split())
_SLIDE_WORDS = frozenset("carousel slide slideshow slider".split())
_DESCRIPTION_WORDS = frozenset("description desc info text title subtitle words".split())
_CAPTION_TAGS = frozenset("p div span small em figcaption dd li td blockquote".split())
_MAX_CHARS_BESIDE_CAPTION = 160
"""Characters that a figure may hold beside its caption: the credit (chosen by reading pages; no measurement)."""

_MAX_LEVELS_TO_PICTURE = 4
"""Ancestors of a caption in which its picture is searched (chosen by reading pages; no measurement)."""

_MIN_ALT_LETTERS = 12
"""Letters of a caption that the alternative text repeats; fewer are the same by chance."""

_UNNAMED_FIGURE_TAGS = frozenset({"div", "section", "span", "center", "aside", "li"})
"""Elements that may be a figure without being called so."""

PICTURE_TAGS = ("img", "svg", "video")
OTHER_CONTENT_TAGS = frozenset({"table", "pre", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "dl", "math"})


def find_figures(root: Element) -> frozenset[Element]:
    """Find the figures without a ``figure`` element: the smallest elements around one picture and its caption."""
    named = _find_named_figures(root)
    return frozenset(named.union(_find_unnamed_figures(root, named)))


def _find_unnamed_figures(root: Element, named: set[Element]) -> Iterator[Element]:
    """Yield the elements around one picture and a short text that is a caption by its words, not by a name."""
    texts: dict[Element, str] = {}
    for image in root.iter("img"):
        holder = _find_smallest_with_text(image, root, texts)
        if holder is None or holder.tag not in _UNNAMED_FIGURE_TAGS or holder in named:
            continue
        text = texts[holder]
        if len(text) > text_tests.MAX_CAPTION_CHARS or count_link_chars(holder) * 2 > len(text):
            continue
        one = sum(1 for _ in islice(holder.iter("img"), 2)) == 1
        if one and next(holder.iter(*OTHER_CONTENT_TAGS), None) is None and _is_caption_by_words(holder, image, text):
            yield holder


def _find_smallest_with_text(image: Element, root: Element, texts: dict[Element, str]) -> Element | None:
    """Return the smallest element around a picture that holds text; None within a figure, or above the root.

    `texts` holds the texts of elements around earlier pictures.
    """
    for holder in image.iterancestors():
        if holder.tag in {"figure", "blockquote", "body", "article", "main"}:
            return None
        if _look_up_text(holder, texts):
            return holder
        if holder is root:
            return None
    return None


def _look_up_text(element: Element, texts: dict[Element, str]) -> str:
    if element not in texts:
        texts[element] = text_of(element)
    return texts[element]


def _is_caption_by_words(holder: Element, image: Element, text: str) -> bool:
    """Whether a text beside a picture is its caption: it ends in a credit, or is the picture's alternative text."""
    letters, alt = text_tests.text_key(text), text_tests.text_key(image.get("alt", ""))
    if min(len(letters), len(alt)) >= _MIN_ALT_LETTERS and (letters.startswith(alt) or alt.startswith(letters)):
        return True
    parts = (text_of(part) for part in holder.iterdescendants())
    return photo_credits.has_credit_at_end(text) or any(part and photo_credits.is_credit(part) for part in parts)


def _find_named_figures(root: Element) -> set[Element]:
    """Return the smallest elements around one picture and an element that is called a caption."""
    found: set[Element] = set()
    counted: dict[Element, int] = {}
    for caption in root.iter(*_CAPTION_TAGS):
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
    return found


def _holds_only_caption(holder: Element, caption: Element) -> bool:
    """Whether an element holds no tables, lists, headings and the like, except those around the caption."""
    around = set(caption.iterancestors())
    return all(block in around or block is caption for block in holder.iter(*OTHER_CONTENT_TAGS))


def _is_mostly_caption(caption: Element, holder: Element) -> bool:
    """Whether an element holds hardly more text than its caption."""
    return len(text_of(holder)) <= len(text_of(caption)) + _MAX_CHARS_BESIDE_CAPTION


def is_captioned_picture(element: Element) -> bool:
    """Whether an element holds a picture and its caption, and hardly more: then it is no boilerplate by its name."""
    if next(element.iter(*PICTURE_TAGS), None) is None or count_link_chars(element) * 2 >= len(text_of(element)):
        return False
    caption = next((part for part in element.iterdescendants() if is_caption(part) and text_of(part)), None)
    return caption is not None and _is_mostly_caption(caption, element) and _holds_only_caption(element, caption)


def is_caption(element: Element) -> bool:
    """Whether an element is a caption by its tag or class names."""
    if element.tag == "figcaption":
        return True
    return element.tag in _CAPTION_TAGS and bool(name := element.get("class")) and _names_caption(name)


@lru_cache(maxsize=1024)
def _names_caption(name: str) -> bool:
    """Whether a class name says that an element is a caption."""
    words = name_words(name)
    if any(word.endswith("caption") or word in _CAPTION_WORDS for word in words) or (
        not _DESCRIPTION_WORDS.isdisjoint(words) and not _PICTURE_WORDS.isdisjoint(words)
    ):
        return True
    return "description" in words and not _SLIDE_WORDS.isdisjoint(words)


def is_caption_without_picture(element: Element) -> bool:
    """Whether a caption without a picture is one all the same, because a script would load the picture: in slides."""
    return element.tag == "figcaption" or not _SLIDE_WORDS.isdisjoint(name_words(element.getparent().get("class", "")))
