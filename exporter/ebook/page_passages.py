"""The passages of a page that somebody else wrote: what of it is spoken, and where each sentence stands in its markup.

The page keeps its markup: a sentence that shares its element with others gets a span with an id, one that fills it
gives the element an id. A sentence that begins within an emphasis or a link is highlighted with the one before it. The
same holds for words where each of them is highlighted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec
from lxml import etree

from exporter.article import (
    Article,
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    Metadata,
    Paragraph,
    Sentence,
    Text,
    inline_runs,
    inline_text,
)
from exporter.ebook.xhtml import EPUB_TYPE, XHTML, XML_LANG, Element, move_end_space
from exporter.sentences import cut_sentences

_XHTML = f"{{{XHTML}}}"
_PHRASING_TAGS = frozenset(
    _XHTML + tag
    for tag in (
        "a abbr acronym b bdi bdo big br button cite code data del dfn em font i img ins kbd label mark q rb rp rt "
        "ruby s samp small span strike strong sub sup time tt u var wbr"
    ).split()
)
_SILENT_TAGS = frozenset(
    _XHTML + tag for tag in "audio canvas iframe math nav object rp rt script style svg template video".split()
)
_SILENT_MARKS = frozenset(
    "cover pagebreak noteref backlink toc page-list doc-cover doc-pagebreak doc-noteref doc-backlink doc-toc".split()
)
"""The values of `epub:type` and `role` of what is not read: covers, numbers of pages and notes, and lists of links."""

_SPACE = re.compile(r"\s")
_HEADING = re.compile(r"h[1-6]")


class PagePassage(msgspec.Struct, frozen=True):
    """Phrasing content that stands together in `parent`, behind its child `after` (None: at its beginning).

    `items` are texts and elements, in their order; `is_whole` says that they are all that the parent holds.
    """

    parent: Element
    after: Element | None
    items: tuple[str | Element, ...]
    is_whole: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """What is read of each item."""
        return tuple(item if isinstance(item, str) else _read_text(item) for item in self.items)


class PagePassages:
    """What is spoken of a page: `article`, its sentences cut; each of its blocks stands at a place in the page."""

    def __init__(self, body: Element, language: str) -> None:
        found = list(_find_blocks(body))
        # Without a title, which would be announced: the page has its headings.
        self.article = cut_sentences(Article(Metadata(language=language), tuple(block for block, _ in found)))
        self._places = [place for _, place in found]
        self._ids = {element.get("id") for element in body.iter() if element.get("id")}

    def mark(self, spoken: Collection[str], article: Article) -> dict[str, str]:
        """Give an id to each place of the page that is spoken; returns the ids by their anchors.

        The anchors are those of `article`: of this one, or of the same with its words anchored.
        """
        ids: dict[str, str] = {}
        for block, place in zip(article.blocks, self._places, strict=True):
            if isinstance(place, PagePassage):
                ids.update(self._mark_passage(block, place, spoken))
            elif block.anchor in spoken:
                ids[block.anchor] = self._identify(place, block.anchor)
        return ids

    def _mark_passage(self, block: Block, passage: PagePassage, spoken: Collection[str]) -> dict[str, str]:
        starts = {anchor: start for anchor, start in _list_starts(block) if anchor in spoken}
        if not starts:
            return {}
        edges = _list_edges(passage)
        owners: dict[str, str] = {}  # the sentence with which each is highlighted
        for anchor, start in starts.items():
            owners[anchor] = anchor if not owners or start in edges else next(reversed(owners.values()))
        cuts = {starts[owner]: owner for owner in owners.values()}
        if len(cuts) == 1 and passage.is_whole:
            return dict.fromkeys(starts, self._identify(passage.parent, next(iter(starts))))
        names = {owner: self._make_id(owner) for owner in cuts.values()}
        _wrap(passage, {start: names[owner] for start, owner in cuts.items()})
        return {anchor: names[owner] for anchor, owner in owners.items()}

    def _identify(self, element: Element, anchor: str) -> str:
        """Return the id of an element, a new one if it has none."""
        if not element.get("id"):
            element.set("id", self._make_id(anchor))
        return str(element.get("id"))

    def _make_id(self, anchor: str) -> str:
        """Make an id for an anchor that the page does not have yet."""
        name = f"spoken-{anchor}"
        while name in self._ids:
            name += "-"
        self._ids.add(name)
        return name


def _list_starts(block: Block) -> Iterator[tuple[str, int]]:
    """Yield the anchor of each sentence and word of a block, and where it begins in its text."""
    position = 0
    for run in inline_runs(block):
        yield from _find_starts(run, position)
        position += len(inline_text(run))


def _find_starts(run: Sequence[Inline], position: int) -> Iterator[tuple[str, int]]:
    for inline in run:
        text = inline_text((inline,))
        if isinstance(inline, Sentence):
            yield inline.anchor, position + len(text) - len(text.lstrip())
            yield from _find_starts(inline.content, position)
        position += len(text)


def _list_edges(passage: PagePassage) -> set[int]:
    """Return the positions at which a span may begin: in the texts of the passage, and before its elements."""
    edges: set[int] = set()
    position = 0
    for item, text in zip(passage.items, passage.texts, strict=True):
        edges.update(range(position, position + (len(text) if isinstance(item, str) else 1)))
        position += len(text)
    return edges


def _wrap(passage: PagePassage, names: dict[int, str]) -> None:
    """Put spans with these ids around the parts of a passage that begin at these positions of its text."""
    parent, last = passage.parent, passage.after
    groups = _group_items(passage, names)
    for item in passage.items:
        if not isinstance(item, str):
            parent.remove(item)
            item.tail = None
    _set_text(parent, last, "")
    for name, pieces in groups:
        if name:
            span = etree.Element(f"{_XHTML}span", {"id": name})
            _add_pieces(span, None, pieces)
            move_end_space(span)
            last = _add_pieces(parent, last, [span])
        else:
            last = _add_pieces(parent, last, pieces)


def _group_items(passage: PagePassage, names: dict[int, str]) -> list[tuple[str, list[str | Element]]]:
    """Return the items of a passage in groups, each with its id: texts are divided where a group begins."""
    left, position = dict(names), 0
    groups: list[tuple[str, list[str | Element]]] = [("", [])]
    for item, text in zip(passage.items, passage.texts, strict=True):
        if isinstance(item, str):
            cuts = [cut for cut in left if position <= cut < position + len(text)]
            for begin, end in pairwise([position, *cuts, position + len(text)]):
                if begin in left:
                    groups.append((left.pop(begin), []))
                groups[-1][1].append(text[begin - position : end - position])
        else:
            if position in left:
                groups.append((left.pop(position), []))
            groups[-1][1].append(item)
        position += len(text)
    return groups


def _add_pieces(parent: Element, last: Element | None, pieces: Sequence[str | Element]) -> Element | None:
    """Add texts and elements to a parent behind its child `last` (None: at its beginning); returns the last child."""
    for piece in pieces:
        if isinstance(piece, str):
            _set_text(parent, last, ((parent.text if last is None else last.tail) or "") + piece)
        else:
            parent.insert(0 if last is None else parent.index(last) + 1, piece)
            last = piece
    return last


def _set_text(parent: Element, last: Element | None, text: str) -> None:
    if last is None:
        parent.text = text
    else:
        last.tail = text


def _find_blocks(parent: Element) -> Iterator[tuple[Block, PagePassage | Element]]:
    """Yield what is spoken of an element as blocks, each with its place in the page."""
    if _is_silent(parent):
        return
    if parent.tag == f"{_XHTML}pre":
        yield CodeBlock(text="".join(parent.itertext())), parent
        return
    items: list[str | Element] = [parent.text] if parent.text else []
    after = None
    for child in parent:
        if _is_phrasing(child):
            items.append(child)
        else:
            yield from _make_blocks(PagePassage(parent, after, tuple(items), is_whole=False))
            yield from _find_blocks(child)
            items, after = [], child
        if child.tail:
            items.append(child.tail)
    yield from _make_blocks(PagePassage(parent, after, tuple(items), is_whole=after is None))


def _make_blocks(passage: PagePassage) -> Iterator[tuple[Block, PagePassage | Element]]:
    """Yield a passage with words as a block, and one of pictures as figures."""
    text = _SPACE.sub(" ", "".join(passage.texts))
    if any(map(str.isalnum, text)):
        name = str(passage.parent.tag).removeprefix(_XHTML)
        if _HEADING.fullmatch(name):
            yield Heading(content=(Text(text),), level=max(2, int(name[1]))), passage
        else:
            yield Paragraph(content=(Text(text),), language=_find_language(passage.parent)), passage
        return
    for item in passage.items:
        for image in () if isinstance(item, str) else item.iter(f"{_XHTML}img"):
            if alt := " ".join((image.get("alt") or "").split()):
                yield Figure(alt=alt), image


def _is_phrasing(node: Element) -> bool:
    """Whether a node and all in it is phrasing content, or of another language than XHTML."""
    if not isinstance(node.tag, str) or not node.tag.startswith(_XHTML):
        return True
    return node.tag in _PHRASING_TAGS and all(map(_is_phrasing, node))


def _is_silent(element: Element) -> bool:
    if not isinstance(element.tag, str) or not element.tag.startswith(_XHTML) or element.tag in _SILENT_TAGS:
        return True
    marks = f"{element.get(EPUB_TYPE) or ''} {element.get('role') or ''}".split()
    return (
        element.get("hidden") is not None or element.get("aria-hidden") == "true" or not _SILENT_MARKS.isdisjoint(marks)
    )


def _read_text(element: Element) -> str:
    """Return what is read of an element: of a formula the words for it."""
    if str(element.tag).endswith("}math"):
        return str(element.get("alttext") or "")
    if _is_silent(element):
        return ""
    if element.tag == f"{_XHTML}br":
        return "\n"
    parts = [element.text or ""]
    for child in element:
        parts += (_read_text(child), child.tail or "")
    return "".join(parts)


def _find_language(element: Element) -> str:
    """Return the language that an element or one around it states, within the body; empty if it is the page's."""
    while element is not None and element.tag not in (f"{_XHTML}html", f"{_XHTML}body"):
        if tag := element.get(XML_LANG) or element.get("lang"):
            return str(tag)
        element = element.getparent()
    return ""
