"""What a producer may want to know about a script."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.config import NarrationSettings
from exporter.errors import Notice
from exporter.narration.utterances import is_called
from exporter.normalize.normalizers import has_rules
from exporter.script import Say, Script


def find_narration_notices(script: Script, settings: NarrationSettings) -> Iterator[Notice]:
    """Yield what is worth a remark: languages without rules, members of the cast who are never quoted."""
    says = [cue for cue in script.cues if isinstance(cue, Say)]
    tongues = {say.language or script.language for say in says}
    if foreign := ", ".join(sorted(tongue for tongue in tongues if not has_rules(tongue))):
        yield Notice(script.title, f"there are no rules for reading {foreign}: the engine reads its numbers by itself")
    speakers = {say.speaker for say in says if say.speaker}
    for name in settings.cast:
        if not any(is_called(speaker, name) for speaker in speakers):
            yield Notice(script.title, f"nobody called {name!r} is quoted (narration.cast)")
