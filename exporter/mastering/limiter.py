"""A look-ahead limiter: no true peak above the ceiling, and nothing changed where there is none near it.

It works in slices of 64 samples (3 ms at 22,050 Hz). A slice whose true peak would pass the ceiling gets the factor
that brings it there; the factors are held for a few slices before and after, then smoothed over as many, so that the
gain is down before the peak comes and returns gently. Between slices the gain runs in straight lines. True peaks are
those of the sound oversampled four times (ITU-R BS.1770-4, annex 2).
"""

from __future__ import annotations

from exporter.loudness_meter import SLICE_SAMPLES, measure_peaks
from exporter.numpy_setup import Floats, np

_OVERSAMPLING_FRACTION = (
    0.7  # of the ceiling: below it no true peak passes the ceiling, but for tones above a quarter of the rate
)
HOLD_SLICES = 4  # slices that the gain is held before and after a peak
_TAPS_PER_PHASE = 16  # of each phase of the oversampling filter
_MAX_SAMPLE = 32_767.0


def limit_peaks(pcm: bytes, gain: float, ceiling: float) -> bytes:
    """Amplify 16-bit PCM by `gain`; no true peak passes `ceiling`, a factor of full scale. The length stays."""
    samples = np.frombuffer(pcm, np.dtype("<i2"))
    whole = -(-len(samples) // SLICE_SAMPLES) * SLICE_SAMPLES
    sound = np.zeros(whole, np.float32)
    np.multiply(samples, np.float32(gain), out=sound[: len(samples)])
    slices = sound.reshape(-1, SLICE_SAMPLES)
    factors = compute_reductions(
        _measure_true_peaks(
            slices, measure_peaks(samples).astype(np.float32) * np.float32(gain), ceiling * _MAX_SAMPLE
        ),
        ceiling * _MAX_SAMPLE,
    )
    busy = np.flatnonzero((factors[:-1] < 1) | (factors[1:] < 1))
    if len(busy):
        ramp = np.arange(SLICE_SAMPLES, dtype=np.float32) / SLICE_SAMPLES
        first = factors[busy, None]
        slices[busy] *= first + (factors[busy + 1, None] - first) * ramp
    np.rint(sound, out=sound)
    np.clip(sound, -_MAX_SAMPLE, _MAX_SAMPLE, out=sound)
    return sound[: len(samples)].astype("<i2").tobytes()


def compute_reductions(heights: Floats, ceiling: float) -> Floats:
    """The gain at the start of each slice and at the end of the last one, from the peaks of the slices.

    In between it runs in a straight line, and never above what the slice needs.
    """
    needed = np.minimum(1, ceiling / np.maximum(heights, 1)).astype(np.float32)
    edges = np.minimum(np.append(needed, 1), np.insert(needed, 0, 1)).astype(np.float32)
    if edges.min() == 1:
        return np.asarray(edges)
    around = 2 * HOLD_SLICES + 1
    wide = np.pad(edges, 2 * HOLD_SLICES, constant_values=1)
    held = wide[: len(wide) - around + 1].copy()
    for place in range(1, around):
        np.minimum(held, wide[place : place + len(held)], out=held)
    smooth = np.convolve(held, np.full(around, 1 / around, np.float32), "valid")
    # A sum of ones that comes out below one is none; one that comes out above what is needed is cut.
    return np.asarray(np.where(smooth > 0.9999, 1, np.minimum(smooth, edges)), np.float32)


def _measure_true_peaks(slices: Floats, heights: Floats, ceiling: float) -> Floats:
    """The peak of each slice; where it is near the ceiling, that of the sound oversampled."""
    near = np.flatnonzero(heights > ceiling * _OVERSAMPLING_FRACTION)
    if len(near):
        before, after = _TAPS_PER_PHASE // 2 - 1, _TAPS_PER_PHASE // 2
        flat = np.pad(slices.ravel(), (before, after))
        around = flat[(near * SLICE_SAMPLES)[:, None] + np.arange(SLICE_SAMPLES + before + after)]
        heights[near] = np.maximum(heights[near], np.abs(around @ _OVERSAMPLING_MATRIX).max(axis=1))
    return heights


def _build_oversampling_matrix() -> Floats:
    """A matrix that takes a slice and its surroundings to the values a quarter, half and three quarters on.

    The filter is a windowed sinc; each column is one phase at one place.
    """
    at = np.arange(_TAPS_PER_PHASE) - _TAPS_PER_PHASE // 2 + 1
    matrix = np.zeros((SLICE_SAMPLES + _TAPS_PER_PHASE - 1, 3 * SLICE_SAMPLES), np.float32)
    for index, phase in enumerate((0.25, 0.5, 0.75)):
        kernel = np.sinc(at - phase) * np.cos(np.pi * (at - phase) / (_TAPS_PER_PHASE + 1)) ** 2
        kernel /= kernel.sum()
        for place in range(SLICE_SAMPLES):
            matrix[place : place + _TAPS_PER_PHASE, index * SLICE_SAMPLES + place] = kernel
    return matrix


_OVERSAMPLING_MATRIX = _build_oversampling_matrix()
