"""Books as a real EPUB engine shows them: on a phone and on an e-reader, by day, in sepia and at night."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from exporter import readers, sources
from exporter.article import Article, Cell, CodeBlock, Figure, Heading, Paragraph, Resource, Table, Text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.ebook.themes import list_themes
from exporter.sentences import cut_sentences
from tests.ebook import pictures
from tests.ebook.books import everything, made, paragraph, words
from tests.ebook.browser import reported

pytestmark = pytest.mark.browser

SIZES = {"phone": (375, 667, 18), "e-reader": (600, 800, 22)}
"""Width and height of the window, and size of the letters, in CSS pixels."""


def _demanding() -> Article:
    """One of everything, and what does not fit a page by itself."""
    text = "The water stood in the mill for nine days, and nobody in the valley could say where it had come from. " * 3
    row = tuple(Cell(words(f"{number * 1117} m")) for number in range(7))
    parts = ((Heading(content=words(f"Part {part}")), paragraph(text * (part % 3))) for part in range(9))
    more = (
        *itertools.chain.from_iterable(parts),
        Paragraph(content=(Text("Wassermühlenbetriebsgenossenschaftsversammlungsprotokoll" * 3),)),
        Table(head=(tuple(Cell(words(f"Port {n}")) for n in range(7)),), rows=(row, row)),
        CodeBlock(text="level = " + " + ".join(f"tide[{number}]" for number in range(40)), syntax="python"),
        CodeBlock(text="x" * 300),
        Figure(image="tall.png", alt="A tall picture.", caption=words("It is taller than a page.")),
        paragraph(text),
    )
    whole = everything()
    resources = (*whole.resources, Resource("tall.png", data=pictures.photo("PNG", (700, 1990))))
    return cut_sentences(msgspec.structs.replace(whole, blocks=(*whole.blocks, *more), resources=resources))


def _real(*names: Path) -> list[Article]:
    settings = InputSettings()
    found = sources.open_documents(map(str, names), settings, None)
    return [
        cut_sentences(readers.read(document, settings).article) for document in found if isinstance(document, Document)
    ]


def _read(chromium: str, engine: Path, books: Mapping[str, Path], folder: Path) -> dict[str, dict[str, Any]]:
    """Let the engine read books in windows of both sizes, all at once; returns its report of each by name and size."""
    shutil.copytree(engine, folder / "engine")
    for script in ("reading.html", "reading.js"):
        shutil.copy(Path(__file__).with_name(script), folder)
    frames = [
        f'<iframe src="reading.html?{query}" width="{width}" height="{height}"></iframe>'
        for name, book in books.items()
        for size, (width, height, letters) in SIZES.items()
        for query in [urlencode({"book": book.relative_to(folder), "letters": letters, "name": f"{name} {size}"})]
    ]
    (folder / "index.html").write_text("<!DOCTYPE html><style>iframe { border: 0 }</style>" + "".join(frames))
    reports = reported(chromium, folder, "index.html", len(frames))
    return {report["name"]: report for report in reports}


def test_books_are_whole_on_every_device_and_in_every_light(
    tmp_path: Path, chromium: str, engine: Path, examples: Path
) -> None:
    books = {style: made([_demanding()], tmp_path / f"{style}.epub", style=style) for style in list_themes()}
    arabic = everything()
    arabic = msgspec.structs.replace(arabic, metadata=msgspec.structs.replace(arabic.metadata, language="ar"))
    books["right to left"] = made([arabic], tmp_path / "arabic.epub")
    books["kobo"] = made([_demanding()], tmp_path / "kobo.kepub.epub", profile="kobo")
    books["bound"] = made([*_real(examples), everything()], tmp_path / "bound.epub", style="modern")
    for name, report in _read(chromium, engine, books, tmp_path).items():
        assert report["problems"] == [], name
        assert report["pages"] > 4, name
        # Every letter was on a page that one gets to by turning pages, and none on two.
        assert report["seen"] == report["held"], name
        assert report["notes"][-2:] == [["footnote", "1 The first note."], ["footnote", "* level()"]], name


def test_the_engine_sees_what_is_wrong(tmp_path: Path, chromium: str, engine: Path) -> None:
    (tmp_path / "bad.css").write_text(
        "pre { white-space: pre } .keyword { -webkit-text-fill-color: #ddd } h2 { break-after: column }"
        "blockquote { height: 1em; overflow: hidden } figure img { min-width: 130% }"
    )
    book = made([_demanding()], tmp_path / "bad.epub", style=str(tmp_path / "bad.css"))
    problems = " ".join(_read(chromium, engine, {"bad": book}, tmp_path)["bad phone"]["problems"])
    for problem in ("runs off its page", "is clipped", "has a contrast of 1.36 in light", "is stranded"):
        assert problem in problems
