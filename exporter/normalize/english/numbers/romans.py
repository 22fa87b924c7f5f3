"""Roman numerals where they are numbers: monarchs, wars, chapters, centuries, sequels."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    find_abbreviation_end,
    find_word_after,
    find_word_before,
    has_context,
    spell_letters,
)
from exporter.normalize.roman_values import parse_roman
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_NAME_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+\Z")
_INITIAL_NEXT = re.compile(r"\.\s?[A-Z]")
_FULL_NAME_BEFORE = re.compile(r"\b(?!The\s)[A-Z][^\W\d]*\.?\s(?:[A-Z][^\W\d]*\.?\s)?[A-Z][^\W\d]+,?\s\Z")

# A king of two realms, or kings of one name: "James VI & I", "Charles I, II".
_OTHER_CROWN_BEFORE = re.compile(r"([A-Z][a-z]+)\s[IVX]{1,5}(?:,\s[IVX]{1,5}){0,4}(?:\s?&\s?|,?\sand\s|,\s)\Z")
# "Emperor Karl I"
_CROWNED_BEFORE = re.compile(
    r"\b(?:King|Queen|Emperor|Empress|Tsar|Czar|Shah|Sultan|Pope|Kaiser|Pharaoh|Caliph|Archduke|Duke)\s"
    r"[A-ZÀ-Þ][a-zà-þ]+\s\Z"
)
_TWO_CROWNS_END = re.compile(r"(?<=s)|[,.;:)]|\sof\s[A-Z]|\s?\Z")
# The old full stop after a king's number: "Henry VII. of England", "James I., King".
_OLD_STOP_NEXT = re.compile(r"\.(?=[,;:)]|\s[a-z])")
# One of several numbered things follows: "World Wars I and II".
_NEXT_OF_SEVERAL = re.compile(r"(?:,\s[IVX]{1,5}){0,4},?\s(?:and|or|to|through|&)\s[IVX]{1,5}\b")

# After ordinals of corps: "V Corps", "XVIII Airborne Corps".
_CORPS_NEXT = re.compile(r"\s(?:Airborne\s|Armou?red\s|Army\s|Marine\s|Panzer\s)?Corps\b")


# Words before "IV" that make it intravenous: "given by IV".
_WORDS_BEFORE_INTRAVENOUS = frozenset(("an", "by", "via"))


# The generic name of a drug by its ending, and units of doses.
_DRUG_PATTERN = (
    r"(?:[a-z]{2}(?:cillin|mycin|micin|floxacin|azole|idine|amine|oxin|statin|setron|olol|azepam|barbital"
    r"|caine|profen|dryl|sone|solone|parin|xaban|mab|nib|vir|platin|taxel|rubicin|penem|zolam|fentanil|etamine|orphine|semide|thiazide|pressin|ephrine)"
    r"|\b[Cc]ef\w+)"
)
_DRUG_BEFORE = re.compile(rf"(?:\d\s?(?:m?g|mcg|µg|mL|units?)(?:/kg)?(?:/\w{{1,4}})?|{_DRUG_PATTERN})\s\Z")
_DRUG_NEXT = re.compile(rf"\s[a-z]{{0,20}}{_DRUG_PATTERN}\b")
# A common word, or the verb that a sentence begins with: "Administer IV fluids".
_COMMON_WORD_BEFORE = re.compile(r"(?:\b[a-z]{3,}|(?:\A|[.:;]\s)[A-Z][a-z]{2,})\s\Z")


class _RomanNumeralReader:
    """Reads Roman numerals."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "romans")
        self.regnal, self.sections, self.lettered, self.ordinals, self.pronouns, self.never, self.intravenous = (
            frozenset(_fold_accents(lists[name]).split())
            for name in ("regnal", "sections", "lettered", "ordinal", "pronoun", "never", "intravenous")
        )
        self.capital_regnal = frozenset(name.upper() for name in self.regnal)

    def read_numeral(self, match: re.Match[str]) -> Parts | None:
        written, ending = match["roman"], match["ending"] or ""
        number = parse_roman(written)
        if number is None or (len(written) == 1 and (written not in "IVX" or _is_initial(match))):
            return None
        text, start, following = match.string, match.start(), find_word_after(match.string, match.end())
        is_pronoun = written == "I" and following.lower() in self.pronouns
        name = _NAME_BEFORE.search(text[max(0, start - 24) : start])
        word, dotted = (_fold_accents(name.group(1)), "." in name.group()) if name else ("", False)
        if self.is_crowned(match, word):
            return None if is_pronoun else self.read_regnal(match, number)
        if match["last"]:
            is_section = word != "no" and word.lower().removesuffix("s") in self.sections  # "no I-V access"
            return self.read_numeral_span(match, number) if is_section else None
        if written != "I" and _CORPS_NEXT.match(text, match.end()):
            return say(match, self.variety.say_ordinal(number))
        if word.lower() == "no" and written == "IV" and following in self.intravenous:
            return say(match, "I-V")
        if word.lower().removesuffix("s") in self.sections and _NEXT_OF_SEVERAL.match(text, match.end()):
            return say(match, self.say_numeral(number))
        if word.lower() in self.sections:
            is_word = word.islower() and not dotted  # "article I wrote", as opposed to "art. I"
            if len(written) == 1 and (word.lower() not in self.lettered or is_word or is_pronoun):
                return None
            return say(match, self.say_numeral(number) + ending)
        if written == "IV" and (
            following in self.intravenous or word in _WORDS_BEFORE_INTRAVENOUS or _is_beside_drug(match)
        ):
            return say(match, "I-V")
        if following.lower() in self.ordinals and len(written) > 1:
            return say(match, self.variety.say_ordinal(number))
        if len(written) == 1 or written in self.never:
            return None
        return self.read_lone_numeral(match, number, following)

    def is_crowned(self, match: re.Match[str], word: str) -> bool:
        """Whether a monarch stands before: as the word right before, or before the number of another crown."""
        text, start = match.string, match.start()
        crown = _OTHER_CROWN_BEFORE.search(text[max(0, start - 32) : start])
        if crown and crown[1] in self.regnal:
            return "&" in text[start - 2 : start] or bool(_TWO_CROWNS_END.match(text, match.end()))
        crowned = _CROWNED_BEFORE.search(text[max(0, start - 48) : start])
        return word in self.regnal or word in self.capital_regnal or bool(crowned)

    def read_regnal(self, match: re.Match[str], number: int) -> Parts:
        """Read "Leo XIV", "Henry VII. of England"."""
        stop = _OLD_STOP_NEXT.match(match.string, match.end())
        said = f"the {self.variety.say_ordinal(number)}{match['ending'] or ''}"
        return (Word(said, match.start(), stop.end() if stop else match.end()),)

    def read_numeral_span(self, match: re.Match[str], first: int) -> Parts | None:
        last = parse_roman(match["last"])
        return say(match, f"{self.say_numeral(first)} to {self.say_numeral(last)}") if last else None

    def say_numeral(self, number: int) -> str:
        return english_numerals.say_year(number) if number >= 1000 else self.variety.say_cardinal(number)

    def read_lone_numeral(self, match: re.Match[str], number: int, following: str) -> Parts | None:
        """Read a numeral of two or more letters that no word before it explains."""
        if number >= 1000:
            return say(match, english_numerals.say_year(number)) if len(match["roman"]) > 3 else None
        previous = match.string[max(0, match.start() - 40) : match.start()]
        if number > 39 or not (previous.strip() or following or match.string[match.end() :].strip()):
            return None
        # In a headline in capitals "XI" is a name: "TRUMP, XI TO MEET".
        if match["roman"] == "XI" and following.isupper():
            return None
        if number in (2, 3, 4) and _FULL_NAME_BEFORE.search(previous) and not following[:1].isupper():
            return say(match, f"the {self.variety.say_ordinal(number)}")
        return say(match, self.variety.say_cardinal(number) + (match["ending"] or ""))

    def read_lettered(self, match: re.Match[str]) -> Parts | None:
        """Read "Phase IIb", "clade Ib"."""
        number = parse_roman(match["roman"])
        if number is None or find_word_before(match.string, match.start()) not in self.sections:
            return None
        return say(match, f"{self.variety.say_cardinal(number)} {match['letter'].upper()}")

    def read_ordinal(self, match: re.Match[str]) -> Parts | None:
        number = parse_roman(match["roman"])
        return say(match, self.variety.say_ordinal(number)) if number else None

    def read_aircraft(self, match: re.Match[str]) -> Parts | None:
        """Read the letters and the mark of an aircraft: "B.III"."""
        number = parse_roman(match["roman"])
        return say(match, f"{spell_letters(match['letters'])} {self.variety.say_cardinal(number)}") if number else None

    def read_mark(self, match: re.Match[str]) -> Parts | None:
        number = parse_roman(match["roman"])
        return say(match, f"Mark {self.variety.say_cardinal(number)}") if number else None

    def read_lower_case(self, match: re.Match[str]) -> Parts | None:
        """Read "ch. iv" and the "(ii)" of a list as numbers, and other small letters as letters: "vi" is an editor."""
        number = parse_roman(match["roman"].upper())
        if number is None:
            return None
        if match["last"]:
            last = parse_roman(match["last"].upper())
            return (
                say(match, f"{self.variety.say_cardinal(number)} to {self.variety.say_cardinal(last)}")
                if last
                else None
            )
        previous = find_word_before(match.string, match.start()).rstrip(".")
        bracketed = (
            match.string[match.start() - 1 : match.start()] == "("
            and match.string[match.end() : match.end() + 1] == ")"
        )
        if (
            bracketed
            or previous in self.sections
            or previous in ("p", "pp", "paragraph", "para", "pages", "clause", "item", "sub-paragraph")
        ):
            return say(match, self.variety.say_cardinal(number))
        return say(match, spell_letters(match["roman"].upper()))


def _fold_accents(text: str) -> str:
    """Return a text without its accents: "Napoléon" is the Napoleon of the list."""
    if text.isascii():
        return text
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def _is_initial(match: re.Match[str]) -> bool:
    """Whether a letter is an initial and not a number at the end of a sentence: "George V. Higgins"."""
    end = match.end()
    return bool(_INITIAL_NEXT.match(match.string, end)) and find_abbreviation_end(match.string, end + 1) > end


def _is_beside_drug(match: re.Match[str]) -> bool:
    """Whether "IV" stands beside a drug or a dose: "morphine IV", "2 g IV", "given IV", "IV heparin"."""
    text, span = match.string, (max(0, match.start() - 24), match.start())
    drug = _DRUG_BEFORE.search(text, *span) or _DRUG_NEXT.match(text, match.end())
    return bool(drug) or (bool(_COMMON_WORD_BEFORE.search(text, *span)) and has_context("medicine", match, 60))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for Roman numerals."""
    reader = _RomanNumeralReader(variety)
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    lower = frozenset(tens + one for tens in ("", "x", "xx", "xxx") for one in ones) - {""}
    return (
        # "Leo XIV", "World War II"
        Rule(
            "roman",
            frozenset({CAPITALS, LETTER, MIXED, "i's", "i’s", "v's", "v’s", "x's", "x’s"}),
            r"(?:(?<![\w.'’&-])|(?<=[IVX]&))(?P<roman>[MDCLXVI]{1,15})(?:(?P<ending>['’]s)|[-–](?P<last>[IVXLC]{1,9}))?(?![\w'’]|&(?![IVX])|-(?!listed\b|era\b|style\b)[A-Za-z]|\.\w)",
            reader.read_numeral,
        ),
        # "Phase IIb"
        Rule(
            "roman",
            frozenset({MIXED, CAPITALS, "ia", "ib", "va", "vb"}),
            r"(?<![\w.])(?P<roman>[IVX]{1,4})(?P<letter>[a-dA-C])(?!\w)",
            reader.read_lettered,
        ),
        # "a Lancaster B.III"
        Rule(
            "roman",
            frozenset({LETTER, CAPITALS}),
            r"(?<![\w.])(?P<letters>[A-Z]{1,2})\.(?P<roman>[IVX]{2,4})(?!\w|\.\w)",
            reader.read_aircraft,
        ),
        # "the XIXth century"
        Rule("roman", frozenset({MIXED}), r"(?<![\w.])(?P<roman>[XVI]{1,6})th(?!\w)", reader.read_ordinal),
        # "a MkII Jaguar"
        Rule("roman", frozenset({MIXED}), r"(?<!\w)M[kK](?P<roman>[IVX]{1,4})(?!\w)", reader.read_mark),
        # "ch. iv"
        Rule(
            "roman",
            lower,
            r"(?<![\w.'’-])(?P<roman>[xvi]{2,7}|(?<=\()(?<![a-zA-Z′'’]\()[xvi](?=\)))(?:[-–](?P<last>[xvi]{1,7}))?(?![\w'’]|-\w|\.\w)",
            reader.read_lower_case,
        ),
    )
