"""Formulas in all forms in which pages hold them: MathML, KaTeX, MathJax, TeX in the text, pictures of formulas."""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from exporter.article import Math, MathBlock
from exporter.readers.page.dom import Element
from exporter.readers.page.mathml_latex import write_latex

_TEX_SCRIPT_TYPE = "math/tex"
_FORMULA_TAGS = frozenset({"math", "mjx-container", "math-renderer"})
_RENDERER_CLASSES = frozenset(
    "katex katex-display katex-mathml mwe-math-element MathJax MathJax_Display MathJax_SVG MathJax_CHTML mjx-chtml "
    "math-container".split()
)
_SOURCE_CLASSES = frozenset({"math", "arithmatex", "tex", "latex"})
_DELIMITED_SOURCE = re.compile(r"\s*(?:\\\(.+\\\)|\\\[.+\\\]|\$.+\$)\s*", re.DOTALL)
"""Classes of a formula in its source form, and the delimiters of TeX."""

_FORMULA_IMAGE_CLASS = re.compile(r"\b(?:latex|tex|mwe-math-fallback-image\S*|wp-katex-eq|ql-img-\S+)\b")
_FORMULA_SERVICE = re.compile(
    r"(?:codecogs\.com/[\w.]+\?|(?:mathtex|mimetex)\.cgi\?|latex\.php\?(?:latex=)?|[?&](?:chl|tex|latex)=)([^&#]+)"
)
"""The address of a picture that a service draws of the TeX source in it."""

_TEX_COMMAND = re.compile(r"\\[A-Za-z]{2,}|[\^_]\{")
_INVALID_IN_XML = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
_STYLE_WRAPPER = re.compile(r"^\{\\(?:displaystyle|textstyle)\s?(.*)\}$", re.DOTALL)
_MAX_SCRIPT_CHARS = 2000
"""Characters at the beginning of a script in which the name of a TeX renderer is searched (bounds the time)."""

_TEX_IN_TEXT = re.compile(
    r"\\\(((?:(?!\\\().){1,2000}?)\\\)|\\\[((?:(?!\\\[).){1,2000}?)\\\]|\$\$(.{1,2000}?)\$\$", re.DOTALL
)
_MATHML_TAGS = frozenset(
    "math maction menclose mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow "
    "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
_MATHML_ATTRIBUTES = frozenset(
    "accent accentunder align columnalign columnlines columnspacing columnspan depth dir display "
    "displaystyle fence form frame height largeop linethickness lspace mathsize mathvariant maxsize "
    "minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator "
    "stretchy symmetric voffset width open close separators".split()
)
MATHML_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def is_formula(element: Element) -> bool:
    """Whether an element is a formula, or holds nothing but one."""
    tag = element.tag
    if tag in _FORMULA_TAGS:
        return True
    if tag == "script":
        return element.get("type", "").startswith(_TEX_SCRIPT_TYPE) and not _is_rendered_before(element)
    if tag == "img":
        alt = element.get("alt", "")
        named = bool(alt) and bool(_FORMULA_IMAGE_CLASS.search(element.get("class", "")))
        return named or bool(_TEX_COMMAND.search(alt)) or bool(_FORMULA_SERVICE.search(element.get("src", "")))
    if tag not in {"span", "div", "p"}:
        return False
    if tag != "p" and element.get("data-math"):
        return True
    names = element.get("class", "")
    return not _RENDERER_CLASSES.isdisjoint(names.split()) or _is_tex_source(element, names)


def _is_rendered_before(script: Element) -> bool:
    """Whether a renderer has put the formula of a script, with its source, right before the script."""
    before = script.getprevious()
    return before is not None and is_formula(before) and read_formula(before) is not None


def _is_tex_source(element: Element, names: str) -> bool:
    """Whether an element holds only the TeX source of a formula, as Pandoc and MkDocs write it."""
    return (
        not _SOURCE_CLASSES.isdisjoint(names.split())
        and not len(element)
        and bool(_DELIMITED_SOURCE.fullmatch(element.text or ""))
    )


def has_tex_script(root: Element) -> bool:
    """Whether a script of the page renders TeX in its text."""
    for script in root.iter("script"):
        source = f"{script.get('src', '')} {(script.text or '')[:_MAX_SCRIPT_CHARS]}".lower()
        if "mathjax" in source or "katex" in source:
            return True
    return False


def split_tex(text: str) -> list[str | Math]:
    """Split a text into words and the formulas between TeX's delimiters."""
    parts: list[str | Math] = []
    end = 0
    for found in _TEX_IN_TEXT.finditer(text):
        parts += [text[end : found.start()], Math(latex=next(filter(None, found.groups())).strip())]
        end = found.end()
    return [*parts, text[end:]]


def read_formula(element: Element) -> Math | None:
    """Return the formula that an element is; None if it is not one, or its source is lost."""
    if not is_formula(element):
        return None
    if element.tag == "img":
        service = _FORMULA_SERVICE.search(element.get("src", ""))
        return Math(latex=_strip_delimiters(element.get("alt") or (unquote(service[1]) if service else "")))
    if element.tag == "script":
        return Math(latex=(element.text or "").strip())
    if not len(element) and element.text and _DELIMITED_SOURCE.fullmatch(element.text):
        return Math(latex=_strip_delimiters(element.text))
    math = element if element.tag == "math" else next(element.iter("math"), None)
    if math is None or element.get("data-math"):
        return _read_rendered_formula(element)
    return _read_mathml(math)


def _read_mathml(math: Element) -> Math:
    """Return a formula in MathML with its LaTeX: that of its annotation, of its text for readers, else of its signs."""
    note = next((a for a in math.iter("annotation") if "tex" in a.get("encoding", "").lower()), None)
    alt = (math.get("alttext") or "").strip()
    latex = _strip_delimiters("".join(note.itertext())) if note is not None else ""
    if not latex and "\\" in alt:
        latex = _strip_delimiters(alt)
    if "\\" in alt:
        alt = ""
    return Math(latex=latex or ("" if alt else write_latex(math)), mathml=_serialise_mathml(math), alt=alt)


def make_block(math: Math) -> MathBlock:
    """Return the block of a formula that stands on a line of its own."""
    return MathBlock(latex=math.latex, mathml=math.mathml, alt=math.alt)


def is_display_formula(element: Element) -> bool:
    """Whether a formula is displayed on a line of its own."""
    if element.tag == "script":
        return "mode=display" in str(element.get("type"))
    if element.tag == "math":
        return str(element.get("display")) == "block"
    classes = element.get("class", "").split()
    if not len(element) and _DELIMITED_SOURCE.fullmatch(element.text or ""):
        return (element.text or "").strip().startswith(("\\[", "$$"))
    if "katex-display" in classes or "MathJax_Display" in classes or element.get("display") == "true":
        return True
    math = next(element.iter("math"), None)
    return math is not None and str(math.get("display")) == "block"


def _read_rendered_formula(element: Element) -> Math | None:
    """Read a rendered formula from an attribute, an image's alternative text or its label; None if it has none."""
    for holder in element.iter():
        if holder.tag == "img" and holder.get("alt"):
            return Math(latex=_strip_delimiters(holder.get("alt", "")))
        if source := holder.get("data-mathml"):
            return _parse_mathml(source)
        if source := holder.get("data-latex") or holder.get("data-tex") or holder.get("data-math"):
            return Math(latex=_strip_delimiters(source))
        if holder.tag == "script" and holder.get("type", "").startswith(_TEX_SCRIPT_TYPE):
            return Math(latex=(holder.text or "").strip())
    label = (element.get("aria-label") or "").strip()
    return Math(alt=label) if label else None


def _strip_delimiters(latex: str) -> str:
    """Strip delimiters, and the style that renderers add, from TeX source."""
    text = latex.strip()
    for left, right in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")):
        if len(text) > len(left + right) and text.startswith(left) and text.endswith(right):
            text = text[len(left) : -len(right)].strip()
            break
    styled = _STYLE_WRAPPER.match(text)
    return (styled[1] if styled else text).strip()


def _parse_mathml(source: str) -> Math | None:
    """Read MathML source; None if it is not well-formed MathML."""
    try:
        root = etree.fromstring(source.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return _read_mathml(root) if root.tag == "math" else None


def _serialise_mathml(math: Element) -> str:
    """Return MathML as XML, with presentation elements and harmless attributes only."""
    clean = etree.Element("math", xmlns=MATHML_NAMESPACE)
    if math.get("display") == "block":
        clean.set("display", "block")
    _copy_mathml(math, clean)
    return etree.tostring(clean, encoding="unicode", with_tail=False)  # type: ignore[no-any-return]


def _copy_mathml(source: Element, target: Element) -> None:
    """Copy what `source` holds to `target`, without recursion; unknown elements become ``mrow``."""
    stack = [(source, target)]
    while stack:
        old, new = stack.pop()
        new.text = _clean_text(old.text)
        for child in old:
            if child.tag in {"annotation", "annotation-xml", "script", "style"}:
                continue
            kept = etree.SubElement(new, child.tag if child.tag in _MATHML_TAGS else "mrow")
            for key, value in child.attrib.items():
                if key in _MATHML_ATTRIBUTES:
                    kept.set(key, value.translate(_INVALID_IN_XML))
            kept.tail = _clean_text(child.tail)
            stack.append((child, kept))


def _clean_text(text: str | None) -> str | None:
    """Return a text without the characters that XML does not allow."""
    return text.translate(_INVALID_IN_XML) if text else text
