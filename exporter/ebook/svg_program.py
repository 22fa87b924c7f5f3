"""The program of the process that draws an SVG: it reads a request from standard input and writes the PNG.

It imports no more than it needs: it is started for each drawing, and `json` alone would double its time.
"""

import marshal
import math
import sys
import time


def main() -> None:
    """Draw what the request says; ends with a message and code 1 if it cannot be drawn.

    The request is that of `svg_process.rasterize`, written by `marshal` of the same interpreter. The answer is a line
    with the seconds of CPU that drawing took, and the picture.
    """
    request = marshal.load(sys.stdin.buffer)  # noqa: S302  our parent process wrote it
    sys.path[:] = request["path"]
    import resvg_py  # noqa: PLC0415  its path has only now been received

    _limit_process(request["seconds"], request["memory"])
    start = time.process_time()
    try:
        picture = bytes(resvg_py.svg_to_bytes(**request["options"]))
    except Exception as error:  # noqa: BLE001  whatever it raises is the message
        sys.exit(" ".join(str(error).split()))
    sys.stdout.buffer.write(f"{time.process_time() - start}\n".encode() + picture)


def _limit_process(seconds: int, memory: int) -> None:
    """Let the system end this process after some seconds of CPU, and refuse it more bytes of memory."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return
    used = math.ceil(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + used, seconds + used))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main()
