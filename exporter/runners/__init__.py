"""Runners: where the parts of a batch are built. The member `local` uses processes of this machine.

A runner is made by `make_runner(job)` of its module (the registry's family ``runners``; other packages add theirs under
the entry point ``exporter.runners``). The batch asks how much it can take, submits parts, and collects what was made of
them, all in one thread. It counts: for every place that it submitted it expects exactly one `Made` with `is_last`, and
reports those that are missing when the runner is no longer busy.

What a runner elsewhere has to see to:

- A `Part` and the `PartOrder` can be encoded as they are. A part names files; whoever builds it must see the same
  folders under the same names, or get documents. The files that the settings name are needed there too.
- `parts.make_part` builds a part. It calls `claim` for the stem of each article. Where `RunnerJob.claim_stem`
  cannot be asked, `stem_claims.claim_stem` makes the markers in the output folder: which of two sources
  with the same title has the bare stem is then decided by who comes first, once.
- A part may be built twice, on a machine that was lost and on another: files appear whole, and the manifest takes the
  entry that comes back. A source that ends its worker must be found and reported as failed, and no other with it.
- Nothing but what `collect` returns reaches the manifest, which the process of the batch alone writes.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from exporter.batches.parts import ClaimStem, Made, Part, PartOrder


class RunnerJob(msgspec.Struct, frozen=True):
    """What a runner is made for: one batch.

    `claim_stem` chooses stems in the order of the places; it may be called in any thread of this process, and waits
    until the places before have theirs. `jobs` is the number of processes to use, `where` what the user named to run
    on (behind the runner's own name), `folder` the working folder of the processes, empty for that of this one. With
    `debug`, workers write to standard error.
    """

    order: PartOrder
    claim_stem: ClaimStem
    jobs: int
    debug: bool = False
    where: str = ""
    folder: str = ""


class Runner(Protocol):
    """Builds parts; the batch calls its methods in one thread."""

    def count_room(self) -> int:
        """Return how many sources the next part may have; 0 while it can take none: then the batch collects."""
        ...

    def submit(self, part: Part) -> None:
        """Take a part, without waiting for it."""
        ...

    def is_busy(self) -> bool:
        """Whether anything that was submitted is still to be collected."""
        ...

    def collect(self, seconds: float) -> list[Made]:
        """Return what was made since the last call, in any order; wait up to so many seconds if there is nothing.

        Raises `ExporterError` if nothing more can be expected.
        """
        ...

    def stop(self) -> None:
        """End all work at once, and leave nothing running; what was not collected is lost."""
        ...
