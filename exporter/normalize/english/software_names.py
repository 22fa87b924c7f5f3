"""Names of programs before a number, which make it a version: "Python 3.12", "newer than 3.11"."""

from __future__ import annotations

import re
from functools import cache

from exporter.normalize.toml_tables import load_table

# Words between two versions of one program: "newer than 3.11".
_COMPARING_WORDS = frozenset("than and to or from with over versus vs. after before until".split())
# "Versions 7.0.12, 6.4.13 or ": a list of versions goes on.
_VERSIONS_BEFORE = re.compile(r"\b[Vv]ersions?\s(?:\d+(?:\.\d+){1,3},?\s(?:(?:and|or)\s)?){1,8}\Z")
_REACH_CHARS = 60  # in which a name is looked for; chosen by hand


@cache
def _load_names() -> frozenset[str]:
    return frozenset(load_table("en", "identifiers")["software"].split())


def is_software_before(match: re.Match[str]) -> bool:
    """Whether the word before a match names a program, or a list of versions leads up to it."""
    before = match.string[max(0, match.start() - _REACH_CHARS) : match.start()]
    words = re.findall(r"[a-z.]+", before.lower())
    near = words[-1:] if not words or words[-1] not in _COMPARING_WORDS else words
    return not _load_names().isdisjoint(near) or bool(_VERSIONS_BEFORE.search(before))
