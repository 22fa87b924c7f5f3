"""Feet and inches, temperatures without a degree sign, and sizes: 5'11", 6-foot-4, 98F, 25 x 7."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, GLUED, LETTER, NUMERIC, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    FRACTION_PATTERN,
    NUMBER_PATTERN,
    Variety,
    find_word_after,
    find_word_before,
    has_context,
    is_attributive,
    is_noun_next,
    is_one,
    say_mixed_number,
)
from exporter.normalize.english.measures.unit_contexts import WORDS_BEFORE_SEATS
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# Two temperatures of the air do not begin higher; what does is the name of a thing.
_MAX_RANGE_DEGREES = 500
_PRIMES = str.maketrans("’′", "''")
# Words after "13F" that make it a form: "its 13F filing".
_WORDS_AFTER_FORMS = frozenset("filing filings form forms disclosure disclosures report reports".split())
# Words after "2x" that make it "two-time": "a 2x champion".
_WINNER_NEXT = re.compile(
    r"\s(?:[A-Z]\S+\s)?(?:champ(?:ion)?s?|winners?|MVPs?|All-Stars?|Olympians?|medall?ists?|nominees?|Pro Bowlers?)\b"
)
# After the cross of a product: "5 × 3 = 15"; before it: "multiply 5 × 3", "what is 9 x 8?".
_EQUATION_NEXT = re.compile(
    rf"(?:{NUMBER_PATTERN}\s?[x×]\s?){{0,3}}[$£€]?{NUMBER_PATTERN}\s?(?:=|equals?\b|makes\b|is\s(?:\d|[a-z]+[.,;]))"
)
_EQUATION_BEFORE = re.compile(
    rf"(?:=\s?|\b[Mm]ultipl(?:y|ying)\s|\bproduct\sof\s|\b[Cc]ompute\s|\b[Cc]alculate\s|\b[Ww]hat(?:'s|’s|\sis)\s|\b[Tt]imes\stables?[:,]?\s)"
    rf"(?:{NUMBER_PATTERN}\s?[x×]\s?){{0,3}}\Z"
)
# What makes two numbers the resolution of a screen.
_PIXELS_NEXT = re.compile(r"[\s-](?:pixels?|px|resolution|display|screen|panel|video)\b")
# An open quotation: its closing mark is not a sign of inches.
_OPEN_QUOTATION_BEFORE = re.compile(r"(?:[“]|(?<![\w.,!?])\")[^\"”]*\Z")


# Most numbers have no such sign behind them: this is found out first, since it is quicker than to read the number.
_FIGURES_PATTERN = r"[\d.,/\s¼-¾⅐-⅞–-]{1,60}+"


class _LengthReader:
    """Reads lengths, temperatures and sizes."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.parted = frozenset(load_table("en", "scales")["parted"].split())

    def read_height(self, match: re.Match[str]) -> Parts:
        inches = match["inches"]
        if inches.isdecimal() and 12 <= int(inches) < 60 and "'" in match["mark"].translate(_PRIMES):
            return self.read_running_time(match)
        feet = Word(f"{self.variety.say_number(match['feet'])} foot", match.start(), match.end("mark"))
        return (feet, Word(say_mixed_number(self.variety, match["inches"]), match.end("mark"), match.end()))

    def read_running_time(self, match: re.Match[str]) -> Parts:
        """Read 4'33": a foot has twelve inches, so these are minutes and seconds."""
        minutes, seconds = int(match["feet"]), int(match["inches"])
        return (
            Word(f"{self.variety.say_cardinal(minutes)} minute{'s'[: minutes != 1]}", match.start(), match.end("mark")),
            Word(f"{self.variety.say_cardinal(seconds)} seconds", match.end("mark"), match.end()),
        )

    def read_attributive_height(self, match: re.Match[str]) -> Parts | None:
        """Read "the 6ft 5in defender": elsewhere feet and inches are measures."""
        return self.read_height(match) if is_attributive(match.string, match.start(), match.end()) else None

    def read_feet(self, match: re.Match[str]) -> Parts:
        return (
            Word(
                f"{self.variety.say_number(match['feet'])} {'foot' if is_one(match['feet']) else 'feet'}", *match.span()
            ),
        )

    def read_inches(self, match: re.Match[str]) -> Parts | None:
        text, number = match.string, match["number"]
        if _OPEN_QUOTATION_BEFORE.search(text[max(0, match.start() - 200) : match.start()]):
            return None
        following = find_word_after(text, match.end())
        noun = is_noun_next(text, match.end()) and (following.islower() or (len(following) > 1 and following.isupper()))
        single = is_one(number) or noun or text.startswith("-", match.end())
        word = Word(
            f"{say_mixed_number(self.variety, number)} {'inch' if single else 'inches'}",
            match.start("number"),
            match.end(),
        )
        if not match["first"]:
            return (word,)
        return (
            Word(f"{say_mixed_number(self.variety, match['first'])} to", match.start(), match.start("number")),
            word,
        )

    def read_temperature(self, match: re.Match[str]) -> Parts | None:
        glued = match["c"] and match.start("c") == match.end("number")
        if (
            find_word_before(match.string, match.start()) in WORDS_BEFORE_SEATS
            or find_word_after(match.string, match.end()) in _WORDS_AFTER_FORMS
        ):
            return None
        if glued and not self.is_surely_degrees(match) and not has_context("weather", match, 100):
            return None
        if match["first"] and abs(float(match["first"].replace("−", "-"))) > _MAX_RANGE_DEGREES:  # "747-8F"
            return None
        scale = "Fahrenheit" if match["scale"] == "F" else "Celsius"
        single = (is_one(match["number"]) and not match["first"]) or is_attributive(
            match.string, match.start(), match.end()
        )
        degrees = "degree" if single else "degrees"
        said = (
            Word(self.variety.say_number(match["number"]), *match.span("number")),
            Word(f"{degrees} {scale}", match.end("number"), match.end()),
        )
        if not match["first"]:
            return said
        return (Word(f"{self.variety.say_number(match['first'])} to", match.start(), match.end("joint")), *said)

    def is_surely_degrees(self, match: re.Match[str]) -> bool:
        """Whether a temperature needs no word for it: "-5C", "37.2C"; but not "Table 3.1C", "a 2.0C rate"."""
        previous = find_word_before(match.string, match.start())
        decimals = match["number"].partition(".")[2].strip("0")
        return match["number"][0] in "-−" or (bool(decimals) and previous not in self.parted)

    def read_times(self, match: re.Match[str]) -> Parts:
        times = "-time" if _WINNER_NEXT.match(match.string, match.end()) else " times"
        first = f"{self.variety.say_number(match['first'])} to " if match["first"] else ""
        return say(match, f"{first}{self.variety.say_number(match['number'])}{times}")

    def read_marked_size(self, match: re.Match[str]) -> Parts:
        """Read two sizes in feet or in inches by their marks."""
        one, many = ("foot", "feet") if match["mark"] in "'’′" else ("inch", "inches")
        unit = one if is_noun_next(match.string, match.end()) else many
        return (
            Word(f"{say_mixed_number(self.variety, match['first'])} {unit} by", *match.span("first")),
            Word(f"{say_mixed_number(self.variety, match['last'])} {unit}", match.end("first"), match.end()),
        )

    def read_resolution(self, match: re.Match[str]) -> Parts | None:
        """Read "1920×1080": "nineteen twenty by ten eighty"."""
        if not (match["lines"] or _PIXELS_NEXT.match(match.string, match.end()) or has_context("screens", match, 60)):
            return None
        width, height = (english_numerals.say_designation(match[name]) for name in ("width", "height"))
        return (
            Word(width, *match.span("width")),
            Word(f"by {height} {match['lines'].upper()}".rstrip(), match.end("width"), match.end()),
        )

    def read_size(self, match: re.Match[str]) -> Parts:
        """Read the first of two sizes with its cross; in an equation the cross is "times"."""
        text = match.string
        product = _EQUATION_NEXT.match(text, match.end()) or _EQUATION_BEFORE.search(
            text, max(0, match.start() - 40), match.start()
        )
        return (
            Word(say_mixed_number(self.variety, match["first"]), *match.span("first")),
            Word("times" if product else "by", match.end("first"), match.end()),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for lengths and sizes."""
    reader = _LengthReader(variety)
    figures = frozenset({FOLLOWED})
    tied = frozenset({TIED})
    edge = r"(?<![\w.,/])"
    return (
        # "the 6ft 2in keeper"
        Rule(
            "measure",  # neighbour of the rules for measures, of which the longest reading wins
            figures,
            rf"{edge}(?P<feet>\d)(?P<mark>\s?ft\.?\s)(?P<inches>\d{{1,2}}(?:\.\d)?½?)\s?ins?\b\.?",
            reader.read_attributive_height,
        ),
        # "a 15' x 20' mural", "12" x 18""
        Rule(
            "size",
            frozenset({TIED, FOLLOWED}),
            rf"(?={_FIGURES_PATTERN}['’′\"”″])(?<![\w.,])"
            rf"(?P<first>{NUMBER_PATTERN}{FRACTION_PATTERN}?)(?P<mark>['’′\"”″])\s?[x×]\s?(?P<last>{NUMBER_PATTERN}{FRACTION_PATTERN}?)(?P=mark)(?!\w)",
            reader.read_marked_size,
        ),
        # 5'10"
        Rule(
            "height",
            tied,
            rf"{edge}(?P<feet>\d{{1,3}})(?P<mark>['’′]\s?|-?(?:ft|foot)-)"
            rf"(?P<inches>\d{{1,2}}(?:\.\d)?½?)(?:[\"”″]|''|(?![\w'’.]))",
            reader.read_height,
        ),
        # 8' high
        Rule(
            "height",
            tied,
            rf"{edge}(?P<feet>\d{{1,3}},\d{{3}}(?=['’′][\s),;.])|\d{{1,3}})(?:′|(?<=\d{{3}})['’](?<=,\d{{3}}.)|['’](?=\s(?:tall|high|long|wide|deep|above|below|of)\b))",
            reader.read_feet,
        ),
        # 6.2"
        Rule(
            "inches",
            frozenset({TIED, FOLLOWED, GLUED, NUMERIC}),
            rf"(?={_FIGURES_PATTERN}[\"”″])(?:{edge}|(?<=\d[\"”″'’′][x×]))(?:(?P<first>\d/(?:2|4|8|16|32|64)|{NUMBER_PATTERN}{FRACTION_PATTERN}?)(?:[\"”″]\s[-–]\s|[\"”″]?[-–]))?(?P<number>\d/(?:2|4|8|16|32|64)|{NUMBER_PATTERN}{FRACTION_PATTERN}?|[½¼¾⅓⅔⅛⅜⅝⅞])[\"”″](?=[\s,.;:)/x×-]|\Z)",
            reader.read_inches,
        ),
        # "21-23C"
        Rule(
            "temperature",
            figures | {"-", "−"},
            r"(?=[^A-Za-z]{1,20}+(?:to\s[^A-Za-z]{1,12}+)?[CF])"
            r"(?<![\w.,])(?<![A-Z\d]-)(?:(?P<first>[-−]?\d{1,3}(?:\.\d)?)(?P<joint>[CF]?(?:[-–]|\sto\s)))?"
            r"(?P<number>(?:[-−])?(?:\d,\d{3}|[1-4]?\d{1,2})(?:\.\d{1,2})?)"
            r"(?:\s?(?P<scale>F)|\s?(?P<c>C))(?=[.,;)/]|\s[a-z(/–—-]|\Z)(?!\.\s?[A-Z][a-z]{0,20}\.|\.\d)",
            reader.read_temperature,
        ),
        # The "C" of "38 degrees C".
        Rule(
            "temperature",
            frozenset({LETTER}),
            r"(?<=\bdegrees\s)[CF](?!\w|['’])",
            lambda match: say(match, "Fahrenheit" if match.group() == "F" else "Celsius"),
        ),
        *_make_size_rules(reader),
    )


def _make_size_rules(reader: _LengthReader) -> tuple[Rule, ...]:
    """Return the rules for products and multiples: 25 x 7, 3x."""
    return (
        # The "x" of "5% x 80".
        Rule("times", frozenset({"x", "×"}), r"(?<=%\s)[x×](?=\s\d)", lambda match: say(match, "times")),
        # The "x" of "30 ft. x 50 ft.".
        Rule(
            "size",
            frozenset({"x", "×"}),
            r"(?:(?<=[\da-z][a-z.]\s)|(?<=\b[A-Z]\d\s))(?:×(?=\s?\d)|x(?=\s\d))",
            lambda match: say(match, "by"),
        ),
        # "10x"
        Rule(
            "times",
            frozenset({TIED}),
            rf"(?<![\w.,/])(?<![=+−(]\s)(?<![=+(])(?:(?P<first>{NUMBER_PATTERN})[-–])?(?P<number>{NUMBER_PATTERN})(?:x|×(?=/))(?!\w|\s?[\d+=−²³^*-])",
            reader.read_times,
        ),
        # "5 x 5 inches"
        Rule(
            "size",
            frozenset({FOLLOWED}),
            rf"(?={_FIGURES_PATTERN}[x×X])(?:(?<![\w.])|(?<=\d[x×]))(?!0x)(?P<first>{NUMBER_PATTERN}{FRACTION_PATTERN}?)(?:\s?[x×]\s?(?=\d)|\sX\s(?=\d)|X(?=\d++(?!\w)))",
            reader.read_size,
        ),
        # "1920 x 1080"
        Rule(
            "size",
            frozenset({FOLLOWED}),
            r"(?<![\w.,])(?P<width>[1-9]\d{2,4})\s?[x×X*]\s?(?P<height>[1-9]\d{2,4})(?P<lines>[pi]?)(?![\w]|[,.]\d)",
            reader.read_resolution,
        ),
    )
