"""Worker processes that build documents: `Worker` is the parent's side, `build_documents` the child's.

If a worker crashes or sends nothing for too long, only its current document fails. Frames are in MessagePack.
"""

from __future__ import annotations

import contextlib
import threading

import msgspec

from exporter import progress
from exporter.document import Document
from exporter.errors import ExporterError
from exporter.output import join_run
from exporter.pipeline import BuildRequest, Claim, Failure, Outcome, build, prepare_engine
from exporter.processes import FramePipe, WorkerProcess

TIMEOUT_SECONDS = 300.0
"""Seconds without a message after which a worker is killed; longer documents get more. Chosen by hand."""

_MIN_BYTES_PER_SECOND = 2_000
"""A document gets a second more for each so many bytes. Chosen by hand."""
DOCUMENTS_PER_PROCESS = 1_000
"""Documents after which a process makes room for a fresh one: what libraries leak is freed. Chosen: its start takes a
tenth of a second, as long as some fifteen short articles."""

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
_encode = msgspec.msgpack.encode


class Worker:
    """One worker process; it is started when first needed, and again after a crash or `DOCUMENTS_PER_PROCESS`."""

    def __init__(self, request: BuildRequest, debug: bool = False) -> None:
        self._request = request
        self._debug = debug
        self._process: WorkerProcess | None = None
        self._documents = 0
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
                self._process.ask_to_end()

    def stop(self) -> int:
        """End the process, with time to remove its temporary files; returns its exit code, 0 if there was none."""
        process, self._process = self._process, None
        return process.stop(_SHUTDOWN_SECONDS) if process else 0

    def _converse(self, document: Document, claim: Claim) -> Outcome:
        process = self._start()
        process.send(_encode(document))
        patience = TIMEOUT_SECONDS + len(document.data) / _MIN_BYTES_PER_SECOND
        while True:
            match _MESSAGE_DECODER.decode(process.receive(patience)):
                case StemProposed(stem, address):
                    process.send(_encode(claim(stem, address)))
                case Advanced(stage, done, total):
                    progress.advance(stage, done, total)
                case Done(outcome):
                    return outcome

    def _start(self) -> WorkerProcess:
        """Return the process for one more document."""
        if self._documents == DOCUMENTS_PER_PROCESS:
            self.stop()
        with self._lock:
            if self._dismissed:
                raise EOFError
            if self._process is None:
                self._documents = 0
                self._process = WorkerProcess(
                    "exporter.batch_workers:build_documents", has_own_group=True, debug=self._debug
                )
                self._process.send(_encode(self._request))
            self._documents += 1
            return self._process


def build_documents(pipe: FramePipe) -> None:
    """Build documents until the parent closes the pipe: the request comes first, then one document after the other."""

    def claim(stem: str, address: str) -> str:
        pipe.send(_encode(StemProposed(stem, address)))
        return msgspec.msgpack.decode(pipe.receive(), type=str)

    def send_progress(stage: str, done: int, total: int) -> None:
        pipe.send(_encode(Advanced(stage, done, total)))

    with progress.report_to(send_progress):
        request = msgspec.msgpack.decode(pipe.receive(), type=BuildRequest)
        if request.run_id:
            join_run(request.run_id)
        with contextlib.suppress(ExporterError):  # building each document raises it again
            prepare_engine(request.exporters, request.config)
        while True:
            document = msgspec.msgpack.decode(pipe.receive(), type=Document)
            pipe.send(_encode(Done(build(document, request, claim))))


def _worker_lost(document: Document, code: int, error: Exception) -> Failure:
    cause = f"WorkerLost: its process ended with exit code {code}"
    return Failure(
        "working on",
        document.name,
        cause if isinstance(error, (OSError, EOFError)) else f"{cause} ({error})",
        "Try it alone with --debug and report what it prints; the other sources are not affected.",
    )
