"""Recovery: values that were planted must lie in the intervals of their posterior as often as they should."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from calibration.fitting.designs import sobol_cube
from calibration.fitting.inference import PRIOR_POINTS, WALKERS_PER_INPUT, Likelihood, resampled, walk

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

LEVELS = (0.5, 0.9)
SHORT_STEPS = 60


def planted_on_emulator(likelihood: Likelihood, n: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Points of the prior, and facts as emulator, luck and errors of measurement would make them.

    Returns
    -------
    (n, n_inputs) quantiles and (n, n_facts) values.
    """
    cube = sobol_cube(len(likelihood.emulator.names), n, rng)
    mean, sd = likelihood.predict(cube)
    noise = rng.multivariate_normal(np.zeros(mean.shape[1]), likelihood.fixed_covariance, n)
    return cube, mean + noise + sd * rng.standard_normal(mean.shape)


def ranks(likelihood: Likelihood, planted: FloatArray, facts: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Share of each posterior that lies below the planted value: uniform where the inference is sound.

    Parameters
    ----------
    planted : (n, n_inputs) quantiles that were planted.
    facts : (n, n_facts) what was then seen.

    Returns
    -------
    (n, n_inputs) ranks between 0 and 1 (Talts et al. 2018, arXiv:1804.06788).

    Notes
    -----
    The chains are short: they start from prior points drawn by their likelihood, so that they begin near their end.
    """
    prior = sobol_cube(planted.shape[1], PRIOR_POINTS, rng)
    mean, sd = likelihood.predict(prior)
    found = np.empty_like(planted)
    for row, (truth, seen) in enumerate(zip(planted, facts, strict=True)):
        start = resampled(prior, likelihood.log_gauss(mean, sd, seen), WALKERS_PER_INPUT * prior.shape[1], rng)
        sample = ndtr(walk(likelihood, start, SHORT_STEPS, rng, seen).get_chain(discard=SHORT_STEPS // 3, flat=True))
        found[row] = (sample < truth).mean(axis=0)
    return found


def coverage_table(names: tuple[str, ...], by_source: dict[str, FloatArray]) -> pd.DataFrame:
    """How often the central intervals held the planted value, by input and over all of them.

    Parameters
    ----------
    by_source : ``emulator`` or ``model`` -> (n, n_inputs) ranks.

    Returns
    -------
    One row a source and input, ``all`` last: share inside the 50 and 90 % interval, the standard error that this
    share would have by chance, and the mean rank.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    for source, found in by_source.items():
        for column, name in enumerate((*names, "all")):
            values = found if name == "all" else found[:, column]
            row: dict[str, object] = {"source": source, "input": name, "draws": len(found)}
            for level in LEVELS:
                inside = np.abs(values - 0.5) <= level / 2.0
                row[f"inside_{round(100 * level)}"] = float(inside.mean())
                row[f"error_{round(100 * level)}"] = math.sqrt(level * (1.0 - level) / len(found))
            rows.append({**row, "mean_rank": float(values.mean())})
    return pd.DataFrame(rows)


def rank_table(names: tuple[str, ...], by_source: dict[str, FloatArray]) -> pd.DataFrame:
    """Every rank, one row a source, draw and input: what the chart shows."""
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(
        [
            {"source": source, "draw": draw, "input": name, "rank": float(found[draw, column])}
            for source, found in by_source.items()
            for draw in range(len(found))
            for column, name in enumerate(names)
        ],
        columns=["source", "draw", "input", "rank"],
    )
