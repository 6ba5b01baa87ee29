"""Where batches are executed: in this process, in a pool of processes, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass

from model.ensemble import Batch, BatchRunner, Executor, Outcome
from model.errors import UsageError


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
        """Outcomes as they finish; only a few batches wait at a time, so memory does not grow with the design."""
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            self.workers, mp_context=context, initializer=_start_worker, initargs=(runner,)
        ) as pool:
            queue, pending = list(reversed(batches)), set[Future[Outcome]]()
            while queue or pending:
                while queue and len(pending) < 2 * self.workers:
                    pending.add(pool.submit(_run_batch, queue.pop()))
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()


@dataclass(frozen=True)
class DaskCluster:
    """A running Dask scheduler, by its address."""

    address: str

    def run(self, runner: BatchRunner, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Outcomes as they finish.

        Raises
        ------
        UsageError : the optional package ``distributed`` is missing, or nobody answers at the address.
        """
        try:
            from distributed import Client, as_completed  # noqa: PLC0415 - optional extra
        except ImportError:
            raise UsageError("--scheduler needs the package 'distributed'; install the extra 'cluster'") from None
        try:
            client = Client(self.address, timeout="10s")  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {self.address}: no Dask scheduler answers there ({error})") from None
        with client:
            shared = client.scatter(runner, broadcast=True, hash=False)  # type: ignore[no-untyped-call]
            futures = [client.submit(_apply, shared, batch, pure=False) for batch in batches]
            for future in as_completed(futures):  # type: ignore[no-untyped-call]
                yield future.result()
                future.release()


def executor_for(workers: int, scheduler: str | None) -> Executor:
    """A cluster when its scheduler is named, else a pool of processes, or this process when one worker is asked for."""
    if scheduler:
        return DaskCluster(scheduler)
    return ProcessPool(workers) if workers > 1 else InProcess()


def _apply(runner: BatchRunner, batch: Batch) -> Outcome:
    """Call the runner where the batch landed."""
    return runner(batch)


_worker: dict[str, BatchRunner] = {}


def _start_worker(runner: BatchRunner) -> None:
    """Keep the runner for all batches of this worker."""
    _worker["runner"] = runner


def _run_batch(batch: Batch) -> Outcome:
    """Run a batch with the worker's runner."""
    return _worker["runner"](batch)
