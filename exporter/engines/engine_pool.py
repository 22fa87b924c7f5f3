"""Worker processes, from the parent's side: utterances go out in groups, and every one is answered.

A worker that hangs, crashes or says nothing is replaced, and the utterance is tried once more in the fresh one; then
it is answered by a `SpeechError`. Nothing is ever left out silently.
"""

from __future__ import annotations

import contextlib
import marshal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from exporter.concurrency import share_work
from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice, WordTime
from exporter.engines.engine_worker import WORKER_PROGRAM
from exporter.errors import SpeechError

UTTERANCES_PER_REQUEST = 8
"""Utterances sent at once: few enough to share out evenly, enough that a worker seldom waits."""

TIMEOUT_SECONDS_PER_CHAR = 0.1
"""Seconds that each character adds to an utterance's time limit: slower than anybody speaks."""

PIPE_BYTES = 1 << 20
"""Bytes on their way from a worker, where the system allows it: it speaks on while its last sentences are measured."""

AnswerCallback = Callable[[int, Speech | SpeechError], None]


class Pool:
    """Up to `size` workers of one engine, each started when there is work for it, kept until the process ends."""

    def __init__(self, place: str, options: Mapping[str, Any], patience: float, size: int) -> None:
        module, _, attribute = place.partition(":")
        self._workers = [_Worker((module, attribute, dict(options)), patience) for _ in range(size)]

    def warm(self, work: int) -> None:
        """Start as many workers as `work` utterances will need, and go on without waiting for them."""
        for worker in self._needed(work):
            worker.start()

    def speak(self, utterances: Sequence[Utterance], answered: AnswerCallback) -> None:
        """Speak all; `answered(index, speech or error)` is called from several threads, in no order.

        An exception in `answered` ends the run and is raised here.
        """
        self.warm(len(utterances))
        groups = [
            range(start, min(start + UTTERANCES_PER_REQUEST, len(utterances)))
            for start in range(0, len(utterances), UTTERANCES_PER_REQUEST)
        ]

        def hand(worker: _Worker) -> Callable[[range], None]:
            return lambda group: worker.speak([utterances[index] for index in group], group.start, answered)

        try:
            share_work(groups, [hand(worker) for worker in self._needed(len(utterances))])
        except BaseException:
            self.close()  # an answer nobody has read would be taken for the next one
            raise

    def voices(self) -> tuple[Voice, ...]:
        """Every voice of the engine; raises `SpeechError` where it cannot be asked."""
        reply = self._workers[0].ask(())
        if reply[0] != "voices":
            raise SpeechError(*reply[1:])
        return tuple(Voice(*voice) for voice in reply[1])

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.stop()

    def _needed(self, work: int) -> list[_Worker]:
        return self._workers[: max(1, -(-work // UTTERANCES_PER_REQUEST))]


class _WorkerProcess(NamedTuple):
    """A process, and its two pipes."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    replies: IO[bytes]


class _Worker:
    """One process; it is started again after its end."""

    def __init__(self, engine: tuple[str, str, dict[str, Any]], patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._running: _WorkerProcess | None = None

    def start(self) -> _WorkerProcess:
        """Return the process, started where there is none."""
        if self._running is None:
            self._running = _start_process()
            self._send(sys.path)
            self._send(self._engine)
        return self._running

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._running is None:
            return
        running, self._running = self._running, None
        running.process.kill()
        for pipe in (running.requests, running.replies):
            with contextlib.suppress(OSError):
                pipe.close()
        running.process.wait()

    def ask(self, fields: tuple[Any, ...]) -> tuple[Any, ...]:
        """Send one request and wait for its reply; a worker that ends instead gives an error."""
        self._send([(fields, self._limit(fields))] if fields else ())
        return self._reply(fields)

    def speak(self, utterances: Sequence[Utterance], first: int, answered: AnswerCallback) -> None:
        """Speak a group; where the worker fails, the rest of the group goes to a fresh one."""
        done = 0
        while done < len(utterances):
            rest = utterances[done:]
            self._send([(tuple(utterance), self._limit(utterance)) for utterance in rest])
            for reply in self._replies(rest):
                answer = _parse_reply(reply)
                failed = isinstance(answer, SpeechError) and not answer.cause.startswith(UNKNOWN_NAME)
                if failed:
                    self.stop()
                    answer = _parse_reply(self.ask(tuple(utterances[done])))
                answered(first + done, answer)
                done += 1
                if failed:
                    break

    def _replies(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Any, ...]]:
        for utterance in utterances:
            yield self._reply(tuple(utterance))

    def _reply(self, fields: tuple[Any, ...]) -> tuple[Any, ...]:
        running = self.start()
        try:
            reply: tuple[Any, ...] = marshal.load(running.replies)  # noqa: S302  from our own process
        except (EOFError, ValueError, TypeError):  # it ended, perhaps in the middle of a reply
            code = running.process.wait()
            self.stop()
            cause = (
                f"TimeLimit: nothing was heard for {self._limit(fields):.0f} s"
                if code == 1
                else f"Crash: exit code {code}"
            )
            subject = fields[0][:80] if fields else "the engine"
            return ("error", "speaking", subject, cause, "Change that sentence, or use --keep-going to leave a gap.")
        return reply

    def _limit(self, fields: tuple[Any, ...]) -> float:
        return self._patience + (TIMEOUT_SECONDS_PER_CHAR * len(fields[0]) if fields else 0)

    def _send(self, message: Any) -> None:
        requests = self.start().requests
        # A worker that is gone says so at the next reply.
        with contextlib.suppress(OSError):
            marshal.dump(message, requests)
            requests.flush()


def _start_process() -> _WorkerProcess:
    """Start a process that waits for the parent's path and its engine."""
    # -S, -E, -I: a worker needs no site packages' start-up, and nothing from the environment but eSpeak's data.
    process = subprocess.Popen(  # noqa: S603  our own interpreter and our own program
        [sys.executable, "-S", "-E", "-I", "-c", WORKER_PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process that was started with pipes has none")
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415  no other system lets a pipe grow

        with contextlib.suppress(OSError):  # it may allow less
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return _WorkerProcess(process, process.stdin, process.stdout)


def _parse_reply(reply: tuple[Any, ...]) -> Speech | SpeechError:
    if reply[0] == "error":
        return SpeechError(*reply[1:])
    _, pcm, rate, words = reply
    return Speech(pcm, rate, tuple(WordTime(*word) for word in words))
