"""Levels of headings, the same for every source."""

from __future__ import annotations

import msgspec

from exporter.article import Block, Heading


def levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make the highest heading's level 2, and leave out no level between the others."""
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    new = {level: min(rank + 2, 6) for rank, level in enumerate(used)}
    return tuple(
        msgspec.structs.replace(block, level=new[block.level]) if isinstance(block, Heading) else block
        for block in blocks
    )
