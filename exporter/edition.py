"""Where article, script and recording meet: `Piece`, one article in its three forms, and `Edition`, pieces together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from exporter.article import Article
from exporter.config import Config
from exporter.errors import Notice
from exporter.recording import Recording
from exporter.script import Script


class Piece:
    """One article; its script and its recording are made when first asked for, once."""

    def __init__(self, article: Article, config: Config, notices: Iterable[Notice] = ()) -> None:
        self.config = config
        self.notices: list[Notice] = list(notices)
        self._read = article

    @cached_property
    def article(self) -> Article:
        """The article, its sentences cut and anchored."""
        from exporter.sentences import cut  # noqa: PLC0415

        return cut(self._read)

    @cached_property
    def script(self) -> Script:
        """What is said."""
        from exporter.narration import narrate  # noqa: PLC0415

        script, notices = narrate(self.article, self.config)
        self.notices.extend(notices)
        return script

    @cached_property
    def recording(self) -> Recording:
        """When each word sounds; speaking happens here. Raises `SpeechError`."""
        from exporter.speech import speak  # noqa: PLC0415

        return speak(self.script, self.config)


class Edition:
    """Pieces that are published together: one for a file of its own, many for a bound book."""

    def __init__(self, pieces: Iterable[Piece], config: Config) -> None:
        self.pieces = tuple(pieces)
        self.config = config

    @property
    def title(self) -> str:
        """The title of the whole."""
        if self.config.book.title or not self.pieces:
            return self.config.book.title
        first = self.pieces[0].article.metadata.title
        return first if len(self.pieces) == 1 else f"{first} and {len(self.pieces) - 1} more"
