"""Files that appear whole or not at all, and names for them.

A temporary file lies beside its target, so that the last step is one atomic `os.replace`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from exporter.errors import OutputError, describe_error

MAX_STEM_CHARS = 80
"""Characters of a file name made from a title: with a suffix, it is well below the 255 bytes of common file systems."""

_MAX_NUMBER = 1 << 30  # of files with the same title: more than a folder holds

_TEMPORARY_NAME = re.compile(r"\..*\.(\d+)-\d+\.part", re.DOTALL)  # as `whole_file` calls them: the process, a number
_numbers = itertools.count()  # makes the names of this process's temporary files unique

_RESERVED_NAME = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE
)  # names Windows keeps for devices


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path`, on any exception it is removed.

    Of a link, the target is replaced; a device or a pipe is written to. Raises `OutputError` if the folder cannot be
    made or written.
    """
    target = Path(os.path.realpath(path))
    special = target.exists() and not target.is_file() and not target.is_dir()
    folder = _temporary_folder() if special else target.parent
    temporary = folder / f".{target.name[:40]}.{os.getpid()}-{next(_numbers)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.touch()
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


def sweep_temporary_files(folder: Path) -> None:
    """Remove the temporary files of processes that have ended: a killed process cannot clean up."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _TEMPORARY_NAME.fullmatch(entry.name)
            if found and not _is_running(int(found[1])):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def _is_running(process: int) -> bool:
    """Whether a process is running; other systems than POSIX cannot be asked safely, so there every process is."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # of another user
        return True
    return True


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
    return f"{name}-" if _RESERVED_NAME.fullmatch(name) else name or "article"


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
