"""Clips: the speech of one utterance, as a cache entry.

An entry is a little-endian length, that many bytes of MessagePack (`_ClipHeader`), the PCM, and its measured energy and
peaks. The key is a hash of the engine's identity and of the utterance, so that an edited sentence is a new clip and all
others stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.cache import Cache, make_key
from exporter.engines import Speech, Utterance, WordTime

if TYPE_CHECKING:
    from exporter.loudness_meter import Measured

CLIPS_KIND = "clips"
"""Kind of these cache entries."""

_LENGTH_BYTES = 4
_FIRST_READ_BYTES = 2048
"""Read first of an entry: enough for the header of most clips (9 bytes a word), so that the PCM is not read."""


class _ClipHeader(msgspec.Struct, frozen=True, array_like=True):
    """Sizes of the parts of an entry, and the facts of the clip."""

    rate: int  # hertz
    pcm_bytes: int
    windows: int  # of its energy, a float32 each
    slices: int  # of its peaks, a uint16 each
    words: tuple[WordTime, ...]
    voice: str

    @property
    def body_bytes(self) -> int:
        """Bytes behind the header."""
        return self.pcm_bytes + 4 * self.windows + 2 * self.slices


class ClipFacts(msgspec.Struct, frozen=True):
    """A clip without its PCM: `rate` in hertz, `words` and `voice` as in `exporter.engines.Speech`."""

    rate: int
    samples: int
    words: tuple[WordTime, ...]
    voice: str = ""


_decoder = msgspec.msgpack.Decoder(_ClipHeader)


def make_clip_key(identity: str, utterance: Utterance) -> str:
    """Return the key of an utterance that the engine of this identity speaks."""
    return make_key(identity.encode(), msgspec.msgpack.encode(utterance))


def store_clip(cache: Cache, name: str, speech: Speech) -> ClipFacts:
    """Measure a clip and put it into the cache; the parent process does so while it waits for its workers."""
    from exporter.loudness_meter import measure_sound  # noqa: PLC0415  50 ms (numpy), not needed if all clips are found

    measured = measure_sound(speech.pcm, speech.rate)
    lengths = (len(speech.pcm), len(measured.energy), len(measured.peaks))
    header = msgspec.msgpack.encode(_ClipHeader(speech.rate, *lengths, speech.words, speech.voice))
    body = (speech.pcm, measured.energy.tobytes(), measured.peaks.tobytes())
    cache.put(CLIPS_KIND, name, b"".join((len(header).to_bytes(_LENGTH_BYTES, "little"), header, *body)))
    return ClipFacts(speech.rate, len(speech.pcm) // 2, speech.words, speech.voice)


def find_clip(cache: Cache, name: str) -> ClipFacts | None:
    """Return the facts of a clip, or None when it is not in the cache or is damaged."""
    start = cache.get(CLIPS_KIND, name, _FIRST_READ_BYTES)
    if start is None:
        return None
    body = _LENGTH_BYTES + int.from_bytes(start[:_LENGTH_BYTES], "little")
    if len(start) < body:
        start = cache.get(CLIPS_KIND, name) or b""
    try:
        header = _decoder.decode(start[_LENGTH_BYTES:body])
        size = cache.size(CLIPS_KIND, name)
    except (msgspec.DecodeError, OSError):
        return None
    is_whole = size == body + header.body_bytes
    return ClipFacts(header.rate, header.pcm_bytes // 2, header.words, header.voice) if is_whole else None


def read_pcm(cache: Cache, name: str) -> bytes | None:
    """Return the PCM of a clip, or None when it is not in the cache."""
    entry = _read_entry(cache, name)
    return entry[1][: entry[0].pcm_bytes] if entry else None


def read_measurement(cache: Cache, name: str) -> Measured | None:
    """Return the measured energy and peaks of a clip, or None when it is not in the cache."""
    from exporter.loudness_meter import Measured  # noqa: PLC0415  as above
    from exporter.numpy_setup import np  # noqa: PLC0415  as above

    entry = _read_entry(cache, name)
    if entry is None:
        return None
    header, data = entry
    energy = np.frombuffer(data, np.float32, header.windows, header.pcm_bytes)
    peaks = np.frombuffer(data, np.uint16, header.slices, header.pcm_bytes + 4 * header.windows)
    return Measured(energy, peaks)


def _read_entry(cache: Cache, name: str) -> tuple[_ClipHeader, bytes] | None:
    """Return the header of an entry and the bytes behind it, or None when it is missing or damaged."""
    data = cache.get(CLIPS_KIND, name)
    if data is None:
        return None
    start = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")
    try:
        return _decoder.decode(data[_LENGTH_BYTES:start]), data[start:]
    except msgspec.DecodeError:
        return None
