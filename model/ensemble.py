"""Many members under many scenarios, against two small protocols: where runs are executed and where results go."""

from __future__ import annotations

import functools
import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from model.base import Member
from model.memory import keep_freed_memory
from model.policy import PolicyPath
from model.policy_points import PolicyPoints
from model.results import RunResult
from model.simulate import simulate

MemberSource = Callable[[int], Member]
"""Draws one member; picklable, so that a worker draws its own."""


@dataclass(frozen=True)
class Batch:
    """Members that one worker runs under all scenarios; the base of a member is drawn once for all of them."""

    members: tuple[int, ...]
    scenario_ids: tuple[str, ...]


@dataclass(frozen=True)
class Failure:
    """A run that failed: recorded, while the others go on."""

    scenario_id: str
    member: int
    error: str
    trace: str


@dataclass(frozen=True)
class Outcome:
    """What a batch left."""

    batch: Batch
    results: tuple[RunResult, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class BatchRunner:
    """The work of one batch, picklable."""

    sources: Mapping[tuple[str, ...], MemberSource]
    """By the kinds of uncertainty that are switched off."""
    paths: tuple[PolicyPath, ...]
    n_quarters: int
    check_agents: bool = False
    policies: PolicyPoints | None = None
    """Where each member has levers of its own; a scenario then says the rest."""

    def __call__(self, batch: Batch) -> Outcome:
        """Run every member of the batch under every scenario of it."""
        settle("imported")
        results: list[RunResult] = []
        failures: list[Failure] = []
        for index in batch.members:
            drawn: dict[tuple[str, ...], Member] = {}
            for path in self.paths:
                if path.scenario_id not in batch.scenario_ids:
                    continue
                try:
                    if path.switch_off not in drawn:
                        drawn[path.switch_off] = self.sources[path.switch_off](index)
                    own = self.policies.path_of(path, index) if self.policies else path
                    results.append(
                        simulate(drawn[path.switch_off], own, self.n_quarters, check_agents=self.check_agents)
                    )
                except Exception as error:  # noqa: BLE001 - any failure of one run is recorded, the others go on
                    failures.append(
                        Failure(
                            path.scenario_id,
                            index,
                            f"{type(error).__name__}: {error}",
                            traceback.format_exc(),
                        )
                    )
            settle("compiled")
        return Outcome(batch, tuple(results), tuple(failures))


@functools.cache
def settle(what: Literal["imported", "compiled"]) -> None:  # noqa: ARG001 - the cache tells the two apart by it
    """Take what this process has imported, or compiled in its first runs, out of the collector's sight, once each.

    A collection then looks at what runs made only: it takes 1 ms rather than 100, and still 2 with what is compiled.
    What runs free is kept for the next.
    """
    keep_freed_memory()
    gc.collect()
    gc.freeze()


class Executor(Protocol):
    """Where batches are executed."""

    def run(self, runner: BatchRunner, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Outcomes as they finish, in any order."""
        ...


class Sink(Protocol):
    """Where results go."""

    def write(self, outcome: Outcome) -> None:
        """Store a finished batch at once and safely."""
        ...


def batches(members: Iterable[int], scenario_ids: Sequence[str], size: int) -> list[Batch]:
    """Cut the design into batches of ``size`` members."""
    indices = list(members)
    return [Batch(tuple(indices[first : first + size]), tuple(scenario_ids)) for first in range(0, len(indices), size)]


def run_ensemble(runner: BatchRunner, design: Sequence[Batch], executor: Executor, sink: Sink) -> list[Failure]:
    """Execute a design and store each batch when it finishes; memory does not grow with the number of runs."""
    failures: list[Failure] = []
    for outcome in executor.run(runner, design):
        sink.write(outcome)
        failures.extend(outcome.failures)
    return failures


__all__ = ["Batch", "BatchRunner", "Executor", "Failure", "Outcome", "Sink", "batches", "run_ensemble", "settle"]
