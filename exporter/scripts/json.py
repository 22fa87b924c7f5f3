"""JSON: the contract, one cue a line so that versions can be compared."""

from __future__ import annotations

import msgspec

from exporter.script import Script, to_json


def render(script: Script) -> bytes:
    """Write the model's own JSON, indented."""
    return msgspec.json.format(to_json(script), indent=1) + b"\n"
