"""Chances under a lever path: levels from many members under the policy of 2020, effects from few under the path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.statistics import wilson_share

FloatArray = NDArray[np.float64]
ALL = "all_targets"
"""In place of an outcome: all outcomes with a goal at once."""
TWO_SIDED_95 = 1.959963984540054
_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Outcome:
    """One outcome of the study that the emulator is trained on."""

    name: str
    runs: FloatArray
    """(n_paths, n_members), the members the same under every path and with the same luck."""
    usual: FloatArray
    """(n_members,) of the same members under the policy of 2020."""
    base: FloatArray
    """(n_base,) of many members under the policy of 2020, the same ones for every outcome."""
    goal: float = math.nan
    """Value from which on a target is met; NaN for an outcome without a target."""
    is_cost: bool = False

    @property
    def has_goal(self) -> bool:
        """Whether it is held against a target."""
        return not math.isnan(self.goal)

    def without(self, left_out: NDArray[np.bool_]) -> Outcome:
        """The same with some paths left out."""
        return replace(self, runs=self.runs[~left_out])


@dataclass(frozen=True, eq=False)
class Chances:
    """Of each outcome with a goal, and of all of them at once: (n_goals + 1, n)."""

    chance: FloatArray
    reach: FloatArray
    """Half of the 95 % interval that is left open because effects are means of few members."""


def chances(outcomes: Sequence[Outcome], mean: FloatArray, sd: FloatArray) -> Chances:
    """Chances of members at large under some paths.

    Parameters
    ----------
    mean, sd : (n_outcomes, n, n_members) values of the members of training under each path, and how unsure each is;
        zero where the path was run.

    Notes
    -----
    Two-phase sampling: a member of ``base`` reaches the goal with the normal probability that its value under the
    policy of 2020 and an effect do, the effect having the mean and the spread of those of the few members that ran the
    path under shared luck. Effects vary little among members and levels much, so the many settle the level, and the
    chance does not move in steps of one of the few.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - seconds at start

    student = float(stdtrit(mean.shape[2] - 1, 0.975))
    low, middle, high = (_reached(outcomes, mean, sd, shift) for shift in (-student, 0.0, student))
    return Chances(middle, np.abs(high - low) / 2.0)


def shares(outcomes: Sequence[Outcome], mean: FloatArray, sd: FloatArray) -> FloatArray:
    """(n_goals + 1, n) shares of the members of training themselves that reach each goal, and all; as in `chances`."""
    reached = [
        _above(each - outcome.goal, error)
        for outcome, each, error in zip(outcomes, mean, sd, strict=True)
        if outcome.has_goal
    ]
    return _with_joint(reached, mean.shape[1:])


def run_shares(outcomes: Sequence[Outcome]) -> FloatArray:
    """(n_goals + 1, n_paths) shares of members that reach each goal, and all, under paths that were run."""
    values = np.stack([outcome.runs for outcome in outcomes])
    return shares(outcomes, values, np.zeros_like(values))


def interval(chance: float, n_base: int, error: float, reach: float = 0.0) -> tuple[float, float]:
    """95 % bounds of an emulated chance.

    Parameters
    ----------
    chance : 0 to 1.
    n_base : members that settle the level.
    error : root mean square error of the emulated chance, by cross-validation.
    reach : that of `Chances`.

    Notes
    -----
    Wilson's bounds, 1.96 times the error, and the reach, as independent, added in quadrature on each side.
    """
    low, high = wilson_share(chance, n_base)
    open_ = math.hypot(TWO_SIDED_95 * error, reach)
    return max(chance - math.hypot(chance - low, open_), 0.0), min(chance + math.hypot(high - chance, open_), 1.0)


def _reached(outcomes: Sequence[Outcome], mean: FloatArray, sd: FloatArray, shift: float) -> FloatArray:
    """(n_goals + 1, n) chances, with effects ``shift`` standard errors off."""
    reached, n_members = [], mean.shape[2]
    for outcome, each, error in zip(outcomes, mean, sd, strict=True):
        if outcome.has_goal:
            effects = each - outcome.usual
            spread = np.sqrt(effects.var(axis=1) + (error**2).mean(axis=1))
            # The spread among the few is that about their own mean: one member fewer settles the error of the mean.
            effect = effects.mean(axis=1) + shift * spread / math.sqrt(n_members - 1)
            reached.append(_above(outcome.base + effect[:, None] - outcome.goal, spread[:, None]))
    return _with_joint(reached, (mean.shape[1], len(outcomes[0].base)))


def _with_joint(reached: list[FloatArray], shape: tuple[int, ...]) -> FloatArray:
    """Means over members of each, and of all at once: given the member, effects on two targets are independent."""
    joint = np.prod(reached, axis=0) if reached else np.ones(shape)
    return np.stack([each.mean(axis=1) for each in (*reached, joint)]).clip(0.0, 1.0)


def _above(gap: FloatArray, width: FloatArray) -> FloatArray:
    """Normal probability to reach the goal; where nothing is unsure the goal itself counts as reached."""
    from scipy.special import ndtr  # noqa: PLC0415 - seconds at start

    width = np.broadcast_to(width, gap.shape)
    return np.where(width > 0.0, ndtr(gap / np.maximum(width, _TINY)), gap >= 0.0)


__all__ = ["ALL", "TWO_SIDED_95", "Chances", "Outcome", "chances", "interval", "run_shares", "shares"]
