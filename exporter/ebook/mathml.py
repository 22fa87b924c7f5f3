"""Formulas become MathML with words for them."""

from __future__ import annotations

import functools
import re
from typing import Any

from lxml import etree

from exporter.article import Math, MathBlock
from exporter.ebook.page import Page
from exporter.ebook.tree import Element, add, clean

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

# Presentation MathML that reading systems draw (MathML Core and what EPUB 3 allows besides); all else gives its text.
_TAGS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose mfenced msub msup "
    "msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder align bevelled close columnalign columnlines columnspacing columnspan depth dir display "
    "displaystyle fence form frame height largeop linethickness lspace mathvariant maxsize minsize movablelimits "
    "notation open rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators stretchy symmetric "
    "voffset width".split()
)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w*);?")


def write(parent: Element, math: Math | MathBlock, page: Page, display: bool) -> None:
    """Add a formula: its own MathML, else MathML made from its LaTeX, else its source as it stands."""
    root = _parsed(math.mathml) if math.mathml else None
    if root is None and math.latex:
        root = _parsed(_converted(math.latex, display))
    words = clean(math.alt or math.latex).strip()
    if root is None:
        page.notice(f"a formula stays as it was written: {words[:60]!r}")
        add(parent, "code", math.latex or math.alt or "".join(math.mathml), class_="math")
        return
    page.features.add("mathml")
    copy = _copied(root)
    copy.set("display", "block" if display else "inline")
    copy.set("alttext", words or " ".join("".join(copy.itertext()).split()) or "formula")
    parent.append(copy)


def _parsed(source: str) -> Element | None:
    """Parse MathML leniently, named entities included; None where there is no formula in it."""
    text = clean(_ENTITY.sub(_character, source)).strip()
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and _name(root) == "math" else None


def _character(entity: re.Match[str]) -> str:
    """Return what a named entity of HTML stands for: XML knows but five."""
    import html  # noqa: PLC0415  its table is long, and few formulas need it

    return html.unescape(entity[0]) if entity[1] else "&amp;"


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _copied(source: Element) -> Element:
    """Copy a formula, with the elements and attributes that may stand in a book."""
    name = _name(source)
    if name == "semantics":
        return _copied(source[0]) if len(source) else etree.Element(f"{{{NAMESPACE}}}mrow")
    known = name if name in _TAGS else "mrow"
    nsmap: Any = {None: NAMESPACE} if name == "math" else None
    copy = etree.Element(f"{{{NAMESPACE}}}{known}", nsmap=nsmap)
    for key, value in source.attrib.items():
        if key in _ATTRIBUTES:
            copy.set(key, clean(value))
    copy.text = source.text
    for child in source:
        if _name(child):
            copy.append(_copied(child))
    return copy


@functools.cache
def _converter() -> Any:
    import math_core  # noqa: PLC0415  only formulas in LaTeX need it

    return math_core.LatexToMathML(xml_namespace=True, fancy_error=False), math_core.LatexError


def _converted(latex: str, display: bool) -> str:
    converter, failure = _converter()
    try:
        return str(converter.convert_with_local_state(latex, displaystyle=display))
    except failure:
        return ""
