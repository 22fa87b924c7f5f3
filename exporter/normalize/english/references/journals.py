"""Titles of journals as they are abbreviated: "J. Am. Chem. Soc.", "N. Engl. J. Med.", "Phys. Rev. Lett."."""

from __future__ import annotations

import re

from exporter.normalize import CODE, FOLLOWED, Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_JOURNAL = "J."
# Single letters that are words of a title before another one: "N. Engl.", "L. Rev.".
_LETTERS = {"N.": ("New", "Engl."), "L.": ("Law", "Rev.")}
# So many words of the list are a title, even without a word for a kind of publication among them.
_MIN_PLAIN_WORDS = 3
# A society or what it is made of after "Journal": "Journal of the American Chemical Society".
_BODIES = frozenset(("Soc.", "Assoc.", "Acad.", "Inst.", "Coll."))
_KINDS = frozenset("Proc. Ann. Annu. Bull. Trans. Adv. Arch. Rev. Lett. Rep. Commun. Q. Mag. Stud.".split())


class _JournalReader:
    """Reads abbreviated titles of journals."""

    def __init__(self) -> None:
        lists = load_table("en", "journals")
        self.words: dict[str, str] = lists["forms"]
        self.before: dict[str, str] = lists["before"]

    def read_title(self, match: re.Match[str]) -> Parts | None:
        """Read the longest run of words of the list; one of them alone is another abbreviation."""
        found = list(re.finditer(r"\S+", match.group()))
        known = 0
        while known < len(found) and self.is_title_word(found, known):
            known += 1
        written = [each.group() for each in found[:known]]
        while written and not written[-1].endswith("."):
            written.pop()
        dotted = sum(word.endswith(".") for word in written)
        named = any(word == _JOURNAL or word in _KINDS or word in _BODIES for word in written)
        if dotted < (2 if named else _MIN_PLAIN_WORDS) or {*written} == {_JOURNAL}:  # "J. J. Roe"
            return None
        said = self.say_words(written)
        if written[-1] == _JOURNAL and len(found) > len(written):  # "Am. J. Public Health"
            said[-1] = "Journal of"
        start = match.start()
        last = start + found[len(written) - 1].start() + len(written[-1])
        return tuple(
            Word(
                word,
                start + piece.start(),
                find_abbreviation_end(match.string, last) if piece is found[len(written) - 1] else start + piece.end(),
            )
            for word, piece in zip(said, found, strict=False)
        )

    def is_title_word(self, found: list[re.Match[str]], index: int) -> bool:
        word = found[index].group()
        if word in _LETTERS:
            return index + 1 < len(found) and found[index + 1].group() == _LETTERS[word][1]
        return word == _JOURNAL or word in self.words

    def say_words(self, written: list[str]) -> list[str]:
        """Return the words of a title, each with the "of" or "of the" before it."""
        said = []
        for index, word in enumerate(written):
            previous = written[index - 1] if index else ""
            following = written[index + 1] if index + 1 < len(written) else ""
            if word == _JOURNAL:
                full = "Journal"
            elif word in _LETTERS:
                full = _LETTERS[word][0]
            elif word == "Sci." and previous == "Acad.":
                full = "of Sciences"
            else:
                full = self.before[word] if following and word in self.before else self.words[word]
            if previous == "J." and word not in _KINDS:
                body = not _BODIES.isdisjoint(written[index:])
                full = f"of {'the ' if body and index == 1 else ''}{full}"
            elif previous in ("Proc.", "Trans.", "Bull.") and not _BODIES.isdisjoint(written[index:]):
                full = f"of the {full}"
            elif previous in ("Ann.", "Arch.") and word not in _KINDS:
                full = f"of {full}"
            said.append(full)
        return said


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for titles of journals."""
    reader = _JournalReader()

    def read_issue(match: re.Match[str]) -> Parts:
        """Read the volume, the issue and the pages of an article."""
        said = {name: variety.say_number(written) for name, written in match.groupdict().items() if written}
        issue = (
            f"{said['issue']} to {said['last_issue']}" if "last_issue" in said else said.get("issue") or said["part"]
        )
        pages = f"pages {said['first']} to {said['last']}" if "last" in said else f"page {said['first']}"
        return say(match, f"{said['volume']}, {issue}, {pages}")

    first = [word for word in reader.words if word.endswith(".")]
    return (
        Rule(
            "journal",
            frozenset(map(find_anchor, (*first, _JOURNAL, *_LETTERS))),
            r"(?<![\w.'’-])(?<!\b[A-Z]\.\s)[A-Z][a-z]{0,12}\.(?:\s[A-Z][a-z]{0,12}\.?){1,7}",
            reader.read_title,
        ),
        # A volume, an issue and pages: "53(3):461-478".
        Rule(
            "pages",
            frozenset({FOLLOWED}),
            r"(?=\d{1,4}\s?[(/]\d)(?<![\w.,/$£€-])(?P<volume>\d{1,4})(?:\s?\((?P<issue>\d{1,3})(?:[-–](?P<last_issue>\d{1,3}))?\)|/(?P<part>\d{1,2})(?=:\s?\d{1,5}[-–]\d)):\s?(?P<first>\d{1,5})(?:[-–](?P<last>\d{1,5}))?(?!\w)",
            read_issue,
        ),
        # "pp7-12", "pp.7–12"
        Rule(
            "pages",
            frozenset({CODE, "pp"}),
            r"(?<![\w.])pp\.?(?P<first>\d{1,4})[-–](?P<last>\d{1,4})(?!\w)",
            lambda match: say(
                match, f"pages {variety.say_number(match['first'])} to {variety.say_number(match['last'])}"
            ),
        ),
    )
