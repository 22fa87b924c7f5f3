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
from exporter.ebook.xhtml import EPUB_TYPE, XHTML, Element, add_element, add_text, clean_text, set_language
from exporter.language_tags import parse_language_tag

MAX_INLINE_IMAGE_PIXELS = 300
"""Pixels across; a wider picture amid text is no sign of it, and stands by itself."""

_TAGS = {Emphasis: "em", Strong: "strong", Strike: "s", Superscript: "sup", Subscript: "sub"}


def write_run(parent: Element, content: tuple[Inline, ...], page: RenderContext) -> None:
    """Add the inlines of a block, or of a part that is read by itself."""
    page.typesetter.begin()
    write_inlines(parent, content, page)


def write_inlines(parent: Element, content: tuple[Inline, ...], page: RenderContext) -> None:
    """Add inlines to an element, going on with what stands before them."""
    for inline in _join_texts(content, page):
        _write_inline(parent, inline, page)


def _join_texts(content: tuple[Inline, ...], page: RenderContext) -> Iterator[Inline]:
    """Set the texts, and join those that touch: added one by one, each would be copied with all before it."""
    run: list[str] = []
    for inline in content if page.spans else _unwrap_sentences(content):
        if isinstance(inline, Text):
            run.append(page.typesetter.set(inline.text))
            continue
        if run:
            yield Text("".join(run))
            run.clear()
        yield inline
    if run:
        yield Text("".join(run))


def _unwrap_sentences(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Take sentences apart, where their spans are not needed."""
    for inline in content:
        if isinstance(inline, Sentence):
            yield from _unwrap_sentences(inline.content)
        else:
            yield inline


def _write_inline(parent: Element, inline: Inline, page: RenderContext) -> None:
    match inline:
        case Text(text):
            add_text(parent, text)
        case Emphasis() | Strong() | Strike() | Superscript() | Subscript():
            write_inlines(add_element(parent, _TAGS[type(inline)]), inline.content, page)
        case Sentence():
            _write_sentence(parent, inline, page)
        case Link():
            _write_link(parent, inline, page)
        case Code(text):
            add_element(parent, "code", text)
            page.typesetter.past(text)
        case Foreign():
            _write_foreign(parent, inline, page)
        case Ruby():
            _write_ruby(parent, inline, page)
        case Break():
            add_element(parent, "br")
            page.typesetter.past("\n")
        case NoteMark():
            _write_note_mark(parent, inline, page)
        case Image():
            _write_image(parent, inline, page)
        case Math():
            _write_inline_math(parent, inline, page)
        case _:
            assert_never(inline)


def _write_sentence(parent: Element, sentence: Sentence, page: RenderContext) -> None:
    span = add_element(parent, "span")
    page.identify(span, sentence.anchor)
    write_inlines(span, sentence.content, page)


def _is_inside(element: Element | None, tag: str) -> bool:
    """Whether an element is, or lies in, one of that name."""
    while element is not None:
        if element.tag.endswith(f"}}{tag}"):
            return True
        element = element.getparent()
    return False


def _write_link(parent: Element, link: Link, page: RenderContext) -> None:
    """Add a link; one that leads nowhere, shows nothing or lies in another link leaves its words only."""
    target = page.resolve(link.target)
    if not target or _is_inside(parent, "a"):
        write_inlines(parent, link.content, page)
        return
    # A note's mark is a link of its own, and links do not nest: it parts the link around it.
    for is_mark, group in itertools.groupby(link.content, lambda inline: type(inline) is NoteMark):
        if is_mark:
            write_inlines(parent, tuple(group), page)
            continue
        anchor = add_element(parent, "a", href=target)
        write_inlines(anchor, tuple(group), page)
        if not "".join(anchor.itertext()).strip() and anchor.find(".//{*}img[@alt]") is None:
            anchor.tag = f"{{{XHTML}}}span"
            del anchor.attrib["href"]


def _write_foreign(parent: Element, passage: Foreign, page: RenderContext) -> None:
    if parse_language_tag(passage.language) or passage.direction:
        parent = add_element(parent, "span")
        set_language(parent, passage.language, passage.direction)
    around = page.typesetter
    if passage.language:
        page.typesetter = Typesetter(passage.language)
    write_inlines(parent, passage.content, page)
    page.typesetter = around
    around.past(inline_text(passage.content))


def _write_ruby(parent: Element, ruby: Ruby, page: RenderContext) -> None:
    page.features.add("rubyAnnotations")
    element = add_element(parent, "ruby")
    write_inlines(element, ruby.content, page)
    add_element(element, "rt", ruby.reading)


def _write_note_mark(parent: Element, mark: NoteMark, page: RenderContext) -> None:
    number = page.notes.get(mark.note)
    if number is None:
        page.notice(f"there is no note {mark.note!r}: its mark was left out")
        return
    label = page.article.notes[number - 1].label.strip() or str(number)
    sup = add_element(parent, "sup", class_="mark")
    if _is_inside(parent, "a"):
        add_text(sup, label)
        return
    seen = page.marks[mark.note] = page.marks.get(mark.note, 0) + 1
    anchor = add_element(sup, "a", label, href=f"#note{number}", role="doc-noteref")
    anchor.set(EPUB_TYPE, "noteref")
    page.identify(anchor, f"ref{number}" if seen == 1 else f"ref{number}-{seen}")


def _write_image(parent: Element, image: Image, page: RenderContext) -> None:
    picture = page.pictures.get(image.image)
    if picture is None:
        add_text(parent, image.alt)
    else:
        write_picture(parent, picture, image.alt, page, "large" if picture.width > MAX_INLINE_IMAGE_PIXELS else "")
    page.typesetter.past("x")


def write_picture(parent: Element, picture: BookImage, alt: str, page: RenderContext, class_: str = "") -> None:
    """Add a picture; one without alternative text is marked as decoration and noticed."""
    alt = clean_text(alt) if alt.strip() else ""
    page.features.add("visual")
    if alt:
        page.features.add("alternativeText")
    else:
        page.features.add("undescribed")
        page.notice(f"the picture {picture.href.rsplit('/', 1)[-1]} has no alternative text")
    image = add_element(parent, "img", src=f"../{picture.href}", role="" if alt else "presentation", class_=class_)
    image.set("alt", alt)


def _write_inline_math(parent: Element, math: Math, page: RenderContext) -> None:
    from exporter.ebook import mathml  # noqa: PLC0415  few articles hold formulas

    mathml.write_math(parent, math, page, display=False)
    page.typesetter.past("x")
