"""The words a book adds, in the language of its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import ui_strings
from exporter.ui_strings import format_date, join_names, load_strings, spell_date


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "August 8, 2021"),
        ("en-US", "August 8, 2021"),
        ("en-GB", "8 August 2021"),
        ("de", "8. August 2021"),
        ("fr-CA", "8 août 2021"),
        ("es", "8 de agosto de 2021"),
        ("ja", "2021年8月8日"),
        ("xx", "August 8, 2021"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language: str, expected: str) -> None:
    assert format_date("2021-08-08T12:55:00-04:00", language) == expected


@pytest.mark.parametrize("unclear", ["2021", "2021-08", "2021-13-01", "last week", ""])
def test_what_is_no_whole_date_stays_as_it_is(unclear: str) -> None:
    assert format_date(unclear, "en") == unclear


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        ((), "en", ""),
        (("Ana",), "en", "Ana"),
        (("Ana", "Bo"), "en", "Ana and Bo"),
        (("Ana", "Bo", "Cem"), "de", "Ana, Bo und Cem"),
        (("Ana", "Bo", "Cem"), "ja", "Ana、Bo、Cem"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: tuple[str, ...], language: str, expected: str) -> None:
    assert join_names(names, language) == expected


def test_every_language_has_twelve_months() -> None:
    languages = [file.stem for file in Path(ui_strings.__file__).parent.glob("*.toml")]
    assert len(languages) >= 24
    for language in languages:
        assert len(set(load_strings(language).months)) == 12


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb-NO", "8. august 2021"),
        ("sv", "8 augusti 2021"),
        ("tr", "8 Ağustos 2021"),
        ("ko", "2021년 8월 8일"),
        ("hu", "2021. augusztus 8."),
        ("lt", "2021 m. rugpjūčio 8 d."),
        ("eu", "2021(e)ko abuztuaren 8(a)"),
        ("zz", ""),
    ],
)
def test_a_script_has_no_english_date(language: str, expected: str) -> None:
    assert spell_date(2021, 8, 8, language) == expected
