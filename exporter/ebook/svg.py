"""Drawings in SVG, made safe to stand in a book: nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import re

from lxml import etree

from exporter.assets import styles
from exporter.ebook.tree import Element, clean

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
HEAVIEST = 100_000
"""Elements that a drawing may draw: a few nested `use` elements can ask for billions."""

TALLEST = 4000
"""Pixels down the raster copy of a drawing."""

THINNEST = 16
"""Pixels across; below it there is nothing to see."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DROPPED = frozenset({"script", "foreignObject", "metadata", "handler", "listener", "iframe", "audio", "video"})
# What is drawn stays within the file: a place in it, or a picture carried in it.
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif)[;,])")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_DECLARATION = re.compile(r"""([\w-]+)\s*:\s*((?:[^;{}"'()\\]|"[^"\n]*"|'[^'\n]*'|\([^()]*\))+)""")
_REMOTE = re.compile(r"""url\(\s*(?!['"]?\s*(?:#|data:image/))""", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def safe(data: bytes) -> bytes:
    """Return a drawing without scripts, foreign markup and remote references; raises `ValueError` where it is none."""
    if b"http://www.w3.org/2000/svg" not in data:
        data = data.replace(b"<svg", f'<svg xmlns="{_SVG}"'.encode(), 1)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not an SVG: {error}") from error
    if root is None or root.tag != f"{{{_SVG}}}svg" or not len(root):
        raise ValueError("not an SVG, or one that draws nothing")
    copy = etree.Element(root.tag, nsmap={None: _SVG, "xlink": _XLINK})
    _copy(root, copy, set())
    _box(copy)
    return bytes(etree.tostring(copy, encoding="utf-8", xml_declaration=True))


def raster(drawing: bytes, width: int) -> bytes:
    """Draw a safe drawing as PNG, its words in fonts that ship with the project; raises `ValueError` where it fails."""
    import resvg_py  # noqa: PLC0415  few articles hold drawings

    root = etree.fromstring(drawing)
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    if _weight(root, targets, {}) > HEAVIEST:
        raise ValueError("a drawing too large to draw")
    family = "Atkinson Hyperlegible"
    fonts = sorted(map(str, (styles() / "fonts").glob("Atkinson*.ttf" if drawing.isascii() else "*.ttf")))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing.decode(),
            width=_width(root, width),
            background="white",
            skip_system_fonts=True,
            font_files=fonts,
            font_family=family,
            serif_family=family,
            sans_serif_family=family,
            monospace_family=family,
        )
    )


def _weight(element: Element, targets: dict[str, Element], known: dict[Element, int]) -> int:
    """Count the elements that are drawn, those that `use` repeats too; raises `ValueError` where one draws itself."""
    if element not in known:
        known[element] = HEAVIEST + 1
        parts = [_weight(child, targets, known) for child in element]
        if element.tag == f"{{{_SVG}}}use":
            name = (element.get("href") or element.get(f"{{{_XLINK}}}href") or "").removeprefix("#")
            parts += [_weight(targets[name], targets, known)] if name in targets else []
        known[element] = 1 + sum(parts)
    return known[element]


def _width(root: Element, width: int) -> int:
    """Return the width to draw in: less for a tall drawing, which would fill the memory; `ValueError` for a thread."""
    box = [float(number) for number in re.findall(r"[-+\d.eE]+", root.get("viewBox", "")) if _NUMBER.fullmatch(number)]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return width
    fitted = round(min(width, TALLEST * box[2] / box[3]))
    if fitted < THINNEST:
        raise ValueError("a drawing too thin to be seen")
    return fitted


def _copy(source: Element, copy: Element, ids: set[str]) -> None:
    for key, value in source.attrib.items():
        space, _, name = key.rpartition("}")
        if space not in {"", "{" + _XLINK, "{" + _XML} or name.lower().startswith("on"):
            continue
        if name == "href" and not _OWN.match(value):
            continue
        if name == "id":
            if value in ids or not re.fullmatch(r"[A-Za-z_][\w.-]*", value):
                continue
            ids.add(value)
        kept = _declarations(value) if name == "style" else clean(value)
        if kept and not _REMOTE.search(kept):
            copy.set(key, kept)
    copy.text = _sheet(source.text or "") if source.tag == f"{{{_SVG}}}style" else source.text
    for child in source:
        space, _, name = str(child.tag).rpartition("}")
        if space == "{" + _SVG and name not in _DROPPED:
            _copy(child, etree.SubElement(copy, child.tag), ids)
            copy[-1].tail = child.tail


def _sheet(text: str) -> str:
    """Return the plain rules of a style sheet, in a form that any parser takes."""
    rules = ((" ".join(selector.split()), _declarations(body)) for selector, body in _RULE.findall(clean(text)))
    return "\n".join(f"{selector} {{ {body} }}" for selector, body in rules if body)


def _declarations(text: str) -> str:
    pairs = ((name, value.strip()) for name, value in _DECLARATION.findall(clean(text)))
    return "; ".join(f"{name}: {value}" for name, value in pairs if value and not _REMOTE.search(value))


def _box(root: Element) -> None:
    """Let the drawing scale (its size in pixels becomes a view box), on paper: black lines vanish in the night."""
    width, height = (_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height"))
    if not root.get("viewBox") and width and height:
        root.set("viewBox", f"0 0 {width[1]} {height[1]}")
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        paper = dict(zip(("x", "y", "width", "height"), box, strict=True))
        root.insert(0, etree.Element(f"{{{_SVG}}}rect", {**paper, "fill": "#fff"}))
