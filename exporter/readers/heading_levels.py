"""Heading levels, numbered the same way for every source."""

from __future__ import annotations

import msgspec

from exporter.article import Block, Heading


def renumber_levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Number heading levels from 2 on without gaps; a source's deeper levels stay deeper, down to 6."""
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    new = {level: min(rank + 2, 6) for rank, level in enumerate(used)}
    return tuple(
        msgspec.structs.replace(block, level=new[block.level]) if isinstance(block, Heading) else block
        for block in blocks
    )
