"""Shards: one of several equal parts of the sources of a batch, for arrays of jobs on many machines.

A source belongs to the shard that the hash of its label chooses, so every job finds its own without asking another, and
a source stays in its shard when others join. `auto` reads the number of the job from the environment:

=============  ============================================================================================
Slurm          ``SLURM_ARRAY_TASK_ID``, ``_MIN``, ``_STEP`` and ``_COUNT`` (https://slurm.schedmd.com/job_array.html)
AWS Batch      ``AWS_BATCH_JOB_ARRAY_INDEX`` and ``AWS_BATCH_JOB_ARRAY_SIZE``
Kubernetes     ``JOB_COMPLETION_INDEX``; ``JOB_COMPLETIONS``, which the Job's template must set itself
=============  ============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

import msgspec

from exporter.errors import UsageError

AUTO = "auto"

_ARRAYS = (("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"), ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"))
"""The variables of a job's index, from 0, and of the number of jobs."""

_SLURM = "SLURM_ARRAY_TASK_"


class Shard(msgspec.Struct, frozen=True):
    """The shard `number`, from 1, of `count`."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """Its name among the files of an output folder."""
        return f"{self.number}-of-{self.count}"

    def holds(self, label: str) -> bool:
        """Whether a source with this label belongs to it."""
        digest = blake2b(label.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.count == self.number - 1


def parse_shard(text: str, environment: Mapping[str, str]) -> Shard:
    """Return the shard that ``K/N`` or ``auto`` means; raises `UsageError`."""
    shard = _find_shard(environment) if text == AUTO else _parse_pair(*text.partition("/")[::2])
    if shard is None:
        cause = "NoArray: the environment names no job of an array" if text == AUTO else "BadValue: it is no shard"
        remedy = "Write it as 3/100, or auto in an array of Slurm, AWS Batch or Kubernetes (with JOB_COMPLETIONS)."
        raise UsageError("command line", f"--shard {text}", cause, remedy)
    return shard


def _find_shard(environment: Mapping[str, str]) -> Shard | None:
    def number(name: str, default: str = "") -> int:
        return int(environment.get(name, default))

    try:
        if f"{_SLURM}ID" in environment:
            place = number(f"{_SLURM}ID") - number(f"{_SLURM}MIN", "0")
            return _check(place // number(f"{_SLURM}STEP", "1") + 1, number(f"{_SLURM}COUNT"))
        for index, count in _ARRAYS:
            if index in environment:
                return _check(number(index) + 1, number(count))
    except (ValueError, ZeroDivisionError):
        return None
    return None


def _parse_pair(number: str, count: str) -> Shard | None:
    is_pair = all(re.fullmatch(r"[0-9]{1,9}", part) for part in (number, count))
    return _check(int(number), int(count)) if is_pair else None


def _check(number: int, count: int) -> Shard | None:
    return Shard(number, count) if 1 <= number <= count else None
