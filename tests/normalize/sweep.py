"""Units for sweeps over the rules of English: for each rule, what it reads in the tables of examples."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Spoken
from exporter.normalize.normalizers import load_normalizer
from tests.test_normalize import OTHERS, examples


def find_units(per_rule: int) -> Iterator[tuple[str, str]]:
    """Yield the names of rules, each with up to so many units: the first words it reads, with a space after them."""
    normalize = load_normalizer("en-US")
    seen: dict[str, set[str]] = {}
    for table, written, _ in examples():
        if table in OTHERS:
            continue
        spoken: Spoken = normalize(written)
        for reading in spoken.readings:
            units = seen.setdefault(reading.rule, set())
            unit = f"{written[max(0, reading.start - 8) : reading.end]} "
            if len(units) < per_rule and unit not in units:
                units.add(unit)
                yield reading.rule, unit
