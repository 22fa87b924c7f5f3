"""Which part of a page is the article.

Where its paragraphs stand side by side in one element, with next to nothing else, that element is the article. For all
other pages the library trafilatura says which *text* is the article; here its place in the page's own tree is found, so
that all that the library drops (headings, figures, tables, code) is kept.
"""

from __future__ import annotations

import msgspec

from exporter.readers.page.dom import BLOCK_TAGS, Element, class_and_id, name_words, text_of

_MIN_ARTICLE_SHARE = 0.9
"""Of the extracted letters, how many the article's element must hold."""

_MIN_SELECTED_SHARE = 0.5
"""Of a page's running text, how much the library must have chosen to be believed."""

_SEARCH_LETTERS = 200_000
"""Letters before and after the last passage in which the next is looked for."""

_MIN_PASSAGE_CHARS = 60
"""Characters from which on a block is running text."""

_PROBE_LETTERS = 16
"""Letters of a passage that are looked for by themselves, where the passage as a whole is not found."""

_MIN_LAID_OUT_SHARE = 0.95
"""Of the letters of an element, how many its paragraphs, lists and the like must hold for it to be the article."""

_MAX_EXTRACTED_CHILDREN = 10_000
"""Elements in an element from which on the library, whose time grows with their square, is not asked."""

_LINE_TAGS = frozenset("p h1 h2 h3 h4 h5 h6".split())
_FLOW_TAGS = _LINE_TAGS | frozenset("ul ol dl blockquote figure pre table".split())
_REFERENCE_WORDS = frozenset({"references", "bibliography", "reflist"})
_CONTAINER_TAGS = frozenset("div article section main body td table tr tbody center font span form".split())


class PassageMatcher:
    """The letters that are taken for the article; asked for passages in the order of the page.

    Only the neighbourhood of the last passage found is searched, so that a book in one page does not cost its square.
    """

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._at = 0

    def holds(self, passage: str) -> bool:
        """Whether a passage is among the letters: all of it, or most of it further on.

        Its formulas, quotation marks, pictures and marks of notes need not be there.
        """
        letters = remove_space(passage)
        found = self._letters.find(
            letters, max(self._at - _SEARCH_LETTERS, 0), self._at + len(letters) + _SEARCH_LETTERS
        )
        if found < 0:
            return self._holds_most(letters)
        self._at = found
        return True

    def _holds_most(self, letters: str) -> bool:
        starts = range(0, len(letters) - _PROBE_LETTERS, _PROBE_LETTERS)
        end = self._at + len(letters) + _SEARCH_LETTERS
        found = [self._letters.find(letters[at : at + _PROBE_LETTERS], self._at, end) for at in starts]
        return sum(place >= 0 for place in found) * 2 > len(found)

    def rewind(self) -> None:
        """Begin at the front again."""
        self._at = 0


class MainContent(msgspec.Struct, frozen=True):
    """Where the article is: the smallest element around it, and what was chosen, if that is trusted."""

    element: Element
    chosen: PassageMatcher | None = None


def remove_space(text: str) -> str:
    """A text without its white space, which is the page's or the library's."""
    return "".join(text.split())


def find_main_content(root: Element, *, furnished: bool) -> MainContent:
    """Find the article; in a page that is not `furnished` it may be all there is."""
    body = body_of(root)
    parts = list(body.iter(*BLOCK_TAGS))
    holders = {part.getparent() for part in parts}
    prose = [(part, letters) for part in parts if part not in holders and (letters := _passage_letters(part))]
    total = sum(len(letters) for _, letters in prose)
    if not total:
        return MainContent(body)
    around = _find_smallest_around(body, prose)
    if letters := _laid_out_letters(around):
        return MainContent(around, PassageMatcher(letters))
    if len(around) > _MAX_EXTRACTED_CHILDREN or not (furnished or has_text_outside(around, root)):
        return MainContent(around)
    extracted = _extract_letters(root)
    chosen = PassageMatcher(extracted)
    matched = [(element, letters) for element, letters in prose if chosen.holds(letters)]
    if sum(len(letters) for _, letters in matched) >= _MIN_SELECTED_SHARE * total:
        return MainContent(
            _find_smallest_around(body, matched),
            PassageMatcher(extracted + _letters_below(matched[-1][0]) + _reference_letters(body)),
        )
    return MainContent(around)


def body_of(root: Element) -> Element:
    """Return the body of a page, or all of it."""
    body = root.find("body")
    return root if body is None else body


def has_text_outside(element: Element, root: Element) -> bool:
    """Whether a page says anything outside an element."""
    return len(text_of(element)) < len(text_of(body_of(root)))


def find_lead_elements(heading: Element | None, place: Element) -> list[Element]:
    """Return what stands around the title and before the article's own element, where the lead picture is."""
    holders = set(heading.iterancestors()) if heading is not None else set()
    if place in holders:
        return []
    both = next((holder for holder in place.iterancestors() if holder in holders), None)
    if both is None:
        both = next((holder for holder in place.iterancestors("article", "main")), place)
    found: list[Element] = []
    inner = place
    while inner is not both:
        found[:0] = reversed(list(inner.itersiblings(preceding=True)))
        inner = inner.getparent()
    return found


def _find_smallest_around(body: Element, prose: list[tuple[Element, str]]) -> Element:
    """The smallest element around nearly all of some passages."""
    weights: dict[Element, int] = {}
    for element, letters in prose:
        holder = element
        while holder is not None:
            weights[holder] = weights.get(holder, 0) + len(letters)
            holder = holder.getparent()
    best, total = body, weights[body]
    while True:
        inner = next((child for child in best if weights.get(child, 0) >= _MIN_ARTICLE_SHARE * total), None)
        if inner is None or inner.tag not in _CONTAINER_TAGS:
            return best
        best = inner


def _laid_out_letters(element: Element) -> str:
    """The letters of an article whose parts stand side by side in one element, where there is nothing to decide.

    Empty where boxes hold more than a trace of the element's letters, or paragraphs less than half: a library decides.
    """
    total = len(remove_space(text_of(element)))
    parts = [(part.tag, remove_space(text_of(part))) for part in element if part.tag in _FLOW_TAGS]
    paragraphs = sum(len(letters) for tag, letters in parts if tag == "p")
    letters = "".join(letters for _, letters in parts)
    return letters if len(letters) >= _MIN_LAID_OUT_SHARE * total and paragraphs * 2 >= total else ""


def _letters_below(passage: Element) -> str:
    """The letters of lists, tables and the like right below the last passage, which the library seldom chooses."""
    parts = ((part, text_of(part)) for part in passage.itersiblings() if part.tag in _FLOW_TAGS - _LINE_TAGS)
    return "".join(remove_space(text) for part, text in parts if not _is_mostly_links(part, text))


def _reference_letters(body: Element) -> str:
    """The letters of lists of references, which the library never chooses, with the headings above them."""
    found: list[Element] = []
    for part in body.iter("ol", "ul", "section", "div"):
        said = class_and_id(part)
        if ("ref" in said or "bib" in said) and not _REFERENCE_WORDS.isdisjoint(name_words(said)):
            above = part.getprevious()
            found += [part] if above is None or above.tag not in _LINE_TAGS else [above, part]
    return "".join(remove_space(text_of(part)) for part in found)


def _passage_letters(element: Element) -> str:
    """The letters of a block, where it is a passage of running text; else empty."""
    text = text_of(element)
    return "" if len(text) < _MIN_PASSAGE_CHARS or _is_mostly_links(element, text) else remove_space(text)


def _is_mostly_links(element: Element, text: str) -> bool:
    """Whether links hold most of an element's text."""
    return sum(len(text_of(link)) for link in element.iter("a")) * 2 > len(text)


def _extract_letters(root: Element) -> str:
    """The letters of the article without white space, as the library chooses them."""
    import logging  # noqa: PLC0415  as the library, 110 ms: where the page leaves a doubt
    from copy import deepcopy  # noqa: PLC0415

    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document, Extractor  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    options = Extractor(output_format="python", fast=True, comments=False, formatting=False)
    page = root.makeelement("html")
    page.append(deepcopy(body_of(root)))
    document = bare_extraction(page, options=options)
    if not isinstance(document, Document) or document.body is None:
        return ""
    return remove_space("".join(document.body.itertext()))
