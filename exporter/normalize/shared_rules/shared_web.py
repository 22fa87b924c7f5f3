"""Web and e-mail addresses, handles and hashtags."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

_TOP_LEVEL_DOMAINS = "com net org edu gov info eu es fr de at ch mx ar co cl pe uk us io tv be it pt br nl ca cat gal"
_ADDRESS_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_MAX_CARDINAL_DIGITS = 4  # in an address; longer ones are said digit by digit
_MAX_LOCAL_PART_CHARS = 64  # of an e-mail address, RFC 5321
# The label before the first dot, or the local part before the @.
_BEFORE_SIGN = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[\w.+-]{0,62}\w)?\Z")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for addresses and names with a sign."""
    signs: dict[str, str] = language.tables["signs"]

    def say_piece(piece: str) -> str:
        if piece.isdecimal():
            return (
                language.say_cardinal(int(piece))
                if len(piece) <= _MAX_CARDINAL_DIGITS and piece[0] != "0"
                else language.say_digits(piece)
            )
        return signs.get(piece, piece)

    def say_address(written: str) -> str:
        return " ".join(map(say_piece, _ADDRESS_PIECE.findall(written)))

    def read_address(match: re.Match[str]) -> Parts:
        # The scheme and a final slash are not said.
        return say(match, say_address(match["address"]))

    def read_behind(match: re.Match[str]) -> Parts | None:
        """Read an address from its first sign on, with the characters before it."""
        found = _BEFORE_SIGN.search(match.string[max(0, match.start() - _MAX_LOCAL_PART_CHARS) : match.start()])
        if not found:
            return None
        return (Word(say_address(found.group() + match.group()), match.start() - len(found.group()), match.end()),)

    def read_name(match: re.Match[str]) -> Parts:
        """Read a hashtag or a handle, split into words at its capitals."""
        words = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_", " ", match["name"])
        return (Word(signs[match["sign"]], *match.span("sign")), Word(say_address(words), *match.span("name")))

    host = rf"(?:\.[\w-]{{1,63}}){{0,3}}\.(?:{'|'.join(_TOP_LEVEL_DOMAINS.split())})(?![\w-]|\.\w|@)"
    path = r"(?:/(?:[\w%~#?=&+.,/-]{0,300}[\w#=-])?)?"
    return (
        Rule("URL", frozenset({"http", "https"}), rf"https?://(?P<address>[\w-]{{1,63}}{host}{path})/?", read_address),
        Rule("URL", frozenset({"www"}), rf"(?<![\w./@-])(?P<address>www{host}{path})/?", read_address),
        Rule("e-mail", frozenset({"@"}), rf"@[\w-]{{1,63}}{host}", read_behind),
        Rule("URL", frozenset({"."}), host + path, read_behind),
        Rule("handle", frozenset("@#"), r"(?<![\w/])(?P<sign>[@#])(?P<name>[^\W\d]\w{1,60})", read_name),
    )
