"""Where article, script and recording meet: a `Work` is one article in its three forms, an `Edition` several works."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from exporter import progress
from exporter.account import Account
from exporter.article import Article
from exporter.config import Config
from exporter.errors import Notice
from exporter.lexicon import Lexicon, load_merged_lexicon
from exporter.sentences import cut_sentences

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.mastering.episode import Episode
    from exporter.recording import Recording
    from exporter.script import Script

_MAX_SUBJECT_CHARS = 80  # of a sentence that a notice is about


class Narrated(NamedTuple):
    """A script, and the notices of its narration."""

    script: Script
    notices: tuple[Notice, ...] = ()


class Recorded(NamedTuple):
    """A recording, and the notices of all that it was made from: the narration, then the speaking.

    `cached_clips` are those of its clips that were in the cache before; counted only for a report.
    """

    recording: Recording
    notices: tuple[Notice, ...] = ()
    cached_clips: int = 0


class Work:
    """One article; its script and its recording are each made once, when first asked for.

    `source_article` is the article before its sentences are cut, `source_notices` are those of reading it,
    `account` says what became of each text of the source. A `script` that is given (one that the user edited) is spoken
    as it stands; None means that the article is narrated.
    """

    def __init__(
        self,
        article: Article,
        config: Config,
        source_notices: Iterable[Notice] = (),
        script: Script | None = None,
        account: Account = (),
    ) -> None:
        self.config = config
        self.source_article = article
        self.source_notices = tuple(source_notices)
        self.account = account
        self._given_script = script

    @cached_property
    def article(self) -> Article:
        """The article, its sentences cut and anchored."""
        return cut_sentences(self.source_article)

    @cached_property
    def narrated(self) -> Narrated:
        """The script and its notices; raises `ExporterError` for a block that would be neither spoken nor skipped."""
        if self._given_script is not None:
            return Narrated(self._given_script)
        from exporter.narration import narrate  # noqa: PLC0415  28 ms, only what speaks needs it

        progress.advance(progress.name_stage("narrating", self.article.metadata.title), 0)
        script, notices = narrate(self.article, self.config, load_lexicon(self.config))
        if self.config.script.calibrated:
            from exporter.speech_rate import calibrate_script  # noqa: PLC0415  40 ms, as above

            script = calibrate_script(script, self.config)
        return Narrated(script, notices)

    @property
    def script(self) -> Script:
        """The script; see `narrated`."""
        return self.narrated.script

    @cached_property
    def recorded(self) -> Recorded:
        """The recording and its notices; speaking happens here. Raises `SpeechError`."""
        from exporter.speech import count_cached_clips, speak  # noqa: PLC0415  14 ms, most runs do not speak
        from exporter.speech_rate import learn_rates  # noqa: PLC0415  40 ms, as above

        cached = count_cached_clips(self.script, self.config) if self.config.audio.report else 0
        recording = speak(self.script, self.config)
        learn_rates(self.script, recording, self.config)
        gaps = (
            Notice(segment.written[:_MAX_SUBJECT_CHARS], "this could not be spoken: the recording has a gap there")
            for segment in recording.segments
            if segment.lost
        )
        return Recorded(recording, (*self.narrated.notices, *gaps), cached)

    @property
    def recording(self) -> Recording:
        """The recording; see `recorded`."""
        return self.recorded.recording


class Edition:
    """Works that are published together: one for a file of its own, several for a bound book.

    `episodes` are those that were written, by their paths.
    """

    def __init__(self, works: Iterable[Work], config: Config) -> None:
        self.works = tuple(works)
        self.config = config
        self.episodes: dict[Path, Episode] = {}

    @property
    def title(self) -> str:
        """The title of the whole; empty where it has neither a title in the settings nor a work."""
        if self.config.book.title or not self.works:
            return self.config.book.title
        first = self.works[0].article.metadata.title
        return first if len(self.works) == 1 else f"{first} and {len(self.works) - 1} more"


def load_lexicon(config: Config) -> Lexicon:
    """Return the user's pronunciations; raises `UsageError` for a file that cannot be read."""
    return load_merged_lexicon(config.narration.lexicon)
