"""Finds who speaks: the name beside a quotation, or who spoke or was mentioned before."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.narration.attributions import SAME_SPEAKER, AttributionReader
from exporter.narration.speech_verbs import load_grammar


class Speakers:
    """The people of one article: who spoke last and who was mentioned last.

    Sentences between quotations are read only when one of these is asked for, which most quotations do not need.
    """

    def __init__(self, language: str, texts: Iterable[str]) -> None:
        self._last_speaker = ""
        self._last_mentioned = ""
        self._unread: list[str] = []  # sentences, and a paragraph's start as an empty one
        self._attributions = AttributionReader(load_grammar(language), texts)

    @property
    def last_speaker(self) -> str:
        """Who spoke last, or was the subject of a sentence since; empty for nobody."""
        self._read_sentences()
        return self._last_speaker

    @last_speaker.setter
    def last_speaker(self, name: str) -> None:
        self._unread.clear()
        self._last_speaker = name

    @property
    def last_mentioned(self) -> str:
        """The subject of the last sentence of this paragraph that has one, while nobody spoke in it; else empty."""
        self._read_sentences()
        return self._last_mentioned

    def begin_paragraph(self) -> None:
        """Forget who was mentioned in the paragraph before."""
        self._unread.append("")

    def find_after(self, text: str) -> str | None:
        """Return the speaker named after a quotation ("Ruiz told reporters", "said Ruiz").

        Empty for a speaker without a name, None without an attribution.
        """
        return self._resolve(self._attributions.find_after(text))

    def find_before(self, text: str) -> str | None:
        """Return the speaker named before a quotation ("Ruiz said:", "Ruiz: "), as `find_after` does."""
        return self._resolve(self._attributions.find_before(text))

    def find_inside(self, text: str) -> str | None:
        """Return the speaker named in a quotation ("The end, said Ruiz, is near"), as `find_after` does."""
        return self._resolve(self._attributions.find_inside(text))

    def follow_sentence(self, text: str) -> None:
        """Remember a sentence, whose subject the next "she said" may mean."""
        self._unread.append(text)

    def _resolve(self, name: str | None) -> str | None:
        return self.last_speaker if name == SAME_SPEAKER else name

    def _read_sentences(self) -> None:
        """Remember who was named last in the paragraphs before, and whom each sentence of this one is about."""
        unread, self._unread = self._unread, []
        paragraph = len(unread) - unread[::-1].index("") if "" in unread else 0
        if paragraph:
            earlier = map(self._attributions.find_mentioned, filter(None, reversed(unread[:paragraph])))
            self._last_speaker = next((name for name in earlier if name.strip(SAME_SPEAKER)), self._last_speaker)
            self._last_mentioned = ""
        for text in unread[paragraph:]:
            name = self._attributions.find_mentioned(text)
            if name == SAME_SPEAKER:
                self._last_mentioned = self._last_speaker
            elif name:
                self._last_speaker = self._last_mentioned = name
