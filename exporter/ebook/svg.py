"""Drawings in SVG become pictures, from what their own file holds and nothing else."""

from __future__ import annotations

import re

from lxml import etree

from exporter.assets import styles_folder
from exporter.ebook.xhtml import Element

_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
MAX_ELEMENTS = 100_000
"""Elements that a drawing may draw: a few nested `use` elements can ask for billions."""

MAX_HEIGHT_PIXELS = 4000
"""Pixels down the picture of a drawing."""

MIN_WIDTH_PIXELS = 16
"""Pixels across; below it there is nothing to see."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DROPPED_ELEMENTS = frozenset(
    {"script", "foreignObject", "metadata", "handler", "listener", "iframe", "audio", "video"}
)
# What is drawn stays within the file: a place in it, or a picture carried in it.
_INTERNAL_REFERENCE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif)[;,])")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def draw_svg(data: bytes, width: int) -> bytes:
    """Draw a drawing as PNG, its words in fonts that ship with the project; raises `ValueError` where it is none."""
    import resvg_py  # noqa: PLC0415  few articles hold drawings

    root = sanitize_svg(data)
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    if _count_elements(root, targets, {}) > MAX_ELEMENTS:
        raise ValueError("a drawing too large to draw")
    drawing = etree.tostring(root, encoding="unicode")
    family = "Atkinson Hyperlegible"
    fonts = sorted(map(str, (styles_folder() / "fonts").glob("Atkinson*.ttf" if drawing.isascii() else "*.ttf")))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            width=_fit_width(root, width),
            background="white",
            skip_system_fonts=True,
            font_files=fonts,
            font_family=family,
            serif_family=family,
            sans_serif_family=family,
            monospace_family=family,
        )
    )


def sanitize_svg(data: bytes) -> Element:
    """Return a drawing's tree without what lies outside its file; raises `ValueError` where it is none."""
    if b"http://www.w3.org/2000/svg" not in data:
        data = data.replace(b"<svg", f'<svg xmlns="{_SVG_NAMESPACE}"'.encode(), 1)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not an SVG: {error}") from error
    if root is None or root.tag != f"{{{_SVG_NAMESPACE}}}svg" or not len(root):
        raise ValueError("not an SVG, or one that draws nothing")
    copy = etree.Element(root.tag, nsmap={None: _SVG_NAMESPACE, "xlink": _XLINK_NAMESPACE})
    _copy_drawing(root, copy, set())
    width, height = (_LENGTH.fullmatch(copy.get(name, "")) for name in ("width", "height"))
    if not copy.get("viewBox") and width and height:
        copy.set("viewBox", f"0 0 {width[1]} {height[1]}")
    return copy


def _count_elements(element: Element, targets: dict[str, Element], known: dict[Element, int]) -> int:
    """Count the elements that are drawn, those that `use` repeats too; raises `ValueError` where one draws itself."""
    if element not in known:
        known[element] = MAX_ELEMENTS + 1
        parts = [_count_elements(child, targets, known) for child in element]
        if element.tag == f"{{{_SVG_NAMESPACE}}}use":
            name = (element.get("href") or element.get(f"{{{_XLINK_NAMESPACE}}}href") or "").removeprefix("#")
            parts += [_count_elements(targets[name], targets, known)] if name in targets else []
        known[element] = 1 + sum(parts)
    return known[element]


def _fit_width(root: Element, width: int) -> int:
    """Return the width to draw in: less for a tall drawing, which would fill the memory; `ValueError` for a thread."""
    box = [float(number) for number in re.findall(r"[-+\d.eE]+", root.get("viewBox", "")) if _NUMBER.fullmatch(number)]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return width
    fitted = round(min(width, MAX_HEIGHT_PIXELS * box[2] / box[3]))
    if fitted < MIN_WIDTH_PIXELS:
        raise ValueError("a drawing too thin to be seen")
    return fitted


def _copy_drawing(source: Element, copy: Element, ids: set[str]) -> None:
    for key, value in source.attrib.items():
        space, _, name = key.rpartition("}")
        own = space in {"", "{" + _XLINK_NAMESPACE, "{" + _XML_NAMESPACE} and ":" not in name
        if own and (name != "href" or _INTERNAL_REFERENCE.match(value)) and (name != "id" or value not in ids):
            copy.set(key, value)
    ids.add(source.get("id"))
    copy.text = source.text
    for child in source:
        space, _, name = str(child.tag).rpartition("}")
        if space == "{" + _SVG_NAMESPACE and name not in _DROPPED_ELEMENTS:
            _copy_drawing(child, etree.SubElement(copy, child.tag), ids)
            copy[-1].tail = child.tail
