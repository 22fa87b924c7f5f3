"""Says the opening and the closing of an article, from the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from exporter.article import Article, Metadata
from exporter.narration.utterances import Manner, UtteranceWriter
from exporter.script import Role
from exporter.ui_strings import find_strings, join_names, spell_date

_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


def say_opening(article: Article, writer: UtteranceWriter) -> None:
    """Begin the chapter of the article and say the opening."""
    facts = article.metadata
    first = next((block.anchor for block in article.blocks), "title")
    title = _join_lines(facts.title)
    writer.cues.begin_chapter(title or writer.template_words("untitled"), "title" if title else first, 1)
    writer.cues.pause("opening")
    say_template_lines("opening", collect_facts(facts), facts.language, writer)


def say_closing(facts: Metadata, writer: UtteranceWriter) -> None:
    """Say the closing."""
    writer.cues.pause("section")
    say_template_lines("closing", collect_facts(facts), facts.language, writer)
    writer.cues.pause("closing")


def say_template_lines(block: str, facts: Mapping[str, object], language: str, writer: UtteranceWriter) -> None:
    """Say each line of a block of the template ("role: words") under the anchor of what it announces.

    `facts` are the variables of the template, `language` is that of its words.
    """
    for line in writer.template_words(block, **facts).splitlines():
        name, _, written = line.partition(":")
        role = _ROLES.get(name.strip(), "announcement")
        if not written.strip():
            continue
        # Title, byline and date are elements of the page; other lines share the anchor of the title.
        anchor = role if role in ("title", "byline", "date") else "title"
        writer.say_text(anchor, written.strip(), Manner(role, language))
        writer.cues.pause("title")


def collect_facts(facts: Metadata) -> dict[str, object]:
    """Return the variables of a template, each on one line."""
    year, month, day = _split_date(facts.published)
    authors = [_lower_capitals(name) for author in facts.authors if (name := _join_lines(author))]
    site = _join_lines(facts.site)
    return {
        "title": _join_lines(facts.title),
        # On a personal page the site has the author's name, which is said once.
        "site": "" if site.casefold() in map(str.casefold, authors) else site,
        "section": _join_lines(facts.section),
        "authors": authors,
        "names": join_names(tuple(authors), facts.language) if find_strings(facts.language) else ", ".join(authors),
        "year": year,
        "month": month,
        "day": day,
        "date": spell_date(year, month, day, facts.language) if day else "",
        "language": facts.language,
        "source": _join_lines(facts.address),
        "rights": _join_lines(facts.rights),
    }


def _lower_capitals(name: str) -> str:
    """Return a name of several words in capitals in title case: capitals would be spelled."""
    return name.title() if name.isupper() and " " in name else name


def _join_lines(text: str | None) -> str:
    return " ".join((text or "").split())


def _split_date(published: str | None) -> tuple[int, int, int]:
    """Year, month and day of an ISO 8601 date; 0 for what it does not state."""
    parts = [int(part) for part in (published or "")[:10].split("-") if part.isdigit()]
    year, month, day, *_ = (*parts, 0, 0, 0)
    return year, month if 1 <= month <= 12 else 0, day
