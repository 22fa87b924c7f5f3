"""Main content extraction: which element of a page is the article.

If paragraphs stand side by side in one element with next to nothing else, that element is the article. For all other
pages the library trafilatura selects the article's *text*; this module finds the smallest element around that text, so
that headings, figures, tables and code, which the library drops, are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from exporter.readers.page import own_statements
from exporter.readers.page.dom import BLOCK_TAGS, Element, class_and_id, count_link_chars, name_words, text_of
from exporter.readers.page.element_index import ElementIndex
from exporter.readers.text_tests import ends_sentence, text_key

# The numbers were chosen by reading pages (no measurement), unless a comment says otherwise.

_MIN_ARTICLE_SHARE = 0.9
"""Share of the passages' letters that the article's element must hold."""

_MAX_SHORT_PAGE_CHARS = 2000
"""Characters of a page, without what it marks as boilerplate, up to which all of it is the article."""

_MIN_SELECTED_SHARE = 0.5
"""Share of a page's running text that the library must select; if it selects less, its answer is not used."""

_SEARCH_LETTERS = 200_000
"""Letters before and after the last match in which the next passage is searched: bounds the time for a whole book."""

_MIN_PASSAGE_CHARS = 60
"""A block of fewer characters is a label, not running text."""

_PROBE_LETTERS = 16
"""Length of the probes into which a passage is cut if it is not found as a whole."""

_MIN_LAID_OUT_SHARE = 0.9
"""Share of an element's letters that its own paragraphs, lists and the like must hold to make it the article.

Measured on 426 pages: down to 0.9, the mean text F1 and recall do not fall; with 0.75 the recall does. With 0.95, the
library is asked of 18 more pages, and leaves headings out of them."""

_MAX_EXTRACTED_CHILDREN = 10_000
"""An element with more children is not given to the library, whose time grows with the square of their number."""

_LINE_TAGS = frozenset("p h1 h2 h3 h4 h5 h6".split())
_FLOW_TAGS = _LINE_TAGS | frozenset("ul ol dl blockquote figure pre table".split())
_REFERENCE_WORDS = frozenset({"references", "bibliography", "reflist"})
_CONTAINER_TAGS = frozenset("div article section main body td table tr tbody center font span form".split())


class PassageMatcher:
    """Matches passages, in the order of the page, with the letters selected for the article; made for one pass.

    Each match moves the search window, so that a long page does not cost the square of its length.
    """

    def __init__(self, selected: str) -> None:
        self._selected = selected
        self._position = 0

    def match(self, passage: str) -> bool:
        """Return whether all of a passage was selected, or most of it at or after the last match.

        Formulas, quotation marks, pictures and note marks of the passage may be missing from the selected letters.
        """
        letters = remove_space(passage)
        begin = max(self._position - _SEARCH_LETTERS, 0)
        found = self._selected.find(letters, begin, self._position + len(letters) + _SEARCH_LETTERS)
        if found < 0:
            return self._match_most(letters)
        self._position = found
        return True

    def _match_most(self, letters: str) -> bool:
        starts = range(0, len(letters) - _PROBE_LETTERS, _PROBE_LETTERS)
        end = self._position + len(letters) + _SEARCH_LETTERS
        found = [self._selected.find(letters[at : at + _PROBE_LETTERS], self._position, end) for at in starts]
        return sum(place >= 0 for place in found) * 2 > len(found)


class MainContent(msgspec.Struct, frozen=True):
    """The smallest element around the article, and the letters selected for the article.

    `selected` has no white space; it is None if there is no trusted selection.
    """

    element: Element
    selected: str | None = None


def remove_space(text: str) -> str:
    """Remove white space: the page and the library set it differently."""
    return "".join(text.split())


def find_main_content(
    root: Element, index: ElementIndex, heading: Element | None, stated: Collection[str], *, has_boilerplate: bool
) -> MainContent:
    """Find the article; a page without boilerplate may be the article as a whole, and so may a short one.

    `heading` is the element of the title. `stated` are the comparison keys of parts that the page itself says are the
    article's.
    """
    body = body_of(root)
    own = own_statements.find_own_element(body, index)
    whole = body if own is None else own
    if len(text_of(whole)) <= _MAX_SHORT_PAGE_CHARS:
        return MainContent(_find_all_below(whole, heading))
    parts = list(body.iter(*BLOCK_TAGS))
    holders = {part.getparent() for part in parts}
    passages = [(part, letters) for part in parts if (letters := _passage_letters(part, whole=part not in holders))]
    total = sum(len(letters) for _, letters in passages)
    if not total:
        return MainContent(body)
    own_parts = _find_stated_passages(body, stated)
    around = _widen_to(_find_smallest_around(body, passages), own_parts)
    if letters := _laid_out_letters(around):
        return MainContent(around, letters)
    if len(around) > _MAX_EXTRACTED_CHILDREN or not (has_boilerplate or has_text_outside(around, root)):
        return MainContent(around)
    extracted = _extract_letters(root)
    matcher = PassageMatcher(extracted)
    matched = [(element, letters) for element, letters in passages if matcher.match(letters)]
    if sum(len(letters) for _, letters in matched) < _MIN_SELECTED_SHARE * total:
        return MainContent(around)
    selected = extracted + _letters_below(matched[-1][0]) + _reference_letters(body) + "".join(k for _, k in own_parts)
    return MainContent(_widen_to(_find_smallest_around(body, matched), own_parts), selected)


def body_of(root: Element) -> Element:
    """Return the ``body`` element of a page; the root if it has no body."""
    body = root.find("body")
    return root if body is None else body


def has_text_outside(element: Element, root: Element) -> bool:
    """Whether the page has text outside an element."""
    return len(text_of(element)) < len(text_of(body_of(root)))


def find_lead_elements(heading: Element | None, article: Element) -> list[Element]:
    """Return the elements between the title and the article's element, which may hold the lead picture.

    They are the preceding siblings of the article and of its ancestors, up to the element that holds the title too.
    """
    holders = set(heading.iterancestors()) if heading is not None else set()
    if article in holders:
        return []
    common = next((holder for holder in article.iterancestors() if holder in holders), None)
    if common is None:
        common = next((holder for holder in article.iterancestors("article", "main")), article)
    found: list[Element] = []
    inner = article
    while inner is not common:
        found[:0] = reversed(list(inner.itersiblings(preceding=True)))
        inner = inner.getparent()
    return found


def _find_all_below(whole: Element, heading: Element | None) -> Element:
    """Return the smallest element around all text below the title, and below the part of the page that heads it."""
    head = heading
    while head is not None and (holder := head.getparent()) is not None and holder is not whole:
        if any(text_of(part) and ends_sentence(text_of(part)) for part in holder.iter(*_FLOW_TAGS, "div")):
            break
        head = holder
    above = [] if head is None else list(head.iter())
    begins = bool(above) and any(part is head for part in whole.iter())
    passages: list[tuple[Element, str]] = []
    for element in whole.iter():
        if begins:
            begins = element is not head
        elif element not in above and (text := _direct_text(element)):
            passages.append((element, text))
    return _find_smallest_around(whole, passages, 1.0) if passages else whole


def _direct_text(element: Element) -> str:
    """Return the letters that stand directly in an element, not in those within it."""
    return remove_space("".join((element.text or "", *(child.tail or "" for child in element))))


def _find_stated_passages(body: Element, stated: Collection[str]) -> list[tuple[Element, str]]:
    """Return the smallest blocks that hold a part which the page states, with their letters."""
    if not stated:
        return []
    found: list[tuple[Element, str]] = []
    for part in body.iter("li", "p", "div", "span", "td", "dd", "label"):
        key = text_key(text_of(part))
        if key in stated and not any(text_key(text_of(inner)) == key for inner in part):
            found.append((part, remove_space(text_of(part))))
    return found


def _widen_to(element: Element, parts: Sequence[tuple[Element, str]]) -> Element:
    """Return the smallest element around an element and some parts of the page."""
    for part, _ in parts:
        holders = {part, *part.iterancestors()}
        while element not in holders:
            element = element.getparent()
    return element


def _find_smallest_around(
    body: Element, passages: list[tuple[Element, str]], share: float = _MIN_ARTICLE_SHARE
) -> Element:
    """Return the smallest element that holds a share of the letters of some passages."""
    weights: dict[Element, int] = {}
    for element, letters in passages:
        holder = element
        while holder is not None:
            weights[holder] = weights.get(holder, 0) + len(letters)
            holder = holder.getparent()
    best, total = body, weights[body]
    while True:
        inner = next((child for child in best if weights.get(child, 0) >= share * total), None)
        if inner is None or inner.tag not in _CONTAINER_TAGS:
            return best
        best = inner


def _laid_out_letters(element: Element) -> str:
    """Return the letters of an article whose parts stand side by side in one element.

    Empty if other elements hold more than a trace of the letters, or paragraphs less than half: the library decides.
    """
    total = len(remove_space(text_of(element)))
    parts = [(part.tag, remove_space(text_of(part))) for part in element if part.tag in _FLOW_TAGS]
    paragraphs = sum(len(letters) for tag, letters in parts if tag == "p")
    letters = "".join(letters for _, letters in parts)
    return letters if len(letters) >= _MIN_LAID_OUT_SHARE * total and paragraphs * 2 >= total else ""


def _letters_below(passage: Element) -> str:
    """Return the letters of lists, tables and the like after the last passage, which the library seldom selects."""
    parts = ((part, text_of(part)) for part in passage.itersiblings() if part.tag in _FLOW_TAGS - _LINE_TAGS)
    return "".join(remove_space(text) for part, text in parts if not _is_mostly_links(part, text))


def _reference_letters(body: Element) -> str:
    """Return the letters of bibliographies, which the library never selects, with the headings above them."""
    found: list[Element] = []
    for part in body.iter("ol", "ul", "section", "div"):
        names = class_and_id(part)
        if ("ref" in names or "bib" in names) and not _REFERENCE_WORDS.isdisjoint(name_words(names)):
            above = part.getprevious()
            found += [part] if above is None or above.tag not in _LINE_TAGS else [above, part]
    return "".join(remove_space(text_of(part)) for part in found)


def _passage_letters(element: Element, *, whole: bool) -> str:
    """Return the letters of a block of running text; empty for labels and rows of links.

    If `whole` is not set, they are those that stand beside other blocks in it, as between the line breaks of old pages.
    """
    if not whole:
        letters = _direct_text(element)
        return letters if len(letters) >= _MIN_PASSAGE_CHARS else ""
    text = text_of(element)
    return "" if len(text) < _MIN_PASSAGE_CHARS or _is_mostly_links(element, text) else remove_space(text)


def _is_mostly_links(element: Element, text: str) -> bool:
    """Whether links hold more than half of an element's text."""
    return count_link_chars(element) * 2 > len(text)


def _extract_letters(root: Element) -> str:
    """Return the letters, without white space, that trafilatura selects as the article's text."""
    import logging  # noqa: PLC0415  3 ms, only pages that the library judges need it

    from trafilatura import bare_extraction  # noqa: PLC0415  110 ms, only pages whose layout leaves a doubt need it
    from trafilatura.settings import Document, Extractor  # noqa: PLC0415  as above

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    options = Extractor(output_format="python", fast=True, comments=False, formatting=False)
    body = body_of(root)
    page = root.makeelement("html")
    page.append(body)  # only lent: the library works on a copy
    try:
        document = bare_extraction(page, options=options)
    finally:
        root.append(body)
    if not isinstance(document, Document) or document.body is None:
        return ""
    return remove_space("".join(document.body.itertext()))
