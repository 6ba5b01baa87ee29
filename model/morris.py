"""Morris screening: trajectories in which one input after the other moves, and what each move does; by SALib."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LEVELS = 4
EDGES = (0.05, 0.95)
STEP = LEVELS / (2.0 * (LEVELS - 1.0))
"""Part of its range that a factor moves in a step; changes are told of the whole range."""
"""Quantiles between which the screen moves: at the very edge many priors are endless."""
_RESAMPLES = 200


@dataclass(frozen=True)
class Effects:
    """Elementary effects of each input on one result: its change when the input crosses from lower to upper edge."""

    mu: FloatArray
    """(n_inputs,) mean: signed, so that opposite effects cancel."""
    mu_star: FloatArray
    """(n_inputs,) mean of the absolute effects."""
    mu_star_error: FloatArray
    """(n_inputs,) half the width of the 95 % bootstrap interval of ``mu_star``; not a number with one trajectory."""
    sigma: FloatArray
    """(n_inputs,) deviation among trajectories: interactions and curvature; not a number with one."""


def trajectories(names: Sequence[str], n_trajectories: int, seed: int) -> FloatArray:
    """(n_trajectories * (n_inputs + 1), n_inputs) quantiles; in a trajectory each step moves one input.

    Morris (1991), Technometrics 33(2); Campolongo, Cariboni and Saltelli (2007), Environ. Model. Softw. 22.
    """
    from SALib.sample import morris  # noqa: PLC0415 - seconds at start

    return np.asarray(morris.sample(_problem(names), n_trajectories, num_levels=LEVELS, seed=seed), float)


def whole(values: FloatArray, n_inputs: int) -> NDArray[np.bool_]:
    """(n_trajectories,) whether no run of the trajectory has failed; values are (n_points,), not a number if one has.

    Raises
    ------
    ValueError : no trajectory is whole.
    """
    found = np.isfinite(values.reshape(-1, n_inputs + 1)).all(axis=1)
    if not found.any():
        raise ValueError("screen: no trajectory is whole; give more --trajectories")
    return np.asarray(found)


def effects(names: Sequence[str], rows: FloatArray, values: FloatArray) -> Effects:
    """Summarise elementary effects by the trajectories in which no run failed.

    Parameters
    ----------
    rows : (n_points, n_inputs) of `trajectories`.
    values : (n_points,) of one result, not a number where the run failed.

    Raises
    ------
    ValueError : no trajectory is whole.
    """
    from SALib.analyze import morris  # noqa: PLC0415

    usable = whole(values, len(names))
    kept = np.repeat(usable, len(names) + 1)
    single = usable.sum() == 1
    rows, values = rows[kept], values[kept]
    if single:  # twice the same has the same mean, and SALib's deviation needs two
        rows, values = np.tile(rows, (2, 1)), np.tile(values, 2)
    found = morris.analyze(_problem(names), rows, values, num_levels=LEVELS, num_resamples=_RESAMPLES, seed=1)
    mu, star, error, sigma = (np.asarray(found[name], float) for name in ("mu", "mu_star", "mu_star_conf", "sigma"))
    unknown = np.full(len(names), np.nan)
    return Effects(mu, star, unknown if single else error, unknown if single else sigma)


def _problem(names: Sequence[str]) -> dict[str, object]:
    """The problem as SALib writes it."""
    return {"num_vars": len(names), "names": list(names), "bounds": [list(EDGES)] * len(names)}
