"""Themes: the style sheets in `styles/epub/`, or the user's own, and the fonts they name."""

from __future__ import annotations

import re
from pathlib import Path

from exporter.assets import styles_folder
from exporter.ebook.package import PackageItem
from exporter.errors import UsageError, describe_error
from exporter.registry import unknown_name

_BASE_NAME = "base"
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]+)"|'([^']+)'|([^"'()\s]+))\s*\)""")
_MEDIA_TYPES = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
}

APPLE_DISPLAY_OPTIONS = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<display_options><platform name="*">'
    b'<option name="specified-fonts">true</option></platform></display_options>\n'
)
"""Makes Apple Books use the fonts of the book (Apple Books asset guide)."""


def list_themes() -> tuple[str, ...]:
    """Return the names of the themes that ship with the project."""
    return tuple(sorted(path.stem for path in (styles_folder() / "epub").glob("*.css") if path.stem != _BASE_NAME))


def load_theme(style: str) -> tuple[PackageItem, ...]:
    """Return a theme's items, the style sheet first; raises `UsageError` for a style or a file that does not exist."""
    folder = styles_folder() / "epub"
    path = Path(style) if style.endswith(".css") else folder / f"{style}.css"
    if not style.endswith(".css") and not path.is_file():
        raise unknown_name("choosing a style", style, list_themes())
    base = _read_file(folder / f"{_BASE_NAME}.css", style)
    theme = _read_file(path, style).decode("utf-8", "replace")
    assets: dict[str, PackageItem] = {}

    def embed(url: re.Match[str]) -> str:
        name = url[url.lastindex or 0]
        item = _load_asset(path.parent / name, style, len(assets) + 1)
        return f'url("../{assets.setdefault(name, item).href}")'

    sheet = _CSS_URL.sub(embed, theme).encode()
    return (PackageItem("style", "css/style.css", "text/css", base + b"\n" + sheet), *assets.values())


def _load_asset(path: Path, style: str, number: int) -> PackageItem:
    """Return the item of a file that a style sheet names; raises `UsageError` for any but fonts and pictures."""
    media_type = _MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise UsageError(
            "choosing a style",
            style,
            f"ForeignFile: it names {str(path)!r}",
            "Let it name fonts and pictures beside it.",
        )
    return PackageItem(f"font{number}", f"fonts/{number}{path.suffix.lower()}", media_type, _read_file(path, style))


def _read_file(path: Path, style: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        cause = f"{describe_error(error, 'SystemError')} ({path})"
        raise UsageError("choosing a style", style, cause, "Name a CSS file that can be read.") from error
