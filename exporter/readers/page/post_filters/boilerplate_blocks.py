"""Filters for boilerplate among an article's blocks: labels, link lists, boxes, pull quotes, author biographies."""

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
    children,
    inline_text,
)
from exporter.readers import boilerplate, line_reasons
from exporter.readers.page.main_content import PassageMatcher, remove_space
from exporter.readers.page.post_filters.reference_lists import find_references
from exporter.readers.page.post_filters.trim_context import TrimLog
from exporter.readers.page.prose import find_openers, is_text_block
from exporter.readers.page.teasers import TEASER
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_sentence, ends_with_full_stop, text_key
from exporter.readers.wordlists import get_phrases

# The numbers were chosen by reading pages; no measurement.

_MAX_CLOSING_CHARS = 500
"""Characters of an author's biography or of a note on rights."""

_MIN_LINK_LIST_ITEMS = 2
"""Items of a list that leads to other pages; a single one may be the article's own."""

_MIN_BOX_PASSAGES = 2
"""Passages of running text in a box that is part of the article, though beside its main text."""

_MIN_PULL_QUOTE_CHARS = 20
"""Characters of a pull quote, or of a line from the description; shorter texts are repeated by chance."""

_MIN_SLIDES = 4
"""Pictures above the text that make a slide show."""

_ARROWS = (">>", "→", "►", "▶", "➡", "⇒", "👉")
"""With which a link to another page begins; ``»`` opens quotations too."""

_MAX_PULL_QUOTES = 100
"""In a page with more quotations and boxes, none is compared with the text: bounds the time."""


def drop_boilerplate_lines(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop lines of boilerplate ("Share", "Advertisement"), and the labels below a heading like "Read next"."""
    below = False
    opens = find_openers(blocks)
    references = find_references(blocks, log.context.host)
    for number, block in enumerate(blocks):
        kind = _boilerplate_kind(block)
        doubtful = isinstance(block, Heading) and kind in boilerplate.DOUBTFUL and number in opens
        if log.is_stated(block) or number in references:
            below = False
            yield block
        elif kind and (not doubtful or kind == "related"):
            below = kind == "related" and isinstance(block, Heading)
            log.drop(f"boilerplate ({kind})", block)
        elif below and not is_text_block(block) and not ends_sentence(block_text(block)):
            log.drop("links to other articles", block)
        else:
            below = False
            yield block


def _boilerplate_kind(block: Block) -> str:
    """Return the kind of boilerplate that all lines of a block are, or empty; of a missing picture, its first line."""
    if isinstance(block, Figure) and block.image is None:
        return boilerplate.classify(block_text(block).partition("\n")[0])
    if not isinstance(block, Paragraph | Heading | Bullets | Numbered | Aside):
        return ""
    kinds = [boilerplate.classify(line) for line in block_text(block).split("\n") if line.strip()]
    return kinds[0] if kinds and all(kinds) else ""


def drop_links_elsewhere(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop lines and lists that only link to other pages; a list that the article introduces stays."""
    last = max((number for number, block in enumerate(blocks) if is_text_block(block)), default=0)
    opens = find_openers(blocks)
    references = find_references(blocks, log.context.host)
    excerpts = _find_excerpts(blocks)
    for number, block in enumerate(blocks):
        if number in excerpts:
            log.drop(TEASER, block)
        elif (isinstance(block, Heading) and number in opens) or number in references or log.is_stated(block):
            yield block
        elif (
            isinstance(block, Paragraph | Heading)
            and _leads_away(block)
            and not _introduces(blocks[max(number - 1, 0)])
        ):
            log.drop("a link to another page", block)
        elif isinstance(block, Aside | Quote) and _holds_only_links(block):
            log.drop("links to other pages", block)
        elif isinstance(block, Bullets | Numbered) and (_holds_only_links(block) or _is_headline_list(block)):
            if number < last and _may_introduce_list(blocks[number - 1]):
                yield block
            else:
                log.drop("links to other pages", block)
        else:
            yield block


def _introduces(block: Block) -> bool:
    """Whether a block is running text that ends with a colon: the link below it is what it speaks of."""
    return _may_introduce_list(block) and not isinstance(block, Heading) and len(block_text(block)) > MAX_LABEL_CHARS


def _find_excerpts(blocks: tuple[Block, ...]) -> set[int]:
    """Return the numbers of the blocks from a headline with a link to an excerpt that breaks off: "The dam […]"."""
    found: set[int] = set()
    headline = -1
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            headline = number if _is_link_line(block.content) else -1
        elif headline >= 0 and isinstance(block, Paragraph) and block_text(block).rstrip().endswith(("[…]", "[...]")):
            found.update(range(headline, number + 1))
            headline = -1
    return found


def _leads_away(block: Paragraph | Heading) -> bool:
    """Whether a line only leads to other pages."""
    if next(iter(_iterate_links(block.content)), None) is None:
        return False
    return _is_link_line(block.content) or _is_menu_row(block.content) or _is_pointer_line(block)


def drop_menu_rows(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop lines of several links to other pages before the first passage of text and after the last one."""
    texts = [number for number, block in enumerate(blocks) if is_text_block(block)]
    for number, block in enumerate(blocks):
        inside = not texts or texts[0] < number < texts[-1]
        if not inside and isinstance(block, Paragraph) and _is_menu_row(block.content):
            log.drop("links to other pages", block)
        else:
            yield block


def _is_menu_row(content: tuple[Inline, ...]) -> bool:
    """Whether a line holds several links, and no letters beside them."""
    linked = [text_key(inline_text(link.content)) for link in _iterate_links(content)]
    return len(linked) >= _MIN_LINK_LIST_ITEMS and "".join(linked) == text_key(inline_text(content))


def _may_introduce_list(block: Block) -> bool:
    """Whether a block is a heading, or ends with a colon, so that the list below it is the article's own."""
    if isinstance(block, Heading):
        return True
    return isinstance(block, Paragraph) and inline_text(block.content).rstrip().endswith((":", "："))


def _holds_only_links(block: Bullets | Numbered | Aside | Quote) -> bool:
    """Whether each line is a link, apart from a label in the first: "You may also like"."""
    listed = isinstance(block, Bullets | Numbered)
    lines = [child for child in children(block) if not isinstance(child, Figure)]
    if isinstance(block, Quote) and (block.attribution or sum(map(_count_lines, lines)) <= _MIN_LINK_LIST_ITEMS):
        return False  # the link is the attribution
    if not listed and len(lines) > 1 and not is_text_block(lines[0]):
        lines = lines[1:]
    return bool(lines) and all(map(_is_link_block, lines))


def _is_link_block(block: Block) -> bool:
    if isinstance(block, Bullets | Numbered):
        return _holds_only_links(block) or _is_headline_list(block)
    return isinstance(block, Paragraph | Heading) and _is_link_line(block.content)


def _count_lines(block: Block) -> int:
    return len(block.items) if isinstance(block, Bullets) else 1


def _is_headline_list(block: Bullets | Numbered) -> bool:
    """Whether a list holds headlines of other articles: mostly a link in each item, and no full stop."""
    if len(block.items) < _MIN_LINK_LIST_ITEMS:
        return False
    lines = [child for item in block.items for child in item.blocks]
    return all(
        isinstance(line, Paragraph)
        and not ends_with_full_stop(block_text(line))
        and _count_linked_chars(line.content) * 2 > len(block_text(line))
        for line in lines
    )


def _is_link_line(content: tuple[Inline, ...]) -> bool:
    """Whether links hold at least nine tenths of the characters of a line."""
    return 0 < len(inline_text(content).strip()) * 9 <= _count_linked_chars(content) * 10


def _is_pointer_line(block: Paragraph | Heading) -> bool:
    """Whether a line with a link begins with an arrow, or with a label like "Read more:"."""
    text, linked = inline_text(block.content).strip(), _count_linked_chars(block.content)
    if not linked or isinstance(block, Heading):
        return False
    if text.startswith(_ARROWS):
        return len(text) <= 2 * MAX_LABEL_CHARS
    lead, colon, _ = text.partition(":")
    return bool(colon) and boilerplate.classify(lead) == "related" and linked * 10 >= (len(text) - len(lead)) * 8


def _count_linked_chars(content: tuple[Inline, ...]) -> int:
    """Return how many characters of a line are in links."""
    return sum(len(inline_text(link.content)) for link in _iterate_links(content))


def _iterate_links(content: Iterable[Inline]) -> Iterable[Link]:
    return (inline for inline in _flatten_inlines(content) if isinstance(inline, Link))


def _flatten_inlines(content: Iterable[Inline]) -> Iterable[Inline]:
    for inline in content:
        if isinstance(inline, Link | Image) or not hasattr(inline, "content"):
            yield inline
        else:
            yield from _flatten_inlines(inline.content)


def drop_unselected(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop what the extraction library did not select: after the last selected text everything, else only labels."""
    if log.context.selected is None:
        return blocks
    matcher = PassageMatcher(log.context.selected)
    described = text_key(log.context.description)
    references = find_references(blocks, log.context.host)
    selected = [
        _is_selected(block, matcher)
        or _is_in_description(block, described)
        or log.is_stated(block)
        or number in references
        for number, block in enumerate(blocks)
    ]
    texts = (n for n, block in enumerate(blocks) if selected[n] and n not in references and is_text_block(block))
    last = max(texts, default=len(blocks))
    kept: list[Block] = []
    ended = False
    for number, block in enumerate(blocks):
        ended = ended or (number > last and not selected[number] and not isinstance(block, Figure))
        if selected[number] or (not ended and not _is_label(block)):
            kept.append(block)
        else:
            log.drop(_name_unselected(block, is_below=number > last), block)
    return kept


def _name_unselected(block: Block, *, is_below: bool) -> str:
    """Return what a block is that the library did not select, as the reason to drop it."""
    if reason := line_reasons.find_line_reason(block_text(block)):
        return reason
    if isinstance(block, Aside):
        return "a box beside the text"
    return "below the end of the text" if is_below else "a label between the paragraphs"


def _is_selected(block: Block, matcher: PassageMatcher) -> bool:
    """Whether the library selected at least half of a block's letters."""
    lines = [remove_space(line) for line in block_text(block).split("\n")]
    letters = sum(map(len, lines))
    return letters > 0 and sum(len(line) for line in lines if matcher.match(line)) * 2 >= letters


def _is_in_description(block: Block, described: str) -> bool:
    """Whether a block is part of the description in the metadata: a standfirst."""
    letters = text_key(block_text(block))
    return len(letters) >= _MIN_PULL_QUOTE_CHARS and letters in described


def _is_label(block: Block) -> bool:
    """Whether a block is a box with hardly any running text, or a short line that is not a sentence."""
    if isinstance(block, Aside):
        return sum(map(is_text_block, block.blocks)) < _MIN_BOX_PASSAGES
    if not isinstance(block, Paragraph) or is_text_block(block) or ends_sentence(block_text(block)):
        return False
    return not any(isinstance(inline, Math | Code | NoteMark | Foreign) for inline in block.content)


def drop_pull_quotes(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop pull quotes: boxes and quotations that a paragraph repeats."""
    if sum(isinstance(block, Quote | Aside) for block in blocks) > _MAX_PULL_QUOTES:
        return blocks
    return _drop_repeated_quotes(blocks, log)


def _drop_repeated_quotes(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    body = "\n".join(text_key(block_text(block)) for block in blocks if isinstance(block, Paragraph))
    for block in blocks:
        quoted = (
            "".join(map(block_text, block.blocks)) if isinstance(block, Quote | Aside) else ""
        )  # without attribution
        if len(quoted) >= _MIN_PULL_QUOTE_CHARS and text_key(quoted) in body:
            log.drop("a pull quote: the body says it too", block)
        else:
            yield block


def drop_slide_show(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Reduce a slide show above the text to its first picture, unless its captions are much of the article."""
    first = next((number for number, block in enumerate(blocks) if is_text_block(block)), 0)
    slides = [block for block in blocks[:first] if isinstance(block, Figure)]
    caption_chars = sum(len(block_text(block)) for block in slides)
    if len(slides) < _MIN_SLIDES or caption_chars * 2 > sum(len(block_text(block)) for block in blocks[first:]):
        return blocks
    kept = next((block for block in slides if block.image), slides[0])
    others = [block for block in slides if block is not kept]
    for slide in others:
        log.drop("a slide show above the article", slide)
    return [block for number, block in enumerate(blocks) if number >= first or block not in others]


def drop_closing_lines(blocks: tuple[Block, ...], log: TrimLog) -> Iterable[Block]:
    """Drop author biographies, notes on rights, and headings and lines that introduce nothing, from the end."""
    kept = list(blocks)
    while kept and not log.is_stated(kept[-1]) and (reason := _find_closing_reason(kept[-1], log)):
        log.drop(reason, kept.pop())
    while kept and isinstance(kept[0], Separator):
        kept.pop(0)
    return kept


def _find_closing_reason(block: Block, log: TrimLog) -> str:
    """Return why the last block is not the article's, or empty."""
    authors = log.context.authors
    if isinstance(block, Heading | Separator):
        return "a heading without text"
    if isinstance(block, Aside) and any(name in block_text(block).partition("\n")[0] for name in authors):
        return "about the author"
    if not isinstance(block, Paragraph):
        return ""
    text = inline_text(block.content).strip()
    if not ends_sentence(text) and _count_linked_chars(block.content) * 2 >= len(text) > 0:
        return "a link to another page"
    if len(text) < _MAX_CLOSING_CHARS and any(_begins_with_name(text, name) for name in authors):
        return "about the author"
    folded = text.casefold()
    is_licence = folded.startswith(("©", *get_phrases("rights", "starts"))) or "creative commons" in folded
    if is_licence and len(text) < _MAX_CLOSING_CHARS:
        return "a note on rights"
    if _may_introduce_list(block) and block is not log.all_blocks[-1]:
        return "a line that introduces nothing"
    return ""


def _begins_with_name(text: str, name: str) -> bool:
    """Whether a text begins with a person's name, its given name perhaps in a short form."""
    given, _, family = name.rpartition(" ")
    first, _, rest = text.partition(" ")
    return bool(given) and (
        text.startswith(name) or (rest.startswith(family) and len(first) > 2 and given.startswith(first))
    )
