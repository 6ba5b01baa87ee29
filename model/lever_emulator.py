"""What the model would answer under a lever setting that was not run: values and chances, from a study of paths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.lever_features import LeverFeatures
from model.lever_surfaces import Surfaces
from model.statistics import wilson_share

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
ALL = "all_targets"
"""In place of an outcome: all outcomes with a goal at once."""
EXPLAINED = 0.99
"""Share of the squares that components leave explained; what is left counts as noise of each member."""
MOST_COMPONENTS = 6
_FLOOR = 1e-12
_TINY = 1e-300
_TWO_SIDED_95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Outcome:
    """One outcome of the study that the emulator is trained on."""

    name: str
    runs: FloatArray
    """(n_paths, n_members), the members the same under every path and with the same luck."""
    goal: float = math.nan
    """Value from which on a target is met; NaN for an outcome without a target."""
    is_cost: bool = False

    @property
    def has_goal(self) -> bool:
        """Whether it is held against a target."""
        return not math.isnan(self.goal)


@dataclass(frozen=True, eq=False)
class Predicted:
    """What the emulator says of some settings, for each member of the training study."""

    names: tuple[str, ...]
    mean: FloatArray
    """(n_outcomes, n, n_members)"""
    sd: FloatArray
    """(n_outcomes, n, n_members), of the surfaces' error and of what they do not explain."""
    chance: FloatArray
    """(n_goals + 1, n): of each outcome with a goal, and of all of them at once, smoothed over members."""
    share: FloatArray
    """(n_goals + 1, n): the same without smoothing, the share of these very members that meet the goal."""


@dataclass(frozen=True, eq=False)
class LeverEmulator:
    """For each outcome the members' values are a mean plus a few components; each component is a surface over levers.

    Components are those of the singular value decomposition of the values about each member's mean over paths. A chance
    is the mean over members of the normal probability to reach the goal, given the surface's error and what the
    components leave; smoothed over members, because a share of a few dozen moves in steps that other members would not
    share, and a search would climb them.
    """

    features: LeverFeatures
    outcomes: tuple[Outcome, ...]
    parts: tuple[FloatArray, ...]
    """By outcome: (n_components, n_members)."""
    left: tuple[FloatArray, ...]
    """By outcome: (n_members,) standard deviation of what the components leave."""
    surfaces: tuple[Surfaces, Surfaces]
    """Of the components of all outcomes but costs, and of costs, in the order of the outcomes."""

    @classmethod
    def fit(
        cls,
        features: LeverFeatures,
        outcomes: Sequence[Outcome],
        intensity: FloatArray,
        sizes: tuple[FloatArray, FloatArray] | None = None,
    ) -> LeverEmulator:
        """Fit an emulator; the same arguments give the same one.

        Parameters
        ----------
        outcomes : at least one that is no cost, and one that is.
        intensity : (n_paths, n_levers, n_quarters + 1) of the paths that were run.
        sizes : of the surfaces, found before; sought when None.

        Raises
        ------
        ValueError : shapes do not fit.
        """
        parts, left, scores = zip(*(_components(outcome.runs) for outcome in outcomes), strict=True)
        made = []
        for place, is_cost in enumerate((False, True)):
            y = np.hstack([s for s, outcome in zip(scores, outcomes, strict=True) if outcome.is_cost is is_cost])
            x = features.costs(intensity) if is_cost else features.outcomes(intensity)
            made.append(Surfaces.fit(x, y, None if sizes is None else sizes[place]))
        return cls(features, tuple(outcomes), parts, left, (made[0], made[1]))

    @property
    def goals(self) -> tuple[str, ...]:
        """Names of the outcomes with a goal, and `ALL`: the rows of a chance."""
        return (*(outcome.name for outcome in self.outcomes if outcome.has_goal), ALL)

    def predict(self, intensity: FloatArray) -> Predicted:
        """Predict what members would do under ``intensity``, (n, n_levers, n_quarters + 1)."""
        found = (
            self.surfaces[0].predict(self.features.outcomes(intensity)),
            self.surfaces[1].predict(self.features.costs(intensity)),
        )
        used = [0, 0]
        mean, sd = [], []
        for outcome, part, left in zip(self.outcomes, self.parts, self.left, strict=True):
            first = used[outcome.is_cost]
            used[outcome.is_cost] = first + len(part)
            scores, errors = (each[:, first : first + len(part)] for each in found[outcome.is_cost])
            mean.append(outcome.runs.mean(axis=0) + scores @ part)
            noise = self.surfaces[outcome.is_cost].noise[first : first + len(part)]
            sd.append(np.sqrt((errors**2 + noise**2) @ part**2 + left**2 + _FLOOR * np.abs(mean[-1]) ** 2))
        found_mean, found_sd = np.stack(mean), np.stack(sd)
        names = tuple(outcome.name for outcome in self.outcomes)
        chances = [_chances(self.outcomes, found_mean, found_sd, smooth=smooth) for smooth in (True, False)]
        return Predicted(names, found_mean, found_sd, *chances)

    def sizes_table(self) -> pd.DataFrame:
        """Sizes of all surfaces: what must be kept to have the same emulator again from the same study."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

        names = ["slopes", "bend", "length", "noise"]
        kinds = ("outcomes", "costs")
        frames = [
            pd.DataFrame(each.sizes, columns=names).assign(surfaces=kind)
            for kind, each in zip(kinds, self.surfaces, strict=True)
        ]
        return pd.concat(frames, ignore_index=True)[["surfaces", *names]]


def met(outcomes: Sequence[Outcome], *, smooth: bool) -> FloatArray:
    """(n_goals + 1, n_paths) chances of each goal, and of all, under paths that were run."""
    values = np.stack([outcome.runs for outcome in outcomes])
    return _chances(outcomes, values, np.zeros_like(values), smooth=smooth)


def _chances(outcomes: Sequence[Outcome], mean: FloatArray, sd: FloatArray, *, smooth: bool) -> FloatArray:
    """(n_goals + 1, n) means over members of the probability to reach each goal, and all of them.

    Notes
    -----
    Smoothed is a kernel estimate of the distribution over members, with the bandwidth (4 / n)^(1/3) sigma that is best
    for a normal one (Azzalini 1981, Biometrika 68; Bowman, Hall and Prvan 1998, Biometrika 85), and with the values
    drawn towards their mean so that the variance stays as it is (Jones 1991, Comput. Stat. Data Anal. 11).
    """
    reached = []
    for outcome, each, error in zip(outcomes, mean, sd, strict=True):
        if not outcome.has_goal:
            continue
        values, width = each, error
        if smooth:
            relative = (4.0 / each.shape[1]) ** (1.0 / 3.0)
            middle, spread = each.mean(axis=1, keepdims=True), each.std(axis=1, keepdims=True)
            values = middle + (each - middle) / math.sqrt(1.0 + relative**2)
            width = np.hypot(error, spread * relative / math.sqrt(1.0 + relative**2))
        gap = values - outcome.goal
        # Where nothing is uncertain the goal itself counts as reached.
        reached.append(np.where(width > 0.0, _above(gap / np.maximum(width, _TINY)), gap >= 0.0))
    joint = np.prod(reached, axis=0) if reached else np.ones(mean.shape[1:])
    return np.stack([each.mean(axis=1) for each in (*reached, joint)]).clip(0.0, 1.0)


def interval(chance: float, n_members: int, error: float) -> tuple[float, float]:
    """Bounds of an emulated chance: 95 % of what few members and the emulator's error leave open.

    Parameters
    ----------
    chance : 0 to 1.
    n_members : that the emulator was trained with.
    error : root mean square error of the chance, by cross-validation.

    Notes
    -----
    Wilson's bounds and 1.96 times the error, as independent, added in quadrature on each side.
    """
    low, high = wilson_share(chance, n_members)
    reach = _TWO_SIDED_95 * error
    return max(chance - math.hypot(chance - low, reach), 0.0), min(chance + math.hypot(high - chance, reach), 1.0)


def _components(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Components (k, n_members), what they leave (n_members,), and scores (n_paths, k)."""
    about = values - values.mean(axis=0)
    left, sizes, right = np.linalg.svd(about, full_matrices=False)
    squares = np.cumsum(sizes**2) / max(float((sizes**2).sum()), _FLOOR)
    k = min(int(np.searchsorted(squares, EXPLAINED)) + 1, MOST_COMPONENTS, len(sizes))
    scores, parts = left[:, :k] * sizes[:k], right[:k]
    return parts, np.sqrt(np.mean((about - scores @ parts) ** 2, axis=0)), scores


def _above(z: FloatArray) -> FloatArray:
    """Normal probability to lie above zero at ``z`` standard deviations."""
    from scipy.special import ndtr  # noqa: PLC0415 - seconds at start

    return np.asarray(ndtr(z), float)


__all__ = ["ALL", "LeverEmulator", "Outcome", "Predicted", "interval", "met"]
