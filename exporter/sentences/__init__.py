"""Sentences: text is cut where a reader would pause, and every sentence gets its anchor.

`split_sentences` finds the boundaries in plain text; `cut_sentences` puts them into an article, once, so that the script, the ids in the
XHTML and the media overlay cannot disagree.
"""

from __future__ import annotations

from exporter.sentences.anchors import cut_sentences, divide_inlines
from exporter.sentences.boundaries import split_sentences

__all__ = ["cut_sentences", "divide_inlines", "split_sentences"]
