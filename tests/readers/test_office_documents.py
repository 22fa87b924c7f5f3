"""Word documents, OpenDocument, rich text and notebooks: written by pandoc and by hand, read as articles."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pypandoc
import pytest

from exporter.article import (
    Bullets,
    CodeBlock,
    Figure,
    Heading,
    Math,
    MathBlock,
    Numbered,
    Paragraph,
    Quote,
    Table,
    block_text,
)
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, docx, notebook, odt, read, rtf, word_formulas
from tests.sources.test_containers import PNG, make_zip

SETTINGS = InputSettings()
OFFICE = "http://schemas.openxmlformats.org/"
FERRY = "The ferry left the quay at nine, an hour late, and nobody on board had expected it to leave at all that day."
SOURCE = f"""\
---
title: The ferry came back
author: Ann Lee
---

# Fog

{FERRY}[^1]

![The quay in fog](pic.png)

> The captain has steered it for thirty years.

## What it costs

| Line | Fare |
|------|------|
| North | 3.50 |
| South | 2.75 |

- one
- two

1. first
2. second

```python
print("hello")
```

The mass is $E=mc^2$, and the sum

$$\\sum_{{i=1}}^n \\frac{{\\sqrt{{x_i}}}}{{2}}$$

It was *late* and **cold**. See [the harbour](https://quay.example/).

[^1]: By the harbour's clock, which is slow.
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same article in each format."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "pic.png").write_bytes(PNG)
    (folder / "a.md").write_text(SOURCE, encoding="utf-8")
    found = {}
    for kind in ("docx", "odt", "rtf"):
        arguments = ["--standalone", f"--resource-path={folder}"]
        pypandoc.convert_file(folder / "a.md", kind, outputfile=str(folder / f"a.{kind}"), extra_args=arguments)
        found[kind] = (folder / f"a.{kind}").read_bytes()
    return found


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_keeps_its_structure(kind: str, written: dict[str, bytes]) -> None:
    found = read(Document(f"a.{kind}", written[kind]), SETTINGS)
    article = found.article
    assert (article.metadata.title, article.metadata.authors) == ("The ferry came back", ("Ann Lee",))
    kinds = [type(block) for block in article.blocks]
    assert [kind for kind in (Heading, Figure, Quote, Table, Bullets, Numbered, CodeBlock) if kind not in kinds] == []
    headings = [(block.level, block_text(block)) for block in article.blocks if isinstance(block, Heading)]
    assert headings == [(2, "Fog"), (3, "What it costs")]
    (figure,) = (block for block in article.blocks if isinstance(block, Figure))
    assert "The quay in fog" in block_text(figure)
    assert [resource.data for resource in article.resources] == [PNG]
    assert [block_text(block) for note in article.notes for block in note.blocks] == [
        "By the harbour’s clock, which is slow."
    ]


def test_formulas_are_kept(written: dict[str, bytes]) -> None:
    blocks = read(Document("a.docx", written["docx"]), SETTINGS).article.blocks
    lines = (block.content for block in blocks if isinstance(block, Paragraph))
    inline = [part for line in lines for part in line if isinstance(part, Math)]
    assert inline[0].latex.replace("{", "").replace("}", "") == "E=mc^2"
    (display,) = (block for block in blocks if isinstance(block, MathBlock))
    for part in (r"\sum_{i=1}^{n}", r"\frac{", r"\sqrt{{x}_{i}}"):
        assert part in display.latex.replace(" ", "")
    assert "<mfrac>" in str(read(Document("a.odt", written["odt"]), SETTINGS).article.blocks)


def test_limits_and_functions_of_a_formula_are_commands() -> None:
    part = "<m:r><m:t>{}</m:t></m:r>".format
    limit = f"<m:limLow><m:e>{part('lim')}</m:e><m:lim>{part('x→0')}</m:lim></m:limLow>"
    applied = f"<m:func><m:fName>{part('sin')}</m:fName><m:e>{part('α')}</m:e></m:func>"
    names = f'xmlns:w="{OFFICE}wordprocessingml/2006/main" xmlns:m="{OFFICE}officeDocument/2006/math"'
    xml = f"<w:p {names}><m:oMath>{limit}{applied}</m:oMath></w:p>"
    (formula,) = word_formulas.replace_formulas(make_zip({"word/document.xml": xml.encode()}))[1]
    assert r"\underset{x\to 0}{\lim}{\sin} {\alpha}" in formula


def test_rich_text_keeps_its_paragraphs_and_tables(written: dict[str, bytes]) -> None:
    found = read(Document("a.rtf", written["rtf"]), SETTINGS)
    texts = [block_text(block) for block in found.article.blocks]
    assert FERRY in texts[2]
    assert {Table, Bullets, Numbered} <= {type(block) for block in found.article.blocks}
    assert [notice.text for notice in found.notices if notice.subject == "document"] == ["1 picture left out"]


def test_rich_text_by_hand() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\info{\title The quay}{\author Ann Lee}}\f0 Caf\'e9 \u8212? na\'efve.\par More.}"
    article = read(Document("a.rtf", data), SETTINGS).article
    assert (article.metadata.title, article.metadata.authors) == ("The quay", ("Ann Lee",))
    assert [block_text(block) for block in article.blocks] == ["Café — naïve.", "More."]


def test_a_document_without_a_title_is_called_by_its_file(written: dict[str, bytes]) -> None:
    assert docx.recognises(Document("a", written["docx"]))
    assert odt.recognises(Document("a", written["odt"]))
    assert rtf.recognises(Document("a", written["rtf"]))
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written["docx"])) as old, zipfile.ZipFile(stripped, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b'w:val="Title"', b'w:val="BodyText"')
            if name != "docProps/core.xml":
                new.writestr(name, data)
    found = read(Document("harbour_news.docx", stripped.getvalue()), SETTINGS)
    assert FERRY in "".join(map(block_text, found.article.blocks))
    assert found.article.metadata.title == "Fog"  # its only heading of the first level


DAMAGED = [
    ("a.docx", make_zip({"[Content_Types].xml": "x", "word/document.xml": "<w"}, stored="[Content_Types].xml")),
    ("a.docx", make_zip({"[Content_Types].xml": "x", "word/a": "x"}, stored="[Content_Types].xml")[:-30]),
    ("a.odt", make_zip({"mimetype": "application/vnd.oasis.opendocument.text"}, stored="mimetype")),
    ("a.rtf", b"{\\rtf1}"),
    ("a.ipynb", b'{"cells": [], "nbformat": 4}'),
    ("a.ipynb", b'{"cells": [{"cell_type": 3}], "nbformat": 4}'),
]


@pytest.mark.parametrize(("name", "data"), DAMAGED)
def test_a_damaged_document_is_an_error(name: str, data: bytes) -> None:
    with pytest.raises(SourceError):
        read(Document(name, data), SETTINGS)


def test_an_archive_bomb_is_not_unpacked() -> None:
    bomb = make_zip({"[Content_Types].xml": "x", "word/document.xml": b" " * 20_000_000}, stored="[Content_Types].xml")
    with pytest.raises(SourceError, match="TooLarge"):
        read(Document("a.docx", bomb), SETTINGS)


def make_notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


PICTURE = {"image/png": base64.b64encode(PNG).decode()}


def read_notebook(data: bytes) -> Read:
    document = Document("trams.ipynb", data)
    assert notebook.recognises(document)
    return read(document, SETTINGS)


def test_a_notebook_is_its_text_and_its_code() -> None:
    text = {"cell_type": "markdown", "source": ["# Trams\n", "\n", "We count.\n", "\n", "![x](attachment:p.png)"]}
    code = {"cell_type": "code", "source": "print('```')", "outputs": [{"output_type": "stream", "text": ["3"]}]}
    drawn = {"cell_type": "code", "source": "plot()", "outputs": [{"data": {**PICTURE, "text/plain": "<Figure>"}}]}
    data = make_notebook(text | {"attachments": {"p.png": PICTURE}}, code, drawn, language_info={"name": "python"})
    found = read_notebook(data)
    assert found.article.metadata.title == "Trams"
    listings = [block for block in found.article.blocks if isinstance(block, CodeBlock)]
    assert [(block.syntax, block_text(block)) for block in listings] == [
        ("python", "print('```')"),
        ("python", "plot()"),
    ]
    assert [resource.name for resource in found.article.resources] == ["p.png", "output-2.png"]
    assert found.notices[0].text == "2 printed outputs left out: texts and tables of the code"


def test_an_old_notebook_is_read() -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": "Trams"}, {"cell_type": "code", "input": ["count()"]}]
    data = json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3, "metadata": {}}).encode()
    assert "count()" in "".join(map(block_text, read_notebook(data).article.blocks))
