"""Where article, script and recording meet: `Work`, one article in its three forms, and `Edition`, pieces together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from exporter import progress
from exporter.article import Article
from exporter.config import Config
from exporter.errors import Notice

if TYPE_CHECKING:
    from exporter.lexicon import Lexicon
    from exporter.recording import Recording
    from exporter.script import Script


class Work:
    """One article; its script and its recording are made when first asked for, once.

    `written` is the article before its sentences are cut.
    A `script` that is given (one that the user edited) is spoken as it stands. `reading` holds the notices of the
    reader, `notices` those of the stages that followed.
    """

    def __init__(
        self, article: Article, config: Config, notices: Iterable[Notice] = (), script: Script | None = None
    ) -> None:
        self.config = config
        self.reading = tuple(notices)
        self.notices: list[Notice] = []
        self.written = article
        self._script = script

    @cached_property
    def article(self) -> Article:
        """The article, its sentences cut and anchored."""
        from exporter.sentences import cut_sentences  # noqa: PLC0415

        return cut_sentences(self.written)

    @cached_property
    def script(self) -> Script:
        """What is said."""
        if self._script is not None:
            return self._script
        from exporter.narration import narrate  # noqa: PLC0415

        progress.advance("narrating", 0)
        script, notices = narrate(self.article, self.config, lexicon(self.config))
        self.notices.extend(notices)
        if self.config.script.calibrated:
            from exporter.speech_rate import calibrate_script  # noqa: PLC0415

            return calibrate_script(script, self.config)
        return script

    @cached_property
    def recording(self) -> Recording:
        """When each word sounds; speaking happens here. Raises `SpeechError`."""
        from exporter.speech import speak  # noqa: PLC0415
        from exporter.speech_rate import learn_rates  # noqa: PLC0415

        recording = speak(self.script, self.config)
        learn_rates(self.script, recording, self.config)
        return recording


class Edition:
    """Pieces that are published together: one for a file of its own, many for a bound book."""

    def __init__(self, pieces: Iterable[Work], config: Config) -> None:
        self.pieces = tuple(pieces)
        self.config = config

    @property
    def title(self) -> str:
        """The title of the whole."""
        if self.config.book.title or not self.pieces:
            return self.config.book.title
        first = self.pieces[0].article.metadata.title
        return first if len(self.pieces) == 1 else f"{first} and {len(self.pieces) - 1} more"


def lexicon(config: Config) -> Lexicon:
    """Return the user's pronunciations; raises `UsageError` for a file that cannot be read."""
    return _lexicon(config.narration.lexicon)


@lru_cache(maxsize=4)
def _lexicon(paths: tuple[str, ...]) -> Lexicon:
    from exporter.lexicon import NO_LEXICON, load_lexicons  # noqa: PLC0415

    return load_lexicons(paths) if paths else NO_LEXICON
