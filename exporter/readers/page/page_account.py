"""The account of a page: every visible text in its order, and what becomes of it.

The texts are numbered once, before anything is changed, so that an element stands for a range of them even after it has
been taken out of the tree. A step that removes an element says why. At the end the texts that are left are looked for
in the article, by their letters; what is not there is dropped, for the reason of the filter that removed the block, or
of the element in which it stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from exporter.account import LOST, Account, Dropped
from exporter.article import Block, Metadata
from exporter.readers import line_reasons
from exporter.readers.article_texts import list_block_texts
from exporter.readers.page import formula_elements
from exporter.readers.page.dom import PROGRAM_TAGS, Element
from exporter.readers.source_texts import Fate, SourceTexts, Target
from exporter.readers.text_tests import text_key

_LANDMARK_TAGS = frozenset({"article", "main", "header", "footer", "nav", "aside", "section", "form"})
_REASONS_BY_TAG = {
    "pre": "line numbers or buttons of a listing",
    "code": "line numbers or buttons of a listing",
    "svg": "words within a drawing",
    "rt": "the reading beside its characters",
    "rp": "brackets for browsers without ruby",
    "button": "a button",
    "label": "the label of a form",
}
"""Why a text is not in the article, by the nearest element around it that says so, whatever its words are."""

_REASONS_BY_HOLDER = {
    "figure": "words beside a picture and its caption",
    "table": "words beside the cells of a table",
    "h1": "the title in other words",
}
"""The same for words that say nothing of themselves."""


class _PageText(NamedTuple):
    text: str
    holder: Element


class PageAccount:
    """The visible `texts` of one page with their elements, and what has become of them so far."""

    def __init__(self, body: Element, unseen: Collection[Element]) -> None:
        self.texts: list[_PageText] = []
        self._ranges: dict[Element, range] = {}
        self._number(body, unseen)
        self._fates: list[Fate | None] = [None] * len(self.texts)
        self._explained: dict[int, Fate] = {}
        self._lead: tuple[Block, ...] = ()
        self._built: tuple[Block, ...] = ()
        self._trimmed: tuple[Dropped, ...] = ()
        self._article: Sequence[tuple[str, str]] = ()

    def _number(self, body: Element, unseen: Collection[Element]) -> None:
        texts, ranges = self.texts, self._ranges
        begins: list[int] = []
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                begins.append(len(texts))
                if element.tag in PROGRAM_TAGS or element in unseen:
                    walker.skip_subtree()
                elif (text := element.text) and not text.isspace():
                    texts.append(_PageText(text, element))
                continue
            ranges[element] = range(begins.pop(), len(texts))
            if (tail := element.tail) and not tail.isspace() and element is not body:
                texts.append(_PageText(tail, element.getparent()))

    def drop(self, element: Element, why: str) -> None:
        """State that an element with all its text is left out, and why; what was stated before of its parts stays."""
        if numbers := self._ranges.get(element):  # most of what is dropped has no words
            self._settle(numbers, Fate(why=why, where=describe_place(element)))

    def keep(self, element: Element, role: str) -> None:
        """State that an element's text is in the article as `role`, in whatever form: a formula, the mark of a note."""
        self._settle(self._ranges.get(element, range(0)), Fate(role=role))

    def explain(self, element: Element, why: str) -> None:
        """State why an element's text is left out if it does not turn out to be in the article."""
        if numbers := self._ranges.get(element):
            fate = Fate(why=why, where=describe_place(element))
            for number in numbers:
                self._explained.setdefault(number, fate)

    def drop_outside(self, content: Element, lead: Sequence[Element]) -> None:
        """State that what stands outside the main content is left out, and which parts are only its `lead`."""
        for element in lead:
            self.explain(element, "beside the title, not part of the article")
        inner = content
        while (holder := inner.getparent()) is not None and inner.tag != "body":
            for element in holder:
                if element is not inner and element not in lead:
                    self.drop(element, "not chosen as the main content")
            inner = holder

    def _settle(self, numbers: range, fate: Fate) -> None:
        for number in numbers:
            if self._fates[number] is None:
                self._fates[number] = fate

    def trim(self, lead: tuple[Block, ...], built: tuple[Block, ...], dropped: tuple[Dropped, ...]) -> None:
        """State which blocks were made of the `lead` and of the main content, and which of these were dropped."""
        self._lead, self._built, self._trimmed = lead, built, dropped

    def close(self, metadata: Metadata, article: Sequence[tuple[str, str]], heading: Element | None) -> Account:
        """Look for all texts that are left in the article; returns what became of every text, in the page's order.

        `article` are role and text of its runs, as `list_texts` returns them; `heading` shows the title.
        """
        shown = self._ranges.get(heading, range(0)) if heading is not None else range(0)
        texts = SourceTexts([text.text for text in self.texts], self._fates)
        self._article = article
        return texts.close(metadata, [self._order_targets()], shown, self._find_reason, self._describe_place)

    def _order_targets(self) -> list[Target]:
        """Return the texts of the article and of what was dropped, in the order in which the page has them.

        A text that is kept in one place and dropped in another is found in both then.
        """
        lead, built = list_block_texts(self._lead), list_block_texts(self._built)
        places: dict[str, deque[int]] = {}
        for place, (_, text) in enumerate((*lead, *built)):
            places.setdefault(text_key(text), deque()).append(place)
        ordered: list[tuple[int, Target]] = []
        kept = [(text, Fate(role=role)) for role, text in self._article]
        for group in (kept, [(each.text, Fate(why=each.why, where=each.where)) for each in self._trimmed]):
            last = 0
            for text, fate in group:
                found = places.get(text_key(text)) or places.get(text_key(text.partition("\n")[0]))
                last = found.popleft() if found else last
                ordered.append((last, (text, fate)))
        left = {place for found in places.values() for place in found if place < len(lead)}
        ordered += [(place, (text, None)) for place, (_, text) in enumerate(lead) if place in left]
        return [target for _, target in sorted(ordered, key=lambda pair: pair[0])]

    def _find_reason(self, number: int, words: str) -> Fate:
        """Return what became of words that are neither in the article nor in a block that was dropped."""
        holders = [self.texts[number].holder, *self.texts[number].holder.iterancestors()]
        if any(map(formula_elements.is_formula, holders)):
            return Fate(role="formula")
        if why := _find_holder_reason(holders, _REASONS_BY_TAG) or line_reasons.find_line_reason(words):
            return Fate(why=why)
        if stated := self._explained.get(number):
            return stated
        if why := _find_holder_reason(holders, _REASONS_BY_HOLDER):
            return Fate(why=why)
        return Fate(why="words that the article has elsewhere, too" if text_key(words) in self._letters else LOST)

    @cached_property
    def _letters(self) -> str:
        """The letters of the article's texts; most pages have no words that are looked for in them."""
        return "\n".join(text_key(text) for _, text in self._article)

    def _describe_place(self, number: int) -> str:
        return describe_place(self.texts[number].holder)


def _find_holder_reason(holders: Iterable[Element], reasons: Mapping[str, str]) -> str:
    """Return the reason of the nearest of some elements that has one, or empty."""
    return next((reasons[holder.tag] for holder in holders if holder.tag in reasons), "")


def describe_place(element: Element) -> str:
    """Return what names an element, and the part of the page around it: "article > div.share"."""
    names = [_name_element(element)] if element.tag != "body" else []
    around = next((holder for holder in element.iterancestors() if holder.tag in _LANDMARK_TAGS), None)
    return " > ".join([*([_name_element(around)] if around is not None else []), *names]) or "body"


def _name_element(element: Element) -> str:
    if name := element.get("id", "").strip():
        return f"{element.tag}#{name}"
    first = element.get("class", "").split()[:1]
    return f"{element.tag}.{first[0]}" if first else str(element.tag)
