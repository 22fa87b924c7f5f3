"""JSON: the contract. Each cue and each entry of the ledger is a line, so that versions can be compared."""

from __future__ import annotations

import msgspec

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Script, from_json


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write a script as JSON."""
    fields = (f'"{name}": '.encode() + _encode_field(getattr(script, name)) for name in Script.__struct_fields__)
    return b"{" + b",\n".join(fields) + b"}\n"


def read(data: bytes) -> Script:
    """Read what `render` wrote; raises `msgspec.DecodeError` on anything else."""
    return from_json(data)


def _encode_field(value: object) -> bytes:
    if isinstance(value, tuple) and value:
        return b"[\n" + b",\n".join(map(msgspec.json.encode, value)) + b"]"
    return msgspec.json.encode(value)
