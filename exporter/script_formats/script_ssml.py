"""SSML 1.1, for speech engines.

The text is the written one, with spoken words as aliases (`sub`) and the lexicon's phonemes (`phoneme`), so `say-as` is
not needed. A `mark` carries each anchor, so that an engine's events can be traced to the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from exporter.engines import PhonemeSpan
from exporter.lexicon import NO_LEXICON, Lexicon, Terms
from exporter.pronunciation import find_pronunciations
from exporter.script import Chapter, Pause, Say, Script
from exporter.script_formats import pronouncers
from exporter.script_formats.xml_text import escape_text, remove_invalid

_SSML_START = """<?xml version="1.0" encoding="UTF-8"?>
<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang={language}>
"""
# The pattern of XML Schema's `language`; `und` is the tag of an undetermined language.
_LANGUAGE_PATTERN = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_UNDETERMINED = "und"


def render(script: Script, lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write SSML; the lexicon's terms carry their phonemes (IPA)."""
    head = _SSML_START.format(language=_quote_language(script.language))
    return (head + "\n".join(_render_ssml_cues(script, _Phonemes(lexicon))) + "\n</speak>\n").encode()


class _Phonemes:
    """The phonemes of a lexicon's terms, and of the words that are said otherwise than engines expect."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._terms = Terms(entry for entry in lexicon.entries if entry.phonemes and entry.alphabet == "ipa")

    def __call__(self, text: str, known: Sequence[PhonemeSpan] = ()) -> str:
        """Return text as SSML, with the phonemes of its terms and of the `known` spans outside them."""
        terms = [PhonemeSpan(start, end, entry.phonemes) for start, end, entry in self._terms.find(text)]
        free = (span for span in known if all(span.end <= term.start or term.end <= span.start for term in terms))
        written = ""
        at = 0
        for start, end, ipa in sorted((*terms, *free)):
            element = f'<phoneme alphabet="ipa" ph={quoteattr(ipa)}>{escape_text(text[start:end])}</phoneme>'
            written += escape_text(text[at:start]) + element
            at = end
        return written + escape_text(text[at:])

    def is_term(self, text: str) -> bool:
        """Whether a text is exactly one term."""
        return any((start, end) == (0, len(text)) for start, end, _ in self._terms.find(text))


def _render_ssml_cues(script: Script, phonemes: _Phonemes) -> Iterator[str]:
    anchor = ""
    for cue in script.cues:
        match cue:
            case Chapter():
                yield f"<!-- {_escape_comment(cue.title)} -->"
            case Pause():
                yield f'<break time="{round(cue.seconds * 1000)}ms"/>'
            case Say():
                mark = f"<mark name={quoteattr(cue.anchor)}/>" if cue.anchor != anchor else ""
                anchor = cue.anchor
                yield mark + _render_say(cue, script.language, phonemes)


def _render_say(say: Say, language: str, phonemes: _Phonemes) -> str:
    segments = pronouncers.split_utterance(say, language)
    known = find_pronunciations("".join(segment.written for segment in segments), say.language or language)
    text, at = "", 0
    for segment in segments:
        end = at + len(segment.written)
        inside = [
            PhonemeSpan(one.start - at, one.end - at, one.ipa) for one in known if at <= one.start and one.end <= end
        ]
        text += _render_segment(segment, phonemes, inside)
        at = end
    attributes = f" xml:lang={_quote_language(say.language)}" if say.language else ""
    sentence = f"<s{attributes}>{text}</s>"
    return f"<voice name={quoteattr(say.voice)}>{sentence}</voice>" if say.voice else sentence


def _render_segment(span: pronouncers.PronouncedSpan, phonemes: _Phonemes, known: Sequence[PhonemeSpan]) -> str:
    if span.spoken is None or phonemes.is_term(span.written):
        return phonemes(span.written, known)
    return f"<sub alias={quoteattr(remove_invalid(span.spoken))}>{escape_text(span.written)}</sub>"


def _quote_language(language: str) -> str:
    tag = language.replace("_", "-")
    return quoteattr(tag if _LANGUAGE_PATTERN.fullmatch(tag) else _UNDETERMINED)


def _escape_comment(text: str) -> str:
    # Two hyphens would end the comment.
    return remove_invalid(text).replace("-", "\N{HYPHEN}")
