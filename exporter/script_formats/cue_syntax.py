"""The cues that people write and read in working scripts: labels, anchors, pauses, and what only looks like one.

A label is a role and who speaks ("QUOTE Ali Latifi"); facts beside it (`voice="en-gb" language="fr"`) say how. An
anchor stands in braces (`{#b3.1}`), a pause on a line of its own, in seconds: `(pause 2)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec

from exporter.linear_patterns import MAYBE_SPACES
from exporter.script import PauseKind, Role
from exporter.script_formats import pronouncers
from exporter.script_formats.working_script import NARRATOR, PauseItem, Style

_PAUSE = re.compile(r"\(\s*pause\s+(\d+(?:\.\d+)?|\.\d+)(?:\s*s)?(?:\s+([a-z]+))?\s*\)$", re.IGNORECASE)
_LIKE_PAUSE = re.compile(r"\(\s*pause\b[^)]*\)?", re.IGNORECASE)
_ANCHOR = re.compile(MAYBE_SPACES + r"\{#([^\s{}|\\]+)\}")
_FACT = re.compile(r"(?<![a-z])([a-z]++)=(\"(?:[^\"\\]|\\.)*\"|\S+)")
_FACT_NAMES = ("speaker", "voice", "language")
_NOT_FACT_CHARS = re.compile(r"[`{}(#]")
_PLAIN_SPEAKER = re.compile(r"[^\W\d_][^*`#\"=:{}(|\\\s]*(?: [^*`#\"=:{}(|\\\s]+)*")
_MAX_QUOTED_CHARS = 40  # of a line, in a message
_MAX_LISTED_FAULTS = 20


def write_label(style: Style) -> tuple[str, str]:
    """Return the label and the facts of a style; both are empty for the narrator's own."""
    if style == NARRATOR:
        return "", ""
    label, facts = style.role.upper(), style
    if style.speaker and _PLAIN_SPEAKER.fullmatch(style.speaker):
        label, facts = f"{label} {style.speaker}", msgspec.structs.replace(style, speaker=None)
    written = ((name, getattr(facts, name)) for name in _FACT_NAMES)
    return label, " ".join(f"{name}={_encode_fact(value)}" for name, value in written if value is not None)


def _encode_fact(value: str) -> str:
    """Return a fact as JSON in which nothing looks like a cue, or ends the code span of Markdown."""
    return _NOT_FACT_CHARS.sub(lambda match: f"\\u{ord(match[0]):04x}", encode_json(value))


def read_label(label: str, facts: str) -> Style:
    """Return the style of a label and its facts; a name alone quotes, a misspelt role is the narrator."""
    values = {name: msgspec.json.decode(value) if value[0] == '"' else value for name, value in _FACT.findall(facts)}
    role, _, speaker = " ".join(label.split()).partition(" ")
    known = role.lower() in get_args(Role)
    if not known and label.strip() and not label.isupper():
        role, speaker = "quote", " ".join(label.split())
    return Style(
        role=find_member(Role, role.lower(), "narrator"),
        speaker=values.get("speaker", speaker if speaker and (known or role == "quote") else None),
        voice=values.get("voice"),
        language=values.get("language"),
    )


def write_pause(pause: PauseItem) -> str:
    """Return the line of a pause."""
    return f"(pause {pause.seconds:g}{f' {pause.kind}' if pause.kind else ''})"


def read_pause(line: str) -> PauseItem | None:
    """Return the pause that a line is; None for any other line."""
    match = _PAUSE.fullmatch(line.strip())
    if not match:
        return None
    return PauseItem(float(match[1]), find_member(PauseKind, (match[2] or "").lower(), ""))


def take_anchor(line: str) -> tuple[str, str]:
    """Return a line without its anchor, and the anchor; empty if it has none."""
    match = _ANCHOR.search(pronouncers.mask_pronouncers(line))
    return (line[: match.start()] + line[match.end() :], match[1]) if match else (line, "")


def find_faults(line: str) -> Iterator[str]:
    """Yield what is wrong with a line that looks like a cue, or holds what looks like one, and is not."""
    if read_pause(line):
        return
    text, _ = take_anchor(line)
    if found := _LIKE_PAUSE.search(pronouncers.mask_pronouncers(text)):
        quoted = text[found.start() : found.end()]
        yield f"{_shorten(quoted)} is not a pause: write its seconds on a line of its own, as in (pause 0.7)"
    elif stray := pronouncers.find_stray_brace(text):
        yield (
            f"{_shorten(stray)} has no closing brace: write {{written|spoken}}"
            if stray.startswith("{") and "}" not in stray
            else f"{_shorten(stray)} is not a pronouncer: write {{written|spoken}}, or \\{{ for a brace"
        )


def refuse_faults(faults: Iterable[str]) -> None:
    """Raise `ValueError` that lists faults, the first of them; nothing happens without any."""
    if listed := list(faults):
        more = len(listed) - _MAX_LISTED_FAULTS
        raise ValueError("; ".join(listed[:_MAX_LISTED_FAULTS]) + (f"; and {more} more" if more > 0 else ""))


def _shorten(text: str) -> str:
    return repr(text[:_MAX_QUOTED_CHARS])


def find_member(literal: Any, name: str, default: str) -> Any:
    """Return a name of a literal type, or the default for a misspelt one."""
    return name if name in get_args(literal) else default


def encode_json(value: object) -> str:
    """Return a value as JSON."""
    return msgspec.json.encode(value).decode()
