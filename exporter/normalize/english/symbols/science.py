"""Mathematics in running text: 10^6, x², a + b = c, ≥."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import CAPITALS, CODE, FOLLOWED, LETTER, MIXED, NUMERIC, PICTURE, POWER, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import NUMBER_PATTERN, RAISED_AND_LOWERED, Variety
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_INDEX_PIECE = re.compile(r"[A-Za-zπθ]|\d+|[-+−/]")
# Raised and lowered characters that exponents and indices are made of.
_RAISED_CHARS = "⁰¹²³⁴-⁹⁺⁻ⁱⁿᵃᵇᶜᵈᵏᵐᵖᵗᵘᵛˣʸᶻʲ"
_LOWERED_CHARS = "₀-₉₊₋ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"
# Functions of mathematics, which a power may follow: "tan²".
_FUNCTIONS = {"sin": "sine", "cos": "cosine", "tan": "tangent", "log": "log", "det": "det"}


class _ScienceReader:
    """Reads formulas."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "science")
        self.operators: dict[str, str] = lists["operators"]

    def say_power(self, written: str) -> str:
        exponent = written.translate(RAISED_AND_LOWERED).replace("−", "-").strip("(){}")
        if not exponent.lstrip("+-").isdecimal():
            return f"to the {self.say_index(exponent)}"
        exponent = exponent.lstrip("+")
        if exponent == "2":
            return "squared"
        if exponent == "3":
            return "cubed"
        return (
            f"to the {self.variety.say_number(exponent)}"
            if exponent[:1] == "-"
            else f"to the {self.variety.say_ordinal(int(exponent))}"
        )

    def say_index(self, written: str) -> str:
        """Say an exponent or an index with letters: "n plus one"."""
        signs = {"+": "plus", "-": "minus", "−": "minus", "/": "over"}
        signs |= {"π": "pi", "θ": "theta"}
        return " ".join(
            signs.get(piece) or (self.variety.say_number(piece) if piece.isdecimal() else piece)
            for piece in _INDEX_PIECE.findall(written)
        )

    def read_index(self, match: re.Match[str]) -> Parts:
        """Read "v₀", "a_n": "v sub zero"."""
        index = match["index"].translate(RAISED_AND_LOWERED).strip("_{}")
        base = match["base"]
        is_product = len(base) == 2 and base[0].isupper() and base[1].islower()  # "Gm₁"
        sub = "sub " if is_product or (base.islower() and len(base) == 1) else ""
        base = " ".join(base) if is_product else base
        return (Word(base, *match.span("base")), Word(sub + self.say_index(index), *match.span("index")))

    def read_bracketed_power(self, match: re.Match[str]) -> Parts:
        """Read the exponent of "(x+1)^2"."""
        return say(match, self.say_power(match["caret"]))

    def read_scientific(self, match: re.Match[str]) -> Parts:
        """Read "1e-5", "6.02E23"."""
        number = self.variety.say_number(match["number"])
        exponent = int(match["exponent"].replace("−", "-"))
        power = self.variety.say_number(str(exponent)) if exponent < 0 else self.variety.say_ordinal(exponent)
        times = "" if match["number"] == "1" else f"{number} times "
        return say(match, f"{times}ten to the {power}")

    def read_power(self, match: re.Match[str]) -> Parts:
        base = match["base"]
        letters = _FUNCTIONS.get(base) or " ".join(_name_greek(letter) for letter in base if letter.isalpha())
        said = self.variety.say_number(base) if base[0].isdecimal() else letters
        return (
            Word(said, *match.span("base")),
            Word(self.say_power(match["power"] or match["caret"]), match.end("base"), match.end()),
        )

    def read_operator(self, match: re.Match[str]) -> Parts:
        return say(match, self.operators[match.group()])

    def read_greek(self, match: re.Match[str]) -> Parts:
        return say(match, _name_greek(match.group()))

    def read_function(self, match: re.Match[str]) -> Parts:
        """Read "f(x)": "f of x"; "P(A|B)": "P of A given B"."""
        name = _name_greek(match["function"]) + (" prime" if match["prime"] else "")
        argument = match["of"].replace("|", " given ")
        argument = self.variety.say_number(argument) if argument.isdecimal() else argument
        return (
            Word(name, match.start(), match.start("of") - 1),
            Word(f"of {argument}", match.start("of"), match.end()),
        )

    def read_minus(self, match: re.Match[str]) -> Parts:
        return say(match, "minus")


def _name_greek(letter: str) -> str:
    """Return the name of a Greek letter, and any other letter as it is."""
    # Unicode spells it "lamda".
    return letter if letter.isascii() else unicodedata.name(letter).split()[3].lower().replace("lamda", "lambda")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for science."""
    reader = _ScienceReader(variety)
    super_ = rf"[{_RAISED_CHARS}]{{1,5}}"
    term = r"(?:\d{1,3}|[a-zA-Z])(?!\w)"
    caret = rf"(?:[-−+]?(?:{term}|\d?i[πθxtk](?!\w))|[({{][-−+]?{term}(?:[-−+/]{term})?[)}}])"
    return (
        # A half-life: "t1/2".
        Rule(
            "fraction",
            frozenset({CODE}),
            r"(?<!\w)[tT]1/2(?!\w)",
            lambda match: say(match, f"{match.group()[0]} one half"),
        ),
        # "πr²"
        Rule(
            "power",
            frozenset({FOLLOWED, POWER}),
            rf"(?:(?<![\w.])|(?<=[½¼¾])|(?<=\d)(?=[a-z][²³ⁿ]))(?P<base>{NUMBER_PATTERN}|[A-Za-zΑ-Ωα-ω]{{1,3}})(?:(?P<power>{super_})|\^(?P<caret>{caret}))",
            reader.read_power,
        ),
        # What a copy has left of the statistics χ², R² and η²: "R2 = 0.82".
        Rule(
            "power",
            frozenset({CODE}),
            r"(?<![\w.])(?P<base>[Rrχη])(?P<power>2)(?P<caret>)(?=\s?[=<>≤≥≈]|\s(?:of|was)\s0)",
            reader.read_power,
        ),
        # The exponent of "(x+1)^2".
        Rule("power", frozenset("^"), rf"(?<=\))\^(?P<caret>{caret})", reader.read_bracketed_power),
        # The exponent of "(a + b)²".
        Rule(
            "power",
            frozenset({NUMERIC}),
            rf"(?:(?<=[+−-]\w\))|(?<=[+−-]\s\w\)))(?P<caret>{super_})",
            reader.read_bracketed_power,
        ),
        # "v₀", "aₙ₊₁", "x_1"
        Rule(
            "index",
            frozenset({POWER}),
            rf"(?:(?<![\w.])|(?<=[₀-₉]))(?P<base>[A-Za-z]{{1,4}}(?=[₀-₉])|[A-Za-z])(?P<index>[{_LOWERED_CHARS}]{{1,5}}|_(?:[a-z0-9]|\{{\w{{1,3}}(?:[+-]\w)?\}})(?!\w))(?:(?!\w)|(?=[A-Za-z][₀-₉]))",
            reader.read_index,
        ),
        # "1e-5"
        Rule(
            "scientific",
            frozenset({TIED}),
            r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{1,6})?)(?:[eE](?P<exponent>[-−+]?\d{1,3}))(?![\w.]\w|\w)",
            reader.read_scientific,
        ),
        *_make_operator_rules(reader),
        *_make_sign_rules(reader),
    )


def _make_operator_rules(reader: _ScienceReader) -> tuple[Rule, ...]:
    """Return the rules for operators between their terms."""
    return (
        # Between two values: "n = 42".
        Rule(
            "operator",
            frozenset(reader.operators),
            r"(?:(?:(?<=[\w)])|(?<=[\w)]\s))(?P<operator>[=+*×÷·])"
            r"|(?:(?<=[\d)²³⁴-⁹ⁿ₀-₉])|(?<=[\d)²³⁴-⁹ⁿ₀-₉]\s)|(?<=\b[A-Za-z])|(?<=\b[A-Za-z]\s))(?P<relation>[≠≈≤≥<>]))"
            r"(?=\s?(?:[-−]?\.?\d|[a-zA-Z]\b|[($£€])|\s[A-Z]{2,5}\b)",
            reader.read_operator,
        ),
        # "m₁m₂/r²"
        Rule(
            "operator",
            frozenset("/"),
            r"(?:(?<=[₀-₉²³⁴-⁹])/(?=[A-Za-z](?:[₀-₉²³⁴-⁹]|(?!\w)))|(?<=\b[a-zA-Z])/(?=[a-z][²³₀-₉]))",
            lambda match: say(match, "over"),
        ),
        # The slash of "240 / 8 = 30".
        Rule(
            "operator",
            frozenset("/"),
            r"(?<=\d\s)/(?=\s\d[\d.,]{0,12}\s?=)",
            lambda match: say(match, "divided by"),
        ),
        # The slash of a derivative.
        Rule("operator", frozenset("/"), r"/(?=[∂d][a-z](?!\w))(?<=[∂d][\wψφ]/)", lambda match: say(match, "over")),
        # A function with its argument: "f(x)", "f′(x)".
        Rule(
            "function",
            frozenset({LETTER, "f", "g", "h", "u", "v", *"ψφ"}),
            r"(?<![\w.])(?P<function>[fghFGHPuvψφΨΦ])(?P<prime>[′'’])?\((?P<of>[xyztnk](?:,\s?[xyztnk])?|[A-C](?:\|[A-C])?|\d{1,3}(?=\)\s?[=<>]))\)",
            reader.read_function,
        ),
        # The mark of "5! = 120".
        Rule(
            "operator",
            frozenset("!"),
            r"(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b[nk]))!(?=\s?[=+×*/÷])",
            lambda match: say(match, "factorial"),
        ),
        # "5' and 3' ends"
        Rule(
            "operator",
            frozenset({"'", "’", "′"}),
            r"(?<=\b[35])['’′](?=[\s-](?:UTRs?|ends?|to\s[35]['’′]|and\s[35]['’′]|cap|splice|exon|arm|overhang|region)\b|[\s-][a-z]{1,20}\s[35]['’′])",
            lambda match: say(match, "prime"),
        ),
        # The dash of "10⁵–10⁶".
        Rule("span", frozenset("-–"), r"(?<=[⁰¹²³⁴-⁹])[-–](?=10[⁻⁰¹²³⁴-⁹])", lambda match: say(match, "to")),
    )


def _make_sign_rules(reader: _ScienceReader) -> tuple[Rule, ...]:
    """Return the rules for Greek letters, and for operators wherever they stand."""
    operator = "|".join(map(re.escape, sorted(reader.operators, key=len, reverse=True)))
    number = rf"(?:{NUMBER_PATTERN}|[a-zA-Z])"
    return (
        # "ΔT"
        Rule(
            "Greek letter",
            frozenset({CAPITALS, MIXED, *(f"δ{letter}" for letter in "ehmpstuvx")}),
            r"(?<!\w)Δ(?=[A-Za-z](?!\w))",
            reader.read_greek,
        ),
        # "2.5 σ"
        Rule(
            "Greek letter",
            frozenset("αβγδεζηθικλμνξοπρστυφχψω"),
            r"(?<![^\W\d_])[Α-Ωα-ω](?![^\W\d_])",
            reader.read_greek,
        ),
        # The minus of "x² − 5x".
        Rule(
            "operator",
            frozenset({"-", "−", "–"}),
            rf"(?:(?:(?<=\d)(?<!\b[12]\d{{3}})|(?<=\d\s)|(?<=\b[xyzabn]\s))[-−–](?=\s?{number}\s?=)|(?<=\b[b-hj-z]\s)[-−–](?=\s\d)|(?<=\d[xyz]\s)[-−–](?=\s\d)|(?<=[a-z][²³]\s)[-−–](?=\s[\da-z])|(?<=[=<>(,]\s)[-−](?=\d{{1,3}}/\d))",
            reader.read_minus,
        ),
        # "5.2 ± 0.3"
        Rule(
            "operator",
            frozenset(sign for sign in reader.operators if not sign.isascii()) - {"·"} | {POWER, LETTER, PICTURE},
            rf"(?![≈≤≥]\s?[$£€]?\d)(?![=+*·<>])(?:{operator})",
            reader.read_operator,
        ),
    )
