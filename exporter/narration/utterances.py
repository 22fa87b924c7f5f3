"""Sentences become utterances: normalized, divided, in the right voice and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from exporter import templates
from exporter.article import Article, Inline, Sentence
from exporter.config import Config
from exporter.lexicon import Lexicon
from exporter.narration import quotations
from exporter.narration.cues import Cues
from exporter.narration.utterance_parts import Quoted, UtterancePart, split_sentence
from exporter.normalize import Normalizer, Reading
from exporter.normalize.normalizers import load_normalizer
from exporter.normalize.overrides import make_reading, read_with_overrides
from exporter.script import Role, Say
from exporter.sentences.boundaries import split_sentences

_WHITE_SPACE = re.compile(r"\s")
_ANY_QUOTATION_MARK = re.compile(r"[\"“”„«»‹›‘]|(?<!\w)'|['’](?!\w)")

_SENTENCE_STOPS = (".", "?", "!", "…")


class Manner(msgspec.Struct, frozen=True):
    """How a stretch of the article is said: in which role and language, and whose words it is."""

    role: Role
    language: str
    speaker: str | None = None


class UtteranceWriter:
    """Adds utterances to the line of cues."""

    def __init__(self, article: Article, config: Config, lexicon: Lexicon) -> None:
        self.cues = Cues(config.narration.pauses)
        self._language = article.metadata.language
        self._config = config
        self._lexicon = lexicon
        self._template = templates.load_template(config.narration.template, self._language)
        self._normalizers: dict[str, Normalizer] = {}
        plain = config.narration.quotes == "plain"
        self._quotations: Mapping[str, tuple[Quoted, ...]] = {} if plain else quotations.find_quotations(article)

    def words(self, block: str, **facts: Any) -> str:
        """The words of one block of the template."""
        return self._template.say(block, facts)

    def content(
        self, content: Iterable[Inline], manner: Manner, after: Callable[[Sentence], None] | None = None
    ) -> None:
        """Say the sentences of a text; `after` is called behind each."""
        for number, sentence in enumerate(inline for inline in content if isinstance(inline, Sentence)):
            if number:
                self.cues.pause("sentence")
            for order, part in enumerate(
                split_sentence(sentence, manner.language, self._quotations.get(sentence.anchor, ()))
            ):
                if order:
                    self.cues.pause("breath")
                self._part(sentence.anchor, part, manner)
            if after:
                after(sentence)

    def text(self, anchor: str, written: str, manner: Manner, said: str = "") -> None:
        """Say words that are not cut into sentences; `said` is how they sound where their letters do not tell."""
        given = (make_reading(0, len(written.strip()), said, "given"),) if said else ()
        self._part(anchor, UtterancePart(written, manner.language, given=given), manner)

    def sentences(self, anchor: str, written: str, manner: Manner) -> None:
        """Say a text that has not been cut, sentence by sentence, all under one anchor."""
        for number, (start, end) in enumerate(split_sentences(written, manner.language)):
            if number:
                self.cues.pause("sentence")
            self.text(anchor, written[start:end], manner)

    def announce(self, anchor: str, words: str) -> None:
        """Say words that are the newsreader's own; nothing for none."""
        if words:
            self.text(anchor, words, Manner("announcement", self._language))

    def _part(self, anchor: str, part: UtterancePart, manner: Manner) -> None:
        # Line ends and their like become spaces, one for one: positions stay those of the article.
        written = _WHITE_SPACE.sub(" ", part.written).strip()
        normal = self._normalizer(part.language)
        given = [make_reading(one.start, one.end, normal(one.spoken).text, one.rule) for one in part.given]
        speaker, role = manner.speaker, manner.role
        if part.quoted:
            speaker = part.quoted.speaker or None
            if self._config.narration.quotes == "spoken":
                given = self._marked(part, written, given)
            else:
                role = "quote"
        spoken = read_with_overrides(written, given, normal)
        self.cues.say(
            Say(
                anchor=anchor,
                role=role,
                written=written,
                spoken=spoken.text,
                words=spoken.words,
                voice=self._voice(speaker) if role == "quote" else None,
                language=part.language if part.language != self._language else None,
                speaker=speaker,
            )
        )

    def _normalizer(self, language: str) -> Normalizer:
        """The rules of a language, looked up once: a lexicon is long to compare."""
        if language not in self._normalizers:
            emoji = self._config.narration.emoji == "name"
            self._normalizers[language] = load_normalizer(language, self._lexicon, emoji)
        return self._normalizers[language]

    def _marked(self, part: UtterancePart, written: str, given: list[Reading]) -> list[Reading]:
        """Add the words for the marks of a quotation where it begins and where it ends."""
        marks = [match.start() for match in _ANY_QUOTATION_MARK.finditer(written)]
        if part.opens and marks:
            given = [make_reading(marks[0], marks[0] + 1, f"{self.words('quote')}, ", "quotation"), *given]
        if part.closes and len(marks) > part.opens:
            # What is said behind it goes on in the same breath, unless the quotation ended a sentence.
            stop = ""
            if marks[-1] == len(written) - 1:
                stop = "." if written[: marks[-1]].endswith(_SENTENCE_STOPS) else ","
            given = [*given, make_reading(marks[-1], marks[-1] + 1, f"{self.words('end_quote')}{stop}", "quotation")]
        return given

    def _voice(self, speaker: str | None) -> str | None:
        """The voice of a speaker, by the cast, else that of all quotations."""
        for name, voice in self._config.narration.cast.items():
            if speaker and is_called(speaker, name):
                return voice
        return self._config.speech.quote_voice or None


def is_called(speaker: str, name: str) -> bool:
    """Whether a speaker goes by a name, in full or by the last name alone."""
    full, called = speaker.casefold(), name.casefold()
    return called in (full, full.rpartition(" ")[2])
