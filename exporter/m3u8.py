"""Playlists in the format M3U8: extended M3U in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable


def format_m3u8(title: str, entries: Iterable[tuple[float, str, str]]) -> str:
    """Return a playlist; its entries are the length in seconds, the title and the address of each file."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_join_lines(title)}"]
    for seconds, name, address in entries:
        lines += [f"#EXTINF:{seconds:.3f},{_join_lines(name)}", address]
    return "\n".join(lines) + "\n"


def _join_lines(text: str) -> str:
    return " ".join(text.split())
