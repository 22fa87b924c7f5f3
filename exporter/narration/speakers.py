"""Who speaks: the name beside a quotation, by the verbs of saying around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from exporter.normalize.tables import table
from exporter.sentences.words import words

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?|\d[\w,.-]*|[,;:()—–]")
_NAME = re.compile(r"(?:[A-Z][\w'’-]*\.?[ ]){1,3}[A-Z][\w'’-]+")
_STOPS = frozenset(",;:()—–")
_NEAR = 12  # words between a quotation and the verb that tells who said it
_CLOSE = 6
_INITIAL = 2  # "J."


class Speakers:
    """The people of one article; `last` is the one who spoke last."""

    def __init__(self, language: str, texts: Iterable[str]) -> None:
        lists = table(language.partition("-")[0].lower(), "sentences")
        known = words(language)
        self.last = ""
        self._saying = known.saying
        self._starters = known.starters
        self._titles = frozenset(lists.get("titles", "").split()) | known.never
        self._pronouns = frozenset(lists.get("pronouns", "").split())
        self._persons = frozenset(lists.get("persons", "").split())
        self._links = frozenset(lists.get("links", "").split())
        self._articles = frozenset(lists.get("articles", "").split())
        self._conjunctions = frozenset(lists.get("conjunctions", "").split())
        self._according = lists.get("according", "").split()
        self._full: dict[str, str] = {}
        for text in texts:
            for match in _NAME.finditer(text):
                name = self._stripped(match[0].split())
                if len(name) > 1:
                    self._full.setdefault(name[-1].removesuffix("’s").removesuffix("'s"), " ".join(name))

    def after(self, text: str) -> str | None:
        """The speaker named behind a quotation ("Ruiz told reporters", "said Ruiz"): empty for one without a name."""
        tokens = _TOKEN.findall(text[:200])
        while tokens and tokens[0] in _STOPS:
            tokens.pop(0)
        if (source := self._source(tokens)) is not None:
            return source
        verb = self._verb(tokens[:_NEAR])
        # "..., which he wrote" and "... and laughed" say something of the quoted words or of somebody else.
        if verb is None or tokens[0] in self._links or tokens[0] in self._conjunctions:
            return None
        return self._inverted(tokens[1:]) if verb == 0 else self._subject(tokens[:verb], first=True)

    def before(self, text: str) -> str | None:
        """The speaker named before a quotation ("Ruiz said:", "Ruiz: ")."""
        tokens = _TOKEN.findall(text[-300:])
        if (source := self._source(tokens)) is not None:
            return source
        verbs = [place for place, token in enumerate(tokens) if self._says(token)]
        if verbs and len(tokens) - verbs[-1] <= _CLOSE:
            return self._subject(tokens[: verbs[-1]], first=False)
        if tokens[-1:] == [":"] and len(tokens) <= _CLOSE:
            return self._subject(tokens[:-1], first=False)
        return None

    def _says(self, token: str) -> bool:
        return token.lower().rstrip(".") in self._saying

    def hear(self, text: str) -> None:
        """Remember who is said to have said something in a sentence, quoted or not: the next "she said" means them."""
        tokens = _TOKEN.findall(text[:200])
        if verb := self._verb(tokens[:_NEAR]):
            name = self._subject(tokens[:verb], first=True)
            if name[:1].isupper():
                self.last = name

    def _verb(self, tokens: list[str]) -> int | None:
        """Where the first verb of saying stands."""
        return next((place for place, token in enumerate(tokens) if self._says(token)), None)

    def _source(self, tokens: list[str]) -> str | None:
        """The speaker of "according to Ruiz" at the beginning of words."""
        length = len(self._according)
        if not length or [token.lower() for token in tokens[:length]] != self._according:
            return None
        return self._inverted(tokens[length:])

    def _inverted(self, tokens: list[str]) -> str:
        """The name at the beginning of words: what follows "said"."""
        phrase = list(takewhile(lambda token: token not in _STOPS, tokens))
        start = next((place for place, token in enumerate(phrase) if token[0].isupper()), None)
        if start is None or any(token in self._links for token in phrase[:start]):
            return self._subject(phrase[:_CLOSE], first=True)
        return self._resolved(list(takewhile(lambda token: token[0].isupper(), phrase[start:])))

    def _subject(self, tokens: list[str], *, first: bool) -> str:
        """The name in the words before a verb; an apposition stands behind it, a place or time before it."""
        stretches: list[list[str]] = [[]]
        for token in tokens:
            if token in _STOPS:
                stretches.append([])
            else:
                stretches[-1].append(token)
        stretches = [stretch for stretch in stretches if stretch]
        for stretch in stretches if first else reversed(stretches):
            if name := self._name(stretch):
                return name
        return self._common(stretches[0 if first else -1]) if stretches else ""

    def _name(self, tokens: list[str]) -> str:
        """The last name in a noun phrase, but for what hangs on it: "Ruiz of Harbor Watch" is Ruiz."""
        if tokens[0].lower() in self._persons:
            return self.last if tokens[0].lower() in self._pronouns else ""
        runs: list[list[str]] = []
        fresh = True
        for place, token in enumerate(tokens):
            if place and token in self._links:
                break
            if token[0].isupper() and token.lower() not in self._articles and not self._is_adjective(token):
                if fresh:
                    runs.append([])
                runs[-1].append(token)
                fresh = False
            else:
                fresh = True
        return self._resolved(runs[-1]) if runs else ""

    def _is_adjective(self, token: str) -> bool:
        return "-" in token and token.rpartition("-")[2].islower()

    def _common(self, tokens: list[str]) -> str:
        """A speaker without a name: "the spokesman" is "spokesman"; a pronoun is the one who spoke last."""
        if tokens[0].lower() in self._pronouns:
            return self.last
        if tokens[0].lower() in self._persons:
            return ""
        phrase = takewhile(lambda token: token not in self._links, tokens)
        return " ".join(token for token in phrase if token.lower() not in self._articles)

    def _stripped(self, name: list[str]) -> list[str]:
        while len(name) > 1 and (name[0].rstrip(".") in self._titles or name[0] in self._starters):
            name = name[1:]
        return name

    def _resolved(self, name: list[str]) -> str:
        """The full name of somebody who is called by the last name alone."""
        name = self._stripped(name)
        if name and len(name[-1]) > _INITIAL:
            name = [*name[:-1], name[-1].removesuffix(".")]
        if name and name[0].lower() in self._pronouns:
            return self.last
        return self._full.get(name[0], name[0]) if len(name) == 1 else " ".join(name)
