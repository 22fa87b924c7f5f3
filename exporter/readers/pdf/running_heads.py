"""Running heads and feet: what stands at the top or bottom of page after page, and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from exporter.readers.pdf.printed_lines import PrintedLine, PrintedPage

_ZONE_SHARE = 0.12
"""Share of a page's height at the top and at the bottom where running heads stand."""

_EDGE_ROWS, _ROW_POINTS = 2, 3
"""Rows at the top and at the bottom that may be running heads wherever they stand, and how exactly rows are told."""

_MIN_REPEATS, _MIN_REPEAT_SHARE = 2, 0.3
"""Pages, and their share, on which a line must stand; left and right pages have heads of their own."""

_MAX_SHIFT_POINTS = 6
"""Points by which its height on the page may differ."""

_PAGE_NUMBER = re.compile(
    r"[-–—·|\s]*(?:page|seite|p\.|página|pagina)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?[-–—·|\s]*",
    re.IGNORECASE,
)


def find_running_lines(pages: Sequence[PrintedPage]) -> set[PrintedLine]:
    """Return the lines that belong to the pages and not to the text."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    candidates: list[tuple[PrintedLine, tuple[str, int]]] = []
    for page in pages:
        rows = sorted({round(line.bottom / _ROW_POINTS) for line in page.lines})
        edges = {*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]}
        for line in page.lines:
            if _is_at_edge(line, page) or round(line.bottom / _ROW_POINTS) in edges:
                key = (re.sub(r"\d+", "#", line.plain_text.casefold()), round(line.top / _MAX_SHIFT_POINTS))
                places[key].add(line.page)
                candidates.append((line, key))
    enough = max(_MIN_REPEATS, _MIN_REPEAT_SHARE * len(pages))
    return {
        line for line, key in candidates if _PAGE_NUMBER.fullmatch(line.plain_text) or _repeats(places, key, enough)
    }


def _is_at_edge(line: PrintedLine, page: PrintedPage) -> bool:
    return line.bottom < _ZONE_SHARE * page.height or line.top > (1 - _ZONE_SHARE) * page.height


def _repeats(places: dict[tuple[str, int], set[int]], key: tuple[str, int], enough: float) -> bool:
    """Whether a line stands on enough pages, a little higher or lower."""
    text, height = key
    found = set().union(*(places.get((text, height + shift), set()) for shift in (-1, 0, 1)))
    return len(found) >= enough
