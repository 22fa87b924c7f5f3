"""Running heads and feet: what stands at the top or bottom of page after page, and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from exporter.readers.pdf.printed_lines import PrintedLine, PrintedPage

_ZONE_SHARE = 0.12
"""Share of a page's height at the top and at the bottom where running heads stand."""

_MIN_EDGE_GAP_RATIO = 1.8
"""Distance to the next row in units of the letters' size, from which the outermost row may be a running head wherever
it stands."""

_ROW_POINTS = 3
"""Points by which the base lines of one row differ at most."""

_MIN_REPEATS, _MIN_REPEAT_SHARE = 2, 0.3
"""Pages, and their share, on which a line must stand; left and right pages have heads of their own."""

_MAX_SHIFT_POINTS = 6
"""Points by which its height on the page may differ."""

_PAGE_NUMBER = re.compile(
    r"[-–—·|\s]*+(?:page|seite|p\.|página|pagina)?\s*+(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?[-–—·|\s]*",
    re.IGNORECASE,
)


def find_running_lines(pages: Sequence[PrintedPage]) -> set[PrintedLine]:
    """Return the lines that belong to the pages and not to the text."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    candidates: list[tuple[PrintedLine, tuple[str, int]]] = []
    for page in pages:
        edges = _find_edge_rows(page)
        for line in page.lines:
            if _is_at_edge(line, page) or round(line.bottom / _ROW_POINTS) in edges:
                key = (re.sub(r"\d+", "#", line.plain_text.casefold()), round(line.top / _MAX_SHIFT_POINTS))
                places[key].add(line.page)
                candidates.append((line, key))
    enough = max(_MIN_REPEATS, _MIN_REPEAT_SHARE * len(pages))
    return {
        line for line, key in candidates if _PAGE_NUMBER.fullmatch(line.plain_text) or _repeats(places, key, enough)
    }


def _find_edge_rows(page: PrintedPage) -> set[int]:
    """Return the first and the last row of a page, as far as they stand apart from the text."""
    rows = sorted({round(line.bottom / _ROW_POINTS): line.size for line in page.lines}.items())
    if len(rows) < 3:
        return set()
    (first, size), (second, _), (before, _), (last, last_size) = *rows[:2], *rows[-2:]
    found = {first} if (second - first) * _ROW_POINTS > _MIN_EDGE_GAP_RATIO * size else set()
    return found | ({last} if (last - before) * _ROW_POINTS > _MIN_EDGE_GAP_RATIO * last_size else set())


def _is_at_edge(line: PrintedLine, page: PrintedPage) -> bool:
    return line.bottom < _ZONE_SHARE * page.height or line.top > (1 - _ZONE_SHARE) * page.height


def _repeats(places: dict[tuple[str, int], set[int]], key: tuple[str, int], enough: float) -> bool:
    """Whether a line stands on enough pages, a little higher or lower."""
    text, height = key
    found = set().union(*(places.get((text, height + shift), set()) for shift in (-1, 0, 1)))
    return len(found) >= enough
