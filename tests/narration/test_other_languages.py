"""A script in any language but English has no English word that its article does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import astuple

from exporter import readers, ui_strings
from exporter.article import (
    Article,
    Aside,
    Bullets,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    Item,
    Link,
    MathBlock,
    Metadata,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Text,
)
from exporter.assets import styles_folder
from exporter.script import Chapter, Say
from tests.narration.narrated import narrate_article

READ_LANGUAGES = {file.stem for file in (Path(readers.__file__).parent / "data").glob("*.toml")} - {"any", "en"}
LANGUAGES = sorted(READ_LANGUAGES | {"ko", "el", "eu", "br", "zz", "und", "pt-PT", "nb-NO", "zh-Hant"})

WORD = re.compile(r"[^\W\d_]+")


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def make_article(language: str, title: str = "Qua") -> Article:
    """An article of every kind of block that a script announces; all its words begin with Q."""
    facts = Metadata(title, ("Qub Quc", "Qud Que"), "2024-05-17T09:00:00", language=language, site="Quf")
    blocks = (
        Paragraph((Text("Qug quh "), NoteMark("n"), Link(text("qui"), "https://quj.qu/"), Text("."))),
        Heading(text("Quk")),
        Figure(caption=text("Qul qum."), credit="Qun Quo"),
        Figure(alt="Qup quq."),
        Table(head=((Cell(text("Qur")),),), rows=((Cell(text("qus")),),), caption=text("Qut")),
        CodeBlock("quu", syntax="quv"),
        MathBlock(),
        Quote((Paragraph(text("Quw.")),), attribution=text("Qux")),
        Aside((Paragraph(text("Quy.")),)),
        Bullets((Item((Paragraph(text("quz")),), checked=True), Item((Paragraph(text("qa")),), checked=False))),
    )
    return Article(facts, blocks, (Note("n", "1", (Paragraph(text("Qb.")),)),))


def list_own_words(language: str) -> set[str]:
    """The words that a script may add in a language: of its strings, of its template, of CLDR's date."""
    strings = ui_strings.find_strings(language)
    own = f"{astuple(strings) if strings else ''} {ui_strings.spell_date(2024, 5, 17, language)}"
    template = styles_folder() / "narration" / f"newsroom.{language.partition('-')[0]}.j2"
    return set(WORD.findall(own + (template.read_text(encoding="utf-8") if template.is_file() else "")))


@pytest.mark.parametrize("placement", ["read", "end"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_english(language: str, placement: str) -> None:
    script = narrate_article(
        make_article(language), captions=placement, notes=placement, asides=placement, links="end", quotes="spoken"
    )
    titles = [cue.title for cue in script.cues if isinstance(cue, Chapter)]
    said = [cue.written for cue in script.cues if isinstance(cue, Say)]
    added = {word for word in WORD.findall(" ".join([*titles, *said])) if "q" not in word.lower()} - {"https"}
    assert added <= list_own_words(language)


@pytest.mark.parametrize("language", sorted(READ_LANGUAGES))
def test_a_language_that_is_read_has_its_announcements(language: str) -> None:
    script = narrate_article(make_article(language))
    said = " ".join(cue.written for cue in script.cues if isinstance(cue, Say))
    strings = ui_strings.find_strings(language)
    assert strings
    assert strings.table in said
    assert any(month in said for month in strings.months)
    assert "Qub Quc" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_without_a_title_has_a_chapter_title(language: str) -> None:
    script = narrate_article(make_article(language, title=""))
    assert isinstance(script.cues[0], Chapter)
    assert script.cues[0].title
    assert script.cues[0].title != "Article" or language == "fr"
