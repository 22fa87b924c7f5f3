"""Words within a line of Markdown."""

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
"""Elements that are read as a whole by the pieces of the HTML reader."""

_SPACES = re.compile("  +")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_DASHES = re.compile(r"(?<!-)(?:---|--(?!-)(?!(?<=\s--)\w)(?!(?<=^--)\w))(?!-)")
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+)(?<=\S)==(?![=\w])")
# Scripts that set no spaces between words; as a pattern, their many characters would take 3 ms to compile.
_UNSPACED_SCRIPTS = (("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))


class MarkdownInlineBuilder:
    """Turns the nodes of a line into inlines; `places` are the headings' own names and what links to them say."""

    def __init__(self, fragments: Fragments, places: Mapping[str, str]) -> None:
        self._fragments = fragments
        self._places = places

    def of(self, nodes: Sequence[Node]) -> tuple[Inline, ...]:
        """Return the inlines of sibling nodes; HTML tags among them are paired, and what is unpaired is dropped."""
        levels: list[tuple[str, list[Inline]]] = [("", [])]
        ends = _find_html_elements(nodes)
        position = 0
        while position < len(nodes):
            node = nodes[position]
            if position in ends:
                html = "".join(node.content for node in nodes[position : ends[position]])
                levels[-1][1].extend(self._fragments.line(html))
                position = ends[position]
            elif node.type == "html_inline":
                self._tag(node.content, levels)
                position += 1
            else:
                levels[-1][1].extend(self._node(nodes, position))
                position += 1
        while len(levels) > 1:
            _, inside = levels.pop()
            levels[-1][1].extend(inside)
        return join_texts(levels[0][1])

    def _tag(self, raw: str, levels: list[tuple[str, list[Inline]]]) -> None:
        """Read a tag that stands for itself, or opens or closes a level."""
        found = _TAG.match(raw)
        name = found["name"].lower() if found else ""
        if not found:
            return
        if name == "br":
            levels[-1][1].append(Break())
        elif found["close"]:
            _close_element(name, levels)
        elif name == "img":
            levels[-1][1].extend(self._fragments.line(raw))
        elif name in _TAG_WRAPPERS and not raw.endswith("/>") and len(levels) < MAX_INLINE_LEVELS:
            levels.append((name, []))

    def _node(self, nodes: Sequence[Node], position: int) -> tuple[Inline, ...]:
        node = nodes[position]
        match node.type:
            case "text" | "text_special":
                return (
                    (Text(_clean_text(node.content) if node.type == "text" else node.content),) if node.content else ()
                )
            case "softbreak":
                return () if _is_between_unspaced(nodes, position) else (Text(" "),)
            case "hardbreak":
                return (Break(),)
            case "code_inline":
                return (Code(node.content),)
            case "em" | "strong" | "s" | "sub" | "sup":
                return (_NODE_WRAPPERS[node.type](self.of(node.children)),)
            case "link":
                return self._link(node)
            case "image":
                return self._image(node)
            case "span":
                return self._span(node)
            case "math_inline" | "math_inline_double":
                return _build_math(nodes, position)
            case "footnote_ref":
                return (NoteMark(name_note(node.meta["id"])),)
            case _:
                return ()

    def _link(self, node: Node) -> tuple[Inline, ...]:
        content = self.of(node.children)
        target = self._target(str(node.attrs.get("href", "")))
        return (Link(content, target),) if target and content else content

    def _target(self, address: str) -> str:
        from exporter.readers.page.page_links import Links  # noqa: PLC0415  loaded by the first link

        if address.startswith("#"):
            return f"#{self._places.get(address[1:], address[1:])}"
        return Links(self._fragments.base).absolute(address)

    def _image(self, node: Node) -> tuple[Inline, ...]:
        name, alt = self._fragments.picture(str(node.attrs.get("src", ""))), read_alt_text(node)
        if name:
            return (Image(name, alt),)
        return (Text(alt),) if alt else ()

    def _span(self, node: Node) -> tuple[Inline, ...]:
        content = self.of(node.children)
        language, direction = read_language(node.attrs)
        return (Foreign(content, language, direction),) if language or direction else content


def name_note(number: int) -> str:
    """The name of the note that a mark leads to."""
    return f"n{number + 1}"


def read_language(attributes: Mapping[str, object]) -> tuple[str, Direction]:
    """Language and direction among attributes, empty where they are not given."""
    turn = str(attributes.get("dir", "")).lower()
    direction: Direction = "rtl" if turn == "rtl" else "ltr" if turn == "ltr" else ""
    return str(attributes.get("lang", "")), direction


def read_alt_text(node: Node) -> str:
    """The words for a picture: those made for it, else the ones in its brackets."""
    given = node.attrs.get("fig-alt") or node.attrs.get("alt")
    return str(given) if given else " ".join(plain_text(node).split())


def join_texts(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """Join texts that stand side by side."""
    out: list[Inline] = []
    for is_text, group in groupby(content, lambda inline: isinstance(inline, Text)):
        inlines = list(group)
        if is_text and len(inlines) > 1:
            out.append(Text(_SPACES.sub(" ", inline_text(inlines))))
        else:
            out += inlines
    return tuple(out)


def trim_spaces(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Leave out the spaces at both ends: those beside what is not shown."""
    out = list(content)
    if out and isinstance(first := out[0], Text):
        out[0] = Text(first.text.lstrip())
    if out and isinstance(last := out[-1], Text):
        out[-1] = Text(last.text.rstrip())
    return tuple(inline for inline in out if inline != Text(""))


def drop_chars(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Drop the first `length` characters of a line."""
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
    """The text of a node without its marks."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.children:
        return "".join(map(plain_text, node.children))
    return "" if node.type in ("html_inline", "footnote_ref") else node.content


def _clean_text(text: str) -> str:
    """Write hyphens that stand for dashes as dashes, but not those of ``--flag``; take ``==`` from what it marks."""
    if "--" in text:
        text = _DASHES.sub(lambda found: "—" if len(found[0]) == 3 else "–", text)
    return _HIGHLIGHT.sub(r"\1", text) if "==" in text else text


def _close_element(name: str, levels: list[tuple[str, list[Inline]]]) -> None:
    """End an element: what was left open within it ends, too; an end without a beginning is nothing."""
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
    """Where each element ends that is read as a whole, by where it begins: one that holds no Markdown."""
    ends: dict[int, int] = {}
    begun: dict[str, list[int]] = {}
    for position, node in enumerate(nodes):
        kind = node.type
        if (
            kind == "html_inline"
            and (found := _TAG.match(node.content))
            and (name := found["name"].lower()) in _HTML_ELEMENTS
        ):
            if not found["close"]:
                begun.setdefault(name, []).append(position)
            elif begun.get(name):
                ends[begun[name].pop()] = position + 1
        elif kind not in ("html_inline", "text", "text_special", "softbreak"):
            begun.clear()
    return ends


def _is_between_unspaced(nodes: Sequence[Node], position: int) -> bool:
    """Whether a line ends here between two characters of a script without spaces."""
    if not 0 < position < len(nodes) - 1:
        return False
    sides = plain_text(nodes[position - 1]).rstrip()[-1:], plain_text(nodes[position + 1]).lstrip()[:1]
    return all(any(first <= side <= last for first, last in _UNSPACED_SCRIPTS) for side in sides)


def _build_math(nodes: Sequence[Node], position: int) -> tuple[Inline, ...]:
    """A formula, unless its dollars stand in the middle of words: A$AP and Ke$ha."""
    before = plain_text(nodes[position - 1])[-1:] if position else ""
    after = plain_text(nodes[position + 1])[:1] if position + 1 < len(nodes) else ""
    node = nodes[position]
    if before.isalpha() or after.isalpha():
        return (Text(f"{node.markup}{node.content}{node.markup}"),)
    return (Math(latex=node.content.strip()),)
