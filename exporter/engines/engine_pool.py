"""Worker processes, seen from the parent process: utterances are sent in groups, and each of them gets an answer.

A worker that hangs, crashes or returns silence is replaced, and the utterance is tried once more in the fresh one; if
that fails too, its answer is a `SpeechError`. No utterance is left out.
"""

from __future__ import annotations

import contextlib
import marshal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from exporter.concurrency import share_work
from exporter.engines import MAX_SUBJECT_CHARS, UNKNOWN_NAME, Speech, Utterance, Voice, WordTime
from exporter.engines.engine_worker import TIME_LIMIT_EXIT_CODE, WORKER_PROGRAM
from exporter.errors import SpeechError

UTTERANCES_PER_REQUEST = 8
"""Few enough to share the work out evenly, enough that a worker rarely waits; chosen, no measurement."""

TIMEOUT_SECONDS_PER_CHAR = 0.1
"""Added to an utterance's time limit for each character: slower than speech played aloud (0.06 s a character)."""

PIPE_BYTES = 1 << 20
"""Size of a worker's reply pipe where the system allows it: the worker speaks on while the parent measures loudness."""

AnswerCallback = Callable[[int, Speech | SpeechError], None]
"""Takes the index of an utterance and its speech or error."""


class Pool:
    """Up to `size` workers of one engine, each started when it gets work, kept until `close`.

    `place` is the engine's class as "module:name", `patience` the time limit of an utterance in seconds, to which
    `TIMEOUT_SECONDS_PER_CHAR` is added.
    """

    def __init__(self, place: str, options: Mapping[str, Any], patience: float, size: int) -> None:
        module, _, attribute = place.partition(":")
        self._workers = [_Worker((module, attribute, dict(options)), patience) for _ in range(size)]

    def start_workers(self, utterances: int) -> None:
        """Start as many workers as so many utterances need, without waiting until they are ready."""
        for worker in self._choose_workers(utterances):
            worker.start()

    def speak(self, utterances: Sequence[Utterance], answered: AnswerCallback) -> None:
        """Speak all utterances; `answered` is called from several threads, in any order.

        An exception in `answered` ends the run and is raised here.
        """
        count, step = len(utterances), UTTERANCES_PER_REQUEST
        self.start_workers(count)
        groups = [range(start, min(start + step, count)) for start in range(0, count, step)]

        def make_consumer(worker: _Worker) -> Callable[[range], None]:
            return lambda group: worker.speak([utterances[index] for index in group], group.start, answered)

        try:
            share_work(groups, [make_consumer(worker) for worker in self._choose_workers(count)])
        except BaseException:
            self.close()  # a reply that is still in a pipe would be taken for that of the next request
            raise

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the engine; raises `SpeechError` when the engine cannot be asked."""
        reply = self._workers[0].list_voices()
        if reply[0] != "voices":
            raise SpeechError(*reply[1:])
        return tuple(Voice(*voice) for voice in reply[1])

    def close(self) -> None:
        """End the worker processes."""
        for worker in self._workers:
            worker.stop()

    def _choose_workers(self, utterances: int) -> list[_Worker]:
        return self._workers[: max(1, -(-utterances // UTTERANCES_PER_REQUEST))]


class _WorkerProcess(NamedTuple):
    """A process and its two pipes."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    replies: IO[bytes]


class _Worker:
    """A worker that starts a process when it needs one, and another after that one has ended."""

    def __init__(self, engine: tuple[str, str, dict[str, Any]], patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._running: _WorkerProcess | None = None

    def start(self) -> _WorkerProcess:
        """Return the running process, after starting it if necessary."""
        if self._running is None:
            self._running = _start_process()
            self._send(sys.path)
            self._send(self._engine)
        return self._running

    def stop(self) -> None:
        """End the process, if one is running."""
        if self._running is None:
            return
        running, self._running = self._running, None
        running.process.kill()
        for pipe in (running.requests, running.replies):
            with contextlib.suppress(OSError):
                pipe.close()
        running.process.wait()

    def list_voices(self) -> tuple[Any, ...]:
        """Ask for the voices; returns the reply, an error if the process ends instead."""
        self._send(())
        return self._read_reply(None)

    def speak(self, utterances: Sequence[Utterance], first: int, answered: AnswerCallback) -> None:
        """Speak a group; after a failure, the rest of the group is sent to a fresh process."""
        done = 0
        while done < len(utterances):
            rest = utterances[done:]
            self._send_utterances(rest)
            for answer in self._read_answers(rest):
                failed = isinstance(answer, SpeechError) and not answer.cause.startswith(UNKNOWN_NAME)
                answered(first + done, self._retry(utterances[done]) if failed else answer)
                done += 1
                if failed:
                    break

    def _retry(self, utterance: Utterance) -> Speech | SpeechError:
        self.stop()
        self._send_utterances([utterance])
        return _parse_reply(self._read_reply(utterance))

    def _send_utterances(self, utterances: Sequence[Utterance]) -> None:
        self._send([(_make_fields(utterance), self._limit_seconds(utterance)) for utterance in utterances])

    def _read_answers(self, utterances: Sequence[Utterance]) -> Iterator[Speech | SpeechError]:
        for utterance in utterances:
            yield _parse_reply(self._read_reply(utterance))

    def _read_reply(self, utterance: Utterance | None) -> tuple[Any, ...]:
        """Wait for the next reply; `utterance` is None when it is to list the voices."""
        running = self.start()
        try:
            reply: tuple[Any, ...] = marshal.load(running.replies)  # noqa: S302  from our own process
        except (EOFError, ValueError, TypeError):  # the process has ended, perhaps in the middle of a reply
            code = running.process.wait()
            self.stop()
            cause = f"Crash: the engine ended with exit code {code}"
            if code == TIME_LIMIT_EXIT_CODE:
                cause = f"TimeLimit: no answer within {self._limit_seconds(utterance):.0f} s"
            subject = utterance.text[:MAX_SUBJECT_CHARS] if utterance else "the engine"
            return ("error", "speaking", subject, cause, "Change that sentence, or use --keep-going to leave a gap.")
        return reply

    def _limit_seconds(self, utterance: Utterance | None) -> float:
        return self._patience + (TIMEOUT_SECONDS_PER_CHAR * len(utterance.text) if utterance else 0)

    def _send(self, message: Any) -> None:
        requests = self.start().requests
        # If the process has ended, reading its reply will fail, and that is reported.
        with contextlib.suppress(OSError):
            marshal.dump(message, requests)
            requests.flush()


def _start_process() -> _WorkerProcess:
    """Start a process that waits for `sys.path` and its engine."""
    # -S, -E, -I: no start-up code of site packages, and no Python settings from the environment.
    process = subprocess.Popen(  # noqa: S603  our own interpreter and our own program
        [sys.executable, "-S", "-E", "-I", "-c", WORKER_PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process that was started with pipes has none")
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415  the module exists on Unix only

        with contextlib.suppress(OSError):  # the system may allow less
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return _WorkerProcess(process, process.stdin, process.stdout)


def _parse_reply(reply: tuple[Any, ...]) -> Speech | SpeechError:
    if reply[0] == "error":
        return SpeechError(*reply[1:])
    _, pcm, rate, words, voice = reply
    return Speech(pcm, rate, tuple(WordTime(*word) for word in words), voice)


def _make_fields(utterance: Utterance) -> tuple[Any, ...]:
    """Return an utterance as plain tuples, the only ones that can be marshalled."""
    return (*utterance[:-1], tuple(map(tuple, utterance.phonemes)))
