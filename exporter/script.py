"""MODEL: what is said, in order (cues), and the ledger of what became of each block.

The JSON form (`to_json`, `from_json`) is the contract of ``exporter script --format json``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from exporter.article import Metadata

SCHEMA = 1
"""Version of the JSON form."""

Role = Literal[
    "narrator",
    "title",
    "byline",
    "date",
    "heading",
    "quote",
    "caption",
    "list",
    "table",
    "code",
    "math",
    "note",
    "announcement",
]
"""Who or what is speaking; settings assign voices to roles."""

PauseKind = Literal[
    "breath", "sentence", "paragraph", "heading", "title", "quote", "item", "figure", "section", "opening", "closing"
]
"""The reason of a pause; settings give each kind its seconds."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):  # a book has 100,000, none in a cycle
    """One spoken word and the span `written[start:end]` that it stands for (code points)."""

    text: str
    start: int
    end: int


class Say(msgspec.Struct, frozen=True, tag_field="cue", tag="say"):
    """One utterance: at most a sentence, at least a clause.

    `spoken` is the text for the engine, `written` the text of the article; `words` aligns the two. Cues of one sentence
    spoken in parts (a quotation and its attribution) share an `anchor`. `voice` is None for the narrator's, `language`
    (a BCP 47 tag) for the script's; `speaker` is None outside quotations.
    """

    anchor: str
    role: Role
    written: str
    spoken: str
    words: tuple[Word, ...] = ()
    voice: str | None = None
    language: str | None = None
    speaker: str | None = None


MAX_PHRASE_WORDS = 4
"""Words of a phrase in another language that is said without a breath around it, as a name is.

As many as the engine `auto` lets the narrator's own voice say.
"""


def continues_phrase(say: Say, following: Say) -> bool:
    """Whether between two parts of a sentence only the language changes, at a short phrase, without a sign there."""
    if say.language == following.language or (say.role, say.speaker) != (following.role, following.speaker):
        return False
    foreign = following if following.language else say
    is_short = len(foreign.written.split()) <= MAX_PHRASE_WORDS
    return is_short and say.written[-1:].isalnum() and following.written[:1].isalnum()


class Pause(msgspec.Struct, frozen=True, tag_field="cue", tag="pause"):
    """Silence of an exact length."""

    kind: PauseKind
    seconds: float


class Chapter(msgspec.Struct, frozen=True, tag_field="cue", tag="chapter"):
    """A chapter begins here; `level` is the heading's (1 for the article itself)."""

    title: str
    anchor: str
    level: int = 1


Cue = Say | Pause | Chapter


SPOKEN_MARK = "spoken "
"""What `why` begins with for a block that is spoken."""


class LedgerEntry(msgspec.Struct, frozen=True):
    """What became of one block: `why` it was skipped, or which of its words are not said though it is spoken.

    It is empty for a block all of whose words are spoken, and begins with `SPOKEN_MARK` for any other spoken one.
    """

    anchor: str
    fate: Literal["spoken", "skipped"]
    why: str = ""


def make_ledger_entry(anchor: str, why: str) -> LedgerEntry:
    """Make the entry of a block by its reason alone, as a working script has it."""
    return LedgerEntry(anchor, "spoken" if not why or why.startswith(SPOKEN_MARK) else "skipped", why)


class Script(msgspec.Struct, frozen=True):
    """What is said of one article: `words` counts the spoken words, `seconds` is the estimated running time.

    `slug` is the short name of the story, two or three words for the head of each page.
    """

    schema: int
    title: str
    language: str
    words: int
    seconds: float
    cues: tuple[Cue, ...]
    ledger: tuple[LedgerEntry, ...]
    metadata: Metadata = Metadata()
    slug: str = ""


def to_json(script: Script) -> bytes:
    """Write a script as UTF-8 JSON."""
    return msgspec.json.encode(script)


def from_json(data: bytes) -> Script:
    """Read back what `to_json` wrote; raises `msgspec.DecodeError` on anything else."""
    return msgspec.json.decode(data, type=Script)
