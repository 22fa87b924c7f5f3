"""Input that is damaged by chance, and what the fuzzer found before."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hostile.fuzzing import find_fault, make_mutants
from tests.hostile.samples import collect_samples
from tests.sources.test_containers import MHTML

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
    "a link of a feed whose host is not valid": (
        b"<rss version='2.0'><channel><item><title>Fog</title><link>http://[...]/fog</link></item></channel></rss>"
    ),
    "a wrong byte in a header of a web page archive": MHTML.replace(b"Content-Location: ", b"Content-Location: \xff"),
    "a year of a mail that no machine has": (
        b"From: a@b\nDate: Mon, 3 Feb 99999999999999 08:30:00 +0000\nMIME-Version: 1.0\n\nIt came in.\n"
    ),
    "a year of a feed that no machine has": (
        b"<rss version='2.0'><channel><item><title>Fog</title><pubDate>Mon, 3 Feb 99999999999999 08:30:00 +0000"
        b"</pubDate><description>It came in.</description></item></channel></rss>"
    ),
    "a damaged name in a feed": (
        b"<rss version='2.0'><channel><item><title>Fog</title><description><:p>It came in.</:p><a:>b</a:></description>"
    ),
    "a language that is not a tag": f"<html lang='en{'<div>' * 99}'><article><h1>Fog</h1><p>It came in.".encode(),
    "a language that is a path": f"<article lang='../../{'x' * 999}'><h1>Fog</h1><p lang='../..'>It came in.".encode(),
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


class LongRun(NamedTuple):
    """A unit that is repeated `count` times between two texts."""

    begin: str
    unit: str
    count: int
    end: str = ""

    def write(self, times: int) -> bytes:
        """Return it so many times as long."""
        return (self.begin + self.unit * (times * self.count) + self.end).encode()


HEADING = "<article><h1>Fog</h1><p>It came in.</p>"
LONG_RUNS = {
    "capitals": LongRun("", "A", 10_000),
    "a heading's spaces": LongRun("# Fog", " ", 10_000, "x\n\nIt came in."),
    "an attribute's name": LongRun("{{% a ", "b", 10_000, " %}}\n\nIt came in."),
    "document types": LongRun("", "<!DOCTYPEa[a] ", 400, "<p>It came in."),
    "closing tags": LongRun("# Fog\n\n<p>a</p>", "</", 10_000),
    "spaces of a caption": LongRun(
        f"{HEADING}<figure><img src=a.png alt=Fog><figcaption>Fog", "&nbsp;", 5_000, "x</figcaption></figure></article>"
    ),
    "signs of an address": LongRun('<meta name=author content="', "@", 20_000, f'">{HEADING}</article>'),
    "spaces of a title": LongRun("<title>Fog", " \u00a0", 5_000, f"x</title>{HEADING}</article>"),
    "empty lines of a listing": LongRun(f"{HEADING}<pre>", "\n", 10_000, "a</pre></article>"),
    "tags of a feed's title": LongRun("<rss version='2.0'><channel><item><title>", "&lt;p>", 10_000, "</title></item>"),
    "notes": LongRun(HEADING, "<p>It was<sup><a href=#a>1</a></sup> so.</p>", 150, "<p id=a>1 Said so.</p></article>"),
}
"""Runs on which something once took time by the square of their length: minutes, or hours."""

MAX_GROWTH = 10.0
"""How many times the CPU time a run four times as long may take: 4 if the time is linear, 16 if quadratic."""

SPARE_SECONDS = 0.2
"""Of CPU that a run may take beyond that: clean-up of memory falls into one run or the other."""


@pytest.mark.parametrize("name", LONG_RUNS)
def test_long_runs_cost_no_square_of_their_length(name: str, tmp_path: Path) -> None:
    def measure_seconds(times: int) -> float:
        data = LONG_RUNS[name].write(times)
        start = time.process_time()
        assert find_fault(name, data, tmp_path) is None
        return time.process_time() - start

    measure_seconds(1)  # loads what it needs
    short = measure_seconds(1)
    assert measure_seconds(4) <= MAX_GROWTH * short + SPARE_SECONDS


def test_letters_in_an_old_encoding_cost_no_square_of_their_number(tmp_path: Path) -> None:
    data = b"caf\xe9 " + b"a" * 200_000
    assert find_fault("latin-1", data, tmp_path) is None


EXPONENTIAL = {
    "half of a style sheet": "fog {" + "a:" * 60 + "\n\nIt came in.",
    "open brackets of a formula": "# Fog\n\n$$\n" + "[" * 60_000 + "\n$$\n\n\\[" + "[" * 150 + "\\]",
}
"""Input for which the time once doubled with each sign: no run of it would have ended."""


@pytest.mark.parametrize("name", EXPONENTIAL)
def test_no_sign_doubles_the_time(name: str, tmp_path: Path) -> None:
    assert find_fault(name, EXPONENTIAL[name].encode(), tmp_path) is None
