"""Formulas of Word documents (OMML) as LaTeX: mammoth leaves them out, so words stand for them while it works."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from exporter.readers.latex_symbols import ACCENTS, BIG_OPERATORS, write_name
from exporter.sources.markup import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT_PATH = "word/document.xml"
_FORMULA_MARK = b":oMath"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOKEN = re.compile("\ue010(\\d+)\ue011")

_DELIMITERS = {"{": r"\{", "}": r"\}", "|": "|", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "": "."}


def replace_formulas(data: bytes) -> tuple[bytes, list[str]]:
    """Return a document with a word in place of each formula, and the formulas as elements of HTML with their LaTeX.

    Raises what the XML parser and the ZIP module raise over damaged files.
    """
    with zipfile.ZipFile(BytesIO(data)) as old:
        if _DOCUMENT_PATH not in old.namelist() or _FORMULA_MARK not in (text := old.read(_DOCUMENT_PATH)):
            return data, []
        changed, formulas = _replace_in_text(text)
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
            for info in old.infolist():
                new.writestr(info.filename, changed if info.filename == _DOCUMENT_PATH else old.read(info))
    return target.getvalue(), formulas


def restore_formulas(html: str, formulas: list[str]) -> str:
    """Return HTML with the formulas in place of the words that stand for them."""
    return _TOKEN.sub(lambda found: formulas[int(found[1])], html)


def _replace_in_text(text: bytes) -> tuple[bytes, list[str]]:
    from lxml import etree  # noqa: PLC0415  7 ms, only documents with formulas need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(text, parser)
    formulas: list[str] = []
    for formula in [element for element in root.iter() if local_name(element) == "omath"]:
        holder = next((above for above in formula.iterancestors() if local_name(above) == "omathpara"), None)
        run = etree.Element(f"{_WORD}r")
        etree.SubElement(run, f"{_WORD}t").text = f"\ue010{len(formulas)}\ue011"
        (formula if holder is None else holder).addprevious(run)
        latex = escape(_children(formula).strip(), quote=False)
        annotation = f'<annotation encoding="application/x-tex">{latex}</annotation>'
        display = "" if holder is None else ' display="block"'
        formulas.append(f"<math{display}><semantics><mtext>{latex}</mtext>{annotation}</semantics></math>")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), formulas


def _children(element: _Element) -> str:
    return "".join(map(_convert, element))


def _convert(element: _Element) -> str:
    """Return one element of OMML as LaTeX; one that is not known gives way to its contents."""
    name = local_name(element)
    if name == "t":
        return write_name((element.text or "").strip())
    if name.endswith("pr"):  # properties
        return ""
    writer = _WRITERS.get(name)
    return writer(element) if writer else _children(element)


def _part(element: _Element, name: str) -> str:
    """Return a named part in braces."""
    found = next((child for child in element if local_name(child) == name), None)
    return f"{{{_children(found).strip() if found is not None else ''}}}"


def _property(element: _Element, name: str, default: str) -> str:
    """Return the value of a property of an element, such as the sign of a sum."""
    for child in element:
        for setting in child if local_name(child).endswith("pr") else ():
            if local_name(setting) == name:
                return next((str(value) for key, value in setting.attrib.items() if key.endswith("}val")), default)
    return default


def _fill(form: str, *names: str) -> Callable[[_Element], str]:
    """Return a function that writes the named parts of an element into a form."""
    return lambda element: form.format(*(_part(element, name) for name in names))


def _radical(element: _Element) -> str:
    degree = _part(element, "deg")[1:-1]
    return rf"\sqrt[{degree}]{_part(element, 'e')}" if degree else rf"\sqrt{_part(element, 'e')}"


def _nary(element: _Element) -> str:
    sign = _property(element, "chr", "∫")
    low, high = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{low}" if low != "{}" else "") + (f"^{high}" if high != "{}" else "")
    return f"{BIG_OPERATORS.get(sign, sign)}{limits} {_part(element, 'e')}"


def _delimiters(element: _Element) -> str:
    begin, end = _property(element, "begchr", "("), _property(element, "endchr", ")")
    inner = ",".join(_children(child) for child in element if local_name(child) == "e")
    return rf"\left{_DELIMITERS.get(begin, begin)} {inner} \right{_DELIMITERS.get(end, end)}"


def _accent(element: _Element) -> str:
    return ACCENTS.get(_property(element, "chr", "\u0302"), r"\hat") + _part(element, "e")


def _matrix(element: _Element) -> str:
    rows = (
        " & ".join(_children(cell) for cell in row if local_name(cell) == "e")
        for row in element
        if local_name(row) == "mr"
    )
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


_WRITERS: dict[str, Callable[[_Element], str]] = {
    "ssup": _fill("{0}^{1}", "e", "sup"),
    "ssub": _fill("{0}_{1}", "e", "sub"),
    "ssubsup": _fill("{0}_{1}^{2}", "e", "sub", "sup"),
    "f": _fill(r"\frac{0}{1}", "num", "den"),
    "limlow": _fill(r"\underset{1}{0}", "e", "lim"),
    "limupp": _fill(r"\overset{1}{0}", "e", "lim"),
    "func": _fill("{0} {1}", "fname", "e"),
    "bar": _fill(r"\overline{0}", "e"),
    "rad": _radical,
    "nary": _nary,
    "d": _delimiters,
    "acc": _accent,
    "m": _matrix,
}
