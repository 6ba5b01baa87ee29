"""Closures: the hazard by age and size, and who closes."""

from dataclasses import replace

import numpy as np
import pytest

from model.firms.demography import closing_hazard, firms_closing, hazard_in_force, over_mean, relative_size
from model.parameters import Parameters

P = replace(
    Parameters.central(),
    exit_hazard_y1=1 - 0.99**4,
    exit_hazard_y2=1 - 0.98**4,
    exit_hazard_y3=1 - 0.97**4,
    exit_hazard_y4_7=1 - 0.96**4,
    exit_hazard_y8p=1 - 0.95**4,
    exit_hazard_above_scale=1 - 0.999**4,
    exit_size_elast=-0.5,
)


@pytest.mark.parametrize(
    ("age", "hazard"),
    [
        (0, 0.01),
        (3, 0.01),
        (4, 0.02),
        (7, 0.02),
        (8, 0.03),
        (11, 0.03),
        (12, 0.04),
        (27, 0.04),
        (28, 0.05),
        (400, 0.05),
    ],
)
def test_closing_by_age_by_hand(age: int, hazard: float) -> None:
    """A firm of median size closes at the quarterly hazard of its year of life."""
    closing = closing_hazard(age, np.array([0]), np.array([False]), np.ones(1), np.ones(1, np.int32), P)
    assert closing[0] == pytest.approx(hazard, rel=1e-9)


def test_above_scale_firms_have_a_hazard_of_their_own() -> None:
    """Age does not matter above scale."""
    closing = closing_hazard(100, np.array([100, 90, 0]), np.ones(3, bool), np.ones(3), np.ones(3, np.int32), P)
    assert closing == pytest.approx([0.001] * 3, rel=1e-9)


def test_closing_falls_with_size() -> None:
    """At an elasticity of -1/2 four times the size halves the yearly hazard, whose mean over the firms is as given."""
    p = replace(P, exit_hazard_y8p=0.2)
    closing = closing_hazard(4, np.full(3, -36), np.zeros(3, bool), np.array([1.0, 4.0, 0.25]), np.ones(3, np.int32), p)
    assert 1 - (1 - closing) ** 4 == pytest.approx(np.array([6, 3, 12]) / 35, rel=1e-9)


def test_size_is_over_the_median_of_living_firms_on_a_side() -> None:
    """Firms of 2, 4 and 6 have the median 4 and one of 30 above scale its own; who closed is measured, not counted."""
    weight = np.array([1, 2, 1, 1, 0], np.int32)
    alive, above = np.array([True, True, True, True, False]), np.array([False, False, False, True, False])
    relative = relative_size(np.array([2.0, 8.0, 6.0, 30.0, 40.0]), weight, alive, above)
    assert relative.tolist() == [0.5, 1.0, 1.5, 1.0, 10.0]


def test_policy_changes_the_hazard_by_hand() -> None:
    """In a carrier that lowers it by a fifth 0.1 is 0.08, put out of one 0.12; a reform may add a tenth to each."""
    hazard, eased = np.full(4, 0.1), np.array([False, False, True, True])
    now = hazard_in_force(hazard, np.array([1.0, -1.0, 0.0, 1.0]), -0.2, eased, 0.1)
    assert now == pytest.approx([0.08, 0.12, 0.11, 0.088], rel=1e-12)


def test_closing_firms_are_the_expected_number_made_whole_by_luck() -> None:
    """Of living agents as many close as the expected number and the luck make whole, at most all; of others none."""
    hazard, weight = np.array([0.25, 0.25, 0.9, 0.9, 1.0]), np.array([10, 10, 1, 1, 3], np.int32)
    alive, luck = np.array([True, True, True, False, True]), np.array([0.4, 0.6, 0.05, 0.9, 0.9])
    rows, closing = firms_closing(hazard, weight, alive, luck)
    assert (rows.tolist(), closing.tolist()) == ([0, 1, 4], [2, 3, 3])


def test_size_counts_within_bounds_only() -> None:
    """A firm below a fifth of the median counts as one at a fifth, one above fifty times it as one at fifty."""
    above = np.array([False, False, False, True])
    relative = relative_size(np.array([0.0, 10.0, 1e6, 5.0]), np.ones(4, np.int32), np.ones(4, bool), above)
    assert relative.tolist() == [0.2, 1.0, 50.0, 1.0]


def test_a_side_without_firms_has_no_typical_size() -> None:
    """Where nobody lives below or above scale there is nothing to compare with."""
    for above in (True, False):
        with pytest.raises(ValueError, match="no firm lives"):
            relative_size(np.ones(2), np.ones(2, np.int32), np.ones(2, bool), np.full(2, above))


def test_nobody_closes_for_sure() -> None:
    """The yearly hazard is at most nine tenths."""
    p, sizes = replace(P, exit_hazard_y8p=0.8), np.array([1.0, 25.0])
    closing = closing_hazard(40, np.zeros(2, np.int16), np.zeros(2, bool), sizes, np.ones(2, np.int32), p)
    # Factors 1 and 1/5 have the mean 0.6: 0.8 / 0.6 is cut to 0.9, and 0.8 / 3 is not.
    assert 1 - (1 - closing) ** 4 == pytest.approx([0.9, 0.8 / 3], rel=1e-9)


def test_the_factor_of_size_has_mean_one_above_and_below_scale() -> None:
    """Sizes 1, 4, 16 below scale and 4, 4 above it give factors 12/7, 6/7, 3/7 and 1, 1 at an elasticity of -1/2."""
    above = np.array([False, True, False, True, False])
    factor = over_mean(np.array([1.0, 4.0, 4.0, 4.0, 16.0]) ** -0.5, above, np.ones(5, np.int32))
    assert factor == pytest.approx(np.array([12, 7, 6, 7, 3]) / 7, rel=1e-12)


def test_the_factor_of_size_is_one_where_size_does_not_matter() -> None:
    """Factors that are all one stay so on either side, and no firms have no factors."""
    assert over_mean(np.ones(2), np.array([True, False]), np.ones(2, np.int32)).tolist() == [1.0, 1.0]
    assert over_mean(np.zeros(0), np.zeros(0, bool), np.zeros(0, np.int32)).tolist() == []
