"""Formulas become MathML with alternative text.

Formulas of web pages are copied into the presentation MathML 3 that EPUB 3 allows: elements with the right children,
attributes with valid values. An element that is not allowed becomes an `mrow` of its content, so no sign is lost.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from typing import Any

import math_core
from lxml import etree

from exporter.article import Math, MathBlock
from exporter.ebook.render_context import RenderContext
from exporter.ebook.text_width import measure_text
from exporter.ebook.xhtml import Element, add_element, clean_text

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_TOKEN_ELEMENTS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_ROW_ELEMENTS = frozenset(
    {"math", "mrow", "msqrt", "mstyle", "merror", "mpadded", "mphantom", "menclose", "mfenced", "mtd"}
)
# The number of children that an element must have.
_CHILD_COUNTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
# The parent that an element must have, if not any.
_REQUIRED_PARENTS = {"mtr": "mtable", "mtd": "mtr"}

_LENGTH = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:em|ex|px|in|cm|mm|pt|pc|%)?"
_BOOLEAN = r"true|false"
_ALIGN = r"(?:left|center|right)(?: (?:left|center|right))*"
_LINES = r"(?:none|solid|dashed)(?: (?:none|solid|dashed))*"
_VARIANT = (
    r"normal|(?:bold|italic|bold-italic|double-struck|bold-fraktur|script|bold-script|fraktur|sans-serif|"
    r"bold-sans-serif|sans-serif-italic|sans-serif-bold-italic|monospace|initial|tailed|looped|stretched)"
)
_ANY = r"[^\x00-\x1f]*"
_STYLE_ATTRIBUTES = {"displaystyle": _BOOLEAN, "scriptlevel": r"[-+]?\d+"}
_TOKEN_ATTRIBUTES = {"mathvariant": _VARIANT, "dir": "ltr|rtl"}
_SIZE_ATTRIBUTES = {"width": _LENGTH, "height": _LENGTH, "depth": _LENGTH}
_OPERATOR_FLAGS = "fence separator stretchy symmetric largeop movablelimits accent".split()
# The attributes of each element, with the pattern of their values (MathML 3, chapter 3).
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "math": {"dir": "ltr|rtl"},
    "mrow": {"dir": "ltr|rtl"},
    "mi": _TOKEN_ATTRIBUTES,
    "mn": _TOKEN_ATTRIBUTES,
    "mtext": _TOKEN_ATTRIBUTES,
    "ms": _TOKEN_ATTRIBUTES,
    "mo": _TOKEN_ATTRIBUTES
    | dict.fromkeys(_OPERATOR_FLAGS, _BOOLEAN)
    | dict.fromkeys(("lspace", "rspace", "minsize", "maxsize"), _LENGTH)
    | {"form": "prefix|infix|postfix"},
    "mspace": _SIZE_ATTRIBUTES,
    "mfrac": {"linethickness": f"{_LENGTH}|thin|medium|thick", "bevelled": _BOOLEAN},
    "mstyle": _STYLE_ATTRIBUTES,
    "mpadded": _SIZE_ATTRIBUTES | {"lspace": _LENGTH, "voffset": _LENGTH},
    "menclose": {"notation": r"[a-z]+(?: [a-z]+)*"},
    "mfenced": {"open": _ANY, "close": _ANY, "separators": _ANY},
    "munder": {"accentunder": _BOOLEAN},
    "mover": {"accent": _BOOLEAN},
    "munderover": {"accent": _BOOLEAN, "accentunder": _BOOLEAN},
    "mtable": {
        "columnalign": _ALIGN,
        "rowspacing": f"{_LENGTH}(?: {_LENGTH})*",
        "columnspacing": f"{_LENGTH}(?: {_LENGTH})*",
        "rowlines": _LINES,
        "columnlines": _LINES,
        "frame": "none|solid|dashed",
        "displaystyle": _BOOLEAN,
    },
    "mtr": {"columnalign": _ALIGN},
    "mtd": {"columnalign": "left|center|right", "rowspan": r"[1-9]\d*", "columnspan": r"[1-9]\d*"},
}
# Of the widths of formulas (MathML Core): what stands one above the other, and bases with their scripts.
_STACKED_ELEMENTS = frozenset({"mfrac", "munder", "mover", "munderover"})
_SCRIPTED_ELEMENTS = frozenset({"msub", "msup", "msubsup"})
_OPERATOR_SPACE_EM = 0.78
"""Space that an operator takes beside its sign as a letter: 5/18 em on either side (MathML Core, operator dictionary),
and what "+" and "=" are wider than a letter in the widest fonts (DejaVu Math TeX Gyre, 0.84 em)."""

_SCRIPT_SIZE, _COLUMN_GAP_EM = 0.75, 1.0
_CONVERTER = math_core.LatexToMathML(xml_namespace=True, fancy_error=False)
MAX_TEX_COMMANDS, MAX_OPEN_BRACES, MAX_OPEN_DELIMITERS = 1_000, 200, 20
"""Of a formula that is converted. math-core calls itself for each command and brace in another: about 4,000 overflow
the stack, which ends the process. Each open delimiter doubles time and memory: 20 take 20 ms, 40 would take days."""

_TEX_SIGN = re.compile(r"\\(?:[a-zA-Z]+|.)|[^\w\s]", re.DOTALL)
_OPENING_COMMANDS = frozenset(
    r"\{ \lAngle \lBrace \lang \langle \lbrace \lbrack \lceil \lfloor \lgroup \llangle \llbracket \llcorner \lmoustache"
    r" \lparen \lvert \lVert \ulcorner".split()
)
_CLOSING_COMMANDS = frozenset(
    r"\} \rAngle \rBrace \rang \rangle \rbrace \rbrack \rceil \rfloor \rgroup \rrangle \rrbracket \lrcorner \rmoustache"
    r" \rparen \rvert \rVert \urcorner".split()
)
_MAX_SUBJECT_CHARS = 60  # of a formula in a notice
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w*);?")


def write_math(parent: Element, math: Math | MathBlock, context: RenderContext, display: bool) -> None:
    """Add a formula: its own MathML, else MathML made from its LaTeX, else its source."""
    root = _parse_mathml(math.mathml) if math.mathml else None
    if root is None and math.latex:
        root = _parse_mathml(_convert_latex(math.latex, display))
    words = clean_text(math.alt or math.latex)
    if root is None:
        context.notice(
            f"a formula could not be converted and stays in its source form: {words.strip()[:_MAX_SUBJECT_CHARS]!r}"
        )
        if math.alt:
            add_element(parent, "span", math.alt)
        if math.latex or not math.alt:
            add_element(parent, "code", math.latex or math.mathml, class_="formula" if math.alt else "")
        return
    context.features.add("mathml")
    if not math.alt.strip():
        context.features.add("wordless_math")
    copy = _copy_formula(root, "")
    copy.set("display", "block" if display else "inline")
    if words.strip():
        copy.set("alttext", words)
    else:
        copy.set("alttext", " ".join("".join(copy.itertext()).split()) or "formula")
        copy.set("class", "unnamed")
    parent.append(copy)


def measure_formula(element: Element) -> float:
    """Estimate the width of a formula, or of a part of it, in ems."""
    name, widths = _local_name(element), [measure_formula(child) for child in element]
    if name == "mtable":
        rows = ([measure_formula(cell) for cell in row] for row in element)
        return sum(max(column) + _COLUMN_GAP_EM for column in itertools.zip_longest(*rows, fillvalue=0.0))
    if name in _STACKED_ELEMENTS:
        return max(widths, default=0.0)
    if name in _SCRIPTED_ELEMENTS and widths:
        return widths[0] + _SCRIPT_SIZE * max(widths[1:], default=0.0)
    text = (element.text or "").strip()
    return sum(widths) + measure_text(text) + (_OPERATOR_SPACE_EM if name == "mo" else 0.0)


def _parse_mathml(source: str) -> Element | None:
    """Parse MathML leniently, named entities included; returns None if it has no formula."""
    text = clean_text(_ENTITY.sub(_resolve_entity, source)).strip()
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or _local_name(root) != "math" or not (len(root) or (root.text or "").strip()):
        return None
    return root


def _resolve_entity(entity: re.Match[str]) -> str:
    """Return the character of a named entity of HTML: XML defines only five."""
    return html.unescape(entity[0]) if entity[1] else "&amp;"


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _copy_formula(source: Element, parent: str) -> Element:
    """Copy an element of a formula; `parent` is the name of the element around the copy, or empty."""
    name = _local_name(source)
    children = [child for child in source if _local_name(child)]
    if name == "semantics" and children:
        return _copy_formula(children[0], parent)
    name = _choose_name(name, children, parent)
    nsmap: Any = {None: NAMESPACE} if name == "math" else None
    copy = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=nsmap)
    for key, value in source.attrib.items():
        if re.fullmatch(_ATTRIBUTES.get(name, {}).get(key, "(?!)"), value.strip()):
            copy.set(key, value.strip())
    if name in _TOKEN_ELEMENTS:
        copy.text = "".join(source.itertext())
        return copy
    for text, child in ((source.text, None), *((child.tail, child) for child in children)):
        if child is not None:
            copy.append(_copy_formula(child, name))
        if text and text.strip():
            etree.SubElement(copy, f"{{{NAMESPACE}}}mtext").text = text
    return copy


def _choose_name(name: str, children: list[Element], parent: str) -> str:
    """Return the name of an element if its children and its parent are right for it, else `mrow`."""
    if name == "math":
        return "mrow" if parent else name
    valid = {
        "mtable": all(_local_name(child) == "mtr" for child in children),
        "mtr": all(_local_name(child) == "mtd" for child in children),
        "mspace": not children,
        "mmultiscripts": _is_multiscripts(children),
        "mprescripts": parent == "mmultiscripts",
        "none": parent == "mmultiscripts",
    }
    is_valid = (
        name in _TOKEN_ELEMENTS
        or name in _ROW_ELEMENTS
        or _CHILD_COUNTS.get(name) == len(children)
        or valid.get(name, False)
    )
    return name if is_valid and _REQUIRED_PARENTS.get(name, parent) == parent else "mrow"


def _is_multiscripts(children: list[Element]) -> bool:
    """Whether these are a base, pairs of scripts, and after `mprescripts` more pairs."""
    names = [_local_name(child) for child in children]
    after, _, before = "".join("p" if name == "mprescripts" else "." for name in names).partition("p")
    return len(after) % 2 == 1 and len(before) % 2 == 0 and "p" not in before and names[0] != "none"


def _convert_latex(latex: str, display: bool) -> str:
    """Convert LaTeX to MathML; returns an empty text if that fails, or if it is too deep."""
    text = clean_text(latex)
    if _is_too_deep(text):
        return ""
    try:
        return str(_CONVERTER.convert_with_local_state(text, displaystyle=display))
    except math_core.LatexError:
        return ""


def _is_too_deep(latex: str) -> bool:
    """Whether the conversion would end the process, or take all memory (see `MAX_TEX_COMMANDS`)."""
    braces = delimiters = commands = 0
    for sign in _TEX_SIGN.findall(latex):
        commands += sign.startswith("\\")
        if sign in "{}":
            braces = max(0, braces + (1 if sign == "{" else -1))
        else:
            delimiters = max(0, delimiters + _change_delimiters(sign))
        if braces > MAX_OPEN_BRACES or delimiters > MAX_OPEN_DELIMITERS:
            return True
    return commands > MAX_TEX_COMMANDS


def _change_delimiters(sign: str) -> int:
    """Return 1 for a sign that opens a delimiter, -1 for one that closes one, of whatever kind, and 0 for others."""
    if sign.startswith("\\"):
        return (sign in _OPENING_COMMANDS) - (sign in _CLOSING_COMMANDS)
    category = unicodedata.category(sign)
    return (category == "Ps" or sign in "⌜⌞⎰") - (category == "Pe" or sign in "⌝⌟⎱")
