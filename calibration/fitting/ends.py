"""Runs in which one value stands at an end of its prior and all else is as drawn, and what turns between the ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from calibration.fitting.conclusions import ALL, FALSE_SHARE, HALF, LABELS, chance, discovery_rate, final_values, labels
from calibration.fitting.conclusions import student as student_t
from calibration.inputs import Input
from model.points import Points
from model.statistics import paired_chances
from model.targets import Target
from model.wiring import Answer

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]
Scalar = TypeVar("Scalar", np.float64, np.bool_)

LOW, HIGH = ENDS = (0.05, 0.95)
"""Quantiles of the prior at which a value is set."""
LUCK = 2.0
"""Standard deviations of a difference of two scenarios that one member's luck may make."""


@dataclass(frozen=True)
class EndDesign:
    """Some members as drawn, and some of these again with each value in turn at either end of its prior."""

    items: tuple[Input, ...]
    first: int
    """Index of the first member: two designs whose members do not meet share no luck."""
    n_drawn: int
    n_ends: int
    """Of the members as drawn, how many run the ends: 1 to ``n_drawn``."""

    def points(self) -> Points:
        """Points that set one value each, or none."""
        rows = np.full((self.n_drawn + 2 * len(self.items) * self.n_ends, len(self.items)), np.nan)
        lucks = [self.first + np.arange(self.n_drawn)]
        for column in range(len(self.items)):
            for side, quantile in enumerate(ENDS):
                rows[self.at(side)[column], column] = quantile
                lucks.append(self.first + np.arange(self.n_ends))
        return Points.partly([item.name for item in self.items], rows, tuple(map(int, np.concatenate(lucks))))

    def at(self, side: int) -> IntArray:
        """(n_items, n_ends) members whose value stands at an end: 0 the lower, 1 the upper."""
        first = self.n_drawn + (2 * np.arange(len(self.items)) + side) * self.n_ends
        return np.asarray(first[:, None] + np.arange(self.n_ends)[None, :], np.intp)


@dataclass(frozen=True)
class EndRuns:
    """What the runs of a design left of each target's indicator."""

    design: EndDesign
    targets: tuple[Target, ...]
    final: Mapping[str, FloatArray]
    """By scenario: (n_targets, n_members), not a number where a run failed."""

    @classmethod
    def of(cls, study: Answer, design: EndDesign, targets: Sequence[Target]) -> EndRuns:
        """Read a complete study of the design."""
        values = {}
        for scenario in (each.scenario_id for each in study.definition.scenarios):
            table = np.full((len(targets), design.points().n_members), np.nan)
            table[:, study.finished_members(scenario)] = [final_values(study, scenario, t) for t in targets]
            values[scenario] = table
        return cls(design, tuple(targets), values)

    def sides(self, column: NDArray[Scalar]) -> tuple[NDArray[Scalar], NDArray[Scalar], NDArray[Scalar]]:
        """As drawn, low and high: (n_ends,), (n_items, n_ends) twice, of a column over members."""
        return column[: self.design.n_ends], column[self.design.at(0)], column[self.design.at(1)]

    def differences(self) -> Iterator[tuple[str, str, int, FloatArray]]:
        """Pairs of scenarios and targets, with the difference of the indicator member by member."""
        for one, other in combinations(self.final, 2):
            for place in range(len(self.targets)):
                yield one, other, place, self.final[one][place] - self.final[other][place]


def reach_table(runs: EndRuns, keep: int) -> pd.DataFrame:
    """Rank values by how much of the way to a turn one end goes.

    Returns
    -------
    One row a value: ``reach`` is the largest share of the distance, from where members as drawn stand to where a
    conclusion turns, that the mean shift to one end covers; above 1 it passes. A chance turns where the median of an
    indicator passes its target, an order where the mean difference of two scenarios passes zero by twice its spread
    among members, for less may be the luck of the few that are run; an order that does not stand clear of zero (95 %)
    as drawn is none. ``of``, ``first``, ``second`` and ``target`` say which conclusion, ``at`` which end. ``kept``:
    among the ``keep`` furthest that move anything.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    ways: list[tuple[FloatArray, dict[str, str]]] = []
    for scenario, table in runs.final.items():
        for target, column in zip(runs.targets, table, strict=True):
            distance = float(np.nanmedian(column[: runs.design.n_drawn])) - target.value
            told = {"of": "chance", "first": scenario, "second": "", "target": target.target_id}
            ways.append((_reach(runs, column, distance), told))
    for first, second, place, column in runs.differences():
        mean, error = _mean_error(column[: runs.design.n_drawn])
        if abs(mean) > error:
            told = {"of": "order", "first": first, "second": second, "target": runs.targets[place].target_id}
            spread = float(np.nanstd(column[: runs.design.n_drawn], ddof=1))
            ways.append((_reach(runs, column, mean + np.copysign(LUCK * spread, mean)), told))
    reach = np.array([way for way, _ in ways])  # (n_conclusions, n_items, 2)
    rows = []
    for column, item in enumerate(runs.design.items):
        conclusion, side = np.unravel_index(int(reach[:, column].argmax()), reach[:, column].shape)
        largest = float(reach[conclusion, column, side])
        rows.append({**labels(item), "reach": largest, **ways[conclusion][1], "at": ENDS[side]})
    found = pd.DataFrame(rows).sort_values(["reach", "input"], ascending=[False, True], kind="stable")
    found["kept"] = (np.arange(len(found)) < keep) & (found["reach"] > 0.0)
    return found.reset_index(drop=True)


def _reach(runs: EndRuns, column: FloatArray, distance: float) -> FloatArray:
    """(n_items, 2) share of a distance that the mean shift to either end goes back; 0 where no run finished."""
    drawn, *ends = runs.sides(column)
    finished = [np.isfinite(end - drawn) for end in ends]
    total = [np.where(ok, end - drawn, 0.0).sum(axis=1) for ok, end in zip(finished, ends, strict=True)]
    shift = np.stack([each / np.maximum(ok.sum(axis=1), 1) for each, ok in zip(total, finished, strict=True)], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(shift == 0.0, 0.0, -shift / distance), np.float64)


def end_chances(runs: EndRuns) -> pd.DataFrame:
    """Chance of each target, and of all together, with a value at the lower and the upper end, members the same.

    Returns
    -------
    ``low`` and ``high`` with 95 % Wilson intervals; ``change`` of high less low with its paired 95 % interval (Newcombe
    1998, method 10); ``drawn`` the chance of the same members with the value as drawn; ``p_value`` McNemar's exact one,
    ``q_value`` the rate of false discoveries at which the change would count over all rows, however they depend on each
    other. ``beyond_noise``: at most 5 %. ``flips``: that, and the two intervals lie on two sides of one half. Flips
    first, then the largest changes.
    """
    import pandas as pd  # noqa: PLC0415

    table = pd.DataFrame([row for scenario in runs.final for row in _chances(runs, scenario)])
    table["q_value"] = discovery_rate(table["p_value"].to_numpy(np.float64))
    table["beyond_noise"] = table["q_value"] <= FALSE_SHARE
    up = (table["low_to"] < HALF) & (table["high_from"] > HALF)
    down = (table["high_to"] < HALF) & (table["low_from"] > HALF)
    table["flips"] = (up | down) & table["beyond_noise"]
    table["size"] = table["change"].abs()
    keys, falling = ["flips", "size", "input"], [False, False, True]
    return table.sort_values(keys, ascending=falling, kind="stable").drop(columns="size").reset_index(drop=True)


def _chances(runs: EndRuns, scenario: str) -> Iterator[dict[str, object]]:
    """Rows of one scenario."""
    values = runs.final[scenario]
    met = np.array([[t.met_by(v) for v in column] for t, column in zip(runs.targets, values, strict=True)])
    judged = [(t.target_id, t.name_zh, t.name_en, column) for t, column in zip(runs.targets, met, strict=True)]
    if len(judged) > 1:
        judged.append((ALL, "全部目标", "all targets", met.all(axis=0)))
    ran = np.asarray(np.isfinite(values).all(axis=0))
    for target, name_zh, name_en, column in judged:
        drawn, lows, highs = runs.sides(column)
        for place, item in enumerate(runs.design.items):
            ok = ran[: len(drawn)] & ran[runs.design.at(0)[place]] & ran[runs.design.at(1)[place]]
            if ok.any():
                said = {"scenario": scenario, "target": target, "name_zh": name_zh, "name_en": name_en, **labels(item)}
                change = _change(drawn[ok], lows[place][ok], highs[place][ok])
                yield {**said, **_ends_of(item), "members": int(ok.sum()), **change}


def _ends_of(item: Input) -> dict[str, float]:
    """Both ends in the unit of the prior."""
    return {f"{side}_value": item.quantile(u) / item.factor for side, u in zip(("low", "high"), ENDS, strict=True)}


def _change(drawn: BoolArray, low: BoolArray, high: BoolArray) -> dict[str, float]:
    """Chances at both ends and their paired change; every array is (n_members,), whether a member met the target."""
    told = {"drawn": float(drawn.mean())}
    for side, met in (("low", low), ("high", high)):
        told |= dict(zip((side, f"{side}_from", f"{side}_to"), chance(met), strict=True))
    pair = paired_chances(int((high & ~low).sum()), int((low & ~high).sum()), int((low & high).sum()), len(low))
    told |= {"change": pair["difference"], "change_from": pair["low"], "change_to": pair["high"]}
    return told | {"p_value": pair["p_value"]}


def end_orders(runs: EndRuns) -> pd.DataFrame:
    """Mean paired difference of two scenarios in a target's indicator, with a value at either end.

    Returns
    -------
    ``drawn``, ``low`` and ``high`` are means of first less second with half their 95 % interval (Student); ``p_value``
    that of the paired t-test of the change from low to high, ``q_value`` and ``beyond_noise`` as in `end_chances`, over
    all rows here. ``flips``: beyond noise, and both intervals lie clear of zero on two sides.
    """
    import pandas as pd  # noqa: PLC0415

    columns = ["first", "second", "target", "input", *LABELS, "members"]
    columns += [f"{side}{what}" for side in ("drawn", "low", "high") for what in ("", "_error")]
    table = pd.DataFrame(list(_orders(runs)), columns=[*columns, "p_value"])
    table["q_value"] = discovery_rate(table["p_value"].to_numpy(np.float64))
    table["beyond_noise"] = table["q_value"] <= FALSE_SHARE
    clear = (table["low"].abs() > table["low_error"]) & (table["high"].abs() > table["high_error"])
    table["flips"] = clear & (table["low"] * table["high"] < 0.0) & table["beyond_noise"]
    keys, falling = ["flips", "q_value", "input"], [False, True, True]
    return table.sort_values(keys, ascending=falling, kind="stable").reset_index(drop=True)


def _orders(runs: EndRuns) -> Iterator[dict[str, object]]:
    for first, second, place, column in runs.differences():
        drawn, lows, highs = runs.sides(column)
        for at, item in enumerate(runs.design.items):
            ok = np.isfinite(drawn + lows[at] + highs[at])
            if ok.sum() < 2 or (np.ptp(lows[at][ok]) == 0.0 and np.ptp(highs[at][ok]) == 0.0):
                continue  # one member has no spread, and scenarios that agree have no order
            said = {"first": first, "second": second, "target": runs.targets[place].target_id, **labels(item)}
            yield {
                **said,
                "members": int(ok.sum()),
                **_means(drawn[ok], lows[at][ok], highs[at][ok]),
                "p_value": _p_of_mean(highs[at][ok] - lows[at][ok]),
            }


def _means(drawn: FloatArray, low: FloatArray, high: FloatArray) -> dict[str, float]:
    told = {}
    for side, values in (("drawn", drawn), ("low", low), ("high", high)):
        told[side], told[f"{side}_error"] = _mean_error(values)
    return told


def _mean_error(values: FloatArray) -> tuple[float, float]:
    """Mean of what finished, and half of its 95 % interval; infinite for fewer than two."""
    there = values[np.isfinite(values)]
    if len(there) < 2:
        return float(there.mean()) if len(there) else np.nan, np.inf
    return float(there.mean()), float(student_t(len(there)) * there.std(ddof=1) / np.sqrt(len(there)))


def _p_of_mean(change: FloatArray) -> float:
    """Two-sided p-value of Student's test that a mean is zero; 1 where nothing changes, 0 where all change alike."""
    from scipy.stats import t  # noqa: PLC0415 - seconds at start

    error = float(change.std(ddof=1)) / np.sqrt(len(change))
    if error == 0.0:
        return float(not change.any())
    return float(2.0 * t.sf(abs(float(change.mean())) / error, len(change) - 1))
