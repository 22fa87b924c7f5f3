"""What is said of an article, how, and the account of every block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.article import (
    Article,
    Aside,
    Block,
    Break,
    Cell,
    CodeBlock,
    Figure,
    Foreign,
    Item,
    Link,
    Metadata,
    Note,
    NoteMark,
    Numbered,
    Paragraph,
    Quote,
    Sentence,
    Table,
    Text,
    Verse,
    all_blocks,
    inline_runs,
    inline_text,
)
from exporter.config import Config, InputSettings, NarrationSettings, Pauses, Placement
from exporter.document import Document
from exporter.narration import narrate
from exporter.readers import read
from exporter.script import Chapter, Pause, Say
from exporter.sentences import cut_sentences
from tests.builders import article, articles
from tests.narration.narrated import list_body, list_spoken, narrate_article


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a block itself."""
    return (inline for content in inline_runs(block) for inline in content if isinstance(inline, Sentence))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(
    articles(),
    st.sampled_from(["voice", "spoken", "plain"]),
    st.sampled_from(get_args(Placement)),
    st.sampled_from(["announce", "read", "skip"]),
)
def test_every_block_is_in_the_ledger_and_no_word_of_a_spoken_one_is_lost(
    source: Article, quotes: str, telling: str, code: str
) -> None:
    source = cut_sentences(source)
    script = narrate_article(source, quotes=quotes, captions=telling, notes=telling, asides=telling, code=code)
    blocks = list(all_blocks(source))
    assert [entry.anchor for entry in script.ledger] == [block.anchor for block in blocks]
    assert all(entry.why for entry in script.ledger if entry.fate == "skipped")
    written: dict[str, str] = {}
    for say in list_body(script):
        if say.role != "announcement":
            written[say.anchor] = written.get(say.anchor, "") + letters(say.written)
    fates = {entry.anchor: entry.fate for entry in script.ledger}
    for block in blocks:
        for sentence in sentences(block) if fates[block.anchor] == "spoken" else ():
            assert written.get(sentence.anchor, "").endswith(letters(inline_text((sentence,))))


@given(articles())
def test_every_utterance_says_something_and_its_words_rise(source: Article) -> None:
    script = narrate_article(source)
    for say in (cue for cue in script.cues if isinstance(cue, Say)):
        assert say.words
        assert all(0 <= word.start <= word.end <= len(say.written) for word in say.words)
        assert [word.start for word in say.words] == sorted(word.start for word in say.words)
    assert script.words == sum(len(cue.words) for cue in script.cues if isinstance(cue, Say))


def test_headings_open_chapters_and_are_set_off() -> None:
    script = narrate_article(article("It rained.", "## Later", "It snowed."), pauses=Pauses(section=2.0, heading=1.5))
    place = script.cues.index(Chapter("Later", "b2", 2))
    assert script.cues[place - 1] == Pause("section", 2.0)
    assert script.cues[place + 2] == Pause("heading", 1.5)


def test_a_stanza_is_said_line_by_line_with_a_longer_pause_between_stanzas() -> None:
    verse = tuple(Verse((Text("The weir is loud"), Break(), Text("with rain tonight"))) for _ in range(2))
    cues = [cue for cue in narrate_article(Article(Metadata(title="T"), verse)).cues if not isinstance(cue, Chapter)]
    start = next(number for number, cue in enumerate(cues) if isinstance(cue, Say) and cue.anchor == "b1.1")
    pauses = [cue.kind for cue in cues[start : start + 7] if isinstance(cue, Pause)]
    assert pauses == ["breath", "paragraph", "breath"]


@pytest.mark.parametrize(
    ("numerals", "numbers"),
    [("1", ["four.", "five."]), ("a", ["d.", "e."]), ("A", ["D.", "E."]), ("I", ["four.", "five."])],
)
def test_numbered_items_begin_with_their_number(numerals: str, numbers: list[str]) -> None:
    items = tuple(Item((Paragraph((Text(word),)),)) for word in ("boil", "stir"))
    script = narrate_article(Article(Metadata(), (Numbered(items, start=4, numerals=numerals),)))
    assert list_spoken(script, "list") == [numbers[0], "boil", numbers[1], "stir"]


def test_table_cells_follow_the_header_of_their_column() -> None:
    def row(*words: str) -> tuple[Cell, ...]:
        return tuple(Cell((Text(word),)) for word in words)

    table = Table(head=(row("City", "People"),), rows=(row("Ulm", "few"), row("Bern", "many")))
    script = narrate_article(Article(Metadata(), (table,)))
    assert " ".join(say.spoken for say in list_body(script)) == "Table City People Ulm People: few Bern People: many"


@pytest.mark.parametrize(
    ("setting", "value", "block", "why"),
    [
        ("captions", "skip", Figure(caption=(Text("A ship."),)), "captions are not read (narration.captions)"),
        ("asides", "skip", Aside((Paragraph((Text("A box."),)),)), "asides are not read (narration.asides)"),
        ("code", "skip", CodeBlock("x = 1"), "code is not read (narration.code)"),
        ("code", "announce", CodeBlock("x = 1"), "code is announced, not read (narration.code)"),
        ("tables", "skip", Table(rows=((Cell((Text("x"),)),),)), "tables are announced, not read (narration.tables)"),
        ("captions", "read", Figure(image="a.png"), "image without caption or alt text"),
        ("captions", "read", Paragraph((Text("…"),)), "nothing to say"),
    ],
)
def test_what_is_skipped_says_why(setting: str, value: str, block: Block, why: str) -> None:
    ledger = narrate_article(Article(Metadata(), (block,)), **{setting: value}).ledger
    assert (ledger[0].fate, ledger[0].why) == ("skipped", why)


@pytest.mark.parametrize(
    ("syntax", "announced"),
    [
        ("js", "A block of code in JavaScript, 1 line."),
        ("C++", "A block of code in C++, 1 line."),
        ("millrace", "A block of code in millrace, 1 line."),
        ("text", "A block of code, 1 line."),
    ],
)
def test_a_block_of_code_is_announced_by_the_name_of_its_language(syntax: str, announced: str) -> None:
    script = narrate_article(Article(Metadata(), (CodeBlock("x = 1", syntax),)))
    assert announced in [cue.written for cue in script.cues if isinstance(cue, Say)]


@pytest.mark.parametrize(
    ("alt", "caption", "why"),
    [
        ("A wheel of oak.", "The mill in 1995.", "spoken without its alternative text, since it has a caption"),
        ("A wheel of oak.", "", ""),
        ("", "The mill in 1995.", ""),
        ("the mill in 1995", "The mill, in 1995.", ""),
    ],
)
def test_the_ledger_names_the_alternative_text_beside_a_caption(alt: str, caption: str, why: str) -> None:
    figure = Figure(image="a.png", alt=alt, caption=(Text(caption),) if caption else ())
    (entry,) = narrate_article(Article(Metadata(), (figure,))).ledger
    assert (entry.fate, entry.why) == ("spoken", why)


def test_a_picture_with_the_words_of_another_is_announced_once() -> None:
    pictures = tuple(Figure(image=f"{name}.png", alt="A wheel of oak.") for name in "ab")
    script = narrate_article(Article(Metadata(), pictures))
    assert [say.spoken for say in list_body(script)].count("A wheel of oak.") == 1
    assert script.ledger[1].why == "another picture has the same words"


def _with_note() -> Article:
    blocks = (Paragraph((Text("It sank."), NoteMark("n"), Text(" Nobody drowned."))), Paragraph((Text("The end."),)))
    return Article(Metadata(), blocks, (Note("n", "1", (Paragraph((Text("In May."),)),)),))


@pytest.mark.parametrize(
    ("notes", "order"),
    [
        ("read", ["It sank.", "Note one.", "In May.", "Nobody drowned.", "The end."]),
        ("end", ["It sank.", "Nobody drowned.", "The end.", "Notes", "Note one.", "In May."]),
        ("skip", ["It sank.", "Nobody drowned.", "The end."]),
    ],
)
def test_notes_are_read_in_place_at_the_end_or_not(notes: str, order: list[str]) -> None:
    assert [say.spoken for say in list_body(narrate_article(_with_note(), notes=notes))] == order


def test_addresses_of_links_follow_at_the_end() -> None:
    link = Link((Text("here"),), "https://example.org")
    source = Article(Metadata(), (Paragraph((Text("Look "), link, Text("."))),))
    assert [say.written for say in list_body(narrate_article(source, links="end"))] == [
        "Look here.",
        "Links",
        "https://example.org",
    ]


def test_words_of_another_language_are_said_in_it() -> None:
    source = Article(
        Metadata(),
        (
            Paragraph(
                (Text("He said "), Foreign((Text("ça va"),), "fr"), Text(", twice.")),
            ),
        ),
    )
    assert [(say.written, say.language) for say in list_body(narrate_article(source))] == [
        ("He said", None),
        ("ça va,", "fr"),
        ("twice.", None),
    ]


@pytest.mark.parametrize(
    ("before", "foreign", "after", "breaths"),
    [
        ("The ", "raison d’être", " of it.", 0),
        ("He said ", "ça va", ", twice.", 1),
        ("She cited ", "la liberté guidant le peuple", " in full.", 2),
    ],
)
def test_a_short_foreign_phrase_has_no_breath_around_it(before: str, foreign: str, after: str, breaths: int) -> None:
    content = (Text(before), Foreign((Text(foreign),), "fr"), Text(after))
    cues = narrate_article(Article(Metadata(), (Paragraph(content),))).cues
    assert [cue.kind for cue in cues if isinstance(cue, Pause)].count("breath") == breaths


QUOTED = '"We won," Ada Moss said. "At last."'


def test_quotations_have_a_voice_of_their_own() -> None:
    script = narrate_article(article(QUOTED), quote_voice="second", cast={"Moss": "third"})
    assert [(say.written, say.role, say.speaker, say.voice) for say in list_body(script)] == [
        ('"We won,"', "quote", "Ada Moss", "third"),
        ("Ada Moss said.", "narrator", None, None),
        ('"At last."', "quote", "Ada Moss", "third"),
    ]
    other = narrate_article(article('"We won," Bo Ray said.'), quote_voice="second", cast={"Moss": "third"})
    assert list_body(other)[0].voice == "second"


def test_quotations_are_marked_by_words_for_radio() -> None:
    script = narrate_article(article('"We won. At last," Ada Moss said.'), quotes="spoken")
    assert [(say.role, say.spoken) for say in list_body(script)] == [
        ("narrator", "quote, We won."),
        ("narrator", "At last, end quote,"),
        ("narrator", "Ada Moss said."),
    ]


def test_plain_quotations_are_not_divided() -> None:
    assert [say.written for say in list_body(narrate_article(article(QUOTED), quotes="plain"))] == [
        '"We won," Ada Moss said.',
        '"At last."',
    ]


def test_a_block_quotation_is_its_authors() -> None:
    quote = Quote((Paragraph((Text("Nothing is lost."),)),), (Text("— Ida Park"),))
    script = narrate_article(Article(Metadata(), (quote,)))
    assert [(say.role, say.speaker, say.written) for say in list_body(script)] == [
        ("quote", "Ida Park", "Nothing is lost."),
        ("narrator", None, "— Ida Park"),
    ]


def test_long_sentences_take_breath_at_clauses() -> None:
    sentence = (
        "The council, which had met in secret for most of the winter and had heard from dozens of engineers, voted on"
        " Tuesday, March 5, 2024, to spend $1,250,000 on a bridge in Ulm, Germany, although the mayor, who had"
        " promised to mend the roads first, called the plan a mistake."
    )
    parts = [say.written for say in list_body(narrate_article(article(sentence)))]
    assert len(parts) > 1
    assert " ".join(parts) == sentence
    assert all(len(part.split()) <= 30 for part in parts)
    whole = ("March 5, 2024", "$1,250,000", "Ulm, Germany")
    assert all(any(name in part for part in parts) for name in whole)


def test_pauses_never_stand_side_by_side_and_zero_is_none() -> None:
    script = narrate_article(
        article("It rained. It snowed.", "## Later", "Sun."), pauses=Pauses(sentence=0, paragraph=0)
    )
    kinds = [cue.kind if isinstance(cue, Pause) else "" for cue in script.cues]
    assert all(not (one and two) for one, two in pairwise(kinds))
    assert "sentence" not in kinds


def test_captions_come_last_where_settings_say_so() -> None:
    source = Article(Metadata(), (Figure(caption=(Text("A ship."),)), Paragraph((Text("It rained."),))))
    assert [say.spoken for say in list_body(narrate_article(source, captions="end"))] == [
        "It rained.",
        "Pictures",
        "Picture:",
        "A ship.",
    ]


def test_alt_text_stands_in_for_a_caption() -> None:
    assert "A ship" in list_spoken(narrate_article(Article(Metadata(), (Figure(alt="A ship"),))), "caption")


def test_the_users_own_article(seed: Path) -> None:
    found = read(Document(seed.name, seed.read_bytes()), InputSettings())
    script = narrate_article(found.article)
    speakers = [cue.speaker for cue in script.cues if isinstance(cue, Say) and cue.role == "quote"]
    assert speakers == ["Ali Latifi"] * 3 + ["Zalmay Khalilzad"] * 2 or set(speakers) == {
        "Ali Latifi",
        "Zalmay Khalilzad",
    }
    assert all(entry.fate == "spoken" for entry in script.ledger)


def test_a_member_of_the_cast_who_is_not_quoted_has_a_notice() -> None:
    config = Config(narration=NarrationSettings(cast={"Moss": "a", "Nobody": "b"}))
    _, notices = narrate(cut_sentences(article(QUOTED)), config)
    assert [notice.text for notice in notices] == ["nobody called 'Nobody' is quoted (narration.cast)"]


@pytest.mark.parametrize(
    ("language", "name"), [("br", "Breton (br)"), ("pl-PL", "Polish (pl-PL)"), ("zz", "zz"), ("en-GB", "")]
)
def test_a_language_without_rules_has_its_notice(language: str, name: str) -> None:
    _, notices = narrate(cut_sentences(article("Sataa.", language=language)), Config())
    remark = "numbers are read by the voice itself, there are no rules for this language"
    assert [notice.text for notice in notices] == ([f"{name}: {remark}"] if name else [])


def test_breath_is_taken_before_the_clauses_of_the_articles_language() -> None:
    sentence = (
        "Der Rat der Stadt, die seit vielen Jahren vergeblich auf eine neue Brücke über den Fluss gewartet hat und nun"
        " endlich das Geld dafür bekommen soll, stimmte am Abend mit großer Mehrheit für den Bau, obwohl die Anwohner"
        " am Ufer lange dagegen waren."
    )
    parts = [say.written for say in list_body(narrate_article(article(sentence, language="de")))]
    assert parts[-1] == "obwohl die Anwohner am Ufer lange dagegen waren."
    assert all(len(part.split()) <= 30 for part in parts)


def test_an_alternative_text_is_said_sentence_by_sentence() -> None:
    figure = Figure(alt="A mill at low tide. Two boats lie in the mud.")
    said_of_it = [
        (say.anchor, say.spoken)
        for say in list_body(narrate_article(Article(Metadata(), (figure,))))
        if say.role == "caption"
    ]
    assert said_of_it == [("b1", "A mill at low tide."), ("b1", "Two boats lie in the mud.")]


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("es", "—No vamos —dijo Ana Gil—. Nunca.", [("—No vamos", "Ana Gil"), ("Nunca.", "Ana Gil")]),
        ("es", "—¿Por qué? —preguntó Luis.", [("—¿Por qué?", "Luis")]),
        ("es", "— pan y leche", []),
        ("fr", "— Nous partons demain, dit Anne Roy.", [("— Nous partons demain, dit Anne Roy.", "Anne Roy")]),
        ("fr", "– Pourquoi ? demanda Paul.", [("– Pourquoi ? demanda Paul.", "Paul")]),
        ("fr", "Le mot – rare – est beau.", []),
        ("en", "— We leave, said Ann Lee.", []),
    ],
)
def test_a_dash_opens_speech_where_the_language_has_it_so(
    language: str, written: str, spoken: list[tuple[str, str]]
) -> None:
    says = list_body(narrate_article(article(written, language=language)))
    assert [(say.written, say.speaker) for say in says if say.role == "quote"] == spoken
