"""Chess: moves in algebraic notation near words of chess (Nf3, Qxf7#, O-O)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, LETTER, MIXED, NUMBER, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, has_context

_PIECES = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight"}
_ENDINGS = {"+": "check", "#": "mate"}
_MOVE_PATTERN = r"(?:[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|[a-h]x[a-h][1-8]|O-O)"
# The number of a move, or another move, right before or behind one, which needs no word of chess then.
_MOVE_BEFORE = re.compile(rf"(?:(?<!\d)\d{{1,2}}\.(?:\.\.)?\s?(?:[a-h][1-8]\s)?|{_MOVE_PATTERN}[+#]?\s)\Z")
_MOVE_NEXT = re.compile(rf"\s(?:\d{{1,2}}\.\s?)?{_MOVE_PATTERN}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for moves and castling."""

    def say_square(written: str) -> str:
        return " ".join(variety.say_number(sign) if sign.isdecimal() else sign.upper() for sign in written)

    def is_move(match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - 10) : match.start()]
        near = _MOVE_BEFORE.search(before) or _MOVE_NEXT.match(match.string, match.end())
        return bool(near) or has_context("chess", match)

    def read_move(match: re.Match[str]) -> Parts | None:
        if not is_move(match):
            return None
        said = [
            _PIECES.get(match["piece"] or "", ""),
            say_square(match["origin"] or match["file"] or ""),
            "takes" if match["takes"] else "",
            say_square(match["square"]),
            _PIECES.get(match["promoted"] or "", ""),
            _ENDINGS.get(match["ending"] or "", ""),
        ]
        return say(match, " ".join(filter(None, said)))

    def read_castling(match: re.Match[str]) -> Parts | None:
        side = "queenside" if match.group().count("-") > 1 else "kingside"
        return say(match, f"castles {side}") if is_move(match) else None

    return (
        # "Nf3", "exd5", "Qxf7#"
        Rule(
            "chess move",
            frozenset({CODE, MIXED, LETTER}),
            r"(?:(?<![\w.-])|(?<=\d\.)|(?<=\d\.\.\.)|(?<=\d…))(?:(?P<piece>[KQRBN])(?P<origin>[a-h]?[1-8]?(?=x?[a-h][1-8]))|(?P<file>[a-h](?=x))?)"
            r"(?P<takes>x)?(?P<square>[a-h][1-8])(?:=(?P<promoted>[QRBN]))?(?P<ending>[+#])?(?![\w-])",
            read_move,
        ),
        # The number of "14. Nf3".
        Rule(
            "chess move",
            frozenset({NUMBER}),
            rf"(?<![\w.,-])(?P<number>\d{{1,2}})\.(?:\.\.)?(?=\s?{_MOVE_PATTERN}|\s[a-h][1-8]\s[KQRBNa-h])",
            lambda match: say(match, variety.say_number(match["number"])),
        ),
        # "O-O-O"
        Rule("castling", frozenset({LETTER}), r"(?<![\w-])O-O(?:-O)?(?![\w-])", read_castling),
    )
