"""Show notes of an episode, as HTML with the few tags that podcast apps show, and as Markdown.

They hold what the facts state: the lead, the chapters with their times, where the text is from, who wrote it, its
rights and its links, and the voices that read it. As a publisher, this writes files beside each episode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape

from exporter.facts import Facts
from exporter.publishing import Published, Site
from exporter.publishing.shelf import Shelf
from exporter.publishing.shelf_writer import ShelfWriter

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#])")


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:  # noqa: ARG001  as all publishers
    """Write ``.notes.html`` and ``.notes.md`` beside each episode."""
    works = [work for work in shelf.works if work.sound]
    for work in works:
        writer.write_page(f"{work.stem}.notes.html", work.facts, partial(_encode, format_html, work.facts))
        writer.write_page(f"{work.stem}.notes.md", work.facts, partial(_encode, format_markdown, work.facts))
    return Published(tuple(f"{work.stem}.notes.{form}" for work in works for form in ("html", "md")))


def _encode(format_notes: Callable[[Facts], str], facts: Facts) -> bytes:
    return format_notes(facts).encode()


def format_html(facts: Facts) -> str:
    """Return the notes as HTML: only p, a, ul and li, which Apple's app shows."""
    parts = [f"<p>{escape(facts.description)}</p>"] if facts.description else []
    if lines := _list_chapters(facts):
        parts.append(_html_list(map(escape, lines)))
    if facts.address:
        parts.append(f"<p>Read: {_html_link(facts.address, facts.address)}</p>")
    parts += [f"<p>{escape(line)}</p>" for line in _list_credits(facts)]
    if facts.links:
        parts.append(_html_list(_html_link(target, text) for text, target in facts.links))
    return "\n".join(parts) + "\n"


def format_markdown(facts: Facts) -> str:
    """Return the notes as Markdown, with the title as its heading."""
    parts = [f"# {_escape_markdown(facts.title)}"]
    if facts.description:
        parts.append(_escape_markdown(facts.description))
    if lines := _list_chapters(facts):
        parts.append("\n".join(f"- {_escape_markdown(line)}" for line in lines))
    if facts.address:
        parts.append(f"Read: <{facts.address}>")
    parts += map(_escape_markdown, _list_credits(facts))
    if facts.links:
        parts.append("\n".join(f"- [{_escape_markdown(text)}](<{target}>)" for text, target in facts.links))
    return "\n\n".join(parts) + "\n"


def format_minutes(seconds: float, with_hours: bool) -> str:
    """Format a time as apps make it a link: ``04:05``, with hours ``1:04:05``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if with_hours else f"{minutes:02}:{rest:02}"


def _list_chapters(facts: Facts) -> list[str]:
    """Return a line for each chapter; none if there is only one, the whole."""
    if len(facts.chapters) < 2:
        return []
    with_hours = facts.seconds >= 3600
    return [f"({format_minutes(begin, with_hours)}) {title}" for title, begin in facts.chapters]


def _list_credits(facts: Facts) -> list[str]:
    """Return lines that say who wrote it, where and when it was published, its rights, and who reads."""
    place = ", ".join(filter(None, (facts.site, facts.section, (facts.published or "")[:10])))
    lines = [
        f"By {', '.join(facts.authors)}" if facts.authors else "",
        place,
        facts.rights,
        f"Read by {', '.join(facts.narrators)}" if facts.narrators else "",
    ]
    return [line for line in lines if line]


def _html_list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _html_link(target: str, text: str) -> str:
    return f'<a href="{escape(target)}">{escape(text)}</a>'


def _escape_markdown(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))
