"""Worker processes that make outcomes: `Worker` is the parent's side, `main` the child's.

A worker is a bare Python process that talks over its standard input and output in frames (four bytes of length, then
MessagePack). It imports neither the command line nor the user's main module, so it starts in a tenth of a second and
is safe to start from any program. A worker that crashes or says nothing for too long costs the one document it had.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from types import FrameType
from typing import IO, TypeVar

import msgspec

from exporter import progress
from exporter.document import Document
from exporter.errors import ExporterError
from exporter.pipeline import BuildRequest, Claim, Failure, Outcome, make, prepare

TIMEOUT_SECONDS = 300.0
"""Seconds without a sign of life before a worker is given up; a document's length adds to them."""

_MIN_BYTES_PER_SECOND = 2_000  # no stage that tells nothing between its steps takes longer for a document of many bytes
_SHUTDOWN_SECONDS = 1.0  # seconds a worker has to remove what is half done; what it leaves is swept up


class StemProposed(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: this is the file stem that the title suggests; the answer is the one to use."""

    stem: str


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: how far a stage has come."""

    stage: str
    done: int
    total: int


class Done(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the document is finished."""

    outcome: Outcome


_MESSAGE_DECODER = msgspec.msgpack.Decoder(StemProposed | Advanced | Done)
_REQUEST_DECODER = msgspec.msgpack.Decoder(BuildRequest)
_DOCUMENT_DECODER = msgspec.msgpack.Decoder(Document)
_STEM_DECODER = msgspec.msgpack.Decoder(str)
_T = TypeVar("_T")


class Worker:
    """One worker process, started when it is first needed and again after a crash."""

    def __init__(self, order: BuildRequest, debug: bool = False) -> None:
        self._order = order
        self._stderr = None if debug else subprocess.DEVNULL
        self._process: subprocess.Popen[bytes] | None = None
        self._dismissed = False
        self._lock = threading.Lock()

    def make(self, document: Document, claim: Claim) -> Outcome:
        """Make a document's outcome over there; the file stem is claimed over here."""
        try:
            return self._converse(document, claim)
        except UnicodeEncodeError:  # a name that is no Unicode cannot be sent
            return make(document, self._order, claim)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            code = self.stop()
            return Outcome(document.name, error=_worker_lost(document, code, error))

    def dismiss(self) -> None:
        """Tell the process to end, without waiting for it; none is started any more."""
        with self._lock:
            self._dismissed = True
            if self._process is not None:
                self._process.terminate()

    def stop(self) -> int:
        """End the process, giving it time to remove what is half done; returns its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.terminate()
        try:
            process.wait(_SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        for pipe in filter(None, (process.stdin, process.stdout)):
            with contextlib.suppress(OSError):
                pipe.close()
        return process.wait()

    def _converse(self, document: Document, claim: Claim) -> Outcome:
        with self._lock:
            if self._dismissed:
                raise EOFError
            process = self._process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        _write_frame(process.stdin, document)
        patience = TIMEOUT_SECONDS + len(document.data) / _MIN_BYTES_PER_SECOND
        while True:
            watch = threading.Timer(patience, process.kill)
            watch.daemon = True
            watch.start()
            try:
                message = _read_frame(process.stdout, _MESSAGE_DECODER)
            finally:
                watch.cancel()
            match message:
                case StemProposed():
                    _write_frame(process.stdin, claim(message.stem))
                case Advanced():
                    progress.advance(message.stage, message.done, message.total)
                case Done():
                    return message.outcome

    def _start(self) -> subprocess.Popen[bytes]:
        # The child gets this process's path: it finds what this one finds, and nothing in the working folder.
        code = (
            f"import os, sys; sys.path[:] = {sys.path!r}; from exporter.batch_workers import main; main(); os._exit(0)"
        )
        # In a process group of its own it does not hear Ctrl-C: this process does, and says when to stop.
        process = subprocess.Popen(  # noqa: S603  our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            process_group=0,
        )
        if process.stdin:
            _write_frame(process.stdin, self._order)
        return process


def main() -> None:
    """Serve documents until the parent closes the pipe: the order comes first, then one document after the other."""
    signal.signal(signal.SIGTERM, _exit_on_signal)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break a frame
    requests = sys.stdin.buffer

    def claim(stem: str) -> str:
        _write_frame(answers, StemProposed(stem))
        return _read_frame(requests, _STEM_DECODER)

    def tell(stage: str, done: int, total: int) -> None:
        with lock:
            _write_frame(answers, Advanced(stage, done, total))

    lock = threading.Lock()
    with contextlib.suppress(EOFError), progress.report_to(tell):
        order = _read_frame(requests, _REQUEST_DECODER)
        with contextlib.suppress(ExporterError):  # each document will say it
            prepare(order)
        while True:
            outcome = make(_read_frame(requests, _DOCUMENT_DECODER), order, claim)
            with lock:
                _write_frame(answers, Done(outcome))


def _exit_on_signal(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    raise SystemExit(0)


def _write_frame(pipe: IO[bytes], value: object) -> None:
    frame = msgspec.msgpack.encode(value)
    pipe.write(len(frame).to_bytes(4, "big") + frame)
    pipe.flush()


def _read_frame(pipe: IO[bytes], decoder: msgspec.msgpack.Decoder[_T]) -> _T:
    size = int.from_bytes(_read_exactly(pipe, 4), "big")
    return decoder.decode(_read_exactly(pipe, size))


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _worker_lost(document: Document, code: int, error: Exception) -> Failure:
    cause = f"WorkerLost: its process ended with code {code}"
    return Failure(
        "working on",
        document.name,
        cause if isinstance(error, (OSError, EOFError)) else f"{cause} ({error})",
        "Try it alone with --debug and report what it prints; the other sources are not affected.",
    )
