"""Formulas in MathML as LaTeX, for pages that do not hold the source of a formula: so it can be said."""

from __future__ import annotations

import unicodedata

from exporter.readers.latex_symbols import ACCENTS, BIG_OPERATORS, FUNCTIONS, escape_latex, write_name
from exporter.readers.page.dom import Element

_SILENT_TAGS = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "mprescripts", "none", "maligngroup"})
_SEPARATORS = {"mtable": r" \\ ", "mtr": " & "}
_INVISIBLE_OPERATORS = dict.fromkeys(range(0x2061, 0x2065))
"""Application of a function, invisible times, comma and plus."""


def write_latex(math: Element) -> str:
    """Return the LaTeX of an element of MathML; empty if it holds nothing that is shown."""
    elements = [element for element in math.iter() if isinstance(element.tag, str)]
    written: dict[Element, str] = {}
    for element in reversed(elements):  # children before their parents: without recursion, however deep they nest
        written[element] = _write_element(element, [written[child] for child in element if child in written])
    return " ".join(written[math].split())


def _write_element(element: Element, parts: list[str]) -> str:
    """Write an element whose children are written; one that is not known gives way to its contents."""
    match element.tag, parts:
        case (("mi" | "mn" | "mo" | "mtext" | "ms"), _):
            return _write_token(element)
        case (("msub" | "munder" | "msup" | "mover" | "msubsup" | "munderover" | "mmultiscripts"), [base, *scripts]):
            return _write_scripts(element, base, scripts)
        case "mfrac", [above, below]:
            form = r"\binom" if element.get("linethickness") in ("0", "0pt", "0px") else r"\frac"
            return f"{form}{{{above}}}{{{below}}}"
        case "msqrt", _:
            return rf"\sqrt{{{''.join(parts)}}}"
        case "mroot", [inner, degree]:
            return rf"\sqrt[{degree}]{{{inner}}}"
        case "mfenced", _:
            return f"{element.get('open', '(')}{','.join(parts)}{element.get('close', ')')}"
        case "semantics", [shown, *_]:
            return shown
        case tag, _:
            written = _SEPARATORS.get(tag, "").join(parts) or escape_latex((element.text or "").strip())
            return "" if tag in _SILENT_TAGS else written


def _write_scripts(element: Element, base: str, scripts: list[str]) -> str:
    """Write a base with what stands below and above it, or as its index and its power."""
    if element.tag == "mover" and scripts and (accent := ACCENTS.get("".join(element[-1].itertext()).strip())):
        return f"{accent}{{{base}}}"
    is_one_sign = len(base) < 2 or base.rstrip() in BIG_OPERATORS.values() or base.rstrip() == r"\lim"
    places = "^" if element.tag in ("msup", "mover") else "_^"
    return (base if is_one_sign else f"{{{base}}}") + "".join(
        f"{place}{{{script}}}" for place, script in zip(places, scripts, strict=False) if script
    )


def _write_token(element: Element) -> str:
    """Write a name, a number, an operator or a text; letters of mathematical alphabets are plain ones."""
    text = unicodedata.normalize("NFKC", "".join(element.itertext())).translate(_INVISIBLE_OPERATORS).strip()
    if element.tag == "mtext":
        return rf"\text{{{escape_latex(text)}}}" if text else ""
    if element.tag == "mi" and len(text) > 1 and text.isalpha() and text not in FUNCTIONS:
        return rf"\mathrm{{{text}}}"
    return write_name(text)
