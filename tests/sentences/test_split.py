"""Where sentences end, language by language: the cases are lines of text with a bar at every end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.sentences import split_sentences

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(path.stem, line.replace("\\n", "\n"), id=f"{path.stem}-{line[:40]}")
    for path in sorted(FOLDER.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentences_end_where_a_reader_would_end_them(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    assert "|".join(text[start:end] for start, end in split_sentences(text, language)) == marked


@given(
    st.text(alphabet=st.sampled_from("aA1 .!?…\n\"'”)(])。؟।•I-"), max_size=60),
    st.sampled_from(["en", "en-GB", "de", "ja", "tlh"]),
)
def test_spans_tile_the_text_and_none_is_blank(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    assert "".join(text[start:end] for start, end in spans) == text
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    assert all(text[start:end].strip() for start, end in spans) or not text.strip()
