"""Who speaks: the name beside a quotation, by the verbs of saying around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile, takewhile

from exporter.narration.speech_verbs import CLAUSE_STOPS, load_grammar

_SPEAKER_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?|\d[\w,.-]*|[,;:()—–]")
_CAPITAL_LETTER = "[A-ZÀ-ÖØ-ÞČĐĞİŁŃŘŚŞŠŽŻ]"
_PARTICLE_ARTICLES = frozenset("der den la las los le".split())  # behind the particle of a name: "von der", "de la"
_PARTICLES = r"(?:(?:von|van|de|der|den|del|di|da|dos|du|la|le|bin|ibn|al|ter)[ ]){1,2}"
# A dot belongs to an initial or a title, not to a word that ends a sentence.
_FULL_NAME = re.compile(
    rf"(?:{_CAPITAL_LETTER}(?:[\w'’-]*|\w{{0,3}}\.)[ ]){{1,5}}(?:{_PARTICLES})?{_CAPITAL_LETTER}[\w'’-]+"
)
_MAX_WORDS_TO_VERB = 12  # words between a quotation and the verb that tells who said it
_MAX_ATTRIBUTION_WORDS = 6
_MAX_NAMELESS_WORDS = 3  # words that name a speaker without a name: "company spokesperson"
_INITIAL_CHARS = 2  # "J."


class Speakers:
    """The people of one article; `last` is the one who spoke last, `heard` whom the text has told of last."""

    def __init__(self, language: str, texts: Iterable[str]) -> None:
        self.last = ""
        self.heard = ""
        self._words = load_grammar(language)
        self._full: dict[str, str] = {}
        for text in texts:
            for match in _FULL_NAME.finditer(self._words.joints.sub(" ", text)):
                name = self._stripped(match[0].split())
                if len(name) > 1 and name[0][0].isupper():
                    self._full.setdefault(_strip_possessive(name[-1]), " ".join(name))
                    self._full.setdefault(_strip_possessive(" ".join(name[1:])).casefold(), " ".join(name))

    def after(self, text: str) -> str | None:
        """The speaker named behind a quotation ("Ruiz told reporters", "said Ruiz"): empty for one without a name."""
        if self._words.inversion.match(text):
            return self.last
        tokens = list(dropwhile(self._words.is_small, self._tokens(text[:200])))
        if (source := self._source(tokens)) is not None:
            return source
        verb = self._verb(tokens[:_MAX_WORDS_TO_VERB])
        # "..., which he wrote" and "... and laughed" say something of the quoted words or of somebody else.
        if verb is None or tokens[0] in self._words.links or tokens[0] in self._words.conjunctions:
            return None
        return self._inverted(tokens[1:]) if verb == 0 else self._subject(tokens[:verb], first=True)

    def before(self, text: str) -> str | None:
        """The speaker named before a quotation ("Ruiz said:", "Ruiz: ")."""
        tokens = self._tokens(text[-300:])
        if (source := self._source(tokens)) is not None:
            return source
        verbs = [place for place in range(len(tokens)) if self._says(tokens, place)]
        if verbs and len(tokens) - verbs[-1] <= _MAX_ATTRIBUTION_WORDS:
            return self._subject(tokens[: verbs[-1]], first=False)
        if tokens[-1:] == [":"]:
            return self._known(tokens) or (
                self._subject(tokens[:-1], first=False) if len(tokens) <= _MAX_ATTRIBUTION_WORDS else ""
            )
        return None

    def hear(self, text: str) -> None:
        """Remember whom a sentence is about: the next "she said" means them."""
        tokens = self._tokens(text[:200])
        verb = self._verb(tokens[:_MAX_WORDS_TO_VERB])
        name = (verb and self._subject(tokens[:verb], first=True)) or self._known(tokens)
        known = name in self._full.values() if self._words.capital_nouns else name[:1].isupper()
        if name and known:
            self.last = self.heard = name

    def inside(self, text: str) -> str | None:
        """The speaker named within a quotation ("The end, said Ruiz, is near")."""
        for stretch in _split_at_stops(self._tokens(text[:400]))[1:]:
            if 1 < len(stretch) <= _MAX_ATTRIBUTION_WORDS and self._says(stretch, 0):
                return self._inverted(stretch[1:])
        return None

    def _tokens(self, text: str) -> list[str]:
        """The words of a text, those that are joined taken apart ("dit-il"), and no days of the week."""
        found = _SPEAKER_TOKEN.findall(self._words.joints.sub(" ", text))
        tokens = [token for token in found if token.removesuffix(".") not in self._words.times]
        return self._with_particles(tokens) if self._words.particles.intersection(tokens) else tokens

    def _with_particles(self, tokens: list[str]) -> list[str]:
        """Make one word of a name with small words in it: "Ursula von der Leyen"."""
        joined: list[str] = []
        particles: list[str] = []
        for token in tokens:
            begins = token in self._words.particles and joined and self._may_have_particle(joined[-1])
            if begins or (particles and token in _PARTICLE_ARTICLES):
                particles.append(token)
            elif particles and self._is_named(token) and not token.isupper():
                joined[-1] = " ".join((joined[-1], *particles, token))
                particles = []
            else:
                joined += [*particles, token]
                particles = []
        return [*joined, *particles]

    def _may_have_particle(self, name: str) -> bool:
        """Whether a name may go on with a small word: a title is none, nor is "according" in any language."""
        sources = (word for phrase in self._words.according for word in phrase)
        return self._is_named(name) and name not in self._words.titles and name.lower() not in sources

    def _known(self, tokens: list[str]) -> str:
        """The person whom a sentence begins with: somebody with a full name in this article, or nobody."""
        for stretch in _split_at_stops(tokens[:_MAX_WORDS_TO_VERB]):
            behind = dropwhile(lambda token: token in self._words.starters, stretch)
            name = list(takewhile(lambda token: token[0].isupper(), behind))
            if name and _strip_possessive(name[-1]) in self._full:
                return self._resolved([*name[:-1], _strip_possessive(name[-1])])
        return ""

    def _says(self, tokens: list[str], place: int) -> bool:
        """Whether a verb of saying stands here, or a phrase that means one ("puts it")."""
        token, following = (word.lower().removesuffix(".") for word in (*tokens[place : place + 2], "")[:2])
        return token in self._words.saying or f"{token} {following}" in self._words.phrases

    def _verb(self, tokens: list[str]) -> int | None:
        """Where the first verb of saying stands."""
        return next((place for place in range(len(tokens)) if self._says(tokens, place)), None)

    def _source(self, tokens: list[str]) -> str | None:
        """The speaker of "according to Ruiz" at the beginning of words."""
        lower = [token.lower() for token in tokens]
        for phrase in self._words.according:
            if phrase and lower[: len(phrase)] == phrase:
                return self._first(tokens[len(phrase) :])
        # "Pour Ruiz, ...": before anything but a name this says whom or what it is for.
        if lower[:1] and lower[0] in self._words.opining and (name := self._first(tokens[1:])) and name[0].isupper():
            return name
        return None

    def _first(self, tokens: list[str]) -> str:
        """The name at the beginning of words that go on behind it ("Laut Ruiz ist ..."), or who has none."""
        phrase = list(takewhile(lambda token: token not in CLAUSE_STOPS and token not in self._words.links, tokens))
        behind = list(dropwhile(lambda token: not self._is_named(token), phrase))
        name = list(takewhile(self._is_named, behind))
        return self._resolved(name) if name else self._inverted(tokens)

    def _inverted(self, tokens: list[str]) -> str:
        """The name at the beginning of words: what follows "said". An apposition may hold it."""
        stretches = _split_at_stops(tokens)
        if not stretches or tokens[0] in CLAUSE_STOPS:
            return ""
        if name := self._name(stretches[0]):
            return name
        if len(stretches) > 1 and len(stretches[1]) > 1 and all(map(self._is_named, stretches[1])):
            return self._resolved(stretches[1])
        return self._common(stretches[0][:_MAX_ATTRIBUTION_WORDS])

    def _subject(self, tokens: list[str], *, first: bool) -> str:
        """The name in the words before a verb; an apposition stands behind it, a place or time before it."""
        behind = dropwhile(lambda token: token.lower() in self._words.conjunctions, tokens)
        stretches = _split_at_stops(list(behind))
        for stretch in stretches:
            # "the minister, Ana Ruiz, said": what is nothing but a name is the name.
            if len(stretch) > 1 and stretch[0] not in self._words.starters and all(map(self._is_named, stretch)):
                return self._resolved(stretch)
        for stretch in stretches if first else reversed(stretches):
            if name := self._name(stretch):
                return name
        return self._common(stretches[0 if first else -1]) if stretches else ""

    def _name(self, tokens: list[str]) -> str:
        """The last name in a noun phrase, but for what hangs on it: "Ruiz of Harbor Watch" is Ruiz."""
        if self._is_pronoun(tokens):
            return self.last if _strip_contraction(tokens[0]) in self._words.pronouns else ""
        runs: list[list[str]] = [[]]
        for place, token in enumerate(tokens):
            if place and token in self._words.links:
                break
            joins = token in self._words.conjunctions and place + 1 < len(tokens) and self._is_named(tokens[place + 1])
            if (self._is_named(token) and (place or token not in self._words.starters)) or (runs[-1] and joins):
                runs[-1].append(token)
            elif runs[-1] and (self._words.is_adverb(token) or token in self._words.conjunctions):
                runs.append([])
            else:
                # "Ruiz's lawyer", "the UN envoy", "Kabul-based": the name belongs to what follows.
                runs[-1] = []
        named = [run for run in runs if run]
        return self._resolved(named[-1]) if named else ""

    def _is_pronoun(self, tokens: list[str]) -> bool:
        """Whether words are "she", or "she also": "one official" and "der Minister" only begin like it."""
        return _strip_contraction(tokens[0]) in self._words.persons and all(
            self._words.is_adverb(token) or not self._words.is_article(tokens[0]) for token in tokens[1:]
        )

    def _is_named(self, token: str) -> bool:
        return (
            token[0].isupper()
            and token.lower() not in self._words.articles
            and not _is_possessive(token)
            and not ("-" in token and token.rpartition("-")[2].islower())
        )

    def _common(self, tokens: list[str]) -> str:
        """A speaker without a name: "the spokesman" is "spokesman"; a pronoun is the one who spoke last."""
        if self._is_pronoun(tokens):
            return self.last if _strip_contraction(tokens[0]) in self._words.pronouns else ""
        phrase = [
            token
            for token in takewhile(lambda token: token.lower() not in self._words.links, tokens)
            if token.lower() not in self._words.articles and not _is_possessive(token)
        ]
        # A longer phrase, one with a verb in it or the beginning of a clause is no speaker but half a sentence.
        if (
            len(phrase) > _MAX_NAMELESS_WORDS
            or any(map(self._words.is_adverb, phrase))
            or self._words.starters.intersection(phrase[:1])
        ):
            return ""
        return " ".join(phrase).removesuffix(".")

    def _stripped(self, name: list[str]) -> list[str]:
        """A name without its titles and what stands before them: "Russian President" is no part of it."""
        titles = [place for place, token in enumerate(name[:-1]) if token.rstrip(".") in self._words.titles]
        name = name[titles[-1] + 1 if titles else 0 :]
        name = list(dropwhile(lambda token: token in self._words.starters, name))
        # Where all nouns have capitals, what stands before the two names of a person is no name.
        return name[-2:] if self._words.capital_nouns and " " not in name[-1:] else name

    def _resolved(self, name: list[str]) -> str:
        """The full name of somebody who is called by the last name alone."""
        name = self._stripped(name)
        if name and len(name[-1]) > _INITIAL_CHARS:
            name = [*name[:-1], name[-1].removesuffix(".")]
        if name and name[0].lower() in self._words.pronouns:
            return self.last
        called = " ".join(name)
        return self._full.get(called) or self._full.get(called.casefold(), called)


def _strip_possessive(token: str) -> str:
    """A name without the ending of the one who has something."""
    return token.removesuffix("’s").removesuffix("'s")


def _is_possessive(token: str) -> bool:
    return token.endswith(("’s", "'s", "s’"))


def _strip_contraction(token: str) -> str:
    """The word of a contraction, in lower case: "I’m" is "i"."""
    return re.split("['’.]", token, maxsplit=1)[0].lower()


def _split_at_stops(tokens: list[str]) -> list[list[str]]:
    """Divide tokens at commas and their like."""
    stretches: list[list[str]] = [[]]
    for token in tokens:
        if token in CLAUSE_STOPS:
            stretches.append([])
        else:
            stretches[-1].append(token)
    return [stretch for stretch in stretches if stretch]
