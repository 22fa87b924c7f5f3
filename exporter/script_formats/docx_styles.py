"""The look of a desk script in Word: styles, margins, and the header of each page."""

from __future__ import annotations

from typing import Any

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TEXT, HEADING, CUE, TIME, FACTS, MARK = (
    *("ScriptText", "ScriptHeading", "ScriptCue"),
    *("ScriptTime", "ScriptFacts", "ScriptMark"),
)
"""Names of the styles: the words, a heading, who speaks, when, hidden facts, and pronouncers' marks."""

# Points of each style of paragraphs. The words are large: they are read out at arm's length.
_POINTS = {TEXT: 15.0, HEADING: 15.0, CUE: 9.0, TIME: 8.0, FACTS: 6.0}
_MARK_POINTS = 9.0
_TEXT_LINE_SPACING = 1.4
_MARGIN_CENTIMETRES = 1.9
_A4_CENTIMETRES = (21.0, 29.7)
_FONT = "Arial"  # on every system, or one of the same widths
_PALE = "767676"  # contrast 4.5 to 1 on white, the least of WCAG 2.2


def add_styles(document: Any, language: str) -> None:
    """Add the styles of scripts to a document of python-docx, set its language, its paper and its margins."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  python-docx takes 70 ms, only DOCX needs it
    from docx.oxml.ns import qn  # noqa: PLC0415  as above
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415  as above

    for name, points in _POINTS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = _FONT, Pt(points)
        style.font.bold, style.font.hidden = name in (HEADING, CUE), name == FACTS
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = name == HEADING
        style.paragraph_format.line_spacing = _TEXT_LINE_SPACING if name == TEXT else 1.0
    mark = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER)
    mark.font.size = Pt(_MARK_POINTS)
    for style in (mark, document.styles[TIME]):
        style.font.color.rgb = RGBColor.from_string(_PALE)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)  # of the spelling checker
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, _A4_CENTIMETRES)
    section.left_margin = section.right_margin = Cm(_MARGIN_CENTIMETRES)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CENTIMETRES)


def write_header(document: Any, slug: str, running: str) -> None:
    """Write the header of each page: the slug, how long the script runs, the page and how many there are."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415  as above
    from docx.shared import Cm  # noqa: PLC0415  as above

    width = _A4_CENTIMETRES[0] - 2 * _MARGIN_CENTIMETRES
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.style = document.styles[CUE]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{slug}   {running}\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that the program fills in."""
    from docx.oxml import parse_xml  # noqa: PLC0415  as above

    field = f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx has no fields
