"""One voice of hibari: tokens with phonemes become PCM, and the exact time of each.

Two inner tensors become outputs by a few bytes behind the model in memory; the file stays as it is: the durations, and
the spectrum before it is transposed, which takes a tenth of the network's time. Their names are internal, so the
version is pinned exactly (`SUPPORTED_VERSION`), and a test asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from exporter.engines import WordTime
from exporter.engines.alphabets import write_phonemes
from exporter.engines.natural_voices import NaturalVoice
from exporter.engines.unknown_names import read_unknown_word

if TYPE_CHECKING:
    from exporter.engines.natural_synthesis import NoiseReader

SAMPLE_RATE_HERTZ = 24_000
"""That of the model."""

MAX_CHUNK_PHONEMES = 400
"""Phonemes that the model gets at once, as its authors advise: its memory grows with them."""

_DURATIONS_TENSOR = "/Clip_output_0"
"""Frames of 25 ms that each phoneme takes; a frame of sound has 12.5 ms."""

_SPECTRUM_TENSOR = "/head/Add_output_0"
"""Frames of sound, each with five parts in a row (`natural_synthesis`)."""

_PITCH_OUTPUT = "f0"

_ONSET_LEADS_SECONDS = {
    **dict.fromkeys("sʃ", 0.092),
    **dict.fromkeys("mnlv", 0.075),
    **dict.fromkeys("ðb", 0.034),
}
"""How much later than its first sound a word's first phoneme begins in the model, by that phoneme.

Medians of 175 onsets after a pause in news text (`tests/listening`); of 307 others 97 % are within 30 ms. The model
begins a hiss and a nasal earlier than its durations say, and a soft consonant later.
"""

_USUAL_ONSET_LEAD_SECONDS = 0.050
"""That of all other phonemes."""


class Token(NamedTuple):
    """A token of an utterance: its span, the model's numbers of its phonemes, and what may end after it.

    `is_word` says whether it has a time of its own, `rank` how well a text is cut behind it: 2 after a sentence, 1
    after a clause, 0 elsewhere. `lead` is by how many seconds its first sound comes before its first phoneme.
    """

    start: int
    end: int
    ids: tuple[int, ...]
    lead: float
    is_word: bool
    rank: int


class VoiceManner(NamedTuple):
    """`speed` is 1 for the model's own pace, `lift` the factor of the pitch, `volume` from 0 to 1."""

    speed: float
    lift: float
    volume: float


class NaturalModel:
    """A loaded model and its grapheme-to-phoneme rules."""

    def __init__(self, voice: NaturalVoice) -> None:
        import onnxruntime  # noqa: PLC0415  100 ms, only a worker needs it
        from hibari import g2p, tts  # noqa: PLC0415  as above

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with open(voice.path, "rb") as file:  # noqa: PTH123  pathlib costs a worker 8 ms
            model = file.read() + _make_output(_DURATIONS_TENSOR) + _make_output(_SPECTRUM_TENSOR)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._vocabulary: dict[str, int] = _read_json("vocab.json")
        g2p._load_json = _read_json  # noqa: SLF001  its own takes 230 ms longer for the same
        self.g2p: Any = g2p.G2P(_make_word_reader(voice, tts.ASSETS), british=voice.british)

    def number_phonemes(self, phonemes: str) -> tuple[int, ...]:
        """Return the model's numbers of phonemes; those that it does not have are left out."""
        return tuple(self._vocabulary[one] for one in phonemes if one in self._vocabulary)

    def speak(self, tokens: Iterable[Token], manner: VoiceManner, seed: bytes) -> tuple[bytes, tuple[WordTime, ...]]:
        """Return the PCM of tokens and the times of their words; the same seed gives the same noise."""
        import numpy as np  # noqa: PLC0415  as above

        from exporter.engines.natural_synthesis import NoiseReader  # noqa: PLC0415  as above

        noise = NoiseReader(seed)
        pcm = bytearray()
        words: list[WordTime] = []
        for chunk in _divide_tokens(tokens):
            at = len(pcm) // 2
            wave, begins = self._speak_chunk(chunk, manner, noise)
            words += [
                WordTime(token.start, token.end, max(0, at + begin))
                for token, begin in zip(chunk, begins, strict=True)
                if token.is_word
            ]
            pcm += (np.clip(wave * manner.volume, -1, 1) * 32_767).astype("<i2").tobytes()
        return bytes(pcm), tuple(words)

    def _speak_chunk(self, chunk: list[Token], manner: VoiceManner, noise: NoiseReader) -> tuple[Any, list[int]]:
        """Return the sound of a chunk, and the sample at which each of its tokens begins."""
        import numpy as np  # noqa: PLC0415  as above

        from exporter.engines import natural_synthesis  # noqa: PLC0415  as above

        ids = [0, *(number for token in chunk for number in token.ids), 0]
        inputs = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([manner.speed], np.float32)}
        outputs = self._session.run([_SPECTRUM_TENSOR, _PITCH_OUTPUT, _DURATIONS_TENSOR], inputs)
        (spectrum,), (pitch,), durations = outputs
        ends = np.cumsum(durations.reshape(-1))
        frame_samples = len(pitch) * natural_synthesis.HOP_SAMPLES / float(ends[-1])
        begins, place = [], 0  # the first number is a pad
        for token in chunk:
            begins.append(int(ends[place] * frame_samples) - int(token.lead * SAMPLE_RATE_HERTZ))
            place += len(token.ids)
        return natural_synthesis.synthesize_sound(spectrum, pitch, manner.lift, noise), begins


def _make_word_reader(voice: NaturalVoice, assets: str) -> Callable[[str], str]:
    """Return what gives the phonemes of a word that hibari's dictionary lacks; its model of spelling comes last."""

    @cache
    def load_spelling() -> Any:
        from hibari.g2p.oov import OOV  # noqa: PLC0415  as above

        return OOV(f"{assets}/{'oov_gb' if voice.british else 'oov'}.onnx")

    return lambda word: write_phonemes(read_unknown_word(word), voice.alphabet) or load_spelling()(word)


def _read_json(name: str) -> Any:
    """Return what a JSON file among hibari's assets holds, which may be packed."""
    import gzip  # noqa: PLC0415  as above

    import msgspec  # noqa: PLC0415  as above
    from hibari import tts  # noqa: PLC0415  as above

    with open(f"{tts.ASSETS}/{name}", "rb") as file:  # noqa: PTH123  as above
        data = file.read()
    return msgspec.json.decode(gzip.decompress(data) if name.endswith(".gz") else data)


def find_onset_lead(phonemes: str) -> float:
    """Return by how many seconds the first sound of a word comes before its first phoneme in the model."""
    first = next(filter(str.isalpha, phonemes), "")
    return _ONSET_LEADS_SECONDS.get(first, _USUAL_ONSET_LEAD_SECONDS)


def _divide_tokens(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield tokens in chunks of at most `MAX_CHUNK_PHONEMES`, cut at the best place of their second half."""
    chunk: list[Token] = []
    size = 0
    for token in tokens:
        if chunk and size + len(token.ids) > MAX_CHUNK_PHONEMES:
            cut = max(range(len(chunk) // 2, len(chunk)), key=lambda place: (chunk[place].rank, place)) + 1
            yield chunk[:cut]
            chunk = chunk[cut:]
            size = sum(len(one.ids) for one in chunk)
        chunk.append(token)
        size += len(token.ids)
    if chunk:
        yield chunk


def _make_output(tensor: str) -> bytes:
    """Return what, behind a serialised ONNX model, makes an inner tensor an output.

    Protocol Buffers merge a message that comes twice: this is a `ModelProto` with a graph (7) with one more output
    (12), whose name (1) is the tensor's and whose type (2) is a tensor of 32-bit floats.
    """
    float_tensor = _make_field(1, b"\x08\x01")
    return _make_field(7, _make_field(12, _make_field(1, tensor.encode()) + _make_field(2, float_tensor)))


def _make_field(number: int, data: bytes) -> bytes:
    """Return a field of Protocol Buffers that holds bytes; all are shorter than 128 here."""
    return bytes((number << 3 | 2, len(data))) + data
