"""Worker processes that build documents: `Worker` is the parent's side, `main` the child's.

A worker is a Python process that exchanges frames over its standard input and output (four bytes of length, then
MessagePack). It imports neither the command line nor the user's main module, so it starts in a tenth of a second and
can be started from any program. If it crashes or sends nothing for too long, only its current document fails.
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
from exporter.output import join_run
from exporter.pipeline import BuildRequest, Claim, Failure, Outcome, build, prepare_engine

TIMEOUT_SECONDS = 300.0
"""Seconds without a message after which a worker is killed; longer documents get more. Chosen by hand."""

_MIN_BYTES_PER_SECOND = 2_000
"""A document gets a second more for each so many bytes. Chosen by hand."""
_SHUTDOWN_SECONDS = 1.0  # for a worker to remove its temporary files; the parent removes what it leaves


class StemProposed(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the file stem that the title suggests, and the article's URL; the answer is the stem to use."""

    stem: str
    address: str


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the progress of a stage."""

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
    """One worker process; it is started when first needed, and again after a crash."""

    def __init__(self, request: BuildRequest, debug: bool = False) -> None:
        self._request = request
        self._stderr = None if debug else subprocess.DEVNULL
        self._process: subprocess.Popen[bytes] | None = None
        self._dismissed = False
        self._lock = threading.Lock()

    def build(self, document: Document, claim: Claim) -> Outcome:
        """Build a document in the worker process; `claim` is called in this one."""
        try:
            return self._converse(document, claim)
        except UnicodeEncodeError:  # a file name that is not Unicode cannot be sent
            return build(document, self._request, claim)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            code = self.stop()
            return Outcome(document.name, error=_worker_lost(document, code, error))

    def dismiss(self) -> None:
        """Ask the process to end, without waiting for it, and never start another."""
        with self._lock:
            self._dismissed = True
            if self._process is not None:
                self._process.terminate()

    def stop(self) -> int:
        """End the process, with time to remove its temporary files; returns its exit code, 0 if there was none."""
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
        timeout = TIMEOUT_SECONDS + len(document.data) / _MIN_BYTES_PER_SECOND
        while True:
            watch = threading.Timer(timeout, process.kill)
            watch.daemon = True
            watch.start()
            try:
                message = _read_frame(process.stdout, _MESSAGE_DECODER)
            finally:
                watch.cancel()
            match message:
                case StemProposed():
                    _write_frame(process.stdin, claim(message.stem, message.address))
                case Advanced():
                    progress.advance(message.stage, message.done, message.total)
                case Done():
                    return message.outcome

    def _start(self) -> subprocess.Popen[bytes]:
        # The child gets this process's import path, and never imports from the working folder.
        code = (
            f"import os, sys; sys.path[:] = {sys.path!r}; from exporter.batch_workers import main; main(); os._exit(0)"
        )
        # In its own process group it does not receive Ctrl-C; this process does, and ends it.
        process = subprocess.Popen(  # noqa: S603  our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            process_group=0,
        )
        if process.stdin:
            _write_frame(process.stdin, self._request)
        return process


def main() -> None:
    """Build documents until the parent closes the pipe: the request comes first, then one document after the other."""
    signal.signal(signal.SIGTERM, _exit_on_signal)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not damage a frame
    requests = sys.stdin.buffer

    def claim(stem: str, address: str) -> str:
        _write_frame(answers, StemProposed(stem, address))
        return _read_frame(requests, _STEM_DECODER)

    def send_progress(stage: str, done: int, total: int) -> None:
        with lock:
            _write_frame(answers, Advanced(stage, done, total))

    lock = threading.Lock()
    with contextlib.suppress(EOFError), progress.report_to(send_progress):
        request = _read_frame(requests, _REQUEST_DECODER)
        if request.run_id:
            join_run(request.run_id)
        with contextlib.suppress(ExporterError):  # building each document raises it again
            prepare_engine(request.exporters, request.config)
        while True:
            outcome = build(_read_frame(requests, _DOCUMENT_DECODER), request, claim)
            with lock:
                _write_frame(answers, Done(outcome))


def _exit_on_signal(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not interrupt the clean-up
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
    cause = f"WorkerLost: its process ended with exit code {code}"
    return Failure(
        "working on",
        document.name,
        cause if isinstance(error, (OSError, EOFError)) else f"{cause} ({error})",
        "Try it alone with --debug and report what it prints; the other sources are not affected.",
    )
