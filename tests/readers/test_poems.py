"""Poems: stanzas are kept line by line, from every form of source, into the book and the script."""

from __future__ import annotations

import pytest

from exporter.article import Break, Paragraph, Text, Verse, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import read
from exporter.readers.poems import find_poems, is_verse_name

STANZAS = [
    "The weir is loud with rain tonight\nand nobody is near,\nthe miller counts his sacks by light",
    "of one small lamp\nand all the year\ngoes past him to the weir",
]
PROSE = (
    "The poem was found in the mill last winter, between the pages of an account book, and nobody knows who wrote it."
)


def _html(stanzas: list[str]) -> str:
    return "".join(f"<p>{text.replace(chr(10), '<br>')}</p>" for text in stanzas)


def _page(poem: str) -> str:
    return f"<article><h1>The Weir</h1><p>{PROSE}</p>{poem}<p>{PROSE}</p></article>"


def _markdown(poem: str) -> str:
    return f"# The Weir\n\n{PROSE}\n\n{poem}\n\n{PROSE}\n"


def _line_block(stanza: str) -> str:
    return "\n".join(f"| {line}" for line in stanza.split("\n"))


SOURCES = {
    "breaks.html": _page(_html(STANZAS)),
    "block.html": _page('<pre class="wp-block-verse">' + "\n\n".join(STANZAS) + "</pre>"),
    "lines.md": _markdown("\n|\n".join(map(_line_block, STANZAS))),
    "breaks.md": _markdown("\n\n".join(stanza.replace("\n", "\\\n") for stanza in STANZAS)),
    "poem.txt": "The Weir\n\n" + "\n\n".join(STANZAS) + "\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_stanzas_are_found(name: str) -> None:
    article = read(Document(name, SOURCES[name].encode()), InputSettings()).article
    verse = [block for block in article.blocks if isinstance(block, Verse)]
    assert [block_text(block) for block in verse] == STANZAS


LEAVE_ALONE = [
    ["The Old Mill\n12 Mill Lane\nLudlow SY8 1AA"],  # one address
    ["Mix the flour.\nAdd water.\nKnead it well.", "Let it rest.\nHeat the oven.\nBake it."],  # steps: each ends
    ["Ann Lee\nThe Paper", "Photo\nA. Friend"],  # signatures: too few lines
    ["Call 555 0100\nor write\nto us", "Fax 555 0101\nat any\nhour of day"],  # numbers of several figures
]


@pytest.mark.parametrize("texts", LEAVE_ALONE)
def test_other_broken_lines_stay_paragraphs(texts: list[str]) -> None:
    blocks = tuple(
        Paragraph(tuple(part for line in text.split("\n") for part in (Text(line), Break()))[:-1]) for text in texts
    )
    assert find_poems(blocks) == blocks


@pytest.mark.parametrize(
    ("name", "is_verse"),
    [
        ("wp-block-verse", True),
        ("poem", True),
        ("stanza line-3", True),
        ("universe", False),
        ("diverse", False),
        ("converse-shoes", False),
    ],
)
def test_class_names_of_verse(name: str, is_verse: bool) -> None:
    assert is_verse_name(name) is is_verse
