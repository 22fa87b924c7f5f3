"""What is left of the page among the article's blocks: furniture lines, links elsewhere, boxes, lives of authors."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.article import (
    Aside,
    Block,
    Bullets,
    Code,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    block_text,
    inline_text,
)
from exporter.readers import boilerplate as lists
from exporter.readers.page.main_content import PassageMatcher, remove_space
from exporter.readers.page.post_filters.trim_context import TrimContext, TrimLog
from exporter.readers.page.prose import MAX_LABEL_CHARS, find_openers, is_running_text, is_sentence, text_key
from exporter.readers.wordlists import phrases

_MAX_CLOSING_CHARS = 500
"""Characters of an author's life or of a note on rights."""

_MIN_LINK_LIST_ITEMS = 2
"""Items of a list that leads away."""

_MIN_PULL_QUOTE_CHARS = 20
"""Characters of a pull quote; shorter words come twice by chance."""

_MIN_SLIDES = 4
"""Pictures in a row that make a slide show."""

_ARROWS = (">>", "→", "►", "▶", "➡", "⇒", "👉")
"""What a line begins with that leads elsewhere; ``»`` opens quotations too."""

_MAX_ORNAMENTAL_QUOTES = 100
"""More quotations than this are no ornament of the page."""


def drop_boilerplate_lines(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """Lines that say of themselves that they are furniture, and what stands below a heading like "Read next"."""
    below = False
    opens = find_openers(blocks)
    for number, block in enumerate(blocks):
        why = _boilerplate_kind(block)
        doubtful = isinstance(block, Heading) and why in lists.DOUBTFUL and number in opens
        if why and (not doubtful or why == "related"):
            below = why == "related" and isinstance(block, Heading)
            trim.drop(f"furniture of the page ({why})", block)
        elif below and not is_running_text(block) and not is_sentence(block_text(block)):
            trim.drop("links to other articles", block)
        else:
            below = False
            yield block


def _boilerplate_kind(block: Block) -> str:
    """The furniture that all lines of a block are, or empty; where a picture should be, what its first line is."""
    if isinstance(block, Figure) and block.image is None:
        return lists.kind(block_text(block).partition("\n")[0])
    if not isinstance(block, Paragraph | Heading | Bullets | Numbered | Aside):
        return ""
    kinds = [lists.kind(line) for line in block_text(block).split("\n") if line.strip()]
    return kinds[0] if kinds and all(kinds) else ""


def drop_links_elsewhere(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """Lines that are nothing but a link, without being a sentence, lead away from the article."""
    last = max((number for number, block in enumerate(blocks) if is_running_text(block)), default=0)
    opens = find_openers(blocks)
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and number in opens:
            yield block
        elif isinstance(block, Paragraph | Heading) and (_is_link_line(block.content) or _is_pointer_line(block)):
            trim.drop("a link to another page", block)
        elif isinstance(block, Aside | Quote) and _holds_only_links(block):
            trim.drop("links to other pages", block)
        elif isinstance(block, Bullets) and (_holds_only_links(block) or _is_headline_list(block)):
            if number < last and _may_introduce_list(blocks[number - 1]):
                yield block  # a list of the article's own: what it tells of is linked
            else:
                trim.drop("links to other pages", block)
        else:
            yield block


def _may_introduce_list(block: Block) -> bool:
    """Whether a list may stand below a block as its own."""
    if isinstance(block, Heading):
        return True
    return isinstance(block, Paragraph) and inline_text(block.content).rstrip().endswith((":", "："))


def _holds_only_links(block: Bullets | Aside | Quote) -> bool:
    """Whether each line is a link; the first may say where the others lead: "You may also like"."""
    inner = [child for item in block.items for child in item.blocks] if isinstance(block, Bullets) else block.blocks
    lines = [child for child in inner if not isinstance(child, Figure)]
    if isinstance(block, Quote) and (block.attribution or sum(map(_count_lines, lines)) <= _MIN_LINK_LIST_ITEMS):
        return False  # whoever said it is linked
    if not isinstance(block, Bullets) and len(lines) > 1 and not is_running_text(lines[0]):
        lines = lines[1:]
    return bool(lines) and all(map(_is_link_block, lines))


def _is_link_block(block: Block) -> bool:
    if isinstance(block, Bullets):
        return _holds_only_links(block) or _is_headline_list(block)
    return isinstance(block, Paragraph | Heading) and _is_link_line(block.content)


def _count_lines(block: Block) -> int:
    return len(block.items) if isinstance(block, Bullets) else 1


def _is_headline_list(block: Bullets) -> bool:
    """Whether a list has headlines of other articles: a link in each item, and no sentence in any."""
    if len(block.items) < _MIN_LINK_LIST_ITEMS:
        return False
    lines = [child for item in block.items for child in item.blocks]
    return all(
        isinstance(line, Paragraph)
        and not is_sentence(block_text(line))
        and _count_linked_chars(line.content) * 2 > len(block_text(line))
        for line in lines
    )


def _is_link_line(content: tuple[Inline, ...]) -> bool:
    """Whether links hold all the letters of a line that is no sentence."""
    return 0 < len(inline_text(content).strip()) * 9 <= _count_linked_chars(content) * 10


def _is_pointer_line(block: Paragraph | Heading) -> bool:
    """Whether a line leads to another page by an arrow, or by a word like "Read more:" before its link."""
    text, linked = inline_text(block.content).strip(), _count_linked_chars(block.content)
    if not linked or isinstance(block, Heading):
        return False
    if text.startswith(_ARROWS):
        return len(text) <= 2 * MAX_LABEL_CHARS
    lead, colon, _ = text.partition(":")
    return bool(colon) and lists.kind(lead) == "related" and linked * 10 >= (len(text) - len(lead)) * 8


def _count_linked_chars(content: tuple[Inline, ...]) -> int:
    """How many characters of a line are in links."""
    return sum(len(inline_text(inline.content)) for inline in _flatten_inlines(content) if isinstance(inline, Link))


def _flatten_inlines(content: Iterable[Inline]) -> Iterable[Inline]:
    for inline in content:
        if isinstance(inline, Link | Image) or not hasattr(inline, "content"):
            yield inline
        else:
            yield from _flatten_inlines(inline.content)


def drop_unselected(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """What the library did not choose: all of it after the last paragraph, else boxes and labels only."""
    if trim.known.chosen is None:
        return blocks
    trim.known.chosen.rewind()
    described = text_key(trim.known.description)
    taken = [_is_selected(block, trim.known.chosen) or _is_in_description(block, described) for block in blocks]
    last = max((n for n, block in enumerate(blocks) if taken[n] and is_running_text(block)), default=len(blocks))
    kept: list[Block] = []
    closed = False
    for number, block in enumerate(blocks):
        closed = closed or (number > last and not taken[number] and not isinstance(block, Figure))
        if taken[number] or (not closed and not _is_label(block)):
            kept.append(block)
        else:
            trim.drop("a part beside the article", block)
    return kept


def _is_selected(block: Block, chosen: PassageMatcher) -> bool:
    """Whether the library chose most of a block."""
    lines = [remove_space(line) for line in block_text(block).split("\n")]
    letters = sum(map(len, lines))
    return letters > 0 and sum(len(line) for line in lines if chosen.holds(line)) * 2 >= letters


def _is_in_description(block: Block, described: str) -> bool:
    """Whether a block says what the page says of the article: it leads into it."""
    letters = text_key(block_text(block))
    return len(letters) >= _MIN_PULL_QUOTE_CHARS and letters in described


def _is_label(block: Block) -> bool:
    """Whether a block is a box, or a few words that are no sentence."""
    if isinstance(block, Aside):
        return True
    if not isinstance(block, Paragraph) or is_running_text(block) or is_sentence(block_text(block)):
        return False
    return not any(isinstance(inline, Math | Code | NoteMark | Foreign) for inline in block.content)


def drop_pull_quotes(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """Pull quotes: what a box or a quotation says that a paragraph says too."""
    if sum(isinstance(block, Quote | Aside) for block in blocks) > _MAX_ORNAMENTAL_QUOTES:
        return blocks
    return _drop_repeated_quotes(blocks, trim)


def _drop_repeated_quotes(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    body = "\n".join(text_key(block_text(block)) for block in blocks if isinstance(block, Paragraph))
    for block in blocks:
        # Whoever is quoted may stand below the words.
        said = "".join(map(block_text, block.blocks)) if isinstance(block, Quote | Aside) else ""
        if len(said) >= _MIN_PULL_QUOTE_CHARS and text_key(said) in body:
            trim.drop("a pull quote: the body says it too", block)
        else:
            yield block


def drop_slide_show(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """A slide show above the text: its first picture opens the article, unless the pictures are the article."""
    first = next((number for number, block in enumerate(blocks) if is_running_text(block)), 0)
    shown = [block for block in blocks[:first] if isinstance(block, Figure)]
    told = sum(len(block_text(block)) for block in shown)
    if len(shown) < _MIN_SLIDES or told * 2 > sum(len(block_text(block)) for block in blocks[first:]):
        return blocks
    kept = next((block for block in shown if block.image), shown[0])
    others = [block for block in shown if block is not kept]
    for slide in others:
        trim.drop("a slide show above the article", slide)
    return [block for number, block in enumerate(blocks) if number >= first or block not in others]


def drop_closing_lines(blocks: tuple[Block, ...], trim: TrimLog) -> Iterable[Block]:
    """At the end: lives of the authors, rights, and headings and lines that open nothing."""
    kept = list(blocks)
    while kept and (
        why := _find_closing_reason(kept[-1], trim.known) or _find_introduction_reason(kept[-1], trim.whole)
    ):
        trim.drop(why, kept.pop())
    while kept and isinstance(kept[0], Separator):
        kept.pop(0)
    return kept


def _find_closing_reason(block: Block, known: TrimContext) -> str:
    if isinstance(block, Heading | Separator):
        return "a heading without text"
    if isinstance(block, Aside) and any(name in block_text(block).partition("\n")[0] for name in known.authors):
        return "about the author"
    if not isinstance(block, Paragraph):
        return ""
    text = inline_text(block.content).strip()
    if not is_sentence(text) and _count_linked_chars(block.content) * 2 >= len(text) > 0:
        return "a link to another page"
    if len(text) < _MAX_CLOSING_CHARS and any(_begins_with_name(text, name) for name in known.authors):
        return "about the author"
    if text.casefold().startswith(("©", *phrases("rights", "starts"))) and len(text) < _MAX_CLOSING_CHARS:
        return "a note on rights"
    return ""


def _find_introduction_reason(block: Block, whole: tuple[Block, ...]) -> str:
    """Whether a line announces what went."""
    announces = isinstance(block, Paragraph) and _may_introduce_list(block) and block is not whole[-1]
    return "a line that leads to nothing" if announces else ""


def _begins_with_name(text: str, name: str) -> bool:
    """Whether a text begins with a person's name, the given name perhaps in its short form."""
    given, _, family = name.rpartition(" ")
    first, _, rest = text.partition(" ")
    return bool(given) and (
        text.startswith(name) or (rest.startswith(family) and len(first) > 2 and given.startswith(first))
    )
