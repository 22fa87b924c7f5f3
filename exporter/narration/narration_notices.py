"""Notices about a script for its producer."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.config import NarrationSettings
from exporter.errors import Notice
from exporter.narration.utterances import is_called
from exporter.normalize.normalizers import has_rules
from exporter.script import Say, Script


def find_narration_notices(script: Script, settings: NarrationSettings) -> Iterator[Notice]:
    """Yield a notice for each language without rules, and for each member of the cast who is not quoted."""
    says = [cue for cue in script.cues if isinstance(cue, Say)]
    for language in sorted({say.language or script.language for say in says}):
        if not has_rules(language):
            name = _name_language(language)
            yield Notice(
                script.title, f"{name}: numbers are read by the voice itself, there are no rules for this language"
            )
    speakers = {say.speaker for say in says if say.speaker}
    for name in settings.cast:
        if not any(is_called(speaker, name) for speaker in speakers):
            yield Notice(script.title, f"nobody called {name!r} is quoted (narration.cast)")


def _name_language(language: str) -> str:
    """Return a language's English name and its tag, "Breton (br)"; the tag alone if CLDR has no name for it."""
    from babel import Locale  # noqa: PLC0415  50 ms, only languages without rules need it

    name = Locale("en").languages.get(language.partition("-")[0].lower())
    return f"{name} ({language})" if name else language
