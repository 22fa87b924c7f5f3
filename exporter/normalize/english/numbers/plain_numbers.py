"""Numbers that no other rule reads: cardinals, decimals, signs, and labels, which are read digit by digit."""

from __future__ import annotations

import re

from exporter.normalize import GLUED, NUMBER, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, SIGN_WORDS, Variety, find_word_before

# Words before a number that is read digit by digit.
_WORDS_BEFORE_LABELS = frozenset(
    "barcode iccid imei isbn pin routing account serial tracking zip code postcode password passcode tag sku upc ean "
    "ssn confirmation reference docket id vin".split()
)

# Before several ZIP codes: "ZIP codes 94110 and 94103".
_ZIP_CODE_BEFORE = re.compile(r"\bZIPs?\b|\b(?:zip|postal) codes?\b")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for plain numbers."""

    def read_number(match: re.Match[str]) -> Parts:
        return say(match, variety.say_number(match.group()))

    def read_label(match: re.Match[str]) -> Parts | None:
        label = find_word_before(match.string, match.start()).strip(":#")
        near = match.string[max(0, match.start() - 30) : match.start()]
        if (
            len(match.group()) < 12
            and label not in _WORDS_BEFORE_LABELS
            and not (len(match.group()) == 5 and _ZIP_CODE_BEFORE.search(near))
        ):
            return None
        return say(match, english_numerals.say_digits(match.group()))

    return (
        # "PIN 4711"
        Rule("label", frozenset({NUMBER}), r"\d{4,36}(?!\d|[,.]\d)", read_label),
        # "17", "−3.5"
        Rule(
            "number",
            frozenset({NUMBER, GLUED, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥"}),
            rf"(?:(?<![\w.)\]])[-−+±~≈<>≤≥]\s?)?(?:{NUMBER_PATTERN})",
            read_number,
        ),
        # ".312"
        Rule("number", frozenset({"."}), r"(?<![\w.])\.\d{1,30}(?!\d)", read_number),
        # The sign before a number that another rule reads: "≥ 3:1".
        Rule(
            "sign",
            frozenset("~≈<>≤≥"),
            r"[~≈<>≤≥](?=\s?\d)",
            lambda match: say(match, SIGN_WORDS[match.group()].strip()),
        ),
        # More digits than `NUMBER_PATTERN` matches.
        Rule(
            "figures",
            frozenset({NUMBER, GLUED}),
            r"(?!(?<!\S)\d{1,36}(?!\S))\d++",
            read_number,
        ),
    )
