"""Cross-validation of the emulator of lever settings: paths left out, foretold and held against the run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.lever_chances import ALL, Outcome, chances, run_shares
from model.lever_emulator import LeverEmulator
from model.lever_features import LeverFeatures

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
FOLDS = 5
_INSIDE_90 = 1.6448536269514722
_LEAST = 1e-12
"""Of what a path's value is: a smaller spread over paths is none."""


@dataclass(frozen=True, eq=False)
class CrossValidated:
    """What was foretold of paths that were left out, beside what was run."""

    names: tuple[str, ...]
    goals: dict[str, float]
    """Outcome -> value from which its target is met; not a number for all of them together."""
    mean: FloatArray
    """(2, n_outcomes, n_paths) means over members: run, and foretold."""
    chance: FloatArray
    """(2, n_goals + 1, n_paths) of members at large, on both sides."""
    share: FloatArray
    """(2, n_goals + 1, n_paths) of the members of training."""
    usual: FloatArray
    """(n_outcomes, n_paths) what the trivial predictor says: the mean over the paths that were not left out."""
    usual_chance: FloatArray
    usual_share: FloatArray
    inside: FloatArray
    """(n_outcomes,) share of members and paths inside the 90 % band of the emulator."""

    def table(self) -> pd.DataFrame:
        """One row an outcome, and one a chance: root mean square errors of emulator and trivial predictor.

        Returns
        -------
        ``over_trivial`` below 1 beats the trivial predictor; ``top_third_rmse`` is the error among the third of paths
        with the highest value; ``bias`` is foretold less run.
        """
        import pandas as pd  # noqa: PLC0415

        rows: list[dict[str, Any]] = []
        for kind, names, both, usual in (
            ("mean", self.names, self.mean, self.usual),
            ("chance", tuple(self.goals), self.chance, self.usual_chance),
            ("share", tuple(self.goals), self.share, self.usual_share),
        ):
            for row, name in enumerate(names):
                run, foretold = both[:, row]
                error, trivial = _rms(foretold - run), _rms(usual[row] - run)
                top = run >= np.quantile(run, 2.0 / 3.0)
                rows.append(
                    {
                        "what": kind,
                        "outcome": name,
                        "goal": math.nan if kind == "mean" else self.goals[name],
                        "paths": len(run),
                        "lowest": run.min(),
                        "highest": run.max(),
                        "rmse": error,
                        "trivial_rmse": trivial,
                        "over_trivial": error / trivial if trivial > _LEAST * np.abs(run).max() else math.nan,
                        "bias": float(np.mean(foretold - run)),
                        "median_error": float(np.median(np.abs(foretold - run))),
                        "largest_error": float(np.abs(foretold - run).max()),
                        "top_third_rmse": _rms((foretold - run)[top]),
                        "inside_90": self.inside[row] if kind == "mean" else math.nan,
                    }
                )
        return pd.DataFrame(rows)


def cross_validate(
    features: LeverFeatures, outcomes: Sequence[Outcome], intensity: FloatArray, folds: int = FOLDS
) -> CrossValidated:
    """Leave each fold of paths out: components, sizes and surfaces are all found anew from the others.

    Raises
    ------
    ValueError : fewer paths than twice the folds.
    """
    n = len(intensity)
    if n < 2 * folds:
        raise ValueError(f"{n} paths are too few for {folds} folds")
    goals = {outcome.name: outcome.goal for outcome in outcomes if outcome.has_goal} | {ALL: math.nan}
    truth = np.stack([outcome.runs for outcome in outcomes])
    as_run = chances(outcomes, truth, np.zeros_like(truth)).chance
    run = [truth.mean(axis=2), as_run, run_shares(outcomes)]
    foretold, usual = [np.empty_like(each) for each in run], [np.empty_like(each) for each in run]
    inside = np.zeros(len(outcomes))
    for fold in range(folds):
        out = np.arange(n) % folds == fold
        known = [outcome.without(out) for outcome in outcomes]
        said = LeverEmulator.fit(features, known, intensity[~out]).predict(intensity[out])
        for place, part in enumerate((said.mean.mean(axis=2), said.chance, said.share)):
            foretold[place][:, out] = part
            usual[place][:, out] = run[place][:, ~out].mean(axis=1, keepdims=True)
        inside += (np.abs(truth[:, out] - said.mean) <= _INSIDE_90 * said.sd).mean(axis=2).sum(axis=1)
    mean, chance, share = (np.stack(pair) for pair in zip(run, foretold, strict=True))
    names = tuple(outcome.name for outcome in outcomes)
    return CrossValidated(names, goals, mean, chance, share, usual[0], usual[1], usual[2], inside / n)


def _rms(error: FloatArray) -> float:
    return float(np.sqrt(np.mean(error**2)))


__all__ = ["FOLDS", "CrossValidated", "cross_validate"]
