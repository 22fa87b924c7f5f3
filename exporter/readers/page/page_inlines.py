"""Inline elements: emphasis, links, note marks, ruby, formulas, passages in other languages, small pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from exporter.article import (
    Break,
    Code,
    Direction,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Link,
    NoteMark,
    Ruby,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.language_tags import parse_language_tag
from exporter.readers.page import formula_elements
from exporter.readers.page.dom import Element, collapse_space, text_of
from exporter.readers.page.link_targets import LinkTargets
from exporter.readers.page.page_links import Links
from exporter.readers.page.pictures import Pictures

MAX_INLINE_DEPTH = 40
"""Depth of nested inlines below which markup is dropped and the text kept, against pages made to exhaust the stack."""

_EXCESS_SPACE = re.compile(r"[\t\n\r\f\v][ \t\n\r\f\v]*| [ \t\n\r\f\v]+")  # all white space but a single space
# Soft hyphens, zero-width spaces, byte-order marks and controls: they would break search and speech.
_INVISIBLE_CHARS = dict.fromkeys(
    [*range(9), 0x0E, *range(0x10, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF]
)

_PERMALINK_SIGN = re.compile(r"\s*[#¶§🔗⚓]\s*")

_INLINE_CLASSES: Mapping[str, Callable[[tuple[Inline, ...]], Inline]] = MappingProxyType(
    {
        "em": Emphasis, "i": Emphasis, "dfn": Emphasis, "cite": Emphasis, "var": Emphasis,
        "strong": Strong, "b": Strong,
        "del": Strike, "s": Strike, "strike": Strike,
        "sup": Superscript, "sub": Subscript,
    }
)  # fmt: skip
_CODE_TAGS = frozenset({"code", "kbd", "samp", "tt"})
_QUOTATION_MARKS = MappingProxyType(
    {"de": "„“", "fr": "«»", "es": "«»", "it": "«»", "ru": "«»", "pl": "„”", "ja": "「」", "zh": "“”"}
)


class PageReferences(msgspec.Struct, frozen=True):
    """What the inlines of a page refer to.

    `marks` are the names of notes by their marks, `targets` the blocks to which links lead; `tex` is set if a script of
    the page renders TeX in its text.
    """

    links: Links
    pictures: Pictures
    marks: Mapping[Element, str]
    language: str
    tex: bool = False
    targets: LinkTargets = LinkTargets()


class InlineCollector:
    """Collects the inlines of one run of text, white space collapsed as a browser does."""

    def __init__(self, references: PageReferences, language: str) -> None:
        self._references = references
        self._language = language
        self._out: list[Inline] = []
        self._ends_with_space = True
        self._depth = 0

    def add_text(self, text: str | None) -> None:
        """Append text."""
        if not text:
            return
        if self._references.tex and ("\\" in text or "$$" in text):
            for part in formula_elements.split_tex(text):
                if isinstance(part, str):
                    self._append_text(part)
                else:
                    self._ends_with_space = False
                    self._append(part)
        else:
            self._append_text(text)

    def _append_text(self, text: str) -> None:
        collapsed = _EXCESS_SPACE.sub(" ", text if text.isascii() else text.translate(_INVISIBLE_CHARS))
        if self._ends_with_space and collapsed[:1] == " ":
            collapsed = collapsed[1:]
        if collapsed:
            self._ends_with_space = collapsed[-1] == " "
            self._append(Text(collapsed))

    def add_element(self, element: Element) -> None:
        """Append an inline element with all it holds, but not its tail."""
        if (name := self._references.marks.get(element)) is not None:
            self._trim_space()
            self._append(NoteMark(name))
        elif formula := formula_elements.read_formula(element):
            self._ends_with_space = False
            self._append(formula)
        elif (foreign := _own_language(element, self._language)) and self._depth < MAX_INLINE_DEPTH:
            self._foreign(element, *foreign)
        else:
            self._append_element(element)

    def close(self) -> list[tuple[Inline, ...]]:
        """Return the inlines, one tuple for each paragraph (two breaks divide paragraphs), and start anew."""
        if not self._out:
            self._ends_with_space = True
            return []
        parts: list[list[Inline]] = [[]]
        for inline in self._out:
            if isinstance(inline, Break) and (not parts[-1] or isinstance(parts[-1][-1], Break)):
                if parts[-1]:
                    parts.append([])
            else:
                parts[-1].append(inline)
        self._out, self._ends_with_space = [], True
        return [part for raw in parts if (part := strip_inlines(raw))]

    def _append_element(self, element: Element) -> None:
        tag = element.tag
        if _is_permalink(element):
            return
        if tag == "br":
            self._trim_space()
            self._append(Break())
            self._ends_with_space = True
        elif tag in {"img", "svg"}:
            self._image(element)
        elif tag in _CODE_TAGS:
            self._code(element)
        elif tag == "ruby":
            self._ruby(element)
        elif tag == "q":
            self._quotation(element)
        elif tag == "a" and (target := self.link_target(element.get("href", ""))):
            self._wrap(element, lambda content: Link(content, target))
        elif (make := _INLINE_CLASSES.get(tag)) is not None:
            self._wrap(element, make)
        else:
            self._children(element)

    def link_target(self, address: str) -> str:
        """Return where a link leads: ``#name`` of a block of the article, or a URL, or empty."""
        name = self._references.links.fragment(address) if "#" in address else ""
        return f"#{name}" if name in self._references.targets.names else self._references.links.absolute(address)

    def _children(self, element: Element) -> None:
        if self._depth >= MAX_INLINE_DEPTH:
            self.add_text("".join(element.itertext()))
            return
        self._depth += 1
        self.add_text(element.text)
        for child in element:
            self.add_element(child)
            self.add_text(child.tail)
        self._depth -= 1

    def _wrap(self, element: Element, make: Callable[[tuple[Inline, ...]], Inline]) -> None:
        outer, self._out = self._out, []
        self._children(element)
        inner, self._out = self._out, outer
        if all((isinstance(inline, Text) and inline.text == " ") or isinstance(inline, Break) for inline in inner):
            for inline in inner:
                self._append(inline)
        else:
            self._append(make(tuple(inner)))

    def _foreign(self, element: Element, language: str, direction: Direction) -> None:
        outer, self._language = self._language, language or self._language
        inside, self._out = self._out, []
        self._append_element(element)
        content, self._out = tuple(self._out), inside
        self._language = outer
        if content:
            self._append(Foreign(content, language, direction))

    def _code(self, element: Element) -> None:
        text = _EXCESS_SPACE.sub(" ", "".join(element.itertext()).translate(_INVISIBLE_CHARS)).strip()
        if text:
            self._ends_with_space = False
            self._append(Code(text))

    def _image(self, element: Element) -> None:
        if glyph := self._references.pictures.emoji_text(element):
            self.add_text(glyph)
        elif name := self._references.pictures.add_element(element):
            self._ends_with_space = False
            self._append(Image(name, collapse_space(element.get("alt") or "")))

    def _ruby(self, element: Element) -> None:
        """Append one `Ruby` for each base with its reading, so that each reading stands above its own characters."""
        base: list[str] = [element.text or ""]
        for child in element:
            if child.tag == "rt":
                reading = text_of(child)
                if text := "".join(base).strip():
                    self._append(Ruby((Text(text),), reading))
                    self._ends_with_space = False
                base = []
            elif child.tag not in {"rp", "rtc"}:
                base.append("".join(child.itertext()))
            base.append(child.tail or "")
        self.add_text("".join(base).strip())

    def _quotation(self, element: Element) -> None:
        marks = _QUOTATION_MARKS.get(self._language.partition("-")[0].lower(), "“”")
        self.add_text(marks[0])
        self._children(element)
        self.add_text(marks[1])

    def _trim_space(self) -> None:
        """Remove the space before a note mark or a break."""
        if self._out and isinstance(last := self._out[-1], Text) and last.text.endswith(" "):
            self._out.pop()
            if text := last.text.rstrip(" "):
                self._out.append(Text(text))

    def _append(self, inline: Inline) -> None:
        if isinstance(inline, Text) and self._out and isinstance(last := self._out[-1], Text):
            self._out[-1] = Text(last.text + inline.text)
        else:
            self._out.append(inline)


def strip_inlines(content: list[Inline] | tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Strip white space and breaks from both ends of a run of inlines."""
    parts = list(content)
    while parts and (isinstance(parts[0], Break) or _is_blank(parts[0])):
        parts.pop(0)
    while parts and (isinstance(parts[-1], Break) or _is_blank(parts[-1])):
        parts.pop()
    if parts and isinstance(first := parts[0], Text):
        parts[0] = Text(first.text.lstrip())
    if parts:
        parts[-1] = _strip_end(parts[-1])
    return tuple(parts)


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, Text) and not inline.text.strip()


def _strip_end(inline: Inline) -> Inline:
    if isinstance(inline, Text):
        return Text(inline.text.rstrip())
    if isinstance(inline, Emphasis | Strong | Strike | Link | Foreign) and inline.content:
        return msgspec.structs.replace(inline, content=(*inline.content[:-1], _strip_end(inline.content[-1])))
    return inline


def _is_permalink(element: Element) -> bool:
    """Whether an element is the sign beside a heading that links to the heading itself."""
    if element.tag != "a" or not element.get("href", "").startswith("#"):
        return False
    return _PERMALINK_SIGN.fullmatch("".join(element.itertext())) is not None


def _own_language(element: Element, language: str) -> tuple[str, Direction] | None:
    """Return language and direction that an element sets, each empty if it is that around it; None if both are."""
    stated = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    turn = (element.get("dir") or "").lower()
    if not (stated or turn):
        return None
    tag = parse_language_tag(stated.strip())
    direction: Direction = "rtl" if turn == "rtl" else "ltr" if turn == "ltr" else ""
    if tag and tag.lower() == language.lower():
        tag = ""
    return (tag, direction) if tag or direction else None
