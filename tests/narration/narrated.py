"""Narrates an article for tests, and lists what is said."""

from __future__ import annotations

from typing import Any

from exporter.article import Article
from exporter.config import Config, NarrationSettings, SpeechSettings
from exporter.narration import narrate
from exporter.script import Say, Script
from exporter.sentences import cut_sentences


def narrate_article(source: Article, quote_voice: str = "", **narration: Any) -> Script:
    speech = SpeechSettings(quote_voice=quote_voice)
    return narrate(cut_sentences(source), Config(narration=NarrationSettings(**narration), speech=speech))[0]


def list_spoken(script: Script, *roles: str) -> list[str]:
    return [cue.spoken for cue in script.cues if isinstance(cue, Say) and (not roles or cue.role in roles)]


def list_body(script: Script) -> list[Say]:
    """What is said between the opening and the closing."""
    return [cue for cue in script.cues if isinstance(cue, Say) and cue.anchor.startswith("b") and cue.role != "byline"]
