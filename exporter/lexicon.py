"""The user's pronunciations: how names and terms are said, from TOML or W3C PLS 1.0.

A TOML lexicon has a line for each term, how it is said in plain words, in IPA, or in both::

    "Kabul" = "kahbul"
    "SQLite" = { say = "sequel light" }
    "Siobhan" = { say = "shivawn", ipa = "ʃɪˈvɔːn" }

A PLS lexicon has `lexeme` elements: each `grapheme` is a term, the first `alias` how it is said in words, the first
`phoneme` its phonemes. The words are for engines without phonemes. A term in lower case also matches with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.errors import UsageError, describe_error

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_APOSTROPHE = re.compile("[’ʼ]")
PLS_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
"""The namespace of PLS 1.0."""


class LexiconEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One term: how it is said in words (`say`) and in phonemes of an `alphabet`; one of the two may be empty."""

    term: str
    say: str = ""
    phonemes: str = ""
    alphabet: str = "ipa"


class Lexicon(msgspec.Struct, frozen=True):
    """Terms, each once. `language` is the BCP 47 tag that the lexicon states, or empty."""

    entries: tuple[LexiconEntry, ...] = ()
    language: str = ""


NO_LEXICON = Lexicon()
"""The empty lexicon."""


class Terms:
    """Finds terms in running text: whole words only, the longest first.

    Curly and straight apostrophes are the same, and so are all kinds of space.
    """

    def __init__(self, entries: Iterable[LexiconEntry]) -> None:
        self._entries = {form: entry for entry in entries for form in _list_forms(entry.term)}
        longest_first = sorted(self._entries, key=len, reverse=True)
        self.pattern = rf"(?<!\w)(?:{'|'.join(map(_make_expression, longest_first)) or '(?!)'})(?!\w)"
        self._compiled: re.Pattern[str] | None = None

    def __getitem__(self, found: str) -> LexiconEntry:
        """Return the entry of a term that `pattern` matched."""
        return self._entries[_fold_term(found)]

    def find(self, text: str) -> Iterator[tuple[int, int, LexiconEntry]]:
        """Yield the terms in a text: start, end and entry of each."""
        self._compiled = self._compiled or re.compile(self.pattern)
        for match in self._compiled.finditer(text):
            yield *match.span(), self[match[0]]


def _list_forms(term: str) -> set[str]:
    """Return the forms of a term: one in lower case also matches capitalised, in title case and in capitals."""
    term = _fold_term(term)
    return {term, term[:1].upper() + term[1:], term.title(), term.upper()} if term.islower() else {term}


def _fold_term(term: str) -> str:
    return _APOSTROPHE.sub("'", " ".join(term.split()))


def _make_expression(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s").replace("'", "['’ʼ]")


@lru_cache(maxsize=4)
def load_merged_lexicon(paths: tuple[str, ...]) -> Lexicon:
    """Return these lexicons merged, read once in a process; raises `UsageError` as `load_lexicons` does."""
    return load_lexicons(paths) if paths else NO_LEXICON


def load_lexicons(paths: Iterable[str | Path]) -> Lexicon:
    """Read lexicons and merge them; a term of a later file replaces that of an earlier one.

    Raises `UsageError` for a file that cannot be read or understood.
    """
    entries: dict[str, LexiconEntry] = {}
    language = ""
    for path in map(Path, paths):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(
                "reading a lexicon",
                str(path),
                describe_error(error, "BadLexicon"),
                "Check the file's name, or leave it out of the settings.",
            ) from error
        lexicon = parse_lexicon(data, str(path))
        entries |= {entry.term: entry for entry in lexicon.entries}
        language = lexicon.language or language
    return Lexicon(tuple(entries.values()), language)


def parse_lexicon(data: bytes, name: str) -> Lexicon:
    """Read one lexicon, PLS if it is XML, else TOML; `name` is its name in messages. Raises `UsageError`."""
    try:
        return _parse_pls(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _parse_toml(data)
    except (ValueError, SyntaxError) as error:
        raise UsageError(
            "reading a lexicon",
            name,
            describe_error(error, "BadLexicon"),
            'Write a line `"term" = "how it is said"` for each term, or a PLS 1.0 file.',
        ) from error


def _parse_toml(data: bytes) -> Lexicon:
    import tomllib  # noqa: PLC0415  5 ms, most runs have no lexicon in TOML

    tree = tomllib.loads(data.decode("utf-8-sig"))
    return Lexicon(tuple(_parse_entry(term, value) for term, value in tree.items()))


def _parse_entry(term: str, value: Any) -> LexiconEntry:
    if not term.strip():
        raise ValueError("a term is empty")
    if isinstance(value, str) and value.strip():
        return LexiconEntry(term, value)
    if (
        isinstance(value, dict)
        and value
        and value.keys() <= {"say", "ipa"}
        and all(_is_word(v) for v in value.values())
    ):
        return LexiconEntry(term, value.get("say", ""), value.get("ipa", ""))
    raise ValueError(f"{term!r} needs words, or a table of `say` and `ipa`")


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _parse_pls(data: bytes) -> Lexicon:
    import xml.etree.ElementTree as ET  # noqa: PLC0415  5 ms, only PLS lexicons need it

    # A document type could define entities that expand without bound (billion laughs).
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a document type is not allowed in a lexicon")
    root = ET.fromstring(data)  # noqa: S314  no document type, so no entities
    if root.tag != f"{{{PLS_NAMESPACE}}}lexicon":
        raise ValueError(f"the root element is {root.tag!r}, not the `lexicon` of PLS 1.0")
    alphabet = root.get("alphabet", "ipa")
    found: dict[str, LexiconEntry] = {}
    for lexeme in root.iter(f"{{{PLS_NAMESPACE}}}lexeme"):
        for entry in _parse_lexeme(lexeme, alphabet):
            found.setdefault(entry.term, entry)
    return Lexicon(tuple(found.values()), root.get("{http://www.w3.org/XML/1998/namespace}lang", ""))


def _parse_lexeme(lexeme: Element, alphabet: str) -> list[LexiconEntry]:
    phoneme = lexeme.find(f"{{{PLS_NAMESPACE}}}phoneme")
    alias = _read_text(lexeme.find(f"{{{PLS_NAMESPACE}}}alias"))
    phonemes = _read_text(phoneme)
    if phoneme is not None:
        alphabet = phoneme.get("alphabet", alphabet)
    if not alias and not phonemes:
        raise ValueError("a lexeme has neither an alias nor a phoneme")
    terms = [term for grapheme in lexeme.findall(f"{{{PLS_NAMESPACE}}}grapheme") if (term := _read_text(grapheme))]
    return [LexiconEntry(term, alias, phonemes, alphabet) for term in terms]


def _read_text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
