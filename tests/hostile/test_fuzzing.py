"""Input that is damaged by chance, and what the fuzzer found before."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.hostile.fuzzing import find_fault, make_mutants
from tests.hostile.samples import collect_samples

MUTANTS_PER_SEED = 40

_OUTPUT = (
    '{"cells": [{"cell_type": "code", "source": "a", "outputs": [{"data": {"image/png": "\udcff"}}]}], "nbformat": 4}'
)
_MOVED_TAIL = "<article><h1>Fog</h1><p>It came in.</p><script>a</script>{}It stayed.<p>All day.</p></article>"

FOUND = {
    "a unit without digits before it": "It took ½s and ½st.".encode(),
    "a wrong byte in a notebook's picture": _OUTPUT.encode("utf-8", "surrogateescape"),
    "a control character after an element that goes": _MOVED_TAIL.format("\x01").encode(),
    "the same as a reference": _MOVED_TAIL.format("&#1;&#x1b;[31m&#xFFFE;&#55296;").encode(),
    "a noncharacter": _MOVED_TAIL.format("\ufffe").encode(),
}
"""Input on which exporter failed once."""


@pytest.mark.parametrize("seed", range(5))
def test_damaged_input_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    for name, data in islice(make_mutants(seed), MUTANTS_PER_SEED):
        assert find_fault(name, data, tmp_path) is None


def test_the_samples_themselves_are_read(tmp_path: Path) -> None:
    assert [fault for name, data in collect_samples().items() if (fault := find_fault(name, data, tmp_path))] == []


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_read(name: str, tmp_path: Path) -> None:
    assert find_fault(name, FOUND[name], tmp_path) is None


LONG_RUNS = {
    "capitals": "A" * 60_000,
    "a heading's spaces": "# Fog" + " " * 60_000 + "x\n\nIt came in.",
    "an attribute's name": "{{% a " + "b" * 60_000 + " %}}\n\nIt came in.",
    "letters in an old encoding": "caf\xe9 " + "a" * 200_000,
    "document types": "<!DOCTYPEa[a] " * 4_000 + "<p>It came in.",
    "closing tags": "# Fog\n\n<p>a</p>" + "</" * 60_000,
    "spaces of a caption": "<article><p>It came in.</p><figure><img src=a.png alt=Fog><figcaption>Fog"
    + "&nbsp;" * 6_000
    + "x</figcaption></figure></article>",
    "signs of an address": f'<meta name=author content="{"@" * 200_000}"><article><h1>Fog</h1><p>It came in.</article>',
    "open brackets of a formula": "# Fog\n\n$$\n" + "[" * 60_000 + "\n$$\n\n\\[" + "[" * 150 + "\\]",
    "half of a style sheet": "fog {" + "a:" * 60 + "\n\nIt came in.",
    "empty lines of a listing": "<article><h1>Fog</h1><p>It came in.</p><pre>" + "\n" * 60_000 + "a</pre></article>",
}
"""Runs on which a pattern once took time by the square of their length: minutes, or hours."""


@pytest.mark.parametrize("name", LONG_RUNS)
def test_long_runs_cost_no_square_of_their_length(name: str, tmp_path: Path) -> None:
    encoding = "latin-1" if "encoding" in name else "utf-8"
    assert find_fault(name, LONG_RUNS[name].encode(encoding), tmp_path, max_seconds=20) is None
