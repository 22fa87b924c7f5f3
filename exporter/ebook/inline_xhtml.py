"""Inlines become XHTML phrasing content."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import assert_never

from exporter.article import (
    Break,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Ruby,
    Sentence,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    inline_text,
)
from exporter.ebook.book_images import BookImage
from exporter.ebook.render_context import RenderContext
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import TYPE, XHTML, Element, add, add_text, clean, set_language
from exporter.language_tags import parse_language_tag

LARGE = 300
"""Pixels across; a wider picture amid text is no sign of it, and stands by itself."""

_TAGS = {Emphasis: "em", Strong: "strong", Strike: "s", Superscript: "sup", Subscript: "sub"}


def begin(parent: Element, content: tuple[Inline, ...], page: RenderContext) -> None:
    """Add the inlines of a block, or of a part that is read by itself."""
    page.typesetter.begin()
    write(parent, content, page)


def write(parent: Element, content: tuple[Inline, ...], page: RenderContext) -> None:
    """Add inlines to an element, going on with what stands before them."""
    for inline in _runs(content, page):
        _write(parent, inline, page)


def _runs(content: tuple[Inline, ...], page: RenderContext) -> Iterator[Inline]:
    """Set the texts, and join those that touch: added one by one, each would be copied with all before it."""
    run: list[str] = []
    for inline in content if page.spans else _unspanned(content):
        if isinstance(inline, Text):
            run.append(page.typesetter.set(inline.text))
            continue
        if run:
            yield Text("".join(run))
            run.clear()
        yield inline
    if run:
        yield Text("".join(run))


def _unspanned(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Take sentences apart, where their spans are not needed."""
    for inline in content:
        if isinstance(inline, Sentence):
            yield from _unspanned(inline.content)
        else:
            yield inline


def _write(parent: Element, inline: Inline, page: RenderContext) -> None:
    match inline:
        case Text(text):
            add_text(parent, text)
        case Emphasis() | Strong() | Strike() | Superscript() | Subscript():
            write(add(parent, _TAGS[type(inline)]), inline.content, page)
        case Sentence():
            _sentence(parent, inline, page)
        case Link():
            _link(parent, inline, page)
        case Code(text):
            add(parent, "code", text)
            page.typesetter.past(text)
        case Foreign():
            _foreign(parent, inline, page)
        case Ruby():
            _ruby(parent, inline, page)
        case Break():
            add(parent, "br")
            page.typesetter.past("\n")
        case NoteMark():
            _mark(parent, inline, page)
        case Image():
            _image(parent, inline, page)
        case Math():
            _math(parent, inline, page)
        case _:
            assert_never(inline)


def _sentence(parent: Element, sentence: Sentence, page: RenderContext) -> None:
    span = add(parent, "span")
    page.identify(span, sentence.anchor)
    write(span, sentence.content, page)


def _inside(element: Element | None, tag: str) -> bool:
    """Whether an element is, or lies in, one of that name."""
    while element is not None:
        if element.tag.endswith(f"}}{tag}"):
            return True
        element = element.getparent()
    return False


def _link(parent: Element, link: Link, page: RenderContext) -> None:
    """Add a link; one that leads nowhere, shows nothing or lies in another link leaves its words only."""
    target = page.resolve(link.target)
    if not target or _inside(parent, "a"):
        write(parent, link.content, page)
        return
    # A note's mark is a link of its own, and links do not nest: it parts the link around it.
    for is_mark, group in itertools.groupby(link.content, lambda inline: type(inline) is NoteMark):
        if is_mark:
            write(parent, tuple(group), page)
            continue
        anchor = add(parent, "a", href=target)
        write(anchor, tuple(group), page)
        if not "".join(anchor.itertext()).strip() and anchor.find(".//{*}img[@alt]") is None:
            anchor.tag = f"{{{XHTML}}}span"
            del anchor.attrib["href"]


def _foreign(parent: Element, passage: Foreign, page: RenderContext) -> None:
    if parse_language_tag(passage.language) or passage.direction:
        parent = add(parent, "span")
        set_language(parent, passage.language, passage.direction)
    around = page.typesetter
    if passage.language:
        page.typesetter = Typesetter(passage.language)
    write(parent, passage.content, page)
    page.typesetter = around
    around.past(inline_text(passage.content))


def _ruby(parent: Element, ruby: Ruby, page: RenderContext) -> None:
    page.features.add("rubyAnnotations")
    element = add(parent, "ruby")
    write(element, ruby.content, page)
    add(element, "rt", ruby.reading)


def _mark(parent: Element, mark: NoteMark, page: RenderContext) -> None:
    number = page.notes.get(mark.note)
    if number is None:
        page.notice(f"there is no note {mark.note!r}: its mark was left out")
        return
    label = page.article.notes[number - 1].label.strip() or str(number)
    sup = add(parent, "sup", class_="mark")
    if _inside(parent, "a"):
        add_text(sup, label)
        return
    seen = page.marks[mark.note] = page.marks.get(mark.note, 0) + 1
    anchor = add(sup, "a", label, href=f"#note{number}", role="doc-noteref")
    anchor.set(TYPE, "noteref")
    page.identify(anchor, f"ref{number}" if seen == 1 else f"ref{number}-{seen}")


def _image(parent: Element, image: Image, page: RenderContext) -> None:
    picture = page.pictures.get(image.image)
    if picture is None:
        add_text(parent, image.alt)
    else:
        show(parent, picture, image.alt, page, "large" if picture.width > LARGE else "")
    page.typesetter.past("x")


def show(parent: Element, picture: BookImage, alt: str, page: RenderContext, class_: str = "") -> None:
    """Add a picture; one without alternative text is marked as decoration and noticed."""
    alt = clean(alt) if alt.strip() else ""
    page.features.add("visual")
    if alt:
        page.features.add("alternativeText")
    else:
        page.features.add("undescribed")
        page.notice(f"the picture {picture.href.rsplit('/', 1)[-1]} has no alternative text")
    image = add(parent, "img", src=f"../{picture.href}", role="" if alt else "presentation", class_=class_)
    image.set("alt", alt)


def _math(parent: Element, math: Math, page: RenderContext) -> None:
    from exporter.ebook import mathml  # noqa: PLC0415  few articles hold formulas

    mathml.write(parent, math, page, display=False)
    page.typesetter.past("x")
