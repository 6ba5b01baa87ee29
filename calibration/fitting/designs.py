"""Designs of runs: a Morris screen over everything, and Sobol points over what the screen keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.inputs import Input, inputs
from calibration.outside import FIRST_YEAR
from calibration.tables import DATA_DIR
from model.points import Points
from model.streams import key

FloatArray = NDArray[np.float64]

LEVELS = 4
EDGES = (0.05, 0.95)
"""Quantiles between which the screen moves: at the very edge many priors are endless."""
_EDGE = 1e-4
_AFTER = ("gdp_growth_slowdown", "travel_hours_by_rail")
"""Values of the outside world that act after 2021 only, beside those of later years."""


def generator(seed: int, stream: str) -> np.random.Generator:
    """A generator of a library's sampler, keyed by the seed and its own name."""
    return np.random.default_rng(int(key(seed, f"calibration:{stream}")))


def candidates(data_dir: Path = DATA_DIR) -> Mapping[str, Input]:
    """Every input that can act by the end of 2021."""

    def acts(item: Input) -> bool:
        year = item.name.rpartition(":")[2]
        later = year.isdigit() and int(year) > FIRST_YEAR
        return item.kind != "outside" or not (later or item.short.startswith(_AFTER))

    return {name: item for name, item in inputs(data_dir).items() if acts(item)}


def screen_design(names: Sequence[str], trajectories: int, seed: int) -> Points:
    """Morris trajectories over the names, each step moving one of them, all runs with the same luck."""
    from SALib.sample import morris  # noqa: PLC0415 - seconds at start

    number = int(generator(seed, "screen").integers(2**31))
    rows = morris.sample(_problem(names), trajectories, num_levels=LEVELS, seed=number)
    return Points.of(names, np.asarray(rows, float))


def elementary_effects(points: Points, values: FloatArray) -> FloatArray:
    """Mean absolute elementary effect of each input, by the trajectories in which no run failed.

    Parameters
    ----------
    points : of `screen_design`.
    values : (n_points,) of one fact, not a number where the run failed.

    Returns
    -------
    (n_inputs,) change of the fact when an input crosses from the lower to the upper edge.

    Raises
    ------
    ValueError : no trajectory is whole.
    """
    from SALib.analyze import morris  # noqa: PLC0415

    length = len(points.names) + 1
    whole = np.isfinite(values.reshape(-1, length)).all(axis=1)
    if not whole.any():
        raise ValueError("screen: no trajectory is whole; give more --trajectories")
    kept = np.repeat(whole, length)
    found = morris.analyze(
        _problem(points.names), points.rows[kept], values[kept], num_levels=LEVELS, num_resamples=2, seed=1
    )
    return np.asarray(found["mu_star"], float)


def _problem(names: Sequence[str]) -> dict[str, object]:
    """The problem as SALib writes it."""
    return {"num_vars": len(names), "names": list(names), "bounds": [list(EDGES)] * len(names)}


def sobol_cube(n_inputs: int, n_points: int, rng: np.random.Generator) -> FloatArray:
    """(n_points, n_inputs) scrambled Sobol points strictly inside the unit cube; a power of two covers it best."""
    from scipy.stats import qmc  # noqa: PLC0415 - seconds at start

    power = max(int(np.ceil(np.log2(n_points))), 1)
    rows = qmc.Sobol(n_inputs, rng=rng).random_base2(power)[:n_points]
    return np.clip(rows, _EDGE, 1.0 - _EDGE)
