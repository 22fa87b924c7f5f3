"""The article as `exporter show --json` tells it: plain text beside the model's full form.

The form, schema 1 (new keys may join it, none leaves or changes its meaning)::

    {"schema": 1,
     "metadata": {every field of `Metadata`, null or empty where the source states nothing},
     "blocks":   [{"kind": "...", "text": plain text, KEYS OF THE KIND, "content": the block as in the model}, ...],
     "notes":    [{"name": "...", "label": "...", "text": plain text, "content": the note as in the model}, ...],
     "resources": [{"name": "...", "source": "...", "path": "...", "data": base64}, ...],
     "notices":  [{"subject": "...", "text": "..."}, ...],
     "dropped":  [{"text": "...", "why": "...", "where": "..."}, ...]}

`anchor` is what a script calls the block. Keys of the kinds: heading `level`; figure `image` (a resource's name or
null), `alt`, `caption`, `credit`; quote `attribution`; bullets and numbered `items` (one string an item, those of
nested lists after the item that holds them), numbered also `start`; definitions `items` of `term` and `text`; code
`language`; table `caption` and `rows` of strings, those of the head first. `text` is always there, empty for a
separator. `content` is what `exporter.article.to_json` writes, so nothing is lost: the reader `saved` reads an article
back from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from exporter.account import Dropped
from exporter.article import (
    Article,
    Block,
    Bullets,
    Cell,
    CodeBlock,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    Note,
    Numbered,
    Quote,
    Table,
    Verse,
    block_text,
    inline_text,
)
from exporter.errors import Notice


def view(
    article: Article,
    notices: Sequence[Notice] = (),
    anchors: Sequence[str] = (),
    dropped: Sequence[Dropped] = (),
) -> dict[str, Any]:
    """Return the article as plain dicts, lists, strings and numbers, ready for any JSON writer.

    `anchors` are what a script calls its blocks, in order. `dropped` are the texts that were left out.
    """
    blocks = [_block(block) for block in article.blocks]
    for block, anchor in zip(blocks, anchors, strict=False):
        block["anchor"] = anchor
    return {
        "schema": article.schema,
        "metadata": msgspec.to_builtins(article.metadata),
        "blocks": blocks,
        "notes": [_note(note) for note in article.notes],
        "resources": msgspec.to_builtins(article.resources),
        "notices": [{"subject": notice.subject, "text": notice.text} for notice in notices],
        "dropped": msgspec.to_builtins(tuple(dropped)),
    }


def _note(note: Note) -> dict[str, Any]:
    text = "\n".join(filter(None, map(block_text, note.blocks)))
    return {"name": note.name, "label": note.label, "text": text, "content": msgspec.to_builtins(note)}


def _block(block: Block) -> dict[str, Any]:
    model = msgspec.to_builtins(block)
    return {"kind": model["kind"], **_keys(block), "text": block_text(block), "content": model}


def _keys(block: Block) -> dict[str, Any]:
    """Return what a block's kind adds."""
    match block:
        case Heading():
            return {"level": block.level}
        case Figure():
            caption = inline_text(block.caption)
            return {"image": block.image, "alt": block.alt, "caption": caption, "credit": block.credit}
        case Verse():
            return {"lines": [inline_text(line) for line in block.lines]}
        case Quote():
            return {"attribution": inline_text(block.attribution)}
        case Bullets():
            return {"items": list(_items(block.items))}
        case Numbered():
            return {"start": block.start, "items": list(_items(block.items))}
        case Definitions():
            return {"items": [_definition(item) for item in block.items]}
        case CodeBlock():
            return {"language": block.syntax}
        case Table():
            return {"caption": inline_text(block.caption), "rows": [_row(row) for row in (*block.head, *block.rows)]}
        case _:
            return {}


def _items(items: Sequence[Item]) -> Iterator[str]:
    """Yield the own text of each item, then the items of the lists inside it."""
    for item in items:
        nested = [block for block in item.blocks if isinstance(block, Bullets | Numbered)]
        own = (block_text(block) for block in item.blocks if not isinstance(block, Bullets | Numbered))
        yield "\n".join(filter(None, own))
        for block in nested:
            yield from _items(block.items)


def _definition(definition: Definition) -> dict[str, str]:
    text = "\n".join(filter(None, map(block_text, definition.blocks)))
    return {"term": inline_text(definition.term), "text": text}


def _row(row: Sequence[Cell]) -> list[str]:
    return [inline_text(cell.content) for cell in row]
