"""Word documents (DOCX): mammoth turns them into HTML, which the reader of pages reads."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from exporter.config import InputSettings
from exporter.document import Document, DocumentPart
from exporter.errors import Notice, SourceError, describe_error
from exporter.readers.word_formulas import replace_formulas, restore_formulas
from exporter.sources.markup import ContainerFacts, build_page, join_captions, local_name, parse_xml
from exporter.sources.zips import Archive

_PROPERTIES_PATH = "docProps/core.xml"

_STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Author'] => p.byline:fresh
p[style-name='Date'] => p.date:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Image Caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
r[style-name='Source Text'] => code
r[style-name='HTML Code'] => code
"""
"""Styles of Word beside those that mammoth knows, and what they become."""

_LIBRARY_ERRORS = (
    *(KeyError, ValueError, AttributeError, TypeError, IndexError, LookupError, RecursionError, OSError),
    *(BadZipFile, ExpatError, NotImplementedError, RuntimeError, EOFError),
)
"""What mammoth, the XML parser and the ZIP module raise over damaged files."""

_IGNORED_ELEMENT = re.compile(r"unrecognised element was ignored: \{[^}]*\}(\w+)")
_NO_PERSON = re.compile(r"(?i)^(?:microsoft|python-docx|user|admin|administrator|author|owner|unknown)\b")


def convert_document(document: Document, settings: InputSettings) -> Document:
    """Return the document as a page with its pictures; raises `SourceError` if it is damaged."""
    archive = Archive(document, settings.largest + settings.largest_pictures)
    archive.check_size()
    pictures = _Pictures(wanted=settings.images)
    try:
        import mammoth  # noqa: PLC0415  60 ms, only Word documents need it

        data, formulas = replace_formulas(document.data)
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(pictures.add),
        )
    except _LIBRARY_ERRORS as error:
        cause = describe_error(error, "Damaged")
        raise SourceError("reading a document", document.name, cause, "Save it again from its program.") from error
    properties = _read_properties(archive)
    title, body = _choose_title(join_captions(restore_formulas(result.value, formulas)), properties)
    author = properties.get("creator", "")
    return Document(
        document.name,
        build_page(ContainerFacts(title=title), body),
        media_type="text/html",
        title=title,
        authors=() if not author or _NO_PERSON.match(author) else (author,),
        whole=True,
        parts=tuple(pictures.parts.values()),
        notices=(*document.notices, *_count_ignored(message.message for message in result.messages)),
    )


class _Pictures:
    """The pictures of a document, each kept once; `add` is what mammoth calls for each place of one."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self.parts: dict[bytes, DocumentPart] = {}

    def add(self, image: Any) -> dict[str, str]:
        """Return the attributes of the picture's element."""
        with image.open() as stream:
            data = stream.read() if self._wanted else b""
        if not data:
            return {"src": ""}
        if data not in self.parts:
            suffix = str(image.content_type).rpartition("/")[2].partition("+")[0].replace("jpeg", "jpg")
            self.parts[data] = DocumentPart(f"picture-{len(self.parts) + 1}.{suffix}", data, str(image.content_type))
        return {"src": self.parts[data].address}


def _read_properties(archive: Archive) -> dict[str, str]:
    """Return what the document says of itself: title, creator; nothing if that part is missing or damaged."""
    if _PROPERTIES_PATH not in archive:
        return {}
    try:
        root = parse_xml(archive.read(_PROPERTIES_PATH), _PROPERTIES_PATH)
    except SourceError:
        return {}
    return {local_name(element): " ".join((element.text or "").split()) for element in root}


def _choose_title(html: str, properties: dict[str, str]) -> tuple[str, str]:
    """Return the title and the body: the only heading of the first level is the title, several are sections."""
    headings = re.findall(r"<h1\b[^<>]*>((?:[^<]|<(?!/?h1\b))*+)</h1>", html)
    texts = [" ".join(re.sub(r"<[^<>]*>", " ", heading).split()) for heading in headings]
    if len(texts) == 1:
        return texts[0], html
    deeper = re.sub(r"(</?h)([1-5])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", html)
    return properties.get("title", ""), deeper if texts else html


def _count_ignored(messages: Any) -> tuple[Notice, ...]:
    """Return a notice for each kind of thing that mammoth could not convert."""
    counts = Counter(found[1] for message in messages if (found := _IGNORED_ELEMENT.search(message)))
    return tuple(Notice("document", f"left out: {count} of {name!r}") for name, count in counts.items())
