"""Writes utterances: sentences split into parts, normalized, each with its voice and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from exporter import templates, ui_strings
from exporter.article import Article, Inline, Sentence
from exporter.config import Config
from exporter.lexicon import Lexicon
from exporter.narration import quotations
from exporter.narration.cues import Cues
from exporter.narration.utterance_parts import Quoted, UtterancePart, split_sentence
from exporter.normalize import Normalizer, Reading
from exporter.normalize.normalizers import has_rules, load_normalizer
from exporter.normalize.overrides import make_reading, read_with_overrides
from exporter.script import Role, Say
from exporter.sentences.boundaries import split_sentences

_WHITE_SPACE = re.compile(r"\s")
_ANY_QUOTATION_MARK = re.compile(r"[\"“”„«»‹›‘]|(?<!\w)'|['’](?!\w)")

_SENTENCE_STOPS = (".", "?", "!", "…")


class Manner(msgspec.Struct, frozen=True):
    """How a part of the article is said: role, language, and the speaker whose words it is (None for nobody's)."""

    role: Role
    language: str
    speaker: str | None = None


class UtteranceWriter:
    """Adds the utterances of one article to its cues."""

    def __init__(self, article: Article, config: Config, lexicon: Lexicon) -> None:
        self.cues = Cues(config.narration.pauses)
        self._language = article.metadata.language
        self._config = config
        self._lexicon = lexicon
        self._strings = ui_strings.find_strings(self._language)
        self._template = templates.load_template(config.narration.template, self._language)
        self._normalizers: dict[str, Normalizer] = {}
        plain = config.narration.quotes == "plain"
        self._quotations: Mapping[str, tuple[Quoted, ...]] = {} if plain else quotations.find_quotations(article)

    def template_words(self, block: str, **facts: Any) -> str:
        """Return the words of one block of the template, empty if it has none.

        Beside its facts a block has `strings`, the words of the language that books also use; None if it has none.
        """
        return self._template.say(block, {"strings": self._strings, **facts})

    def say_content(
        self, content: Iterable[Inline], manner: Manner, after: Callable[[Sentence], None] | None = None
    ) -> None:
        """Say the sentences among inlines; `after` is called after each."""
        for number, sentence in enumerate(inline for inline in content if isinstance(inline, Sentence)):
            if number:
                self.cues.pause("sentence")
            for order, part in enumerate(
                split_sentence(sentence, manner.language, self._quotations.get(sentence.anchor, ()))
            ):
                if order:
                    self.cues.pause("breath")
                self._say_part(sentence.anchor, part, manner)
            if after:
                after(sentence)

    def say_text(self, anchor: str, written: str, manner: Manner, said: str = "") -> None:
        """Say a text as one utterance; `said` replaces the normalizer's reading, empty for none."""
        overrides = (make_reading(0, len(written.strip()), said, "given"),) if said else ()
        self._say_part(anchor, UtterancePart(written, manner.language, overrides=overrides), manner)

    def say_uncut_text(self, anchor: str, written: str, manner: Manner) -> None:
        """Cut a text into sentences and say them, all under one anchor."""
        for number, (start, end) in enumerate(split_sentences(written, manner.language)):
            if number:
                self.cues.pause("sentence")
            self.say_text(anchor, written[start:end], manner)

    def announce(self, anchor: str, words: str) -> None:
        """Say words that are not the article's; nothing is said if they are empty."""
        if words:
            self.say_text(anchor, words, Manner("announcement", self._language))

    def _say_part(self, anchor: str, part: UtterancePart, manner: Manner) -> None:
        written = _make_spaces(part.written)
        normalize = self._find_normalizer(part.language)
        marked = _make_spaces(part.marked) if part.marked and has_rules(part.language) else written
        overrides = [make_reading(one.start, one.end, normalize(one.spoken).text, one.rule) for one in part.overrides]
        speaker, role = manner.speaker, manner.role
        if part.quoted:
            speaker = part.quoted.speaker or None
            if self._config.narration.quotes == "spoken":
                overrides = self._add_quotation_words(part, written, overrides)
            else:
                role = "quote"
        spoken = read_with_overrides(marked, overrides, normalize)
        self.cues.say(
            Say(
                anchor=anchor,
                role=role,
                written=written,
                spoken=spoken.text,
                words=spoken.words,
                voice=self._find_voice(speaker) if role == "quote" else None,
                language=part.language if part.language != self._language else None,
                speaker=speaker,
            )
        )

    def _find_normalizer(self, language: str) -> Normalizer:
        """Return the normalizer of a language; kept here, since the cache behind it compares whole lexicons."""
        if language not in self._normalizers:
            emoji = self._config.narration.emoji == "name"
            self._normalizers[language] = load_normalizer(language, self._lexicon, emoji)
        return self._normalizers[language]

    def _add_quotation_words(self, part: UtterancePart, written: str, overrides: list[Reading]) -> list[Reading]:
        """Add the words for the opening and the closing mark of a quotation."""
        marks = [match.start() for match in _ANY_QUOTATION_MARK.finditer(written)]
        if part.opens and marks:
            opening = f"{self.template_words('quote')}, "
            overrides = [make_reading(marks[0], marks[0] + 1, opening, "quotation"), *overrides]
        if part.closes and len(marks) > part.opens:
            # The sentence goes on after the quotation unless the mark is its last character.
            stop = ""
            if marks[-1] == len(written) - 1:
                stop = "." if written[: marks[-1]].endswith(_SENTENCE_STOPS) else ","
            closing = f"{self.template_words('end_quote')}{stop}"
            overrides = [*overrides, make_reading(marks[-1], marks[-1] + 1, closing, "quotation")]
        return overrides

    def _find_voice(self, speaker: str | None) -> str | None:
        """Return the voice of a speaker in the cast, else of all quotations; None if the settings name neither."""
        for name, voice in self._config.narration.cast.items():
            if speaker and is_called(speaker, name):
                return voice
        return self._config.speech.quote_voice or None


def _make_spaces(text: str) -> str:
    """Replace each white-space character by one space, so that positions stay those of the article, and strip."""
    # Of white space only the common space counts as printable.
    return (text if text.isprintable() else _WHITE_SPACE.sub(" ", text)).strip()


def is_called(speaker: str, name: str) -> bool:
    """Whether a speaker is called by a name, the full one or the last name alone."""
    full, called = speaker.casefold(), name.casefold()
    return called in (full, full.rpartition(" ")[2])
