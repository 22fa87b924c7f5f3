"""Desk scripts: a Word document that is edited and read back, and a page for print."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from lxml import html

from exporter import readers, script_formats
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.script import Chapter, Pause, Say, Script
from exporter.script_formats.docx_styles import NAMESPACE
from tests.builders import article
from tests.scripts.test_forms import script_of
from tests.scripts.test_working_markdown import STORY

W = f'xmlns:w="{NAMESPACE}"'


@pytest.fixture
def script() -> Script:
    return script_of(article(*STORY, title="Why the Ferry Is Late"))


def open_in_word(script: Script) -> Any:
    return docx.Document(BytesIO(script_formats.render(script, "docx")))


def save(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def read_saved(document: Any) -> Script:
    data = save(document)
    assert script_formats.recognises(data)
    return script_formats.read(data, "script.docx")


def find_row(document: Any, words: str) -> Any:
    return next(row for row in document.tables[0].rows if words in row.cells[1].text)


def list_said(script: Script) -> list[tuple[str, str, str | None]]:
    return [(cue.written, cue.role, cue.speaker) for cue in script.cues if isinstance(cue, Say)]


def test_a_document_saved_again_is_the_same_script(script: Script) -> None:
    assert read_saved(open_in_word(script)) == script


def test_a_changed_sentence_and_a_changed_speaker_are_read(script: Script) -> None:
    document = open_in_word(script)
    find_row(document, "Nobody knew").cells[1].paragraphs[0].text = "Then 5 people knew why."
    row = find_row(document, "We wait")
    row.cells[0].paragraphs[0].text = "QUOTE Bo Reyes"
    edited = read_saved(document)
    assert ("Then 5 people knew why.", "narrator", None) in list_said(edited)
    assert ('"We wait,"', "quote", "Bo Reyes") in list_said(edited)
    assert next(cue.spoken for cue in edited.cues if isinstance(cue, Say) and cue.anchor == "b2.1").startswith(
        "Then five"
    )


def test_a_paragraph_in_a_cell_is_the_next_sentence_and_a_new_row_a_paragraph(script: Script) -> None:
    document = open_in_word(script)
    find_row(document, "Nobody knew").cells[1].add_paragraph("Nobody asked.")
    document.tables[0].add_row().cells[1].text = "Good night."
    document.add_paragraph("From the studio.")
    edited = read_saved(document)
    place = next(
        place for place, cue in enumerate(edited.cues) if isinstance(cue, Say) and cue.written == "Nobody asked."
    )
    before, asked = edited.cues[place - 1 : place + 1]
    assert isinstance(before, Pause)
    assert isinstance(asked, Say)
    assert (before.kind, asked.anchor) == ("sentence", "b2.2")
    assert [said[0] for said in list_said(edited)[-2:]] == ["Good night.", "From the studio."]


def test_a_deleted_row_is_not_said_and_a_pause_row_is_a_pause(script: Script) -> None:
    document = open_in_word(script)
    row = find_row(document, "Nobody knew")
    row.cells[0].paragraphs[0].text = ""
    row.cells[1].paragraphs[0].text = "(pause 2.5)"
    gone = find_row(document, "Boats will")
    gone._tr.getparent().remove(gone._tr)
    edited = read_saved(document)
    written = [said[0] for said in list_said(edited)]
    assert "Nobody knew why." not in written
    assert "Boats will go again on May 3." not in written
    assert Pause("sentence", 2.5) in edited.cues


def test_tracked_changes_are_read_as_the_editor_sees_them(script: Script) -> None:
    document = open_in_word(script)
    paragraph = find_row(document, "Nobody knew").cells[1].paragraphs[0]
    run = paragraph.runs[0]._r
    run.addprevious(parse_xml(f"<w:ins {W}><w:r><w:t>Still, </w:t></w:r></w:ins>"))
    run.addnext(parse_xml(f"<w:del {W}><w:r><w:delText> Really.</w:delText></w:r></w:del>"))
    run.addnext(parse_xml(f"<w:moveFrom {W}><w:r><w:t> Moved.</w:t></w:r></w:moveFrom>"))
    row = find_row(document, "Boats will")._tr
    row.insert(0, parse_xml(f"<w:trPr {W}><w:del/></w:trPr>"))
    written = [said[0] for said in list_said(read_saved(document))]
    assert "Still, Nobody knew why." in written
    assert "Boats will go again on May 3." not in written


def test_chapters_are_read_and_new_ones_too(script: Script) -> None:
    document = open_in_word(script)
    row = document.tables[0].add_row()
    row.cells[0].text, row.cells[1].text = "SECTION", "Weather"
    chapters = [cue for cue in read_saved(document).cues if isinstance(cue, Chapter)]
    assert [(chapter.title, chapter.level) for chapter in chapters] == [
        ("Why the Ferry Is Late", 1),
        ("What comes next", 2),
        ("Weather", 2),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("(pause long)", "row 6: '(pause long)' is not a pause"),
        ("About {40%|forty percent of it.", "row 6: '{40%|forty percent of it.' has no closing brace"),
        ("It rained (pause 2) here.", "row 6: '(pause 2)' is not a pause"),
    ],
)
def test_what_looks_like_a_cue_and_is_not_one_is_an_error_with_its_row(script: Script, words: str, told: str) -> None:
    document = open_in_word(script)
    find_row(document, "Nobody knew").cells[1].paragraphs[0].text = words
    with pytest.raises(SourceError) as error:
        read_saved(document)
    assert told in error.value.cause


def test_a_document_without_its_facts_is_an_error(script: Script) -> None:
    document = open_in_word(script)
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    with pytest.raises(SourceError, match="hidden paragraphs"):
        read_saved(document)


def test_an_article_in_a_document_is_not_a_script() -> None:
    document = docx.Document()
    document.add_paragraph("It rained.")
    data = save(document)
    assert not script_formats.recognises(data)
    assert "It rained." in str(readers.read(Document("a.docx", data), InputSettings()).article)
    assert not script_formats.recognises(data[: len(data) // 2])


def test_the_same_script_is_the_same_bytes(script: Script) -> None:
    data = script_formats.render(script, "docx")
    assert data == script_formats.render(script, "docx")
    with ZipFile(BytesIO(data)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_the_printed_page_has_the_spoken_words_and_the_written_above_them(script: Script) -> None:
    data = script_formats.render(script, "html")
    page = html.fromstring(data.decode())
    assert [(ruby.text, ruby.findtext("rt")) for ruby in page.iter("ruby")] == [("nine", "9"), ("third", "3")]
    assert page.findtext(".//thead//th") == "FERRY LATE"
    assert [row.text for row in page.iterfind(".//tbody/tr/th") if row.text] == [
        "TITLE",
        "Ann Lee",
        "HEADING",
        "ANNOUNCEMENT",
    ]
    assert not [*page.iter("script", "link", "img")]
    assert "counter(page)" in page.findtext(".//style")


def test_the_printed_page_escapes_text_and_is_not_read_back() -> None:
    data = script_formats.render(script_of(article("A <b> & c.", title="<script>x</script>")), "html")
    assert not [*html.fromstring(data.decode()).iter("script", "b")]
    assert script_formats.recognises(data)
    with pytest.raises(SourceError, match="for print"):
        script_formats.read(data, "script.html")
