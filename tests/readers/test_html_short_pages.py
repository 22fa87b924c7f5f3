"""Pages of short blocks come out whole: the page's own word for its article outweighs the scoring of paragraphs."""

from __future__ import annotations

import json

import pytest

from exporter.account import list_dropped
from exporter.article import block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, html
from exporter.readers.article_texts import list_texts
from tests.readers.test_html import parsed

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home. "
FRAME = "<header><a href=/>The Lock Gazette</a></header><nav><a href=/a>News</a></nav>{}<footer>© The Gazette</footer>"
HEAD = "<h1>The ferry</h1>"

PAGES = {
    "a letter of divs": f"<div>Dear Ann,</div><div>All is well.</div><div>{PROSE}</div><div>Yours, Bo</div>",
    "questions": f"<main>{HEAD}<h2>Does it run?</h2><div>Yes.</div><h2>When?</h2><div>{PROSE}</div><h2>And dogs?</h2>"
    "<div>Half fare.</div></main>",
    "an interview": f"<article>{HEAD}<p>We met on board.</p><div><b>How long?</b><p>{PROSE}</p></div>"
    "<p>Some answers were cut.</p></article>",
    "terms": f"<article>{HEAD}<dl><dt>Port</dt><dd>Left.</dd><dt>Starboard</dt><dd>Right.</dd></dl>"
    f"<p>{PROSE}</p></article>",
    "slides": f"<main>{HEAD}<section><h2>One</h2><div>Boats</div></section>"
    "<section><h2>Two</h2><div>Oars</div></section></main>",
    "a recipe": f"<article>{HEAD}<p>Makes two.</p><div><h2>You need</h2><ul><li>flour</li><li>one egg</li></ul></div>"
    f"<div><h2>Method</h2><ol><li>{PROSE}</li></ol></div><p>Eat hot.</p></article>",
    "listings": f"<main>{HEAD}<p>So it is done:</p><pre><code>row(1)</code></pre><p>Run it at night.</p></main>",
}
WORDS = {
    "a letter of divs": ("Dear Ann,", "All is well.", "Yours, Bo"),
    "questions": ("Does it run?", "Yes.", "And dogs?", "Half fare."),
    "an interview": ("We met on board.", "How long?", "Some answers were cut."),
    "terms": ("Port", "Left.", "Starboard", "Right."),
    "slides": ("One", "Boats", "Two", "Oars"),
    "a recipe": ("Makes two.", "You need", "flour", "one egg", "Method", "Eat hot."),
    "listings": ("So it is done:", "row(1)", "Run it at night."),
}
RECIPE = {
    "JSON-LD": '<script type="application/ld+json">{"@type":"Recipe",'
    '"recipeIngredient":["300 g rye","2 eggs","salt & oil"],'
    '"recipeInstructions":[{"@type":"HowToStep","text":"Knead."},{"@type":"HowToStep","text":"Bake it."}]}</script>',
    "microdata": "",
    "names": "",
}
ITEM = {"JSON-LD": "<li>", "microdata": "<li itemprop=recipeIngredient>", "names": "<li class=recipe-ingredient>"}


def read_page(body: str) -> Read:
    page = f"<!DOCTYPE html><html lang=en><head><title>The ferry</title></head><body>{body}</body></html>"
    return html.read(Document("a.html", page.encode()), InputSettings())


def all_text(found: Read) -> list[str]:
    return [text.strip() for _, text in list_texts(found.article)]


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("framed", [True, False])
def test_a_short_page_is_kept_whole(kind: str, framed: bool) -> None:
    found = read_page(FRAME.format(PAGES[kind]) if framed else PAGES[kind])
    assert set(WORDS[kind]) <= set(all_text(found))
    assert "© The Gazette" not in all_text(found)


def test_a_warning_of_the_article_is_part_of_it() -> None:
    found = read_page(f"<article>{HEAD}<p>{PROSE}</p><div role=alert><b>Mind:</b> the steps are wet.</div></article>")
    assert "Mind: the steps are wet." in "\n".join(all_text(found))


@pytest.mark.parametrize("way", RECIPE)
def test_the_stated_parts_of_a_recipe_are_kept_in_a_long_page(way: str) -> None:
    items = "".join(f"{ITEM[way]}{text}</li>" for text in ("300 g rye", "2 eggs", "salt &amp; oil"))
    story = "".join(f"<p>{PROSE * 3}</p>" for _ in range(10))
    lists = f"<div><h2>Needed</h2><ul>{items}</ul><ol><li>Knead.</li><li>Bake it.</li></ol></div>"
    box = f"<div class=sidebar><p>Most read</p></div>{lists}"
    found = read_page(f"{RECIPE[way]}{FRAME.format(f'<main>{HEAD}<article>{story}</article>{box}</main>')}")
    assert {"300 g rye", "2 eggs", "salt & oil"} <= set(all_text(found))
    assert "Most read" in {each.text for each in list_dropped(found.account)}


@pytest.mark.parametrize(
    "stated", [f'"articleBody": "{PROSE * 9}"', '"wordCount": 400'], ids=["articleBody", "wordCount"]
)
def test_that_less_was_found_than_the_page_states_is_told(stated: str) -> None:
    data = f'<script type="application/ld+json">{{"@type":"Article","headline":"The ferry",{stated}}}</script>'
    assert "words, and" in "".join(notice.text for notice in read_page(f"{data}<p>{PROSE * 5}</p>").notices)
    whole = data.replace("400", "17").replace(PROSE * 9, PROSE)
    assert not read_page(f"{whole}<p>{PROSE}</p>").notices


@pytest.mark.parametrize("tag", ["main", "article", "header", "section"])
def test_a_page_without_a_body_tag_keeps_what_the_parser_puts_into_its_head(tag: str) -> None:
    page = f"<!DOCTYPE html><title>The ferry</title><{tag}>All aboard.</{tag}>By nine.<p>{PROSE}</p>"
    found = html.read(Document("a.html", page.encode()), InputSettings())
    assert {"All aboard.", "By nine.", PROSE.strip()} <= set(all_text(found))


STAND_INS = [
    ("<title>Just a moment...</title>", "<h1>mill.example</h1><p>Checking if the connection is secure.</p>", "robots"),
    ("<title>Seite nicht gefunden | Müllerblatt</title>", "<p>Gehen Sie zur Startseite.</p>", "an error"),
    ("<title>Mill</title>", "<h1>404</h1><p>There is nothing here.</p>", "an error"),
    ("<title>Mill</title>", "<h1>We value your privacy</h1><p>We and our partners store cookies.</p>", "consent"),
    ("<title>Mill</title>", "<h2>Sign in</h2><form><input type=password></form><p>Forgot it?</p>", "log in"),
]


@pytest.mark.parametrize(("head", "body", "what"), STAND_INS)
def test_what_stands_in_for_an_article_is_none(head: str, body: str, what: str) -> None:
    with pytest.raises(SourceError, match=f"NoArticle: it is .*{what}"):
        parsed(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def test_a_page_of_nothing_but_links_to_others_is_no_article() -> None:
    cards = "".join(
        f"<div class=card><a href=/{n}><h3>Mill number {n} turns</h3></a><p>In brief.</p></div>" for n in range(9)
    )
    with pytest.raises(SourceError, match="NoArticle"):
        read_page(f"<h1>The ferry</h1>{cards}")


def test_an_article_about_an_error_is_one() -> None:
    text = "<p>" + "The page that nobody finds is the most read page of the mill. " * 9 + "</p>"
    page = f"<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1>{text}</body>"
    assert parsed(page).article.metadata.title == "Page not found"


def test_a_page_that_a_program_draws_is_read_from_what_it_states_for_machines() -> None:
    stated = ("The ferry is old. " * 20, "It leaves &amp; comes back. " * 5)
    data = json.dumps({"@type": "NewsArticle", "headline": "The ferry", "articleBody": "\n\n".join(stated)})
    page = f"<html><head><script type='application/ld+json'>{data}</script></head><body>BODY</body></html>"
    teaser = "<h1>The ferry</h1><p>The ferry is old.</p><div>The rest comes soon.</div>"
    found = parsed(page.replace("BODY", teaser))
    assert [block_text(block) for block in found.article.blocks] == [
        text.strip().replace("&amp;", "&") for text in stated
    ]
    assert [(one.text, one.why) for one in list_dropped(found.account)] == [
        ("The rest comes soon.", "the text that the page states for machines is read in its place")
    ]
    assert any("less than half of its text" in notice.text for notice in found.notices)
    shown = "".join(f"<p>{text}</p>" for text in stated)
    assert not parsed(page.replace("BODY", f"<h1>The ferry</h1>{shown}")).notices
