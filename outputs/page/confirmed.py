"""What true runs of a setting say: chances, bands, cost, rationing, flows; and two settings member by member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR, quarter_of
from model.results import RunResult
from model.targets import Target
from outputs.intervals import band, mean_interval, wilson
from outputs.page.emulated import BILLION, Figure
from outputs.page.exchange import FLOWS, Flows, flows_of
from outputs.page.runs import Job

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Confirmed:
    """Numbers of the members that were run so far, paired with the policy of 2020 under the same luck."""

    members: tuple[int, ...]
    wanted: int
    n_failed: int
    met: NDArray[np.bool_]
    """(n_targets + 1, n_members): each target, and all at once last."""
    chances: tuple[Figure, ...]
    """Shares of members with Wilson's 95 % bounds."""
    values: FloatArray
    """(n_targets, n_members) in the year of the target, or the last that was run."""
    bands: tuple[tuple[dict[str, float], ...], ...]
    """By target and year from 2020: mean and quantiles."""
    added: FloatArray
    """(n_members,) cost beyond the policy of 2020 to the last year, bn yuan, all payers."""
    by_payer: dict[str, float]
    """Mean of it by payer."""
    rationed: Figure
    """Share of members whose budget did not reach in some quarter."""
    least_paid: tuple[float, ...]
    """By year from 2021: mean share of the planned change that the budget paid."""
    flows: dict[str, Flows]
    """By kind."""
    places: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all members wanted were run."""
        return len(self.members) + self.n_failed >= self.wanted

    @property
    def cost(self) -> Figure:
        """Mean added cost with the 95 % interval of the mean."""
        return Figure(float(self.added.mean()), 0.0, *mean_interval(self.added))

    @property
    def binding(self) -> int | None:
        """Row of the target that most members miss; None where none is missed."""
        missed = (~self.met[:-1]).sum(axis=1)
        return int(missed.argmax()) if missed.max() else None


def confirmed(job: Job, targets: Sequence[Target]) -> Confirmed | None:
    """Work out what the runs of a job say so far; None before the first."""
    if not job.results:
        return None
    members = tuple(sorted(job.results))
    runs = [job.results[member][1] for member in members]
    usual = [job.results[member][0] for member in members]
    columns = [_column(runs, target) for target in targets]
    last = runs[0].values.shape[0] - 1
    values = np.stack(
        [column[:, min(quarter_of(target.year), last)] for column, target in zip(columns, targets, strict=True)]
    )
    each = np.array(
        [[target.met_by(value) for value in row] for row, target in zip(values, targets, strict=True)], bool
    )
    met = np.vstack([each, each.all(axis=0)])
    costs = np.stack([run.costs.sum(axis=1) for run in runs]) - np.stack([run.costs.sum(axis=1) for run in usual])
    ration = np.stack([run.ration[1:] for run in runs])
    return Confirmed(
        members=members,
        wanted=job.members,
        n_failed=len(job.failed),
        met=met,
        chances=tuple(_share(row) for row in met),
        values=values,
        bands=tuple(tuple(band(column[:, q]) for q in range(0, last + 1, QUARTERS_PER_YEAR)) for column in columns),
        added=costs.sum(axis=(1, 2)) / BILLION,
        by_payer=dict(zip(runs[0].payers, (costs.sum(axis=1).mean(axis=0) / BILLION).tolist(), strict=True)),
        rationed=_share(np.asarray((ration < 1.0).any(axis=1))),
        least_paid=tuple(float(ration[:, q : q + QUARTERS_PER_YEAR].mean()) for q in range(0, last, QUARTERS_PER_YEAR)),
        flows={kind: flows_of(runs, usual, kind) for kind in FLOWS if kind in runs[0].flows},
        places=runs[0].places,
    )


@dataclass(frozen=True)
class Difference:
    """One setting less another, member by member under the same luck: mean with its 95 % interval."""

    chances: tuple[Figure, ...]
    values: tuple[Figure, ...]
    cost: Figure
    members: int


def difference(one: Confirmed, other: Confirmed) -> Difference | None:
    """The first setting less the second, on members that both have; None with fewer than two."""
    shared = sorted(set(one.members) & set(other.members))
    if len(shared) < 2:
        return None
    mine, yours = ([each.members.index(member) for member in shared] for each in (one, other))
    met = one.met[:, mine].astype(float) - other.met[:, yours].astype(float)
    values = one.values[:, mine] - other.values[:, yours]
    return Difference(
        tuple(_mean(row) for row in met),
        tuple(_mean(row) for row in values),
        _mean(one.added[mine] - other.added[yours]),
        len(shared),
    )


def usual_bands(rows: FloatArray) -> tuple[dict[str, float], ...]:
    """Bands by year from (n_members, n_quarters + 1)."""
    return tuple(band(rows[:, quarter]) for quarter in range(0, rows.shape[1], QUARTERS_PER_YEAR))


def years_of(bands: Sequence[dict[str, float]]) -> list[int]:
    """Years that bands stand for."""
    return list(range(BASE_YEAR, BASE_YEAR + len(bands)))


def _column(runs: Sequence[RunResult], target: Target) -> FloatArray:
    """(n_members, n_quarters + 1) of the indicator that a target is about."""
    place = runs[0].columns.index((target.indicator, target.definition))
    return np.stack([run.values[:, place] for run in runs])


def _share(hits: NDArray[np.bool_]) -> Figure:
    return Figure(float(hits.mean()), 0.0, *wilson(int(hits.sum()), hits.size))


def _mean(values: FloatArray) -> Figure:
    return Figure(float(values.mean()), 0.0, *mean_interval(values))


__all__ = [
    "Confirmed",
    "Difference",
    "confirmed",
    "difference",
    "usual_bands",
    "years_of",
]
