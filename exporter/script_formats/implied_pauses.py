"""Implied pauses: the kind of silence that stands between two cues unless a working script writes another.

A working script names only the pauses that these rules do not foresee, so that a person can read past its cues.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from exporter.script import Chapter, Cue, Pause, PauseKind, Role, Say, continues_phrase

Relation = Literal["sentence", "block", "apart"]
"""What two utterances share: one sentence, one block, or neither."""

_OPENING_ROLES = frozenset({"title", "byline", "date"})
_LINED_ROLES = frozenset({"narrator", "quote"})  # those in which the lines of a stanza are read
_SENTENCE_ENDS = tuple('.?!…:"”’»)]')


def relate_anchors(before: str, after: str) -> Relation:
    """Return what the utterances of two anchors share."""
    if before == after:
        return "sentence"
    return "block" if name_block(before) == name_block(after) else "apart"


def name_block(anchor: str) -> str:
    """Return the anchor of the block that a sentence belongs to: "b3" for "b3.1"."""
    return anchor.partition(".")[0]


def imply_pause(cues: Sequence[Cue], place: int, relation: Relation | None = None) -> PauseKind | None:
    """Return the kind of the pause before the cue at `place` of cues without pauses; None for no pause.

    The place after the last cue is that of the closing. `relation` is None where the anchors tell it.
    """
    before = cues[place - 1] if place else None
    after = cues[place] if place < len(cues) else None
    if before is None or isinstance(before, Pause) or isinstance(after, Pause):
        return None
    if isinstance(before, Chapter):
        is_opening = isinstance(after, Say) and (place == 1 or after.role in _OPENING_ROLES)
        return "opening" if is_opening else None
    if after is None:
        return "closing"
    if isinstance(after, Chapter):
        return "section" if after.level > 1 else "closing"  # the next story of several
    relation = relation or relate_anchors(before.anchor, after.anchor)
    return _imply_between(before, after, _find_role(cues, place), relation)


def _find_role(cues: Sequence[Cue], place: int) -> Role | None:
    """Return the role of an utterance; for an announcement that of what it announces."""
    after = cues[place]
    following = cues[place + 1] if place + 1 < len(cues) else None
    if not isinstance(after, Say):
        return None
    if after.role == "announcement" and isinstance(following, Say) and following.anchor == after.anchor:
        return following.role
    return after.role


def _imply_between(before: Say, after: Say, role: Role | None, relation: Relation) -> PauseKind | None:
    if relation == "sentence":
        return None if continues_phrase(before, after) else "breath"
    if before.role in _OPENING_ROLES:
        return "title"
    if relation == "block":
        is_line = before.role in _LINED_ROLES and not before.written.endswith(_SENTENCE_ENDS)
        return "breath" if is_line else "sentence"
    if before.role == "heading":
        return "heading"
    if "caption" in (before.role, role):
        return "figure"
    if after.anchor.endswith("title"):
        return "section"
    return "item" if before.role == role == "list" else "paragraph"
