"""The producer's Markdown: quiet to read, exact when it is read back, forgiving when it is edited."""

from __future__ import annotations

import pytest

from exporter import script_formats
from exporter.article import Article, Figure, Metadata, Text
from exporter.script import Chapter, Pause, Say, Script
from exporter.script_formats import pronouncers
from tests.builders import article
from tests.scripts.test_forms import script_of

STORY = (
    'The ferry is late. It left at 9. "We wait," Ann Lee said.',
    "Nobody knew why.",
    "## What comes next",
    "Boats will go again on May 3.",
)


def markdown_of(script: Script) -> list[str]:
    return script_formats.render(script, "md").decode().split("\n")


def body_of(script: Script) -> list[str]:
    lines = markdown_of(script)
    return lines[lines.index("---", 1) + 1 : lines.index("---", lines.index("---", 1) + 1)]


def read(lines: list[str]) -> Script:
    return script_formats.read("\n".join(lines).encode(), "script.md")


def test_a_paragraph_is_its_sentences_and_only_what_the_narrator_does_not_say_has_a_label() -> None:
    body = body_of(script_of(article(*STORY, title="Why the Ferry Is Late")))
    assert body == [
        "",
        "# Why the Ferry Is Late {#title}",
        body[2],
        "",
        "**TITLE** Why the Ferry Is Late {#title}",
        "",
        "The ferry is late. {#b1.1}",
        "It left at {9|nine}.",
        "",
        '**QUOTE Ann Lee** "We wait," {#b1.3}',
        "**NARRATOR** Ann Lee said.",
        "",
        "Nobody knew why. {#b2.1}",
        "",
        "## What comes next {#b3}",
        body[15],
        "",
        "**HEADING** What comes next {#b3.1}",
        "",
        "Boats will go again on May {3|third}. {#b4.1}",
        "",
        "**ANNOUNCEMENT** That was “Why the Ferry Is Late”. {#title}",
        "",
    ]


def test_each_section_has_its_slug_its_place_and_its_times_and_the_first_the_total() -> None:
    script = script_of(article(*STORY, title="Why the Ferry Is Late"))
    body = body_of(script)
    total = f"{script.words} words, {round(script.seconds) // 60}:{round(script.seconds) % 60:02} in all"
    assert body[2].startswith("*FERRY LATE: 1 of 2, from 0:00, runs 0:")
    assert body[2].endswith(f"; {total}*")
    start = body[2].partition("runs ")[2].partition(";")[0]
    assert body[15].startswith(f"*FERRY LATE: 2 of 2, from {start}, runs 0:")


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "*no remark*",
        "**QUOTE** no label",
        "(pause for effect) was written there (Pause 2)",
        "one / two / three",
        "/",
        "a {brace|bar} and \\ slash {#b9}",
        "--- no rule",
        "<!-- no remark -->",
        "- `b1`: no entry",
    ],
)
def test_text_that_looks_like_a_cue_comes_back_as_text(text: str) -> None:
    script = script_of(article(text, f"Before. {text}"))
    for form in ("md", "docx"):
        assert script_formats.read(script_formats.render(script, form), "script").cues == script.cues


def test_paragraphs_that_are_deleted_leave_the_anchors_of_the_others() -> None:
    script = script_of(article("One.", "Two.", "Three."))
    lines = [line for line in markdown_of(script) if not line.startswith("Two.")]
    anchors = [cue.anchor for cue in read(lines).cues if isinstance(cue, Say)]
    assert anchors == ["title", "b1.1", "b3.1", "title"]


def test_what_is_added_is_said_after_the_usual_pause() -> None:
    lines = markdown_of(script_of(article("One.", "Two.")))
    place = lines.index("One. {#b1.1}")
    lines[place + 1 : place + 1] = [
        "A half.",
        "**Ann Lee** So it was.",
        "",
        "New paragraph, / with a breath.",
        "",
        "(pause 3)",
    ]
    cues = read(lines).cues
    first = next(place for place, cue in enumerate(cues) if isinstance(cue, Say) and cue.written == "One.")
    seen = [
        cue.kind if isinstance(cue, Pause) else (cue.written, cue.role, cue.speaker)
        for cue in cues[first : first + 11]
        if not isinstance(cue, Chapter)
    ]
    assert seen == [
        ("One.", "narrator", None),
        "sentence",
        ("A half.", "narrator", None),
        "breath",
        ("So it was.", "quote", "Ann Lee"),
        "paragraph",
        ("New paragraph,", "narrator", None),
        "breath",
        ("with a breath.", "narrator", None),
        "sentence",
        ("Two.", "narrator", None),
    ]
    assert Pause("sentence", 3.0) in cues


def test_words_that_are_emptied_are_not_said() -> None:
    lines = ["{One.|} {#b1.1}" if line.startswith("One.") else line for line in markdown_of(script_of(article("One.")))]
    assert [cue.anchor for cue in read(lines).cues if isinstance(cue, Say)] == ["title", "title"]


def test_a_script_as_the_first_versions_wrote_it_is_read() -> None:
    text = """---
script: 1
title: "T"
language: "en"
words: 2
running: 0:02
seconds: 2.0
article: {"title": "T"}
---

# T {#title}

*T, from 0:00, runs 0:02*

(pause 0.5 opening)

**TITLE** `title` T

(pause 0.8 title)

**QUOTE** `b1.1 speaker="Ann Lee"` Rain.

---

<!-- What became of each block of the article -->

- `b1`
- `b2`: code is announced, not read (narration.code)
"""
    script = read(text.split("\n"))
    kinds = [cue.kind if isinstance(cue, Pause) else cue.anchor for cue in script.cues]
    assert kinds == ["title", "opening", "title", "title", "b1.1"]
    said = script.cues[-1]
    assert isinstance(said, Say)
    assert (said.role, said.speaker, said.written) == ("quote", "Ann Lee", "Rain.")
    assert [entry.fate for entry in script.ledger] == ["spoken", "skipped"]


def test_the_ledger_says_what_of_a_spoken_block_is_not_said() -> None:
    source = Article(Metadata(title="T"), (Figure(image="a.png", alt="A grey boat", caption=(Text("The ferry."),)),))
    script = script_of(source)
    assert script.ledger[0].fate == "spoken"
    assert script.ledger[0].why
    for form in ("md", "docx"):
        assert script_formats.read(script_formats.render(script, form), "script").ledger == script.ledger


def test_breaths_are_split_outside_pronouncers_only() -> None:
    assert pronouncers.split_breaths(r"one / {and / or|and or} \/ two / three /") == [
        "one",
        r"{and / or|and or} \/ two",
        "three /",
    ]


def test_the_script_of_bound_articles_has_one_slug_and_implies_their_pauses() -> None:
    one = script_of(article("It rained.", title="One"))
    joined = script_formats.join_scripts("The Week in Boats", [one, one])
    assert joined.slug == "WEEK BOATS"
    assert not [line for line in body_of(joined) if line.startswith("(pause")]
    assert script_formats.read(script_formats.render(joined, "md"), "s.md").cues == joined.cues
