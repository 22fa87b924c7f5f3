"""Inlines become XHTML phrasing content."""

from __future__ import annotations

import itertools
import re
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
from exporter.ebook.xhtml import (
    EPUB_TYPE,
    XHTML,
    Element,
    add_element,
    add_text,
    clean_text,
    move_end_space,
    set_language,
)
from exporter.language_tags import parse_language_tag

MAX_INLINE_IMAGE_PIXELS = 300
"""Pixels of width from which a picture in text gets a line of its own. Chosen by reading pages; no measurement."""

_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|(?:IMG|DSC|image|photo)[_-]?\d*", re.IGNORECASE)
"""Alternative text that describes nothing: the name that a camera or a program gave to the file."""

_TAGS = {Emphasis: "em", Strong: "strong", Strike: "s", Superscript: "sup", Subscript: "sub"}


def write_run(parent: Element, content: tuple[Inline, ...], context: RenderContext) -> None:
    """Add the inlines of a block, or of a part of it that stands by itself: quotation marks start anew."""
    context.typesetter.begin()
    write_inlines(parent, content, context)


def write_inlines(parent: Element, content: tuple[Inline, ...], context: RenderContext) -> None:
    """Add inlines to an element, in the same run as those before them."""
    for inline in _join_texts(content, context):
        _write_inline(parent, inline, context)


def _join_texts(content: tuple[Inline, ...], context: RenderContext) -> Iterator[Inline]:
    """Typeset the texts, and join adjacent ones: added one by one, each would copy all before it."""
    run: list[str] = []
    for inline in content if context.spans else _unwrap_sentences(content):
        if isinstance(inline, Text):
            run.append(context.typesetter.set(inline.text))
            continue
        if run:
            yield Text("".join(run))
            run.clear()
        yield inline
    if run:
        yield Text("".join(run))


def _unwrap_sentences(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Replace sentences by their content, for books without media overlays."""
    for inline in content:
        if isinstance(inline, Sentence):
            yield from _unwrap_sentences(inline.content)
        else:
            yield inline


def _write_inline(parent: Element, inline: Inline, context: RenderContext) -> None:
    match inline:
        case Text(text):
            add_text(parent, text)
        case Emphasis() | Strong() | Strike() | Superscript() | Subscript():
            write_inlines(add_element(parent, _TAGS[type(inline)]), inline.content, context)
        case Sentence():
            _write_sentence(parent, inline, context)
        case Link():
            _write_link(parent, inline, context)
        case Code(text):
            add_element(parent, "code", text)
            context.typesetter.skip(text)
        case Foreign():
            _write_foreign(parent, inline, context)
        case Ruby():
            _write_ruby(parent, inline, context)
        case Break():
            add_element(parent, "br")
            context.typesetter.skip("\n")
        case NoteMark():
            _write_note_mark(parent, inline, context)
        case Image():
            _write_image(parent, inline, context)
        case Math():
            _write_inline_math(parent, inline, context)
        case _:
            assert_never(inline)


def _write_sentence(parent: Element, sentence: Sentence, context: RenderContext) -> None:
    span = add_element(parent, "span")
    context.identify(span, sentence.anchor)
    write_inlines(span, sentence.content, context)
    move_end_space(span)


def _is_inside(element: Element | None, tag: str) -> bool:
    """Whether an element is, or is inside, one of that name."""
    while element is not None:
        if element.tag.endswith(f"}}{tag}"):
            return True
        element = element.getparent()
    return False


def _write_link(parent: Element, link: Link, context: RenderContext) -> None:
    """Add a link, or only its content if it has no target, no text or is inside another link."""
    target = context.resolve(link.target)
    if not target or _is_inside(parent, "a"):
        write_inlines(parent, link.content, context)
        return
    # A note mark is a link itself, and links do not nest: it divides the link around it.
    for is_mark, group in itertools.groupby(link.content, lambda inline: type(inline) is NoteMark):
        if is_mark:
            write_inlines(parent, tuple(group), context)
            continue
        anchor = add_element(parent, "a", href=target)
        write_inlines(anchor, tuple(group), context)
        if not "".join(anchor.itertext()).strip() and anchor.find(".//{*}img[@alt]") is None:
            anchor.tag = f"{{{XHTML}}}span"
            del anchor.attrib["href"]


def _write_foreign(parent: Element, passage: Foreign, context: RenderContext) -> None:
    if parse_language_tag(passage.language) or passage.direction:
        parent = add_element(parent, "span")
        set_language(parent, passage.language, passage.direction)
    outer = context.typesetter
    if passage.language:
        context.typesetter = Typesetter(passage.language)
    write_inlines(parent, passage.content, context)
    context.typesetter = outer
    outer.skip(inline_text(passage.content))


def _write_ruby(parent: Element, ruby: Ruby, context: RenderContext) -> None:
    context.features.add("rubyAnnotations")
    element = add_element(parent, "ruby")
    write_inlines(element, ruby.content, context)
    add_element(element, "rt", ruby.reading)


def _write_note_mark(parent: Element, mark: NoteMark, context: RenderContext) -> None:
    number = context.notes.get(mark.note)
    if number is None:
        context.notice(f"the note {mark.note!r} is missing: its mark was left out")
        return
    label = context.article.notes[number - 1].label.strip() or str(number)
    sup = add_element(parent, "sup", class_="mark")
    if _is_inside(parent, "a"):
        add_text(sup, label)
        return
    seen = context.marks[mark.note] = context.marks.get(mark.note, 0) + 1
    anchor = add_element(sup, "a", label, href=f"#note{number}", role="doc-noteref")
    anchor.set(EPUB_TYPE, "noteref")
    context.identify(anchor, f"ref{number}" if seen == 1 else f"ref{number}-{seen}")


def _write_image(parent: Element, image: Image, context: RenderContext) -> None:
    picture = context.pictures.get(image.image)
    if picture is None:
        add_text(parent, image.alt)
    else:
        write_picture(parent, picture, image.alt, context, "large" if picture.width > MAX_INLINE_IMAGE_PIXELS else "")
    context.typesetter.skip("x")


def write_picture(parent: Element, picture: BookImage, alt: str, context: RenderContext, class_: str = "") -> None:
    """Add a picture; one without alternative text is marked as decoration, with a notice."""
    alt = clean_text(alt) if alt.strip() else ""
    context.features.add("visual")
    if not alt or _FILE_NAME.fullmatch(alt):
        context.features.add("undescribed")
    if not alt:
        context.notice(f"the picture {picture.href.rsplit('/', 1)[-1]} has no alternative text")
    image = add_element(parent, "img", src=f"../{picture.href}", role="" if alt else "presentation", class_=class_)
    image.set("alt", alt)


def _write_inline_math(parent: Element, math: Math, context: RenderContext) -> None:
    from exporter.ebook import mathml  # noqa: PLC0415  3 ms, few articles have formulas

    mathml.write_math(parent, math, context, display=False)
    context.typesetter.skip("x")
