"""Pages as Chromium sets them: on a phone and on an e-reader, by day, in sepia and at night."""

from __future__ import annotations

import html
import itertools
import json
import re
import subprocess
import zipfile
from pathlib import Path

import msgspec
import pytest

from exporter.article import Article, Cell, CodeBlock, Figure, Heading, Paragraph, Resource, Table, Text
from exporter.ebook.styling import names
from exporter.sentences import cut
from tests.ebook import pictures
from tests.ebook.books import everything, made, paragraph, words
from tests.ebook.browser import FLAGS

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parent / "measure.js"
SIZES = {"phone": (390, 844, 18), "e-reader": (632, 840, 22)}
COLOURS = {"light": "#fff; color: #000", "sepia": "#f4ecd8; color: #33271a", "night": "#121212; color: #e0e0e0"}


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
    return cut(msgspec.structs.replace(whole, blocks=(*whole.blocks, *more), resources=resources))


def _pages(book: Path, folder: Path, style: str) -> list[tuple[str, str, int, int]]:
    """Unpack a book, its article once for each device and colour; returns name, address, width and height of each."""
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    text = (folder / "EPUB/text/a1.xhtml").read_text(encoding="utf-8")
    pages = []
    for device, (width, height, size) in SIZES.items():
        for colour, rules in COLOURS.items():
            name = f"{style}-{device}-{colour}"
            body = f"height: {height}px; column-width: {width - 40}px; column-gap: 40px; column-fill: auto"
            look = (
                f"html {{ overflow: hidden; background: {rules}; font: {size}px/1.5 serif }} "
                f"body {{ margin: 0; padding: 0 20px; {body} }}"
            )
            reader = f'<style>{look}</style><script src="{SCRIPT.as_uri()}"></script></head>'
            # The reader's settings come before the book's own, as they do in reading systems.
            path = folder / f"EPUB/text/{name}.xhtml"
            path.write_text(re.sub("(<link.*?)</head>", rf"{reader[:-7]}\1</head>", text, count=1), encoding="utf-8")
            pages.append((name, f"{path.as_uri()}#{name}", width, height))
    return pages


def _measured(chromium: str, pages: list[tuple[str, str, int, int]], folder: Path) -> dict[str, list[str]]:
    """Open all pages in one browser, and return the problems of each by its name."""
    frames = "".join(f'<iframe src="{address}" width="{w}" height="{h}"></iframe>' for _, address, w, h in pages)
    listener = (
        "addEventListener('message', ({data}) => { document.querySelector('pre').append(JSON.stringify(data), '\\n') })"
    )
    index = folder / "index.html"
    index.write_text(
        f"<!DOCTYPE html><style>iframe {{ border: 0 }}</style><pre></pre><script>{listener}</script>{frames}"
    )
    profile = f"--user-data-dir={folder / 'profile'}"
    settled = ("--virtual-time-budget=20000", "--dump-dom", "--allow-file-access-from-files")
    command = [chromium, *FLAGS, *settled, profile, index.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search("<pre>(.*?)</pre>", dom, re.DOTALL)
    assert found
    results = [json.loads(line) for line in html.unescape(found[1]).splitlines()]
    return {result["page"]: result["problems"] for result in results}


def test_every_theme_keeps_its_pages_whole_on_every_device_and_in_every_light(tmp_path: Path, chromium: str) -> None:
    pages = []
    for style in names():
        book = made([_demanding()], tmp_path / f"{style}.epub", style=style)
        pages += _pages(book, tmp_path / style, style)
    measured = _measured(chromium, pages, tmp_path)
    assert measured == {name: [] for name, *_ in pages}


def test_the_measure_sees_what_is_wrong(tmp_path: Path, chromium: str) -> None:
    (tmp_path / "bad.css").write_text("pre { white-space: pre } .keyword { color: #ddd } h2 { break-after: column }")
    book = made([_demanding()], tmp_path / "bad.epub", style=str(tmp_path / "bad.css"))
    pages = [page for page in _pages(book, tmp_path / "bad", "bad") if page[0] == "bad-phone-light"]
    problems = " ".join(_measured(chromium, pages, tmp_path)["bad-phone-light"])
    for problem in ("runs off its page", "keyword has a contrast of 1.36", "is stranded"):
        assert problem in problems
