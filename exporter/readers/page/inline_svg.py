"""Drawings written into the page as SVG: made whole and harmless, so that they can be pictures of a book."""

from __future__ import annotations

import re

from lxml import etree

from exporter.readers.page.dom import Element

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

_SMALLEST = 64
"""Units across below which a drawing is an icon."""

# HTML has no upper-case names; SVG needs these.
_CAMEL = {
    name.lower(): name
    for name in (
        "animateMotion animateTransform clipPath feBlend feColorMatrix feComponentTransfer feComposite "
        "feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA "
        "feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset "
        "fePointLight feSpecularLighting feSpotLight feTile feTurbulence linearGradient radialGradient "
        "textPath attributeName baseFrequency calcMode clipPathUnits diffuseConstant edgeMode filterUnits "
        "gradientTransform gradientUnits kernelMatrix keyPoints keySplines keyTimes lengthAdjust "
        "limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves "
        "pathLength patternContentUnits patternTransform patternUnits preserveAlpha preserveAspectRatio "
        "primitiveUnits refX refY repeatCount repeatDur spreadMethod startOffset stdDeviation stitchTiles "
        "surfaceScale tableValues targetX targetY textLength viewBox xChannelSelector yChannelSelector"
    ).split()
}
_FORBIDDEN = frozenset(
    "script foreignobject iframe object embed audio video a handler listener set animate animatemotion "
    "animatetransform image feimage metadata".split()
)
_SHAPES = frozenset({"path", "circle", "ellipse", "line", "polyline", "polygon", "text"})  # a rect may be a ground only
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_OUTSIDE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)


def is_icon(svg: Element) -> bool:
    """Whether a drawing is an ornament of the page: small, hidden, or only a reference to a sprite."""
    if svg.get("aria-hidden") == "true" or svg.get("role") == "presentation" or not len(svg):
        return True
    box = (svg.get("viewbox") or svg.get("viewBox") or "").replace(",", " ").split()
    sizes = [_number(svg.get("width", "")), _number(svg.get("height", ""))]
    if len(box) == 4 and sizes == [0, 0]:
        sizes = [_number(box[2]), _number(box[3])]
    known = [size for size in sizes if size]
    return not known or max(known) <= _SMALLEST or all(child.tag == "use" for child in svg)


def serialise(svg: Element) -> bytes:
    """Return a drawing as an SVG file."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": XLINK})
    stack = [(svg, root)]
    _attributes(svg, root)
    while stack:
        old, new = stack.pop()
        new.text = old.text
        for child in old:
            if not isinstance(child.tag, str) or (tag := _local(child.tag)).lower() in _FORBIDDEN:
                continue
            if not _NAME.fullmatch(tag) or (tag == "style" and _OUTSIDE.search(child.text or "")):
                continue
            kept = etree.SubElement(new, f"{{{SVG}}}{_CAMEL.get(tag, tag)}")
            _attributes(child, kept)
            kept.tail = child.tail
            stack.append((child, kept))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")  # type: ignore[no-any-return]


def cleaned(data: bytes) -> bytes:
    """Return an SVG file without scripts and outside references; empty where it is none."""
    root = _parsed(data)
    return b"" if root is None else serialise(root)


def shows(data: bytes) -> bool:
    """Whether an SVG file is more than an icon or a frame left empty."""
    root = _parsed(data)
    return root is not None and not is_icon(root) and any(_local(str(part.tag)) in _SHAPES for part in root.iter())


def _parsed(data: bytes) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return root if _local(root.tag) == "svg" else None


def _attributes(old: Element, new: Element) -> None:
    for key, value in old.attrib.items():
        name = _local(key).rpartition(":")[2]
        if name.lower().startswith("on") or not _NAME.fullmatch(name) or _OUTSIDE.search(value):
            continue
        if name == "href":
            if value.startswith("#"):
                new.set(f"{{{XLINK}}}href", value)
        elif not key.lower().startswith(("xmlns", "xml:")):
            new.set(_CAMEL.get(name, name), "".join(char for char in value if char >= " "))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _number(value: str) -> float:
    number = re.match(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*$", value)
    return float(number[1]) if number else 0
