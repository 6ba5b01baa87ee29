"""What passes between the district and each other place, and how much more than under the policy of 2020."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.results import RunResult
from outputs.intervals import mean_interval
from outputs.page.emulated import Figure

FloatArray = NDArray[np.float64]
FLOWS = ("talents", "firms", "capital")
DISTRICT = 0
"""Row of the district among the places, as in `model.base.Base.places`."""


@dataclass(frozen=True)
class Exchange:
    """One kind of flow between the district and another place, summed from 2021 to the last year."""

    place: str
    into: Figure
    """Mean, and 5 to 95 % over members."""
    out: Figure
    more_in: Figure
    """Beyond the policy of 2020, member by member under the same luck: mean with its 95 % interval."""
    more_out: Figure


@dataclass(frozen=True)
class Flows:
    """One kind of flow in all directions."""

    mean: FloatArray
    """(n_places, n_places) origin by destination, summed from 2021 to the last year."""
    low: FloatArray
    high: FloatArray
    """5 and 95 % over members."""
    exchanges: tuple[Exchange, ...]
    """With each other place."""
    more_net: Figure
    """Of the district, from all places together, beyond the policy of 2020."""


def flows_of(runs: Sequence[RunResult], usual: Sequence[RunResult], kind: str) -> Flows:
    """Add up one kind of flow over members; both sequences hold the same members in the same order."""
    sums, before = (np.stack([run.flows[kind].sum(axis=0) for run in each]) for each in (runs, usual))
    more = sums - before
    low, high = np.quantile(sums, [0.05, 0.95], axis=0)
    others = [place for place in range(len(runs[0].places)) if place != DISTRICT]
    exchanges = tuple(
        Exchange(
            runs[0].places[place],
            _spread(sums[:, place, DISTRICT]),
            _spread(sums[:, DISTRICT, place]),
            _mean(more[:, place, DISTRICT]),
            _mean(more[:, DISTRICT, place]),
        )
        for place in others
    )
    net = more[:, others, DISTRICT].sum(axis=1) - more[:, DISTRICT, others].sum(axis=1)
    return Flows(sums.mean(axis=0), np.asarray(low), np.asarray(high), exchanges, _mean(net))


def _spread(values: FloatArray) -> Figure:
    low, high = np.quantile(values, [0.05, 0.95])
    return Figure(float(values.mean()), 0.0, float(low), float(high))


def _mean(values: FloatArray) -> Figure:
    return Figure(float(values.mean()), 0.0, *mean_interval(values))


__all__ = ["DISTRICT", "FLOWS", "Exchange", "Flows", "flows_of"]
