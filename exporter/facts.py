"""MODEL: what a shelf says of a work: the facts of its articles and of its episode, without their text.

The manifest of an output folder holds them, so that publishing a folder opens none of its files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from exporter.article import Article, Link, Paragraph, block_text, count_words, inline_runs, inline_text, walk
from exporter.recording import Recording, merge_metadata, title_chapters

MAX_LINKS = 20
"""The most links of an article that are kept; chosen: show notes with more are not read."""

MAX_LEAD_CHARS = 600
"""The most characters of a first paragraph that stand in for a missing description; chosen, about 100 words."""


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The facts about one work; empty or None where nothing states them.

    `published` is ISO 8601, as exact as the source is; `language` a BCP 47 tag; `address` the article's URL.
    `description` is plain text: the source's own, else the first paragraph. `words` counts the words of the articles,
    `seconds` is the length of the episode, 0 without one. `narrators` are the names of its voices. `chapters` are
    titles and the seconds at which they begin, `links` the texts and the URLs of the articles' links.
    """

    title: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str = "en"
    site: str = ""
    section: str = ""
    address: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    rights: str = ""
    words: int = 0
    seconds: float = 0.0
    narrators: tuple[str, ...] = ()
    chapters: tuple[tuple[str, float], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def make_facts(title: str, articles: Sequence[Article], recording: Recording | None) -> Facts:
    """Return the facts of the articles of one edition, and of their recording as it is in the episode, if there is one.

    `title` is that of the whole.
    """
    metadata = merge_metadata([article.metadata for article in articles])
    facts = Facts(
        title=title,
        authors=metadata.authors,
        published=metadata.published,
        language=metadata.language,
        site=metadata.site or "",
        section=metadata.section or "",
        address=metadata.address,
        description=" ".join((metadata.description or _find_lead(articles)).split()),
        tags=metadata.tags,
        rights=metadata.rights or "",
        words=sum(count_words(article.blocks) for article in articles),
        links=_list_links(articles),
    )
    if recording is None:
        return facts
    return msgspec.structs.replace(
        facts,
        seconds=round(recording.seconds(recording.samples), 3),
        narrators=recording.narrators,
        chapters=tuple(
            (title, round(recording.seconds(mark.begin), 3))
            for mark, title in zip(recording.chapters, title_chapters(recording), strict=True)
        ),
    )


def _find_lead(articles: Sequence[Article]) -> str:
    """Return the first paragraph, cut after a word; empty if there is none."""
    paragraphs = (block for article in articles for block in article.blocks if isinstance(block, Paragraph))
    text = block_text(first) if (first := next(paragraphs, None)) else ""
    if len(text) <= MAX_LEAD_CHARS:
        return text
    return text[:MAX_LEAD_CHARS].rsplit(None, 1)[0] + " …"


def _list_links(articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
    """Return text and URL of the first links to the web, each URL once."""
    found: dict[str, str] = {}
    for text, target in (link for article in articles for link in _iterate_links(article)):
        if len(found) == MAX_LINKS:
            break
        if target.lower().startswith(("http://", "https://")):
            found.setdefault(target, text or target)
    return tuple((text, target) for target, text in found.items())


def _iterate_links(article: Article) -> Iterator[tuple[str, str]]:
    """Yield text and target of every link that stands directly in a block, or in a sentence or an emphasis of it."""
    for block in walk(article.blocks):
        for run in inline_runs(block):
            pending = list(reversed(run))
            while pending:
                inline = pending.pop()
                if isinstance(inline, Link):
                    yield " ".join(inline_text(inline.content).split()), inline.target
                elif not isinstance(content := getattr(inline, "content", ()), str):
                    pending += reversed(content)
