"""Frames the scripts of a digest: an opening that names what comes, a line before each further article, a closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from exporter.article import Article, Metadata
from exporter.config import Config
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.narration.opening_closing import collect_facts, say_template_lines
from exporter.narration.timing import estimate_seconds
from exporter.narration.utterances import UtteranceWriter
from exporter.script import Chapter, Cue, Say, Script

_ANCHOR = "digest"  # of the opening's chapter: it is no part of an article


def frame_scripts(
    title: str, scripts: Sequence[Script], config: Config, lexicon: Lexicon = NO_LEXICON
) -> tuple[Script, ...]:
    """Return the scripts of a digest with the template's words around them.

    The opening is in the language of the first article, each other line in that of its article: one voice says both.
    """
    framed = []
    last = len(scripts) - 1
    for number, script in enumerate(scripts):
        blank = Article(Metadata(title=title, language=script.language), ())
        writer = UtteranceWriter(blank, config, lexicon)
        cues = _add_segue(script, writer) if number else (*_make_opening(title, scripts, writer), *script.cues)
        if number == last:
            closing = UtteranceWriter(blank, config, lexicon)
            cues = (*cues, *_make_closing(title, scripts, closing))
        framed.append(_replace_cues(script, cues, config))
    return tuple(framed)


def _make_opening(title: str, scripts: Sequence[Script], writer: UtteranceWriter) -> tuple[Cue, ...]:
    """Return the cues of the opening, which is a chapter of its own."""
    writer.cues.begin_chapter(title, _ANCHOR, 1)
    writer.cues.pause("opening")
    say_template_lines("digest_opening", _collect_digest_facts(title, scripts), scripts[0].language, writer)
    writer.cues.pause("section")
    return writer.cues.finish()


def _add_segue(script: Script, writer: UtteranceWriter) -> tuple[Cue, ...]:
    """Return the cues of a script with the line that announces it, at the beginning of its chapter."""
    facts = {**collect_facts(script.metadata), "minutes": _round_minutes(script.seconds)}
    writer.cues.pause("opening")
    say_template_lines("segue", facts, script.language, writer)
    writer.cues.pause("section")
    start = 1 if script.cues and isinstance(script.cues[0], Chapter) else 0
    return (*script.cues[:start], *writer.cues.finish(), *script.cues[start:])


def _make_closing(title: str, scripts: Sequence[Script], writer: UtteranceWriter) -> tuple[Cue, ...]:
    """Return the cues of the closing, which belong to the last article's chapter."""
    say_template_lines("digest_closing", _collect_digest_facts(title, scripts), scripts[-1].language, writer)
    writer.cues.pause("closing")
    return writer.cues.finish()


def _collect_digest_facts(title: str, scripts: Sequence[Script]) -> dict[str, Any]:
    articles = [collect_facts(script.metadata) for script in scripts]
    minutes = _round_minutes(sum(script.seconds for script in scripts))
    return {"title": " ".join(title.split()), "articles": articles, "minutes": minutes}


def _round_minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


def _replace_cues(script: Script, cues: tuple[Cue, ...], config: Config) -> Script:
    """Return a script with other cues, and the words and the running time of these."""
    words = sum(len(cue.words) for cue in cues if isinstance(cue, Say))
    added = estimate_seconds(cues, config.speech.rate, script.language)
    before = estimate_seconds(script.cues, config.speech.rate, script.language)
    return replace(script, cues=cues, words=words, seconds=script.seconds + added - before)
