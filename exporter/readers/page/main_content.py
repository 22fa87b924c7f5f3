"""Which part of a page is the article.

Where its paragraphs stand side by side in one element, with next to nothing else, that element is the article. For all
other pages the library trafilatura says which *text* is the article; here its place in the page's own tree is found, so
that all that the library drops (headings, figures, tables, code) is kept.
"""

from __future__ import annotations

import msgspec

from exporter.readers.page.dom import BLOCK_TAGS, Element, names, text_of, words

_SHARE = 0.9
"""Of the extracted letters, how many the article's element must hold."""

_TRUSTED = 0.5
"""Of a page's running text, how much the library must have chosen to be believed."""

_NEAR = 200_000
"""Letters before and after the last passage in which the next is looked for."""

_PASSAGE = 60
"""Characters from which on a block is running text."""

_STRETCH = 16
"""Letters of a passage that are looked for by themselves, where the passage as a whole is not found."""

_LAID_OUT = 0.95
"""Of the letters of an element, how many its paragraphs, lists and the like must hold for it to be the article."""

_MOST_PARTS = 10_000
"""Elements in an element from which on the library, whose time grows with their square, is not asked."""

_LINES = frozenset("p h1 h2 h3 h4 h5 h6".split())
_FLOW = _LINES | frozenset("ul ol dl blockquote figure pre table".split())
_REFERENCES = frozenset({"references", "bibliography", "reflist"})
_CONTAINERS = frozenset("div article section main body td table tr tbody center font span form".split())


class Chosen:
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
        letters = bare(passage)
        found = self._letters.find(letters, max(self._at - _NEAR, 0), self._at + len(letters) + _NEAR)
        if found < 0:
            return self._holds_most(letters)
        self._at = found
        return True

    def _holds_most(self, letters: str) -> bool:
        starts = range(0, len(letters) - _STRETCH, _STRETCH)
        end = self._at + len(letters) + _NEAR
        found = [self._letters.find(letters[at : at + _STRETCH], self._at, end) for at in starts]
        return sum(place >= 0 for place in found) * 2 > len(found)

    def rewind(self) -> None:
        """Begin at the front again."""
        self._at = 0


class Place(msgspec.Struct, frozen=True):
    """Where the article is: the smallest element around it, and what was chosen, if that is trusted."""

    element: Element
    chosen: Chosen | None = None


def bare(text: str) -> str:
    """A text without its white space, which is the page's or the library's."""
    return "".join(text.split())


def article(root: Element, *, furnished: bool) -> Place:
    """Find the article; in a page that is not `furnished` it may be all there is."""
    body = body_of(root)
    parts = list(body.iter(*BLOCK_TAGS))
    holders = {part.getparent() for part in parts}
    prose = [(part, letters) for part in parts if part not in holders and (letters := _prose(part))]
    total = sum(len(letters) for _, letters in prose)
    if not total:
        return Place(body)
    around = _around(body, prose)
    if letters := _laid_out(around):
        return Place(around, Chosen(letters))
    if len(around) > _MOST_PARTS or not (furnished or is_part(around, root)):
        return Place(around)
    extracted = _extracted(root)
    chosen = Chosen(extracted)
    matched = [(element, letters) for element, letters in prose if chosen.holds(letters)]
    if sum(len(letters) for _, letters in matched) >= _TRUSTED * total:
        return Place(_around(body, matched), Chosen(extracted + _below(matched[-1][0]) + _references(body)))
    return Place(around)


def body_of(root: Element) -> Element:
    """Return the body of a page, or all of it."""
    body = root.find("body")
    return root if body is None else body


def is_part(element: Element, root: Element) -> bool:
    """Whether a page says anything outside an element."""
    return len(text_of(element)) < len(text_of(body_of(root)))


def lead(heading: Element | None, place: Element) -> list[Element]:
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


def _around(body: Element, prose: list[tuple[Element, str]]) -> Element:
    """The smallest element around nearly all of some passages."""
    weights: dict[Element, int] = {}
    for element, letters in prose:
        holder = element
        while holder is not None:
            weights[holder] = weights.get(holder, 0) + len(letters)
            holder = holder.getparent()
    best, total = body, weights[body]
    while True:
        inner = next((child for child in best if weights.get(child, 0) >= _SHARE * total), None)
        if inner is None or inner.tag not in _CONTAINERS:
            return best
        best = inner


def _laid_out(element: Element) -> str:
    """The letters of an article whose parts stand side by side in one element, where there is nothing to decide.

    Empty where boxes hold more than a trace of the element's letters, or paragraphs less than half: a library decides.
    """
    total = len(bare(text_of(element)))
    parts = [(part.tag, bare(text_of(part))) for part in element if part.tag in _FLOW]
    paragraphs = sum(len(letters) for tag, letters in parts if tag == "p")
    letters = "".join(letters for _, letters in parts)
    return letters if len(letters) >= _LAID_OUT * total and paragraphs * 2 >= total else ""


def _below(passage: Element) -> str:
    """The letters of lists, tables and the like right below the last passage, which the library seldom chooses."""
    parts = ((part, text_of(part)) for part in passage.itersiblings() if part.tag in _FLOW - _LINES)
    return "".join(bare(text) for part, text in parts if not _is_linked(part, text))


def _references(body: Element) -> str:
    """The letters of lists of references, which the library never chooses, with the headings above them."""
    found: list[Element] = []
    for part in body.iter("ol", "ul", "section", "div"):
        said = names(part)
        if ("ref" in said or "bib" in said) and not _REFERENCES.isdisjoint(words(said)):
            above = part.getprevious()
            found += [part] if above is None or above.tag not in _LINES else [above, part]
    return "".join(bare(text_of(part)) for part in found)


def _prose(element: Element) -> str:
    """The letters of a block, where it is a passage of running text; else empty."""
    text = text_of(element)
    return "" if len(text) < _PASSAGE or _is_linked(element, text) else bare(text)


def _is_linked(element: Element, text: str) -> bool:
    """Whether links hold most of an element's text."""
    return sum(len(text_of(link)) for link in element.iter("a")) * 2 > len(text)


def _extracted(root: Element) -> str:
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
    return bare("".join(document.body.itertext()))
