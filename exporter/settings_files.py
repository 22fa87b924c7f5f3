"""Settings files: which are used in a run, and what they may set.

The user's own is ``exporter/exporter.toml`` in the user's folder of settings (``~/.config`` on Linux). Besides, the
nearest `exporter.toml` from the working folder upwards counts, if it is trusted. Perhaps it came with an unpacked
archive or a checkout, so it may neither run programs, nor open private addresses, nor say where files are removed.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

FILE_NAME = "exporter.toml"

OWN_SETTINGS = (
    *("speech.command", "input.private_addresses", "input.cookies", "cache.folder", "cache.largest", "runner.on"),
)
"""Settings that a file found from the working folder upwards may not set: they run a program, reach this machine and
its network, send the user's cookies or the sources to another, or say which files are removed."""

_ON_LINUX = sys.platform == "linux"


class SettingsFiles(NamedTuple):
    """The settings files of a run; a later one overrules an earlier one.

    `own` is the user's own, or the one that the command line names; `found` the nearest from the working folder
    upwards. Either is None without one. `distrusted` is one that was found but is not used, and `why` says why not.
    """

    own: Path | None = None
    found: Path | None = None
    distrusted: Path | None = None
    why: str = ""

    @property
    def used(self) -> tuple[Path, ...]:
        """The files that are used, the user's own first."""
        return tuple(path for path in (self.own, self.found) if path)


def find_settings_files(folder: Path) -> SettingsFiles:
    """Find the user's own settings file, and the nearest `exporter.toml` from a folder upwards."""
    own = place if (place := find_own_file()).is_file() else None
    path = next((path for above in (folder, *folder.parents) if (path := above / FILE_NAME).is_file()), None)
    if path is None or (own and path.samefile(own)):
        return SettingsFiles(own)
    if why := explain_distrust(path):
        return SettingsFiles(own, distrusted=path, why=why)
    return SettingsFiles(own, path)


def find_own_file() -> Path:
    """Return where the user's own settings file is, or would be."""
    if _ON_LINUX:  # the same folder as platformdirs returns, which takes 12 ms to import
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser(), "exporter", FILE_NAME)
    from platformdirs import user_config_path  # noqa: PLC0415  12 ms, only macOS and Windows need it

    return user_config_path("exporter", appauthor=False) / FILE_NAME


def explain_distrust(path: Path) -> str:
    """Say why a settings file that was found is not used; empty if it is trusted.

    Settings name files and programs, so only files of the user or of root count, in folders that nobody else can
    write. Windows has no such modes: there every file is trusted.
    """
    if not hasattr(os, "getuid"):
        return ""
    try:
        file, folder = path.stat(), path.parent.stat()
    except OSError:
        return "it cannot be looked at"
    if file.st_uid not in (os.getuid(), 0):
        return "it belongs to somebody else"
    if folder.st_uid not in (os.getuid(), 0):
        return "its folder belongs to somebody else"
    return "everybody can write its folder" if folder.st_mode & stat.S_IWOTH else ""
