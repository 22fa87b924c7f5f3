"""Every SSML document is valid by the recommendation (`ssml-1.1.rng`), whatever the article holds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from exporter.article import Article, Metadata
from exporter.config import Config, NarrationSettings
from exporter.lexicon import Lexicon, LexiconEntry
from exporter.narration import narrate
from exporter.script_formats import render
from exporter.sentences import cut_sentences
from tests.builders import article, articles

RULES = etree.RelaxNG(file=str(Path(__file__).parent / "ssml-1.1.rng"))
GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("script-*/script.ssml"))
LEXICON = Lexicon((LexiconEntry("the", phonemes='"<&'), LexiconEntry("Kabul", "kahbul", "kɑːbəl")))


def complaints(data: bytes) -> list[str]:
    RULES.validate(etree.fromstring(data))
    return [str(error) for error in RULES.error_log]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_every_golden_document_is_valid(path: Path) -> None:
    assert complaints(path.read_bytes()) == []


@given(articles(), st.sampled_from(["voice", "spoken"]))
def test_the_document_of_any_article_is_valid(source: Article, quotes: Literal["voice", "spoken"]) -> None:
    config = Config(narration=NarrationSettings(quotes=quotes, cast={"Reyes": "a & b"}))
    script, _ = narrate(cut_sentences(source), config, LEXICON)
    assert complaints(render(script, "ssml", LEXICON)) == []


@pytest.mark.parametrize(
    ("tag", "written"), [("en_US", "en-US"), ("zh-Hans", "zh-Hans"), ("not a tag", "und"), ("", "und")]
)
def test_a_language_is_a_well_formed_tag(tag: str, written: str) -> None:
    script, _ = narrate(cut_sentences(article("It rained.")), Config())
    script = replace(script, language=tag, metadata=Metadata())
    data = render(script, "ssml")
    assert complaints(data) == []
    assert f'xml:lang="{written}"'.encode() in data


@pytest.mark.parametrize(
    "body",
    [
        "<s><p>A paragraph in a sentence.</p></s>",
        "<s>Wrong <sub>words</sub>.</s>",
        '<break time="5"/>',
        '<sub alias="a"><phoneme ph="b">c</phoneme></sub>',
        "<mark/>",
        '<phoneme alphabet="sampa" ph="a">a</phoneme>',
        "<b>bold</b>",
    ],
)
def test_what_the_recommendation_forbids_is_found(body: str) -> None:
    whole = f'<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en">{body}</speak>'
    assert complaints(whole.encode())
