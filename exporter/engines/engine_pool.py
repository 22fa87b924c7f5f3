"""Worker processes, seen from the parent process: utterances are sent in groups, and each of them gets an answer.

A worker that hangs, crashes or returns silence is replaced, and the utterance is tried once more in the fresh one; if
that fails too, its answer is a `SpeechError`. No utterance is left out.
"""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exporter.concurrency import share_work
from exporter.engines import MAX_SUBJECT_CHARS, UNKNOWN_NAME, Speech, Utterance, Voice, WordTime
from exporter.errors import SpeechError
from exporter.processes import WorkerProcess

UTTERANCES_PER_REQUEST = 8
"""Few enough to share the work out evenly, enough that a worker rarely waits; chosen, no measurement."""

TIMEOUT_SECONDS_PER_CHAR = 0.1
"""Added to an utterance's time limit for each character: slower than speech played aloud (0.06 s a character)."""

START_TIMEOUT_SECONDS = 60.0
"""Time limit of loading an engine, and of listing its voices."""

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


class _Worker:
    """A worker that starts a process when it needs one, and another after that one has ended."""

    def __init__(self, engine: tuple[str, str, dict[str, Any]], patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._process: WorkerProcess | None = None
        self._is_ready = False

    def start(self) -> WorkerProcess:
        """Return the running process, after starting it if necessary."""
        if self._process is None:
            self._process = WorkerProcess("exporter.engines.engine_worker:serve")
            self._is_ready = False
            self._send(self._engine)
        return self._process

    def stop(self) -> None:
        """End the process, if one is running."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def list_voices(self) -> tuple[Any, ...]:
        """Ask for the voices; returns the reply, an error if the process ends instead."""
        self._send([])
        return self._receive("the engine", START_TIMEOUT_SECONDS)

    def speak(self, utterances: Sequence[Utterance], first: int, answered: AnswerCallback) -> None:
        """Speak a group; after a failure, the rest of the group is sent to a fresh process."""
        done = 0
        while done < len(utterances):
            rest = utterances[done:]
            self._send([_make_fields(utterance) for utterance in rest])
            for utterance in rest:
                answer = self._receive_speech(utterance)
                failed = isinstance(answer, SpeechError) and not answer.cause.startswith(UNKNOWN_NAME)
                answered(first + done, self._retry(utterance) if failed else answer)
                done += 1
                if failed:
                    break

    def _retry(self, utterance: Utterance) -> Speech | SpeechError:
        self.stop()
        self._send([_make_fields(utterance)])
        return self._receive_speech(utterance)

    def _receive_speech(self, utterance: Utterance) -> Speech | SpeechError:
        limit = self._patience + TIMEOUT_SECONDS_PER_CHAR * len(utterance.text)
        return _parse_reply(self._receive(utterance.text[:MAX_SUBJECT_CHARS], limit))

    def _receive(self, subject: str, limit: float) -> tuple[Any, ...]:
        """Wait for the next reply up to `limit` seconds, and before the first one until the engine is loaded."""
        process = self.start()
        try:
            if not self._is_ready:
                process.receive(START_TIMEOUT_SECONDS)
                self._is_ready = True
            reply: tuple[Any, ...] = marshal.loads(process.receive(limit))  # noqa: S302  from our own process
        except EOFError:
            code = process.stop()
            self._process = None
            cause = f"Crash: the engine {':'.join(self._engine[:2])} ended with exit code {code}"
            if process.is_timed_out:
                cause = f"TimeLimit: no answer within {limit:.0f} s"
            return ("error", "speaking", subject, cause, "Change that sentence, or use --keep-going to leave a gap.")
        return reply

    def _send(self, message: Any) -> None:
        process = self.start()
        # If the process has ended, receiving its reply will fail, and that is reported.
        with contextlib.suppress(OSError):
            process.send(marshal.dumps(message))


def _parse_reply(reply: tuple[Any, ...]) -> Speech | SpeechError:
    if reply[0] == "error":
        return SpeechError(*reply[1:])
    _, pcm, rate, words, voice = reply
    return Speech(pcm, rate, tuple(WordTime(*word) for word in words), voice)


def _make_fields(utterance: Utterance) -> tuple[Any, ...]:
    """Return an utterance as plain tuples, the only ones that can be marshalled."""
    return (*utterance[:-1], tuple(map(tuple, utterance.phonemes)))
