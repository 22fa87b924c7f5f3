"""Narration: an article becomes a script, as a newsroom would write it.

`narrate` is the recipe. `frame` opens and closes, `blocks` tells each kind of block (`tables`, `formulas`, `numerals`),
`speaking` makes utterances, `quotes` finds who is quoted (`speakers`, `dialogue`, by the words of `grammar`), `parts`
divides a sentence where the voice changes, `clauses` where it takes breath, `inlines` tells what a sentence holds,
`cues` keeps the pauses, `timing` the running time, `remarks` what a producer may want to know.
"""

from __future__ import annotations

from msgspec.structs import replace

from exporter.article import Article
from exporter.config import Config
from exporter.errors import Notice
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.narration import opening_closing
from exporter.narration.block_narration import Narrator
from exporter.narration.narration_notices import find_narration_notices
from exporter.narration.timing import estimate_seconds
from exporter.narration.utterances import UtteranceWriter
from exporter.script import SCHEMA, Say, Script


def narrate(article: Article, config: Config, lexicon: Lexicon = NO_LEXICON) -> tuple[Script, tuple[Notice, ...]]:
    """Write the script of an article whose sentences are cut, and what its producer may want to know.

    Raises `ExporterError` if a block of the article would be neither spoken nor skipped for a reason.
    """
    speaking = UtteranceWriter(article, config, lexicon)
    narrator = Narrator(article, config.narration, speaking)
    opening_closing.say_opening(article, speaking)
    narrator.body()
    narrator.ending()
    opening_closing.say_closing(article.metadata, speaking)
    cues = speaking.cues.end()
    script = Script(
        schema=SCHEMA,
        title=article.metadata.title,
        language=article.metadata.language,
        words=sum(len(cue.words) for cue in cues if isinstance(cue, Say)),
        seconds=estimate_seconds(cues, config.speech.rate, article.metadata.language),
        cues=cues,
        ledger=narrator.ledger(),
        metadata=replace(article.metadata, source=article.metadata.address or None),
    )
    return script, tuple(find_narration_notices(script, config.narration))
