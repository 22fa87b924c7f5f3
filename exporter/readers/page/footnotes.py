"""Footnotes and endnotes: their marks in the text, their bodies taken out of it, the ways back removed."""

from __future__ import annotations

import re

import msgspec

from exporter.readers.page.dom import Element, drop, names, text_of
from exporter.readers.page.page_links import Links

_LONGEST_MARK = 12
"""Characters of a mark: ``[note 12]`` is among the longest."""

_NAMED = re.compile(
    r"foot-?note|end-?note|cite[_-]?note|(?:^|[_\-:#])(?:fn|ftn|edn|en|note|nb|ref-?note)s?[_\-:.]?\d*[a-z]?$|^_?ftn|^_?edn|^sdfootnote",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶#]{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|(?:note|n\.?)\s*\d{1,3})\s*[\])]?", re.IGNORECASE
)
_BACK = re.compile(
    r"[\s↩↑⤴⮐⏎^⇑△▲↵\ufe0e\ufe0f\[\]().,;0-9a-z*†‡]*|(?:back|return|jump up|jump back)\b.{0,40}", re.IGNORECASE
)
_REMARKS = frozenset({"noprint", "Inline-Template", "Template-Fact"})
"""Classes of what the editors of a wiki say to one another: "citation needed"."""

_BODIES = frozenset({"li", "p", "div", "aside", "dd", "td", "section", "blockquote", "tr"})
_BACK_CLASSES = re.compile(
    r"backlink|backref|back-?link|reversefootnote|footnote-?(?:back|return)|footnote-number", re.IGNORECASE
)
_TITLES = re.compile(
    r"(?:foot|end)?notes?(?: and references)?|references|fußnoten|anmerkungen|einzelnachweise|notas(?: al pie)?|"
    r"notes de bas de page|note|fotnoter|voetnoten|przypisy|примечания|注|脚注|注釈",
    re.IGNORECASE,
)


class Body(msgspec.Struct, frozen=True):
    """A note as it stands in the page: its name, the label its mark shows, and its element, taken out of the tree."""

    name: str
    label: str
    element: Element


def take(root: Element, links: Links) -> tuple[dict[Element, str], tuple[Body, ...]]:
    """Find the notes of a page; returns names by mark, and the bodies in the order of their marks.

    The bodies leave the tree, and so does a heading or a rule that stood above nothing else.
    """
    for remark in [mark for mark in root.iter("sup") if _REMARKS & set(mark.get("class", "").split())]:
        drop(remark)
    marks: dict[Element, str] = {}
    bodies: dict[Element, Body] = {}
    if candidates := [link for link in root.iter("a") if _may_mark(link, links)]:
        finder = _Finder(root, links)
        for link in candidates:
            if (body := finder.body(link)) is None:
                continue
            if body not in bodies:
                label = text_of(link).strip("[]() ") or str(len(bodies) + 1)
                bodies[body] = Body(f"n{len(bodies) + 1}", label, body)
            marks[_around(link)] = bodies[body].name
    _side_notes(root, marks, bodies)
    homes = dict.fromkeys(body.getparent() for body in bodies)  # each once: thousands may share one
    for body in bodies:
        _without_backlinks(body, links)
        drop(body)
    for home in homes:
        _tidy(home)
    return marks, tuple(bodies.values())


def _may_mark(link: Element, links: Links) -> bool:
    """Whether a link looks like the mark of a note: short, and to a place in this page."""
    if "#" not in link.get("href", "") or not links.fragment(link.get("href", "")):
        return False
    label = text_of(link)
    return len(label) <= _LONGEST_MARK and (_MARK.fullmatch(label) is not None or _is_declared(link))


def _is_declared(link: Element) -> bool:
    return "noteref" in f"{link.get('role', '')} {link.get('epub:type', '')}" or "footnote-ref" in names(link)


def _around(link: Element) -> Element:
    """The mark with what raises it."""
    mark, label = link, text_of(link)
    while (holder := mark.getparent()) is not None and holder.tag in {"sup", "span"} and text_of(holder) == label:
        mark = holder
    return mark


class _Finder:
    """Finds the body of a note from its mark: both must look like a note's, or lead to each other."""

    def __init__(self, root: Element, links: Links) -> None:
        self._links = links
        self._order: dict[Element, int] = {}
        self._targets: dict[str, Element] = {}
        self._bodies: dict[Element, Element | None] = {}
        for number, element in enumerate(root.iter()):
            self._order[element] = number
            for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if key:
                    self._targets.setdefault(key, element)

    def body(self, link: Element) -> Element | None:
        """Return the body that a link leads to, or None."""
        fragment = self._links.fragment(link.get("href", ""))
        target = self._targets.get(fragment)
        if target is None:
            return None
        if target not in self._bodies:
            self._bodies[target] = _body(target)
        body = self._bodies[target]
        # A link upwards is a way back.
        if body is None or body in link.iterancestors() or self._order[body] < self._order[link]:
            return None
        raised = link.getparent().tag == "sup" or next(link.iter("sup"), None) is not None
        named = bool(_NAMED.search(fragment)) or "footnote" in names(body) or "footnote" in names(target)
        shown = raised or (named and text_of(link).startswith("["))
        sure = _is_declared(link) or (named and shown) or ((named or raised) and _leads_back(body, link, self._links))
        return body if sure else None


def _body(target: Element) -> Element | None:
    """The block that a target is, or stands in at its beginning."""
    element = target
    while element is not None and element.tag not in _BODIES:
        element = element.getparent()
    if element is None or element.tag in {"td", "body"}:
        element = element.getparent() if element is not None and element.tag == "td" else None
    if element is not None and element.tag == "p" and element.getparent().tag in {"li", "aside"}:
        outer = element.getparent()
        element = outer if outer[0] is element else element
    # A note is a passage, not half the page.
    if element is None or element.tag == "section" or len(text_of(element)) > 6000:
        return None
    return element


def _leads_back(body: Element, link: Element, links: Links) -> bool:
    ids = {element.get("id") for element in (link, *link.iterancestors("sup", "span", "a")) if element.get("id")}
    ids |= {link.get("name")} if link.get("name") else set()
    return any(links.fragment(back.get("href", "")) in ids for back in body.iter("a"))


def _side_notes(root: Element, marks: dict[Element, str], bodies: dict[Element, Body]) -> None:
    """Notes that stand right where they are marked, shown in the margin."""
    for span in list(root.iter("span", "small", "aside")):
        classes = span.get("class", "").split()
        if not {"sidenote", "marginnote", "footnote-content"} & set(classes) or span in bodies:
            continue
        before = span.getprevious()
        while before is not None and before.tag == "input":
            before = before.getprevious()
        number = str(len(bodies) + 1)
        if before is None or before.tag not in {"label", "sup"}:
            continue
        bodies[span] = Body(f"n{number}", number, span)
        marks[before] = f"n{number}"


def _without_backlinks(body: Element, links: Links) -> None:
    for element in list(body.iter("a", "span", "sup")):
        if element.getparent() is None and element is not body:
            continue
        back = element.tag == "a" and links.fragment(element.get("href", "")) and _BACK.fullmatch(text_of(element))
        if element is not body and (back or _BACK_CLASSES.search(names(element))):
            holder = element.getparent()
            drop(element)
            if holder is not None and holder is not body and holder.tag in {"sup", "span", "p"} and not text_of(holder):
                drop(holder)


def _tidy(home: Element | None) -> None:
    """Take away what held nothing but notes, and the heading above them."""
    while home is not None and home.getparent() is not None and home.tag not in {"body", "article", "main"}:
        rest = text_of(home)
        if rest and not _TITLES.fullmatch(rest):
            return
        above = home.getprevious()
        holder = home.getparent()
        drop(home)
        if above is not None and (
            above.tag == "hr" or (above.tag in {"h1", "h2", "h3", "h4", "p"} and _TITLES.fullmatch(text_of(above)))
        ):
            drop(above)
        home = holder
