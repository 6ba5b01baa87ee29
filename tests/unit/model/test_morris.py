"""Morris screening against a model whose effects are known."""

from __future__ import annotations

import numpy as np
import pytest

from model import morris

NAMES = ("a", "b", "c")


def test_a_linear_model_has_its_slopes_as_effects() -> None:
    """3 a - 2 b + 0 c moves by nine tenths of each slope as an input crosses from 5 % to 95 %, everywhere the same."""
    rows = morris.trajectories(NAMES, 8, seed=3)
    found = morris.effects(NAMES, rows, rows @ np.array([3.0, -2.0, 0.0]))
    assert found.mu == pytest.approx([2.7, -1.8, 0.0], abs=1e-12)
    assert found.mu_star == pytest.approx([2.7, 1.8, 0.0], abs=1e-12)
    assert found.sigma == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert found.mu_star_error == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_a_product_has_effects_that_differ() -> None:
    """The effect of a in a b depends on where b is: the deviation says so, and one that acts alone has none."""
    rows = morris.trajectories(NAMES, 20, seed=3)
    found = morris.effects(NAMES, rows, rows[:, 0] * rows[:, 1] + rows[:, 2])
    assert found.sigma[0] > 0.1
    assert found.sigma[2] == pytest.approx(0.0, abs=1e-12)


def test_a_trajectory_with_a_failed_run_is_left_out() -> None:
    """One lost run of two trajectories leaves the effects of the other, and no word on how sure they are."""
    rows = morris.trajectories(NAMES, 2, seed=3)
    values = rows @ np.array([1.0, 2.0, 3.0])
    values[5] = np.nan
    found = morris.effects(NAMES, rows, values)
    assert found.mu == pytest.approx([0.9, 1.8, 2.7], abs=1e-12)
    assert np.isnan(found.sigma).all()
    assert np.isnan(found.mu_star_error).all()
    with pytest.raises(ValueError, match="no trajectory is whole"):
        morris.effects(NAMES, rows, np.full(len(rows), np.nan))
