"""Facts that are glued to the text before them in a page header: "Ann LeeMay 3, 2024", "ByAnn Lee"."""

from __future__ import annotations

import re

from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.scraped import header_spans

_GLUE = re.compile(r"(?<=[a-zß-ÿ])(?:(?=\d)|(?=[A-ZÀ-Þ][a-zß-ÿ]))")
_LETTERS = re.compile(r"[^\W\d_]+")


def split_glued_facts(line: str) -> str:
    """Return a line with spaces before the facts in it, if that makes it a line of facts; a doubled line once."""
    middle = len(line) // 2
    once = line[:middle].strip()
    if once == line[middle:].strip() and (
        bylines.is_name(once) or boilerplate.classify(once) or header_spans.is_fact(once)
    ):
        return once
    spaced = _GLUE.sub(lambda place: " " if _begins_fact(line, place.start()) else "", line)
    return spaced if spaced != line and header_spans.is_fact(spaced) else line


def _begins_fact(text: str, at: int) -> bool:
    """Whether a date, its label, or boilerplate begins at a place in a line, or a byline's leading word ends there."""
    rest = text[at:]
    moment = publication_dates.find_date(rest)
    if (moment and moment.start == 0) or boilerplate.classify(rest) or bylines.is_lead(text[:at]):
        return True
    match = _LETTERS.match(rest)
    return match is not None and publication_dates.is_calendar_word(match[0].casefold())
