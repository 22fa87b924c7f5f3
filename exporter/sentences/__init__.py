"""Sentence segmentation: each sentence of an article gets its anchor.

`split_sentences` finds the boundaries in plain text. `cut_sentences` marks them in an article, once, so that the
script, the ids in the XHTML and the media overlay agree.
"""

from __future__ import annotations

from exporter.sentences.anchors import cut_sentences, divide_inlines
from exporter.sentences.boundaries import split_sentences

__all__ = ["cut_sentences", "divide_inlines", "split_sentences"]
