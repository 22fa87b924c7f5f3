"""Input that is damaged by chance, and what the fuzzer found before."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.hostile.fuzzing import find_fault, make_mutants
from tests.hostile.samples import collect_samples

MUTANTS_PER_SEED = 40


@pytest.mark.parametrize("seed", range(5))
def test_damaged_input_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    for name, data in islice(make_mutants(seed), MUTANTS_PER_SEED):
        assert find_fault(name, data, tmp_path) is None


def test_the_samples_themselves_are_read(tmp_path: Path) -> None:
    assert [fault for name, data in collect_samples().items() if (fault := find_fault(name, data, tmp_path))] == []
