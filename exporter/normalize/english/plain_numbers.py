"""Numbers that nothing else explains: cardinals, decimals, signs, and figures that only name something."""

from __future__ import annotations

import re

from exporter.normalize import GLUED, Parts, Rule, say
from exporter.normalize import NUMBER as FIGURES
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import NUMBER, SIGNS, Variety, before

# Words before a long number that make it a label: figures are read one by one.
_LABELS = frozenset(
    "barcode iccid imei isbn pin routing account serial tracking zip code postcode password passcode tag sku upc ean "
    "ssn confirmation reference docket id vin".split()
)

# "ZIP codes 94110 and 94103".
_ZIP = re.compile(r"\bZIPs?\b|\b(?:zip|postal) codes?\b")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for plain numbers."""

    def read_number(match: re.Match[str]) -> Parts:
        return say(match, variety.number(match.group()))

    def read_label(match: re.Match[str]) -> Parts | None:
        label = before(match.string, match.start()).strip(":#")
        near = match.string[max(0, match.start() - 30) : match.start()]
        if len(match.group()) < 12 and label not in _LABELS and not (len(match.group()) == 5 and _ZIP.search(near)):
            return None
        return say(match, english_numerals.digits(match.group()))

    def read_figures(match: re.Match[str]) -> Parts:
        """Read the figures that are left where another reading has taken a part of their number."""
        return say(match, variety.number(match.group()))

    return (
        Rule("label", frozenset({FIGURES}), r"\d{4,36}(?!\d|[,.]\d)", read_label),
        Rule(
            "number",
            frozenset({FIGURES, GLUED, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥"}),
            rf"(?:(?<![\w.)\]])[-−+±~≈<>≤≥]\s?)?(?:{NUMBER})",
            read_number,
        ),
        Rule("number", frozenset({"."}), r"(?<![\w.])\.\d{1,30}(?!\d)", read_number),
        # What stands before a number that another rule has read without it.
        Rule("sign", frozenset("~≈<>≤≥"), r"[~≈<>≤≥](?=\s?\d)", lambda match: say(match, SIGNS[match.group()].strip())),
        Rule(
            "figures",
            frozenset({FIGURES, GLUED}),
            r"(?!(?<!\S)\d{1,36}(?!\S))\d++",
            read_figures,
        ),
    )
