"""The facts of a working script, as lines: what it is of, how long it runs, and what became of each block.

Each line is a name and a JSON value, so that the front matter of Markdown is YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import msgspec
from msgspec.structs import replace

from exporter.article import Metadata
from exporter.narration.timing import FITTED_WORDS_PER_MINUTE, estimate_seconds
from exporter.script import SCHEMA, Cue, LedgerEntry, Say, Script, make_ledger_entry
from exporter.script_formats.cue_syntax import encode_json
from exporter.script_formats.script_timings import format_clock
from exporter.script_formats.working_script import Item, list_pauses, read_items

_LEDGER_ENTRY = re.compile(r"`([^`]*)`(?:: (.*))?")


class ScriptFacts(msgspec.Struct, frozen=True):
    """What a working script says of itself; `pauses` is None if all its pauses are written."""

    title: str = ""
    slug: str = ""
    language: str = "en"
    words: int = 0
    seconds: float = 0.0
    pauses: dict[str, float] | None = None
    article: Metadata = Metadata()


def write_facts(script: Script) -> Iterator[str]:
    """Yield the lines of the facts."""
    yield f"script: {script.schema}"
    yield f"title: {encode_json(script.title)}"
    yield f"slug: {encode_json(script.slug)}"
    yield f"language: {encode_json(script.language)}"
    yield f"words: {script.words}"
    yield f"running: {format_clock(script.seconds)}"
    yield f"seconds: {script.seconds}"
    yield f"pauses: {encode_json(list_pauses(script))}"
    yield f"article: {encode_json(msgspec.to_builtins(script.metadata))}"


def read_facts(lines: Iterable[str]) -> ScriptFacts:
    """Read lines that `write_facts` wrote; raises `msgspec.DecodeError`."""
    values: dict[str, Any] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name in ScriptFacts.__struct_fields__:
            values[name] = msgspec.json.decode(value)
    return msgspec.convert(values, ScriptFacts)


def write_ledger(script: Script) -> Iterator[str]:
    """Yield the lines of the ledger: blocks that are spoken side by side, each other one with its reason."""
    for why, entries in groupby(script.ledger, key=lambda entry: entry.why):
        anchors = [f"`{entry.anchor}`" for entry in entries]
        yield from (f"- {anchor}: {why}" for anchor in anchors) if why else (f"- {' '.join(anchors)}",)


def read_ledger(lines: Iterable[str]) -> tuple[LedgerEntry, ...]:
    """Read lines that `write_ledger` wrote."""
    found = (match for line in lines if line.startswith("- ") for match in _LEDGER_ENTRY.finditer(line))
    return tuple(make_ledger_entry(match[1], match[2] or "") for match in found)


def make_script(facts: ScriptFacts, items: Iterable[Item], ledger: tuple[LedgerEntry, ...]) -> Script:
    """Make a script of what was read.

    Words are counted again; the running time is estimated again if their number has changed.
    """
    cues: tuple[Cue, ...] = read_items(items, facts.language, facts.pauses)
    words = sum(len(cue.words) for cue in cues if isinstance(cue, Say))
    script = Script(
        schema=SCHEMA,
        title=facts.title,
        slug=facts.slug,
        language=facts.language,
        words=words,
        seconds=facts.seconds,
        cues=cues,
        ledger=ledger,
        metadata=facts.article,
    )
    if words == facts.words:
        return script
    return replace(script, seconds=estimate_seconds(cues, FITTED_WORDS_PER_MINUTE, facts.language))
