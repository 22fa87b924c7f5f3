"""Sentences: text is cut where a reader would pause, and every sentence gets its anchor.

`split` finds the boundaries in plain text; `cut` puts them into an article, once, so that the script, the ids in the
XHTML and the media overlay cannot disagree.
"""

from __future__ import annotations

from exporter.sentences.anchors import cut, divided
from exporter.sentences.boundaries import split

__all__ = ["cut", "divided", "split"]
