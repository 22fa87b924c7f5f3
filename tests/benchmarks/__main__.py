"""Measure every ratio that is a target and print them as a table; exits 1 where a target is missed."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Ratio, empty, in_turn, run

PYTHON = sys.executable
EXPORTER = Path(PYTHON).with_name("exporter")
MAX_GROWTH = 8.0
"""How many times as long a line four times as long may take."""

ESPEAK = ("--engine", "system")  # as the floor that these are compared with
CHECKOUT = Path(__file__).parents[2]
ONE_CORE = ("taskset", "-c", "0")
FLOOR = Path(__file__).with_name("floor.py")
WORDS = "the river rose in the night and nobody knew how far it would go before the bridge was closed".split()


def article() -> Path:
    """The user's own page where it is present, else the example of the same form."""
    seeds = sorted((CHECKOUT.parent / "shared" / "seed").glob("*.txt"))
    return seeds[0] if seeds else CHECKOUT / "examples" / "harbour-bridge.txt"


def start_up(_: Path) -> Iterator[Ratio]:
    """`--help` against a process that imports Typer and Rich's console alone."""
    ours, theirs = in_turn((EXPORTER, "--help"), (PYTHON, "-c", "import typer, rich.console"), 11)
    yield Ratio("--help / import of Typer and Rich", ours / theirs, 1.5, f"{ours:.3f} s / {theirs:.3f} s")


def book(folder: Path) -> Iterator[Ratio]:
    """The article as an EPUB against pandoc on the same input."""
    import pypandoc  # noqa: PLC0415

    pandoc = (pypandoc.get_pandoc_path(), "-f", "markdown", "--metadata", "title=x", article(), "-o", folder / "p.epub")
    ours, theirs = in_turn((EXPORTER, "epub", article(), "-o", folder / "o.epub"), pandoc, 11)
    yield Ratio("EPUB / pandoc", ours / theirs, 1.5, f"{ours:.3f} s / {theirs:.3f} s")


def episode(folder: Path) -> Iterator[Ratio]:
    """The article as an MP3 against the floor (raw eSpeak NG and LAME on one thread), cold and warm."""
    cache = folder / "cache"
    os.environ["EXPORTER_CACHE_FOLDER"] = str(cache)
    command = (EXPORTER, "audio", article(), *ESPEAK, "-o", folder / "o.mp3")
    floor = (PYTHON, FLOOR, article(), folder / "f.mp3")
    for name, full, target in (("", command, 1.0), (", --jobs 1", (*command, "--jobs", "1"), 1.3)):
        ours, theirs = in_turn(full, floor, 5, before=lambda: empty(cache) and None)
        yield Ratio(f"MP3, cold cache{name} / floor", ours / theirs, target, f"{ours:.3f} s / {theirs:.3f} s")
    cold = run(command).wall
    warm, _ = in_turn(command, (PYTHON, "-c", ""), 5)
    yield Ratio("MP3, warm / cold", warm / cold, 0.8, f"{warm:.3f} s / {cold:.3f} s")


def batch(folder: Path) -> Iterator[Ratio]:
    """Forty articles on two cores against one core.

    Each has its own words: what one article has said, the cache would give the next. One core is one core: a run with
    one job may well use more, as its engine speaks while it works.
    """
    sources = _write_copies(folder / "copies", 40)
    out, cache = folder / "out", folder / "cache"
    os.environ["EXPORTER_CACHE_FOLDER"] = str(cache)

    def clean() -> None:
        empty(out)
        empty(cache)

    command = (EXPORTER, "batch", sources, "--to", "epub,script,audio", *ESPEAK, "-o", out, "--jobs")
    two, one = in_turn((*command, "2"), (*ONE_CORE, *command, "1"), 1, before=clean)
    yield Ratio("batch of 40, two cores / one", one / two, 1.8, f"{two:.2f} s / {one:.2f} s", least=True)


def _write_copies(folder: Path, count: int) -> Path:
    """Fill a folder with copies of the article, each with its words in an order of its own."""
    text = article().read_text(encoding="utf-8")
    title = text.partition("\n")[0].rpartition(" | ")[0]
    empty(folder)
    for number in range(count):
        own = "\n".join(_shuffled(line, random.Random(number)) for line in text.split("\n"))
        (folder / f"{number:02}.txt").write_text(own.replace(title, f"{title} {number}"), encoding="utf-8")
    return folder


def _shuffled(line: str, chance: random.Random) -> str:
    """The words of a paragraph in another order; lines of the page around the article stay as they are."""
    words = line.split()
    if len(line) > 120:
        chance.shuffle(words)
    return " ".join(words)


def sound(folder: Path) -> Iterator[Ratio]:
    """An episode of 20,000 words: two cores against one, and after an edit of one paragraph."""
    cache, path = folder / "cache", folder / "sound.md"
    os.environ["EXPORTER_CACHE_FOLDER"] = str(cache)
    text = _long(20_000)
    path.write_text(text, encoding="utf-8")
    command = (EXPORTER, "audio", path, *ESPEAK, "-o", folder / "s.mp3", "--jobs")
    two, one = in_turn((*command, "2"), (*ONE_CORE, *command, "1"), 1, before=lambda: empty(cache) and None)
    yield Ratio("MP3 of 20,000 words, two cores / one", one / two, 1.6, f"{two:.2f} s / {one:.2f} s", least=True)
    path.write_text(text.replace(" in 1995.", " in 1996.", 1), encoding="utf-8")
    edited = run((*command, "2")).wall
    yield Ratio("MP3 after an edit / cold", edited / two, 0.1, f"{edited:.2f} s / {two:.2f} s")


def natural(folder: Path) -> Iterator[Ratio]:
    """An episode in the natural voice, against hibari alone, and hibari and LAME, both on one thread.

    In seconds of processor on one core for 4,000 words, and on the clock on two for the article; then a batch.
    """
    cache, path, script = folder / "cache", folder / "natural.md", folder / "natural.json"
    os.environ["EXPORTER_CACHE_FOLDER"] = str(cache)
    path.write_text(_long(4_000), encoding="utf-8")
    run((EXPORTER, "script", path, "--format", "json", "-o", script))
    floor = (*ONE_CORE, PYTHON, "-m", "tests.benchmarks.natural_floor", script)
    command = (EXPORTER, "audio", "--engine", "natural", "-o", folder / "natural.mp3")
    ours = run((*ONE_CORE, *command, path, "--jobs", "1")).cpu
    for name, bare in (("hibari", floor), ("hibari and LAME", (*floor, folder / "floor.mp3"))):
        theirs = run(bare).cpu
        yield Ratio(f"MP3, natural voice / {name}", ours / theirs, 1.15, f"{ours:.2f} s / {theirs:.2f} s of CPU")
    run((EXPORTER, "script", article(), "--format", "json", "-o", script, "--overwrite"))
    seed = (*command, article(), "--overwrite", "--jobs", "2")
    two, one = in_turn(seed, (*floor, folder / "floor.mp3"), 3, before=lambda: empty(cache) and None)
    yield Ratio("MP3, natural voice, two cores / floor", two / one, 1.3, f"{two:.2f} s / {one:.2f} s")
    sources = _write_copies(folder / "natural", 12)
    batch_command = (EXPORTER, "batch", sources, "--to", "audio", "--force", "-o", folder / "natural-out", "--jobs")
    two, one = in_turn((*batch_command, "2"), (*ONE_CORE, *batch_command, "1"), 1, before=lambda: empty(cache) and None)
    yield Ratio("natural batch of 12, two cores / one", one / two, 1.85, f"{two:.2f} s / {one:.2f} s", least=True)


def _long(words: int) -> str:
    chance = random.Random(1)
    paragraphs = (" ".join(chance.choices(WORDS, k=50)).capitalize() + " in 1995." for _ in range(words // 50))
    return "# Long\n\n" + "\n\n".join(paragraphs) + "\n"


def length(folder: Path) -> Iterator[Ratio]:
    """A hundred thousand words against ten thousand: time, and memory."""
    paths = []
    for words in (10_000, 100_000):
        path = folder / f"{words}.md"
        path.write_text(_long(words), encoding="utf-8")
        paths.append(path)
    for kind, suffix in (("epub", "epub"), ("script", "txt")):
        few, many = ([run((EXPORTER, kind, path, "-o", folder / f"l.{suffix}")) for _ in range(3)] for path in paths)
        short, long = min(r.wall for r in few), min(r.wall for r in many)
        yield Ratio(f"{kind}: 100,000 words / 10,000", long / short, 12, f"{long:.2f} s / {short:.2f} s")
        peak = max(r.peak for r in many)
        yield Ratio(f"{kind}: memory at 100,000 words, MB", peak, 400, f"{peak:.0f} MB")


def rules(_: Path) -> Iterator[Ratio]:
    """Every unit that a rule of any language reads, 500 and 2,000 times in one line; and every pattern of the program.

    Four times the time is linear.
    """
    from exporter.normalize.normalizers import load_normalizer  # noqa: PLC0415
    from tests.benchmarks.patterns import find_patterns, find_slow_unit  # noqa: PLC0415
    from tests.normalize.sweep import find_units  # noqa: PLC0415

    def measure_seconds(language: str, text: str) -> float:
        start = time.process_time()
        load_normalizer(language)(text)
        return time.process_time() - start

    worst, name = 0.0, ""
    for language, rule, unit in find_units(per_rule=20):
        measure_seconds(language, unit)  # compiles the patterns
        few, many = (min(measure_seconds(language, unit * count) for _ in range(2)) for count in (500, 2_000))
        worst, name = max((worst, name), (many / few, f"{language} {rule}: {unit}"))
    yield Ratio("a unit 2,000 times / 500 times, worst rule", worst, 8, name)
    for pattern_name, used in find_patterns().items():
        unit, ratio, seconds = find_slow_unit(used)
        if ratio > MAX_GROWTH:
            yield Ratio(f"a line four times as long, {pattern_name}", ratio, MAX_GROWTH, f"{unit!r} {seconds:.2f} s")


def fuzz(folder: Path) -> Iterator[Ratio]:
    """Damaged samples for an hour, or for the seconds that FUZZ_SECONDS states; a seed that is new each time."""
    from tests.hostile.fuzzing import find_fault, make_mutants  # noqa: PLC0415

    seed = int(os.environ.get("FUZZ_SEED") or random.SystemRandom().randrange(1 << 32))
    end = time.monotonic() + float(os.environ.get("FUZZ_SECONDS") or 3_600)
    faults: set[str] = set()
    count = 0
    for name, data in make_mutants(seed):
        if time.monotonic() > end:
            break
        count += 1
        fault = find_fault(name, data, folder, max_seconds=20)
        if fault and fault.what not in faults:
            faults.add(fault.what)
            kept = Path(tempfile.gettempdir(), f"exporter-fuzz-{seed}-{count}")
            kept.write_bytes(data)
            print(f"{name}: {fault.what}: {kept}", flush=True)
    yield Ratio("faults in damaged samples", len(faults), 0, f"{count} samples, seed {seed}")


def kills(folder: Path) -> Iterator[Ratio]:
    """Two hundred kills at random moments, each followed by a rerun that must give what an undisturbed run gives."""
    from tests.hostile.kills import kill_and_rerun, run_undisturbed, write_sources  # noqa: PLC0415

    sources = write_sources(folder / "sources", articles=6, paragraphs=4)
    for kind in ("batch", "audio"):
        reference = run_undisturbed(kind, sources, folder / kind)
        wrong = []
        for seed in range(100):
            work = folder / f"{kind}-{seed}"
            wrong += filter(None, (kill_and_rerun(kind, sources, work, reference, seed),))
            shutil.rmtree(work, ignore_errors=True)
        yield Ratio(f"reruns of {kind} that differ, of 100", len(wrong), 0, "; ".join(wrong[:3]))


def publishing(folder: Path) -> Iterator[Ratio]:
    """A folder of 10,000 works: published, published with one more; and a rerun of a batch of as many sources."""
    from tests.benchmarks.shelves import add_one, fill_folder  # noqa: PLC0415

    shelf = folder / "shelf"
    fill_folder(shelf, 10_000)
    command = (EXPORTER, "publish", shelf, "--url", "https://me.example/", "--quiet")
    whole = run(command)
    yield Ratio("10,000 works published, s of CPU", whole.cpu, 5, f"{whole.wall:.2f} s on the clock")
    yield Ratio("10,000 works published, MB", whole.peak, 300, f"{whole.peak:.0f} MB")
    add_one(shelf, 10_000)
    more = run(command)
    yield Ratio("one more of 10,000, s of CPU", more.cpu, 1, f"{more.wall:.2f} s on the clock")
    sources = empty(folder / "many")
    for number in range(10_000):
        (sources / f"{number}.md").write_text(f"# Page {number}\n\nIt turned in 1995.\n", encoding="utf-8")
    batch_command = (EXPORTER, "batch", sources, "--to", "script", "-o", folder / "scripts", "--quiet")
    run(batch_command)
    again = run(batch_command)
    yield Ratio("10,000 sources up to date, s of CPU", again.cpu, 5, f"{again.wall:.2f} s on the clock")
    yield Ratio("10,000 sources up to date, MB", again.peak, 300, f"{again.peak:.0f} MB")


def archive(folder: Path) -> Iterator[Ratio]:
    """A batch of one new source into a folder whose manifest has a million entries."""
    from tests.benchmarks.shelves import fill_manifest  # noqa: PLC0415

    out, source = folder / "archive", folder / "new.md"
    fill_manifest(out, 1_000_000)
    source.write_text("# New\n\nIt turned in 1995.\n", encoding="utf-8")
    started = run((EXPORTER, "batch", source, "--to", "script", "-o", out, "--quiet"))
    yield Ratio("a batch into 1,000,000 entries, s of CPU", started.cpu, 5, f"{started.wall:.2f} s on the clock")
    yield Ratio("a batch into 1,000,000 entries, MB", started.peak, 500, f"{started.peak:.0f} MB")


def cluster(folder: Path) -> Iterator[Ratio]:
    """Two Dask workers against two local jobs on the same two cores, in turn: books and scripts, then episodes.

    The files of the first must be equal, byte by byte.
    """
    from tests.benchmarks.cluster import clock, equal_files, start_cluster, write_articles  # noqa: PLC0415

    os.environ["EXPORTER_CACHE_FOLDER"] = str(folder / "cache")
    small, long = write_articles(folder / "small", 1000, 120), write_articles(folder / "long", 40, 300)
    on_dask, here = folder / "dask-out", folder / "local-out"

    def clean() -> None:
        for used in (on_dask, here, folder / "cache"):
            empty(used)

    with start_cluster(folder) as scheduler:
        for sources, formats, rounds in ((small, "epub,script", 3), (long, "audio", 3)):
            command = (EXPORTER, "batch", sources, "--to", formats, "--language", "en", *ESPEAK, "--jobs", "2", "-o")
            pair = ((*command, on_dask, "--on", f"dask:{scheduler}"), (*command, here))
            ours, theirs = in_turn(*pair, rounds, before=clean, clock=clock)
            name = f"{formats} on Dask / local"
            yield Ratio(name, ours / theirs, 1.1, f"{ours:.2f} s / {theirs:.2f} s")
            if formats != "audio":
                clean()
                for side in pair:
                    clock(side)
                yield Ratio("files that are equal", equal_files(on_dask, here), 1, "byte by byte", least=True)


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts = {
        part.__name__: part
        for part in (
            start_up,
            book,
            episode,
            batch,
            sound,
            natural,
            length,
            rules,
            publishing,
            archive,
            cluster,
            fuzz,
            kills,
        )
    }
    chosen = sys.argv[1:] or list(parts)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            for ratio in parts[name](Path(folder)):
                missed += not ratio.reached
                sign = ">=" if ratio.least else "<="
                word = "reached" if ratio.reached else "MISSED"
                print(
                    f"{ratio.name:42} {ratio.value:8.2f} {sign} {ratio.target:<5} {word:8} {ratio.detail}", flush=True
                )
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
