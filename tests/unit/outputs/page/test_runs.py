"""True runs of the lever page when something breaks: visitors are told, one pool is opened, or none at the end."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from model.ensemble import Batch, BatchRunner, Outcome
from outputs.page import runs as true_runs
from outputs.page.runs import Stopped, TrueRuns
from scenarios.scenario import load

PLAN, USUAL = load(["plan", "baseline"], 4)


class Pool:
    """Stands in for a pool of processes: its runs end when a test says so."""

    opened: list[Pool]

    def __init__(self, *_: object, **__: object) -> None:
        self.given: list[Future[Outcome]] = []
        self.is_shut = False
        self.opened.append(self)

    def submit(self, _runner: BatchRunner, _batch: Batch) -> Future[Outcome]:
        """Take a run that waits."""
        if self.is_shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self.given.append(Future())
        return self.given[-1]

    def shutdown(self, **_: object) -> None:
        """Take no more."""
        self.is_shut = True

    def fail(self, error: Exception) -> None:
        """End all runs with an error."""
        for future in self.given:
            if not future.done():
                future.set_exception(error)


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[Pool]:
    """Every pool that is opened."""
    monkeypatch.setattr(Pool, "opened", [], raising=False)
    monkeypatch.setattr(true_runs, "pool_of", Pool)
    return Pool.opened


def opened() -> TrueRuns:
    """Two members, two workers."""
    runs = TrueRuns(BatchRunner({}, (USUAL,), 4), 2, 2)
    runs.start()
    return runs


def test_any_error_ends_the_wait_and_is_told_once(pools: list[Pool]) -> None:
    """A job that breaks is over and says why; who waits sees it, and another visitor begins it again."""

    async def work() -> None:
        told: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        runs = opened()
        job = runs.ask("a", lambda: PLAN, "one")
        await asyncio.sleep(0)
        pools[0].fail(ValueError("a defect"))
        assert job.task is not None
        await job.task
        assert (job.is_over, job.broken, job.fault) == (True, Stopped.FAULT, "ValueError: a defect")
        assert [str(context["exception"]) for context in told] == ["a defect"]
        assert runs.ask("a", lambda: PLAN, "one") is job
        assert runs.ask("a", lambda: PLAN, "another") is not job
        assert len(pools) == 1
        await runs.stop()

    asyncio.run(work())


def test_two_jobs_of_a_broken_pool_open_one_new_pool(pools: list[Pool]) -> None:
    """Both say that a worker was killed; the next job runs in the one pool that was opened, and the old one is shut."""

    async def work() -> None:
        runs = opened()
        jobs = [runs.ask(key, lambda: PLAN, key) for key in ("a", "b")]
        await asyncio.sleep(0)
        pools[0].fail(BrokenProcessPool("killed"))
        await asyncio.gather(*(job.task for job in jobs if job.task))
        assert [job.broken for job in jobs] == [Stopped.KILLED] * 2
        assert [pool.is_shut for pool in pools] == [True, False]
        runs.ask("c", lambda: PLAN, "c")
        await asyncio.sleep(0)
        assert len(pools[1].given) == 2
        await runs.stop()

    asyncio.run(work())


def test_a_closed_pool_stays_closed(pools: list[Pool]) -> None:
    """Who asks while the server stops, or after, is told so; no pool is opened."""

    async def work() -> None:
        runs = opened()
        first = runs.ask("a", lambda: PLAN, "one")
        await asyncio.sleep(0)
        stopping = asyncio.create_task(runs.stop())
        await asyncio.sleep(0)
        late = runs.ask("b", lambda: PLAN, "another")
        await stopping
        assert late.task is not None
        await late.task
        assert first.is_stopped
        assert late.broken is Stopped.CLOSING
        assert [pool.is_shut for pool in pools] == [True]

    asyncio.run(work())
