"""The opening and the closing, and the templates behind them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.article import Article, Figure, Metadata, Paragraph, Text
from exporter.assets import styles_folder
from exporter.errors import UsageError
from exporter.script import Chapter, Say
from tests.builders import article
from tests.narration.narrated import list_spoken, narrate_article


def test_the_opening_announces_title_byline_and_date() -> None:
    facts = Metadata(title="Rain", authors=("Ann Lee", "Bo Ray", "Cy Dow"), site="The Post", published="2024-03-05")
    script = narrate_article(Article(facts, (Paragraph((Text("It rained."),)),)))
    opening = [(say.role, say.anchor, say.written) for say in script.cues if isinstance(say, Say)][:3]
    assert opening == [
        ("title", "title", "Rain"),
        ("byline", "byline", "By Ann Lee, Bo Ray and Cy Dow, The Post"),
        ("date", "date", "March 5, 2024"),
    ]
    assert script.cues[0] == Chapter("Rain", "title", 1)


@pytest.mark.parametrize("published", [None, "2024", "2024-03", "nonsense"])
def test_a_date_that_is_not_known_to_the_day_is_not_announced(published: str | None) -> None:
    assert not list_spoken(narrate_article(Article(Metadata(title="Rain", published=published), ())), "date")


def test_a_template_of_the_users_own_replaces_the_blocks_it_has(tmp_path: Path) -> None:
    template = tmp_path / "mine.j2"
    template.write_text("{% block opening %}title: Today: {{ title }}{% endblock %}{% block closing %}{% endblock %}")
    figure = Figure(caption=(Text("A ship."),))
    script = narrate_article(Article(Metadata(title="Rain"), (figure,)), template=str(template))
    assert list_spoken(script) == ["Today: Rain", "Picture:", "A ship."]


@pytest.mark.parametrize(("name", "remedy"), [("newsrom", "newsroom"), ("/no/such/file.j2", "newsroom")])
def test_an_unknown_template_is_an_error_with_the_right_name(name: str, remedy: str) -> None:
    with pytest.raises(UsageError) as error:
        narrate_article(article("It rained."), template=name)
    assert remedy in error.value.remedy


@pytest.mark.parametrize("text", ["{% block opening %}", "{% block opening %}title: {{ 1 / 0 }}{% endblock %}"])
def test_a_broken_template_is_an_error(text: str, tmp_path: Path) -> None:
    template = tmp_path / "broken.j2"
    template.write_text(text)
    with pytest.raises(UsageError):
        narrate_article(article("It rained."), template=str(template))


@pytest.mark.parametrize(
    ("language", "byline", "date"),
    [
        ("en-US", "By Ann Lee and Bo Ray, The Post", "March 5, 2024"),
        ("en-GB", "By Ann Lee and Bo Ray, The Post", "5 March 2024"),
        ("de-AT", "Von Ann Lee und Bo Ray, The Post", "5. März 2024"),
        ("fr", "Par Ann Lee et Bo Ray, The Post", "5 mars 2024"),
        ("es", "Por Ann Lee y Bo Ray, The Post", "5 de marzo de 2024"),
    ],
)
def test_the_opening_speaks_the_articles_language(language: str, byline: str, date: str) -> None:
    facts = Metadata(
        title="X", authors=("Ann Lee", "Bo Ray"), site="The Post", published="2024-03-05", language=language
    )
    opening = [cue.written for cue in narrate_article(Article(facts, ())).cues if isinstance(cue, Say)]
    assert opening[1:3] == [byline, date]


def test_every_language_has_every_block_of_the_template() -> None:
    folder = styles_folder() / "narration"
    blocks = [
        set(re.findall(r"{% block (\w+)", path.read_text(encoding="utf-8"))) for path in folder.glob("newsroom*.j2")
    ]
    assert len(blocks) == 8
    assert all(found == blocks[0] for found in blocks)


def test_a_page_of_ones_own_is_named_once_and_capitals_are_no_letters() -> None:
    facts = Metadata(title="Rain", authors=("ADA MOSS",), site="Ada Moss")
    script = narrate_article(Article(facts, (Paragraph((Text("It rained."),)),)))
    assert list_spoken(script, "byline") == ["By Ada Moss"]
