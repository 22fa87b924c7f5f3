"""A look-ahead limiter: no true peak exceeds the ceiling, and samples far from such a peak are not changed.

It works in slices of 64 samples (3 ms at 22,050 Hz). A slice whose true peak would exceed the ceiling gets the gain
factor that brings it there. The factors are held for `HOLD_SLICES` before and after (the look-ahead and the release),
then smoothed over as many, so that the gain is reduced before the peak and returns gradually; within a slice it is
linear. True peaks are measured with eightfold oversampling (ITU-R BS.1770-4, annex 2, asks for fourfold).
"""

from __future__ import annotations

from exporter.loudness_meter import SLICE_SAMPLES, measure_peaks
from exporter.numpy_setup import Floats, Integers, np

HOLD_SLICES = 4
"""Slices for which a reduced gain is held before and after a peak: 12 ms at 22,050 Hz; chosen, no measurement."""

_OVERSAMPLING_FRACTION = 0.7
"""Slices with sample peaks up to this part of the ceiling are not oversampled.

A tone up to a quarter of the sample rate has true peaks at most 3 dB (1 / 0.707) above its highest sample.
"""

_OVERSAMPLING = 8
_TAPS_PER_PHASE = 48
"""Values for each sample, and length of the filter of each; BS.1770-4 has 4 and 12, made for music at 48 kHz.

Sibilants of voices at 24 kHz have their energy at 0.42 of the sample rate, where 16 taps miss 1.1 dB of the true peak.
"""

_UNITY = 0.9999
"""Smoothed factors above it are 1: nine times a ninth is not exact in float32."""

_MAX_SAMPLE = 32_767.0


def limit_peaks(pcm: bytes, gain: float, ceiling: float) -> bytes:
    """Return 16-bit PCM of the same length, multiplied by `gain`, with true peaks up to `ceiling` (of full scale)."""
    samples = np.frombuffer(pcm, np.dtype("<i2"))
    sound = np.zeros(-(-len(samples) // SLICE_SAMPLES) * SLICE_SAMPLES, np.float32)
    np.multiply(samples, np.float32(gain), out=sound[: len(samples)])
    slices = sound.reshape(-1, SLICE_SAMPLES)
    highest = ceiling * _MAX_SAMPLE
    slice_peaks = measure_peaks(samples).astype(np.float32) * np.float32(gain)
    near = np.flatnonzero(slice_peaks > highest * _OVERSAMPLING_FRACTION)
    slice_peaks[near] = np.maximum(slice_peaks[near], measure_true_peaks(slices, near))
    factors = compute_reductions(slice_peaks, highest)
    reduced = np.flatnonzero((factors[:-1] < 1) | (factors[1:] < 1))
    if len(reduced):
        ramp = np.arange(SLICE_SAMPLES, dtype=np.float32) / SLICE_SAMPLES
        first = factors[reduced, None]
        slices[reduced] *= first + (factors[reduced + 1, None] - first) * ramp
    np.rint(sound, out=sound)
    np.clip(sound, -_MAX_SAMPLE, _MAX_SAMPLE, out=sound)
    return sound[: len(samples)].astype("<i2").tobytes()


def compute_reductions(slice_peaks: Floats, ceiling: float) -> Floats:
    """Return the gain factor (at most 1) at the start of each slice and at the end of the last one.

    In between it is linear, and never above the factor that the slice needs. Peaks and ceiling are in samples.
    """
    needed = np.minimum(1, ceiling / np.maximum(slice_peaks, 1)).astype(np.float32)
    edges = np.minimum(np.append(needed, 1), np.insert(needed, 0, 1)).astype(np.float32)
    if edges.min() == 1:
        return np.asarray(edges)
    around = 2 * HOLD_SLICES + 1
    wide = np.pad(edges, 2 * HOLD_SLICES, constant_values=1)
    held = wide[: len(wide) - around + 1].copy()
    for place in range(1, around):
        np.minimum(held, wide[place : place + len(held)], out=held)
    smooth = np.convolve(held, np.full(around, 1 / around, np.float32), "valid")
    return np.asarray(np.where(smooth > _UNITY, 1, np.minimum(smooth, edges)), np.float32)


def measure_true_peaks(slices: Floats, chosen: Integers) -> Floats:
    """Return the highest absolute value between the samples of the chosen slices; all slices follow each other."""
    before, after = _TAPS_PER_PHASE // 2 - 1, _TAPS_PER_PHASE // 2
    flat = np.pad(slices.ravel(), (before, after))
    around = flat[(chosen * SLICE_SAMPLES)[:, None] + np.arange(SLICE_SAMPLES + before + after)]
    return np.asarray(np.abs(around @ _OVERSAMPLING_MATRIX).max(axis=1, initial=0), np.float32)


def _build_oversampling_matrix() -> Floats:
    """Make the matrix from a slice and the samples around it to the values between its samples.

    Each column holds the filter, a windowed sinc, of one phase at one sample.
    """
    at = np.arange(_TAPS_PER_PHASE) - _TAPS_PER_PHASE // 2 + 1
    phases = [step / _OVERSAMPLING for step in range(1, _OVERSAMPLING)]
    matrix = np.zeros((SLICE_SAMPLES + _TAPS_PER_PHASE - 1, len(phases) * SLICE_SAMPLES), np.float32)
    for index, phase in enumerate(phases):
        kernel = np.sinc(at - phase) * np.cos(np.pi * (at - phase) / (_TAPS_PER_PHASE + 1))
        kernel /= kernel.sum()
        for place in range(SLICE_SAMPLES):
            matrix[place : place + _TAPS_PER_PHASE, index * SLICE_SAMPLES + place] = kernel
    return matrix


_OVERSAMPLING_MATRIX = _build_oversampling_matrix()
