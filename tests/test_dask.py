"""A batch on a Dask cluster: a scheduler and two workers on this machine, which are killed, and lose nothing.

What happens in the middle of a run is made certain by a plug-in: a source that begins with GATE is not read before
there is a file called ``gate``, and one that begins with POISON kills the Dask worker that has it built.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exporter.batches.parts import Part, PartSource
from exporter.config import BookSettings, Config, NarrationSettings
from exporter.document import Document
from exporter.errors import UsageError
from exporter.manifest.manifest import read_manifest
from tests.benchmarks.cluster import WORDS
from tests.conftest import CHECKOUT
from tests.test_shards import write_archive

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'exporter[dask]'")

from exporter.runners import carried_files, dask, dask_worker  # noqa: E402  only with Dask

PATIENCE_SECONDS = 300.0
"""How long what must happen is waited for, also on a machine that is very busy."""

PLUGIN = """
import os, signal, time
from pathlib import Path
from exporter.article import Article, Metadata, Paragraph, Text
from exporter.readers import Read

def recognises(document):
    return document.data.startswith((b"GATE", b"POISON"))

def read(document, settings):
    if document.data.startswith(b"POISON"):
        os.kill(os.getppid(), signal.SIGKILL)
        os._exit(1)
    if not Path("gate").exists():
        Path("held.new").write_text(f"{os.getppid()} {os.getpid()}")
        Path("held.new").rename("held")
    while not Path("gate").exists():
        time.sleep(0.02)
    return Read(Article(Metadata(title="Gate"), (Paragraph((Text("It opened."),)),)))
"""


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Security:
    """A certificate authority, and one certificate that it gave to the scheduler, the workers and the driver.

    The `environment` names them to Dask, as its own configuration does.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        paths = {name: str(folder / f"{name}.pem") for name in ("authority", "cert", "key")}
        certificates = {"authority": (authority, True), "cert": (key, False)}
        for name, (owner, is_authority) in certificates.items():
            certificate = make_certificate(owner, authority, is_authority)
            Path(paths[name]).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        Path(paths["key"]).write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
        pair = {"cert": paths["cert"], "key": paths["key"]}
        tls = {"ca-file": paths["authority"], "scheduler": pair, "worker": pair, "client": pair}
        settings = {"distributed": {"comm": {"require-encryption": True, "tls": tls}}}
        (folder / "dask.yaml").write_bytes(msgspec.json.encode(settings))  # which is YAML, too
        self.environment = {"DASK_CONFIG": str(folder / "dask.yaml")}
        self.keys = distributed.Security(
            tls_ca_file=paths["authority"],
            tls_client_cert=paths["cert"],
            tls_client_key=paths["key"],
            require_encryption=True,
        )


def make_certificate(
    owner: ec.EllipticCurvePrivateKey, issuer: ec.EllipticCurvePrivateKey, is_authority: bool
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("authority", "cluster")]
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        issuer_name=names[0],
        subject_name=names[0 if is_authority else 1],
        public_key=owner.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(days=1),
        not_valid_after=now + timedelta(days=1),
    )
    constraints = x509.BasicConstraints(ca=is_authority, path_length=None)
    return builder.add_extension(constraints, critical=True).sign(issuer, hashes.SHA256())


class Cluster:
    """A scheduler and its workers, each with its nanny, which replaces a worker that ended."""

    def __init__(self, folder: Path, security: Security | None = None) -> None:
        self.folder = folder
        self.security = security
        self.file = folder / "scheduler.json"
        site = folder / "site"
        (site / "gate-1.0.dist-info").mkdir(parents=True)
        (site / "gate-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: gate\nVersion: 1.0\n")
        (site / "gate-1.0.dist-info" / "entry_points.txt").write_text("[exporter.readers]\ngate = gate_plugin\n")
        (site / "gate_plugin.py").write_text(PLUGIN)
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(site), str(CHECKOUT))),
            "EXPORTER_CACHE_FOLDER": str(folder / "cache"),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            **(security.environment if security else {}),
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start(0)

    def start(self, port: int) -> None:
        self.file.unlink(missing_ok=True)
        protocol = ("--protocol", "tls" if self.security else "tcp")
        self.scheduler = self._run("scheduler", "--port", str(port), "--scheduler-file", str(self.file), *protocol)
        wait_until(lambda: bool(self._read_address()))
        self.address = self._read_address()
        self.workers += [self._run("worker", self.address, "--nthreads", "1") for _ in range(2)]
        with self.join() as client:
            client.wait_for_workers(2, timeout=PATIENCE_SECONDS)

    def join(self) -> Any:
        security = self.security and self.security.keys
        return distributed.Client(self.address, security=security, set_as_default=False, timeout=PATIENCE_SECONDS)

    def restart(self) -> None:
        """Kill the scheduler, and start it again under its old address; its workers end with it."""
        self.scheduler.kill()
        self.scheduler.wait()
        self.start(int(self.address.rpartition(":")[2]))

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            process.wait(PATIENCE_SECONDS)

    def _read_address(self) -> str:
        """Read the address in the scheduler's file; empty while it is not there, or not whole."""
        with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
            return str(msgspec.json.decode(self.file.read_bytes())["address"])
        return ""

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        quiet = ("--host", "127.0.0.1", "--no-dashboard")
        local = ("--local-directory", str(self.folder / "dask")) if arguments[0] == "worker" else ()
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, *quiet, *local],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def batch(self, folder: Path, *arguments: str, where: str = "") -> subprocess.Popen[str]:
        """Start a batch of the folder's sources, and of others, in its folder."""
        on = ("--on", where or f"dask:{self.file}")
        return subprocess.Popen(
            [sys.executable, "-m", "exporter", "batch", "in", *arguments, *on, "--jobs", "2"],
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if not Path("/proc/self/cwd").exists():
        pytest.skip("these tests look at processes as Linux shows them")
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with eighteen sources."""
    (tmp_path / "in").mkdir()
    for word in WORDS:
        (tmp_path / "in" / f"{word}.md").write_text(f"# The {word}\n\nThe {word} grew in 1995.\n\nIt grew.\n")
    return tmp_path


def finish(process: subprocess.Popen[str]) -> tuple[int, list[str], str]:
    out, errors = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, out.splitlines(), errors


def list_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name[0] != "."}


def wait_for_gate(folder: Path) -> tuple[int, int]:
    """Wait until a worker holds the gate's source; returns the numbers of the Dask worker and of its child."""
    wait_until((folder / "held").exists)
    worker, child = (folder / "held").read_text().split()
    return int(worker), int(child)


def assert_nothing_is_left(folder: Path) -> None:
    assert [path.name for path in (folder / "out").rglob("*.part")] == []


def test_a_cluster_writes_what_one_machine_writes_and_keeps_it(cluster: Cluster, folder: Path) -> None:
    (folder / "in" / "empty.md").touch()
    (folder / "terms.toml").write_text('alder = "ALL-der"\n')
    options = ("-o", "out", "--to", "epub,script", "--lexicon", "terms.toml")
    code, lines, errors = finish(cluster.batch(folder, *options))
    assert (code, len(set(lines))) == (1, 36), errors
    assert "in/empty.md" in errors
    assert "Traceback" not in errors
    assert_nothing_is_left(folder)
    there = list_files(folder / "out")
    (folder / "out").rename(folder / "there")
    here_code, here_lines, here_errors = finish(cluster.batch(folder, *options, where="local"))
    assert (here_code, sorted(here_lines)) == (code, sorted(lines))
    assert errors == here_errors
    assert list_files(folder / "out") == there

    (folder / "out").rename(folder / "here")
    (folder / "there").rename(folder / "out")
    identities = [(entry.label, entry.id, entry.added) for entry in read_manifest(folder / "out")]
    for where in ("", "local"):
        _, lines, _ = finish(cluster.batch(folder, *options, "--json", "--quiet", where=where))
        kept = [row["kept"] for row in msgspec.json.decode(lines[0])["outcomes"] if not row["error"]]
        assert kept == [True] * 18
    assert [(entry.label, entry.id, entry.added) for entry in read_manifest(folder / "out")] == identities


def test_a_large_web_archive_spreads_over_the_workers(cluster: Cluster, folder: Path) -> None:
    pages = {word: f"<title>{word}</title><article><h1>{word}</h1><p>The {word} fell.</p></article>" for word in WORDS}
    size = write_archive(folder / "crawl", pages)
    arguments = ("crawl", "--to", "script", "--set", f"input.largest={size - 1}")
    code, paths, errors = finish(cluster.batch(folder, *arguments, "-o", "out"))
    assert (code, len(paths)) == (0, 36), errors
    code, again, _ = finish(cluster.batch(folder, *arguments, "-o", "out", "--json"))
    assert (code, "".join(again).count('"kept":true')) == (0, 36)
    assert finish(cluster.batch(folder, *arguments, "-o", "here", where="local"))[0] == 0
    assert list_files(folder / "out") == list_files(folder / "here")


def test_equal_titles_get_names_of_their_own(cluster: Cluster, folder: Path) -> None:
    for path in (folder / "in").iterdir():
        path.write_text(f"# Weekly notes\n\nThe {path.stem} grew.\n")
    code, lines, errors = finish(cluster.batch(folder, "-o", "out", "--to", "script"))
    assert (code, len(set(lines))) == (0, 18), errors
    texts = list_files(folder / "out").values()
    assert all(sum(f"The {word} grew".encode() in text for text in texts) == 1 for word in WORDS)


def test_a_worker_that_is_killed_loses_and_doubles_nothing(cluster: Cluster, folder: Path) -> None:
    (folder / "gate.odd").write_text("GATE\n")
    process = cluster.batch(folder, "gate.odd", "-o", "out", "--to", "script")
    worker, _ = wait_for_gate(folder)
    os.kill(worker, signal.SIGKILL)
    (folder / "gate").touch()
    code, lines, errors = finish(process)
    assert (code, len(lines), len(set(lines))) == (0, 19, 19), errors
    assert errors == ""
    assert len(list_files(folder / "out")) == len(list(read_manifest(folder / "out"))) == 19


def test_ctrl_c_ends_all_at_once(cluster: Cluster, folder: Path) -> None:
    (folder / "gate.odd").write_text("GATE\n")
    process = cluster.batch(folder, "gate.odd", "-o", "out", "--to", "script")
    worker, child = wait_for_gate(folder)
    process.send_signal(signal.SIGINT)
    code, _, errors = finish(process)
    assert code == 130
    assert "Traceback" not in errors
    wait_until(lambda: not lives(child))
    assert lives(worker)
    assert_nothing_is_left(folder)


def test_a_source_that_kills_its_workers_is_found_and_named(cluster: Cluster, folder: Path) -> None:
    (folder / "poison.odd").write_text("POISON\n")
    (folder / "more").mkdir()
    for word in WORDS[:5]:
        (folder / "in" / f"{word}.md").rename(folder / "more" / f"{word}.md")
    code, lines, errors = finish(cluster.batch(folder, "poison.odd", "more", "-o", "out", "--to", "script"))
    assert (code, len(lines), len(set(lines))) == (1, 18, 18), errors
    assert "'poison.odd': WorkerLost: it ended one worker of the cluster after the other" in errors
    assert "1 failed:" in errors


def test_a_scheduler_that_comes_back_gets_what_was_out(cluster: Cluster, folder: Path) -> None:
    (folder / "gate.odd").write_text("GATE\n")
    process = cluster.batch(folder, "gate.odd", "-o", "out", "--to", "script")
    wait_for_gate(folder)
    cluster.restart()
    (folder / "gate").touch()
    code, lines, errors = finish(process)
    assert (code, len(lines), len(set(lines))) == (0, 19, 19), errors
    assert errors == ""
    assert len(list_files(folder / "out")) == len(list(read_manifest(folder / "out"))) == 19


def test_a_worker_that_does_not_see_the_folder_is_named_before_anything_is_written(
    cluster: Cluster, folder: Path
) -> None:
    # What /proc/self/cwd is depends on who looks: the workers have another working folder.
    code, lines, errors = finish(cluster.batch(folder, "-o", "/proc/self/cwd/out", "--to", "script"))
    assert (code, lines) == (2, [])
    first, second = errors.splitlines()
    assert first.startswith("running on Dask: 'tcp://")
    assert first.endswith("Mismatch: it does not see the output folder /proc/self/cwd/out")
    assert second.startswith("Give all machines the same version")
    assert not (folder / "out").exists()


def test_the_doctor_lists_the_workers(cluster: Cluster, folder: Path) -> None:
    command = [sys.executable, "-m", "exporter", "doctor", "--on", f"dask:{cluster.file}", "-o"]
    for output, good in (("out", True), ("/proc/self/cwd/out", False)):
        done = subprocess.run(
            [*command, output, "--json"], cwd=folder, env=cluster.environment, capture_output=True, check=False
        )
        findings = msgspec.json.decode(done.stdout)["findings"]
        workers = [finding for finding in findings if finding["part"].startswith("worker tcp://")]
        assert [worker["good"] for worker in workers] == [good, good]
        assert all(("GB free" if good else "it does not see the output folder") in worker["text"] for worker in workers)
    assert not (folder / "out").exists()


def test_a_cluster_under_tls_knows_its_own_alone(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> None:
    security = Security(tmp_path_factory.mktemp("tls") / "own")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), security)
    try:
        assert cluster.address.startswith("tls://")
        where = f"dask:{cluster.address}"
        code, paths, errors = finish(cluster.batch(folder, "--to", "script", "-o", "out", where=where))
        assert (code, len(paths), errors) == (0, 18, "")
        stranger = Security(tmp_path_factory.mktemp("tls") / "other")
        for environment in ({}, stranger.environment):
            cluster.environment = {**cluster.environment, "DASK_CONFIG": "", **environment}
            code, paths, errors = finish(cluster.batch(folder, "--to", "script", "-o", "other", where=where))
            assert (code, paths) == (UsageError.exit_code, [])
            assert f"'{cluster.address}': NoScheduler: " in errors
            assert len(errors.splitlines()) == 2
            assert not (folder / "other").exists()
    finally:
        cluster.stop()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("dask", "'dask': NoAddress: "),
        ("dask:/nowhere/scheduler.json", "'/nowhere/scheduler.json': NoScheduler: "),
        ("dask:in/alder.md", "'in/alder.md': NoScheduler: "),
        ("dusk://127.0.0.1:8786", "'dusk': UnknownName: "),
        ("local:4", "'local:4': BadValue: "),
    ],
)
def test_where_nothing_can_run_is_an_error_of_two_lines(folder: Path, where: str, words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASK_")}
    done = subprocess.run(
        [sys.executable, "-m", "exporter", "batch", "in", "--to", "script", "-o", "out", "--on", where],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr.splitlines()[0]
    assert len(done.stderr.splitlines()) == 2
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (("2.0", True, True), ""),
        (("1.9", True, True), "it has exporter 1.9, here is 2.0"),
        (("2.0", False, True), "it does not see the working folder /work"),
        (("2.0", True, False), "it does not see the output folder out"),
    ],
)
def test_a_worker_fits_by_its_version_and_its_folders(state: tuple[str, bool, bool], words: str) -> None:
    version, *sees = state
    worker = dask_worker.WorkerState(version, "3.11", "2026.8", *sees, 0)
    assert dask_worker.explain_mismatch(worker, "2.0", "/work", "out") == words


def test_files_of_settings_are_carried_under_their_own_names(tmp_path: Path) -> None:
    names = [tmp_path / "a" / "terms.toml", tmp_path / "b" / "terms.toml", tmp_path / "own.css"]
    for number, path in enumerate(names):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(f"{number}".encode())
    config = Config(
        book=BookSettings(style=str(names[2]), title=str(names[2])),
        narration=NarrationSettings(lexicon=(str(names[0]), str(names[1])), template="newsroom"),
    )
    files = carried_files.pack_files(config)
    for path in names:
        path.unlink()
    there = carried_files.unpack_files(config, files, tmp_path)
    places = [Path(place) for place in (*there.narration.lexicon, there.book.style)]
    assert [place.read_bytes() for place in places] == [b"0", b"1", b"2"]
    assert [place.name for place in places] == ["terms.toml", "terms.toml", "own.css"]
    assert (there.book.title, there.narration.template) == (str(names[2]), "newsroom")


def test_a_part_of_large_documents_is_divided() -> None:
    sizes = (3_000_000, 3_000_000, 9_000_000, 1, 2)
    sources = [PartSource(place, "", "", Document("", b"x" * size)) for place, size in enumerate(sizes)]
    parts = list(dask.split_part(Part((*sources, PartSource(5, "a.md", "a.md")))))
    assert [[source.place for source in part.sources] for part in parts] == [[0, 1], [2], [3, 4, 5]]


def test_worker_processes_do_not_inherit_what_the_nanny_sets_for_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # as Dask sets it
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "0")  # as somebody wants it
    dask_worker._forget_nanny()
    assert "OMP_NUM_THREADS" not in os.environ
    assert os.environ["MALLOC_TRIM_THRESHOLD_"] == "0"
