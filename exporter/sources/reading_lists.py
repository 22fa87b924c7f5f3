"""Items of reading lists: what the exports of about twenty programs call the address, the title, the tags, the dates.

Names are compared without case, blanks and underscores; a field of a nested object is called ``content.url``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from exporter.sources import LinkedPage
from exporter.sources.feed_text import is_whole, make_item_document, wrap_paragraphs
from exporter.sources.item_selection import ListItem
from exporter.sources.markup import ContainerFacts, is_web_address

MIN_TEXT_CHARS = 300
"""Characters from which the text in an export is taken for the whole article; chosen, not measured."""

_URLS = "url href link givenurl resolvedurl sourceurl originalurl documenturl content.url uri address".split()
_TITLES = "title giventitle resolvedtitle name content.title".split()
_TAGS = "tags labels documenttags tag categories".split()
_ADDED = (
    "savedat saveddate addedat dateadded timeadded timestamp createdat created added saved importdate time date"
).split()
_PUBLISHED = "publishedat datepublished published publisheddate content.datepublished".split()
_AUTHORS = "authors author publishedby content.author byline".split()
_SITES = "sitename domainname publisher site".split()
_PICTURES = "previewpicture thumbnail image imageurl content.imageurl".split()
_HTML_TEXTS = "content html contenthtml htmlcontent content.htmlcontent content.html".split()
_PLAIN_TEXTS = "textcontent content.text text content.content".split()

_READ_VALUES = frozenset("archive archived read readarchive 1 true yes finished".split())
_UNREAD_VALUES = frozenset("unread new later shortlist inbox readlater 0 false no active".split())
_STATES = "status folder location state archived isarchived read isread readat".split()
"""Fields that say whether an item was read, by the values above; a date says that it was."""

_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_MILLISECONDS_DIGITS = 13
_TAG = re.compile(r"</[a-zA-Z]|<(?:p|br|img|div)\b")

Fields = Mapping[str, object]
"""The fields of an item by their names, as `normalize_names` returns them."""


def normalize_names(item: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of an item with comparable names; those of the objects in it follow behind a dot."""
    fields: dict[str, object] = {}
    for key, value in item.items():
        name = re.sub(r"[\s_-]+", "", key).lower()
        if isinstance(value, Mapping):
            fields |= {f"{name}.{inner}": part for inner, part in normalize_names(value).items()}
        elif value not in (None, ""):
            fields.setdefault(name, value)
    return fields


def find_address(fields: Fields) -> str:
    """Return the web address of an item, or an empty string."""
    return next((text for name in _URLS if is_web_address(text := _text(fields.get(name)))), "")


def is_list_item(fields: Fields) -> bool:
    """Whether fields are those of a reading list's item: an address, and tags or a date."""
    return bool(find_address(fields)) and any(name in fields for name in (*_TAGS, *_ADDED))


def convert_item(fields: Fields, name: str) -> ListItem | None:
    """Return an item: its article if the export holds it, else the link to its page; None if it has neither."""
    facts = _gather_facts(fields)
    text = _find_text(fields)
    document = make_item_document(facts, text, name) if text.strip() else None
    date = next(filter(None, (parse_date(fields.get(field)) for field in _ADDED)), None) or facts.published
    if facts.url and not is_whole(text, MIN_TEXT_CHARS):
        link = LinkedPage(facts.url, facts.title, facts.published, facts.tags, fallback=document)
        return ListItem(link, date, facts.tags, _is_unread(fields))
    return ListItem(document, date, facts.tags, _is_unread(fields)) if document else None


def _gather_facts(fields: Fields) -> ContainerFacts:
    url = find_address(fields)
    title = _first_text(fields, _TITLES)
    if not title and "href" in fields:  # Pinboard and Delicious call the title "description"
        title = _text(fields.get("description"))
    return ContainerFacts(
        title="" if title == url else title,
        authors=_names(fields, _AUTHORS),
        published=next(filter(None, (parse_date(fields.get(field)) for field in _PUBLISHED)), None),
        url=url,
        site=_first_text(fields, _SITES),
        language=_text(fields.get("language")).replace("_", "-"),
        tags=_names(fields, _TAGS),
        picture=next((found for name in _PICTURES if is_web_address(found := _text(fields.get(name)))), ""),
    )


def _find_text(fields: Fields) -> str:
    """Return the text of the article in an item as HTML, or empty."""
    for name in _HTML_TEXTS:
        value = fields.get(name)
        if isinstance(value, str) and _TAG.search(value):
            return value
    plain = next((value for name in _PLAIN_TEXTS if isinstance(value := fields.get(name), str)), "")
    return wrap_paragraphs(plain)


def parse_date(value: object) -> str | None:
    """Return a date as ISO 8601: seconds or milliseconds since 1970, or ISO already; None for anything else."""
    text = _text(value)
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == _MILLISECONDS_DIGITS else 1)
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    return text if re.match(r"\d{4}-\d\d-\d\d", text) else None


def _is_unread(fields: Fields) -> bool | None:
    """Return whether an item is unread, or None if the list does not say."""
    if "toread" in fields:
        return _text(fields["toread"]).lower() in ("yes", "true", "1")
    for name in _STATES:
        value = re.sub(r"[\s_-]+", "", _text(fields.get(name)).lower())
        if value in _READ_VALUES or (name == "readat" and value):
            return False
        if value in _UNREAD_VALUES:
            return True
    return None


def _names(fields: Fields, keys: list[str]) -> tuple[str, ...]:
    """Return the names in the first field of several that has any.

    They are a list of texts or of objects with a name, or one text, divided by bars, commas or written as a list.
    """
    for key in keys:
        value = fields.get(key)
        if isinstance(value, list | tuple):
            parts = [_label(part) if isinstance(part, Mapping) else _text(part) for part in value]
        else:
            divider = r"[|;]" if key in _AUTHORS else r"[|,;]"
            parts = [part.strip(" '\"") for part in re.split(divider, _text(value).strip("[] "))]
        if found := tuple(dict.fromkeys(filter(None, parts))):
            return found
    return ()


def _label(tag: Mapping[str, object]) -> str:
    return next((text for key in ("name", "label", "title", "tag") if (text := _text(tag.get(key)))), "")


def _first_text(fields: Fields, names: list[str]) -> str:
    return next((text for name in names if (text := _text(fields.get(name)))), "")


def _text(value: object) -> str:
    """Return a value on one line; empty for what is no text or number."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
