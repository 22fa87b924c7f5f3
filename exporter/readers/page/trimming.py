"""What is left of the page around the article's blocks goes: the repeated title, bylines, dates, furniture lines.

Each step takes the blocks and returns those that stay; what goes is told in a notice. A line goes only for what it
says or where it stands, and a paragraph of sentences never.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from exporter.article import (
    Aside,
    Block,
    Bullets,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Strong,
    block_text,
    inline_text,
    walk,
)
from exporter.errors import Notice
from exporter.readers import bylines, dates, furniture
from exporter.readers.page import captions
from exporter.readers.page.content import Chosen
from exporter.readers.vocabulary import phrases

_SENTENCE = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST_CAPTION = _LONGEST_LIFE = 500
_MOST_QUOTES = 100
"""More quotations than this are no ornament of the page."""

_SHORTEST_DECK = 20
_SHORT = 80
"""Characters of a line that may be a label; longer ones are sentences."""


class Known(msgspec.Struct, frozen=True):
    """What is known of the article: what the page says of it, to tell its repetition in the body; `heading` is how the
    title stands in the page. `chosen` is what the library takes for the article, or None.
    """

    title: str
    authors: tuple[str, ...]
    site: str
    section: str
    description: str = ""
    heading: str = ""
    chosen: Chosen | None = None
    published: bool = False


def trim(blocks: tuple[Block, ...], known: Known, *, plain: bool = False) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Return the blocks that are the article's, and what went; of a `plain` page only what repeats its metadata."""
    dropped: list[Notice] = []

    def drop(why: str, block: Block) -> None:
        if text := block_text(block):
            dropped.append(Notice(why, text[:200]))

    for step in _PLAIN if plain else _STEPS:
        blocks = tuple(step(blocks, known, drop))
    return blocks, tuple(dropped)


Drop = Callable[[str, Block], None]


def opening(blocks: tuple[Block, ...], known: Known) -> tuple[Block, ...]:
    """Of the blocks around the title, return those that open the article: its pictures, and what stands under it."""
    titles = {_key(known.title), _key(known.heading)} - {""}
    described = _key(known.description)
    kept: list[Block] = []
    below = False
    for block in walk(blocks):
        text = block_text(block)
        key = _key(text)
        if isinstance(block, Figure):
            kept.append(block)
        elif key in titles:
            below = True
        elif below and isinstance(block, Heading) and len(text) >= _SHORTEST_DECK and not _is_fact(text, known):
            kept.append(block)
        elif isinstance(block, Paragraph) and len(text) >= _SHORTEST_DECK and key and key in described:
            kept.append(block)
    return tuple(kept)


def lead(blocks: tuple[Block, ...]) -> str | None:
    """The name of the picture that opens the article: before its third paragraph."""
    paragraphs = 0
    for block in blocks:
        if isinstance(block, Figure) and block.image and not block.image.endswith(".svg"):
            return block.image
        paragraphs += _is_text(block)
        if paragraphs > 2:
            break
    return None


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))


def _captions(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """A paragraph below a picture that ends with a credit is its caption."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        if isinstance(above, Figure) and above.image and not above.caption and isinstance(block, Paragraph):
            caption, credit = captions.split(block.content)
            if credit and len(inline_text(block.content)) <= _LONGEST_CAPTION:
                kept[-1] = msgspec.structs.replace(above, caption=caption, credit=credit)
                continue
        kept.append(block)
    return kept


def _portraits(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """Pictures of the author, and pictures shown twice."""
    shown: set[str] = set()
    for block in blocks:
        names = {_key(name) for name in known.authors}
        if isinstance(block, Figure) and _key(block.alt) in names:
            drop("portrait", block)
            continue
        if isinstance(block, Figure) and (text := inline_text(block.caption)):
            if _key(text) in names or bylines.byline(text) or {_key(name) for name in bylines.people(text)} & names:
                drop("portrait", block)
                continue
            if (key := _key(text)) in shown:
                drop("repeated picture", block)
                continue
            shown.add(key)
        yield block


def _title(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """The title, where it stands first."""
    titles = {_key(known.title), _key(known.heading)} - {""}
    place = next((n for n, block in enumerate(blocks[:10]) if _key(block_text(block)) in titles), -1)
    for number, block in enumerate(blocks):
        if number == place:
            drop("title", block)
        else:
            yield block


def _before_title(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """The title itself, and what stands above it: labels and crumbs; pictures stay."""
    titles = {_key(known.title), _key(known.heading)} - {""}
    place = next((n for n, block in enumerate(blocks[:40]) if _key(block_text(block)) in titles), -1)
    for number, block in enumerate(blocks):
        if number == place:
            drop("title", block)
        elif number < place and not _is_text(block) and not isinstance(block, Figure):
            drop("above the title", block)
        else:
            yield block


def _head(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """Between the title and the first sentences: who, when, where."""
    begun = False
    for block in blocks:
        if not begun and isinstance(block, Paragraph | Heading | Bullets | Numbered):
            begun = begun or _is_text(block)
            if why := _is_fact(block_text(block), known):
                drop(why, block)
                continue
        yield block


def _is_fact(text: str, known: Known) -> str:
    line = " ".join(text.split())
    if len(line) > 200:
        return ""
    key = _key(line)
    if key in {_key(known.section), _key(known.site), _key(known.title)}:
        return "section"
    if any(_key(name) in key and len(line) < len(name) + _SHORT for name in known.authors):
        return "byline"
    if known.authors and len(line) <= 120 and bylines.byline(line):
        return "byline"
    if known.published and len(line) <= 120 and (moment := dates.find(line)) and len(line) - (moment.end - moment.start) < 40:
        return "date"
    return ""


def _furniture(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """Lines that say of themselves that they are furniture, and what stands below a heading like "Read next"."""
    below = False
    for number, block in enumerate(blocks):
        why = _kind(block)
        doubtful = isinstance(block, Heading) and why in furniture.DOUBTFUL and _opens(blocks, number)
        if why and (not doubtful or why == "related"):
            below = why == "related" and isinstance(block, Heading)
            drop(why, block)
        elif below and not _is_text(block) and not _SENTENCE.search(block_text(block)):
            drop("related", block)
        else:
            below = False
            yield block


def _kind(block: Block) -> str:
    """The furniture that all lines of a block are, or empty."""
    if not isinstance(block, Paragraph | Heading | Bullets | Numbered | Aside):
        return ""
    kinds = [furniture.kind(line) for line in block_text(block).split("\n") if line.strip()]
    return kinds[0] if kinds and all(kinds) else ""


def _opens(blocks: tuple[Block, ...], number: int) -> bool:
    """Whether a heading opens a part of the article: text follows it."""
    for block in blocks[number + 1 :]:
        if isinstance(block, Heading):
            return False
        if _is_text(block):
            return True
    return False


def _links(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """Lines that are nothing but a link, without being a sentence, lead away from the article."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and _opens(blocks, number):
            yield block
        elif isinstance(block, Paragraph | Heading) and _all_link(block.content):
            drop("link", block)
        elif isinstance(block, Bullets | Aside) and _links_only(block):
            drop("links", block)
        else:
            yield block


def _links_only(block: Bullets | Aside) -> bool:
    inner = [child for item in block.items for child in item.blocks] if isinstance(block, Bullets) else block.blocks
    return bool(inner) and all(isinstance(child, Figure) or (isinstance(child, Paragraph | Heading) and _all_link(child.content)) for child in inner)


def _all_link(content: tuple[Inline, ...]) -> bool:
    """Whether links hold all the letters of a line that is no sentence."""
    linked = sum(len(inline_text(inline.content)) for inline in _flat(content) if isinstance(inline, Link))
    text = inline_text(content)
    return linked > 0 and linked * 10 >= len(text.strip()) * 9


def _flat(content: Iterable[Inline]) -> Iterable[Inline]:
    for inline in content:
        if isinstance(inline, Link | Image) or not hasattr(inline, "content"):
            yield inline
        else:
            yield from _flat(inline.content)


def _unchosen(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """What the library did not choose: all of it after the last paragraph, else boxes and labels only."""
    if known.chosen is None:
        return blocks
    known.chosen.rewind()
    taken = [_is_chosen(block, known.chosen) for block in blocks]
    last = max((n for n, block in enumerate(blocks) if taken[n] and _is_text(block)), default=len(blocks))
    kept = []
    for number, block in enumerate(blocks):
        if taken[number] or (number < last and not _is_label(block)):
            kept.append(block)
        else:
            drop("beside the article", block)
    return kept


def _pulled(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:  # noqa: ARG001
    """Pull quotes: what a box or a quotation says that a paragraph says too."""
    if sum(isinstance(block, Quote | Aside) for block in blocks) > _MOST_QUOTES:
        return blocks
    return _without_pulled(blocks, drop)


def _without_pulled(blocks: tuple[Block, ...], drop: Drop) -> Iterable[Block]:
    body = "\n".join(_key(block_text(block)) for block in blocks if isinstance(block, Paragraph))
    for block in blocks:
        said = _key(block_text(block)) if isinstance(block, Quote | Aside) else ""
        if said and (said in body or (isinstance(block, Quote) and _key("".join(map(block_text, block.blocks))) in body)):
            drop("pull quote", block)
        else:
            yield block


def _is_chosen(block: Block, chosen: Chosen) -> bool:
    """Whether the library chose most of a block."""
    lines = ["".join(line.split()) for line in block_text(block).split("\n")]
    letters = sum(map(len, lines))
    return letters > 0 and sum(len(line) for line in lines if chosen.holds(line)) * 2 >= letters


def _is_label(block: Block) -> bool:
    """Whether a block is a box, or a few words that are no sentence."""
    return isinstance(block, Aside) or (isinstance(block, Paragraph) and not _is_text(block) and not _SENTENCE.search(block_text(block)))


def _tail(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:
    """At the end: lives of the authors, rights, and headings that open nothing."""
    kept = list(blocks)
    while kept and (why := _is_closing(kept[-1], known)):
        drop(why, kept.pop())
    while kept and isinstance(kept[0], Separator):
        kept.pop(0)
    return kept


def _bold(blocks: tuple[Block, ...], known: Known, drop: Drop) -> Iterable[Block]:  # noqa: ARG001
    """In an article without headings, bold lines above paragraphs are its headings."""
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    return [
        Heading(content=block.content[0].content, language=block.language, direction=block.direction)
        if isinstance(block, Paragraph) and _is_bold(block.content) and number and _opens(blocks, number)
        else block
        for number, block in enumerate(blocks)
    ]


def _is_bold(content: tuple[Inline, ...]) -> bool:
    """Whether a line is bold as a whole, short, and no sentence."""
    text = inline_text(content)
    return len(content) == 1 and isinstance(content[0], Strong) and len(text) <= _SHORT and text[-1:] not in ".,;:…!?”»\""


def _is_closing(block: Block, known: Known) -> str:
    if isinstance(block, Heading | Separator):
        return "heading without text"
    if not isinstance(block, Paragraph):
        return ""
    text = inline_text(block.content).strip()
    if any(text.startswith(name) and len(text) < _LONGEST_LIFE for name in known.authors if " " in name):
        return "author"
    if text.casefold().startswith(phrases("rights", "starts")) and len(text) < _LONGEST_LIFE:
        return "rights"
    return ""


def _is_text(block: Block) -> bool:
    """Whether a block is running text of the article: long, or a sentence."""
    if isinstance(block, Quote | Aside):
        return any(_is_text(child) for child in block.blocks)
    if not isinstance(block, Paragraph | Bullets | Numbered):
        return False
    text = block_text(block).strip()
    return len(text) > _SHORT and (len(text) > 2 * _SHORT or bool(_SENTENCE.search(text)))


_PLAIN = (_captions, _title, _head)
_STEPS = (_captions, _portraits, _before_title, _head, _furniture, _links, _unchosen, _pulled, _tail, _bold)
"""The steps in their order."""
