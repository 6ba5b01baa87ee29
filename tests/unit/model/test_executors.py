"""Where batches are executed: here, in processes, and what is said when they are killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import psutil
import pytest

from model.ensemble import Batch, BatchRunner, Outcome
from model.errors import UsageError
from model.executors import DaskCluster, InProcess, ProcessPool, executor_for

BATCHES = [Batch((member,), ("plan",)) for member in range(5)]


class Echo:
    """A runner that leaves nothing but the batch."""

    def __call__(self, batch: Batch) -> Outcome:
        """Give back the batch."""
        return Outcome(batch, (), ())


class Killed(Echo):
    """A runner whose process dies with the third batch."""

    def __call__(self, batch: Batch) -> Outcome:
        """Give back the batch, or die."""
        if batch.members == (2,):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(batch)


def test_workers_and_scheduler_choose_the_executor() -> None:
    """One worker means this process, more mean a pool."""
    assert executor_for(1, None) == InProcess()
    assert executor_for(3, None) == ProcessPool(3)


@pytest.mark.parametrize("executor", [InProcess(), ProcessPool(2)])
def test_every_batch_comes_back_once(executor: InProcess | ProcessPool) -> None:
    """Whatever the order, each batch of the design gives one outcome."""
    outcomes = list(executor.run(cast("BatchRunner", Echo()), BATCHES))
    assert sorted(outcome.batch.members for outcome in outcomes) == [batch.members for batch in BATCHES]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_worker_is_one_clear_error() -> None:
    """A process of the pool that is killed ends the run with a sentence on what to do, after the batches before it."""
    with pytest.raises(UsageError, match=r"a worker process was killed.*fewer --workers"):
        list(ProcessPool(1).run(cast("BatchRunner", Killed()), BATCHES))


ORPHAN = """
import os, sys, time
from pathlib import Path
from model.ensemble import Batch
from model.executors import ProcessPool

class Slow:
    def __call__(self, batch):
        Path(sys.argv[1]).write_text(str(os.getpid()))
        time.sleep(60.0)

if __name__ == "__main__":
    list(ProcessPool(1).run(Slow(), [Batch((0,), ("plan",))]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_workers_end_with_the_command_that_is_killed(tmp_path: Path) -> None:
    """Killed outright, in the middle of a batch, a run leaves no worker behind that holds its memory."""
    script, note = tmp_path / "orphan.py", tmp_path / "pid"
    script.write_text(ORPHAN, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    parent = subprocess.Popen([sys.executable, str(script), str(note)], env=environment)
    wait_until(lambda: note.exists() and bool(note.read_text("utf-8")))
    worker = psutil.Process(int(note.read_text("utf-8")))
    parent.kill()
    parent.wait()
    wait_until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def wait_until(true: Callable[[], bool], seconds: float = 40.0) -> None:
    """Assert that it comes true in time, looking again and again."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_port_that_nobody_listens_on_is_told() -> None:
    """A scheduler's address without a scheduler is an error that names it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(UsageError, match=f"--scheduler tcp://127.0.0.1:{port}: no Dask scheduler answers there"):
        DaskCluster.at(f"tcp://127.0.0.1:{port}")


@pytest.mark.parametrize("address", ["nonsense://x", "tcp://h:99x", "tls://127.0.0.1:1"])
def test_an_address_that_cannot_be_one_is_told(address: str) -> None:
    """A scheme or a port that does not exist is the same one error."""
    with pytest.raises(UsageError, match="no Dask scheduler answers there"):
        DaskCluster.at(address)
