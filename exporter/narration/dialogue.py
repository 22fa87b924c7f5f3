"""Direct speech after a dash, as Spanish and French print it: "—No vamos —dijo Ana—. Nunca."."""

from __future__ import annotations

import re

from exporter.narration.speakers import Speakers

_OPENING_DASH = re.compile(r"[—–]\s?(?=[\w¿¡«“])")
# Who speaks, between two dashes or after the last: " —dijo Ana—", with the stop after it.
_DASHED_ATTRIBUTION = re.compile(r"\s[—–]\s?(?P<words>[^\W\d_][^—–]{2,200}?)(?:[—–](?=[\s.,;:?!…]|\Z)[.,;:]?\s*|\Z)")
# "– Pourquoi ? demanda Paul."
_QUESTION_ATTRIBUTION = re.compile(r"[?!…]\s+(?P<words>[^\W\d_A-ZÀ-Þ].{2,200})")


def find_dashed_speech(text: str, speakers: Speakers) -> list[tuple[int, int, str]]:
    """Return the spans of direct speech in a paragraph, each as start, end and speaker (empty if not named).

    A dash also begins the items of a list: it opens direct speech only if an attribution says that somebody speaks.
    """
    opening = _OPENING_DASH.match(text)
    if not opening:
        return []
    speaker: str | None = None
    spans: list[tuple[int, int]] = []
    start = 0
    for attribution in _DASHED_ATTRIBUTION.finditer(text, opening.end()):
        named = speakers.find_after(attribution["words"])
        if named is None:
            continue
        speaker = speaker or named
        spans.append((start, attribution.start()))
        start = attribution.end()
    if speaker is None:
        speaker = speakers.find_inside(text)
    if speaker is None and (question := _QUESTION_ATTRIBUTION.search(text)):
        speaker = speakers.find_after(question["words"])
    if speaker is None:
        return []
    if text[start:].strip():
        spans.append((start, len(text)))
    if speaker:
        speakers.last_speaker = speaker
    return [(first, last, speaker) for first, last in spans]
