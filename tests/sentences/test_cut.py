"""The sentence pass over whole articles."""

from __future__ import annotations

from hypothesis import given

from exporter.article import (
    Article,
    Code,
    Emphasis,
    Metadata,
    NoteMark,
    Paragraph,
    Sentence,
    Strong,
    Text,
    all_blocks,
    block_text,
    inline_text,
)
from exporter.sentences import cut_sentences
from tests.builders import articles


@given(articles())
def test_cutting_keeps_every_character_and_cutting_twice_is_cutting_once(article: Article) -> None:
    once = cut_sentences(article)
    assert [block_text(block) for block in all_blocks(once)] == [block_text(block) for block in all_blocks(article)]
    assert cut_sentences(once) == once


@given(articles())
def test_blocks_are_numbered_in_reading_order(article: Article) -> None:
    anchors = [block.anchor for block in all_blocks(cut_sentences(article))]
    assert anchors == [f"b{number}" for number in range(1, len(anchors) + 1)]


def test_emphasis_over_two_sentences_is_divided() -> None:
    content = (Text("He saw "), Emphasis((Text("it. Then "), Strong((Text("it left. He"),)))), Text(" slept."))
    block = cut_sentences(Article(Metadata(), (Paragraph(content),))).blocks[0]
    assert isinstance(block, Paragraph)
    assert [(sentence.anchor, sentence.content) for sentence in block.content if isinstance(sentence, Sentence)] == [
        ("b1.1", (Text("He saw "), Emphasis((Text("it. "),)))),
        ("b1.2", (Emphasis((Text("Then "), Strong((Text("it left. "),)))),)),
        ("b1.3", (Emphasis((Strong((Text("He"),)),)), Text(" slept."))),
    ]


def test_a_note_mark_stays_with_the_sentence_before_it() -> None:
    content = (Text("It sank. "), NoteMark("n"), Text("Nobody drowned."))
    block = cut_sentences(Article(Metadata(), (Paragraph(content),))).blocks[0]
    assert isinstance(block, Paragraph)
    first = block.content[0]
    assert isinstance(first, Sentence)
    assert first.content == (Text("It sank. "), NoteMark("n"))


def test_code_is_never_cut() -> None:
    content = (Text("Call "), Code("a.B. Then c"), Text(" first. "), Code("x"), Text(" is next."))
    block = cut_sentences(Article(Metadata(), (Paragraph(content),))).blocks[0]
    assert isinstance(block, Paragraph)
    assert [inline_text((inline,)) for inline in block.content] == ["Call a.B. Then c first. ", "x is next."]
