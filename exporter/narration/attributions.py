"""Reads attributions: the name in the words beside a quotation, by verbs of saying, appositions and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile, takewhile

from exporter.narration.speech_verbs import CLAUSE_STOPS, Grammar

SAME_SPEAKER = "\0"
"""Stands for who spoke last, whom a pronoun means: no name of an article has this character."""

_SPEAKER_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?|\d[\w,.-]*|[,;:()—–]")
_CAPITAL_LETTER = "[A-ZÀ-ÖØ-ÞČĐĞİŁŃŘŚŞŠŽŻ]"
_PARTICLE_ARTICLES = frozenset("der den la las los le".split())  # after the particle of a name: "von der", "de la"
_PARTICLES = r"(?:(?:von|van|de|der|den|del|di|da|dos|du|la|le|bin|ibn|al|ter)[ ]){1,2}"
# Only an initial or a title has a dot, not a word that ends a sentence.
_FULL_NAME = re.compile(
    rf"(?<![\w'’-])(?:{_CAPITAL_LETTER}(?:[\w'’-]*|\w{{0,3}}\.)[ ]){{1,5}}(?:{_PARTICLES})?{_CAPITAL_LETTER}[\w'’-]+"
)
# Chosen by reading pages; no measurement.
_MAX_WORDS_TO_VERB = 12  # between a quotation and its verb of saying
_MAX_ATTRIBUTION_WORDS = 6  # of an attribution without its verb
_MAX_NAMELESS_WORDS = 3  # of a speaker without a name: "company spokesperson"
_MAX_APPOSITION_WORDS = 45  # between a quotation and its verb of saying, if an apposition follows the name
_MAX_CHARS_AFTER = 300  # of the text after a quotation, and of a sentence, that may name a speaker
_MAX_CHARS_BEFORE = 300  # of the text before a quotation that may name its speaker
_MAX_CHARS_INSIDE = 400  # of a quotation that may hold its attribution
_INITIAL_CHARS = 2  # an initial and its dot: "J."


class AttributionReader:
    """Finds names by the grammar of a language and the full names of one article.

    A name is empty if nobody is named, and `SAME_SPEAKER` for a pronoun.
    """

    def __init__(self, grammar: Grammar, texts: Iterable[str]) -> None:
        self._grammar = grammar
        self._phrase_starts = frozenset(phrase.partition(" ")[0] for phrase in grammar.phrases)
        self._source_words = frozenset(word for phrase in grammar.according for word in phrase)
        self._full_names: dict[str, str] = {}
        for text in texts:
            for match in _FULL_NAME.finditer(grammar.joints.sub(" ", text)):
                name = self._strip_titles(match[0].split())
                if len(name) > 1 and name[0][0].isupper():
                    full = _strip_possessive(" ".join(name))
                    self._full_names.setdefault(_strip_possessive(name[-1]), full)
                    self._full_names.setdefault(_strip_possessive(" ".join(name[1:])).casefold(), full)
        self._people = frozenset(self._full_names.values())

    def find_after(self, text: str) -> str | None:
        """Return the speaker named after a quotation ("Ruiz told reporters", "said Ruiz").

        Empty for a speaker without a name, None without an attribution.
        """
        if self._grammar.inversion.match(text):
            return SAME_SPEAKER
        tokens = list(dropwhile(self._grammar.is_small, self._split_tokens(text[:_MAX_CHARS_AFTER])))
        if (source := self._find_source(tokens)) is not None:
            return source
        verb = self._find_verb(tokens[:_MAX_WORDS_TO_VERB])
        if verb is None:
            verb = self._find_verb_after_apposition(tokens)
        # "..., which he wrote" and "... and laughed" are about the quoted words or somebody else.
        if verb is None or tokens[0] in self._grammar.links or tokens[0] in self._grammar.conjunctions:
            return None
        return self._find_inverted(tokens[1:]) if verb == 0 else self._find_subject(tokens[:verb], first=True)

    def find_before(self, text: str) -> str | None:
        """Return the speaker named before a quotation ("Ruiz said:", "Ruiz: "), as `find_after` does."""
        tokens = self._split_tokens(text[-_MAX_CHARS_BEFORE:])
        if (source := self._find_source(tokens)) is not None:
            return source
        verbs = [place for place in range(len(tokens)) if self._is_saying(tokens, place)]
        if verbs and len(tokens) - verbs[-1] <= _MAX_ATTRIBUTION_WORDS:
            return self._find_antecedent(tokens[: verbs[-1]])
        if tokens[-1:] == [":"]:
            return self._find_person(tokens) or (
                self._find_subject(tokens[:-1], first=False) if len(tokens) <= _MAX_ATTRIBUTION_WORDS else ""
            )
        return None

    def find_inside(self, text: str) -> str | None:
        """Return the speaker named in a quotation ("The end, said Ruiz, is near"), as `find_after` does."""
        for stretch in _split_at_stops(self._split_tokens(text[:_MAX_CHARS_INSIDE]))[1:]:
            if 1 < len(stretch) <= _MAX_ATTRIBUTION_WORDS and self._is_saying(stretch, 0):
                return self._find_inverted(stretch[1:])
        return None

    def find_mentioned(self, text: str) -> str:
        """Return the person a sentence is about; empty for none."""
        tokens = self._split_tokens(text[:_MAX_CHARS_AFTER])
        verb = self._find_verb(tokens[:_MAX_WORDS_TO_VERB])
        name = (verb and self._find_subject(tokens[:verb], first=True)) or self._find_person(tokens)
        if name and (name in self._people if self._grammar.capital_nouns else name[0].isupper()):
            return name
        if name == SAME_SPEAKER or (tokens and tokens[0].lower() in self._grammar.pronouns):  # "He paused."
            return SAME_SPEAKER
        return self._find_nameless_person(tokens)

    def _split_tokens(self, text: str) -> list[str]:
        """Return the words of a text; joined ones are split ("dit-il"), days of the week are left out."""
        found = _SPEAKER_TOKEN.findall(self._grammar.joints.sub(" ", text))
        tokens = [token for token in found if token.removesuffix(".") not in self._grammar.times]
        return self._join_particles(tokens) if self._grammar.particles.intersection(tokens) else tokens

    def _join_particles(self, tokens: list[str]) -> list[str]:
        """Join a name with particles to one token: "Ursula von der Leyen"."""
        joined: list[str] = []
        particles: list[str] = []
        for token in tokens:
            begins = token in self._grammar.particles and joined and self._takes_particle(joined[-1])
            if begins or (particles and token in _PARTICLE_ARTICLES):
                particles.append(token)
            elif particles and self._is_named(token) and not token.isupper():
                joined[-1] = " ".join((joined[-1], *particles, token))
                particles = []
            else:
                joined += [*particles, token]
                particles = []
        return [*joined, *particles]

    def _takes_particle(self, name: str) -> bool:
        """Whether a particle may follow a token: not after a title, nor after "according" in any language."""
        return self._is_named(name) and name not in self._grammar.titles and name.lower() not in self._source_words

    def _find_person(self, tokens: list[str]) -> str:
        """Return the person a sentence begins with, if the article gives the full name; else an empty text."""
        for stretch in _split_at_stops(tokens[:_MAX_WORDS_TO_VERB]):
            behind = dropwhile(lambda token: token in self._grammar.starters, stretch)
            name = list(takewhile(lambda token: token[0].isupper(), behind))
            if name and _strip_possessive(name[-1]) in self._full_names:
                return self._complete_name([*name[:-1], _strip_possessive(name[-1])])
        return ""

    def _is_saying(self, tokens: list[str], place: int) -> bool:
        """Whether the token at `place` is a verb of saying or begins a phrase like one ("puts it")."""
        token = tokens[place].lower().removesuffix(".")
        if token in self._grammar.saying:
            return place == 0 or not _is_possessive(tokens[place - 1])  # "Ruiz's posts": a noun
        if token not in self._phrase_starts or place + 1 == len(tokens):
            return False
        return f"{token} {tokens[place + 1].lower().removesuffix('.')}" in self._grammar.phrases

    def _find_verb(self, tokens: list[str]) -> int | None:
        """Return the place of the first verb of saying, or None."""
        return next((place for place in range(len(tokens)) if self._is_saying(tokens, place)), None)

    def _find_verb_after_apposition(self, tokens: list[str]) -> int | None:
        """Return the place of the verb in "Brandt, who has led the company since 1990, said", or None."""
        name = list(takewhile(self._is_named, tokens))
        if not name or tokens[len(name) : len(name) + 1] != [","]:
            return None
        places = range(len(name) + 2, min(len(tokens), _MAX_APPOSITION_WORDS))
        return next((place for place in places if tokens[place - 1] == "," and self._is_saying(tokens, place)), None)

    def _find_source(self, tokens: list[str]) -> str | None:
        """Return the speaker of "according to Ruiz" at the beginning of tokens, or None."""
        lower = [token.lower() for token in tokens]
        for phrase in self._grammar.according:
            if phrase and lower[: len(phrase)] == phrase:
                return self._find_leading_name(tokens[len(phrase) :])
        # "Pour Ruiz, ..." attributes only before a name; before other words it means "for".
        if (
            lower[:1]
            and lower[0] in self._grammar.opining
            and (name := self._find_leading_name(tokens[1:]))
            and name[0].isupper()
        ):
            return name
        return None

    def _find_leading_name(self, tokens: list[str]) -> str:
        """Return the name that tokens begin with ("Laut Ruiz ist ..."), or else a speaker without a name."""
        phrase = list(takewhile(lambda token: token not in CLAUSE_STOPS and token not in self._grammar.links, tokens))
        behind = list(dropwhile(lambda token: not self._is_named(token), phrase))
        name = list(takewhile(self._is_named, behind))
        return self._complete_name(name) if name else self._find_inverted(tokens)

    def _find_inverted(self, tokens: list[str]) -> str:
        """Return the name after "said", which may stand in an apposition."""
        stretches = _split_at_stops(tokens)
        if not stretches or tokens[0] in CLAUSE_STOPS:
            return ""
        if name := self._find_name(stretches[0]):
            return name
        if len(stretches) > 1 and all(map(self._is_named, stretches[1])):
            return self._complete_name(stretches[1])
        return self._find_nameless(stretches[0][:_MAX_ATTRIBUTION_WORDS])

    def _find_antecedent(self, tokens: list[str]) -> str:
        """Return the name before a verb: before "who" in "Ruiz, who wrote"; nobody wrote "a sign that said"."""
        last = tokens[-1].lower() if tokens else ""
        if last in self._grammar.relatives:
            nearest = dropwhile(lambda token: token in CLAUSE_STOPS, reversed(tokens[:-1]))
            if name := list(takewhile(self._is_named, nearest))[::-1]:
                return self._complete_name(name)
        return "" if last in self._grammar.impersonal else self._find_subject(tokens, first=False)

    def _find_subject(self, tokens: list[str], *, first: bool) -> str:
        """Return the name before a verb; an apposition may follow it, a place or a time may precede it."""
        behind = dropwhile(lambda token: token.lower() in self._grammar.conjunctions, tokens)
        stretches = _split_at_stops(list(behind))
        for stretch in stretches:
            # "the minister, Ana Ruiz, said": a stretch of names only is the name.
            if len(stretch) > 1 and stretch[0] not in self._grammar.starters and all(map(self._is_named, stretch)):
                return self._complete_name(stretch)
        for stretch in stretches if first else reversed(stretches):
            if name := self._find_name(stretch):
                return name
        return self._find_nameless(stretches[0 if first else -1]) if stretches else ""

    def _find_nameless_person(self, tokens: list[str]) -> str:
        """Return the person of "But one guest, who left, disagreed"; else an empty text."""
        conjunctions, relatives = self._grammar.conjunctions, self._grammar.relatives
        subject = list(dropwhile(lambda word: word.lower() in conjunctions, tokens[:_MAX_ATTRIBUTION_WORDS]))
        place = next((place for place, word in enumerate(subject) if word in relatives), 0)
        if not place or not self._grammar.is_article(subject[0]):
            return ""
        return self._find_nameless(_split_at_stops(subject[:place])[0])

    def _find_name(self, tokens: list[str]) -> str:
        """Return the last name in a noun phrase without what depends on it: "Ruiz of Harbor Watch" is Ruiz."""
        if self._is_pronoun(tokens):
            return SAME_SPEAKER if _strip_contraction(tokens[0]) in self._grammar.pronouns else ""
        runs: list[list[str]] = [[]]
        for place, token in enumerate(tokens):
            if place and token in self._grammar.links:
                break
            joins = (
                token in self._grammar.conjunctions and place + 1 < len(tokens) and self._is_named(tokens[place + 1])
            )
            if (self._is_named(token) and (place or token not in self._grammar.starters)) or (runs[-1] and joins):
                runs[-1].append(token)
            elif runs[-1] and (self._grammar.is_adverb(token) or token in self._grammar.conjunctions):
                runs.append([])
            else:
                # "Ruiz's lawyer", "the UN envoy", "Kabul-based": the name only describes what follows.
                runs[-1] = []
        named = [run for run in runs if run]
        return self._complete_name(named[-1]) if named else ""

    def _is_pronoun(self, tokens: list[str]) -> bool:
        """Whether tokens are a pronoun ("she", "she also"), not a noun phrase ("one official", "der Minister")."""
        return _strip_contraction(tokens[0]) in self._grammar.persons and all(
            self._grammar.is_adverb(token) or not self._grammar.is_article(tokens[0]) for token in tokens[1:]
        )

    def _is_named(self, token: str) -> bool:
        if token[0].isalpha() and token[-1].isdigit():  # the name of a user: "moss42"
            return True
        return (
            token[0].isupper()
            and token.lower() not in self._grammar.articles
            and not _is_possessive(token)
            and not ("-" in token and token.rpartition("-")[2].islower())
        )

    def _find_nameless(self, tokens: list[str]) -> str:
        """Return a speaker without a name ("the spokesman" is "spokesman"); a pronoun is the last speaker."""
        if self._is_pronoun(tokens):
            return SAME_SPEAKER if _strip_contraction(tokens[0]) in self._grammar.pronouns else ""
        if tokens[-1].lower() in self._grammar.pronouns:  # "the following month they"
            return SAME_SPEAKER
        phrase = [
            token
            for token in takewhile(lambda token: token.lower() not in self._grammar.links, tokens)
            if token.lower() not in self._grammar.articles and not _is_possessive(token)
        ]
        # A longer phrase, one with an adverb or the beginning of a clause is part of a sentence, not a speaker.
        if (
            len(phrase) > _MAX_NAMELESS_WORDS
            or any(map(self._grammar.is_adverb, phrase))
            or self._grammar.starters.intersection(phrase[:1])
        ):
            return ""
        return " ".join(phrase).removesuffix(".")

    def _strip_titles(self, name: list[str]) -> list[str]:
        """Return a name without its titles and the words before them ("Russian President")."""
        titles = [place for place, token in enumerate(name[:-1]) if token.rstrip(".") in self._grammar.titles]
        name = name[titles[-1] + 1 if titles else 0 :]
        name = list(dropwhile(lambda token: token in self._grammar.starters, name))
        # Where all nouns have capitals, the words before the two names of a person are not names.
        return name[-2:] if self._grammar.capital_nouns and " " not in name[-1:] else name

    def _complete_name(self, name: list[str]) -> str:
        """Return the full name of a person called by the last name alone."""
        name = self._strip_titles(name)
        if name and len(name[-1]) > _INITIAL_CHARS:
            name = [*name[:-1], name[-1].removesuffix(".")]
        if name and name[0].lower() in self._grammar.pronouns:
            return SAME_SPEAKER
        called = " ".join(name)
        return self._full_names.get(called) or self._full_names.get(called.casefold(), called)


def _strip_possessive(token: str) -> str:
    """Return a name without the ending of the possessive."""
    return token.removesuffix("’s").removesuffix("'s")


def _is_possessive(token: str) -> bool:
    return token.endswith(("’s", "'s", "s’"))


def _strip_contraction(token: str) -> str:
    """Return the first word of a contraction in lower case: "I’m" is "i"."""
    return re.split("['’.]", token, maxsplit=1)[0].lower()


def _split_at_stops(tokens: list[str]) -> list[list[str]]:
    """Split tokens at `CLAUSE_STOPS`."""
    stretches: list[list[str]] = [[]]
    for token in tokens:
        if token in CLAUSE_STOPS:
            stretches.append([])
        else:
            stretches[-1].append(token)
    return [stretch for stretch in stretches if stretch]
