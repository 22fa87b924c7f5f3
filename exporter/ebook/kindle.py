"""White space for Kindles: a space and a no-break space, and no other (Kindle Publishing Guidelines, text).

Spaces of other widths break selection, dictionary look-up and line breaking there.
"""

from __future__ import annotations

import msgspec

from exporter.ebook.package import XHTML_TYPE, PackageItem

_BREAKING_SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u2028\u2029"
_SPACE_TABLE = str.maketrans(
    {**dict.fromkeys(_BREAKING_SPACES, " "), "\u2007": "\u00a0", "\u202f": "\u00a0", "\u2060": None}
)


def simplify_spaces(item: PackageItem) -> PackageItem:
    """Return an XHTML item with these two spaces only, and any other item as it is."""
    if item.media_type != XHTML_TYPE:
        return item
    return msgspec.structs.replace(item, data=item.data.decode().translate(_SPACE_TABLE).encode())
