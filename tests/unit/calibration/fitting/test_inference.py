"""A planted value is found back, and what the facts do not see keeps its prior."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.fitting.designs import (
    candidates,
    elementary_effects,
    generator,
    screen_design,
    sobol_cube,
)
from calibration.fitting.inference import IMPLAUSIBLE, FloatArray, Likelihood, sample_posterior
from calibration.fitting.recovery import coverage_table, planted_on_emulator, ranks
from model.emulator import Emulator

NAMES = ("seen", "half seen", "unseen")
SLOPES = np.array([[4.0, 0.0], [1.0, 1.0], [0.0, 0.0]])


def likelihood(observed: tuple[float, float] = (3.7, 0.5), error: float = 0.2) -> Likelihood:
    """Two facts that are straight lines of two inputs; luck and error known."""
    cube = sobol_cube(3, 64, generator(1, "test"))
    emulator = Emulator.fit(NAMES, ("one", "two"), cube, cube @ SLOPES)
    luck = np.diag([0.01, 0.01])
    return Likelihood(emulator, np.array(observed), np.array([error, error]), luck, replicates=10)


def exact(observed: FloatArray, error: float = 0.2) -> tuple[FloatArray, FloatArray]:
    """Mean and deviation of the posterior by brute force on a grid."""
    axis = (np.arange(200) + 0.5) / 200.0
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    variance = error**2 + 0.01 * 1.1
    density = np.exp(-0.5 * ((grid @ SLOPES[:2] - observed) ** 2).sum(axis=1) / variance)
    density /= density.sum()
    mean = density @ grid
    return mean, np.sqrt(density @ (grid - mean) ** 2)


def test_a_planted_value_is_found_back() -> None:
    """The sample has mean and deviation of the exact posterior, and the unseen input stays flat."""
    sample = sample_posterior(likelihood(), generator(2, "sample"), 600, 3000)
    mean, deviation = exact(np.array([3.7, 0.5]))
    assert sample.cube[:, :2].mean(axis=0) == pytest.approx(mean, abs=0.03)
    assert sample.cube[:, :2].std(axis=0) == pytest.approx(deviation, rel=0.15)
    assert sample.cube[:, 2].std() == pytest.approx(12.0**-0.5, rel=0.1)
    assert 0.2 < sample.acceptance < 0.9


def test_the_same_seed_gives_the_same_sample() -> None:
    """Two samples of one generator's seed are the same to the byte."""
    first, second = (sample_posterior(likelihood(), generator(3, "sample"), 60, 50).cube for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_history_matching_rules_out_what_is_far() -> None:
    """The planted point is plausible; one that gives 4 less on the first fact is 4 over its deviation away."""
    found = likelihood().implausibility(np.array([[0.8, 0.5, 0.5], [0.0001, 0.5, 0.5]]))
    assert found[0] < 0.1
    assert found[1] == pytest.approx(3.2 / (0.04 + 0.011) ** 0.5, rel=0.01)
    assert found[1] > IMPLAUSIBLE


def test_outside_the_prior_nothing_is_likely() -> None:
    """The log density is minus infinity beyond the cube."""
    assert likelihood().log_density(np.array([[1.2, 0.5, 0.5], [0.8, 0.5, 0.5]]))[0] == -np.inf


def test_ranks_of_planted_values_are_uniform() -> None:
    """Of 48 draws the 90 % interval holds the planted values in about nine of ten, the 50 % in about half."""
    rng = generator(4, "ranks")
    known = likelihood()
    planted, seen = planted_on_emulator(known, 48, rng)
    table = coverage_table(NAMES, {"emulator": ranks(known, planted, seen, rng)})
    total = table[table["input"] == "all"].iloc[0]
    assert 0.82 <= total["inside_90"] <= 0.98
    assert 0.38 <= total["inside_50"] <= 0.62
    assert 0.42 <= total["mean_rank"] <= 0.58


def test_the_screen_measures_the_slope_of_a_straight_line() -> None:
    """Effects are slopes times the nine tenths between the edges; a trajectory with a failed run is left out."""
    points = screen_design(["a", "b", "c"], 4, seed=5)
    values = points.rows @ np.array([3.0, -2.0, 0.0])
    assert elementary_effects(points, values) == pytest.approx([2.7, 1.8, 0.0], abs=1e-9)
    values[1] = np.nan
    assert elementary_effects(points, values) == pytest.approx([2.7, 1.8, 0.0], abs=1e-9)


def test_only_what_acts_by_2021_is_screened() -> None:
    """Growth of 2021 is a candidate, growth of 2022 and travel times after later openings are not."""
    names = set(candidates())
    assert {"outside:gdp_growth_2021", "base:rd_intensity", "parameter:hnte_cert_hazard"} <= names
    assert not any("2022" in name or "travel_hours_by_rail" in name for name in names)
