"""A loudness meter (ITU-R BS.1770-4): each clip is measured once, and the measurements of clips can be joined.

The K-weighting is applied to the power spectrum of 20 ms windows, not to the samples: one pass of native code, within
0.01 LU of the filter for speech and 0.2 LU for low tones and coloured noise (tests/sound/test_loudness.py compares it
with FFmpeg's meter). The gating is that of the recommendation: blocks of 400 ms that overlap by 75 %, an absolute gate
at -70 LUFS, and a relative gate 10 LU below the loudness of the blocks above it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from exporter.numpy_setup import Floats, Peaks, Samples, np

WINDOWS_PER_SECOND = 50
"""Windows of 20 ms, each with one spectrum."""

SLICE_SAMPLES = 64
"""Length of the slices whose peak is measured; an MP3 frame has a whole number of them."""

FULL_SCALE = 32_768.0
"""Amplitude of 0 dBFS in 16-bit samples."""

# The constants of BS.1770-4, annex 1:
_BLOCK_WINDOWS = 20  # of a gating block of 400 ms
_HOP_WINDOWS = 5  # from the start of a block to that of the next
_OFFSET_DB = -0.691  # with it, a full-scale sine of 997 Hz measures -3.01 LUFS
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, -10.0

# The constants of EBU Tech 3341 and 3342:
_SHORT_TERM_WINDOWS = 150  # of short-term loudness: 3 s
_RANGE_GATE_LU = -20.0

_WINDOWS_PER_CHUNK = 64
"""Spectra computed at a time: their samples fit the processor's cache, and their memory is reused."""


class Measured(NamedTuple):
    """K-weighted mean square of each window (full scale is 1), and highest absolute sample of each slice."""

    energy: Floats
    peaks: Peaks


def measure_sound(pcm: bytes, rate: int) -> Measured:
    """Measure 16-bit mono PCM at `rate` hertz; the last window is padded with silence, the last slice is shorter."""
    samples = np.frombuffer(pcm, np.dtype("<i2"))
    size = rate // WINDOWS_PER_SECOND
    windows = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    weights = _compute_weights(rate)
    energy = np.empty(len(windows), np.float32)
    for start in range(0, len(windows), _WINDOWS_PER_CHUNK):
        # Without this norm, NumPy 2.4 computes in extended precision, which takes five times as long.
        spectrum = np.fft.rfft(windows[start : start + _WINDOWS_PER_CHUNK].astype(np.float32), norm="forward")
        energy[start : start + _WINDOWS_PER_CHUNK] = (spectrum.real**2 + spectrum.imag**2) @ weights
    return Measured(energy, measure_peaks(samples))


def measure_peaks(samples: Samples) -> Peaks:
    """Return the highest absolute sample of each slice."""
    starts = np.arange(0, len(samples), SLICE_SAMPLES)
    highest = np.maximum.reduceat(samples, starts).astype(np.int32)
    lowest = np.minimum.reduceat(samples, starts).astype(np.int32)
    return np.maximum(highest, -lowest).astype(np.uint16)


def compute_integrated_loudness(energy: Floats) -> float:
    """Return the integrated loudness in LUFS of windows' energies; minus infinity if no block passes the gates."""
    if not len(energy):
        return -math.inf
    hops = np.add.reduceat(energy, np.arange(0, len(energy), _HOP_WINDOWS))
    blocks = (
        np.convolve(
            hops,
            np.ones(_BLOCK_WINDOWS // _HOP_WINDOWS),
            "valid" if len(hops) >= _BLOCK_WINDOWS // _HOP_WINDOWS else "full",
        )
        / _BLOCK_WINDOWS
    )
    blocks = blocks[blocks > _convert_to_power(_ABSOLUTE_GATE_LUFS)]
    if not len(blocks):
        return -math.inf
    blocks = blocks[blocks > blocks.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    return _OFFSET_DB + 10 * math.log10(float(blocks.mean()))


def compute_short_term_loudness(energy: Floats) -> Floats:
    """Return the short-term loudness in LUFS (the last 3 s) at the end of each window; minus infinity for silence."""
    if not len(energy):
        return energy
    sums = np.concatenate([np.zeros(_SHORT_TERM_WINDOWS), np.cumsum(energy, dtype=np.float64)])
    means = (sums[_SHORT_TERM_WINDOWS:] - sums[:-_SHORT_TERM_WINDOWS]) / _SHORT_TERM_WINDOWS
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET_DB + 10 * np.log10(np.maximum(means, 0)), np.float32)


def compute_loudness_range(energy: Floats) -> float:
    """Return the loudness range in LU (EBU Tech 3342) of windows' energies; 0 if no block of 3 s passes the gates."""
    loudness = compute_short_term_loudness(energy)[_SHORT_TERM_WINDOWS - 1 :: _HOP_WINDOWS]
    loudness = loudness[loudness > _ABSOLUTE_GATE_LUFS]
    if not len(loudness):
        return 0.0
    mean = 10 * math.log10(float((10 ** (loudness / 10)).mean()))
    low, high = np.percentile(loudness[loudness > mean + _RANGE_GATE_LU], [10, 95])
    return float(high - low)


def _convert_to_power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))


@lru_cache(maxsize=4)
def _compute_weights(rate: int) -> Floats:
    """Return the weight of each line of a window's power spectrum, which is divided by its size: K-weighting, scale."""
    size = rate // WINDOWS_PER_SECOND
    lines = (np.arange(size // 2 + 1) * rate / size).astype(np.float32)
    count = np.where((lines == 0) | (lines == rate / 2), 1, 2)  # most lines stand for a negative frequency too
    return (count * _compute_k_weighting(lines, rate) / FULL_SCALE**2).astype(np.float32)


def _compute_k_weighting(lines: Floats, rate: int) -> Floats:
    """Return the power response of both K-weighting filters at frequencies `lines` in hertz, for any sample rate.

    Analogue parameters: B. De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145, 2018.
    """
    delay = np.exp(-2j * np.pi * lines / rate)
    high, q, middle = 10 ** (3.999843853973347 / 20), 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * middle / rate)
    band = high**0.4996667741545416
    shelf = ((high + band * k / q + k * k) + 2 * (k * k - high) * delay + (high - band * k / q + k * k) * delay**2) / (
        (1 + k / q + k * k) + 2 * (k * k - 1) * delay + (1 - k / q + k * k) * delay**2
    )
    q, middle = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * middle / rate)
    low = 1 + k / q + k * k
    cut = (1 - 2 * delay + delay**2) / (1 + 2 * (k * k - 1) / low * delay + (1 - k / q + k * k) / low * delay**2)
    power: Floats = np.abs(shelf * cut) ** 2
    return power
