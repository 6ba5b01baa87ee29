"""A small calibration of the model itself finds a planted value back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.fitting.designs import generator, sobol_cube
from calibration.fitting.inference import Likelihood, sample_posterior
from calibration.members import MemberSource
from model.emulator import Emulator
from model.indicators import all_indicators
from model.points import Points
from model.simulate import simulate
from scenarios.scenario import load

NAMES = ("parameter:hnte_cert_hazard", "parameter:hnte_loss_hazard")
INDICATORS = ("high_tech_enterprises_zone", "high_tech_enterprises")
PLANTED = (0.9, 0.3)
REPLICATES = 2
QUARTERS = 4


def seen(points: Points) -> NDArray[np.float64]:
    """(n_members, n_facts) certified firms at the end of 2021 of the zone and of the district."""
    source = MemberSource(scale=5000, seed=3, n_quarters=QUARTERS, points=points)
    columns = [info.indicator for info in all_indicators()]
    at = [columns.index(name) for name in INDICATORS]
    (path,) = load(["baseline"], QUARTERS)
    runs = (simulate(source(member), path, QUARTERS) for member in range(points.n_members))
    return np.array([run.values[QUARTERS, at] for run in runs])


def test_a_hazard_that_was_planted_in_the_model_is_found_back() -> None:
    """Facts made at a high hazard of certification move its posterior there, and shrink it."""
    cube = sobol_cube(2, 32, generator(3, "points"))
    values = seen(Points.of(NAMES, cube, replicates=REPLICATES))
    means = values.reshape(len(cube), REPLICATES, -1).mean(axis=1)
    apart = values - np.repeat(means, REPLICATES, axis=0)
    truth = seen(Points.of(NAMES, np.array([PLANTED]), replicates=REPLICATES)).mean(axis=0)
    likelihood = Likelihood(
        emulator=Emulator.fit(NAMES, INDICATORS, cube, means),
        observed=truth,
        errors=np.array([5.0, 5.0]),
        luck=np.cov(apart.T, bias=True) * REPLICATES / (REPLICATES - 1),
        replicates=REPLICATES,
    )
    sample = sample_posterior(likelihood, generator(3, "sample"), 400, 1000)
    low, high = np.quantile(sample.cube[:, 0], (0.05, 0.95))
    assert low < PLANTED[0] < high
    assert np.median(sample.cube[:, 0]) > 0.65
    assert sample.cube[:, 0].std() < 0.75 * 12.0**-0.5
