"""How addresses on the Internet and in a file system are said: signs by their names, short parts letter by letter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_vowel, spell_letters
from exporter.normalize.toml_tables import load_table

ADDRESS_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
"""A run of letters, a number or a sign of an address."""
_MAX_SPELLED_CHARS = 5


def say_address(variety: Variety, written: str) -> str:
    """Return the words of an address; numbers of more than two digits are said digit by digit."""
    said = (_say_piece(variety, piece) for piece in ADDRESS_PIECE.findall(fold_digits(written)))
    return " ".join(filter(None, said))


def _say_piece(variety: Variety, piece: str) -> str:
    if piece.isdecimal():
        short = len(piece) < 3 and piece[0] != "0"
        return variety.say_cardinal(int(piece)) if short else english_numerals.say_digits(piece)
    if piece.isalpha():
        return spell_letters(piece.upper()) if is_spelled(piece) else piece
    return load_signs().get(piece, "")


@cache
def load_signs() -> dict[str, str]:
    """Return the names of the signs of addresses."""
    signs: dict[str, str] = load_table("en", "web")["signs"]
    return signs


@cache
def _load_spelled() -> frozenset[str]:
    return frozenset(load_table("en", "web")["spelled"].split())


def is_spelled(piece: str) -> bool:
    """Whether letters of an address are said one by one: a list has them, or they are few without a vowel."""
    return piece.lower() in _load_spelled() or (len(piece) <= _MAX_SPELLED_CHARS and not has_vowel(piece))


def fold_digits(written: str) -> str:
    """Replace raised and circled digits by plain ones."""
    return written if written.isascii() else unicodedata.normalize("NFKC", written)
