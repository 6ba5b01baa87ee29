"""Signposts: the threshold of a value on the way that best tells who will meet a target, and how well it tells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outputs.intervals import wilson

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
FEWEST = 2
"""Members that meet the target, and that miss it, without which a half of the members neither finds nor judges."""
FEW = 10
"""Below so many on a side of either half a threshold is a hint: its interval is wide, and says so."""
RESAMPLES = 1000
CHUNK = 100
"""Resamples drawn at once, so that memory stays small with many members."""
NONE_MEET, ALL_MEET, TOO_FEW, NO_CUT = "none_meets", "all_meet", "too_few", "all_alike"
COLUMNS = (
    "why_not",
    "at_least",
    "threshold",
    "threshold_low",
    "threshold_high",
    "youden_found",
    "finders",
    "finders_met",
    "judges",
    "judges_met",
    "on_track",
    "on_track_low",
    "on_track_high",
    "hit_rate",
    "hit_low",
    "hit_high",
    "false_alarm_rate",
    "false_alarm_low",
    "false_alarm_high",
    "chance_on_track",
    "chance_on_low",
    "chance_on_high",
    "chance_off_track",
    "chance_off_low",
    "chance_off_high",
    "tells",
)
"""What `Signpost.row` holds."""


@dataclass(frozen=True)
class Signpost:
    """A threshold found on the members of even number and judged on those of odd number."""

    threshold: float
    low: float
    high: float
    """Its 95 % interval: percentiles of a bootstrap over the members that found it."""
    at_least: bool
    """Whether those on track stand at or above the threshold, or below it."""
    youden: float
    """Of the members that found it, so too good."""
    finders: tuple[int, int]
    """Members that found it, and how many of them meet the target."""
    hits: int
    """Judging members that meet the target and were on track."""
    met: int
    false_alarms: int
    """Judging members that miss the target and yet were on track."""
    missed: int

    @property
    def tells(self) -> bool:
        """Whether the judging members bear it out: the interval of hits lies above that of false alarms."""
        return wilson(self.hits, self.met)[0] > wilson(self.false_alarms, self.missed)[1]

    def row(self) -> dict[str, object]:
        """Columns of a table; every rate with its 95 % Wilson interval, all of them of the judging members."""
        on, judges = self.hits + self.false_alarms, self.met + self.missed
        return {
            "why_not": "",
            "at_least": self.at_least,
            "threshold": self.threshold,
            "threshold_low": self.low,
            "threshold_high": self.high,
            "youden_found": self.youden,
            "finders": self.finders[0],
            "finders_met": self.finders[1],
            "judges": judges,
            "judges_met": self.met,
            **_share(("on_track", "on_track"), on, judges),
            **_share(("hit_rate", "hit"), self.hits, self.met),
            **_share(("false_alarm_rate", "false_alarm"), self.false_alarms, self.missed),
            **_share(("chance_on_track", "chance_on"), self.hits, on),
            **_share(("chance_off_track", "chance_off"), self.met - self.hits, judges - on),
            "tells": self.tells,
        }


def row_of(found: Signpost | str) -> dict[str, object]:
    """Columns of a table, empty but for the reason where there is no threshold."""
    if isinstance(found, Signpost):
        return found.row()
    return dict.fromkeys(COLUMNS, math.nan) | {"why_not": found, "at_least": "", "tells": ""}


def why_none(met: BoolArray, members: Sequence[int]) -> str:
    """Say why no threshold can tell who meets the target; empty where one can be looked for.

    Parameters
    ----------
    met : (n_members,) whether each meets it.
    members : (n_members,) their numbers.
    """
    if not met.any():
        return NONE_MEET
    if met.all():
        return ALL_MEET
    even = np.asarray(members) % 2 == 0
    counts = [np.sum(side & half) for side in (met, ~met) for half in (even, ~even)]
    return TOO_FEW if min(counts) < FEWEST else ""


def signpost(
    values: FloatArray, met: BoolArray, members: Sequence[int], seed: int, *, at_least: bool = True
) -> Signpost | str:
    """Find the threshold on members of even number, and judge it on those of odd number.

    Parameters
    ----------
    values : (n_members,) some value on the way.
    met : (n_members,) whether each meets the target at the end.
    members : (n_members,) their numbers.
    seed : of the bootstrap.
    at_least : whether a high value is good.

    Returns
    -------
    The signpost, or the reason why there is none: one of ``none_meets``, ``all_meet``, ``too_few``, ``all_alike``.

    Notes
    -----
    The threshold has the largest J = hit rate - false-alarm rate (Youden 1950, Cancer 3(1)), halfway between the values
    beside it; of equal ones the lowest counts. Resamples of the bootstrap keep how many meet the target and how many
    miss it, as is usual for such curves (Robin et al. 2011, BMC Bioinformatics 12:77).
    """
    if reason := why_none(met, members):
        return reason
    sign = 1.0 if at_least else -1.0
    even = np.asarray(members) % 2 == 0
    mine, goal = sign * values[even], met[even]
    cuts, gains = best_cuts(mine[None, :], goal[None, :])
    if math.isnan(cuts[0]):
        return NO_CUT
    bounds = np.sort(sign * np.quantile(_resampled(mine, goal, seed), (0.025, 0.975)))
    on, goal_judged = sign * values[~even] >= cuts[0], met[~even]
    return Signpost(
        threshold=sign * float(cuts[0]),
        low=float(bounds[0]),
        high=float(bounds[1]),
        at_least=at_least,
        youden=float(gains[0]),
        finders=(int(even.sum()), int(goal.sum())),
        hits=int(np.sum(on & goal_judged)),
        met=int(goal_judged.sum()),
        false_alarms=int(np.sum(on & ~goal_judged)),
        missed=int(np.sum(~goal_judged)),
    )


def best_cuts(values: FloatArray, met: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Threshold with the largest J of each sample, at or above which members are held to meet the target.

    Parameters
    ----------
    values, met : (n_samples, n_members); some member of each sample meets the target and some misses it.

    Returns
    -------
    (n_samples,) thresholds and their J; NaN and minus infinity where all values of a sample are alike.
    """
    order = np.argsort(values, axis=1, kind="stable")
    ordered, goal = np.take_along_axis(values, order, 1), np.take_along_axis(met, order, 1)
    hits_lost, alarms_saved = np.cumsum(goal, axis=1), np.cumsum(~goal, axis=1)
    n_met, n_missed = hits_lost[:, -1:], alarms_saved[:, -1:]
    # Whole numbers, so that equal cuts are equal.
    balance = (alarms_saved * n_met - hits_lost * n_missed)[:, :-1] / (n_met * n_missed)
    gains: FloatArray = np.where(ordered[:, :-1] < ordered[:, 1:], balance, -np.inf)
    at = np.argmax(gains, axis=1)[:, None]
    best = np.take_along_axis(gains, at, 1)[:, 0]
    middle = (np.take_along_axis(ordered, at, 1) + np.take_along_axis(ordered, at + 1, 1))[:, 0] / 2.0
    return np.where(np.isfinite(best), middle, np.nan), best


def _resampled(values: FloatArray, met: BoolArray, seed: int) -> FloatArray:
    """Thresholds of the resamples in which not all values are alike."""
    draws, found = np.random.default_rng(seed), []
    sides = [np.flatnonzero(met), np.flatnonzero(~met)]
    for _ in range(0, RESAMPLES, CHUNK):
        picked = np.concatenate([draws.choice(side, (CHUNK, len(side))) for side in sides], axis=1)
        found.append(best_cuts(values[picked], met[picked])[0])
    cuts: FloatArray = np.concatenate(found)
    return np.asarray(cuts[np.isfinite(cuts)], np.float64)


def _share(names: tuple[str, str], successes: int, n: int) -> dict[str, float]:
    """A rate and its Wilson interval; no rate where there is nobody to count."""
    low, high = wilson(successes, n)
    return {names[0]: successes / n if n else math.nan, f"{names[1]}_low": low, f"{names[1]}_high": high}
