"""The folder `styles/`: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path


def styles_folder() -> Path:
    """Return the folder of themes and templates that ship with the project."""
    package = Path(__file__).parent
    installed = package / "styles"
    return installed if installed.is_dir() else package.parent / "styles"
