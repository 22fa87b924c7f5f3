"""Scripts to speak, and measurements of sound files."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterable
from pathlib import Path

import av
import msgspec
import numpy as np
from numpy.typing import NDArray

from exporter.article import Metadata
from exporter.config import Config
from exporter.script import Chapter, Cue, Pause, Say, Script, Word

FACTS = Metadata(
    title="The Tide Mill – a história",
    authors=("Ann Weir", "Bo Lund"),
    published="2021-08-08T12:55:00-04:00",
    site="Mill Notes",
    description="How it turns.",
    source="https://example.org/mill",
    rights="© 2021 Mill Notes",
)

STORY = (
    ("The tide mill", ("It was built in the year of the flood.", "Nobody knows by whom, and nobody asks.")),
    ("Its wheel", ("The wheel is made of oak; it has turned for two hundred years.", "Twice a day it rests.")),
    ("Its end", ("In the end the river moved away.", "What is left is a wall, a name, and this short story.")),
)


def make_say(written: str, anchor: str = "b1.1", **fields: object) -> Say:
    """Return an utterance whose spoken text is the written."""
    words = tuple(Word(found.group(), *found.span()) for found in re.finditer(r"\S+", written))
    return msgspec.structs.replace(Say(anchor, "narrator", written, written, words), **fields)


def make_script(sections: Iterable[tuple[str, Iterable[str]]] = STORY, language: str = "en") -> Script:
    """Return a script with a chapter for each section and the default pauses."""
    cues: list[Cue] = [Pause("opening", 0.5)]
    for number, (title, sentences) in enumerate(sections, 1):
        cues += [Pause("section", 1.4)] if number > 1 else []
        cues += [Chapter(title, f"b{number}", 1 if number == 1 else 2)]
        for place, sentence in enumerate(sentences, 1):
            cues += [Pause("sentence", 0.35)] if place > 1 else []
            cues += [make_say(sentence, f"b{number}.{place}")]
    cues += [Pause("closing", 1.0)]
    return Script(1, FACTS.title, language, 0, 0.0, tuple(cues), (), FACTS)


def replace_audio(config: Config, **settings: object) -> Config:
    """Return the settings with some `[audio]` settings replaced."""
    return msgspec.structs.replace(config, audio=msgspec.structs.replace(config.audio, **settings))


def write_noise(path: Path, seconds: float, rate: int = 44_100) -> str:
    """Write noise whose power falls with frequency, as that of music does; returns the path."""
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(size=int(seconds * rate)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 20))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.rint(9000 * noise / np.abs(noise).max()).astype("<i2").tobytes())
    return str(path)


def decode(path: Path) -> tuple[NDArray[np.float64], int]:
    """Return every sample that a player plays, of full scale 1, and the sample rate."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    sound = np.concatenate(frames)
    scale = {"i": 2.0 ** (8 * sound.itemsize - 1), "f": 1.0}[sound.dtype.kind]
    return sound.astype(np.float64) / scale, rate


def find_onsets(sound: NDArray[np.float64], rate: int, pause: float = 0.2, floor: float = 0.004) -> list[float]:
    """Return the seconds at which sound begins after a pause of at least `pause` seconds."""
    loud = np.flatnonzero(np.abs(sound) > floor)
    begins = loud[np.insert(np.diff(loud) > pause * rate, 0, True)]
    return [float(begin) / rate for begin in begins]


def measure_with_ffmpeg(path: Path) -> tuple[float, float]:
    """Return the integrated loudness (LUFS) and true peak (dBTP) of FFmpeg's meter."""
    with av.open(str(path)) as container:
        graph = av.filter.Graph()
        source = graph.add_abuffer(template=container.streams.audio[0])
        measuring = graph.add("ebur128", "metadata=1:peak=true")
        sink = graph.add("abuffersink")
        source.link_to(measuring)
        measuring.link_to(sink)
        graph.configure()
        peak, integrated = -99.0, -99.0
        for frame in (*container.decode(audio=0), None):
            source.push(frame)
            while True:
                try:
                    out = sink.pull()
                except (av.BlockingIOError, av.EOFError):
                    break
                said = dict(out.metadata)
                integrated = float(said.get("lavfi.r128.I", integrated))
                peak = max(peak, 20 * np.log10(float(said.get("lavfi.r128.true_peaks_ch0", 0)) + 1e-9))
    return integrated, peak
