"""What the model would answer under a lever setting that was not run: values and chances, from a study of paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.lever_chances import ALL, Outcome, chances, shares
from model.lever_features import LeverFeatures
from model.lever_surfaces import Surfaces

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
EXPLAINED = 0.99
"""Share of the squares that components leave explained; what is left counts as noise of each member."""
MOST_COMPONENTS = 6
_FLOOR = 1e-12


@dataclass(frozen=True, eq=False)
class Predicted:
    """What the emulator says of some settings, for each member of the training study."""

    names: tuple[str, ...]
    mean: FloatArray
    """(n_outcomes, n, n_members)"""
    sd: FloatArray
    """(n_outcomes, n, n_members), of the surfaces' error and of what they do not explain."""
    chance: FloatArray
    """(n_goals + 1, n): of each outcome with a goal, and of all of them at once, for members at large."""
    reach: FloatArray
    """(n_goals + 1, n): that of `model.lever_chances.Chances`."""
    share: FloatArray
    """(n_goals + 1, n): share of the members of training themselves that reach the goal."""

    def effect(self, name: str, outcomes: Sequence[Outcome]) -> FloatArray:
        """(n,) mean over members of what an outcome gains on the policy of 2020."""
        place = self.names.index(name)
        return np.asarray((self.mean[place] - outcomes[place].usual).mean(axis=1))


@dataclass(frozen=True, eq=False)
class LeverEmulator:
    """For each outcome the members' values are a mean plus a few components; each component is a surface over levers.

    Components are those of the singular value decomposition of the values about each member's mean over paths. How a
    chance comes from them: `model.lever_chances`.
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
        said = chances(self.outcomes, found_mean, found_sd)
        share = shares(self.outcomes, found_mean, found_sd)
        return Predicted(names, found_mean, found_sd, said.chance, said.reach, share)

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


def _components(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Components (k, n_members), what they leave (n_members,), and scores (n_paths, k)."""
    about = values - values.mean(axis=0)
    left, sizes, right = np.linalg.svd(about, full_matrices=False)
    squares = np.cumsum(sizes**2) / max(float((sizes**2).sum()), _FLOOR)
    k = min(int(np.searchsorted(squares, EXPLAINED)) + 1, MOST_COMPONENTS, len(sizes))
    scores, parts = left[:, :k] * sizes[:k], right[:k]
    return parts, np.sqrt(np.mean((about - scores @ parts) ** 2, axis=0)), scores


__all__ = ["LeverEmulator", "Predicted"]
