"""Bylines: the authors of an article as a list of names.

`parse_byline` returns the names of a line that is a byline by its leading word ("By", "Von", "Por"). `extract_names`
takes text that certainly is a byline ("Ann Lee and Bo Chan | Staff Writers"). Roles, places, addresses and handles are
left out; an agency or a desk counts as an author only if no person is named. The words come from the word lists.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.linear_patterns import MAYBE_SPACES, SPACES
from exporter.readers.wordlists import get_phrase_set, get_phrases, index_phrases

MAX_BYLINE_CHARS = 200
"""Characters of a byline: longer lines are sentences."""

_PARTICLES = frozenset(
    "de del della di da do dos das du des van von der den ter ten le la el al bin ibn ben y e af zu zum i".split()
)
_ADDRESSES_AND_BRACKETS = re.compile(r"(?<!\S)[^\s@]++@\S+|https?://\S+|(?<!\w)@\w+|\([^)]{0,200}\)|\[[^\]]{0,200}\]")
_SEGMENT_SEPARATOR = re.compile(rf"{MAYBE_SPACES}[|·•⋅●;/、]\s*|{SPACES}[-–—]\s+|\n\s*")
_DEGREE = re.compile(
    r"(?:M\.?D|Ph\.?D|M\.?P\.?H|M\.?A|M\.?Sc|R\.?N|R\.?D|J\.?D|Esq|DPhil|MBA|CFA|CFP|CPA|LCSW|DO|DDS|DVM|PsyD)\.?"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_IDEOGRAPHIC_NAME = re.compile("[\u4e00-\u9fff]{2,4}")  # Chinese and Japanese names have no spaces
_GENERATION = re.compile(r",? (?:Jr|Sr)\.?$")
_GLUED_WORDS = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_VOWEL = re.compile(r"[AEIOUYÀ-Þ]")

_MIN_WORD_LETTERS = 3
"""Letters of a capitalized word; shorter ones without a vowel are initials ("JK")."""

_MAX_LEAD_CHARS = 40
"""Characters at the beginning of a text in which a leading word is looked for; the longest in the word lists has
fewer."""

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’‘`-]*")


def parse_byline(line: str) -> tuple[str, ...]:
    """Return the names in a line that is a byline as a whole; empty for other lines, and without a leading word."""
    if len(line) > MAX_BYLINE_CHARS:
        return ()
    rest = _text_after_lead(line)
    if rest is None or (rest[-1:] in ".?!" and not _ends_in_initial(rest)):
        return ()
    names = extract_names(rest)
    if names and is_person(names[0]):  # then a single word is a place or a degree: "Ann Lee, RDN, Averill"
        names = tuple(name for name in names if " " in name or is_agency(name) or is_name(name))
    return names if names and all(is_name(name) or is_agency(name) or _is_single_name(rest) for name in names) else ()


def extract_names(text: str) -> tuple[str, ...]:
    """Return the names in a byline, with or without its leading word: people, else agencies and desks."""
    rest = _text_after_lead(text) or text
    found: dict[str, str] = {}
    organisations: dict[str, str] = {}
    for number, segment in enumerate(_SEGMENT_SEPARATOR.split(_ADDRESSES_AND_BRACKETS.sub(" ", rest))):
        if number and not found and not organisations:
            continue
        for part in _split_names(segment):
            name = _lower_capitals(_strip_role_and_place(_text_after_lead(part) or part))
            if not name or ":" in name or "：" in name or (found and is_role(name.split()[0])):
                continue
            if is_agency(name) or _is_organisation(name):
                organisations.setdefault(name.casefold(), name)
            elif is_name(name) or (number == 0 and len(name.split()) <= 4):
                found.setdefault(name.casefold(), name)
    return tuple((found or organisations).values())


def find_agencies(text: str) -> tuple[str, ...]:
    """Return the news agencies that a byline names, beside people or alone."""
    parts = (part for segment in _SEGMENT_SEPARATOR.split(text) for part in _split_names(segment))
    return tuple(dict.fromkeys(part for part in parts if is_agency(part)))


def has_lead_at(text: str, start: int = 0) -> bool:
    """Whether a word that leads a byline stands at a place in a text."""
    first = _LETTERS.match(text, start)
    may_lead = first is not None and first[0].casefold() in index_phrases("bylines", "lead", 0)
    return may_lead and bool(_match_lead(text[start : start + _MAX_LEAD_CHARS].casefold()))


def is_lead(line: str) -> bool:
    """Whether a line consists of a byline's leading word: "By", "Author:"."""
    return line.casefold().strip(" :：") in get_phrase_set("bylines", "lead")


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.casefold().strip(" .") in get_phrase_set("bylines", "agencies")


def has_agency_word(text: str) -> bool:
    """Whether a text may name a news agency: a quick look at its words."""
    return not _agency_words().isdisjoint(_LETTERS.findall(text.casefold()))


def is_name(text: str) -> bool:
    """Whether a text has the form of one person's name: two to six words, capitals, no digits; "J. van der Berg"."""
    if _IDEOGRAPHIC_NAME.fullmatch(text):
        return True
    words = _GENERATION.sub("", text).split()
    if not 2 <= len(words) <= 6 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    capitals = sum(word[0].isupper() or not word[0].islower() for word in words)
    return (
        capitals >= 2
        and words[-1][0].isupper()
        and all(word[0].isupper() or word.casefold() in _PARTICLES or "’" in word for word in words)
        and words[0].casefold() not in get_phrase_set("bylines", "lead")
    )


def is_person(name: str) -> bool:
    """Whether a name is a person's, not a desk's, an organisation's or a job title."""
    if not is_name(name) or name.casefold().startswith("the "):
        return False
    return not (is_agency(name) or _is_organisation(name) or is_role(name.rsplit(maxsplit=1)[-1]))


def is_role(word: str) -> bool:
    """Whether a word is one of those for jobs, or joins two of them."""
    return word.casefold().strip(".,") in get_phrase_set("bylines", "roles") | get_phrase_set("bylines", "and")


def _is_organisation(name: str) -> bool:
    return any(word.casefold() in get_phrase_set("bylines", "organisations") for word in name.split())


def _text_after_lead(text: str) -> str | None:
    """Return the text after a byline's leading word, or None if there is no such word."""
    text = text.strip()
    if lead := _match_lead(text[:_MAX_LEAD_CHARS].casefold()):
        return text[len(lead) :].lstrip(" :：\t") or None
    return None


def _match_lead(folded: str) -> str:
    """Return the longest leading word at the beginning of a lower-case text, or an empty string."""
    first = _LETTERS.match(folded)
    for lead in index_phrases("bylines", "lead", 0).get(first[0], ()) if first else ():
        if folded.startswith(lead) and len(folded) > len(lead) and not folded[len(lead)].isalnum():
            return lead
    return ""


@cache
def _agency_words() -> frozenset[str]:
    """Return the last word of each agency's name."""
    return frozenset(_LETTERS.findall(agency)[-1] for agency in get_phrase_set("bylines", "agencies"))


@cache
def _conjunction_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in get_phrases("bylines", "and"))
    return re.compile(rf"\s*,\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+|\s*&\s*", re.IGNORECASE)


def _split_names(segment: str) -> list[str]:
    """Split at commas and conjunctions, but leave "Lee, Jr." whole."""
    parts = _conjunction_pattern().split(segment)
    merged: list[str] = []
    for part in parts:
        if merged and re.fullmatch(r"(?:Jr|Sr|II|III|IV)\.?", part.strip()):
            merged[-1] += f", {part.strip()}"
        elif not _DEGREE.fullmatch(part.strip()):
            merged.append(part)
    return [part.strip(" \t,.:“”\"'") if not _ends_in_initial(part) else part.strip(' \t,:“”"') for part in merged]


def _ends_in_initial(text: str) -> bool:
    return re.search(r"(?:^|[\s.])(?:\w|Jr|Sr|Dr|St)\.$", text.strip()) is not None


def _strip_role_and_place(name: str) -> str:
    """Remove a job at the end ("Ann Lee Political Correspondent") and a place ("Ann Lee in Berlin")."""
    words = _GLUED_WORDS.sub(lambda glue: " " if is_role(name[glue.end() :].partition(" ")[0]) else "", name).split()
    for number, word in enumerate(words):
        if number >= 1 and word.casefold() in get_phrase_set("bylines", "place"):
            words = words[:number]
            break
    for size in (3, 2, 1):
        if len(words) >= size + 2 and is_agency(" ".join(words[-size:])):
            words = words[:-size]
    roles = get_phrase_set("bylines", "roles")
    end = len(words)
    while end and words[end - 1].casefold().strip(".") in roles:
        end -= 1
    # "Staff Writer" goes, and so does the job after a name; "Guardian staff reporter" is all the name there is.
    return " ".join(words[:end] if end == 0 or is_name(" ".join(words[:end])) else words)


def _lower_capitals(name: str) -> str:
    """Rewrite a name in capitals as names are written, "ROSE O'NEIL" as "Rose O'Neil"; initials and agencies stay."""
    if not name.isupper() or not is_name(name) or is_agency(name):
        return name
    words = [
        word.lower() if word.casefold() in _PARTICLES else _LETTERS.sub(_capitalize_word, word) for word in name.split()
    ]
    return " ".join([words[0][0].upper() + words[0][1:], *words[1:]])


def _capitalize_word(match: re.Match[str]) -> str:
    letters = match[0]
    if len(letters) < _MIN_WORD_LETTERS and not _VOWEL.search(letters):
        return letters  # "JK", "DJ"
    return (
        f"Mc{letters[2:].capitalize()}"
        if letters.startswith("MC") and len(letters) > _MIN_WORD_LETTERS
        else letters.capitalize()
    )


def _is_single_name(rest: str) -> bool:
    """Whether a byline is one short name without marks: "By tinyhouse", "By Guardian staff reporter"."""
    words = rest.split()
    return (len(words) == 1 or (len(words) <= 4 and not words[0][0].islower())) and not re.search(
        r"[,;:!?()\"“”]", rest
    )
