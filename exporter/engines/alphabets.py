"""Phonemes in the International Phonetic Alphabet (IPA), written for each engine.

The words are English, in the broad transcription of American dictionaries: ``ˈ`` stands before the stressed syllable,
``ɹ`` or ``r`` is kept after vowels. Sounds that English has not get the nearest English one.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Alphabet = Literal["misaki", "misaki-gb", "espeak", "respelling"]
"""``misaki`` is that of the natural voice, American or British; ``respelling`` is plain English letters."""


class _Sound(NamedTuple):
    """One sound in IPA, and in each alphabet."""

    ipa: str
    misaki: str
    british: str
    espeak: str
    respelling: str


# The sounds of English; the longest that fits is taken first.
_SOUNDS = tuple(
    _Sound(*row.split())
    for row in (
        "eɪ A A eI ay",
        "aɪ I I aI igh",
        "oʊ O Q oU oh",
        "əʊ O Q oU oh",
        "aʊ W W aU ow",
        "ɔɪ Y Y OI oy",
        "tʃ ʧ ʧ tS ch",
        "dʒ ʤ ʤ dZ j",
        "ɜɹ ɜɹ ɜː 3: ur",
        "ɝ ɜɹ ɜː 3: ur",
        "ɚ əɹ ə 3 er",
        "əɹ əɹ ə 3 er",
        "ɑɹ ɑɹ ɑː A@ ar",
        "ɔɹ ɔɹ ɔː o@ or",
        "ɛɹ ɛɹ ɛː e@ air",
        "ɪɹ ɪɹ ɪə i@3 eer",
        "ʊɹ ʊɹ ʊə U@ oor",
        "iə iə ɪə i@ eeuh",
        "i i iː i: ee",
        "u u uː u: oo",
        "ɑ ɑ ɑː A: ah",
        "ɒ ɑ ɒ 0 o",
        "ɔ ɔ ɔː O: aw",
        "ɜ ɜɹ ɜː 3: ur",
        "ə ə ə @ uh",
        "ɐ ə ə @ uh",
        "ɪ ɪ ɪ I i",
        "ɛ ɛ ɛ E e",
        "e ɛ ɛ E e",
        "æ æ a a a",
        "a ɑ ɑː A: ah",
        "o O Q oU oh",
        "ʌ ʌ ʌ V u",
        "ʊ ʊ ʊ U oo",
        "θ θ θ T th",
        "ð ð ð D th",
        "ʃ ʃ ʃ S sh",
        "ʒ ʒ ʒ Z zh",
        "ŋ ŋ ŋ N ng",
        "ɡ ɡ ɡ g g",
        "g ɡ ɡ g g",
        "ɹ ɹ ɹ r r",
        "r ɹ ɹ r r",
        "j j j j y",
        "x k k k k",
        # Sounds of other languages, by their nearest English ones.
        "ɔ̃ ɔn ɒn O:n on",
        "ɑ̃ ɑn ɑːn A:n ahn",
        "ɛ̃ æn an an an",
        "œ̃ ɜn ɜːn Vn un",
        "ø ɜ ɜː 3: ur",
        "œ ɜ ɜː 3: ur",
        "y u uː u: oo",
        "ʏ ʊ ʊ U oo",
        "ɥ w w w w",
        "ʁ ɹ ɹ r r",
        "ʀ ɹ ɹ r r",
        "ɾ ɹ ɹ r r",
        "ɣ ɡ ɡ g g",
        "χ k k k k",
        "ç ʃ ʃ S sh",
        "ɕ ʃ ʃ S sh",
        "ʂ ʃ ʃ S sh",
        "ʑ ʒ ʒ Z zh",
        "ʐ ʒ ʒ Z zh",
        "ɲ nj nj nj ny",
        "ʎ lj lj lj ly",
        "β b b b b",
        "ɸ f f f f",
        "ʋ v v v v",
        "ɨ ɪ ɪ I i",
        "ɯ u uː u: oo",
        "ɤ ʌ ʌ V u",
        "ħ h h h h",
        "ɫ l l l l",
        "ɬ l l l l",
        "ɭ l l l l",
        "ɳ n n n n",
        "ʈ t t t t",
        "ɖ d d d d",
        "c k k k k",
        "q k k k k",
        *(f"{letter} {letter} {letter} {letter} {letter}" for letter in "bdfhklmnpstvwz"),
    )
)
_BY_IPA = {sound.ipa: sound for sound in _SOUNDS}
_STRESSES = {"ˈ": "'", "ˌ": ","}
_VOWELS = frozenset("eaɪoəʊɔɜɝɚɑɛiuɒɐæʌøœyʏɨɯɤ")
# Diacritics without a difference in English: length, ties, syllable breaks, devoicing, aspiration.
_IGNORED = re.compile("[ː͜͡ˑ.ʰʲʷ̥̩̯ˠ̪ʔʕ()/]")
_TOKEN = re.compile("|".join(sorted((re.escape(ipa) for ipa in _BY_IPA), key=len, reverse=True)) + r"|[ˈˌ\s-]")
# An r that begins the next syllable does not colour the vowel before it: "ɛɹə".
_LINKED = re.compile(r"([ɑɔɛɪʊə])ɹ(?=[ˈˌ]?[eaɪoəʊɔɜɝɚɑɛiuɒɐæʌ])")
_SYLLABIC = re.compile("([lmnɹr])̩")
_SIBILANTS = ("s", "z", "ʃ", "ʒ")
_VOICELESS = ("p", "t", "k", "f", "θ")


def add_ending_s(ipa: str) -> str:
    """Return phonemes with the ending of the plural or the possessive."""
    if ipa.endswith(_SIBILANTS):
        return f"{ipa}ɪz"
    return ipa + ("s" if ipa.endswith(_VOICELESS) else "z")


def write_phonemes(ipa: str, alphabet: Alphabet) -> str:
    """Write phonemes in an engine's alphabet; sounds that no row of the table has are left out."""
    ipa = _SYLLABIC.sub(r"ə\1", ipa.replace("ç", "ç")).replace("ɹɹ", "ɹ").replace("r", "ɹ").replace("ɝɹ", "ɝ")
    ipa = _IGNORED.sub("", ipa).replace("ɝ", "ɜɹ").replace("ɚ", "əɹ")
    column = {"misaki": 1, "misaki-gb": 2, "espeak": 3, "respelling": 4}[alphabet]
    linked = _LINKED.sub("\\1\N{ZERO WIDTH SPACE}ɹ", ipa)
    return _join_sounds(_TOKEN.findall(linked), column, alphabet).strip()


def _join_sounds(sounds: list[str], column: int, alphabet: Alphabet) -> str:
    """Join the sounds; a mark of stress moves to its vowel, where both phonetic alphabets have it."""
    out: list[str] = []
    stress = ""
    for sound in sounds:
        if sound in _STRESSES:
            if alphabet != "respelling":
                stress = _STRESSES[sound] if alphabet == "espeak" else sound
        elif sound.isspace() or sound == "-":
            out.append("||" if alphabet == "espeak" else " ")
        else:
            if sound[0] in _VOWELS:
                out.append(stress)
                stress = ""
            out.append(_BY_IPA[sound][column])
    return "".join(out)
