"""The command `deliver`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exporter.cli.invocation import Call
from exporter.cli.report import SCHEMA, format_json, list_error_fields, print_remark, print_result
from exporter.delivery import Delivery
from exporter.delivery.deliver_works import DeliveryPlan, deliver_files, plan_delivery
from exporter.errors import ExporterError, OutputError, UsageError


def deliver(call: Call) -> int:
    """Deliver what is new in a folder to a destination; returns 5 if a file could not be delivered."""
    config = call.config()
    name = call.text("to")
    if not name:
        cause = "MissingValue: no destination is named"
        known = ", ".join(config.destinations) or "one of the sections [destinations.NAME] in exporter.toml"
        raise UsageError("delivering", call.arguments[0], cause, f"Name it with --to: {known}.")
    plan = plan_delivery(Path(call.arguments[0]), name, config, call.has("overwrite"))
    if not call.has("quiet") and not call.has("json"):
        for notice in plan.notices:
            print_remark(f"{notice.subject}: {notice.text}")
    deliveries = map(Delivery, plan.files) if call.has("dry_run") else deliver_files(plan)
    return _report_deliveries(call, plan, deliveries)


def _report_deliveries(call: Call, plan: DeliveryPlan, deliveries: Iterable[Delivery]) -> int:
    """Print the files that were delivered as they are, and each error; returns the exit code."""
    delivered: list[str] = []
    errors: list[ExporterError] = []
    try:
        for delivery in deliveries:
            if delivery.error:
                errors.append(delivery.error)
                print_remark(str(delivery.error))
                continue
            delivered.append(str(delivery.file.path))
            if not call.has("json"):
                print_result(delivered[-1])
    except OutputError as error:  # the destination cannot be reached
        errors.append(error)
        print_remark(str(error))
    code = errors[0].exit_code if errors else 0
    if call.has("json"):
        report = {
            "schema": SCHEMA,
            "exit": code,
            "destination": plan.name,
            "delivered": delivered,
            "errors": list(map(list_error_fields, errors)),
            "notices": plan.notices,
        }
        print_result(format_json(report))
    elif not plan.files and not call.has("quiet"):
        print_remark(f"Nothing is new for {plan.name}.")
    return code
