"""Members saved by shared luck and strata: ratios of variances by hand, intervals that cover, and what is said."""

from __future__ import annotations

import numpy as np
import pytest

from model.targets import headline
from scenarios.targets import load_targets
from tests.benchmarks.fewer import (
    of_target,
    resampled,
    shared_luck,
    strata_of_level,
    told,
    with_strata,
    z_of_means,
)


def test_the_ratio_of_shared_luck_is_that_of_variances() -> None:
    """By hand: levels of variance 5/3 each and differences of variance 4/3 give (5/3 + 5/3) / (4/3) = 2.5."""
    baseline, plan = np.array([[1.0, 3.0], [2.0, 0.0]]), np.array([[1.0, 3.0], [4.0, 2.0]])
    assert baseline.var(ddof=1) == pytest.approx(5 / 3)
    assert plan.var(ddof=1) == pytest.approx(5 / 3)
    free = np.stack([baseline, plan], axis=-1)
    assert shared_luck(free) == pytest.approx(2.5)


def test_the_ratio_of_strata_is_that_of_variances_of_means() -> None:
    """By hand: variance 4 over 2 members is 2; means of strata 1 and 2 have variance 0.5: four times the members."""
    free = np.array([[0.0, 4.0], [4.0, 0.0], [2.0, 2.0], [2.0, 2.0]])
    strata = np.array([[0.0, 2.0], [1.0, 3.0]])
    assert strata_of_level(free, strata) == pytest.approx(free.var(ddof=1) / 2 / 0.5)
    both = [np.stack([np.zeros_like(side), side], axis=-1) for side in (free, strata)]
    assert with_strata(*both) == pytest.approx(shared_luck(both[0]) * strata_of_level(free, strata))


def test_intervals_cover_a_known_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means that truly vary a tenth as much as independent ones: 95 % intervals of 60 trials hold ten in most."""
    monkeypatch.setattr("tests.benchmarks.fewer.RESAMPLES", 400)
    random, n, covered = np.random.default_rng(3), 16, 0
    for _ in range(60):
        free = random.normal(size=(40, n))
        strata = random.normal(size=(60, 1)) * np.sqrt(1.0 / n / 10.0) + np.zeros((60, n))
        _, low, high = resampled(strata_of_level, free, strata)
        covered += low <= 10.0 <= high
    assert covered >= 50


def test_two_estimates_of_one_mean_are_held_against_each_other() -> None:
    """Replicate means 0 and 2, and 3 and 5: a difference of 3 with a standard error of the root of 1 + 1."""
    z = z_of_means(np.array([[0.0], [2.0]]), np.array([[3.0], [5.0]]))
    assert z == pytest.approx(3.0 / np.sqrt(2.0))


def test_every_headline_target_is_judged_against_the_goal() -> None:
    """Each target has its four ratios, one of which has the goal of ten; the sentence tells which side it is on."""
    random, target = np.random.default_rng(5), headline(load_targets())[0]
    columns: list[tuple[str, ...]] = [(target.indicator, target.definition)]
    level = random.normal(size=(8, 4, 1))
    values = np.stack([level, level + 0.01 * random.normal(size=level.shape)], axis=2)
    figures = of_target(target, {"independent": (values, columns), "stratified": (values, columns)})
    assert [figure.goal for figure in figures] == [None, 10.0, None, None]
    assert all(figure.low <= figure.value <= figure.high for figure in figures)
    (line,) = told(figures)
    assert line.startswith(target.name_en)
    assert "above the goal of 10" in line
