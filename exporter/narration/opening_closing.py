"""The opening and the closing, from the template."""

from __future__ import annotations

from typing import get_args

from exporter.article import Article, Metadata
from exporter.narration.utterances import Manner, UtteranceWriter
from exporter.script import Role

_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


def say_opening(article: Article, speaking: UtteranceWriter) -> None:
    """Begin the article's chapter and announce it."""
    facts = article.metadata
    first = next((block.anchor for block in article.blocks), "title")
    title = _join_lines(facts.title)
    speaking.cues.chapter(title or "Article", "title" if title else first, 1)
    speaking.cues.pause("opening")
    _say_template_block("opening", facts, speaking)


def say_closing(facts: Metadata, speaking: UtteranceWriter) -> None:
    """Say goodbye."""
    speaking.cues.pause("section")
    _say_template_block("closing", facts, speaking)
    speaking.cues.pause("closing")


def _say_template_block(block: str, facts: Metadata, speaking: UtteranceWriter) -> None:
    """Say each line of a block of the template ("role: words") under the anchor of what it announces."""
    for line in speaking.words(block, **_collect_facts(facts)).splitlines():
        name, _, written = line.partition(":")
        role = _ROLES.get(name.strip(), "announcement")
        if not written.strip():
            continue
        # Title, byline and date have a place of their own on the page; what else is said belongs to the title.
        anchor = role if role in ("title", "byline", "date") else "title"
        speaking.text(anchor, written.strip(), Manner(role, facts.language))
        speaking.cues.pause("title")


def _collect_facts(facts: Metadata) -> dict[str, object]:
    """What a template may speak of, each on one line."""
    year, month, day = _split_date(facts.published)
    authors = [_lower_capitals(name) for author in facts.authors if (name := _join_lines(author))]
    site = _join_lines(facts.site)
    return {
        "title": _join_lines(facts.title),
        # A page of somebody's own has their name: nobody says it twice.
        "site": "" if site.casefold() in map(str.casefold, authors) else site,
        "section": _join_lines(facts.section),
        "authors": authors,
        "year": year,
        "month": month,
        "day": day,
        "language": facts.language,
        "source": _join_lines(facts.address),
        "rights": _join_lines(facts.rights),
    }


def _lower_capitals(name: str) -> str:
    """A name as it is said: one all in capitals would be spelled."""
    return name.title() if name.isupper() and " " in name else name


def _join_lines(text: str | None) -> str:
    return " ".join((text or "").split())


def _split_date(published: str | None) -> tuple[int, int, int]:
    """Year, month and day of an ISO 8601 date; 0 for what it does not state."""
    parts = [int(part) for part in (published or "")[:10].split("-") if part.isdigit()]
    year, month, day, *_ = (*parts, 0, 0, 0)
    return year, month if 1 <= month <= 12 else 0, day
