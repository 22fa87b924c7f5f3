"""Fixed expressions: 401(k), 24/7, WWII, and/or."""

from __future__ import annotations

import re
from collections import defaultdict

from exporter.normalize import Parts, Rule
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return a rule for all expressions that begin with the same token."""
    del variety  # the same in all varieties
    fixed: dict[str, str] = load_table("en", "names")["fixed"]
    families: dict[str, list[str]] = defaultdict(list)
    for written in fixed:
        families[find_anchor(written)].append(written)
    for forms in families.values():
        forms.sort(key=len, reverse=True)

    def read_name(match: re.Match[str]) -> Parts:
        said = fixed[match["name"]] + (match["ending"] or "")
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)

    # Beside a digit, a letter or another slash it is part of a longer expression.
    edge, end = r"(?<![\w/$£€.,])(?:(?<!-)|(?<=[\da-z]-))", r"(?![\w/%]|[.,]\d)"
    return tuple(
        Rule(
            "name",
            frozenset({first, f"{first}'s", f"{first}’s"}),
            rf"{edge}(?P<name>{'|'.join(map(re.escape, forms))})(?P<ending>['’]s)?{end}",
            read_name,
        )
        for first, forms in families.items()
    )
