"""Grammar that the rules of English share: patterns of numbers, the words around a match, spelled letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import msgspec

from exporter.normalize.english import english_numerals
from exporter.normalize.toml_tables import expand_forms, load_table

# Patterns of numbers. Every repetition is bounded, so that matching stays linear.
# Groups of digits: "1,234,567", "12,34,567" (lakhs and crores), "25 000". A common space also stands between two
# numbers ("Room 12 300 people"), so that it groups only round thousands, three groups, and what is before a unit.
_GROUPED_PATTERN = (
    r"\d{1,3}(?:,\d{2,3}){0,10},\d{3}(?!\d)"
    r"|(?<!\d\s)(?<!\b[Aa]ge\s)(?<!\b[Rr]oom\s)(?<!\b[Pp]age\s)(?<!\b[Nn]umber\s)(?<!\b[Tt]op\s)(?<!\b[Ff]light\s)"
    r"[1-9]\d{0,2}(?:(?:[\u00a0\u2009\u202f]\d{3}){1,11}|(?:\x20\d{3}){2,11}|\x20\d00|\x20\d{3}(?=\s(?:(?:[kcm]?m|k?g|t|ha|[kMG]?Wh?|euros?|people|tonnes|miles|acres|hectares|dollars|jobs|(?:kilo)?met(?:er|re)s|feet|pounds|lit(?:er|re)s|square|cubic|inhabitants|residents|visitors|voters|votes|students|copies|seats)\b|€)))"
    r"(?![\d,]|-\d| \d)"
)
INTEGER_PATTERN = rf"(?:{_GROUPED_PATTERN}|\d{{1,36}}(?!\d))"
NUMBER_PATTERN = rf"(?:(?:{_GROUPED_PATTERN}|\d{{1,36}})(?:\.\d{{1,30}})?(?!\d)|(?<![.a-z])\.\d{{1,30}}(?!\d))"
DASH_PATTERN = r"(?:[-‐‑–—−]|\s[-–—−]\s)"
RANGE_PATTERN = rf"(?:{DASH_PATTERN}|\s(?:to|and|or)\s)"
SIGN_PATTERN = r"(?:(?<![\w).])(?:\+/[-−–]\s?|[-−](?=[\d.])|[+±~≈<>≤≥]\s?))?"
# The minus of the first of two numbers: "from -3% to 1%".
FIRST_MINUS_PATTERN = r"(?:(?<![\w).,-])[-−](?=[\d.]))?"
FRACTION_PATTERN = r"(?:\s?[½¼¾⅓⅔⅛⅜⅝⅞]|\s\d/\d{1,2}(?!\d)|-[1-9]\d?/(?:[2-9]|10|12|16|32|64)(?![\d/]))"
SIGN_WORDS = {"-": "minus ", "−": "minus ", "+": "plus ", "±": "plus or minus ", "~": "about ", "≈": "about "} | {
    "<": "less than ",
    ">": "more than ",
    "≤": "at most ",
    "≥": "at least ",
}
# Scales as written behind a number, and their words.
SCALE_WORDS = expand_forms(load_table("en", "scales")["words"])
# Raised and lowered digits and signs, and the plain ones.
RAISED_AND_LOWERED = str.maketrans(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋ⁱⁿᵃᵇᶜᵈᵏᵐᵖᵗᵘᵛˣʸᶻʲₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ",
    "0123456789+-0123456789+-inabcdkmptuvxyzjaeoxhklmnpstijruv",
)
# Months in full and in short.
MONTH_NAMES = "January February March April May June July August September October November December".split()
MONTH_PATTERN = (
    r"(?P<month>(?i:january|february|march|april|may|june|july|august|september|october|november|december)(?![^\W_])"
    r"|(?i:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![^\W_])\.?)"
)
# What may stand around two numbers that are a score: not part of a longer number, a sum, a path or a span.
SCORE_START_PATTERN = r"(?<![\w.,/:$£€#–-])"
SCORE_END_PATTERN = r"(?![\w%:/–-]|[.,]\d)"


_LAKHS = re.compile(r"\d{1,2}(?:,\d{2}){1,6},\d{3}")
_GROUPING_MARK = re.compile(r"[,\s]")


def strip_grouping(written: str) -> str:
    """Return a number without the commas or spaces between its groups of digits."""
    return _GROUPING_MARK.sub("", written)


class Variety(msgspec.Struct, frozen=True):
    """A variety of English: British, or else American."""

    british: bool = False

    def say_cardinal(self, number: int) -> str:
        """Return the words of a cardinal number."""
        return english_numerals.say_cardinal(number, self.british)

    def say_ordinal(self, number: int) -> str:
        """Return the words of an ordinal number."""
        return english_numerals.say_ordinal(number, self.british)

    def say_year(self, number: int) -> str:
        """Return the words of a year."""
        return english_numerals.say_year(number, self.british)

    def say_number(self, written: str) -> str:
        """Return the words of a number that `NUMBER_PATTERN` matches: thousands set off, decimals, a sign."""
        if written[:2] == "+/":
            written = f"±{written[3:]}"
        sign = SIGN_WORDS.get(written[:1], "")
        written = written[1:].lstrip() if sign else written
        whole, point, decimals = written.partition(".")
        lakhs = _LAKHS.fullmatch(whole)
        whole = strip_grouping(whole)
        if len(whole) > 1 and whole[0] == "0" and not point:
            return sign + english_numerals.say_digits(whole)
        said = self._say_lakhs(int(whole)) if lakhs else self._say_whole(whole)
        if point:
            said = f"{said} point {english_numerals.say_digits(decimals)}".lstrip()
        return sign + said

    def _say_lakhs(self, number: int) -> str:
        """Say a number as India does: "two lakh seventy-five thousand"."""
        crores, rest = divmod(number, 10_000_000)
        lakhs, rest = divmod(rest, 100_000)
        said = [f"{self.say_cardinal(crores)} crore"] if crores else []
        said += [f"{self.say_cardinal(lakhs)} lakh"] if lakhs else []
        return " ".join([*said, self.say_cardinal(rest)] if rest else said)

    def _say_whole(self, figures: str) -> str:
        if not figures:
            return ""
        return self.say_cardinal(int(figures)) if len(figures) <= 36 else english_numerals.say_digits(figures)


_FRACTION = re.compile(rf"{FRACTION_PATTERN}|\A[-−]?\d{{1,2}}/\d{{1,4}}\Z")


def say_mixed_number(variety: Variety, written: str) -> str:
    """Say a number that may be a fraction or end in one: "3 1/2", "3/4", "½", "5.5"."""
    found = _FRACTION.search(written)
    if not found:
        return variety.say_number(written)
    sign = SIGN_WORDS.get(written[:1], "")
    whole = written[len(sign[:1]) : found.start()].strip()
    over, _, under = unicodedata.normalize("NFKC", found.group().strip(" -")).replace("⁄", "/").partition("/")
    said = english_numerals.say_fraction(int(over), int(under), variety.british)
    if not whole:
        return sign + said
    return f"{sign}{variety.say_number(whole)} and {'a' + said[3:] if said in ('one half', 'one quarter') else said}"


_YEAR_FROM_1000 = re.compile(r"[12]\d{3}")


def is_year_first(match: re.Match[str]) -> bool:
    """Whether the first of two numbers is a year and not the start of a span: "from 1900 to 76.4 years"."""
    first, last = match["first"], strip_grouping(match["last"])
    if not (first and match["joint"].strip().isalpha() and _YEAR_FROM_1000.fullmatch(first)):
        return False
    return last[:1].isdecimal() and "/" not in last and float(last) < float(first)


def is_one(written: str) -> bool:
    """Whether a number as written is exactly one, and so takes the singular."""
    return written.lstrip("-−+0") == "1"


_OPENING_CHARS = '([“"‘ \t\n\r\u00a0'
_OPENING_MARK = re.compile(r"[(\[“\"‘]")
_WORD_AFTER = re.compile(r"[\s-][\"“‘]?([^\W_]+(?:['’-][^\W_]+)*)")


# Nouns after "30s" that make it seconds, not a decade or a plural: "a 30s timeout".
SECONDS_NOUNS = frozenset(
    "timeout timeouts delay delays interval intervals limit timer timers exposure exposures window countdown video clip"
    " ad spot"
    " wait rest burst bursts sprint sprints cooldown penalty lead gap ttl hold holds pause pauses poll".split()
)


def find_word_before(text: str, start: int, reach: int = 40) -> str:
    """Return the word before a position, in lower case, with punctuation that follows it; empty at the beginning."""
    words = text[max(0, start - reach) : start].rstrip(_OPENING_CHARS).rsplit(None, 1)
    if not words:
        return ""
    # A bracket or a quotation mark is not part of the word after it.
    word = words[-1]
    return (word if word.isalnum() else _OPENING_MARK.split(word)[-1]).lower()


def find_word_after(text: str, end: int, reach: int = 40) -> str:
    """Return the word that follows directly, as written; empty where a mark of punctuation or nothing follows."""
    found = _WORD_AFTER.match(text[end : end + reach])
    return found.group(1) if found else ""


# Adjectives by their form: "a multi-year $5m deal", "an immediate £2m gap".
_ADJECTIVE = re.compile(r"[\w.]+-[\w.-]+,?|[a-z]{2,20}(?:ous|ive|ial|[cn]al|ible|able|ful|iate|nary)")
# "A sub-$500 phone".
_PREFIX_BEFORE = re.compile(r"[a-z]-\Z")
# Also before another measure of the same noun: "the $25 million, 5,500-square-foot house".
_HYPHENATED_NOUN_NEXT = re.compile(r"-[a-z]")
# The same amount in another currency or unit: "his $44m (£35m) option", "a 5 km (3 mile) run".
_CONVERSION_NEXT = re.compile(r"\s\([~A-Z]{0,3}[$£€₹¥]?[A-Z]?\d[^()]{0,24}\)(?=\s[a-z])")
_SECOND_MEASURE_NEXT = re.compile(r",?\s\d[\d,.]*-[a-z]")


# "There's $200 left": not a genitive.
_CONTRACTIONS = frozenset("there's it's that's he's she's what's here's who's where's let's how's".split())
# The noun of an amount in quotation marks or brackets: "the “$64,000 question”".
_MARKED_NOUN = re.compile(r"(?:\s[\w'’-]+){1,3}[)\"”’']")
# Nouns after an amount that takes the singular without an article: "$100 bills".
_DENOMINATION_NEXT = re.compile(
    r"\s(?:bills?|notes?|coins?|banknotes?|stamps?|tickets?|vouchers?|gift\scards?|minimum\swages?|price\stags?)\b"
)


@cache
def _load_word_classes() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words = load_table("en", "grammar")
    return (
        frozenset(words["determiner"].split()),
        frozenset(words["adjective"].split()),
        frozenset(words["function"].split()),
    )


def is_attributive(text: str, start: int, end: int) -> bool:
    """Whether an amount belongs to the noun that follows, and takes the singular: "a $3 million fine", "a 5 km run"."""
    if converted := _CONVERSION_NEXT.match(text, end):
        end = converted.end()
    if text.startswith("-plus", end):  # "a $20m-plus deal", "at $20m-plus"
        end += len("-plus")
    if _HYPHENATED_NOUN_NEXT.match(text, end):
        return True
    if not is_noun_next(text, end) and not _SECOND_MEASURE_NEXT.match(text, end):
        return False
    determiners, adjectives, _ = _load_word_classes()
    if _PREFIX_BEFORE.search(text[max(0, start - 8) : start]):
        return True
    words = ["", *text[max(0, start - 40) : start].lower().replace("’", "'").split()]
    word = words.pop()
    for _ in range(3):
        if words and (word in adjectives or _ADJECTIVE.fullmatch(word)):
            word = words.pop()
    return (
        word.strip("(\"“‘'—–-") in determiners
        or (word.endswith(("'s", "s'")) and word not in _CONTRACTIONS)
        or bool(_MARKED_NOUN.match(text, end) and text[start - 1 : start] in tuple("(\"“‘'"))
        or bool(_DENOMINATION_NEXT.match(text, end))
    )


_NOUNS_IN_LY = frozenset(
    "family butterfly assembly supply monopoly rally ally bully belly reply anomaly jelly italy july".split()
)


def is_noun_next(text: str, end: int) -> bool:
    """Whether the next word can be a noun or begin a noun phrase."""
    following = find_word_after(text, end).lower()
    adverb = following.endswith("ly") and following not in _NOUNS_IN_LY
    verb = following.endswith("ed") and _PARTICIPLE_NEXT.match(text, end)
    return following[:1].isalpha() and following not in _load_word_classes()[2] and not adverb and not verb


# "The 3.5 TB recorded in May": a participle that does not begin a noun phrase.
_PARTICIPLE_NEXT = re.compile(
    r"\s[a-z]+ed(?:[.,;)]|\s(?:in|by|on|at|for|from|to|as|so|last|this|during|since|after|before|under|with)\b)"
)
# After a dot: the end of the text, or a word that mostly begins a sentence.
_SENTENCE_END = re.compile(
    r"\.[\"'”’)\]]{0,4}(?:\s{0,8}\Z|\s{1,8}[\"“‘(]?(?:The|He|She|It|They|We|You|I|In|On|But|And|A|An|This|That|These"
    r"|Those|His|Her|Its|Their|Our|There|When|After|As|At|For|If|So|Then|What|Who|How|Why|Now|Not|No|Yes|Some|Many)\b(?!\.\w|\.\s[A-Z\d]|-[A-Z]\b|&[A-Z]))"
)


def find_abbreviation_end(text: str, end: int) -> int:
    """Return where an abbreviation ends that goes up to `end`: before its dot if that also ends the sentence."""
    return end - 1 if _SENTENCE_END.match(text, end - 1) else end


def join_longest_first(words: Iterable[str]) -> str:
    """Return a pattern for any of these words; where two begin alike, the longer is tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def spell_letters(letters: str, ending: str = "") -> str:
    """Spell letters as broadcast copy does: "F-B-I", "C-E-O's". `ending` is a plural or possessive: "s", "'s"."""
    return "-".join(letters) + ("'s" if ending else "")


_VOWELS = frozenset("AEIOUYaeiouy")
_FOUR_CONSONANTS = re.compile("[^AEIOUY]{4}")
MAX_INITIALISM_LETTERS = 6
"""Longer words in capitals are initialisms only if a list says so."""
# Pairs of vowels with which few English words begin: "AAIB", "UIDAI".
_UNUSUAL_BEGINNINGS = ("AA", "AO", "UA", "UI", "UO", "IA", "IE", "IU", "EO")
_SYLLABLES = re.compile(r"([^AEIOUY]*)([AEIOUY](?:.*[AEIOUY])?)([^AEIOUY]*)")


def is_pronounceable(letters: str) -> bool:
    """Whether capitals can be pronounced as English syllables; then a speech engine reads them as a word."""
    found = _SYLLABLES.fullmatch(letters)
    if not found:
        return False
    begin, middle, end = found.groups()
    begins, ends = _load_clusters()
    begins_usually = begin in begins if len(begin) > 1 else not letters.startswith(_UNUSUAL_BEGINNINGS)
    if len(letters) > MAX_INITIALISM_LETTERS:
        return begins_usually
    usual = begins_usually and (len(end) < 2 or end in ends)
    return usual and not _FOUR_CONSONANTS.search(middle)


@cache
def _load_clusters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the clusters of consonants that syllables begin with, and those they end with."""
    clusters = load_table("en", "syllables")
    ends = clusters["end"].split()
    plural = (f"{end}S" for end in (*ends, *"BCDFGKLMNPRTW"))
    return frozenset(clusters["begin"].split()), frozenset((*ends, *plural))


def is_unpronounceable(letters: str) -> bool:
    """Whether capitals cannot be pronounced as a word: no vowel, or four consonants in a row."""
    return not has_vowel(letters) or bool(_FOUR_CONSONANTS.search(letters))


def has_vowel(letters: str) -> bool:
    """Whether letters have a vowel, which "y" is one of."""
    return not _VOWELS.isdisjoint(letters)


def has_context(context: str, match: re.Match[str], reach: int = 80) -> bool:
    """Whether a word of a list of ``contexts.toml`` stands at most `reach` characters from a match.

    The reaches were chosen by reading news; they are not measured.
    """
    return bool(_compile_context(context).search(match.string, max(0, match.start() - reach), match.end() + reach))


@cache
def _compile_context(name: str) -> re.Pattern[str]:
    words = (re.escape(word) for word in re.split(r",\s+", load_table("en", "contexts")[name].strip()))
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
