"""Worker processes: frames go both ways, and whatever a worker does, its parent goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from exporter.processes import FramePipe, WorkerProcess

LONG = 60.0  # seconds; nothing here takes so long


def echo(pipe: FramePipe) -> None:
    """Send back what comes, and print on the way."""
    while True:
        frame = pipe.receive()
        sys.stdout.write("not a frame")
        sys.stdout.flush()
        pipe.send(frame)


def crash(pipe: FramePipe) -> None:
    pipe.receive()
    os.abort()


def hang(pipe: FramePipe) -> None:
    """Send the number of a process of its own that never ends, and say nothing more."""
    child = WorkerProcess("tests.test_processes:wait_forever")
    pipe.send(str(child.pid).encode())
    threading.Event().wait()


def wait_forever(_: FramePipe) -> None:
    threading.Event().wait()


def allocate(pipe: FramePipe) -> None:
    """Say whether so many bytes can be had."""
    while True:
        size = int(pipe.receive())
        try:
            pipe.send(str(len(bytearray(size))).encode())
        except MemoryError:
            pipe.send(b"none")


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
def test_frames_of_any_size_go_both_ways(size: int) -> None:
    process = WorkerProcess("tests.test_processes:echo")
    for _ in range(2):
        process.send(b"x" * size)
        assert process.receive(LONG) == b"x" * size
    assert process.stop() == -signal.SIGKILL
    assert not process.is_timed_out


def test_a_crash_is_the_end_of_the_frames() -> None:
    process = WorkerProcess("tests.test_processes:crash")
    process.send(b"")
    with pytest.raises(EOFError):
        process.receive(LONG)
    assert process.stop() == -signal.SIGABRT
    assert not process.is_timed_out


def test_a_worker_that_is_asked_to_ends_itself() -> None:
    process = WorkerProcess("tests.test_processes:wait_forever")
    assert process.stop(grace=LONG) in (0, -signal.SIGTERM)  # the latter before it has begun


def test_a_silent_worker_is_ended_with_those_that_it_started() -> None:
    process = WorkerProcess("tests.test_processes:hang", has_own_group=True)
    child = int(process.receive(LONG))
    assert os.getpgid(child) == process.pid
    with pytest.raises(EOFError):
        process.receive(0.01)
    assert process.is_timed_out
    assert process.stop() == -signal.SIGKILL


def test_one_thread_watches_all() -> None:
    processes = [WorkerProcess("tests.test_processes:wait_forever") for _ in range(4)]
    ended = []

    def wait_for(process: WorkerProcess) -> None:
        try:
            process.receive(0.01)
        except EOFError:
            ended.append(process)

    threads = [threading.Thread(target=wait_for, args=(process,)) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(thread.name == "watchdog" for thread in threading.enumerate()) == 1
    assert all(process.is_timed_out for process in processes)
    for process in processes:
        process.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits addresses")
def test_memory_is_limited() -> None:
    process = WorkerProcess("tests.test_processes:allocate", memory=500_000_000)
    answers = []
    for size in (10_000_000, 600_000_000, 10_000_000):
        process.send(str(size).encode())
        answers.append(process.receive(LONG))
    assert answers == [b"10000000", b"none", b"10000000"]
    process.stop()
