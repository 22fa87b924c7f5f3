"""Measure how lossy encoders change the level and the true peaks of speech, which `exporter.mastering` allows for.

    python -m tests.training.measure_encoders [FOLDER...]

Printed first is the factor by which LAME changes the level of a tone at 44,100 Hz, beside `mp3.find_lame_scale`. Then
the default engine speaks the articles of `examples/` and of the folders; for each target they are mastered, and
encoded in each format at each bit rate. Printed is by how many dB the true peak of what a player decodes rises (by
FFmpeg's meter), beside what `loudness.estimate_headroom` allows; for AAC also with FFmpeg's default search ("twoloop")
in place of "fast" (`containers.CONTAINER_FORMATS`). It takes some minutes.
"""

from __future__ import annotations

import sys
import tempfile
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from exporter.config import CacheSettings, Config
from exporter.mastering import containers, loudness, mp3, mpeg_frames
from exporter.mastering.episode import Episode, build_episode
from exporter.recording import Recording
from exporter.speech import speak
from tests.sound.sound_builders import decode, measure_with_ffmpeg, replace_audio
from tests.training.fit_timing import EXAMPLES, find_scripts

SCALE_BITRATES_KBPS = (32, 64, 128, 160, 192, 224, 256, 320)
BITRATES_KBPS = (24, 40, 64, 128)
TARGETS_LUFS = ("-23", "-16", "-14")


def measure_rms(sound: NDArray[np.float64]) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(sound**2)))


def list_scales(folder: Path) -> Iterator[str]:
    """Yield LAME's factor at each bit rate, measured and as the program has it."""
    tone = np.rint(8000 * np.sin(2 * np.pi * 997 / 44_100 * np.arange(441_000))).astype("<i2")
    for bitrate in SCALE_BITRATES_KBPS:
        path = folder / "tone.mp3"
        path.write_bytes(mp3.encode_pcm(tone.tobytes(), mpeg_frames.find_shape(44_100, bitrate)))
        middle = decode(path)[0][44_100:-44_100]
        factor = measure_rms(middle) / measure_rms(tone / 32_768)
        yield f"{bitrate:4} kbit/s   x{factor:.3f}, in the program x{mp3.find_lame_scale(bitrate):.3f}"


def measure_rise(made: Episode, path: Path) -> float:
    """Write an episode; returns by how many dB its true peak rises above that of the PCM, at the level of the file."""
    made.write(path)
    master = path.with_name("master.wav")
    with wave.open(str(master), "wb") as file:
        file.setparams((1, 2, made.recording.rate, 0, "NONE", ""))
        file.writeframes(b"".join(map(made.master.render_pcm, made.master.passages)))
    level = measure_rms(decode(path)[0]) / measure_rms(decode(master)[0])
    return float(measure_with_ffmpeg(path)[1] - measure_with_ffmpeg(master)[1] - 20 * np.log10(level))


def list_rises(recordings: Sequence[Recording], config: Config, kind: str, folder: Path) -> Iterator[str]:
    """Yield a line for each bit rate, with the rise at each target and what is allowed for."""
    more = containers.CONTAINER_FORMATS[kind].overshoot_db if kind in containers.CONTAINER_FORMATS else 0.0
    for bitrate in BITRATES_KBPS:
        line = f"{bitrate:4} kbit/s"
        for target in TARGETS_LUFS:
            chosen = replace_audio(config, format=kind, bitrate=bitrate, loudness=target)
            rise = measure_rise(build_episode(recordings, "", chosen), folder / f"episode.{kind}")
            line += (
                f"   {target} LUFS {rise:+.2f} of {loudness.estimate_headroom(bitrate, float(target)) + more:.2f} dB"
            )
        yield line


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        config = Config(cache=CacheSettings(folder=f"{name}/cache"))
        folders = [EXAMPLES, *map(Path, sys.argv[1:])]
        recordings = [speak(script, config) for script in find_scripts(folders)]
        print("LAME", *list_scales(Path(name)), sep="\n")
        for kind in ("mp3", "m4b", "opus"):
            print(kind, *list_rises(recordings, config, kind, Path(name)), sep="\n")
        form = containers.CONTAINER_FORMATS["m4b"]
        containers.CONTAINER_FORMATS["m4b"] = form._replace(codec_options={"aac_coder": "twoloop"})
        print("m4b, twoloop", *list_rises(recordings, config, "m4b", Path(name)), sep="\n")


if __name__ == "__main__":
    main()
