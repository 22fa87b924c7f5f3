"""Typewriter's signs become a typesetter's: quotation marks that open and close, apostrophes, ellipses, dashes.

Only what is plain is changed: a mark that may be a prime (6'2") stays, and so does a language whose marks are not
known here. No word changes, and computer text is never touched.

Spaces at which no line may break become no-break spaces: within "10 km", "p. 12", "Dr. Lee", "J. R. R.", before
a dash between spaces, and in French before high punctuation. They are plain no-break spaces, the only ones that every
device knows (Kindle Publishing Guidelines), and stand where a space stood: none is added, so a search that takes
all white space for the same finds what it found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

_ENGLISH_MARKS = "“”‘’"
# Opening and closing double, opening and closing single marks, by language (CLDR 46, `quotationStart` and so on).
_QUOTATION_MARKS = {
    **dict.fromkeys(("en", "es", "it", "pt", "nl", "tr", "ga", "cy"), _ENGLISH_MARKS),
    "de": "„“‚‘",
    "cs": "„“‚‘",
    "pl": "„”‚’",
    "fr": ("«\u00a0", "\u00a0»", "‹\u00a0", "\u00a0›"),
}
_TYPEWRITER_SIGNS = re.compile(r"""(?<!")"(?!")|(?<!')'(?!')|(?<!\.)\.{3}(?!\.)|(?<=\w)--(?=\w)|(?<= )--(?= )""")
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{<—–-/“‘„‚«‹")
_UNITS = (
    "km/h|km|cm|mm|nm|µm|m|kg|mg|g|t|ha|l|ml|cl|°C|°F|°|%|€|£|kWh|MWh|GWh|TWh|kW|MW|GW|W|V|mV|Hz|kHz|MHz|GHz|kB|MB|GB|TB|"
    "ppm|hPa|kPa|K|mph|ft|lb|lbs|oz|min|a\\.m|p\\.m|am|pm|AM|PM"
)
# What stands before a number, and what before a name, by language.
_BEFORE_NUMBERS = (
    "pp?|[Ff]igs?|[Nn]os?|[Vv]ols?|[Cc]h|[Cc]ap|[Aa]rt|[Ss]ec|[Ee]q|[Nn]r|Abb|Bd|Kap|[Nn]úm|[Pp]ágs?|[Ss]tr"
)
_BEFORE_NAMES = {
    "en": "Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Sgt|Capt|Lt|Col|Rev|Hon",
    "de": "Dr|Prof|Hr|Fr|St",
    "fr": "M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste",
    "es": "Sr|Sra|Srta|Dr|Dra|Prof|D|Da",
}
_LANGUAGE_JOINTS = {
    "fr": "(?<=[«‹]) | (?=[»›;:!?])",
    # A word of one letter may not end a line.
    **dict.fromkeys(("pl", "cs", "sk"), r"(?<!\w)[aikosuvwzAIKOSUVWZ] (?=\w)"),
}
# Words that begin with an apostrophe.
_CLIPPED_WORD = re.compile(r"(?:tis|twas|twere|til|till|em|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE)


@functools.cache
def _compile_joints(named: str, own: str) -> re.Pattern[str]:
    """Return the pattern of the spaces at which no line may break, with what stands before each.

    `named` is what stands before a name, `own` a pattern of one language's own.
    """
    parts = (
        rf"\d (?=(?:{_UNITS})(?!\w)|\d{{3}}(?!\d))",
        rf"(?<!\w)(?:{_BEFORE_NUMBERS})\. (?=\d)|[§¶№] (?=\d)",
        r"(?<!\w)[^\W\d_]\. (?=[^\W\d_]\.)|(?<![\w.])[A-ZÀ-ÖØ-Þ]\. (?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])",
        rf"(?<!\w)(?:{named})\.? (?=[A-ZÀ-ÖØ-Þ])" if named else "",
        r"(?<=\S) (?=[–—] )",
        own,
    )
    return re.compile("|".join(filter(None, parts)))


class Typesetter:
    """Sets the runs of one block's text after each other: what a mark means depends on what stood before it."""

    def __init__(self, language: str) -> None:
        language = language.lower().partition("-")[0]
        self._marks: Sequence[str] = _QUOTATION_MARKS.get(language, "")
        self._joints = _compile_joints(_BEFORE_NAMES.get(language, ""), _LANGUAGE_JOINTS.get(language, ""))
        self.begin()

    def begin(self) -> None:
        """Begin a block."""
        self._before = " "
        self._open = [False, False]

    def past(self, text: str) -> None:
        """Pass by something that is not set: code, a formula, a picture."""
        self._before = text[-1:] or "x"

    def set(self, text: str) -> str:
        """Return the next run of a block's text as it is set."""
        if not text:
            return text
        made = _TYPEWRITER_SIGNS.sub(lambda found: self._sign(found, text), text) if self._marks else text
        self._before = text[-1]
        return self._joints.sub(lambda found: found[0].replace(" ", "\u00a0"), made)

    def _sign(self, found: re.Match[str], text: str) -> str:
        sign = found[0]
        if sign == "...":
            return "…"
        before = text[found.start() - 1] if found.start() else self._before
        after = text[found.end() : found.end() + 1]
        if sign == "--":
            return "–" if before.isdigit() and after.isdigit() else "—"
        return self._double(before, after) if sign == '"' else self._single(before, after, text[found.end() :][:8])

    def _double(self, before: str, after: str) -> str:
        if before in _BEFORE_OPENING and not after.isspace() and after not in {"", ".", ","} and not self._open[0]:
            self._open[0] = True
            return self._marks[0]
        if before.isdigit() and not self._open[0]:
            return '"'
        self._open[0] = False
        return self._marks[1]

    def _single(self, before: str, after: str, rest: str) -> str:
        if before.isalpha() and after.isalpha():
            return "’"
        if (
            before in _BEFORE_OPENING
            and (after.isalnum() or after in {'"', "“", "["})
            and not _CLIPPED_WORD.match(rest)
        ):
            self._open[1] = True
            return self._marks[2]
        if before.isdigit() and not self._open[1] and not after.isalpha():
            return "'"
        if self._open[1] and not after.isalnum() and not before.isspace():
            self._open[1] = False
            return self._marks[3]
        return "’"


def set_line(text: str, language: str) -> str:
    """Set a text that stands by itself, as a title does."""
    return Typesetter(language).set(text)
