"""Runs on a real Dask cluster: a scheduler and two workers as processes of their own, on the loopback address."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["project", "--members", "2", "--scale", "1000", "--to", "2021", "--scenarios", "baseline", "plan", "--quiet"]


def environment() -> dict[str, str]:
    """The environment of a user who brought a Python of their own, with the project on the workers' path."""
    return os.environ | {"YINZHOU_ENV": "own", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.fixture
def cluster() -> Iterator[str]:
    """Address of a scheduler with two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    common = {"env": environment(), "cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nworkers", "1", "--nthreads", "1"]
    processes = [
        subprocess.Popen([*scheduler, "--no-dashboard"], **common),  # type: ignore[call-overload]
        *(subprocess.Popen([*worker, "--no-dashboard"], **common) for _ in range(2)),  # type: ignore[call-overload]
    ]
    yield address
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        process.wait(30)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `run.py` to its end."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment(), timeout=240.0, check=False
    )


def test_a_cluster_gives_the_same_bytes_as_one_process(cluster: str, tmp_path: Path) -> None:
    """The results of a study run by two Dask workers equal those of a study run in one process."""
    there = run(*WORDS, "--scheduler", cluster, "--studies-dir", str(tmp_path / "there"), "--study", "s")
    assert there.returncode == 0, there.stderr
    here = run(*WORDS, "--workers", "1", "--studies-dir", str(tmp_path / "here"), "--study", "s")
    assert here.returncode == 0, here.stderr
    for path in sorted((tmp_path / "here" / "s" / "results").iterdir()):
        assert path.read_bytes() == (tmp_path / "there" / "s" / "results" / path.name).read_bytes()


def test_nobody_at_the_address_is_a_clear_error(tmp_path: Path) -> None:
    """A scheduler that does not answer ends with 1 and names the address."""
    done = run(*WORDS, "--scheduler", "tcp://127.0.0.1:9", "--studies-dir", str(tmp_path))
    assert done.returncode == 1
    assert "--scheduler tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
