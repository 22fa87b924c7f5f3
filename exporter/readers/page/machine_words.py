"""Section names and keywords for machines: switches of the page, slugs, numbers, addresses, key-value pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exporter.readers.page.dom import Element, iter_passages

_PAGE_WORDS = frozenset(
    "article articles blog-post categories category default home homepage index none null page pages post posts "
    "section sections tag tags topic topics uncategorised uncategorized undefined web".split()
)
"""Words for parts of a site, which say nothing of the article."""

_MACHINE_FORM = re.compile(
    r".*(?:_|://|\b(?:paywall|noindex|nofollow)\b).*"  # a switch or an address
    r"|[a-z][a-z-]*/.*|\w+/\w+(?:-\w+)+"  # a path
    r"|[\d\s.-]{5,}|[0-9a-f-]{16,}"  # a number
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,6}"  # a host
)
_PAIR = re.compile(r"[A-Z]\w*(?: \w+){0,2}: \S")
_MIN_PAIRS = 3
"""Keywords of the form "Page Type: Article" that make all of this form a record; a single one may be a title."""

_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+|[a-z]{14,}")
"""Words joined by hyphens, or run together; a long word or a compound also looks like this."""


def keep_readable(words: Sequence[str], body: Element) -> tuple[str, ...]:
    """Return the words that a reader can read; a slug is one if the page's text has it."""
    is_record = sum(bool(_PAIR.match(word)) for word in words) >= _MIN_PAIRS
    kept = [word for word in words if not (is_machine_word(word) or (is_record and _PAIR.match(word)))]
    slugs = {word for word in kept if _SLUG.fullmatch(word)}
    unseen = slugs - _find_seen(slugs, body) if slugs else slugs
    return tuple(word for word in kept if word not in unseen)


def is_machine_word(word: str) -> bool:
    """Whether a section name or keyword is plainly none for readers, by its form."""
    return word.casefold() in _PAGE_WORDS or bool(_MACHINE_FORM.fullmatch(word))


def _find_seen(slugs: Iterable[str], body: Element) -> set[str]:
    """Return the slugs that stand in the text of a page, with their hyphens or with spaces."""
    text = "\n".join(iter_passages(body)).casefold()
    return {slug for slug in slugs if slug in text or slug.replace("-", " ") in text}
