"""Exponents and indices are said as such, and their words keep the places of the written text."""

from __future__ import annotations

import pytest

from exporter.article import Inline, NoteMark, Sentence, Subscript, Superscript, Text
from exporter.narration.utterance_parts import split_sentence
from exporter.normalize.normalizers import load_normalizer

SUP = {"up": Superscript, "down": Subscript}


def write(*pieces: str) -> tuple[str, str]:
    """Return what is written and what is said of a sentence whose odd pieces begin with "up " or "down "."""
    inlines: list[Inline] = []
    for piece in pieces:
        way, _, rest = piece.partition(" ")
        inlines.append(SUP[way]((Text(rest),)) if way in SUP else Text(piece))
    (part,) = split_sentence(Sentence("s", tuple(inlines)), "en", ())
    return part.written, load_normalizer("en")(part.marked or part.written).text


@pytest.mark.parametrize(
    ("pieces", "written", "said"),
    [
        (("It holds 10", "up 6", " seeds."), "It holds 106 seeds.", "It holds ten to the sixth seeds."),
        (("It is 10", "up −3", " m wide."), "It is 10−3 m wide.", "It is ten to the minus three meters wide."),
        (("E = mc", "up 2"), "E = mc2", "E equals m c squared"),
        (("There are 2", "up n", " states."), "There are 2n states.", "There are two to the n states."),
        (("Set v", "down 0", " and a", "down n+1", "."), "Set v0 and an+1.", "Set v sub zero and a sub n plus one."),
        (("On the 21", "up st", " of May."), "On the 21st of May.", "On the twenty-first of May."),
        (("H", "down 2", "O and M", "up me", " Roe."), "H2O and Mme Roe.", "H two O and Madame Roe."),
    ],
)
def test_raised_and_lowered(pieces: tuple[str, ...], written: str, said: str) -> None:
    assert write(*pieces) == (written, said)


def test_note_marks_stay_silent() -> None:
    (part,) = split_sentence(Sentence("s", (Text("It is 10"), NoteMark("1"), Text(" now."))), "en", ())
    assert part.marked == ""
    assert part.written == "It is 10 now."


def test_words_have_the_places_of_the_written_text() -> None:
    sentence = Sentence("s", (Text("So 10"), Superscript((Text("-3"),)), Text(" m.")))
    (part,) = split_sentence(sentence, "en", ())
    spoken = load_normalizer("en")(part.marked)
    assert [part.written[word.start : word.end] for word in spoken.words] == ["So", *["10-3"] * 5, " m"]
