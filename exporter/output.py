"""Files that appear whole or not at all, and names for them.

A temporary file lies beside its target, so that the last step is one atomic `os.replace`. Its name has the ID of the
run (one command with all its worker processes), that of the machine, and a random token: folders are shared by
machines and containers, in which process numbers meet. Its writer holds a lock on it: without one, it was killed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from exporter.errors import OutputError, describe_error

if sys.platform != "win32":
    import fcntl

MAX_STEM_CHARS = 80
"""Characters of a file name made from a title: with a suffix, it is well below the 255 bytes of common file systems."""

_MAX_NUMBER = 1 << 30  # of files with the same title: more than a folder holds

MAX_TEMPORARY_AGE_SECONDS = 86_400
"""A temporary file of another machine that was not written to for a day was left by a killed run; chosen by hand."""

# As `whole_file` calls them: the run, the machine and a token.
_TEMPORARY_NAME = re.compile(r"\..*\.([0-9a-f]+)-([0-9a-f]{1,8})[0-9a-f]*\.part", re.DOTALL)
_BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")
_OWN_RUN_ID = secrets.token_hex(4)
_run_id: ContextVar[str] = ContextVar("_run_id", default=_OWN_RUN_ID)
_permit: ContextVar[Callable[[Path], None] | None] = ContextVar("_permit", default=None)

_RESERVED_NAME = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE
)  # names Windows keeps for devices


def get_run_id() -> str:
    """Return the ID of this run."""
    return _run_id.get()


def join_run(run_id: str) -> None:
    """Take part in the run of another process, which may then remove what this one leaves."""
    _run_id.set(run_id)


@contextlib.contextmanager
def permit_files(permit: Callable[[Path], None] | None) -> Iterator[None]:
    """Call `permit` with the path of each file before it is written: it raises `OutputError` to prevent that."""
    token = _permit.set(permit)
    try:
        yield
    finally:
        _permit.reset(token)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path`, on any exception it is removed.

    Of a link, the target is replaced; a device or a pipe is written to. Raises `OutputError` if the folder cannot be
    made or written, or if the file may not be replaced (`permit_files`).
    """
    target = Path(os.path.realpath(path))
    special = target.exists() and not target.is_file() and not target.is_dir()
    folder = _temporary_folder() if special else target.parent
    temporary = folder / f".{target.name[:40]}.{_run_id.get()}-{_read_machine_id()}{secrets.token_hex(8)}.part"
    lock = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if permit := _permit.get():
            permit(path)
        lock = _create_locked(temporary)
        yield temporary
        if special:
            with temporary.open("rb") as whole, target.open("wb") as out:
                shutil.copyfileobj(whole, out)
        else:
            temporary.replace(target)
    except OSError as error:
        raise OutputError(
            "writing",
            str(path),
            describe_error(error, "SystemError"),
            "Choose another folder with -o, or make room on its disk.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if lock is not None:
            os.close(lock)


@cache
def _read_machine_id() -> str:
    """Return eight digits for the running kernel, whose locks all its processes see, in containers too.

    They are random for this process where the system does not say which kernel it is.
    """
    with contextlib.suppress(OSError):
        return _BOOT_ID_FILE.read_text(encoding="ascii")[:8]
    return secrets.token_hex(4)


def _create_locked(path: Path) -> int | None:
    """Create a file; it is locked for as long as the descriptor that is returned is open. None means it has no lock."""
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        is_locked = _try_lock(descriptor)
        if is_locked and os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)
        if not is_locked:
            return None  # else a sweep came between the two steps, and has removed it


def _try_lock(descriptor: int) -> bool:
    """Lock a file, unless another process holds it, or the file system has no locks; returns whether it is locked."""
    if sys.platform == "win32":
        return False
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def sweep_temporary_files(folder: Path) -> None:
    """Remove the temporary files of this run, those whose writer was killed, and those of a day ago."""
    oldest = time.time() - MAX_TEMPORARY_AGE_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if found := _TEMPORARY_NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    if found[1] == _run_id.get() or entry.stat(follow_symlinks=False).st_mtime < oldest:
                        Path(entry.path).unlink()
                    elif found[2] == _read_machine_id():
                        _remove_unlocked(Path(entry.path))


def _remove_unlocked(path: Path) -> None:
    """Remove a file that no process holds locked."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        if _try_lock(descriptor):
            path.unlink()
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> Path:
    """Write `data` to `path`, whole or not at all; returns `path`."""
    with whole_file(path) as temporary:
        temporary.write_bytes(data)
    return path


def make_stem(title: str) -> str:
    """Make a file name (without suffix) from a title: lower case, ASCII where possible, safe on every system."""
    folded = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    ascii_only = letters.encode("ascii", "ignore").decode()
    # A title of mostly non-Latin letters keeps them.
    text = ascii_only if sum(map(str.isalnum, ascii_only)) * 2 >= sum(map(str.isalnum, letters)) else letters
    words = re.sub(r"[^\w]+|_+", "-", text.replace("'", "").replace("’", "")).strip("-")
    name = (
        words[:MAX_STEM_CHARS].rsplit("-", 1)[0]
        if len(words) > MAX_STEM_CHARS and "-" in words[:MAX_STEM_CHARS]
        else words[:MAX_STEM_CHARS]
    )
    return f"{name}-" if is_device_name(name) else name or "article"


def is_device_name(name: str) -> bool:
    """Whether Windows keeps a name, whatever its suffix, for a device."""
    return bool(_RESERVED_NAME.fullmatch(name))


def make_unique(name: str, taken: set[str]) -> str:
    """Return `name`, or `name-2`, `name-3`, ... if it is taken; adds the result to `taken`."""
    free_name = name
    if name in taken:
        # Binary search, since thousands of pictures may be called "image": the taken numbers are contiguous.
        free = bisect_left(range(_MAX_NUMBER), True, lo=2, key=lambda number: f"{name}-{number}" not in taken)
        free_name = f"{name}-{free}"
    taken.add(free_name)
    return free_name


def _temporary_folder() -> Path:
    import tempfile  # noqa: PLC0415  5 ms, only a device or a pipe needs it

    return Path(tempfile.gettempdir())
