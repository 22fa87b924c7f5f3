"""Members of other packages, so that they cannot take the program down in silence.

Whatever a plug-in raises, also `SystemExit`, ends as an error that names it, and so do `os._exit`, a result of the
wrong type and a call that does not end. Each call runs in a thread of its own: there, an exit ends only the thread,
signals (Ctrl-C) are not received, and the caller can stop waiting. A fault of native code cannot be caught in the
process: a batch survives that, since worker processes build its documents. An engine always runs in one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar, copy_context
from functools import cache
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType, UnionType
from typing import Any, NamedTuple, NoReturn, Union, get_args, get_origin, get_type_hints

import msgspec

from exporter import progress
from exporter.document import Document
from exporter.errors import ExporterError, OutputError, SourceError, SpeechError

MAX_SILENT_SECONDS = 240.0
"""Seconds without progress after which a call is given up: a minute before a batch would give up its worker."""

_POLL_SECONDS = 0.2
"""Polling interval in seconds: upper bound of the latency of Ctrl-C."""

_exit_process = os._exit
_guarded_pid: ContextVar[int] = ContextVar("guarded_pid", default=0)
"""The process in which a plug-in runs, in its context; 0 outside of it."""


class ProcessExit(BaseException):
    """A plug-in called `os._exit`, which would have ended the process in silence."""


def _exit_unless_guarded(status: int) -> NoReturn:
    """Raise `ProcessExit` where a plug-in calls it; in all other code, and in processes that a plug-in forks, exit."""
    if _guarded_pid.get() == os.getpid():
        raise ProcessExit(status)
    _exit_process(status)


os._exit = _exit_unless_guarded  # here and not for each call: calls in several threads overlap

_ERRORS: Mapping[str, type[ExporterError]] = MappingProxyType(
    {
        "sources": SourceError,
        "readers": SourceError,
        "exporters": OutputError,
        "engines": SpeechError,
        "publishers": OutputError,
        "destinations": OutputError,
    }
)
"""The error for each family of members, which has the exit code; `ExporterError` for others."""

_RESULTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "readers.read": ("exporter.readers:Read", "exporter.document:Document"),
        "sources.contents": (
            "exporter.document:Document",
            "exporter.sources:LinkedPage",
            "exporter.errors:SourceError",
        ),
        "exporters.suffix": ("builtins:str",),
        "exporters.export": ("exporter.exporters:Written",),
        "publishers.publish": ("exporter.publishing:Published",),
        "destinations.choose_files": ("builtins:tuple",),
        "destinations.deliver": ("exporter.delivery:Delivery",),
    }
)
"""The types of which a result is, or each item of it where it is an iterator."""


class Plugin(NamedTuple):
    """A member of another package: its family, its name, and where it is, as "module" or "module:name"."""

    family: str
    name: str
    place: str = ""

    def load(self) -> Any:
        """Import it, guarded."""
        return self.run(_load, self.place)

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of it; returns its result.

        Raises what it raises if that is an `ExporterError`, else the error of its family, which names it.
        """
        progress.advance(f"running the plug-in {self.name}", 0)
        subject = _name_subject(arguments) or self.name
        call = _Call(function, arguments)
        if not call.wait():
            raise self.make_error(subject, f"did not end within {MAX_SILENT_SECONDS:.0f} s")
        error = call.error
        if isinstance(error, ExporterError):
            raise error
        if error is not None:
            cause = error if isinstance(error, Exception) else None  # a KeyboardInterrupt would count as the user's
            raise self.make_error(subject, f"raised {type(error).__name__}: {error}".rstrip(": ")) from cause
        return call.result

    def check(self, subject: str, result: Any, types: tuple[type, ...]) -> None:
        """Raise an error unless a result is of one of the types, and what it holds of the types that they state."""
        if types and not isinstance(result, types):
            names = " or ".join(kind.__name__ for kind in types)
            raise self.make_error(subject, f"gave a {type(result).__name__} in place of a {names}")
        if types and (wrong := _find_wrong_field(result)):
            raise self.make_error(subject, f"gave a {type(result).__name__} whose {wrong} is of a wrong type")

    def make_error(self, subject: str, words: str) -> ExporterError:
        """Make the error of its family; `words` say what it did."""
        problem, cause = f"running the plug-in {self.name}", f"PluginFailure: the plug-in {self.name} {words}"
        return _ERRORS.get(self.family, ExporterError)(
            problem, subject, cause, "Report this to the author of that package, or uninstall it."
        )


class PluginModule:
    """A module of another package that follows a protocol of this one: its functions are guarded."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin
        self._module = plugin.load()

    def __getattr__(self, attribute: str) -> Any:
        """Return a function of the module, guarded, or another attribute as it is."""
        value = self._plugin.run(getattr, self._module, attribute)
        if not callable(value) or isinstance(value, type):
            return value
        types = tuple(map(_load, _RESULTS.get(f"{self._plugin.family}.{attribute}", ())))

        def call(*arguments: Any) -> Any:
            subject = _name_subject(arguments) or self._plugin.name
            result = self._plugin.run(value, *arguments)
            if isinstance(result, Iterator):
                return self._iterate(subject, result, types)
            self._plugin.check(subject, result, types)
            return result

        return call

    def _iterate(self, subject: str, items: Iterator[Any], types: tuple[type, ...]) -> Iterator[Any]:
        end = object()
        while (item := self._plugin.run(next, items, end)) is not end:
            self._plugin.check(subject, item, types)
            yield item


class _Call:
    """A call in a thread of its own, begun at once: its `result`, or the `error` that it raised."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.result: Any = None
        self.error: BaseException | None = None
        self._done = threading.Event()
        run = copy_context().run
        threading.Thread(target=run, args=(self._run, function, arguments), daemon=True).start()

    def wait(self) -> bool:
        """Wait for the end of the call; returns False if it makes no progress for too long."""
        steps, silent_seconds = progress.count_steps(), 0.0
        while not self._done.wait(_POLL_SECONDS):
            before, steps = steps, progress.count_steps()
            silent_seconds = silent_seconds + _POLL_SECONDS if steps == before else 0.0
            if silent_seconds >= MAX_SILENT_SECONDS:
                return False
        return True

    def _run(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        _guarded_pid.set(os.getpid())
        try:
            self.result = function(*arguments)
        except BaseException as error:  # noqa: BLE001  whatever it is, it ends only this call
            self.error = error
        finally:
            self._done.set()


def _load(place: str) -> Any:
    """Import what is at "module" or "module:name"."""
    module, _, attribute = place.partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded


def _name_subject(arguments: tuple[Any, ...]) -> str:
    """Return what a call is about: its document or its file; empty without one."""
    for argument in arguments:
        if isinstance(argument, Document | PurePath):
            return argument.name
    return ""


def _find_wrong_field(value: Any) -> str:
    """Return the dotted name of the first field of a struct whose value is not of the type stated; empty if none is."""
    if not isinstance(value, msgspec.Struct):
        return ""
    for name, kind in _find_field_types(type(value)).items():
        held = getattr(value, name)
        if not _is_of_type(held, kind):
            return name
        for item in held if isinstance(held, tuple) else (held,):
            if wrong := _find_wrong_field(item):
                return f"{name}.{wrong}"
    return ""


def _is_of_type(value: Any, kind: Any) -> bool:
    """Whether a value is of a type, and the items of a tuple are; what else types may state is not looked at."""
    arguments = get_args(kind)
    match get_origin(kind):
        case None:
            return not isinstance(kind, type) or isinstance(value, (kind, int) if kind is float else kind)
        case origin if origin in (Union, UnionType):
            return any(_is_of_type(value, argument) for argument in arguments)
        case origin if origin is tuple:
            items = value if arguments[-1] is ... and isinstance(value, tuple) else ()
            return isinstance(value, tuple) and all(_is_of_type(item, arguments[0]) for item in items)
        case _:
            return True


@cache
def _find_field_types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
