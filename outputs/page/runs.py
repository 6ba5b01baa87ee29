"""True runs in the background: a pool of processes, jobs that several people may wait for, stale ones dropped."""

from __future__ import annotations

import asyncio
import enum
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace

from model.ensemble import Batch, BatchRunner, Outcome
from model.policy import PolicyPath
from model.processes import pool_of
from model.results import RunResult

REFERENCE = "baseline"
_KEPT = 40
"""Confirmed settings kept in memory, some megabytes each; the one asked for longest ago goes first."""


class Stopped(enum.Enum):
    """Why a job ended before its time."""

    KILLED = "killed"
    """A worker process died."""
    CLOSING = "closing"
    """The server stops."""
    FAULT = "fault"
    """Anything else: a defect, which the terminal is told."""


@dataclass(eq=False)
class Job:
    """True runs of one setting, whoever asked for them."""

    key: str
    path: PolicyPath
    members: int
    results: dict[int, tuple[RunResult, RunResult]] = field(default_factory=dict)
    """By member: under the policy of 2020, and under the setting."""
    failed: dict[int, str] = field(default_factory=dict)
    """By member: what went wrong."""
    broken: Stopped | None = None
    """Why no more runs will come."""
    fault: str = ""
    """What went wrong, where it was no member's run."""
    waiting: set[object] = field(default_factory=set)
    """Who wants it; with nobody left it is stopped."""
    task: asyncio.Task[None] | None = None

    @property
    def done(self) -> int:
        """Members that were run, well or not."""
        return len(self.results) + len(self.failed)

    @property
    def is_over(self) -> bool:
        """Whether no more runs will come."""
        return self.broken is not None or self.done >= self.members

    @property
    def is_stopped(self) -> bool:
        """Whether it was given up before its end."""
        return self.task is not None and self.task.cancelled()


class TrueRuns:
    """Runs settings on fresh members; runs under the policy of 2020 are made once and shared."""

    def __init__(self, runner: BatchRunner, members: int, workers: int) -> None:
        """Keep how runs are made; nothing starts before `start`.

        Parameters
        ----------
        runner : of the policy of 2020 alone.
        members : fresh ones, by whom each setting is judged.
        workers : processes.
        """
        self.runner, self.members, self.workers = runner, members, workers
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._usual: dict[int, RunResult] = {}
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Open the pool."""
        self._pool = pool_of(self.workers)

    async def stop(self) -> None:
        """Stop all jobs and close the pool; a run that is on ends first."""
        pool, self._pool = self._pool, None
        tasks = [job.task for job in self._jobs.values() if job.task and not job.task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if pool:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)

    def find(self, key: str) -> Job | None:
        """A job that is at work or over, without asking for it."""
        job = self._jobs.get(key)
        return None if job is None or job.is_stopped else job

    def ask(self, key: str, make: Callable[[], PolicyPath], who: object) -> Job:
        """Begin the runs of a setting, join those of another person, or give those that are there.

        Parameters
        ----------
        key : says the setting.
        make : its path.
        who : asks; it gives up whatever else it waited for. Who waits already is told of a job that broke; for
            anyone else it begins again.
        """
        self.leave(who, but=key)
        job = self.find(key)
        if job is None or (job.broken and who not in job.waiting):
            job = self._jobs[key] = Job(key, make(), self.members)
            job.task = asyncio.create_task(self._work(job))
        self._jobs.move_to_end(key)
        job.waiting.add(who)
        self._forget()
        return job

    def leave(self, who: object, but: str = "") -> None:
        """Give up what a person waited for; runs that nobody waits for any more are stopped."""
        for job in list(self._jobs.values()):
            if job.key != but and who in job.waiting:
                job.waiting.discard(who)
                if not job.waiting and not job.is_over and job.task:
                    job.task.cancel()
                    del self._jobs[job.key]

    def _forget(self) -> None:
        over = [job.key for job in self._jobs.values() if job.is_over and not job.waiting]
        for key in over[: max(len(self._jobs) - _KEPT, 0)]:
            del self._jobs[key]

    async def _work(self, job: Job) -> None:
        """Run member after member, as many at a time as there are workers; a job that breaks says why."""
        pool = self._pool
        if pool is None:
            job.broken = Stopped.CLOSING
            return
        try:
            await self._run_members(job, pool)
        except BrokenProcessPool:
            job.broken = Stopped.KILLED
            if self._pool is pool:  # the first job to notice opens another one, for all; a closed one stays closed
                self.start()
                pool.shutdown(wait=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, visitors wait for an answer
            job.broken, job.fault = Stopped.FAULT, f"{type(error).__name__}: {error}"
            told = {"message": f"true runs of '{job.key}' broke", "exception": error}
            asyncio.get_running_loop().call_exception_handler(told)

    async def _run_members(self, job: Job, pool: ProcessPoolExecutor) -> None:
        queue = iter(range(self.members))
        pending: set[asyncio.Future[Outcome]] = set()
        try:
            while True:
                while len(pending) < self.workers and (member := next(queue, None)) is not None:
                    pending.add(self._submit(job, member, pool))
                if not pending:
                    return
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for future in done:
                    self._take(job, future.result())
        finally:
            for future in pending:
                future.cancel()

    def _submit(self, job: Job, member: int, pool: ProcessPoolExecutor) -> asyncio.Future[Outcome]:
        """One member under the setting, and under the policy of 2020 where that is not known yet."""
        usual = () if member in self._usual else self.runner.paths
        paths = (*usual, job.path)
        runner = replace(self.runner, paths=paths)
        batch = Batch((member,), tuple(path.scenario_id for path in paths))
        return asyncio.wrap_future(pool.submit(runner, batch))

    def _take(self, job: Job, outcome: Outcome) -> None:
        (member,) = outcome.batch.members
        by_id = {result.scenario_id: result for result in outcome.results}
        if usual := by_id.get(REFERENCE):
            self._usual[member] = usual
        if outcome.failures or member not in self._usual:
            job.failed[member] = "; ".join(failure.error for failure in outcome.failures)
        else:
            job.results[member] = (self._usual[member], by_id[job.path.scenario_id])


__all__ = ["REFERENCE", "Job", "Stopped", "TrueRuns"]
