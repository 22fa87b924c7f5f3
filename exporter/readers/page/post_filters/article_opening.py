"""Filters for the opening of an article: its title, lead pictures, standfirst, and lines that repeat metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.article import (
    Aside,
    Block,
    Bullets,
    Definitions,
    Figure,
    Heading,
    Numbered,
    Paragraph,
    Table,
    block_text,
    children,
    inline_text,
)
from exporter.readers import bylines, publication_dates
from exporter.readers.page import rewrites
from exporter.readers.page.dom import collapse_space, name_words
from exporter.readers.page.post_filters.trim_context import TrimContext, TrimLog
from exporter.readers.page.prose import is_text_block
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_sentence, text_key

_EMBLEM_WORDS = frozenset({"logo", "logos", "icon", "icons"})

# The numbers were chosen by reading pages; no measurement.

_MIN_LEAD_IN_CHARS = 20
"""Characters of a standfirst; shorter lines under the title are labels."""

_MIN_AMOUNTS = 3
"""Items of a list of amounts."""

_MAX_DESCRIPTION_BLOCKS = 6
"""Number of blocks at the beginning among which the description is searched for its repetition."""

_MAX_TITLE_CHARS = 500
"""Longer blocks are not compared with the title."""

_MAX_BLOCKS_TO_TITLE = 40
"""Number of blocks at the beginning of a page with boilerplate among which the title is searched."""

_MAX_BLOCKS_TO_PLAIN_TITLE = 10
"""The same in a page without boilerplate."""

_MAX_BLOCKS_TO_OTHER_TITLE = 5
"""Number of blocks among which a first-level heading is the title in other words than the metadata's."""

_MAX_OPENING_PASSAGES = 2
"""Passages of text among which byline and date are searched: the first may be the standfirst, above the byline."""

_MAX_PASSAGES_ABOVE_LEAD_IMAGE = 2
"""A picture after more passages of text does not open the article."""

_MIN_NAME_LETTERS = 6
"""Letters of an author's name with which a picture's name may begin: "Al" begins many words."""

_MAX_TEXTS_ABOVE_TITLE = 1
"""Passages of text that may stand above a title: a summary. Below more of them, it is the title again."""

_MAX_FACT_CHARS = 200
"""Longer lines say more than a fact about the article."""

_MAX_BYLINE_CHARS = 120
"""Characters of a line with byline or date."""

_MAX_CHARS_BESIDE_DATE = 39
"""Characters that a line may hold beside its date."""


def keep_lead_blocks(blocks: tuple[Block, ...], context: TrimContext) -> tuple[Block, ...]:
    """Return those blocks around the title that belong to the article: its pictures and its standfirst."""
    kept: list[Block] = []
    below = False
    for block in _open_containers(rewrites.attach_captions(blocks)):
        if isinstance(block, Bullets | Numbered | Definitions | Table):
            kept.append(block)
        elif isinstance(block, Figure):
            if block.caption or _is_picture(block):
                kept.append(block)
        elif text_key(block_text(block)) in context.title_keys:
            below = True
        elif isinstance(block, Heading | Paragraph) and _is_lead_in(block, context, below=below):
            kept.append(Paragraph(content=block.content) if isinstance(block, Heading) else block)
    return tuple(kept)


def _open_containers(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks and what they hold, but lists of quantities and terms whole, and tables."""
    for block in blocks:
        if isinstance(block, Definitions | Table) or (isinstance(block, Bullets | Numbered) and _lists_amounts(block)):
            yield block
        elif inner := children(block):
            yield from _open_containers(inner)
        else:
            yield block


def _lists_amounts(block: Bullets | Numbered) -> bool:
    """Whether at least half of a list's items begin with a number: ingredients, measures."""
    begun = [block_text(item.blocks[0])[:1] for item in block.items if item.blocks]
    return len(begun) >= _MIN_AMOUNTS and sum(char.isnumeric() for char in begun) * 2 >= len(begun)


def _is_lead_in(block: Heading | Paragraph, context: TrimContext, *, below: bool) -> bool:
    """Whether a line around the title is a standfirst; `below` is set if it stands under the title."""
    text = block_text(block)
    if len(text) < _MIN_LEAD_IN_CHARS:
        return False
    if isinstance(block, Heading):
        return below and not _find_fact(text, context)
    if text_key(text) in text_key(context.description):
        return True
    # "Ann has written of mills for ten years" is about the author.
    given_names = {text_key(name.split()[0]) for name in context.authors}
    says_enough = is_text_block(block) or (
        len(text) >= 2 * _MIN_LEAD_IN_CHARS and ends_sentence(text) and not _find_fact(text, context)
    )
    return below and says_enough and text_key(text.partition(" ")[0]) not in given_names


def lower_standfirst(blocks: tuple[Block, ...], _log: TrimLog) -> Iterable[Block]:
    """Make a paragraph of a standfirst that is set as a heading: too long for one, and above all other text."""
    begun = False
    for block in blocks:
        begun = begun or not isinstance(block, Figure | Heading)
        is_long = not begun and isinstance(block, Heading) and len(block_text(block)) > 2 * MAX_LABEL_CHARS
        yield Paragraph(content=block.content) if isinstance(block, Heading) and is_long else block


def find_lead_image(blocks: tuple[Block, ...]) -> str | None:
    """Return the name of the picture that opens the article; None if there is none above the third passage of text."""
    passages = 0
    for block in blocks:
        if isinstance(block, Figure) and block.image and _is_picture(block):
            return block.image
        passages += is_text_block(block)
        if passages > _MAX_PASSAGES_ABOVE_LEAD_IMAGE:
            break
    return None


def _is_picture(block: Block) -> bool:
    """Whether a block is a picture of the article's, not of its site: no drawing, and by its name no logo or icon."""
    name = (block.image or "") if isinstance(block, Figure) else ".svg"
    return not name.endswith(".svg") and _EMBLEM_WORDS.isdisjoint(name_words(name.partition(".")[0]))


def drop_portraits(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop pictures of the author, and pictures with a caption that an earlier one has."""
    shown: set[str] = set()
    names = {text_key(name) for name in log.context.authors} - {""}
    for block in blocks:
        if isinstance(block, Figure) and _is_portrait(block, names):
            log.drop("a portrait of the author", block)
            continue
        if isinstance(block, Figure) and (text := inline_text(block.caption)):
            signed = bylines.has_lead_at(text) and _find_fact(text, log.context)
            if signed or text_key(text) in names or (len(text) <= MAX_LABEL_CHARS and _names_in_caption(text) <= names):
                log.drop("a portrait of the author", block)
                continue
            if (letters := text_key(text)) in shown:
                log.drop("a picture shown twice", block)
                continue
            shown.add(letters)
        yield block


def _is_portrait(figure: Figure, names: set[str]) -> bool:
    """Whether a picture without a caption is named after an author (by key, `names`)."""
    if figure.caption:
        return text_key(figure.alt) in names
    long_names = [name for name in names if len(name) >= _MIN_NAME_LETTERS]
    texts = [text_key(text) for text in (figure.alt, figure.image or "")]
    return any(text.startswith(name) for text in texts for name in long_names)


def _names_in_caption(caption: str) -> set[str]:
    """Return the keys of the names of which a caption consists, or the key of the caption itself."""
    return {text_key(name) for name in bylines.parse_byline(caption) or bylines.extract_names(caption)} or {
        text_key(caption)
    }


def drop_title(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop the title if it is among the first blocks."""
    place = _find_title(blocks[:_MAX_BLOCKS_TO_PLAIN_TITLE], log.context)
    for number, block in enumerate(blocks):
        if number == place:
            log.drop("the title, shown above", block)
        else:
            yield block


def _find_title(blocks: tuple[Block, ...], context: TrimContext) -> int:
    """Return the number of the block that is the title, or -1."""
    titles = context.title_keys
    texts = enumerate(map(block_text, blocks))
    return next((number for number, text in texts if len(text) <= _MAX_TITLE_CHARS and text_key(text) in titles), -1)


def drop_lines_above_title(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop the title and the labels and breadcrumbs above it; pictures stay."""
    if log.context.is_below_title:
        yield from drop_title(blocks, log)
        return
    place = _find_title(blocks[:_MAX_BLOCKS_TO_TITLE], log.context)
    if place < 0:
        first = enumerate(blocks[:_MAX_BLOCKS_TO_OTHER_TITLE])
        place = next((n for n, block in first if isinstance(block, Heading) and block.level == 1), -1)
    texts = [number for number in range(place) if is_text_block(blocks[number])]
    body = texts[0] if len(texts) > _MAX_TEXTS_ABOVE_TITLE else place  # a recipe below its story is called so again
    for number, block in enumerate(blocks):
        if number == place:
            log.drop("the title, shown above", block)
        elif number < min(place, body) and not (is_text_block(block) or _is_picture(block)):
            log.drop("a line above the title", block)
        else:
            yield block


def drop_fact_lines(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop the lines between the title and the text that only repeat the byline, the date or the site.

    A line that is the full name of an author is dropped wherever it stands; a nickname may head a post of a thread.
    """
    passages = 0
    authors = {text_key(name) for name in log.context.authors if bylines.is_name(name)}
    for block in blocks:
        if isinstance(block, Paragraph | Heading) and text_key(block_text(block)) in authors:
            log.drop("the byline", block)
            continue
        if passages < _MAX_OPENING_PASSAGES and isinstance(block, Paragraph | Heading | Bullets | Numbered | Aside):
            passages += is_text_block(block)
            text = block_text(block)
            is_day = isinstance(block, Paragraph) and log.context.has_date and len(text) <= MAX_LABEL_CHARS
            reason = "the date" if is_day and publication_dates.is_day_without_year(text) else ""
            if reason := reason or _find_fact(text, log.context):
                log.drop(reason, block)
                continue
        yield block


def drop_repeated_description(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop the second of two opening paragraphs that both repeat the description, or go on where it breaks off."""
    described = text_key(log.context.description)
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if number < _MAX_DESCRIPTION_BLOCKS and isinstance(block, Paragraph):
            letters = text_key(block_text(block))
            if letters in seen and (letters in described or (described and letters.startswith(described))):
                log.drop("the description, shown above", block)
                continue
            seen.add(letters)
        yield block


def drop_closing_byline(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop a byline that stands last: "Posted by Ann Lee at 8:12 AM"."""
    last = blocks[-1] if blocks else None
    text = inline_text(last.content) if isinstance(last, Paragraph) else ""
    if last is None or not bylines.has_lead_at(text) or not _find_fact(text, log.context):
        return blocks
    if all(text_key(name) not in text_key(text) for name in log.context.authors):
        return blocks
    log.drop("the byline", last)
    return blocks[:-1]


def _find_fact(text: str, context: TrimContext) -> str:
    """Return which metadata a line only repeats, as the reason to drop it; empty if it says more."""
    line = collapse_space(text)
    if len(line) > _MAX_FACT_CHARS:
        return ""
    letters = text_key(line)
    if letters in {text_key(context.section), text_key(context.site), text_key(context.title)}:
        return "the name of the site or its section"
    if any(text_key(name) in letters and len(line) < len(name) + MAX_LABEL_CHARS for name in context.authors):
        return "the byline"
    if context.authors and len(line) <= _MAX_BYLINE_CHARS and bylines.parse_byline(line):
        return "the byline"
    if len(line) <= MAX_LABEL_CHARS and publication_dates.is_labelled_time(line):
        return "the date"
    if (
        context.has_date
        and len(line) <= _MAX_BYLINE_CHARS
        and (moment := publication_dates.find_date(line))
        and len(line) - (moment.end - moment.start) <= _MAX_CHARS_BESIDE_DATE
    ):
        return "the date"
    return ""
