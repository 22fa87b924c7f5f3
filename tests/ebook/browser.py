"""How tests start Chromium: without a screen and off line."""

from __future__ import annotations

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
