"""Why a short text that stands beside the parts of an article is not in it: by its own words.

The steps of a reader say why they leave out what they leave out. What is left then are labels and other lines that end
in no block because their facts are elsewhere: in the metadata, in a credit, in a number of a list.
"""

from __future__ import annotations

from exporter.readers import boilerplate, bylines, photo_credits, picture_owners, publication_dates

_EDGE_MARKS = " |·•–—-:/()[]\n\t"
"""Marks around a line that divide it from its neighbours."""

_MAX_CHARS_BESIDE_DATE = 40
"""Characters that a line may hold beside its date, as in the filters of pages."""


def find_line_reason(text: str) -> str:
    """Return what a line says that is not an article's text, as the reason why it is left out; empty if it may be."""
    line = " ".join(text.split())
    plain = line.strip(_EDGE_MARKS)
    moment = publication_dates.find_date(line)
    if (
        publication_dates.is_label(line)
        or publication_dates.is_labelled_time(line)
        or (moment is not None and len(line) - (moment.end - moment.start) <= _MAX_CHARS_BESIDE_DATE)
    ):
        return "the date"
    if not any(map(str.isalpha, plain)):
        return "a number beside the text" if any(map(str.isalnum, plain)) else "marks between the parts"
    if picture_owners.measure_label(f"{plain}:") > len(plain):
        return "the label of a credit"
    if bylines.is_lead(line) or bylines.parse_byline(line):
        return "the byline"
    if photo_credits.is_credit(line) or photo_credits.split_credit(line)[0] == "":
        return "the credit of a picture"
    if kind := boilerplate.classify(line):
        return f"boilerplate ({kind})"
    return "a name beside the text" if bylines.is_person(plain) else ""
