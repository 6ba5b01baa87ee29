"""What a later start costs: chances and gains by start year, and the last one that keeps enough of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.delays import Delays, Starter
from model.policy import BASE_YEAR
from model.targets import Target
from outputs.effects import UNTOUCHED, effect
from outputs.intervals import fieller, paired_chances, wilson
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

FloatArray = NDArray[np.float64]
ALL = "all"
"""Every headline target together, each under the definition that the scenario reports first."""
BELOW, NEEDLESS, DATED = "below_at_once", "kept_without", "dated"
"""What can be said of a deadline by chance: it is too low with no delay, or kept even without, or there is one."""
LATE_COLUMNS = (
    "starter",
    "family",
    "target",
    "definition",
    "reported_first",
    "unit",
    "relation",
    "target_value",
    "year",
    "delay",
    "start_year",
    "scenario",
    "members",
    "chance",
    "chance_low",
    "chance_high",
    "difference",
    "difference_low",
    "difference_high",
    "p_value",
    "gain",
    "gain_low",
    "gain_high",
    "sign",
    "kept",
    "kept_low",
    "kept_high",
)


class Asked(NamedTuple):
    """What is to be kept: a chance of each target, or a share of what the lever or family adds."""

    threshold: float
    keep: float


class _Runs(NamedTuple):
    """Values of one target, or whether all are met, by scenario: (n_members,) beside the members that finished."""

    final: dict[str, FloatArray]
    members: dict[str, list[int]]
    target: Target | None

    def of(self, *scenarios: str) -> list[FloatArray]:
        """Values of the members that all these scenarios finished, in their order."""
        both = set.intersection(*(set(self.members[name]) for name in scenarios))
        return [self.final[name][np.isin(np.asarray(self.members[name], np.intp), sorted(both))] for name in scenarios]

    def met(self, values: FloatArray) -> NDArray[np.bool_]:
        """Which of them meet the target."""
        if self.target is None:
            return values > 0.0
        return np.array([self.target.met_by(float(value)) for value in values], np.bool_)


def late_table(study: Study, delays: Delays) -> pd.DataFrame:
    """What each start of each lever or family leads to.

    Parameters
    ----------
    study : complete, of the paths of ``delays``.

    Returns
    -------
    One row per starter, target, definition and start; ``delay`` in years, empty for never. ``chance`` with its Wilson
    interval, its paired difference to the start that the scenario names (Newcombe, McNemar); ``gain`` over never in
    the target's year with the interval of its mean (Student), and ``kept``, the share of the gain of the scenario's own
    start (Fieller): empty where that gain is not surely above zero. Target ``all`` has chances alone.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows: list[dict[str, Any]] = []
    whole = delays.whole.scenario_id
    members = {entry.scenario_id: study.finished_members(entry.scenario_id) for entry in study.definition.scenarios}
    joint: dict[str, list[NDArray[np.bool_]]] = {}
    for target in study.definition.headline:
        year = study.definition.year_of(target)
        for definition in study.definition.definitions_of(target.indicator):
            values = yearly(study, target.indicator, definition)
            final = {name: of[:, year - BASE_YEAR] for name, of in values.items()}
            # A path of which every run failed has nobody.
            runs = _Runs({name: final.get(name, np.empty(0)) for name in members}, members, target)
            first = definition == study.definition.reported_definition(whole, target)
            for name, column in runs.final.items() if first else ():
                joint.setdefault(name, []).append(runs.met(column))
            labels = {"target": target.target_id, "definition": definition, "reported_first": first}
            labels |= {"unit": target.unit, "relation": target.relation, "target_value": target.value, "year": year}
            rows += [labels | row for row in _rows(delays, runs)]
    together = {name: np.logical_and.reduce(met).astype(np.float64) for name, met in joint.items()}
    labels = {"target": ALL, "definition": "", "reported_first": True, "year": study.definition.goal_year}
    rows += [labels | row for row in _rows(delays, _Runs(together, members, None))]
    return pd.DataFrame(rows, columns=list(LATE_COLUMNS))


def _rows(delays: Delays, runs: _Runs) -> list[dict[str, Any]]:
    """Every start of every starter."""
    whole, rows = delays.whole.scenario_id, []
    for starter in delays.starters:
        mine = [late for late in delays.late if late.starter_id == starter.starter_id]
        never = mine[-1].scenario_id
        for late in mine:
            labels: dict[str, Any] = {"starter": starter.starter_id, "family": starter.family}
            labels |= {
                "scenario": late.scenario_id,
                "delay": _number(late.delay),
                "start_year": _number(late.start_year),
            }
            gains = _gain(runs, late.scenario_id, whole, never) if runs.target else {}
            rows.append(labels | _chance(runs, late.scenario_id, whole) | gains)
    return rows


def _number(value: int | None) -> float:
    return math.nan if value is None else float(value)


def _chance(runs: _Runs, late: str, whole: str) -> dict[str, Any]:
    """Chance under a start, and its difference to the scenario's own."""
    alone = runs.met(runs.final[late])
    low, high = wilson(int(alone.sum()), len(alone))
    mine, usual = (runs.met(values) for values in runs.of(late, whole))
    counts = (int(np.sum(mine & ~usual)), int(np.sum(usual & ~mine)), int(np.sum(mine & usual)))
    paired = paired_chances(*counts, len(mine))
    return {
        "members": len(alone),
        "chance": float(alone.mean()) if len(alone) else math.nan,
        "chance_low": low,
        "chance_high": high,
        "difference": paired["difference"],
        "difference_low": paired["low"],
        "difference_high": paired["high"],
        "p_value": paired["p_value"],
    }


def _gain(runs: _Runs, late: str, whole: str, never: str) -> dict[str, Any]:
    """Gain of a start over never, and the share of the scenario's own that it keeps."""
    mine, usual, without = runs.of(late, whole, never)
    found, (kept, low, high) = effect(mine - without), fieller(mine - without, usual - without)
    gains = {"gain": found["mean"], "gain_low": found["mean_low"], "gain_high": found["mean_high"]}
    return {**gains, "sign": found["sign"], "kept": kept, "kept_low": low, "kept_high": high}


def shown_delays(late: pd.DataFrame) -> list[int]:
    """Delays in years whose runs differ from those of never for some lever or family."""
    never = late[late["delay"].isna()].groupby("starter", sort=False)["scenario"].first()
    differing = late[late["delay"].notna() & (late["scenario"] != late["starter"].map(never))]
    return sorted({int(delay) for delay in differing["delay"]})


def last_table(delays: Delays, late: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """The last start of each lever or family that keeps enough.

    Parameters
    ----------
    late : of `late_table`.
    asked : what is enough.

    Returns
    -------
    One row per starter and target under the definition reported first. ``by_chance`` is ``dated`` where the chance is
    enough as planned and no more without, and ``last_start_by_chance`` then the last start year up to which it stays
    enough; ``below_at_once`` and ``kept_without`` else. ``last_start_by_gain`` is the last start year that keeps the
    share of the gain, empty where there is no sure gain. ``_sure`` and ``_possible`` are the same by the lower and by
    the upper bound of the 95 % intervals; each may be later where it is ``last_run``, the latest start that was run.
    ``decided_on`` is the year before the last start by chance, where there is
    one, else by gain: what stands at its end is all that can be known when it begins.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    reported = late[late["reported_first"].astype(bool)]
    for (starter_id, target), group in reported.groupby(["starter", "target"], sort=False):
        (starter,) = (one for one in delays.starters if one.starter_id == starter_id)
        rows.append({"target": target, **_last(starter, group.to_dict("records"), asked)})
    return pd.DataFrame(rows)


def _last(starter: Starter, starts: Sequence[Any], asked: Asked) -> dict[str, Any]:
    planned, never, dated = starts[0], starts[-1], starts[:-1]
    lowest = min(starts, key=lambda row: float(row["chance"]))
    kind = BELOW if planned["chance"] < asked.threshold else DATED
    kind = NEEDLESS if kind == DATED and lowest["chance"] >= asked.threshold else kind
    bounds = {"": "", "_sure": "_low", "_possible": "_high"}
    chances = {end: [row[f"chance{bound}"] >= asked.threshold for row in dated] for end, bound in bounds.items()}
    kept = {end: [row[f"kept{bound}"] >= asked.keep for row in dated] for end, bound in bounds.items()}
    by_chance = {
        f"last_start_by_chance{end}": _year(starter, flags) if kind == DATED else math.nan
        for end, flags in chances.items()
    }
    by_gain = {f"last_start_by_gain{end}": _year(starter, flags) for end, flags in kept.items()}
    last = by_chance["last_start_by_chance"] if kind == DATED else by_gain["last_start_by_gain"]
    return {
        "starter": starter.starter_id,
        "family": starter.family,
        "planned_start": starter.start_year,
        "threshold": asked.threshold,
        "chance": planned["chance"],
        "chance_low": planned["chance_low"],
        "chance_high": planned["chance_high"],
        "chance_never": never["chance"],
        "chance_lowest": lowest["chance"],
        "chance_lowest_low": lowest["chance_low"],
        "by_chance": kind,
        **by_chance,
        "keep": asked.keep,
        "gain": planned["gain"],
        "gain_low": planned["gain_low"],
        "gain_high": planned["gain_high"],
        "sign": planned["sign"],
        **by_gain,
        "last_run": float(starter.start_year + len(dated) - 1),
        "decided_on": last - 1.0,
    }


def _year(starter: Starter, enough: Sequence[bool]) -> float:
    """Last start year up to which it is enough without a break; empty where it is not even as planned."""
    n = next((place for place, is_enough in enumerate(enough) if not is_enough), len(enough))
    return float(starter.start_year + n - 1) if n else math.nan


__all__ = ["ALL", "BELOW", "DATED", "NEEDLESS", "UNTOUCHED", "Asked", "last_table", "late_table", "shown_delays"]
