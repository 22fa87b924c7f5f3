"""Whose a picture is, where a caption ends with it: ``... at dawn. (Photo: A. Name/Agency)``."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Inline, Text, inline_text
from exporter.readers.page.inlines import strip

_LABEL = (
    r"(?:(?:photo(?:graph(?:ie|y)?)?s?|fotos?|fotografía|fotografie|image[mn]?s?|imagen|pictures?|bild(?:er|quelle)?|kuva|"
    r"symbol(?:foto|bild)|archiv(?:foto|bild)|crédits?(?:\s+photo)?|credits?|créditos?|copyright|quelle|source|fuente|bron|fonte|"
    r"illustration|grafik|graphic|screenshot|file\s+photo|courtesy|dok\.?)(?:\s+(?:credit|source|by|von|par|por|di|av|af|courtesy\s+of|of))*)"
)
_AGENCY = (
    r"(?:getty(?:\s+images)?|reuters|afp|ap(?:\s+photo|\s+images)?|dpa|epa(?:-efe)?|efe|apa|keystone|imago|picture[\s-]alliance|"
    r"shutterstock|istock(?:photo)?|alamy|bloomberg|pa(?:\s+(?:wire|media|images))?|ntb|ritzau(?:\s+scanpix)?|scanpix|tt|ansa|"
    r"xinhua|tass|zuma(?:\s+press)?|unsplash|pixabay|pexels|nasa|wikimedia(?:\s+commons)?|flickr|adobe\s+stock|rex(?:\s+features)?|"
    r"anadolu(?:\s+agency)?|associated\s+press|the\s+canadian\s+press|lusa|belga|anp|europa\s+press|handout|privat)"
)
_TAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*[(\[]\s*{_LABEL}\s*[:/|]\s*(?P<credit>[^()\[\]]{{2,150}})[)\]]\s*\.?$",
        r"\s*[(\[]\s*(?:photo|picture|image|foto|illustration)s?\s+(?:by|von|de|di|par|av|courtesy)\s+(?P<credit>[^()\[\]]{2,150})[)\]]\s*\.?$",
        rf"\s*[(\[]\s*(?P<credit>(?:[^()\[\]]{{0,80}}[/|,]\s*)?{_AGENCY}\b[^()\[\]]{{0,80}})[)\]]\s*\.?$",
        r"\s*[(\[]?\s*(?:©|\(c\)\s)\s*(?P<credit>[^()\[\]]{2,150}?)\s*[)\]]?$",
        rf"(?:^|(?<=[.!?…“”\"')\]])|\s[|•–—-]|,)\s*{_LABEL}\s*:\s*(?P<credit>.{{2,150}})$",
        r"(?:^|(?<=[.!?…“”\"')\]])|\s[|•–—-])\s*(?:photograph|photo|picture|image|illustration|foto)s?\s+(?:by|von|courtesy\s+of)\s+(?P<credit>.{2,120})$",
        rf"(?:(?<=[.!?…“”\"')\]])\s+|\s[|•–—]\s*)(?P<credit>(?:[^.!?]{{0,60}}[/|]\s*)?{_AGENCY}(?:\s*[/|]\s*[^.!?]{{2,60}})?)\s*$",
        r"(?:(?<=[.!?…“”\"')\]])\s*)(?P<credit>(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,4}(?:/|\|)\s*[A-ZÀ-Þ][^.!?]{1,60})$",
    )
)
_BEFORE = re.compile(
    rf"^\s*[(\[]?\s*(?:{_LABEL}\s*[:/]|(?:photo|picture|image|foto)s?\s+(?:by|von|de|par|por)\s|©|\(c\)|by\s|[-–—,|•]\s)\s*",
    re.IGNORECASE,
)


def split(caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
    """Cut the credit from the end of a caption; returns what remains and the credit without its label."""
    text = inline_text(caption)
    for tail in _TAILS:
        if found := tail.search(text):
            return strip(cut(caption, found.start())), bare(found["credit"])
    return caption, ""


def bare(credit: str) -> str:
    """Take labels, brackets and marks from a credit."""
    text = " ".join(credit.split())
    while (short := _BEFORE.sub("", text, count=1)) != text:
        text = short
    text = text.strip(" ,;|•·-–—©")
    if text.endswith((")", "]")) and text.count("(") < text.count(")"):
        text = text[:-1]
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1]
    return text.strip()


def trimmed(caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take what a removed credit leaves at the end of a caption: a label, a bracket, a bar."""
    text = inline_text(caption)
    rest = re.search(rf"\s*(?:[(\[|•–—,/-]|©|\b{_LABEL}\s*:|[(\[]\s*{_LABEL}\s*:?)?\s*[)\]]?\s*$", text, re.IGNORECASE)
    return strip(cut(caption, rest.start())) if rest else caption


def cut(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Keep the first `length` characters of a line."""
    kept: list[Inline] = []
    for inline in content:
        if length <= 0:
            break
        size = len(inline_text((inline,)))
        if size <= length:
            kept.append(inline)
        elif isinstance(inline, Text):
            kept.append(Text(inline.text[:length].rstrip()))
        elif inner := getattr(inline, "content", ()):
            kept.append(msgspec.structs.replace(inline, content=cut(inner, length)))
        length -= size
    return tuple(kept)
