"""Narration: writes the script of an article.

`narrate` is the recipe. Its modules: `opening_closing` says the template's opening and closing; `block_narration` walks
the blocks, `leaf_narration` says those without blocks inside (tables in `table_narration`), `block_ledger` records what
became of each; `utterances` writes utterances from the parts of a sentence (`utterance_parts`: quotations, languages,
and the breaths of `clauses`); `quotations`, `dialogue` and `speakers` find who is quoted, by the words of
`speech_verbs`; `inline_narration`, `formula_narration` and `list_numerals` say what is not plain text; `cues` collects
utterances and pauses; `timing` estimates the running time, `slugs` names the story; `narration_notices` says what to
check.
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
from exporter.narration.slugs import make_slug
from exporter.narration.timing import estimate_seconds
from exporter.narration.utterances import UtteranceWriter
from exporter.script import SCHEMA, Say, Script


def narrate(article: Article, config: Config, lexicon: Lexicon = NO_LEXICON) -> tuple[Script, tuple[Notice, ...]]:
    """Return the script of an article whose sentences are cut, and notices for its producer.

    Raises `ExporterError` if a block of the article is neither spoken nor skipped for a reason.
    """
    writer = UtteranceWriter(article, config, lexicon)
    narrator = Narrator(article, config.narration, writer)
    opening_closing.say_opening(article, writer)
    narrator.narrate_body()
    narrator.narrate_ending()
    opening_closing.say_closing(article.metadata, writer)
    cues = writer.cues.finish()
    script = Script(
        schema=SCHEMA,
        title=article.metadata.title,
        language=article.metadata.language,
        words=sum(len(cue.words) for cue in cues if isinstance(cue, Say)),
        seconds=estimate_seconds(cues, config.speech.rate, article.metadata.language),
        cues=cues,
        ledger=narrator.list_ledger(),
        metadata=replace(article.metadata, source=article.metadata.address or None),
        slug=make_slug(article.metadata.title),
    )
    return script, tuple(find_narration_notices(script, config.narration))
