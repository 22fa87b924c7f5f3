"""Addresses of the web and of people in it, and signs between words."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.continental.number_words import Verbalizer
from exporter.script import Word

_TOP_LEVEL_DOMAINS = "com net org edu gov info eu es fr de at ch mx ar co cl pe uk us io tv be it pt br ca cat gal"
_ADDRESS_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_MAX_CARDINAL_FIGURES = 4  # figures that are a number; longer ones are told one by one
# What stands before the first dot or the sign of a mailbox.
_BEFORE_SIGN = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[\w.+-]{0,62}\w)?\Z")


def rules(tongue: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for addresses and signs."""
    signs: dict[str, str] = tongue.tables["signs"]

    def one(piece: str) -> str:
        if piece.isdecimal():
            return (
                tongue.cardinal(int(piece))
                if len(piece) <= _MAX_CARDINAL_FIGURES and piece[0] != "0"
                else tongue.digits(piece)
            )
        return signs.get(piece, piece)

    def pieces(written: str) -> str:
        return " ".join(map(one, _ADDRESS_PIECE.findall(written)))

    def read_address(match: re.Match[str]) -> Parts:
        # The protocol and a last slash are written for machines.
        return say(match, pieces(match["address"]))

    def read_behind(match: re.Match[str]) -> Parts | None:
        """Read an address from its first sign on, with what stands before that."""
        found = _BEFORE_SIGN.search(match.string[max(0, match.start() - 64) : match.start()])
        if not found:
            return None
        return (Word(pieces(found.group() + match.group()), match.start() - len(found.group()), match.end()),)

    def read_name(match: re.Match[str]) -> Parts:
        """Read a hashtag or a handle: capitals tell its words."""
        words = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_", " ", match["name"])
        return (Word(signs[match["sign"]], *match.span("sign")), Word(pieces(words), *match.span("name")))

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match.group()])

    def read_and(match: re.Match[str]) -> Parts:
        return say(match, tongue.words["and"])

    def read_pause(match: re.Match[str]) -> Parts:
        return say(match, "—")

    host = rf"(?:\.[\w-]{{1,63}}){{0,3}}\.(?:{'|'.join(_TOP_LEVEL_DOMAINS.split())})(?![\w-]|\.\w|@)"
    path = r"(?:/(?:[\w%~#?=&+.,/-]{0,300}[\w#=-])?)?"
    return (
        Rule("URL", frozenset({"http", "https"}), rf"https?://(?P<address>[\w-]{{1,63}}{host}{path})/?", read_address),
        Rule("URL", frozenset({"www"}), rf"(?<![\w./@-])(?P<address>www{host}{path})/?", read_address),
        Rule("e-mail", frozenset({"@"}), rf"@[\w-]{{1,63}}{host}", read_behind),
        Rule("URL", frozenset({"."}), host + path, read_behind),
        Rule("handle", frozenset("@#"), r"(?<![\w/])(?P<sign>[@#])(?P<name>[^\W\d]\w{1,60})", read_name),
        Rule("sign", frozenset("=+<>≤≥≈×@~"), r"(?<=\s)[=+<>≤≥≈×@~](?=\s)", read_sign),
        Rule("sign", frozenset("/|"), r"(?<=\s)[/|](?=\s)", read_pause),
        # "am 4./5. September"
        Rule("sign", frozenset("/"), r"(?<=\d\.)/(?=\d\d?\.)", read_and),
    )
