"""Calls to action: lines that ask the reader to use the publisher's service (newsletters, consent, promotion).

A list of sentences cannot cover them, since every publisher has its own. The table `[asking]` of each language groups
words instead: a verb that asks, an object that is the service, an address ("our", "your"), and an assurance ("at any
time"). A line is a request if the evidence for it outweighs the evidence against it: reporting verbs, third persons,
quotations, figures. Articles about newsletters report, so doubtful lines stay.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from exporter.readers.wordlists import load_word_lists

_OBJECT_GROUPS = ("consent", "newsletter", "promotion")
"""Groups of objects, named by the kind of request; the group with most words decides, the first one of equals."""

_WORD_GROUPS = (*_OBJECT_GROUPS, "asks", "ours", "yours", "assures", "reports")

_COMMAND_GROUP = "command"
"""The verbs of the group "asks" that begin a clause: imperatives."""

_WEIGHTS: Mapping[str, tuple[int, ...]] = {
    "command": (3, 1),
    "asks": (1,),
    "newsletter": (2, 1),
    "consent": (2, 1, 1),
    "promotion": (1, 1),
    "ours": (2,),
    "yours": (1,),
    "assures": (2, 1),
}
"""Weights of the first, second, and so on of the different words of a group; further words count nothing.

Chosen by reading requests; `tests/golden/asking` holds lines that must and sentences that must not be found."""

_REPORT_PENALTY, _QUOTATION_PENALTY, _FIGURE_PENALTY = 3, 6, 1
"""Subtracted for each word that reports, for a quotation, and for each figure."""

_MIN_REQUEST_WEIGHT = 7
"""Weight of a request: it takes words of three groups to reach it, or many of two."""

_MAX_SHORT_REQUEST_CHARS = 100
"""A line up to so long has no room for more words, so one point less is enough."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s'-]")
_MARKS_TO_SPACES = {code: " " for code in range(0x80) if not chr(code).isalnum()}
_QUOTATION_MARKS = frozenset('"“”„«»‹›')


def classify_request(line: str) -> str:
    """Return "newsletter", "consent" or "promotion" for a line that asks the reader for it, or an empty string.

    `line` is a short paragraph in lower case, with straight apostrophes. It is judged in each language separately.
    """
    if line.isascii() and _object_parts().isdisjoint(line.translate(_MARKS_TO_SPACES).split()):
        return ""  # most lines, at once
    words = _WORD.findall(line)
    if _object_words().isdisjoint(words):
        return ""
    for groups in _find_phrases(words).values():
        objects = [name for name in _OBJECT_GROUPS if name in groups]
        enough = _MIN_REQUEST_WEIGHT - ("ours" in groups and len(line) <= _MAX_SHORT_REQUEST_CHARS)
        if objects and _may_be_request(groups) and _weigh(groups, words) >= enough:
            return max(objects, key=lambda name: len(groups[name]))
    return ""


def _may_be_request(groups: Mapping[str, set[str]]) -> bool:
    """Whether a line names the publisher's service and addresses the reader.

    Accounts and subscriptions are everyone's: a promotion must be an imperative with "our". A newsletter or a consent
    needs a verb that asks, or an assurance ("Our newsletter is free" alone may be from an essay).
    """
    if groups.keys().isdisjoint(("consent", "newsletter")):
        return groups.keys() >= {"ours", _COMMAND_GROUP}
    assured = "assures" in groups and not groups.keys().isdisjoint(("yours", "consent"))
    return assured or not groups.keys().isdisjoint((_COMMAND_GROUP, "asks"))


def _weigh(groups: Mapping[str, set[str]], words: list[str]) -> int:
    evidence = sum(sum(_WEIGHTS[name][: len(found)]) for name, found in groups.items() if name in _WEIGHTS)
    figures = _FIGURE_PENALTY * sum(word[0].isdigit() for word in words)
    return (
        evidence
        - figures
        - _REPORT_PENALTY * len(groups.get("reports", ()))
        - _QUOTATION_PENALTY * (not _QUOTATION_MARKS.isdisjoint(words))
    )


def _find_phrases(words: list[str]) -> Mapping[str, Mapping[str, set[str]]]:
    """Return the different phrases of each group in a line, by language and group.

    A word that reports is ignored if a longer phrase begins with it: "I agree to".
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    index = _phrase_index()
    for place, word in enumerate(words):
        begun: set[str] = set()
        for phrase, language, group in index.get(word, ()):
            if len(phrase) > 1 and tuple(words[place : place + len(phrase)]) != phrase:
                continue
            if group == "reports" and language in begun:
                continue
            begun.add(language)
            commands = group == "asks" and (place == 0 or not words[place - 1][0].isalnum())
            found[language][_COMMAND_GROUP if commands else group].add(" ".join(phrase))
    return found


@cache
def _object_words() -> frozenset[str]:
    """Return the longest word of each phrase that names an object, of two the rarer: of "your work" the second."""
    times = Counter(word for phrase, _, _ in _read_phrases() for word in phrase)
    objects = (phrase for phrase, _, group in _read_phrases() if group in _OBJECT_GROUPS)
    return frozenset(max(phrase, key=lambda word: (len(word), -times[word])) for phrase in objects)


@cache
def _object_parts() -> frozenset[str]:
    """Return the last part of each of those words: "mail" of "e-mail"."""
    return frozenset(word.rpartition("-")[2] for word in _object_words())


@cache
def _phrase_index() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """Return the phrases, cut into words, with language and group, by their first words; the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for row in sorted(_read_phrases(), key=lambda row: -len(row[0])):
        index[row[0][0]].append(row)
    return {first: tuple(rows) for first, rows in index.items()}


def _read_phrases() -> Iterator[tuple[tuple[str, ...], str, str]]:
    for language, tables in load_word_lists().items():
        for group in _WORD_GROUPS:
            for phrase in tables.get("asking", {}).get(group, "").splitlines():
                yield tuple(_WORD.findall(phrase)), language, group
