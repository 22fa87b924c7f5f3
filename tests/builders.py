"""Articles made for tests: by hand from plain words, and by hypothesis over everything an article may hold."""

from __future__ import annotations

from hypothesis import strategies as st

from exporter.article import (
    Article,
    Aside,
    Block,
    Break,
    Bullets,
    Cell,
    Code,
    CodeBlock,
    Definition,
    Definitions,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Item,
    Link,
    Math,
    MathBlock,
    Metadata,
    Note,
    NoteMark,
    Numbered,
    Paragraph,
    Quote,
    Ruby,
    Separator,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
)


def article(*paragraphs: str, title: str = "A title", language: str = "en") -> Article:
    """An article of plain paragraphs; one that begins with ``## `` is a heading."""
    return Article(Metadata(title=title, language=language), tuple(map(_block, paragraphs)))


def _block(text: str) -> Block:
    if text.startswith("## "):
        return Heading((Text(text.removeprefix("## ")),))
    return Paragraph((Text(text),))


WORDS = st.lists(
    st.sampled_from(
        [
            "The",
            "river",
            "rose.",
            "3.5",
            "Dr.",
            "U.S.",
            "“We",
            "knew,”",
            "$12",
            "naïve",
            "東京。",
            "שלום",
            "e.g.",
            "1995",
            "a",
            "…",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
TEXTS = st.one_of(WORDS, st.text(max_size=30))
NOTES = ("n1", "n2")


def inlines(depth: int = 2) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Inlines of every kind but sentences, nested up to `depth`."""
    leaf: list[st.SearchStrategy[Inline]] = [
        st.builds(Text, TEXTS),
        st.builds(Code, TEXTS),
        st.builds(Math, latex=st.just("x^2"), alt=st.just("x squared")),
        st.builds(NoteMark, st.sampled_from(NOTES)),
        st.just(Break()),
    ]
    if depth:
        inner = inlines(depth - 1)
        leaf += [st.builds(kind, inner) for kind in (Emphasis, Strong, Strike, Superscript, Subscript)]
        leaf += [
            st.builds(Link, inner, st.sampled_from(["https://example.org/", "mailto:a@example.org", "#here"])),
            st.builds(Foreign, inner, st.sampled_from(["fr", "ar", "ja", ""]), st.sampled_from(["", "rtl", "ltr"])),
            st.builds(Ruby, inner, TEXTS),
        ]
    return st.lists(st.one_of(leaf), max_size=4).map(tuple)


def blocks(depth: int = 2) -> st.SearchStrategy[tuple[Block, ...]]:
    """Blocks of every kind, nested up to `depth`."""
    content = inlines(1)
    cells = st.builds(Cell, content, header=st.booleans(), columns=st.integers(1, 2))
    rows = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
    leaf: list[st.SearchStrategy[Block]] = [
        st.builds(Heading, content, level=st.integers(1, 6)),
        st.builds(Paragraph, content),
        st.builds(Verse, content),
        st.builds(CodeBlock, st.text(max_size=40), st.sampled_from(["", "python", "no-such-language"])),
        st.builds(Figure, image=st.sampled_from([None, "missing.png"]), alt=TEXTS, caption=content, credit=TEXTS),
        st.builds(Table, head=rows, rows=rows, caption=content),
        st.builds(MathBlock, latex=st.just("E = mc^2"), alt=st.just("E equals m c squared")),
        st.just(Separator()),
    ]
    if depth:
        inner = blocks(depth - 1)
        items = st.lists(st.builds(Item, inner, st.sampled_from([None, True, False])), max_size=3).map(tuple)
        leaf += [
            st.builds(Quote, inner, content),
            st.builds(Aside, inner),
            st.builds(Bullets, items),
            st.builds(Numbered, items, start=st.integers(0, 40), numerals=st.sampled_from(["1", "a", "I"])),
            st.builds(Definitions, st.lists(st.builds(Definition, content, inner), max_size=2).map(tuple)),
        ]
    return st.lists(st.one_of(leaf), max_size=4).map(tuple)


def articles() -> st.SearchStrategy[Article]:
    """Whole articles, with two notes."""
    metadata = st.builds(
        Metadata,
        title=TEXTS,
        authors=st.lists(TEXTS, max_size=2).map(tuple),
        published=st.sampled_from([None, "2021-08-08", "2021-08-08T12:55:00-04:00"]),
        language=st.sampled_from(["en", "en-GB", "de", "ar", "ja"]),
        site=st.sampled_from([None, "The Paper"]),
        source=st.sampled_from([None, "https://example.org/article"]),
    )
    notes = blocks(0).map(lambda inner: tuple(Note(name, name[1:], inner) for name in NOTES))
    return st.builds(Article, metadata, blocks(), notes)
