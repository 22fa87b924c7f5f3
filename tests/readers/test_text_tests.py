"""Labels, running text, paragraphs and ends of sentences, in several scripts."""

from __future__ import annotations

import pytest

from exporter.readers import text_tests

LABEL = "The harbour of Averill".ljust(text_tests.MAX_LABEL_CHARS, "x")
PARAGRAPH = "The harbour of Averill".ljust(text_tests.MIN_PARAGRAPH_CHARS - 1, "x")
IDEOGRAPHS = "港" * (text_tests.MIN_PARAGRAPH_CHARS // 2 - 1)


@pytest.mark.parametrize("line", ["It ends.", "Does it?", "“It ends.”", "(It ends.)", "終わり。", "انتهى؟"])
def test_a_sentence_ends(line: str) -> None:
    assert text_tests.ends_sentence(line)
    assert text_tests.ends_sentence_or_colon(line)


@pytest.mark.parametrize("line", ["It goes on", "it goes on,", "a heading", "the end)", ""])
def test_a_sentence_goes_on(line: str) -> None:
    assert not text_tests.ends_sentence(line)
    assert not text_tests.ends_sentence_or_colon(line)


@pytest.mark.parametrize("line", ["what follows:", "“what follows:”"])
def test_a_colon_ends_no_sentence_but_what_follows_it_stands_apart(line: str) -> None:
    assert not text_tests.ends_sentence(line)
    assert text_tests.ends_sentence_or_colon(line)


@pytest.mark.parametrize(
    ("line", "stopped"), [("It ends.”", True), ("終わり。", True), ("Does it?", False), ("", False)]
)
def test_a_full_stop_is_one_end_of_several(line: str, stopped: bool) -> None:
    assert text_tests.ends_with_full_stop(line) == stopped


@pytest.mark.parametrize(("line", "abbreviated"), [("by J.", True), ("led by Sen.", True), ("at the end.", False)])
def test_a_full_stop_may_be_an_abbreviations(line: str, abbreviated: bool) -> None:
    assert text_tests.ends_abbreviation(line) == abbreviated


@pytest.mark.parametrize(("text", "running"), [(f"{LABEL}.", True), (f"{LABEL}x", False), (f"{LABEL[:-1]}.", False)])
def test_running_text_is_longer_than_a_label_and_ends_a_sentence(text: str, running: bool) -> None:
    assert text_tests.is_running_text(text) == running


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [(f"{PARAGRAPH}.", True), (f"{PARAGRAPH}x", False), (f"{PARAGRAPH[:-1]}.", False), (f"{IDEOGRAPHS}。", True)],
)
def test_a_paragraph_is_long_and_ends_a_sentence(text: str, paragraph: bool) -> None:
    assert text_tests.is_paragraph(text) == paragraph


def test_two_writings_of_one_text_have_one_key() -> None:
    assert text_tests.text_key("The “Ferry” – at last!") == text_tests.text_key("the ferry: AT LAST")
