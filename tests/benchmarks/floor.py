"""The least that an episode can cost: the raw text through eSpeak NG and LAME, in one process, on one thread.

No cleaning, no pauses, no loudness, no chapters, no tags. Usage: floor.py TEXT MP3
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import espeakng_loader
import lameenc

SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT
UTF8 = 1  # espeakCHARS_UTF8
FROM_CHARACTER = 1  # espeak_POSITION_TYPE


def speak(text: bytes) -> tuple[bytes, int]:
    """Return 16-bit mono PCM and its sample rate."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(SYNCHRONOUS, 1000, espeakng_loader.get_data_path().encode(), 0)
    pcm = bytearray()

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    def spoken(wave: int | None, samples: int, _: int | None) -> int:
        if wave and samples:
            pcm.extend(ctypes.string_at(wave, 2 * samples))
        return 0

    library.espeak_SetSynthCallback(spoken)
    library.espeak_SetVoiceByName(b"en-us")
    library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, FROM_CHARACTER, 0, UTF8, None, None)
    return bytes(pcm), rate


def encode(pcm: bytes, rate: int) -> bytes:
    """Return an MP3 of 64 kilobits a second."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(64)
    encoder.set_quality(5)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(encode(*speak(Path(sys.argv[1]).read_bytes())))
