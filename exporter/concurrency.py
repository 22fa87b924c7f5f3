"""Threads, for work that waits for other processes, or that native code does without the interpreter's lock."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def count_processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_in_thread(function: Callable[[], Result]) -> Callable[[], Result]:
    """Start a function in a thread; returns a function that waits for its result, or raises its exception."""
    results: list[Result] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001  raised again by `wait`
            failures.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()

    def wait() -> Result:
        thread.join()
        if failures:
            raise failures[0]
        return results[0]

    return wait


def share_work(items: Iterable[Item], consumers: Sequence[Callable[[Item], None]]) -> None:
    """Pass every item to a free consumer; each consumer has a thread, the first one runs in the caller's.

    After an exception no further item is passed on, and the exception is raised here.
    """
    source = iter(items)
    lock = threading.Lock()
    failures: list[BaseException] = []

    def work(consume: Callable[[Item], None]) -> None:
        try:
            while not failures:
                with lock:
                    following = list(islice(source, 1))
                if not following:
                    return
                consume(following[0])
        except BaseException as error:  # noqa: BLE001  raised again in the caller's thread
            failures.append(error)

    first, *others = consumers
    threads = [threading.Thread(target=work, args=(consume,), daemon=True) for consume in others]
    for thread in threads:
        thread.start()
    work(first)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
