"""Plots of a sound as SVG paths, a point for each column; the template stretches them to the width of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.numpy_setup import Floats, np
from exporter.script_formats.script_timings import format_clock

PLOT_COLUMNS = 1000
"""Most columns of a plot, about the pixels of its width; the template's view boxes have this width."""

WAVEFORM_HEIGHT, LEVEL_HEIGHT = 100, 200
"""Heights of the plots, in pixels and in units of their view boxes."""

LOWEST_DECIBELS = -48.0
"""Bottom of the plot of levels: softer sound is drawn there."""

_TICK_STEPS_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400)
_MAX_TICKS = 7  # of the time axis, so that their labels have room at 390 px


class Tick(NamedTuple):
    """A label of an axis, and its place in percent of the width or in pixels of the height."""

    place: float
    label: str


def join_columns(values: Floats) -> Floats:
    """Return the highest value of each column."""
    if len(values) <= PLOT_COLUMNS:
        return values
    return np.maximum.reduceat(values, np.arange(PLOT_COLUMNS) * len(values) // PLOT_COLUMNS)


def draw_waveform(peaks: Floats) -> str:
    """Return the outline of a waveform, from amplitudes of full scale 1."""
    middle = WAVEFORM_HEIGHT / 2
    tops = [(x, middle * (1 - min(1.0, peak))) for x, peak in _place_columns(join_columns(peaks))]
    bottoms = [(x, WAVEFORM_HEIGHT - y) for x, y in reversed(tops)]
    return f"M{_format_points([*tops, *bottoms])}Z" if tops else ""


def draw_levels(decibels: Floats) -> str:
    """Return the line of levels in decibels."""
    points = [(x, place_level(level)) for x, level in _place_columns(join_columns(decibels))]
    return f"M{_format_points(points)}" if points else ""


def place_level(decibels: float) -> float:
    """Return the height of a level in the plot, from its top."""
    return LEVEL_HEIGHT * min(1.0, max(0.0, decibels / LOWEST_DECIBELS))


def list_level_ticks() -> Iterator[Tick]:
    """Yield the labels of the axis of levels."""
    for decibels in range(-6, int(LOWEST_DECIBELS), -6):
        yield Tick(place_level(decibels), f"−{-decibels}")


def list_time_ticks(seconds: float) -> Iterator[Tick]:
    """Yield the labels of the time axis, without those of its ends."""
    step = next((step for step in _TICK_STEPS_SECONDS if seconds / step <= _MAX_TICKS), _TICK_STEPS_SECONDS[-1])
    for number in range(1, int(seconds / step) + 1):
        if number * step < seconds * 0.97:  # room for half a label
            yield Tick(round(100 * number * step / seconds, 3), format_clock(number * step))


def _place_columns(values: Floats) -> list[tuple[float, float]]:
    """Return each value with the middle of its column."""
    width = PLOT_COLUMNS / max(1, len(values))
    return [((number + 0.5) * width, float(value)) for number, value in enumerate(values)]


def _format_points(points: list[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
