"""Footnotes and endnotes: finds their marks, and takes their bodies out of the tree, without backlinks."""

from __future__ import annotations

import re

import msgspec

from exporter.readers.page.dom import Element, class_and_id, drop_element, text_of
from exporter.readers.page.page_account import PageAccount
from exporter.readers.page.page_links import Links

_MAX_MARK_CHARS = 12
"""Characters of a note mark: ``[note 12]`` is among the longest."""

_MAX_BODY_CHARS = 6000
"""Characters of a note (chosen by reading pages; no measurement)."""

_NOTE_NAME = re.compile(
    r"foot-?note|end-?note|cite[_-]?note|(?:^|[_\-:#])(?:fn|ftn|edn|en|note|nb|ref-?note)s?[_\-:.]?\d*[a-z]?$|^_?ftn|^_?edn|^sdfootnote",
    re.IGNORECASE,
)
_MARK_TEXT = re.compile(
    r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶#]{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|(?:note|n\.?)\s*\d{1,3})\s*[\])]?", re.IGNORECASE
)
_RAISED_LABEL = re.compile(r"\d{1,3}|[*†‡]{1,3}")
_BACKLINK_TEXT = re.compile(
    r"[\s↩↑⤴⮐⏎^⇑△▲↵\ufe0e\ufe0f\[\]().,;0-9a-z*†‡]*|(?:back|return|jump up|jump back)\b.{0,40}", re.IGNORECASE
)
_EDITOR_REMARK_CLASSES = frozenset({"noprint", "Inline-Template", "Template-Fact"})
"""Classes of editors' remarks in a wiki: "citation needed"."""

_BODY_TAGS = frozenset({"li", "p", "div", "aside", "dd", "td", "section", "blockquote", "tr"})
_BACKLINK_CLASS = re.compile(
    r"backlink|backref|back-?link|reversefootnote|footnote-?(?:back|return)|footnote-number", re.IGNORECASE
)
_NOTES_HEADING = re.compile(
    r"(?:foot|end)?notes?(?: and references)?|references|fußnoten|anmerkungen|einzelnachweise|notas(?: al pie)?|"
    r"notes de bas de page|note|fotnoter|voetnoten|przypisy|примечания|注|脚注|注釈",
    re.IGNORECASE,
)


class NoteBody(msgspec.Struct, frozen=True):
    """A note as it stands in the page: its name, the label its mark shows, and its element, taken out of the tree."""

    name: str
    label: str
    element: Element


def extract_notes(root: Element, links: Links, account: PageAccount) -> tuple[dict[Element, str], tuple[NoteBody, ...]]:
    """Find the notes of a page; returns their names by mark, and the bodies in the order of their marks.

    The bodies are removed from the tree, and so is a heading or rule above nothing else.
    """
    for remark in [mark for mark in root.iter("sup") if _EDITOR_REMARK_CLASSES & set(mark.get("class", "").split())]:
        account.drop(remark, "an editor's remark")
        drop_element(remark)
    marks: dict[Element, str] = {}
    bodies: dict[Element, NoteBody] = {}
    if candidates := [link for link in root.iter("a") if _is_mark_candidate(link, links)]:
        finder = _BodyFinder(root, links)
        for link in candidates:
            if (body := finder.body(link)) is None:
                continue
            if body not in bodies:
                label = text_of(link).strip("[]() ") or str(len(bodies) + 1)
                bodies[body] = NoteBody(f"n{len(bodies) + 1}", label, body)
            marks[_widen_mark(link)] = bodies[body].name
    _extract_side_notes(root, marks, bodies)
    _extract_raised_notes(root, marks, bodies)
    homes = dict.fromkeys(body.getparent() for body in bodies)  # each once: thousands may share one
    for body, note in bodies.items():
        _drop_backlinks(body, links, account)
        _drop_label(body, note.label, account)
        drop_element(body)
    for home in homes:
        _drop_empty_holders(home, account)
    for mark in marks:
        account.keep(mark, "note mark")
    return marks, tuple(bodies.values())


def _is_mark_candidate(link: Element, links: Links) -> bool:
    """Whether a link may be a note mark: short, and to a place in this page."""
    if "#" not in link.get("href", "") or not links.fragment(link.get("href", "")):
        return False
    label = text_of(link)
    return len(label) <= _MAX_MARK_CHARS and (_MARK_TEXT.fullmatch(label) is not None or _is_declared_mark(link))


def _is_declared_mark(link: Element) -> bool:
    """Whether role, type or name of a link say that it is a note mark."""
    return "noteref" in f"{link.get('role', '')} {link.get('epub:type', '')}" or "footnote-ref" in class_and_id(link)


def _widen_mark(link: Element) -> Element:
    """Return the mark with the elements around it that hold nothing else: ``sup``, ``span``."""
    mark, label = link, text_of(link)
    while (holder := mark.getparent()) is not None and holder.tag in {"sup", "span"} and text_of(holder) == label:
        mark = holder
    return mark


class _BodyFinder:
    """Finds the body of a note from its mark: both must look like a note's, or link to each other."""

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
        """Return the note body to which a link leads; None if it is not a note mark."""
        fragment = self._links.fragment(link.get("href", ""))
        target = self._targets.get(fragment)
        if target is None:
            return None
        if target not in self._bodies:
            self._bodies[target] = _find_body_block(target)
        body = self._bodies[target]
        # A link upwards is a backlink.
        if body is None or body in link.iterancestors() or self._order[body] < self._order[link]:
            return None
        raised = link.getparent().tag == "sup" or next(link.iter("sup"), None) is not None
        named = (
            bool(_NOTE_NAME.search(fragment)) or "footnote" in class_and_id(body) or "footnote" in class_and_id(target)
        )
        shown = raised or (named and text_of(link).startswith("["))
        sure = (
            _is_declared_mark(link)
            or (named and shown)
            or ((named or raised) and _has_backlink(body, link, self._links))
        )
        return body if sure else None


def _find_body_block(target: Element) -> Element | None:
    """Return the block that a link target is, or with which it begins; None if it is too large for a note."""
    element = target
    while element is not None and element.tag not in _BODY_TAGS:
        element = element.getparent()
    if element is None or element.tag in {"td", "body"}:
        element = element.getparent() if element is not None and element.tag == "td" else None
    if element is not None and element.tag == "p" and element.getparent().tag in {"li", "aside"}:
        outer = element.getparent()
        element = outer if outer[0] is element else element
    if element is None or element.tag == "section" or len(text_of(element)) > _MAX_BODY_CHARS:
        return None
    return element


def _has_backlink(body: Element, link: Element, links: Links) -> bool:
    """Whether a note body links back to its mark."""
    ids = {element.get("id") for element in (link, *link.iterancestors("sup", "span", "a")) if element.get("id")}
    ids |= {link.get("name")} if link.get("name") else set()
    return any(links.fragment(back.get("href", "")) in ids for back in body.iter("a"))


def _extract_side_notes(root: Element, marks: dict[Element, str], bodies: dict[Element, NoteBody]) -> None:
    """Add the side notes, which stand right after their marks, to `marks` and `bodies`."""
    for span in list(root.iter("span", "small", "aside")):
        classes = span.get("class", "").split()
        if "inline-footnote" in classes and len(span):
            number = str(len(bodies) + 1)
            bodies[span[0]] = NoteBody(f"n{number}", number, span[0])
            marks[span] = f"n{number}"
            continue
        if not {"sidenote", "marginnote", "footnote-content"} & set(classes) or span in bodies:
            continue
        before = span.getprevious()
        while before is not None and before.tag == "input":
            before = before.getprevious()
        number = str(len(bodies) + 1)
        if before is None or before.tag not in {"label", "sup"}:
            continue
        bodies[span] = NoteBody(f"n{number}", number, span)
        marks[before] = f"n{number}"


def _extract_raised_notes(root: Element, marks: dict[Element, str], bodies: dict[Element, NoteBody]) -> None:
    """Add the paragraphs that begin with a raised number which an earlier raised number without a link repeats."""
    waiting: dict[str, Element] = {}
    for raised in list(root.iter("sup")):
        label, holder = text_of(raised), raised.getparent()
        if not _RAISED_LABEL.fullmatch(label) or next(raised.iter("a"), None) is not None:
            continue
        if any(element in marks or element in bodies for element in (raised, *raised.iterancestors())):
            continue  # of a note that is found already
        begins = holder.tag in _BODY_TAGS and raised.getprevious() is None and not (holder.text or "").strip()
        if not begins:
            waiting.setdefault(label, raised)
        elif label in waiting and len(text_of(holder)) <= _MAX_BODY_CHARS:
            name = f"n{len(bodies) + 1}"
            bodies[holder] = NoteBody(name, label, holder)
            marks[waiting.pop(label)] = name
            drop_element(raised)


def _drop_backlinks(body: Element, links: Links, account: PageAccount) -> None:
    """Drop the links back to the marks, and the elements left empty by it."""
    for element in list(body.iter("a", "span", "sup")):
        if element.getparent() is None and element is not body:
            continue
        back = (
            element.tag == "a"
            and links.fragment(element.get("href", ""))
            and _BACKLINK_TEXT.fullmatch(text_of(element))
        )
        if element is not body and (back or _BACKLINK_CLASS.search(class_and_id(element))):
            holder = element.getparent()
            account.drop(element, "a link back to the mark of its note")
            drop_element(element)
            if holder is not None and holder is not body and holder.tag in {"sup", "span", "p"} and not text_of(holder):
                drop_element(holder)


def _drop_label(body: Element, label: str, account: PageAccount) -> None:
    """Drop the label with which a note begins in its own text ("1. ", "[1] "): the mark has it already."""
    holder = body
    while not (holder.text or "").strip() and len(holder):
        holder = holder[0]
    why = "the label of a note, which its mark has"
    if holder.tag == "sup" and holder is not body and text_of(holder).strip("[]() .") == label:
        account.drop(holder, why)
        drop_element(holder)
        return
    # A number without a stop or a bracket may belong to the sentence ("1 January").
    stop = r"\s*[\])]?\s+" if not label.isalnum() else r"\s*(?:[.:\])]|[\])][.:])\s+"
    if found := re.match(rf"\s*[\[(]?{re.escape(label)}{stop}(?=\S)", holder.text or ""):
        account.explain(holder, why)
        holder.text = holder.text[found.end() :]


def _drop_empty_holders(home: Element | None, account: PageAccount) -> None:
    """Drop what held nothing but notes, from inside outwards, and the heading or rule above it."""
    while home is not None and home.getparent() is not None and home.tag not in {"body", "article", "main"}:
        rest = text_of(home)
        if rest and not _NOTES_HEADING.fullmatch(rest):
            return
        above = home.getprevious()
        holder = home.getparent()
        account.explain(home, "the heading of the notes")
        drop_element(home)
        if above is not None and (
            above.tag == "hr"
            or (above.tag in {"h1", "h2", "h3", "h4", "p"} and _NOTES_HEADING.fullmatch(text_of(above)))
        ):
            account.explain(above, "the heading of the notes")
            drop_element(above)
        home = holder
