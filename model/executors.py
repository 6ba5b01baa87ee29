"""Where batches are executed: in this process, in a pool of processes, or on a Dask cluster."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from model.ensemble import Batch, BatchRunner, Executor, Outcome
from model.errors import UsageError
from model.processes import pool_of


@dataclass(frozen=True)
class InProcess:
    """One after the other, here."""

    def run(self, runner: BatchRunner, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Outcomes in the order of the design."""
        return map(runner, batches)


@dataclass(frozen=True)
class ProcessPool:
    """Worker processes started afresh (spawn), the same on Windows and Linux."""

    workers: int

    def run(self, runner: BatchRunner, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Outcomes as they finish; only a few batches wait at a time, so memory does not grow with the design.

        Raises
        ------
        UsageError : a worker was killed from outside.
        """
        pool = pool_of(self.workers, _keep, runner)
        try:
            queue, pending = list(reversed(batches)), set[Future[Outcome]]()
            while queue or pending:
                while queue and len(pending) < 2 * self.workers:
                    pending.add(pool.submit(_run_batch, queue.pop()))
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool:
            message = "a worker process was killed, maybe for want of memory; finished batches are kept"
            raise UsageError(f"{message}: repeat the command with fewer --workers") from None
        finally:
            pool.shutdown(cancel_futures=True)


PATIENCE = 2.0
"""Seconds that a scheduler has to answer, once for the port and once for the greeting."""
LONGEST_GREETING = 1 << 20
"""Bytes."""
AHEAD = 4
"""Batches handed to the cluster ahead of each thread: results wait on the workers, so their memory is bounded."""


@dataclass(frozen=True)
class DaskCluster:
    """A running Dask scheduler, by a client that is connected to it."""

    client: Any

    @classmethod
    def at(cls, address: str) -> DaskCluster:
        """Connect to a scheduler.

        Raises
        ------
        UsageError : the optional package ``distributed`` is missing, or nobody answers at the address.
        """
        _knock(address)
        try:
            from distributed import Client  # noqa: PLC0415 - optional extra
        except ImportError:
            raise UsageError("--scheduler needs the package 'distributed'; install the extra 'cluster'") from None
        try:
            return cls(Client(address, timeout=PATIENCE))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            raise _no_answer(address, error) from None

    def run(self, runner: BatchRunner, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Outcomes as they finish; a batch whose worker dies is run by another.

        The runner travels with each batch: it is small, and data scattered to workers dies with them.

        Raises
        ------
        UsageError : a batch took several workers with it, or all connection to the scheduler is lost.
        """
        from distributed import CancelledError, KilledWorker, as_completed  # noqa: PLC0415 - optional extra

        queue = list(reversed(batches))
        ahead = AHEAD * max(1, sum(self.client.nthreads().values()))
        first = [self._submit(runner, queue.pop()) for _ in range(min(ahead, len(queue)))]
        running = as_completed(first)  # type: ignore[no-untyped-call]
        try:
            for future in running:
                yield future.result()
                future.release()
                if queue:
                    running.add(self._submit(runner, queue.pop()))  # type: ignore[no-untyped-call]
        except (KilledWorker, CancelledError, OSError) as error:
            message = "--scheduler: the cluster lost a batch, maybe for want of memory; finished batches are kept"
            raise UsageError(f"{message}: repeat the command ({error})") from None
        finally:
            self.client.close()

    def _submit(self, runner: BatchRunner, batch: Batch) -> Any:  # noqa: ANN401 - distributed ships no types
        return self.client.submit(_apply, runner, batch, pure=False)


def _knock(address: str) -> None:
    """Wait for the greeting of a scheduler, so that a wrong address is told at once.

    The client itself would try again and again, wait for a mute port, and take what a web server says for a length.
    """
    place = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        if place.scheme in {"tcp", "tls"}:
            with socket.create_connection((place.hostname or "", place.port or 8786), PATIENCE) as door:
                # A scheduler speaks first: eight bytes say how long its greeting is. Under TLS the caller does.
                if place.scheme == "tcp" and int.from_bytes(door.recv(8), "little") not in range(1, LONGEST_GREETING):
                    raise _no_answer(address, ValueError("something else does"))
    except (OSError, ValueError) as error:
        raise _no_answer(address, error) from None


def _no_answer(address: str, error: Exception) -> UsageError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return UsageError(f"--scheduler {address}: no Dask scheduler answers there ({reason})")


def executor_for(workers: int, scheduler: str | None) -> Executor:
    """A cluster when its scheduler is named, else a pool of processes, or this process when one worker is asked for."""
    if scheduler:
        return DaskCluster.at(scheduler)
    return ProcessPool(workers) if workers > 1 else InProcess()


def _apply(runner: BatchRunner, batch: Batch) -> Outcome:
    """Call the runner where the batch landed."""
    return runner(batch)


_worker: dict[str, BatchRunner] = {}


def _keep(runner: BatchRunner) -> None:
    """Keep the runner for all batches of this worker."""
    _worker["runner"] = runner


def _run_batch(batch: Batch) -> Outcome:
    """Run a batch with the worker's runner."""
    return _worker["runner"](batch)
