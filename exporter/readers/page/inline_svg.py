"""Inline SVG: turned into well-formed files without scripts and outside references."""

from __future__ import annotations

import re

from lxml import etree

from exporter.readers.page.dom import Element

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"

_MAX_ICON_UNITS = 64
"""User units across up to which a drawing is an icon (chosen by reading pages; no measurement)."""

# HTML parsers lower-case all names; SVG needs these in mixed case.
_MIXED_CASE_NAMES = {
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
_FORBIDDEN_TAGS = frozenset(
    "script foreignobject iframe object embed audio video a handler listener set animate animatemotion "
    "animatetransform image feimage metadata".split()
)
_SHAPE_TAGS = frozenset(
    {"path", "circle", "ellipse", "line", "polyline", "polygon", "text"}
)  # a rect may be only a background
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_OUTSIDE_REFERENCE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)


def is_svg_icon(svg: Element) -> bool:
    """Whether a drawing is an icon: small, hidden, or only a reference to a sprite."""
    if svg.get("aria-hidden") == "true" or svg.get("role") == "presentation" or not len(svg):
        return True
    box = (svg.get("viewbox") or svg.get("viewBox") or "").replace(",", " ").split()
    sizes = [parse_pixels(svg.get("width", "")), parse_pixels(svg.get("height", ""))]
    if len(box) == 4 and not any(sizes):
        sizes = [parse_pixels(box[2]), parse_pixels(box[3])]
    stated = [size for size in sizes if size]
    return not stated or max(stated) <= _MAX_ICON_UNITS or all(child.tag == "use" for child in svg)


def serialise_svg(svg: Element) -> bytes:
    """Return a drawing as an SVG file."""
    root = etree.Element(f"{{{SVG_NAMESPACE}}}svg", nsmap={None: SVG_NAMESPACE, "xlink": XLINK_NAMESPACE})
    stack = [(svg, root)]
    _copy_attributes(svg, root)
    while stack:
        old, new = stack.pop()
        new.text = old.text
        for child in old:
            if not isinstance(child.tag, str) or (tag := _local_name(child.tag)).lower() in _FORBIDDEN_TAGS:
                continue
            if not _XML_NAME.fullmatch(tag) or (tag == "style" and _OUTSIDE_REFERENCE.search(child.text or "")):
                continue
            kept = etree.SubElement(new, f"{{{SVG_NAMESPACE}}}{_MIXED_CASE_NAMES.get(tag, tag)}")
            _copy_attributes(child, kept)
            kept.tail = child.tail
            stack.append((child, kept))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")  # type: ignore[no-any-return]


def clean_svg(data: bytes) -> bytes:
    """Return an SVG file without scripts and outside references; empty if it is not SVG."""
    root = _parse_svg(data)
    return b"" if root is None else serialise_svg(root)


def has_drawing(data: bytes) -> bool:
    """Whether an SVG file is more than an icon or an empty placeholder."""
    root = _parse_svg(data)
    return (
        root is not None
        and not is_svg_icon(root)
        and any(_local_name(str(part.tag)) in _SHAPE_TAGS for part in root.iter())
    )


def _parse_svg(data: bytes) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return root if _local_name(root.tag) == "svg" else None


def _copy_attributes(old: Element, new: Element) -> None:
    for key, value in old.attrib.items():
        name = _local_name(key).rpartition(":")[2]
        if name.lower().startswith("on") or not _XML_NAME.fullmatch(name) or _OUTSIDE_REFERENCE.search(value):
            continue
        if name == "href":
            if value.startswith("#"):
                new.set(f"{{{XLINK_NAMESPACE}}}href", value)
        elif not key.lower().startswith(("xmlns", "xml:")):
            new.set(_MIXED_CASE_NAMES.get(name, name), "".join(char for char in value if char >= " "))


def _local_name(name: str) -> str:
    return name.rpartition("}")[2]


def parse_pixels(value: str) -> float | None:
    """Return the pixels of a width or height attribute; None where it states another unit or no number."""
    number = re.match(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$", value)
    return float(number[1]) if number else None
