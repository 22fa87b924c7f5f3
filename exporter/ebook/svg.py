"""SVG drawings become PNG pictures; nothing outside their own file is loaded."""

from __future__ import annotations

import re

from lxml import etree

from exporter.assets import styles_folder
from exporter.ebook.picture_limits import PictureBudget
from exporter.ebook.svg_process import rasterize
from exporter.ebook.xhtml import Element

_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
MAX_ELEMENTS = 100_000
"""Elements that a drawing may render: a few nested `use` elements can expand to billions."""

MAX_HEIGHT_PIXELS = 4000
"""Of the rasterised drawing: 1200 by 4000 pixels take 20 MB."""

MIN_WIDTH_PIXELS = 16
"""Of the rasterised drawing; a narrower one shows nothing. Chosen by eye, no measurement."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DROPPED_ELEMENTS = frozenset(
    {"script", "foreignObject", "metadata", "handler", "listener", "iframe", "audio", "video"}
)
# References within the file: to an element, or to an embedded picture.
_INTERNAL_REFERENCE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif)[;,])")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def draw_svg(data: bytes, width: int, budget: PictureBudget) -> bytes:
    """Rasterise a drawing as PNG, with the project's own fonts.

    Raises `ValueError` for anything else, for one that is too large, and for one that takes too long.
    """
    root = sanitize_svg(data)
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    if _count_elements(root, targets, {}) > MAX_ELEMENTS:
        raise ValueError("the drawing has too many elements")
    drawing = etree.tostring(root, encoding="unicode")
    family = "Atkinson Hyperlegible"
    fonts = sorted(map(str, (styles_folder() / "fonts").glob("Atkinson*.ttf" if drawing.isascii() else "*.ttf")))
    options = {
        "svg_string": drawing,
        "width": _fit_width(root, width),
        "background": "white",
        "skip_system_fonts": True,
        "font_files": fonts,
        "font_family": family,
        "serif_family": family,
        "sans_serif_family": family,
        "monospace_family": family,
    }
    picture, seconds = rasterize(options, budget.drawing_seconds)
    budget.drawing_seconds -= seconds
    if picture is None:
        raise ValueError("drawing it takes too much time or memory")
    return picture


def sanitize_svg(data: bytes) -> Element:
    """Return a drawing's tree without external references and scripts; raises `ValueError` if it is not a drawing."""
    if b"http://www.w3.org/2000/svg" not in data:
        data = data.replace(b"<svg", f'<svg xmlns="{_SVG_NAMESPACE}"'.encode(), 1)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not SVG: {error}") from error
    if root is None or root.tag != f"{{{_SVG_NAMESPACE}}}svg" or not len(root):
        raise ValueError("it is not SVG, or it is empty")
    copy = etree.Element(root.tag, nsmap={None: _SVG_NAMESPACE, "xlink": _XLINK_NAMESPACE})
    _copy_drawing(root, copy, set())
    width, height = (_LENGTH.fullmatch(copy.get(name, "")) for name in ("width", "height"))
    if not copy.get("viewBox") and width and height:
        copy.set("viewBox", f"0 0 {width[1]} {height[1]}")
    return copy


def _count_elements(element: Element, targets: dict[str, Element], counts: dict[Element, int]) -> int:
    """Count the elements that are rendered, also by `use`; one that uses itself counts as too many.

    `targets` are the elements by id; `counts` keeps the results.
    """
    if element not in counts:
        counts[element] = MAX_ELEMENTS + 1
        parts = [_count_elements(child, targets, counts) for child in element]
        if element.tag == f"{{{_SVG_NAMESPACE}}}use":
            name = (element.get("href") or element.get(f"{{{_XLINK_NAMESPACE}}}href") or "").removeprefix("#")
            parts += [_count_elements(targets[name], targets, counts)] if name in targets else []
        counts[element] = 1 + sum(parts)
    return counts[element]


def _fit_width(root: Element, width: int) -> int:
    """Return the width to rasterise at, less for a tall drawing; raises `ValueError` for one that would be too thin."""
    box = [float(number) for number in re.findall(r"[-+\d.eE]+", root.get("viewBox", "")) if _NUMBER.fullmatch(number)]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return width
    fitted = round(min(width, MAX_HEIGHT_PIXELS * box[2] / box[3]))
    if fitted < MIN_WIDTH_PIXELS:
        raise ValueError("the drawing is too thin to be seen")
    return fitted


def _copy_drawing(source: Element, copy: Element, ids: set[str]) -> None:
    """Copy an element's attributes, text and children, except scripts, foreign content, external links, equal ids."""
    for key, value in source.attrib.items():
        space, _, name = key.rpartition("}")
        is_allowed = space in {"", "{" + _XLINK_NAMESPACE, "{" + _XML_NAMESPACE} and ":" not in name
        if is_allowed and (name != "href" or _INTERNAL_REFERENCE.match(value)) and (name != "id" or value not in ids):
            copy.set(key, value)
    ids.add(source.get("id"))
    copy.text = source.text
    for child in source:
        space, _, name = str(child.tag).rpartition("}")
        if space == "{" + _SVG_NAMESPACE and name not in _DROPPED_ELEMENTS:
            _copy_drawing(child, etree.SubElement(copy, child.tag), ids)
            copy[-1].tail = child.tail
