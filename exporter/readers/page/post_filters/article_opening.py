"""The beginning of an article: its title, what stands around it, its pictures, and the lines that state its facts."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.article import Aside, Block, Bullets, Figure, Heading, Numbered, Paragraph, block_text, inline_text, walk
from exporter.readers import bylines, publication_dates
from exporter.readers.page import rewrites
from exporter.readers.page.post_filters.trim_context import TrimContext, TrimLog
from exporter.readers.page.prose import MAX_LABEL_CHARS, is_running_text, is_sentence, text_key

_MIN_LEAD_IN_CHARS = 20
"""Characters of a line that stands under the title and leads into the article."""

_MAX_DESCRIPTION_BLOCKS = 6
"""Blocks at the beginning of an article among which one may repeat what stands under its title."""

_MAX_TITLE_CHARS = 500
"""Characters of a title."""

_MAX_OPENING_PASSAGES = 2
"""Passages of text among which byline and date may stand."""

_MIN_NAME_LETTERS = 6
"""Letters of a name that a picture's own name may begin with."""


def keep_lead_blocks(blocks: tuple[Block, ...], known: TrimContext) -> tuple[Block, ...]:
    """Of the blocks around the title, return those that open the article: its pictures, and what stands under it."""
    kept: list[Block] = []
    below = False
    for block in walk(rewrites.attach_captions(blocks)):
        if isinstance(block, Figure):
            if block.caption or not (block.image or "").endswith(".svg"):  # drawings above an article are icons
                kept.append(block)
        elif text_key(block_text(block)) in known.titles:
            below = True
        elif isinstance(block, Heading | Paragraph) and _is_lead_in(block, known, below=below):
            kept.append(Paragraph(content=block.content) if isinstance(block, Heading) else block)
    return tuple(kept)


def _is_lead_in(block: Heading | Paragraph, known: TrimContext, *, below: bool) -> bool:
    """Whether a line around the title, or `below` it, says what the article is about."""
    text = block_text(block)
    if len(text) < _MIN_LEAD_IN_CHARS:
        return False
    if isinstance(block, Heading):
        return below and not _find_fact(text, known)
    if text_key(text) in text_key(known.description):
        return True
    # "Ann has written of mills for ten years" is about the author.
    first = {text_key(name.split()[0]) for name in known.authors}
    says = is_running_text(block) or (
        len(text) >= 2 * _MIN_LEAD_IN_CHARS and is_sentence(text) and not _find_fact(text, known)
    )
    return below and says and text_key(text.partition(" ")[0]) not in first


def find_lead_image(blocks: tuple[Block, ...]) -> str | None:
    """The name of the picture that opens the article: before its third paragraph."""
    paragraphs = 0
    for block in blocks:
        if isinstance(block, Figure) and block.image and not block.image.endswith(".svg"):
            return block.image
        paragraphs += is_running_text(block)
        if paragraphs > 2:
            break
    return None


def drop_portraits(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """Pictures of the author, and pictures shown twice."""
    shown: set[str] = set()
    names = {text_key(name) for name in trim.known.authors} - {""}
    for block in blocks:
        if isinstance(block, Figure) and _is_portrait(block, names):
            trim.drop("a portrait of the author", block)
            continue
        if isinstance(block, Figure) and (text := inline_text(block.caption)):
            if text_key(text) in names or (len(text) <= MAX_LABEL_CHARS and _names_in_caption(text) <= names):
                trim.drop("a portrait of the author", block)
                continue
            if (letters := text_key(text)) in shown:
                trim.drop("a picture shown twice", block)
                continue
            shown.add(letters)
        yield block


def _is_portrait(figure: Figure, names: set[str]) -> bool:
    """Whether a picture without a word beneath it is called after an author."""
    if figure.caption:
        return text_key(figure.alt) in names
    whole = [name for name in names if len(name) >= _MIN_NAME_LETTERS]  # "Al" begins many a word
    return any(text_key(called).startswith(name) for called in (figure.alt, figure.image or "") for name in whole)


def _names_in_caption(caption: str) -> set[str]:
    """The people that a caption consists of; at least its own words."""
    return {text_key(name) for name in bylines.byline(caption) or bylines.people(caption)} or {text_key(caption)}


def drop_title(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """The title, where it stands first."""
    place = _find_title(blocks[:10], trim.known)
    for number, block in enumerate(blocks):
        if number == place:
            trim.drop("the title, shown above", block)
        else:
            yield block


def _find_title(blocks: tuple[Block, ...], known: TrimContext) -> int:
    """The number of the block that is the title, or -1."""
    titles = known.titles
    texts = enumerate(map(block_text, blocks))
    return next((number for number, text in texts if len(text) <= _MAX_TITLE_CHARS and text_key(text) in titles), -1)


def drop_lines_above_title(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """The title itself, and what stands above it: labels and crumbs; pictures stay."""
    place = _find_title(blocks[:40], trim.known)
    if place < 0:  # the title in other words
        place = next((n for n, block in enumerate(blocks[:5]) if isinstance(block, Heading) and block.level == 1), -1)
    for number, block in enumerate(blocks):
        if number == place:
            trim.drop("the title, shown above", block)
        elif number < place and not is_running_text(block) and not isinstance(block, Figure):
            trim.drop("a line above the title", block)
        else:
            yield block


def drop_fact_lines(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """Between the title and the first sentences: who, when, where."""
    texts = 0  # the first may be the standfirst, above the byline
    for block in blocks:
        if texts < _MAX_OPENING_PASSAGES and isinstance(block, Paragraph | Heading | Bullets | Numbered | Aside):
            texts += is_running_text(block)
            if why := _find_fact(block_text(block), trim.known):
                trim.drop(why, block)
                continue
        yield block


def drop_repeated_description(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """The description, where it stands under the title, and once more at the head of the text."""
    described = text_key(trim.known.description)
    said: set[str] = set()
    for number, block in enumerate(blocks):
        if number < _MAX_DESCRIPTION_BLOCKS and isinstance(block, Paragraph):
            letters = text_key(block_text(block))
            if letters in said and letters in described:
                trim.drop("the description, shown above", block)
                continue
            said.add(letters)
        yield block


def drop_closing_byline(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """The byline at the foot: "Posted by Ann Lee at 8:12 AM"."""
    for number, block in enumerate(blocks):
        text = block_text(block)
        last = number == len(blocks) - 1 and isinstance(block, Paragraph) and bylines.leads(text)
        if (
            last
            and any(text_key(name) in text_key(text) for name in trim.known.authors)
            and _find_fact(text, trim.known)
        ):
            trim.drop("the byline", block)
        else:
            yield block


def turn_standfirst_into_paragraph(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """A heading before any text that heads nothing, and says what the article is about, is its first paragraph."""
    described = text_key(trim.known.description)
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and not any(map(is_running_text, blocks[:number])):
            text = block_text(block)
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            heads = isinstance(below, Paragraph | Bullets | Numbered) or (
                isinstance(below, Heading) and below.level > block.level
            )
            if not heads or is_sentence(text) or (described and described.startswith(text_key(text))):
                yield Paragraph(content=block.content, language=block.language, direction=block.direction)
                continue
        yield block


def _find_fact(text: str, known: TrimContext) -> str:
    """The fact about the article that a line only states, or empty."""
    line = " ".join(text.split())
    if len(line) > 200:
        return ""
    letters = text_key(line)
    if letters in {text_key(known.section), text_key(known.site), text_key(known.title)}:
        return "the name of the site or its section"
    if any(text_key(name) in letters and len(line) < len(name) + MAX_LABEL_CHARS for name in known.authors):
        return "the byline"
    if known.authors and len(line) <= 120 and bylines.byline(line):
        return "the byline"
    if (
        known.published
        and len(line) <= 120
        and (moment := publication_dates.find(line))
        and len(line) - (moment.end - moment.start) < 40
    ):
        return "the date"
    return ""
