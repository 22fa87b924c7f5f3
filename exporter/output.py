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

from exporter.errors import OutputError

MAX_STEM_CHARS = 80
"""Characters of a file name made from a title."""

_MAX_NUMBER = 1 << 30  # files of one name

_TEMPORARY_NAME = re.compile(r"\..*\.(\d+)-\d+\.part", re.DOTALL)  # as `whole_file` calls them: the process, a number
_numbers = itertools.count()  # tells this process's temporary files apart, in all its threads

_RESERVED_NAME = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE
)  # names Windows keeps for devices


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it takes `path`'s place, on any exception it is removed.

    A link keeps its place, and what it leads to is replaced; a device or a pipe is written to. Raises `OutputError`
    where the folder cannot be made or written.
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
            f"{type(error).__name__}: {error.strerror or error}",
            "Choose a folder that can be written with -o, or make room on its disk.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep_temporary_files(folder: Path) -> None:
    """Remove temporary files of processes that are no more: who is killed removes nothing."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _TEMPORARY_NAME.fullmatch(entry.name)
            if found and not _is_running(int(found[1])):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def _is_running(process: int) -> bool:
    """Whether a process is there; asking is safe on POSIX only."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
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
    # A title in a script without ASCII letters keeps its own letters.
    text = ascii_only if sum(map(str.isalnum, ascii_only)) * 2 >= sum(map(str.isalnum, letters)) else letters
    words = re.sub(r"[^\w]+|_+", "-", text.replace("'", "").replace("’", "")).strip("-")
    name = (
        words[:MAX_STEM_CHARS].rsplit("-", 1)[0]
        if len(words) > MAX_STEM_CHARS and "-" in words[:MAX_STEM_CHARS]
        else words[:MAX_STEM_CHARS]
    )
    return f"{name}-" if _RESERVED_NAME.fullmatch(name) else name or "article"


def make_unique(name: str, taken: set[str]) -> str:
    """Return `name`, or `name-2`, `name-3`, ... where it is taken already; adds the answer to `taken`."""
    answer = name
    if name in taken:
        # By halves, since thousands of pictures may be called "image": what is free begins above what is taken.
        free = bisect_left(range(_MAX_NUMBER), True, lo=2, key=lambda number: f"{name}-{number}" not in taken)
        answer = f"{name}-{free}"
    taken.add(answer)
    return answer


def _temporary_folder() -> Path:
    import tempfile  # noqa: PLC0415  hardly ever is a device or a pipe written to

    return Path(tempfile.gettempdir())
