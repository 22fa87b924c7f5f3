"""Work shared among threads: for work that waits, or that native code does with the interpreter's lock released."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def count_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_in_thread(function: Callable[[], Result]) -> Callable[[], Result]:
    """Start a function in a thread of its own; what is returned waits for its result, or raises its exception."""
    results: list[Result] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001  raised again in the thread that asks
            failures.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()

    def wait() -> Result:
        thread.join()
        if failures:
            raise failures[0]
        return results[0]

    return wait


def share_work(items: Iterable[Item], hands: Sequence[Callable[[Item], None]]) -> None:
    """Give every item to whichever hand is free; each hand works in a thread of its own, the first in the caller's.

    After an exception nobody takes another item, and the exception is raised here.
    """
    source = iter(items)
    lock = threading.Lock()
    failures: list[BaseException] = []

    def work(hand: Callable[[Item], None]) -> None:
        try:
            while not failures:
                with lock:
                    left = list(islice(source, 1))
                if not left:
                    return
                hand(left[0])
        except BaseException as error:  # noqa: BLE001  raised again in the thread that asked
            failures.append(error)

    first, *others = hands
    threads = [threading.Thread(target=work, args=(hand,), daemon=True) for hand in others]
    for thread in threads:
        thread.start()
    work(first)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
