"""JSON-LD, the metadata that a page states for machines: parsed leniently into plain objects."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import Any

from exporter.readers.page.dom import Element

ARTICLE_TYPES = frozenset(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle "
    "reviewnewsarticle askpublicnewsarticle liveblogposting scholarlyarticle techarticle medicalscholarlyarticle "
    "socialmediaposting advertisercontentarticle satiricalarticle report review discussionforumposting".split()
)
"""Types of schema.org for an article, in lower case."""

PAGE_TYPES = frozenset(
    "webpage itempage collectionpage medicalwebpage faqpage aboutpage profilepage recipe howto".split()
)
"""Types for a page or its main item, used if no object is an article."""

_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_MAX_OBJECTS = 3000
"""Limit on the objects read: more are a catalogue, not an article."""

Node = dict[str, Any]


def find_objects(root: Element) -> list[Node]:
    """Return every JSON-LD object of a page, outer ones before those within them."""
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            _collect_objects(_parse_json(script.text or ""), found)
    return found


def types_of(node: Node) -> set[str]:
    """Return the types of an object, in lower case and without their namespace."""
    kinds = node.get("@type", ())
    return {
        str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    }


def resolve_reference(value: Any, index: dict[str, Node]) -> Any:
    """Return the object that a reference names; any other value stays."""
    if isinstance(value, dict) and "@id" in value and len(value) <= 2:
        return index.get(str(value["@id"]), value)
    return value


def index_by_id(found: list[Node]) -> dict[str, Node]:
    """Return the objects by ``@id``; of several, the one with most keys."""
    table: dict[str, Node] = {}
    for node in found:
        key = str(node.get("@id", ""))
        if key and len(node) > len(table.get(key, ())):
            table[key] = node
    return table


def value_text(value: Any) -> str:
    """Return the text of a value: a string, the first of a list, or an object's ``@value`` or name; else empty."""
    if isinstance(value, list):
        return next((found for item in value if (found := value_text(item))), "")
    if isinstance(value, dict):
        return value_text(value.get("@value") or value.get("name") or value.get("text") or "")
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _parse_json(source: str) -> Any:
    """Parse JSON as pages write it: within comments, with raw line breaks, trailing commas, or two objects in a row."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip()
    source = (
        re.sub(r"^(?:(?://|/\*)\s*+)?+<!\[CDATA\[\s*(?:\*/)?|(?:(?://|/\*)\s*+)?+\]\]>\s*(?:\*/)?\s*$", "", source)
        .strip()
        .rstrip(";")
    )
    for attempt in (source, _TRAILING_COMMA.sub("", source), re.sub(r'\\(?!["\\/bfnrtu])', r"\\\\", source)):
        try:
            return json.loads(attempt, strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return _parse_leading_values(source)


def _parse_leading_values(source: str) -> Any:
    """Return the complete values at the beginning of a broken source."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    while source:
        try:
            value, end = decoder.raw_decode(source)
        except (ValueError, RecursionError):
            break
        values.append(value)
        source = source[end:].lstrip(" ,;\n\r\t")
    return values


def _collect_objects(value: Any, found: list[Node]) -> None:
    """Collect every object, outer ones first; without recursion, since a page may nest them to any depth."""
    queue = deque([value])
    while queue and len(found) < _MAX_OBJECTS:
        item = queue.popleft()
        if isinstance(item, list):
            queue.extendleft(reversed(item))
        elif isinstance(item, dict):
            if "@type" in item:
                found.append(item)
            inner = [part for key, part in item.items() if isinstance(part, dict | list)]
            queue += inner
