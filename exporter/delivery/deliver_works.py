"""Delivers what is new on a shelf to a destination, and remembers it by content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter import registry
from exporter.config import Config
from exporter.delivery import Delivery, Destination, DestinationSettings, OutgoingFile
from exporter.errors import Notice, UsageError
from exporter.output_folder.file_stamps import FileStamp
from exporter.publishing.shelf import open_shelf, read_state, write_state


class DeliveryPlan(msgspec.Struct, frozen=True):
    """What is to be delivered from a folder to the destination `name`, in the order in which it was added."""

    folder: Path
    name: str
    member: Destination
    settings: DestinationSettings
    files: tuple[OutgoingFile, ...]
    notices: tuple[Notice, ...]


def plan_delivery(folder: Path, name: str, config: Config, overwrite: bool = False) -> DeliveryPlan:
    """Return what of a folder's shelf was not yet delivered to a destination, or was changed since.

    `overwrite` allows files at the destination to be replaced that were not delivered from this folder. Raises
    `UsageError` for an unknown destination or wrong settings, `SourceError` for a folder that no batch has filled.
    """
    member, settings = load_destination(name, config)
    shelf = open_shelf(folder)
    delivered = read_state(folder).delivered.get(name, {})
    files = []
    for work in reversed(shelf.works):
        for file in member.choose_files(work, settings):
            earlier = delivered.get(file.name)
            if earlier is None or not earlier.is_unchanged(folder):
                may_replace = overwrite or earlier is not None
                files.append(OutgoingFile(folder, file.name, work.facts.title, may_replace))
    return DeliveryPlan(folder, name, member, settings, tuple(files), shelf.notices)


def deliver_files(plan: DeliveryPlan) -> Iterator[Delivery]:
    """Deliver the files of a plan, and yield what became of each; what was delivered is remembered in any case.

    Raises `OutputError` if the destination cannot be reached or the memory cannot be written, and `UsageError`.
    """
    if not plan.files:
        return
    # The state of each file before it is sent: a change meanwhile is delivered the next time.
    stamps = {file.name: FileStamp.of(plan.folder, file.name, with_digest=True) for file in plan.files}
    done: dict[str, FileStamp] = {}
    try:
        for delivery in plan.member.deliver(plan.files, plan.settings):
            if delivery.error is None:
                done[delivery.file.name] = stamps[delivery.file.name]
            yield delivery
    finally:
        if done:
            _remember(plan, done)


def _remember(plan: DeliveryPlan, done: dict[str, FileStamp]) -> None:
    state = read_state(plan.folder)  # as it is now: publishing may have written it meanwhile
    delivered = state.delivered | {plan.name: state.delivered.get(plan.name, {}) | done}
    write_state(plan.folder, msgspec.structs.replace(state, delivered=delivered))


def load_destination(name: str, config: Config) -> tuple[Destination, DestinationSettings]:
    """Return the member and the settings of ``[destinations.NAME]``; raises `UsageError`."""
    if not config.destinations:
        cause = "UnknownName: no destination is set"
        raise UsageError("delivering to", name, cause, f"Put a section [destinations.{name}] into exporter.toml.")
    table = config.destinations.get(name)
    if table is None:
        raise registry.unknown_name("delivering to", name, tuple(config.destinations))
    kind = table.get("kind")
    if not isinstance(kind, str):
        kinds = ", ".join(registry.names("destinations"))
        cause = "MissingValue: the destination has no kind"
        raise UsageError(f"setting destinations.{name}.kind", name, cause, f"Choose one of: {kinds}.")
    member: Destination = registry.load("destinations", kind)
    return member, _convert_settings(name, table, member.SETTINGS)


def _convert_settings(name: str, table: dict[str, Any], kind: type[DestinationSettings]) -> DestinationSettings:
    try:
        return msgspec.convert(table, kind, strict=False)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$.")
        subject = f"destinations.{name}.{place.rstrip('`')}".rstrip(".")
        names = ", ".join(kind.__struct_encode_fields__)
        cause = f"BadValue: {words[:1].lower()}{words[1:]}"
        raise UsageError("configuring", subject, cause, f"The settings of this kind: {names}.") from error
