"""The plain view of an article that `exporter show --json` writes."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.article import (
    Article,
    Aside,
    Block,
    Bullets,
    Cell,
    CodeBlock,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    MathBlock,
    Metadata,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Strong,
    Table,
    Text,
    to_json,
)
from exporter.article_json import view
from exporter.errors import Notice


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


NESTED = Bullets((Item((paragraph("b"),)), Item((paragraph("c"), Numbered((Item((paragraph("d"),)),))))))

CASES: list[tuple[Block, dict[str, Any]]] = [
    (Heading(words("Part"), level=3), {"kind": "heading", "level": 3, "text": "Part"}),
    (Paragraph((Text("so "), Strong(words("bold")))), {"kind": "paragraph", "text": "so bold"}),
    (
        Figure(image="a.png", alt="A boat", caption=words("The boat."), credit="Ana Reis"),
        {"kind": "figure", "image": "a.png", "alt": "A boat", "caption": "The boat.", "credit": "Ana Reis"}
        | {"text": "The boat.\nAna Reis"},
    ),
    (Figure(), {"kind": "figure", "image": None, "alt": "", "caption": "", "credit": "", "text": ""}),
    (Quote((paragraph("q"),), words("Ana")), {"kind": "quote", "attribution": "Ana", "text": "q\nAna"}),
    (
        Bullets((Item((paragraph("a"), NESTED, paragraph("a, too"))), Item((paragraph("e"),)))),
        {"kind": "bullets", "items": ["a\na, too", "b", "c", "d", "e"], "text": "a\nb\nc\nd\na, too\ne"},
    ),
    (Numbered((Item((paragraph("x"),)),), start=3), {"kind": "numbered", "start": 3, "items": ["x"], "text": "x"}),
    (
        Definitions((Definition(words("ebb"), (paragraph("falling"), paragraph("tide"))),)),
        {"kind": "definitions", "items": [{"term": "ebb", "text": "falling\ntide"}], "text": "ebb\nfalling\ntide"},
    ),
    (CodeBlock("a = 1", "python"), {"kind": "code", "language": "python", "text": "a = 1"}),
    (
        Table(((Cell(words("port")),),), ((Cell(words("Cork")),),), words("Ports")),
        {"kind": "table", "caption": "Ports", "rows": [["port"], ["Cork"]], "text": "Ports\nport\nCork"},
    ),
    (MathBlock(latex="x^2"), {"kind": "math", "text": "x^2"}),
    (Aside((paragraph("box"),)), {"kind": "aside", "text": "box"}),
    (Separator(), {"kind": "separator", "text": ""}),
]


@pytest.mark.parametrize(("block", "plain"), CASES, ids=[plain["kind"] for _, plain in CASES])
def test_a_block_is_told_plainly_beside_its_full_form(block: Block, plain: dict[str, Any]) -> None:
    (shown,) = view(Article(Metadata(), (block,)))["blocks"]
    assert shown.pop("content")["kind"] == plain["kind"]
    assert shown == plain


def test_schema_comes_first_and_what_was_dropped_last() -> None:
    shown = view(Article(Metadata(title="T"), ()), [Notice("page", "dropped")])
    assert list(shown) == ["schema", "metadata", "blocks", "notes", "resources", "notices", "dropped"]
    assert shown["metadata"]["title"] == "T"
    assert shown["metadata"]["published"] is None
    assert shown["notices"] == [{"subject": "page", "text": "dropped"}]


def test_notes_keep_their_names() -> None:
    note = Note("n1", "1", (paragraph("one"), paragraph("two")))
    (shown,) = view(Article(Metadata(), (), (note,)))["notes"]
    assert (shown["name"], shown["label"], shown["text"]) == ("n1", "1", "one\ntwo")
    assert b'"name":"n1"' in to_json(Article(Metadata(), (), (note,)))
