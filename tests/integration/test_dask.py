"""Runs on a real Dask cluster: a scheduler and two workers as processes of their own, on the loopback address."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.calling import do, drawing_one_chart

ROOT = Path(__file__).resolve().parents[2]
PART = "s.shard1of1"
"""Folder of the study `s` where it is run as its only shard, which leaves results alone: drawing takes longest."""
WORDS = ["project", "--members", "2", "--scale", "1000", "--to", "2021", "--scenarios", "baseline", "plan", "--quiet"]


def environment() -> dict[str, str]:
    """The environment of a user who brought a Python of their own, with the project on the workers' path."""
    return os.environ | {"YINZHOU_ENV": "own", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


class Cluster(NamedTuple):
    """A scheduler by its address, and its two workers, each with its nanny in a process group of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A scheduler with two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    common: dict[str, Any] = {
        "env": environment(),
        "cwd": ROOT,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "start_new_session": True,
    }
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nworkers", "1", "--nthreads", "1"]
    head = subprocess.Popen([*scheduler, "--no-dashboard"], **common)
    workers = [subprocess.Popen([*worker, "--no-dashboard"], **common) for _ in range(2)]
    yield Cluster(address, workers)
    for process in (*workers, head):
        process.terminate()
    for process in (*workers, head):
        process.wait(30)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `run.py` to its end."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment(), timeout=240.0, check=False
    )


def same_results(one: Path, other: Path) -> bool:
    """Say whether the result files of two studies have the same bytes."""
    names = sorted(path.name for path in (one / "results").iterdir())
    assert names == sorted(path.name for path in (other / "results").iterdir())
    return all((one / "results" / name).read_bytes() == (other / "results" / name).read_bytes() for name in names)


def test_a_cluster_gives_the_same_bytes_as_one_process(cluster: Cluster, tmp_path: Path) -> None:
    """The results of a study run by two Dask workers equal those of a study run in one process."""
    words = [*WORDS, "--study", "s", "--shard", "1/1"]
    there = run(*words, "--scheduler", cluster.address, "--studies-dir", str(tmp_path / "there"))
    assert there.returncode == 0, there.stderr
    here = run(*words, "--workers", "1", "--studies-dir", str(tmp_path / "here"))
    assert here.returncode == 0, here.stderr
    assert same_results(tmp_path / "here" / PART, tmp_path / "there" / PART)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 of a process group is POSIX")
def test_a_worker_killed_in_the_middle_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """One of two workers is killed while it runs: the other runs what it had, and the results have the same bytes."""
    words = ["project", "--members", "24", *WORDS[3:], "--study", "s", "--shard", "1/1"]
    there = [*words, "--scheduler", cluster.address, "--studies-dir", str(tmp_path / "there")]
    command = [sys.executable, str(ROOT / "run.py"), *there, "--workers", "6"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as study:
        stored = tmp_path / "there" / PART / "batches"
        deadline = time.monotonic() + 120.0
        while time.monotonic() < deadline and study.poll() is None and len(list(stored.glob("*.json"))) < 2:
            time.sleep(0.01)
        before = len(list(stored.glob("*.json")))
        os.killpg(cluster.workers[0].pid, signal.SIGKILL)
        _, said = study.communicate(timeout=240.0)
    assert study.returncode == 0, said.decode()
    assert 2 <= before < 24, "the worker was not killed in the middle"
    here = run(*words, "--workers", "1", "--studies-dir", str(tmp_path / "here"))
    assert here.returncode == 0, here.stderr
    assert same_results(tmp_path / "here" / PART, tmp_path / "there" / PART)


@contextlib.contextmanager
def listener(greeting: bytes) -> Iterator[str]:
    """Address of something that is no scheduler: it says a few bytes to whoever comes, or nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        guests: list[socket.socket] = []

        def greet() -> None:
            with contextlib.suppress(OSError):
                while True:
                    guests.append(server.accept()[0])
                    guests[-1].sendall(greeting)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        for guest in guests:
            guest.close()


@pytest.mark.parametrize("kind", ["nobody", "mute", "web server"])
def test_no_scheduler_at_the_address_is_a_clear_error(tmp_path: Path, kind: str) -> None:
    """A closed port, one that says nothing and a web server: one line that names the address, 1, nothing written."""
    with listener(b"" if kind == "mute" else b"HTTP/1.1 400 Bad Request\r\n\r\n") as there:
        address = "tcp://127.0.0.1:9" if kind == "nobody" else there
        done = run(*WORDS, "--scheduler", address, "--studies-dir", str(tmp_path / "studies"))
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: --scheduler {address}: no Dask scheduler answers there (")
    assert not (tmp_path / "studies").exists()


def test_a_complete_study_is_read_without_its_scheduler(tmp_path: Path) -> None:
    """Where nothing is left to run nobody need answer."""
    words = [*WORDS, "--studies-dir", str(tmp_path), "--study", "s", "--lang", "en"]
    with drawing_one_chart():
        assert do(*words, "--workers", "1").returncode == 0
        done = do(*words, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 0, done.stderr
    assert "All 3 targets" in done.stdout
