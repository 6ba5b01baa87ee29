"""Designs of runs: a Morris screen over everything, and Sobol points over what the screen keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.inputs import Input, inputs
from calibration.outside import FIRST_YEAR
from calibration.tables import DATA_DIR
from model import morris
from model.points import Points
from model.streams import key

FloatArray = NDArray[np.float64]

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
    number = int(generator(seed, "screen").integers(2**31))
    return Points.of(names, morris.trajectories(names, trajectories, number))


def elementary_effects(points: Points, values: FloatArray) -> FloatArray:
    """(n_inputs,) mean absolute elementary effect of each input of `screen_design` on a fact.

    Parameters
    ----------
    values : (n_points,) of one fact, not a number where the run failed.

    Raises
    ------
    ValueError : no trajectory is whole.
    """
    return morris.effects(points.names, points.rows, values).mu_star


def sobol_cube(n_inputs: int, n_points: int, rng: np.random.Generator) -> FloatArray:
    """(n_points, n_inputs) scrambled Sobol points strictly inside the unit cube; a power of two covers it best."""
    from scipy.stats import qmc  # noqa: PLC0415 - seconds at start

    power = max(int(np.ceil(np.log2(n_points))), 1)
    rows = qmc.Sobol(n_inputs, rng=rng).random_base2(power)[:n_points]
    return np.clip(rows, _EDGE, 1.0 - _EDGE)
