"""The least that an episode in the natural voice can cost: a script's utterances through hibari and LAME, one thread.

No pronunciations, word times, pauses, loudness, chapters, tags or cache. Usage: natural_floor.py SCRIPT.json [MP3];
without MP3 it encodes nothing. Prints the seconds of sound.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import hibari
import numpy as np

from exporter.config import SpeechSettings
from exporter.engines.natural import find_speed
from tests.benchmarks.floor import encode


def speak(script: Path) -> bytes:
    """Return 16-bit mono PCM of the utterances of a script in JSON, at the program's own speaking rate."""
    voice = hibari.Hibari(threads=1)
    speed = find_speed(SpeechSettings().rate)
    pcm = bytearray()
    for cue in json.loads(script.read_bytes())["cues"]:
        if cue["cue"] == "say":
            sound = voice(cue["spoken"], speed=speed, seed=0)
            pcm += (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()
    return bytes(pcm)


if __name__ == "__main__":
    spoken = speak(Path(sys.argv[1]))
    for path in sys.argv[2:]:
        Path(path).write_bytes(encode(spoken, hibari.Hibari.sample_rate))
    print(f"{len(spoken) / 2 / hibari.Hibari.sample_rate:.1f}")
