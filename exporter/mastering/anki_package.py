"""An Anki package (.apkg) of the sentences of an episode: one note for each, with its text, sound and source.

The same article makes the same deck and the same notes again: importing a newer package updates them. Needs
``exporter[anki]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exporter.article import Metadata
from exporter.errors import UsageError

_MODEL_ID = 1_482_236_917
"""Of the type of our notes; chosen at random once, and never changed, since Anki knows a type by it."""

_FIELDS = ("Sentence", "Sound", "Source")
_QUESTION = "{{Sound}}"
_ANSWER = '{{FrontSide}}<hr id="answer"><div>{{Sentence}}</div><div class="source">{{Source}}</div>'
_CSS = ".card { font: 1.4em sans-serif; text-align: center; } .source { margin-top: 1.5em; font-size: 0.6em; }"


def check_installed() -> None:
    """Raise `UsageError` if the package that writes Anki packages is missing."""
    if not find_spec("genanki"):
        raise UsageError("writing", "an Anki package", "NotInstalled: it needs genanki", "pip install 'exporter[anki]'")


def write_anki_package(path: Path, title: str, facts: Metadata, sounds: Sequence[tuple[str, Path]]) -> None:
    """Write a package of sentences, each with its sound file; raises `OSError`."""
    import genanki  # noqa: PLC0415  25 ms and an extra, few runs need it

    template = {"name": "Listening", "qfmt": _QUESTION, "afmt": _ANSWER}
    fields = [{"name": name} for name in _FIELDS]
    model = genanki.Model(_MODEL_ID, "Sentence with sound (exporter)", fields=fields, templates=[template], css=_CSS)
    identity = facts.address or title
    deck = genanki.Deck(int.from_bytes(sha256(identity.encode("utf-8", "replace")).digest()[:4], "big"), title)
    source = _format_source(title, facts)
    seen: Counter[str] = Counter()
    for sentence, sound in sounds:
        text = " ".join(sentence.split())
        name: Any = genanki.guid_for(identity, text, seen[text])
        seen[text] += 1
        deck.add_note(genanki.Note(model, [escape(text), f"[sound:{sound.name}]", source], guid=name))
    genanki.Package(deck, [str(sound) for _, sound in sounds]).write_to_file(str(path))


def _format_source(title: str, facts: Metadata) -> str:
    """Return the source as HTML: the title, which leads to the article, its authors and its site."""
    name = escape(title)
    linked = f'<a href="{escape(facts.address)}">{name}</a>' if facts.address else name
    return ", ".join([linked, *map(escape, facts.authors), *([escape(facts.site)] if facts.site else [])])
