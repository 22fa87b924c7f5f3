"""Direct speech behind a dash, as Spanish and French print it: "—No vamos —dijo Ana—. Nunca."."""

from __future__ import annotations

import re

from exporter.narration.speakers import Speakers

_OPENING_DASH = re.compile(r"[—–]\s?(?=[\w¿¡«“])")
# Who speaks, between two dashes or behind the last: " —dijo Ana—", with the stop behind it.
_DASHED_ATTRIBUTION = re.compile(r"\s[—–]\s?(?P<words>[^\W\d_][^—–]{2,200}?)(?:[—–](?=[\s.,;:?!…]|\Z)[.,;:]?\s*|\Z)")
# "– Pourquoi ? demanda Paul."
_QUESTION_ATTRIBUTION = re.compile(r"[?!…]\s+(?P<words>[^\W\d_A-ZÀ-Þ].{2,200})")


def find_dashed_speech(text: str, speakers: Speakers) -> list[tuple[int, int, str]]:
    """Return what is spoken in a paragraph of dialogue, from where to where, and by whom.

    A dash also begins the items of a list: only where somebody is said to speak it is one of speech.
    """
    opening = _OPENING_DASH.match(text)
    if not opening:
        return []
    speaker: str | None = None
    spans: list[tuple[int, int]] = []
    start = 0
    for incise in _DASHED_ATTRIBUTION.finditer(text, opening.end()):
        named = speakers.after(incise["words"])
        if named is None:
            continue
        speaker = speaker or named
        spans.append((start, incise.start()))
        start = incise.end()
    if speaker is None:
        speaker = speakers.inside(text)
    if speaker is None and (asked := _QUESTION_ATTRIBUTION.search(text)):
        speaker = speakers.after(asked["words"])
    if speaker is None:
        return []
    if text[start:].strip():
        spans.append((start, len(text)))
    speakers.last = speaker or speakers.last
    return [(first, last, speaker) for first, last in spans]
