"""PDF files, made here operator by operator: columns, running heads, hyphens, headings, notes, captions, tables."""

from __future__ import annotations

import pytest

from exporter.account import list_dropped
from exporter.article import Bullets, Figure, Heading, Paragraph, Table, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, pdf, read

SETTINGS = InputSettings()
Words = tuple[float, float, float, str, str]
"""Left edge and base line in points from the lower left corner, size, font ("F1", or "F2" for bold), text."""


def make_pdf(*pages: list[Words], info: str = "") -> bytes:
    """Write a PDF file with the two fonts that every reader has."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    fonts = [font.format("Helvetica"), font.format("Helvetica-Bold")]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *fonts]
    layout = "/MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
    kids = []
    for page in pages:
        text = "".join(f"BT /{name} {size} Tf {x} {y} Td ({escape(words)}) Tj ET\n" for x, y, size, name, words in page)
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}endstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R {layout} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    count = len(objects) + 1
    table = f"xref\n0 {count}\n0000000000 65535 f \n" + "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"{table}{trailer}".encode()


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(x: float, y: float, *lines: str, size: float = 10, font: str = "F1") -> list[Words]:
    """Return lines below each other, 12 points apart."""
    return [(x, y - 12 * number, size, font, line) for number, line in enumerate(lines)]


def read_pdf(*pages: list[Words], info: str = "") -> Read:
    document = Document("paper.pdf", make_pdf(*pages, info=info))
    assert pdf.recognises(document)
    return read(document, SETTINGS)


LEFT = (
    "The ferry left the quay at nine, an hour",
    "late, and nobody on board had expected it",
    "to leave at all that day. The captain said",
    "that the fog was the worst in ten winters,",
    "and that he had waited for the harbour of-",
)
RIGHT = (
    "fice to call him before he cast off from",
    "the quay with two hundred passengers.",
    "They came from the upper town, where the",
    "road has been closed since the storm, and",
    "most of them had slept in the waiting hall.",
)


def test_two_columns_are_read_one_after_the_other() -> None:
    page = [(50, 740, 18, "F2", "The ferry in the fog"), *column(50, 700, *LEFT), *column(320, 700, *RIGHT)]
    found = read_pdf(page)
    assert found.article.metadata.title == "The ferry in the fog"
    (text,) = (block_text(block) for block in found.article.blocks if isinstance(block, Paragraph))
    assert text.startswith("The ferry left the quay at nine, an hour late,")
    assert "waited for the harbour office to call him" in text
    assert text.endswith("slept in the waiting hall.")


def test_lines_in_turn_of_both_columns_are_sorted() -> None:
    page = [line for pair in zip(column(50, 700, *LEFT), column(320, 700, *RIGHT), strict=True) for line in pair]
    (block,) = read_pdf(page).article.blocks
    assert "the harbour office to call" in block_text(block)


def test_running_heads_and_page_numbers_go_and_are_accounted_for() -> None:
    pages = [
        [(50, 770, 9, "F1", "Journal of Harbours"), *column(50, 700, *lines), (290, 30, 9, "F1", str(number))]
        for number, lines in ((17, LEFT), (18, RIGHT), (19, RIGHT[2:] + LEFT[:2]))
    ]
    found = read_pdf(*pages)
    text = " ".join(map(block_text, found.article.blocks))
    assert "Journal" not in text
    assert "17" not in text
    assert "harbour office to call him" in text
    dropped = [(part.text, part.where) for part in list_dropped(found.account) if "running head" in part.why]
    assert dropped[:3] == [("Journal of Harbours", "page 1"), ("17", "page 1"), ("Journal of Harbours", "page 2")]


def test_headings_are_known_by_their_letters() -> None:
    page = [
        (50, 750, 20, "F2", "The ferry"),
        *column(50, 700, "1 Introduction", size=14),
        *column(50, 670, *LEFT[:3]),
        *column(50, 600, "1.1 The fog of May", size=12, font="F2"),
        *column(50, 570, *RIGHT[1:]),
        *column(50, 490, "Costs", font="F2"),
        *column(50, 470, *LEFT[3:], *RIGHT[:1]),
    ]
    blocks = read_pdf(page).article.blocks
    headings = [(block.level, block_text(block)) for block in blocks if isinstance(block, Heading)]
    assert headings == [(2, "1 Introduction"), (3, "1.1 The fog of May"), (4, "Costs")]


def test_paragraphs_end_at_gaps_and_before_indents() -> None:
    page = [
        *column(50, 700, *LEFT[:3]),
        *column(62, 664, RIGHT[2]),
        *column(50, 652, *RIGHT[3:]),
        *column(50, 600, *RIGHT[2:]),
    ]
    texts = [block_text(block) for block in read_pdf(page).article.blocks]
    assert [text.split()[0] for text in texts] == ["The", "They", "They"]


def test_notes_lists_and_captions() -> None:
    page = [
        *column(50, 700, *LEFT[:2]),
        (50, 676, 10, "F1", "to leave at all that day."),
        (150, 680, 6, "F1", "1"),
        *column(50, 640, "• The north line runs every hour,", "   also in winter.", "• The south line runs at noon."),
        *column(50, 580, "Figure 2: The quay in the fog."),
        *column(50, 540, *RIGHT[2:]),
        (50, 100, 5, "F1", "1"),
        (54, 98, 8, "F1", "By the clock of the harbour, which is slow."),
    ]
    article = read_pdf(page).article
    kinds = [type(block) for block in article.blocks]
    assert kinds == [Paragraph, Bullets, Figure, Paragraph]
    assert block_text(article.blocks[2]) == "Figure 2: The quay in the fog."
    assert [block_text(block) for note in article.notes for block in note.blocks] == [
        "By the clock of the harbour, which is slow."
    ]


def test_a_table_keeps_its_rows() -> None:
    rows = [("Line", "Fare", "Seats"), ("North", "3.50", "120"), ("South", "2.75", "80")]
    cells = [(50 + 90 * x, 640 - 14 * y, 10, "F1", text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    blocks = read_pdf([*column(50, 700, *LEFT[:3]), *cells, *column(50, 560, *RIGHT[2:])]).article.blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert block_text(table).split() == ["Line", "Fare", "Seats", "North", "3.50", "120", "South", "2.75", "80"]


def test_the_file_may_state_its_title_and_authors() -> None:
    metadata = read_pdf(
        column(50, 700, *LEFT[:4]), info="/Title (The ferry) /Author (Ann Lee; Jo Reed)"
    ).article.metadata
    assert (metadata.title, metadata.authors) == ("The ferry", ("Ann Lee", "Jo Reed"))
    untitled = read_pdf(column(50, 700, *LEFT[:4]), info="/Title (Microsoft Word - draft.doc)").article.metadata
    assert untitled.title.lower() == "paper"


LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") >> /ID [(a) (a)]"
LOCKED = make_pdf(column(50, 700, *LEFT)).replace(b"/Info", LOCK + b" /Info")


def test_a_damaged_page_is_left_out_with_a_notice() -> None:
    whole = make_pdf(column(50, 700, *LEFT), column(50, 700, *RIGHT))
    found = read(Document("paper.pdf", whole.replace(b"/Type /Page ", b"/Type /Pagx ", 1)), SETTINGS)
    assert [block_text(block) for block in found.article.blocks] == [" ".join(RIGHT)]
    assert [notice.text for notice in found.notices] == ["page 1 is left out: it is damaged"]


DAMAGED_PAGE = make_pdf(column(50, 700, *LEFT)).replace(b"/Type /Page ", b"/Type /Pagx ")


@pytest.mark.parametrize(
    ("data", "cause"),
    [(make_pdf([]), "NoText"), (DAMAGED_PAGE, "Damaged"), (b"%PDF-1.4\n" + bytes(99), "Damaged"), (LOCKED, "Locked")],
    ids=["no text", "a damaged page", "damaged", "locked"],
)
def test_a_file_that_cannot_be_read_is_an_error(data: bytes, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        read(Document("a.pdf", data), SETTINGS)


def test_without_the_library_the_error_names_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    with pytest.raises(SourceError) as failed:
        read(Document("a.pdf", make_pdf(column(50, 700, *LEFT))), SETTINGS)
    assert "pip install 'exporter[pdf]'" in str(failed.value)
