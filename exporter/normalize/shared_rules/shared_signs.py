"""Signs between words and before numbers: a ≈ b, ≥ 18, p=0.07, (* 1947), ø 5 mm, 110 kW/150 PS."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for signs."""
    signs: dict[str, str] = language.tables["signs"]

    def read_before_number(match: re.Match[str]) -> Parts:
        """Read "±5", "≥ 3" and "(≈ 12 g)"; "~5 km" are about five."""
        return say(match, signs[match.group().replace("~", "≈")])

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match.group()])

    def read_bound(match: re.Match[str]) -> Parts:
        """Read a sign of inequality in prose: "less than 5 g"."""
        return say(match, language.words["less" if match.group() == "<" else "more"])

    def read_life_sign(match: re.Match[str]) -> Parts | None:
        """Read the signs of birth and death, where a language writes them: "(* 1947; † 2019)"."""
        said = signs.get(match.group())
        return say(match, said) if said else None

    def read_diameter(match: re.Match[str]) -> Parts:
        return say(match, signs["ø"])

    def read_pause(match: re.Match[str]) -> Parts:
        return say(match, "—")

    before_slash = "|".join(
        rf"(?<=\d\s{unit})|(?<=\d{unit})" for unit in ("kW", "PS", "Nm", "cm", "mm", "km", "kg", "min")
    )
    measured = r"(?=\s?\d{1,4}(?:[.,]\d{1,3})?\s?[cmk]?m(?!\w))"
    measure_before = r"(?:(?<=\d\s[cm]m\s)|(?<=\d\s[cm]m\sde\s)|(?<=\d[cm]m\s))"
    return (
        Rule("bound", frozenset("<>"), r"(?:(?<=[^\W\d_]{3}\s)|(?<=\())[<>](?=\s?\d)", read_bound),
        Rule("sign", frozenset("=+<>≤≥≈×@~±"), r"(?<=\s)[=+<>≤≥≈×@~±](?=\s)", read_sign),
        Rule("sign", frozenset("±≈≤≥~"), r"(?:(?<=[\s(])|\A)(?:[±≈≤≥](?=\s?\d)|~(?=\d))", read_before_number),
        Rule("sign", frozenset("=<>"), r"(?:(?<=\b[a-zA-Z])|(?<=\d))[=<>](?=\s?\d)", read_sign),  # "p=0,07", "5+7=12"
        # "minuto 90+3"
        Rule("sign", frozenset("+"), r"(?:(?<=\d)|(?<=\d[eᵉ]))\+(?=\d)(?!\d{1,2}['′’])", read_sign),
        Rule("sign", frozenset("*†"), r"(?:(?<=\()|(?<=[;,]\s))[*†](?=\s?\d)", read_life_sign),
        Rule("sign", frozenset("ø⌀"), rf"(?<!\w)[øØ⌀]{measured}|{measure_before}[øØ⌀](?!\w)", read_diameter),
        # "110 kW/150 PS"
        Rule("sign", frozenset("/"), rf"(?:{before_slash})/(?=\d)", read_pause),
        Rule("sign", frozenset("/|"), r"(?<=\s)(?:[/|](?!\s\d)|(?<!\d\s)[/|])(?=\s)", read_pause),
    )
