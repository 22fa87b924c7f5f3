"""The HTML of a message as a page: without layout tables, hidden previews, tracking pixels and lines about the mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape

from exporter.account import Dropped
from exporter.readers.mail.mail_text import mentions
from exporter.readers.page.dom import (
    Element,
    collapse_space,
    drop_element,
    name_words,
    parse_html,
    plain_style,
    text_of,
)

_CELL_TAGS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"})
_BLOCK_TAGS = _CELL_TAGS | frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre section article header footer hr figure".split()
)

_HIDING_STYLE = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?:px)?(?![.\d])|font-size:[01](?:px|pt)?(?![.\d])"
    r"|opacity:0(?![.\d])|line-height:[01]px|(?<!-)height:0(?:px)?(?![.\d])"
)
_FONT_SIZE = re.compile(r"font-size:([\d.]+)(px|pt|em|rem)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}

_MIN_HEADING_RATIO, _MAX_HEADING_CHARS = 1.25, 150
"""How much larger than most text a heading's letters are, and its characters; chosen by reading newsletters."""

_MAX_PIXEL_SIZE = 2
"""Width or height of a tracking pixel."""

_MAX_DATA_CELL_CHARS = 60
"""Mean characters of a cell, up to which a table without heads and with several columns holds data."""

_MAX_HEAD_BLOCKS = 8
"""Blocks at the beginning among which lines about the mail and menus stand."""

_MIN_PROSE_CHARS = 120
"""Characters from which a block is prose, which ends the head and begins no footer."""

_MIN_LINK_SHARE = 0.8
"""Share of a line's characters in links, from which it is a menu."""

_MIN_FOOTER_PLACE = 0.5
"""Share of the text before which no footer begins."""


def wrap_text(text: str) -> str:
    """Return a part of plain text in a message of HTML as paragraphs."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "".join(f"<p>{escape(collapse_space(part))}</p>" for part in parts if part.strip())


def clean_page(html: str, subject: str) -> tuple[str, tuple[Dropped, ...]]:
    """Return the content of a message's page, and the visible texts that were left out.

    The subject is the title, so a heading that repeats it is not kept twice, and every other one is below it.
    """
    from lxml import html as lxml_html  # noqa: PLC0415  42 ms, only mail of HTML needs it

    root = parse_html(html, "mail")
    bodies = list(root.iter("body"))
    body = bodies[0] if bodies else root
    for other in bodies[1:]:  # several parts of HTML in one message
        other.tag = "div"
    _remove_invisible(root)
    for line_break in body.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    for heading in list(body.iter("h1")):
        heading.tag = "h2"
        if text_of(heading).casefold() == subject.casefold():
            drop_element(heading)
    _mark_headings(body)
    _unwrap_layout(body)
    dropped = (*_drop_head(body), *_drop_footer(body))
    inside = (body.text or "") and escape(body.text, quote=False)
    return inside + "".join(lxml_html.tostring(child, encoding="unicode") for child in body), dropped


def _remove_invisible(root: Element) -> None:
    """Remove what is not shown: programs, hidden previews, tracking pixels."""
    for element in list(root.iter()):
        if element.tag in ("script", "style", "title", "meta", "link") or _is_hidden(element):
            drop_element(element)
    for image in list(root.iter("img")):
        sizes = [str(image.get(name, "")).removesuffix("px").strip() for name in ("width", "height")]
        if any(size.isdigit() and int(size) <= _MAX_PIXEL_SIZE for size in sizes):
            drop_element(image)


def _is_hidden(element: Element) -> bool:
    style = plain_style(element)
    if "preheader" in name_words(element.get("class", "")) or element.get("hidden") is not None:
        return True
    if not _HIDING_STYLE.search(style):
        return False
    # A cell without height or letters of its own may hold parts that have them.
    sized = any(_FONT_SIZE.search(plain_style(inner)) for inner in element.iterdescendants())
    return "display:none" in style or "mso-hide" in style or not sized


def _mark_headings(body: Element) -> None:
    """Turn lines in larger letters than most of the text into headings: mail has few of its own."""
    sizes = Counter[float]()
    leaves = [element for element in body.iter("p", "div", "td", "th", "span") if _is_leaf(element)]
    for leaf in leaves:
        sizes[_font_pixels(leaf)] += len(text_of(leaf))
    sizes.pop(0.0, None)
    if not sizes:
        return
    usual = sizes.most_common(1)[0][0]
    for leaf in leaves:
        text = text_of(leaf)
        if (
            _font_pixels(leaf) >= _MIN_HEADING_RATIO * usual
            and 0 < len(text) <= _MAX_HEADING_CHARS
            and not text.endswith(".")
        ):
            _make_heading(leaf)


def _make_heading(leaf: Element) -> None:
    """Make a heading of a line; a cell keeps its place, with the heading in it."""
    if leaf.tag in ("p", "div"):
        leaf.tag = "h2"
        return
    heading = leaf.makeelement("h2")
    heading.text, leaf.text = leaf.text, None
    heading.extend(list(leaf))
    leaf.append(heading)


def _is_leaf(element: Element) -> bool:
    """Whether an element holds a line and no blocks; a span only if nothing else stands in its block."""
    if any(inner.tag in _BLOCK_TAGS for inner in element.iterdescendants()):
        return False
    parent = element.getparent()
    if element.tag != "span" or parent is None:
        return bool(element.tag != "span")
    is_alone = len(parent) == 1 and text_of(parent) == text_of(element)
    return is_alone and parent.tag in ("td", "th")


def _font_pixels(leaf: Element) -> float:
    """Return the size of a line's letters: of the innermost element around all of it, or of the nearest one outside."""
    text = text_of(leaf)
    inner = [leaf, *(element for element in leaf.iterdescendants() if text_of(element) == text)]
    for element in (*reversed(inner), *leaf.iterancestors()):
        if found := _FONT_SIZE.search(plain_style(element)):
            return float(found[1].strip(".") or 0) * _PIXELS[found[2]]
    return 0.0


def _unwrap_layout(body: Element) -> None:
    """Turn the tables of the layout into plain divisions, and keep those that hold data."""
    kept = [table for table in body.iter("table") if _holds_data(table)]
    inside = {element for table in kept for element in table.iter()}
    for element in body.iter():
        if element.tag in _CELL_TAGS and element not in inside:
            element.tag = "div"


def _holds_data(table: Element) -> bool:
    """Whether a table has several rows and columns of short texts, and no other table, heading or picture in it."""
    if table.get("role") in ("presentation", "none"):
        return False
    if any(inner.tag in ("table", "img", "h1", "h2", "h3", "ul", "ol") for inner in table.iterdescendants()):
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th") and text_of(cell)] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or sum(len(row) >= 2 for row in rows) < len(rows) - 1:
        return False
    return any(cell.tag == "th" for cell in cells) or sum(
        len(text_of(cell)) for cell in cells
    ) <= _MAX_DATA_CELL_CHARS * len(cells)


def _iter_lines(body: Element) -> Iterator[Element]:
    """Yield the innermost blocks with text, in order."""
    for element in body.iter():
        if element.tag in _BLOCK_TAGS and _is_innermost(element) and text_of(element):
            yield element


def _is_innermost(element: Element) -> bool:
    own = bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
    return own or not any(inner.tag in _BLOCK_TAGS and text_of(inner) for inner in element.iterdescendants())


def _drop_head(body: Element) -> Iterator[Dropped]:
    """Remove what is about the mail at its beginning: the link to it on the web, menus of links, the sender's logo."""
    for line in list(_iter_lines(body))[:_MAX_HEAD_BLOCKS]:
        text = text_of(line)
        if len(text) >= _MIN_PROSE_CHARS or line.tag in ("h2", "h3"):
            break
        if mentions("view_online", text) or mentions("unsubscribe", text):
            yield Dropped(text, "a link to the mail on the web", "head of the mail")
            drop_element(line)
        elif _is_menu(line, text):
            yield Dropped(text, "a menu", "head of the mail")
            drop_element(line)
    for image in list(body.iter("img")):
        if "logo" in f"{image.get('alt', '')} {image.get('src', '')} {image.get('class', '')}".lower():
            drop_element(image)


def _is_menu(line: Element, text: str) -> bool:
    """Whether a line is hardly more than several links."""
    links = [text_of(link) for link in line.iter("a")]
    return len(links) > 1 and len("".join(links)) >= _MIN_LINK_SHARE * len("".join(re.findall(r"\w+", text)))


def _drop_footer(body: Element) -> Iterator[Dropped]:
    """Remove the lines from the first about the subscription on, and the short ones right before it."""
    lines = list(_iter_lines(body))
    texts = [text_of(line) for line in lines]
    total = sum(map(len, texts)) or 1
    before, begin = 0, len(lines)
    for number, text in enumerate(texts):
        if mentions("unsubscribe", text) and before >= _MIN_FOOTER_PLACE * total:
            begin = number
            break
        before += len(text)
    while 0 < begin < len(lines) and _is_footer_line(lines[begin - 1], texts[begin - 1]):
        begin -= 1
    for line, text in zip(lines[begin:], texts[begin:], strict=True):
        yield Dropped(text, "about the subscription, or the sender's address", "foot of the mail")
        drop_element(line)


def _is_footer_line(line: Element, text: str) -> bool:
    """Whether a line right before the footer belongs to it: an address, a copyright line, links to other sites."""
    if len(text) >= _MIN_PROSE_CHARS or line.tag in ("h1", "h2", "h3", "h4"):
        return False
    has_postcode = bool(re.search(r"\b\d{4,5}\b", text)) and "," in text
    is_link = any(text_of(link) == text for link in line.iter("a"))
    return "©" in text or has_postcode or is_link or _is_menu(line, text)
