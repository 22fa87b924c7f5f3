"""OpenDocument texts (ODT) become HTML, which the reader of pages reads."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources.markup import ContainerFacts, build_page, join_captions, local_name, parse_xml
from exporter.sources.packed_files import PackedFiles
from exporter.sources.zips import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT_PATH, _META_PATH = "content.xml", "meta.xml"
_PICTURE_FOLDERS = ("Pictures/", "media/")

_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end table-of-content sequence-decls soft-page-break".split()
)
_BOLD_SIZES = frozenset({"bold", "600", "700", "800", "900"})
_TITLE_STYLES, _QUOTE_STYLES = frozenset({"title"}), frozenset({"quotations", "quote", "intense_20_quote"})
_CLASSES = {
    "author": "byline", "date": "date", "caption": "caption", "figurecaption": "caption", "illustration": "caption",
    "figure": "caption",
}  # fmt: skip
"""Classes by which the reader of pages knows the lines in these styles."""

_CODE_STYLES = frozenset({"preformatted_20_text", "source_20_code"})


def convert_document(document: Document, settings: InputSettings) -> Document:
    """Return the document as a page with its pictures; raises `SourceError` if it is damaged."""
    archive = Archive(document, settings.largest + settings.largest_pictures)
    archive.check_size()
    if _CONTENT_PATH not in archive:
        cause = "Damaged: it has no content"
        raise SourceError("reading a document", document.name, cause, "Save it again from its program.")
    writer = _HtmlWriter(parse_xml(archive.read(_CONTENT_PATH), document.name), archive)
    body = join_captions(writer.write())
    stated = _read_metadata(archive)
    title = writer.title or stated.get("title", "")
    author = stated.get("initial-creator") or stated.get("creator") or ""
    data = build_page(ContainerFacts(title=title, language=stated.get("language", "")), body)
    pictures = [name for name in archive.names() if name.startswith(_PICTURE_FOLDERS)]
    packed = PackedFiles(
        pictures if settings.images else (), lambda path: ("", archive.read(path)), settings.largest_pictures
    )
    parts, notices = packed.collect_parts(data, _CONTENT_PATH)
    return Document(
        document.name,
        data,
        media_type="text/html",
        title=title,
        authors=(author,) if author else (),
        whole=True,
        location=_CONTENT_PATH,
        parts=parts,
        notices=(*document.notices, *notices),
    )


def _read_metadata(archive: Archive) -> dict[str, str]:
    if _META_PATH not in archive:
        return {}
    root = parse_xml(archive.read(_META_PATH), _META_PATH)
    return {local_name(element): " ".join((element.text or "").split()) for element in root.iter() if element.text}


class _HtmlWriter:
    """Writes the content of a document as HTML; `title` is the text of its paragraph in the style for titles."""

    def __init__(self, root: _Element, archive: Archive) -> None:
        self._root = root
        self._archive = archive
        self._notes: list[str] = []
        self._styles = {_attribute(style, "name"): style for style in root.iter() if local_name(style) == "style"}
        self._lists = {_attribute(style, "name"): style for style in root.iter() if local_name(style) == "list-style"}
        self.title = ""

    def write(self) -> str:
        """Return the whole text, with its notes at the end."""
        body = next((element for element in self._root.iter() if local_name(element) == "text"), self._root)
        html = self._blocks(body)
        notes = "".join(f'<li id="fn{number}">{note}</li>' for number, note in enumerate(self._notes, 1))
        return html + (f'<section class="footnotes"><ol>{notes}</ol></section>' if notes else "")

    def _blocks(self, parent: _Element) -> str:
        return "".join(self._block(child) for child in parent if local_name(child) not in _SKIPPED)

    def _block(self, element: _Element) -> str:
        match local_name(element):
            case "h":
                level = min(6, int(_attribute(element, "outline-level") or 1) + 1)
                return f"<h{level}>{self._inline(element)}</h{level}>"
            case "p":
                return self._paragraph(element)
            case "list":
                tag = "ol" if self._is_numbered(element) else "ul"
                items = "".join(f"<li>{self._blocks(item)}</li>" for item in element)
                return f"<{tag}>{items}</{tag}>"
            case "table":
                return f"<table>{''.join(self._rows(element))}</table>"
            case "frame":
                return self._frame(element)
            case _:
                return self._blocks(element)

    def _paragraph(self, element: _Element) -> str:
        style = self._style_name(element)
        inner = self._inline(element)
        if style in _TITLE_STYLES:
            self.title = self.title or " ".join("".join(element.itertext()).split())
            return f"<h1>{inner}</h1>"
        if style in _QUOTE_STYLES:
            return f"<blockquote><p>{inner}</p></blockquote>"
        if style in _CODE_STYLES:
            return f"<pre>{inner}</pre>"
        names = f' class="{_CLASSES[style]}"' if style in _CLASSES else ""
        return f"<p{names}>{inner}</p>" if inner.strip() else ""

    def _rows(self, table: _Element) -> Iterator[str]:
        for row in table.iter():
            if local_name(row) == "table-row":
                head = any(local_name(holder) == "table-header-rows" for holder in row.iterancestors())
                tag = "th" if head else "td"
                cells = (cell for cell in row if local_name(cell) == "table-cell")
                yield f"<tr>{''.join(f'<{tag}>{self._blocks(cell)}</{tag}>' for cell in cells)}</tr>"

    def _inline(self, element: _Element) -> str:
        out = [escape(element.text or "", quote=False)]
        for child in element:
            out += [self._inline_child(child), escape(child.tail or "", quote=False)]
        return "".join(out)

    def _inline_child(self, element: _Element) -> str:
        match local_name(element):
            case name if name in _SKIPPED:
                return ""
            case "span":
                return self._styled(element)
            case "a":
                return f'<a href="{escape(_attribute(element, "href"))}">{self._inline(element)}</a>'
            case "line-break":
                return "<br>"
            case "s" | "tab":
                return " "
            case "note":
                return self._note(element)
            case "frame":
                return self._frame(element)
            case _:
                return self._inline(element)

    def _styled(self, element: _Element) -> str:
        inner = self._inline(element)
        style = self._styles.get(_attribute(element, "style-name"))
        properties = {} if style is None else {
            key.rpartition("}")[2]: str(value) for child in style for key, value in child.attrib.items()
        }  # fmt: skip
        if properties.get("font-weight") in _BOLD_SIZES:
            inner = f"<strong>{inner}</strong>"
        if properties.get("font-style") in ("italic", "oblique"):
            inner = f"<em>{inner}</em>"
        position = properties.get("text-position", "")
        tag = "sup" if position.startswith(("super", "3", "5")) else "sub" if position.startswith(("sub", "-")) else ""
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _note(self, element: _Element) -> str:
        body = next((child for child in element if local_name(child) == "note-body"), None)
        self._notes.append("" if body is None else self._blocks(body))
        number = len(self._notes)
        return f'<sup><a href="#fn{number}">{number}</a></sup>'

    def _frame(self, frame: _Element) -> str:
        """Return the picture of a frame, with the caption of the text box around it, or the text in it."""
        words = {local_name(child): child.text or "" for child in frame}
        alt = words.get("desc") or words.get("title") or ""
        for child in frame:
            if local_name(child) == "image":
                return f'<img src="{escape(_attribute(child, "href"))}" alt="{escape(alt)}">'
            if local_name(child) == "object" and (formula := self._formula(_attribute(child, "href"))):
                return formula
            if local_name(child) == "text-box":
                inner = self._blocks(child)
                if inner.count("<img ") == 1:
                    picture = inner[inner.index("<img ") : inner.index(">", inner.index("<img ")) + 1]
                    caption = inner.replace(picture, "").removeprefix("<p>").removesuffix("</p>")
                    return f"</p><figure>{picture}<figcaption>{caption}</figcaption></figure><p>"
                return inner
        return ""

    def _formula(self, address: str) -> str:
        """Return the MathML of a formula, which has a folder of its own in the archive; else an empty string."""
        from lxml import etree  # noqa: PLC0415  7 ms, only formulas need it

        path = f"{address.removeprefix('./').rstrip('/')}/{_CONTENT_PATH}"
        if path not in self._archive:
            return ""
        root = parse_xml(self._archive.read(path), path)
        if local_name(root) != "math":
            return ""
        for element in root.iter():
            if isinstance(element.tag, str):
                element.tag = etree.QName(element).localname
        etree.cleanup_namespaces(root)
        return str(etree.tostring(root, encoding="unicode", with_tail=False))

    def _style_name(self, element: _Element) -> str:
        """Return the name of a paragraph's style, or of the one that it is derived from."""
        name = _attribute(element, "style-name")
        style = self._styles.get(name)
        parent = "" if style is None else _attribute(style, "parent-style-name")
        return (parent or name).lower()

    def _is_numbered(self, element: _Element) -> bool:
        style = self._lists.get(_attribute(element, "style-name"))
        return style is not None and len(style) > 0 and local_name(style[0]).endswith("number")


def _attribute(element: _Element, name: str) -> str:
    """Return an attribute by its name without the namespace; empty without it."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
