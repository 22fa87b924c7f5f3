"""Quotations and their speakers; `quotes_<language>.txt` mark them in plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.article import Paragraph, inline_text
from exporter.narration.quotations import find_quotations
from exporter.sentences import cut_sentences
from tests.builders import article

_MARKED = re.compile(r"\[(?P<words>[\"“‘„«][^\[\]]*?): ?(?P<speaker>[^\[\]:]*)\]")
CASES = [
    (path.stem.removeprefix("quotes_"), line)
    for path in sorted(Path(__file__).parent.glob("quotes_*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "line"), CASES)
def test_quotations_are_found_with_their_speakers(language: str, line: str) -> None:
    wanted = [(match["words"], match["speaker"]) for match in _MARKED.finditer(line)]
    paragraphs = [_MARKED.sub(r"\g<words>", paragraph).strip() for paragraph in line.split("¶")]
    assert _found(language, *paragraphs) == wanted


def _found(language: str, *paragraphs: str) -> list[tuple[str, str]]:
    """Every quotation, put together from its sentences."""
    source = cut_sentences(article(*paragraphs, language=language))
    quotations = find_quotations(source)
    found: list[tuple[str, str]] = []
    for block in source.blocks:
        assert isinstance(block, Paragraph)
        goes_on = False
        for sentence in block.content:
            for quoted in quotations.get(getattr(sentence, "anchor", ""), ()):
                words = inline_text((sentence,))[quoted.start : quoted.end]
                found.append((found.pop()[0] + words if goes_on else words, quoted.speaker))
                goes_on = not quoted.closes
    return [(words.strip(), speaker) for words, speaker in found]
