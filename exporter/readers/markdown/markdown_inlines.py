"""Converts the inline nodes of Markdown to inlines of the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
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
    Math,
    NoteMark,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    inline_text,
)
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.parser import MAX_INLINE_LEVELS, Node
from exporter.readers.page.page_links import Links

_InlineWrapper = Callable[[tuple[Inline, ...]], Inline]
_NODE_WRAPPERS: Mapping[str, _InlineWrapper] = MappingProxyType(
    {"em": Emphasis, "strong": Strong, "s": Strike, "sub": Subscript, "sup": Superscript}
)
_TAG_WRAPPERS: Mapping[str, _InlineWrapper] = MappingProxyType(
    {
        **_NODE_WRAPPERS,
        **dict.fromkeys(("i", "cite", "dfn", "var"), Emphasis),
        "b": Strong,
        **dict.fromkeys(("del", "strike"), Strike),
    }
)
_HTML_ELEMENTS = frozenset(
    "a abbr kbd code samp math ruby svg script style template iframe object textarea select button".split()
)
"""Elements that the HTML reader reads as a whole, with their content."""

_SPACES = re.compile("  +")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_DASHES = re.compile(r"(?<!-)(?:---|--(?!-)(?!(?<=\s--)\w)(?!(?<=^--)\w))(?!-)")
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+)(?<=\S)==(?![=\w])")
# Ranges of scripts without spaces between words. Not a pattern: it would take 3 ms to compile.
_UNSPACED_SCRIPTS = (("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))


class MarkdownInlineBuilder:
    """Converts inline nodes; `anchors` maps the identifiers that authors gave to headings to those of their words."""

    def __init__(self, fragments: Fragments, anchors: Mapping[str, str]) -> None:
        self._fragments = fragments
        self._anchors = anchors

    def build(self, nodes: Sequence[Node]) -> tuple[Inline, ...]:
        """Return the inlines of sibling nodes; HTML tags among them are paired, and unpaired ones are dropped."""
        levels: list[tuple[str, list[Inline]]] = [("", [])]
        ends = _find_html_elements(nodes)
        position = 0
        while position < len(nodes):
            node = nodes[position]
            if position in ends:
                html = "".join(node.content for node in nodes[position : ends[position]])
                levels[-1][1].extend(self._fragments.parse_inlines(html))
                position = ends[position]
            elif node.type == "html_inline":
                self._read_tag(node.content, levels)
                position += 1
            else:
                levels[-1][1].extend(self._build_node(nodes, position))
                position += 1
        while len(levels) > 1:
            _, inside = levels.pop()
            levels[-1][1].extend(inside)
        return join_texts(levels[0][1])

    def _read_tag(self, raw: str, levels: list[tuple[str, list[Inline]]]) -> None:
        """Read an HTML tag: an element without content, or the beginning or end of one, which is a level."""
        found = _TAG.match(raw)
        name = found["name"].lower() if found else ""
        if not found:
            return
        if name == "br":
            levels[-1][1].append(Break())
        elif found["close"]:
            _close_element(name, levels)
        elif name == "img":
            levels[-1][1].extend(self._fragments.parse_inlines(raw))
        elif name in _TAG_WRAPPERS and not raw.endswith("/>") and len(levels) < MAX_INLINE_LEVELS:
            levels.append((name, []))

    def _build_node(self, nodes: Sequence[Node], position: int) -> tuple[Inline, ...]:
        node = nodes[position]
        match node.type:
            case "text" | "text_special":
                text = _clean_text(node.content) if node.type == "text" else node.content
                return (Text(text),) if text else ()
            case "softbreak":
                return () if _is_between_unspaced(nodes, position) else (Text(" "),)
            case "hardbreak":
                return (Break(),)
            case "code_inline":
                return (Code(node.content),)
            case "em" | "strong" | "s" | "sub" | "sup":
                return (_NODE_WRAPPERS[node.type](self.build(node.children)),)
            case "link":
                return self._build_link(node)
            case "image":
                return self._build_image(node)
            case "span":
                return self._build_span(node)
            case "math_inline" | "math_inline_double":
                return _build_math(nodes, position)
            case "footnote_ref":
                return (NoteMark(name_note(node.meta["id"])),)
            case _:
                return ()

    def _build_link(self, node: Node) -> tuple[Inline, ...]:
        content = self.build(node.children)
        target = self._resolve_target(str(node.attrs.get("href", "")))
        return (Link(content, target),) if target and content else content

    def _resolve_target(self, address: str) -> str:
        if address.startswith("#"):
            return f"#{self._anchors.get(address[1:], address[1:])}"
        return Links(self._fragments.base).absolute(address)

    def _build_image(self, node: Node) -> tuple[Inline, ...]:
        name, alt = self._fragments.add_picture(str(node.attrs.get("src", ""))), read_alt_text(node)
        if name:
            return (Image(name, alt),)
        return (Text(alt),) if alt else ()

    def _build_span(self, node: Node) -> tuple[Inline, ...]:
        content = self.build(node.children)
        language, direction = read_language(node.attrs)
        return (Foreign(content, language, direction),) if language or direction else content


def name_note(number: int) -> str:
    """Return the name of a note by the number of its first reference, from 0."""
    return f"n{number + 1}"


def read_language(attributes: Mapping[str, object]) -> tuple[str, Direction]:
    """Return the language and the direction among attributes; empty if they are not given."""
    value = str(attributes.get("dir", "")).lower()
    direction: Direction = "rtl" if value == "rtl" else "ltr" if value == "ltr" else ""
    return str(attributes.get("lang", "")), direction


def read_alt_text(node: Node) -> str:
    """Return the alternative text of a picture: that of its attributes, else the text in its brackets."""
    given = node.attrs.get("fig-alt") or node.attrs.get("alt")
    return str(given) if given else " ".join(plain_text(node).split())


def join_texts(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts."""
    out: list[Inline] = []
    for is_text, group in groupby(content, lambda inline: isinstance(inline, Text)):
        inlines = list(group)
        if is_text and len(inlines) > 1:
            out.append(Text(_SPACES.sub(" ", inline_text(inlines))))
        else:
            out += inlines
    return tuple(out)


def trim_spaces(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Remove the spaces at both ends, which are left beside removed shortcodes."""
    out = list(content)
    if out and isinstance(first := out[0], Text):
        out[0] = Text(first.text.lstrip())
    if out and isinstance(last := out[-1], Text):
        out[-1] = Text(last.text.rstrip())
    return tuple(inline for inline in out if inline != Text(""))


def drop_chars(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Return inlines without the first `length` characters of their text."""
    kept: list[Inline] = []
    for inline in content:
        size = len(inline_text((inline,)))
        if length <= 0:
            kept.append(inline)
        elif size > length and isinstance(inline, Text):
            kept.append(Text(inline.text[length:]))
        elif size > length and isinstance(inner := getattr(inline, "content", None), tuple):
            kept.append(msgspec.structs.replace(inline, content=drop_chars(inner, length)))
        length -= size
    return tuple(kept)


def plain_text(node: Node) -> str:
    """Return the text of a node without its marks."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.children:
        return "".join(map(plain_text, node.children))
    return "" if node.type in ("html_inline", "footnote_ref") else node.content


def _clean_text(text: str) -> str:
    """Replace hyphens that mean a dash (not those of ``--flag``) by dashes; remove ``==`` around highlighted text."""
    if "--" in text:
        text = _DASHES.sub(lambda found: "—" if len(found[0]) == 3 else "–", text)
    return _HIGHLIGHT.sub(r"\1", text) if "==" in text else text


def _close_element(name: str, levels: list[tuple[str, list[Inline]]]) -> None:
    """Close an element and all open ones in it; an end tag without an open element is ignored."""
    if name not in (opened for opened, _ in levels[1:]):
        return
    while True:
        opened, inside = levels.pop()
        if opened != name:
            levels[-1][1].extend(inside)
            continue
        if inside:
            levels[-1][1].append(_TAG_WRAPPERS[name](join_texts(inside)))
        return


def _find_html_elements(nodes: Sequence[Node]) -> dict[int, int]:
    """Return the end of each element that is read as a whole, by its beginning; one with Markdown in it is not."""
    ends: dict[int, int] = {}
    open_tags: dict[str, list[int]] = {}
    for position, node in enumerate(nodes):
        kind = node.type
        if (
            kind == "html_inline"
            and (found := _TAG.match(node.content))
            and (name := found["name"].lower()) in _HTML_ELEMENTS
        ):
            if not found["close"]:
                open_tags.setdefault(name, []).append(position)
            elif open_tags.get(name):
                ends[open_tags[name].pop()] = position + 1
        elif kind not in ("html_inline", "text", "text_special", "softbreak"):
            open_tags.clear()
    return ends


def _is_between_unspaced(nodes: Sequence[Node], position: int) -> bool:
    """Whether a line break is between two characters of scripts without spaces."""
    if not 0 < position < len(nodes) - 1:
        return False
    sides = plain_text(nodes[position - 1]).rstrip()[-1:], plain_text(nodes[position + 1]).lstrip()[:1]
    return all(any(first <= side <= last for first, last in _UNSPACED_SCRIPTS) for side in sides)


def _build_math(nodes: Sequence[Node], position: int) -> tuple[Inline, ...]:
    """Return a formula, or its text if a letter is beside its dollar signs: A$AP and Ke$ha."""
    before = plain_text(nodes[position - 1])[-1:] if position else ""
    after = plain_text(nodes[position + 1])[:1] if position + 1 < len(nodes) else ""
    node = nodes[position]
    if before.isalpha() or after.isalpha():
        return (Text(f"{node.markup}{node.content}{node.markup}"),)
    return (Math(latex=node.content.strip()),)
