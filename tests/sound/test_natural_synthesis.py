"""The sound of a spectrum: ours against hibari's own signal processing, with the same noise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hibari import dsp
from hibari.g2p import _load_json as load_json_as_hibari

from exporter.engines.natural_model import _read_json
from exporter.engines.natural_synthesis import LINES, NoiseReader, synthesize_sound

FRAMES = 130  # more than two blocks


class TransposedNoise:
    """Gives hibari the noise that `NoiseReader` gives us."""

    def standard_normal(self, shape: tuple[int, int], dtype: Any) -> Any:
        lines = NoiseReader(b"seed").read_lines(shape[1] // 2)
        return np.ascontiguousarray(lines.T).view(dtype)


def make_spectrum() -> Any:
    spectrum = np.random.default_rng(1).standard_normal((FRAMES, 5 * LINES), np.float32)
    return spectrum - np.repeat(np.float32([2, 0, 2, 2, 0]), LINES)


def make_pitch() -> Any:
    """Voiced, unvoiced, and voiced again for a single frame and to the end."""
    pitch = np.full(FRAMES, 180, np.float32)
    pitch[40:70] = 0
    pitch[55] = 120
    return pitch


def test_the_sound_is_that_of_the_voices_own_signal_processing() -> None:
    spectrum, pitch = make_spectrum(), make_pitch()
    parts = (np.ascontiguousarray(part.T) for part in np.split(spectrum, 5, axis=1))
    theirs = dsp.synth(*parts, pitch, TransposedNoise())
    ours = synthesize_sound(spectrum, pitch, 1.0, NoiseReader(b"seed"))
    assert np.abs(theirs).max() > 0.05
    assert np.abs(ours - theirs).max() < 1e-5


def test_the_same_seed_gives_the_same_samples_and_another_seed_others() -> None:
    one, same, other = (
        synthesize_sound(make_spectrum(), make_pitch(), 1.1, NoiseReader(seed)) for seed in (b"a", b"a", b"b")
    )
    assert (one == same).all()
    assert (one != other).any()


def test_a_lift_changes_the_pitch() -> None:
    harmonics = np.repeat(np.float32([0, 0, -20, -20, 0]), LINES) + np.zeros((FRAMES, 1), np.float32)
    for lift in (1.0, 1.25):
        sound = synthesize_sound(harmonics, np.full(FRAMES, 200, np.float32), lift, NoiseReader(b"a"))
        amplitudes = np.abs(np.fft.rfft(sound))
        strongest = np.sort(np.argsort(amplitudes)[-12:]) * dsp.SR / len(sound)
        assert np.abs(strongest / (200 * lift) - np.rint(strongest / (200 * lift))).max() < 0.02


@pytest.mark.parametrize(
    "name", ["lexicon_us_gold.json.gz", "lexicon_gb_silver.json.gz", "tagger.json.gz", "vocab.json"]
)
def test_hibaris_data_are_read_as_it_reads_them(name: str) -> None:
    assert _read_json(name) == load_json_as_hibari(name)
