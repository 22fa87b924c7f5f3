"""The forms of a script, and reading them back."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import script_formats
from exporter.article import Article, from_json, to_json
from exporter.config import Config, NarrationSettings
from exporter.control_characters import clean_article
from exporter.errors import SourceError
from exporter.lexicon import Lexicon, LexiconEntry
from exporter.narration import narrate
from exporter.script import Chapter, Pause, Say, Script
from exporter.script_formats.xml_text import remove_invalid
from exporter.sentences import cut_sentences
from tests.builders import article, articles

SSML = "{http://www.w3.org/2001/10/synthesis}"


def script_of(source: Article, **settings: Any) -> Script:
    return narrate(cut_sentences(source), Config(narration=NarrationSettings(**settings)))[0]


def without_words(script: Script) -> list[Any]:
    return [msgspec.structs.replace(cue, words=()) if isinstance(cue, Say) else cue for cue in script.cues]


def without_controls(source: Article) -> Article:
    """The article without the characters that no reader lets through, or that XML forbids."""
    return clean_article(from_json(remove_invalid(to_json(source).decode()).encode()))


@given(articles().map(without_controls), st.sampled_from(["voice", "spoken", "plain"]))
def test_every_form_holds_every_article(source: Article, quotes: str) -> None:
    script = script_of(source, quotes=quotes)
    ET.fromstring(script_formats.render(script, "ssml"))
    script_formats.render(script, "txt")
    assert script_formats.read(script_formats.render(script, "json"), "script.json") == script
    script_formats.render(script, "html")
    for form in ("md", "docx"):
        edited = script_formats.read(script_formats.render(script, form), f"script.{form}")
        assert without_words(edited) == without_words(script)
        assert (edited.ledger, edited.metadata, edited.title) == (script.ledger, script.metadata, script.title)
        assert (edited.slug, edited.language) == (script.slug, script.language)


@pytest.mark.parametrize("form", ["md", "docx"])
def test_what_is_read_back_gives_the_same_words(form: script_formats.Format) -> None:
    text = "On Aug. 8, 2021, about 375,000 people in the U.S.-led zone paid $3.5 million, Dr. Moss said; 25% left."
    script = script_of(article(text, "## Part 2", "A 40-mile road, {curly} and \\ back|slash."))
    assert script_formats.read(script_formats.render(script, form), "script") == script


def test_an_edited_script_is_spoken_as_it_stands() -> None:
    data = script_formats.render(script_of(article("Leuven lies far north.")), "md").decode()
    data = data.replace("Leuven lies", "{Leuven|lur-ven} lies, 5 days away,")
    data = data.replace("**TITLE**", "(pause 0)\n\n**TITLE**")
    script = script_formats.read(data.encode(), "script.md")
    said = next(cue for cue in script.cues if isinstance(cue, Say) and cue.anchor == "b1.1")
    assert said.spoken == "lur-ven lies, five days away, far north."
    assert said.written == "Leuven lies, 5 days away, far north."
    assert (said.words[0].text, said.words[0].start, said.words[0].end) == ("lur-ven", 0, 6)
    assert not any(isinstance(cue, Pause) and cue.kind == "opening" for cue in script.cues)


def test_what_a_producer_writes_by_hand_is_understood() -> None:
    data = script_formats.render(script_of(article("It rained.")), "md").decode()
    data = data.replace("It rained. {#b1.1}", "It rained. {#b1.1}\n\n## Later\n\n(pause 2 s)\n\nAnd so on for 3 days.")
    cues = script_formats.read(data.encode(), "script.md").cues
    place = cues.index(Chapter("Later", "b1.1", 2))
    pause, say = cues[place + 1 : place + 3]
    assert pause == Pause("sentence", 2.0)
    assert isinstance(say, Say)
    assert (say.anchor, say.role, say.spoken) == ("b1.1", "narrator", "And so on for three days.")


@pytest.mark.parametrize(
    "data", [b"", b"Just words.", b"---\nscript: 1\n", b'{"cues": 1, "ledger": 2}', b"---\nscript: 1\ntitle: x\n---\n"]
)
def test_what_is_no_script_is_an_error_with_a_remedy(data: bytes) -> None:
    with pytest.raises(SourceError, match="script"):
        script_formats.read(data, "script.md")


def test_scripts_are_told_from_articles() -> None:
    script = script_of(article("It rained."))
    assert script_formats.recognises(script_formats.render(script, "json"))
    assert script_formats.recognises(script_formats.render(script, "md"))
    assert not script_formats.recognises(b"---\ntitle: An article\n---\n\nWords.")
    assert not script_formats.recognises(b'{"schema": 1, "metadata": {}, "blocks": []}')


def test_ssml_holds_marks_breaks_substitutes_voices_and_phonemes() -> None:
    lexicon = Lexicon(
        (LexiconEntry("Siobhan", phonemes="ʃɪˈvɔːn"), LexiconEntry("Kabul", say="kahbul", phonemes="kɑːbəl"))
    )
    source = article('"We saw 3 ships in Kabul," Siobhan Reyes said.')
    config = Config(narration=NarrationSettings(cast={"Siobhan Reyes": "en-gb-2"}))
    script, _ = narrate(cut_sentences(source), config, lexicon)
    tree = ET.fromstring(script_formats.render(script, "ssml", lexicon))
    assert tree.tag == f"{SSML}speak"
    assert [mark.get("name") for mark in tree.iter(f"{SSML}mark")] == ["title", "b1.1", "title"]
    assert {(sub.text, sub.get("alias")) for sub in tree.iter(f"{SSML}sub")} == {("3", "three")}
    assert {(sound.text, sound.get("ph")) for sound in tree.iter(f"{SSML}phoneme")} == {
        ("Siobhan", "ʃɪˈvɔːn"),
        ("Kabul", "kɑːbəl"),
    }
    voice = next(tree.iter(f"{SSML}voice"))
    assert (voice.get("name"), "".join(voice.itertext())) == ("en-gb-2", '"We saw 3 ships in Kabul,"')


def test_plain_text_has_a_sentence_a_line_and_paragraphs_apart() -> None:
    lines = script_formats.render(script_of(article("It rained. We left.", "Nobody came.")), "txt").decode()
    assert "\nIt rained.\nWe left.\n\nNobody came.\n" in lines


def test_joined_scripts_keep_their_anchors_apart() -> None:
    one = script_of(article("It rained.", title="One"))
    joined = script_formats.join_scripts("Both", [one, one])
    assert (joined.title, joined.words, len(joined.cues)) == ("Both", 2 * one.words, 2 * len(one.cues))
    assert {entry.anchor for entry in joined.ledger} == {"1-b1", "2-b1"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("(pause long)", "line 7: '(pause long)' is not a pause"),
        ("(Pause 3 seconds please)", "line 7: '(Pause 3 seconds please)' is not a pause"),
        ("About {40%|forty percent of it.", "line 7: '{40%|forty percent of it.' has no closing brace"),
        ("{3|three} of {4|four went", "line 7: '{4|four went' has no closing brace"),
        ("About {40% forty percent} of it.", "line 7: '{40% forty percent} of it.' is not a pronouncer"),
        ("About 40%|forty percent} of it.", "line 7: '} of it.' is not a pronouncer"),
        ("It rained (pause 2) and stopped.", "line 7: '(pause 2)' is not a pause"),
        ("**QUOTE Ann Lee It rained.", "line 7: '**QUOTE Ann Lee It rained.' is not a label"),
        ("**QUOTE Ann Lee**", "line 7: '**QUOTE Ann Lee**' is not a label"),
    ],
)
def test_what_looks_like_a_cue_and_is_not_one_is_an_error_with_its_line(line: str, told: str) -> None:
    working = f'---\nscript: 1\ntitle: "T"\n---\n# T\n\n{line}\n'
    with pytest.raises(SourceError) as error:
        script_formats.read(working.encode(), "s.md")
    assert told in error.value.cause


@pytest.mark.parametrize(
    "line",
    [
        *("(pause 3)", "(Pause 3s)", "(pauses are silent)", r"A \{set\} of x | y", "{40%|forty percent} of it"),
        *(r"He said \(pause here)", "*SLUG: 1 of 2*", "**Ann Lee** It rained.", "It rained. {#b1.1} Much."),
    ],
)
def test_other_lines_with_brackets_and_braces_are_read(line: str) -> None:
    script_formats.read(f'---\nscript: 1\ntitle: "T"\n---\n# T\n\n{line}\n'.encode(), "s.md")
