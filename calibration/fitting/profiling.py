"""Profile: how much worse the facts can at best be met when one input is held, all others being free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.fitting.inference import Likelihood
from calibration.inputs import Input

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

LEVELS = (0.01, 0.025, *(0.05 * k for k in range(1, 20)), 0.975, 0.99)
"""Quantiles of the prior at which an input is held."""
LIMIT = 3.841
"""Deviance from which a value is ruled out at 95 %: quantile of the chi-squared distribution, one degree of freedom."""
BOTH, BELOW, ABOVE, NOWHERE = "both sides", "below", "above", "nowhere"
_EDGE = 1e-3
_STEP = 1e-4
_ITERATIONS = 60
_STARTS = 64
_PRIOR_90 = (0.05, 0.95)


def profile_table(likelihood: Likelihood, start: FloatArray, known: Mapping[str, Input]) -> pd.DataFrame:
    """Hold each input at each level and fit the others to the facts.

    Parameters
    ----------
    likelihood : of the emulator.
    start : (n, n_inputs) quantiles from which fits start, such as a sample of the posterior.

    Returns
    -------
    One row an input and level: ``quantile`` of the prior, ``value`` in the unit of the prior, and ``deviance``, twice
    the log likelihood lost against the best fit of all; above ``limit`` a value is ruled out at 95 %.

    Notes
    -----
    An input whose deviance stays low on a side is not identified there, whatever the prior says: Raue et al. (2009),
    Bioinformatics 25(15).
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    names = likelihood.emulator.names
    chosen = start[np.linspace(0, len(start) - 1, min(_STARTS, len(start))).astype(int)]
    best = _refined(likelihood, chosen[int(np.argmax(likelihood.log_density(chosen)))], None)
    found = np.array([_profile(likelihood, column, best, chosen) for column in range(len(names))])
    top = max(float(likelihood.log_density(best[None])[0]), float(found.max()))
    return pd.DataFrame(
        {
            "input": name,
            "zh": known[name].zh,
            "en": known[name].en,
            "status": known[name].status,
            "quantile": level,
            "value": known[name].quantile(level) / known[name].factor,
            "deviance": 2.0 * (top - density),
            "limit": LIMIT,
        }
        for name, row in zip(names, found, strict=True)
        for level, density in zip(LEVELS, row, strict=True)
    )


def ruled_out(deviance: Sequence[float]) -> str:
    """Where within the 5 to 95 % range of the prior the facts rule a value out, from the deviance at `LEVELS`."""
    inside = [(level, value) for level, value in zip(LEVELS, deviance, strict=True) if _within(level)]
    lowest = min(inside, key=lambda pair: pair[1])[0]
    below = any(value > LIMIT for level, value in inside if level < lowest)
    above = any(value > LIMIT for level, value in inside if level > lowest)
    return {(True, True): BOTH, (True, False): BELOW, (False, True): ABOVE, (False, False): NOWHERE}[below, above]


def allowed(deviance: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest quantile of the prior that the facts do not rule out; linear between levels.

    Where they rule out every level, what is left lies between the neighbours of the likeliest.
    """
    fits = [level for level, value in zip(LEVELS, deviance, strict=True) if value <= LIMIT]
    if not fits:
        best = int(np.argmin(deviance))
        return (0.0, *LEVELS, 1.0)[best], (0.0, *LEVELS, 1.0)[best + 2]
    ends = []
    for end, step in ((LEVELS.index(min(fits)), -1), (LEVELS.index(max(fits)), 1)):
        beyond = end + step
        if not 0 <= beyond < len(LEVELS):
            ends.append(float(end > 0))
            continue
        share = (LIMIT - deviance[end]) / (deviance[beyond] - deviance[end])
        ends.append(LEVELS[end] + share * (LEVELS[beyond] - LEVELS[end]))
    return ends[0], ends[1]


def _within(level: float) -> bool:
    return _PRIOR_90[0] - _STEP <= level <= _PRIOR_90[1] + _STEP


def _profile(likelihood: Likelihood, column: int, best: FloatArray, chosen: FloatArray) -> FloatArray:
    """(n_levels,) greatest log likelihood with one input held, going out from the best fit on either side."""
    found = np.full(len(LEVELS), -np.inf)
    middle = int(np.argmin(np.abs(np.array(LEVELS) - best[column])))
    for way in (range(middle, len(LEVELS)), range(middle, -1, -1)):
        at = best
        for place in way:
            starts = np.vstack([at, chosen])
            starts[:, column] = LEVELS[place]
            first = starts[int(np.argmax(likelihood.log_density(starts)))]
            at = _refined(likelihood, first, column)
            found[place] = max(found[place], float(likelihood.log_density(at[None])[0]))
    return found


def _refined(likelihood: Likelihood, start: FloatArray, held: int | None) -> FloatArray:
    """Climb from a point of the cube, one input held or none."""
    from scipy.optimize import minimize  # noqa: PLC0415 - seconds at start

    free = np.array([column for column in range(len(start)) if column != held])

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        """Negative log likelihood and its slope, by one call of the emulator."""
        points = np.tile(start, (len(free) + 1, 1))
        points[:, free] = x
        points[np.arange(1, len(points)), free] += _STEP
        density = likelihood.log_density(points)
        return -float(density[0]), -(density[1:] - density[0]) / _STEP

    bounds = [(_EDGE, 1.0 - _EDGE)] * len(free)
    clipped = np.clip(start[free], _EDGE, 1.0 - _EDGE)
    done = minimize(loss, clipped, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    end = start.copy()
    end[free] = done.x if done.fun <= loss(clipped)[0] else clipped
    return end
