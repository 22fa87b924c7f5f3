"""Linked data (JSON-LD): the facts that a page states for machines."""

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
"""Types of schema.org that are an article, in lower case."""

PAGE_TYPES = frozenset(
    "webpage itempage collectionpage medicalwebpage faqpage aboutpage profilepage recipe howto".split()
)
"""Types that say of a page what an article would say of itself; asked when there is no article."""

_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_MAX_OBJECTS = 3000
"""Objects looked at; more are a catalogue, not an article."""

Node = dict[str, Any]


def find_objects(root: Element) -> list[Node]:
    """Return every object in the page's linked data, in order, whatever they are wrapped in."""
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            _collect_objects(_parse_json(script.text or ""), found)
    return found


def types_of(node: Node) -> set[str]:
    """The types of an object, in lower case and without their namespace."""
    kinds = node.get("@type", ())
    return {
        str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    }


def resolve_reference(value: Any, index: dict[str, Node]) -> Any:
    """Follow a reference to the object it names."""
    if isinstance(value, dict) and "@id" in value and len(value) <= 2:
        return index.get(str(value["@id"]), value)
    return value


def index_by_id(found: list[Node]) -> dict[str, Node]:
    """Objects by their ``@id``, those that say most."""
    table: dict[str, Node] = {}
    for node in found:
        key = str(node.get("@id", ""))
        if key and len(node) > len(table.get(key, ())):
            table[key] = node
    return table


def value_text(value: Any) -> str:
    """The words of a value: a string, the first of a list, or an object's ``@value`` or name."""
    if isinstance(value, list):
        return next((found for item in value if (found := value_text(item))), "")
    if isinstance(value, dict):
        return value_text(value.get("@value") or value.get("name") or value.get("text") or "")
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _parse_json(source: str) -> Any:
    """Read JSON as pages write it: with comments around it, raw line breaks, a comma too many, two objects in a row."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip()
    source = (
        re.sub(r"^\s*(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?\s*$", "", source)
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
    """As many whole values as stand at the beginning."""
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
    """Every object, outer ones first; without recursion, since a page may nest them as deep as it likes."""
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
