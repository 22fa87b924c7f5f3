"""Numbers of devices: resolutions (1080p), cards (4070 Ti), processors (8C/16T), lanes (x16), sensors, apertures."""

from __future__ import annotations

import re

from exporter.normalize import CODE, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context
from exporter.normalize.toml_tables import load_table


class _DeviceReader:
    """Reads the numbers that depend on word lists or on the variety of English."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "identifiers")
        self.graphics_cards = lists["graphics_cards"].split()
        self.unmistakable_resolutions = frozenset(lists["unmistakable_resolutions"].split())
        self.resolutions = (*lists["resolutions"].split(), *self.unmistakable_resolutions)

    def read_resolution(self, match: re.Match[str]) -> Parts | None:
        """Read "1080p"; "1440p" is pence where no word of screens stands near."""
        if match["lines"] not in self.unmistakable_resolutions and not has_context("screens", match):
            return None
        return say(match, f"{english_numerals.say_pairs(int(match['lines']))} {match['scan'].upper()}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for resolutions, graphics cards, processors, lanes of buses, sensors and apertures."""
    reader = _DeviceReader(variety)
    return (
        # "1080p"
        Rule(
            "resolution",
            frozenset({TIED}),
            rf"(?<![\w.,$£€])(?P<lines>{'|'.join(reader.resolutions)})(?P<scan>[pi])(?!\w)",
            reader.read_resolution,
        ),
        # "4070 Ti"
        Rule(
            "graphics card",
            frozenset({NUMBER}),
            rf"(?<![\w.,$£€])\d{{4}}(?=\s(?:{'|'.join(reader.graphics_cards)})\b)",
            lambda match: say(match, english_numerals.say_pairs(int(match.group()))),
        ),
        # The cores and threads of a processor: "8C/16T".
        Rule(
            "processor",
            frozenset({TIED}),
            r"(?<![\w.,/])(?P<cores>\d{1,3})C/(?P<threads>\d{1,3})T(?!\w)",
            lambda match: say(
                match, f"{variety.say_number(match['cores'])} cores, {variety.say_number(match['threads'])} threads"
            ),
        ),
        # The lanes of a bus: "PCIe 4.0 x16".
        Rule(
            "lanes",
            frozenset({CODE}),
            r"(?:(?<=\bPCIe\s)|(?<=\bPCIe\s\d\s)|(?<=\bPCIe\s\d\.\d\s))x(?P<lanes>\d{1,2})(?!\w)",
            lambda match: say(match, f"X {variety.say_number(match['lanes'])}"),
        ),
        # The size of a sensor: "1/1.56-inch", "1/2.5”".
        Rule(
            "sensor",
            frozenset({TIED}),
            r"(?<![\w.,/])1/(?P<size>\d\.\d{1,2})(?P<mark>[\"”″]|[-\s]inch\b)",
            lambda match: say(match, f"one over {variety.say_number(match['size'])}-inch"),
        ),
        # "f/2.8"
        Rule("aperture", frozenset("fƒ"), r"(?<!\w)[fƒ]/(?=\d)", lambda match: say(match, "F")),
    )
