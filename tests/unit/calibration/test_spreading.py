"""Spreading rules: exact sums, exact counts, numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.spreading import (
    agent_weights,
    by_share,
    even_points,
    pareto_between,
    pareto_total,
    triangular,
    whole_parts,
)
from model.errors import CalibrationError


def test_whole_parts_by_hand() -> None:
    """Ten by halves and quarters is 5, 3 and 2: the earlier of two equal remainders gets the odd one."""
    assert whole_parts(10, np.array([2.0, 1.0, 1.0])).tolist() == [5, 3, 2]


@given(st.integers(0, 10**7), st.lists(st.floats(0.001, 1.0), min_size=1, max_size=8))
def test_whole_parts_add_up(total: int, shares: list[float]) -> None:
    """Parts are whole, within one of their share, and lose nobody."""
    weights = np.array(shares)
    parts = whole_parts(total, weights)
    assert parts.sum() == total
    assert (np.abs(parts - total * weights / weights.sum()) < 1 + 1e-6).all()


@given(st.integers(1, 400), st.floats(1.01, 50.0), st.floats(0.8, 2.0))
def test_pareto_sizes_meet_their_total(n: int, mean: float, tail: float) -> None:
    """Sizes rise from the smallest allowed and add up to the total."""
    sizes = pareto_total(mean * n, 1.0, tail, np.ones(n), "test")
    assert sizes.sum() == pytest.approx(mean * n, rel=1e-12)
    assert sizes.min() >= 1.0
    assert (np.diff(sizes) >= 0).all()


def test_pareto_sizes_of_weighted_agents_meet_their_total() -> None:
    """An agent of three firms counts three times."""
    weight = np.array([3.0, 3.0, 1.0])
    assert (weight * pareto_total(70.0, 2.0, 1.1, weight, "test")).sum() == pytest.approx(70.0)


def test_a_total_too_small_for_its_firms_is_refused() -> None:
    """Five firms of at least 2 do not fit into 9."""
    with pytest.raises(CalibrationError, match="test: 9 yuan cannot hold 5 firms of at least 2"):
        pareto_total(9.0, 2.0, 1.1, np.ones(5), "test")
    assert len(pareto_total(0.0, 2.0, 1.1, np.ones(0), "test")) == 0


def test_the_tail_has_the_asked_exponent() -> None:
    """Of sizes from 1 to 1000 with exponent 1, half lie under 2 and a tenth over 10, cut at the top."""
    sizes = pareto_between(1.0, 1000.0, 1.0, np.ones(10_000))
    assert (sizes < 2).mean() == pytest.approx(0.5 / 0.999, abs=1e-3)
    assert (sizes > 10).mean() == pytest.approx((0.1 - 0.001) / 0.999, abs=1e-3)
    assert sizes.max() < 1000


def test_triangular_quantiles_by_hand() -> None:
    """Of ages from 20 to 60 with mode 30 a quarter are under 30, and the median is 60 minus root 600."""
    assert triangular(np.array([0.0, 0.25, 0.5, 1.0]), 20, 30, 60) == pytest.approx([20, 30, 60 - 600**0.5, 60])


def test_even_points_fill_every_cell_and_keep_their_beginning() -> None:
    """A thousand points put 15 to 35 into each of 40 strips of any axis, and a longer sequence starts the same."""
    points = even_points(1000)
    for axis in range(3):
        counts = np.histogram(points[:, axis], bins=40, range=(0, 1))[0]
        assert counts.min() >= 15
        assert counts.max() <= 35
    assert np.array_equal(even_points(5000)[:1000], points)


def test_shares_of_points_and_zero_shares() -> None:
    """Categories are as long as their shares; one of share zero is never chosen, even at the ends."""
    chosen = by_share(np.array([0.0, 0.2, 0.3, 0.9, 1.0]), np.array([0.0, 1.0, 0.0, 3.0, 0.0]))
    assert chosen.tolist() == [1, 1, 3, 3, 3]


@pytest.mark.parametrize(("heads", "weights"), [(7, [3, 3, 1]), (6, [3, 3]), (2, [2]), (0, [])])
def test_agents_stand_for_exactly_the_heads(heads: int, weights: list[int]) -> None:
    """Full agents and one for the remainder."""
    assert agent_weights(heads, 3).tolist() == weights
