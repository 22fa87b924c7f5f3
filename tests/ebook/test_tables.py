"""Tables: which columns are numbers, and how tables of every width fit the pages of phones and e-readers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter import ebook
from exporter.article import Article, Cell, Code, Heading, Link, MathBlock, Metadata, Paragraph, Strong, Table, Text
from exporter.config import Config
from exporter.ebook.table_layout import (
    MAX_COLUMNS,
    MAX_WORD_CHARS,
    NumberFormat,
    align_numbers,
    lay_out_table,
    place_cells,
)
from exporter.ebook.themes import list_themes
from exporter.sentences import cut_sentences
from tests.ebook.books import made, paragraph, words
from tests.ebook.browser import reported

WIDTHS = (320, 390, 1072)
"""Pixels: a small phone, a phone, and an e-reader without a scale of its own."""

_HEADS = (
    *("Port", "High water", "Flour (kg)", "Population", "Period", "Commissioned", "Share", "Website"),
    *("Remarks", "Checksum", "Cost", "Responsible"),
)
_ROWS = (
    (
        *("Scarborough", "02:55", "12.5", "1,200,345", "2019–2021", "yes", "12.5%"),
        "https://example.org/tables/of/the/tide/2021/scarborough.html?moon=full&wind=south-west",
        *("The mill stood still for nine days in spring", "d41d8cd98f00b204e9800998ecf8427e", "$1,200.50", "Ana Díaz"),
    ),
    ("Rye", "03:41", "8", "45", "2001–2002", "no", "3%", "https://a.example", "None", "-", "$3", "Bo Li"),
    (
        *("Lowestoft", "14:20", "103.25", "12 500", "1998–1999", "unknown", "0.75%", "n/a", "Repaired"),
        *("0cc175b9c0f1b6a831c399e269772661", "$12", "The harbour commissioners"),
    ),
)


def _cells(*texts: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(words(text), header=header) for text in texts)


def _table(columns: int) -> Table:
    rows = tuple((*_cells(row[0], header=True), *_cells(*row[1:columns])) for row in _ROWS)
    return Table(head=(_cells(*_HEADS[:columns]),), rows=rows, caption=words(f"{columns} columns"))


def _written(table: Table) -> etree._Element:
    """The `section` of an article that is a table."""
    book = ebook.build([cut_sentences(Article(Metadata(title="A"), (table,)))], Config())
    page = next(item.data for item in book.items if item.item_id == "a1")
    section = etree.fromstring(page).find(".//{*}section")
    assert section is not None
    return section


@pytest.mark.parametrize(
    ("texts", "lacks", "signs"),
    [
        (["12.5", "8", "1,103.25"], [1, 2, 0], ["", ".", ""]),
        (["12,5", "8", "1.103,25"], [1, 2, 0], ["", ",", ""]),
        (["1,234", "950"], [0, 0], ["", ""]),  # thousands, not thousandths
        (["1.234", "12,5"], [1, 0], [",", ""]),
        (["+3%", "−1%", "0.5 %"], None, None),  # not one form: with and without a space
        (["+3%", "−1%", "0.5%"], [1, 1, 0], [".", ".", ""]),
        (["$3", "US$1,200.50"], [2, 0], [".", ""]),
        (["12 500 km", "8 km"], [0, 0], ["", ""]),
        (["3", "–", "4.5", "n/a", ""], [1, None, 0, None, None], [".", None, "", None, None]),
        (["1.5 m", "2 ft"], None, None),
        (["02:55", "03:41"], None, None),
        (["3"], None, None),
        (["3", "three"], None, None),
        (["0.123456789", "1"], None, None),
        ([], None, None),
    ],
)
def test_numbers_of_one_form_align_by_their_decimal_sign(
    texts: list[str], lacks: list[int | None] | None, signs: list[str | None] | None
) -> None:
    expected = [
        None if lack is None else NumberFormat(lack, sign or "")
        for lack, sign in zip(lacks or [None] * len(texts), signs or [None] * len(texts), strict=True)
    ]
    assert [*align_numbers(texts)] == expected


def test_cells_stand_where_the_cells_above_leave_room() -> None:
    wide, tall = Cell(words("w"), columns=2), Cell(words("t"), rows=2)
    plain = Cell(words("p"))
    assert place_cells(((tall, wide, plain), (plain, plain), (plain, wide))) == ((0, 1, 3), (1, 2), (0, 1))


def test_cells_far_out_stand_at_the_last_column() -> None:
    """Else forty cells in a row, which each span a thousand columns and rows, would cost forty thousand steps a row."""
    row = tuple(Cell((Text("a"),), columns=1000, rows=1000) for _ in range(40))
    first, *others = place_cells((row,) * 3)
    assert first == (0, 1000, 2000, 3000, *[MAX_COLUMNS] * 36)
    assert others == [(MAX_COLUMNS,) * 40] * 2


def test_a_column_has_the_names_of_all_cells_above_it() -> None:
    head = (
        (Cell(words("Port"), rows=2), Cell(words("Level"), columns=2)),
        _cells("high", "low"),
    )
    assert lay_out_table(Table(head=head, rows=(_cells("Rye", "8", "1"),))).labels == (
        "Port",
        "Level, high",
        "Level, low",
    )


def test_a_table_that_fits_every_screen_is_nothing_but_a_table() -> None:
    section = _written(_table(2))
    assert section.find("{*}table") is not None
    assert section.find(".//{*}td[@data-label]") is None


def test_a_wider_table_names_the_column_of_each_value() -> None:
    section = _written(_table(12))
    assert section.find("{*}div[@class='table']/{*}table") is not None
    labels = [cell.get("data-label") for cell in section.findall(".//{*}tbody/{*}tr[1]/{*}*")]
    assert tuple(labels) == _HEADS


def test_words_are_kept_whole_whatever_stands_around_them() -> None:
    address = "https://example.org/a/long/address"
    content = (Text("See "), Strong(words("2019–20")), Text(f" and 1/2, {address} or "), Code(address), Text(" 10-12."))
    section = _written(Table(rows=((Cell(content), *_cells("b")), _cells("c", "d"))))
    cell = section.find(".//{*}td")
    assert cell is not None
    assert "".join(cell.itertext()) == f"See 2019–20 and 1/2, {address} or {address} 10-12."
    found = [(span.get("class"), span.text) for span in cell.iter("{*}span")]
    assert found == [
        ("whole", "2019–20"),
        ("whole", "1/2"),
        ("long", address),
        ("long", address),
        ("whole", "10-12"),
    ]


def test_what_is_no_word_of_a_table_changes_nothing() -> None:
    table = Table(head=(), rows=((Cell(()), Cell((), columns=0)), ()), caption=words("Empty"))
    assert _written(table).find(".//{*}table") is not None


def _pages(folder: Path) -> list[str]:
    """Write an article of tables in every theme to a folder; returns the paths of its pages there."""
    formula = MathBlock(latex=r"\sum_{n=0}^{9} a_n x^n + b_n y^n + c_n z^n + d_n w^n + e_n v^n + f_n u^n = 0")
    long = "Wassermühlenbetriebsgenossenschaftsversammlungsprotokoll" * 2
    hash_ = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" * 2
    blocks = (
        Paragraph(content=(Text(f"{long}, {hash_}, "), Code(hash_), Link(words(f"https://a.example/{hash_}"), "#x"))),
        Heading(content=words(long)),
        formula,
        *(_table(columns) for columns in range(2, 13)),
        Table(rows=(_cells(*_ROWS[0]), _cells(*_ROWS[1]))),
        paragraph("After."),
    )
    article = cut_sentences(Article(Metadata(title="Tables"), blocks))
    for style in list_themes():
        with zipfile.ZipFile(made([article], folder / f"{style}.epub", style=style)) as book:
            book.extractall(folder / style)
    return [f"{style}/EPUB/text/a1.xhtml" for style in list_themes()]


def _measure(chromium: str, folder: Path, pages: list[str]) -> list[dict[str, Any]]:
    (folder / "tables.js").write_text(Path(__file__).with_name("tables.js").read_text())
    (folder / "tables.html").write_text(
        "<!DOCTYPE html><style>iframe { border: 0 }</style><body><script type=module src=tables.js></script>"
    )
    order = {"pages": pages, "widths": WIDTHS, "longest": MAX_WORD_CHARS}
    (folder / "pages.json").write_text(json.dumps(order))
    return reported(chromium, folder, "tables.html", len(pages) * len(WIDTHS))


@pytest.mark.browser
def test_tables_of_any_width_fit_the_page_and_break_no_word(tmp_path: Path, chromium: str) -> None:
    found = _measure(chromium, tmp_path, _pages(tmp_path))
    assert len(found) == len(list_themes()) * len(WIDTHS)
    for report in found:
        name = f"{report['page']} at {report['width']}"
        assert (report["wide"], report["outside"], report["broken"]) == (0, [], []), name
        # On a phone the wide tables are cards; on the wide screen, nearly all are tables.
        assert report["cards"] > 20 if report["width"] < 400 else report["cards"] < 20, name
        assert report["signs"], name
        for column, signs in report["signs"].items():
            assert max(x for _, x in signs) - min(x for _, x in signs) < 1.5, f"{name}, {column}: {signs}"


def _pages_without(folder: Path, known: str, unknown: str) -> list[str]:
    """Write the pages with style sheets in which a feature has a name that no browser knows."""
    pages = _pages(folder)
    for sheet in folder.glob("*/EPUB/css/style.css"):
        sheet.write_text(sheet.read_text().replace(known, unknown))
    return pages


@pytest.mark.browser
def test_tables_fit_the_page_of_a_browser_without_containers(tmp_path: Path, chromium: str) -> None:
    pages = _pages_without(tmp_path, "container-type", "unknown-property")
    for report in _measure(chromium, tmp_path, pages):
        name = f"{report['page']} at {report['width']}"
        assert (report["wide"], report["outside"]) == (0, []), name
        if report["width"] < 400:
            assert report["broken"] == [], name
            assert report["cards"] > 20, name


@pytest.mark.browser
def test_wide_tables_are_lines_where_there_are_no_variables(tmp_path: Path, chromium: str) -> None:
    pages = _pages_without(tmp_path, "(--cards: 0)", "(unknown: 0)")
    for report in _measure(chromium, tmp_path, pages):
        # On a phone, tables that need no more than an e-reader's page may still be wider than it.
        if report["width"] > 400:
            assert (report["wide"], report["outside"], report["broken"]) == (0, [], []), report["page"]


@pytest.mark.browser
def test_the_measure_sees_what_is_wrong(tmp_path: Path, chromium: str) -> None:
    (page,) = _pages(tmp_path)[:1]
    sheet = tmp_path / page.split("/")[0] / "EPUB/css/style.css"
    sheet.write_text(
        sheet.read_text() + ".table { container-type: normal } td { overflow-wrap: anywhere } .numeric { padding: 0 }"
        "pre, code { white-space: pre } table { width: 100% } .room-20 td { white-space: pre }"
    )
    report = _measure(chromium, tmp_path, [page])[0]
    assert report["wide"] > 0
    assert report["outside"]
    assert report["broken"]
    assert any(max(x for _, x in signs) - min(x for _, x in signs) > 2 for signs in report["signs"].values())


def test_the_names_of_columns_on_cards_hold_no_control_characters() -> None:
    table = _table(12)
    dirty = Table(head=(_cells(*(f"{text}\x00\x1b" for text in _HEADS)),), rows=table.rows)
    labels = [cell.get("data-label") for cell in _written(dirty).iterfind(".//{*}tbody//{*}td")]
    assert set(filter(None, labels)) == set(_HEADS[1:])
