"""Births and closures: the hazard by age and size, and the slots of those born."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from model.firms.demography import birth_slots, closing_hazard, firms_closing, size_factor
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
    closing = closing_hazard(np.array([age]), np.array([False]), np.ones(1), np.ones(1, np.int32), P)
    assert closing[0] == pytest.approx(hazard, rel=1e-9)


def test_above_scale_firms_have_a_hazard_of_their_own() -> None:
    """Age does not matter above scale."""
    closing = closing_hazard(np.array([0, 10, 100]), np.ones(3, bool), np.ones(3), np.ones(3, np.int32), P)
    assert closing == pytest.approx([0.001] * 3, rel=1e-9)


def test_closing_falls_with_size() -> None:
    """At an elasticity of -1/2 four times the size halves the yearly hazard, whose mean over the firms is as given."""
    p = replace(P, exit_hazard_y8p=0.2)
    closing = closing_hazard(np.full(3, 40), np.zeros(3, bool), np.array([1.0, 4.0, 0.25]), np.ones(3, np.int32), p)
    assert 1 - (1 - closing) ** 4 == pytest.approx(np.array([6, 3, 12]) / 35, rel=1e-9)


def test_closing_firms_are_the_expected_number_made_whole_by_luck() -> None:
    """Of living agents as many close as the expected number and the luck make whole, at most all; of others none."""
    hazard, weight = np.array([0.25, 0.25, 0.9, 0.9, 1.0]), np.array([10, 10, 1, 1, 3], np.int32)
    alive, luck = np.array([True, True, True, False, True]), np.array([0.4, 0.6, 0.05, 0.9, 0.9])
    rows, closing = firms_closing(hazard, weight, alive, luck)
    assert (rows.tolist(), closing.tolist()) == ([0, 1, 4], [2, 3, 3])


def test_size_counts_within_bounds_only() -> None:
    """A firm below a fifth of the median closes like one at a fifth, one above fifty times it like one at fifty."""
    closing = closing_hazard(
        np.full(4, 40), np.zeros(4, bool), np.array([0.0, 0.2, 50.0, 1e6]), np.ones(4, np.int32), P
    )
    assert closing[0] == closing[1] > closing[2] == closing[3]


def test_nobody_closes_for_sure() -> None:
    """The yearly hazard is at most nine tenths."""
    p, sizes = replace(P, exit_hazard_y8p=0.8), np.array([1.0, 25.0])
    closing = closing_hazard(np.full(2, 40), np.zeros(2, bool), sizes, np.ones(2, np.int32), p)
    # Factors 1 and 1/5 have the mean 0.6: 0.8 / 0.6 is cut to 0.9, and 0.8 / 3 is not.
    assert 1 - (1 - closing) ** 4 == pytest.approx([0.9, 0.8 / 3], rel=1e-9)


def test_the_factor_of_size_has_mean_one_above_and_below_scale() -> None:
    """Sizes 1, 4, 16 below scale and 4, 4 above it give factors 12/7, 6/7, 3/7 and 1, 1 at an elasticity of -1/2."""
    above = np.array([False, True, False, True, False])
    factor = size_factor(np.array([1.0, 4.0, 4.0, 4.0, 16.0]), above, np.ones(5, np.int32), -0.5)
    assert factor == pytest.approx(np.array([12, 7, 6, 7, 3]) / 7, rel=1e-12)


def test_the_factor_of_size_is_one_without_elasticity_or_firms() -> None:
    """At elasticity zero size does not matter, and no firms have no factors."""
    assert size_factor(np.array([0.3, 9.0]), np.array([True, False]), np.ones(2, np.int32), 0.0).tolist() == [1.0, 1.0]
    assert size_factor(np.zeros(0), np.zeros(0, bool), np.zeros(0, np.int32), -0.5).tolist() == []


def test_a_higher_chance_bears_the_same_firms_and_more() -> None:
    """The ids born at a chance scale are a subset of those born at any higher one."""
    born = [
        set(birth_slots(1, "incubator", 3, 0, 40.0, 3.0, scale).tolist()) for scale in (0.0, 0.5, 1.0, 1.5, 3.0, 9.0)
    ]
    assert all(few <= many for few, many in itertools.pairwise(born))
    assert born[0] == set()
    assert len(born[1]) < len(born[2]) < len(born[3]) < len(born[4])


def test_policy_can_multiply_births_by_the_room_at_most() -> None:
    """However high the chance scale, the slots are room times the births expected, rounded up, and one."""
    assert len(birth_slots(1, "incubator", 3, 0, 40.2, 3.0, 1e9)) == math.ceil(3.0 * 40.2) + 1


@pytest.mark.parametrize("chance_scale", [1.0, 1.8])
def test_births_are_those_expected(chance_scale: float) -> None:
    """Over 400 quarters births are expected births times the chance scale, to four standard errors."""
    births = [len(birth_slots(1, "birth", q, 0, 6.4, 2.0, chance_scale)) for q in range(400)]
    chance = chance_scale * 6.4 / 14
    assert abs(np.mean(births) - chance_scale * 6.4) < 4 * math.sqrt(14 * chance * (1 - chance) / 400)


def test_births_differ_by_cause_quarter_parent_and_seed() -> None:
    """Other causes, quarters and parents bear other ids; another seed bears other slots of the same ids."""
    first = set(birth_slots(1, "a", 3, 0, 200.0, 2.0).tolist())
    every_slot = set(birth_slots(1, "a", 3, 0, 200.0, 2.0, 1e9).tolist())
    for other in (
        birth_slots(1, "b", 3, 0, 200.0, 2.0),
        birth_slots(1, "a", 4, 0, 200.0, 2.0),
        birth_slots(1, "a", 3, 1, 200.0, 2.0),
    ):
        assert first.isdisjoint(other.tolist())
    reseeded = set(birth_slots(2, "a", 3, 0, 200.0, 2.0).tolist())
    assert reseeded != first
    assert reseeded | first <= every_slot


def test_no_births_expected_are_no_births() -> None:
    """Where none is expected no slot is used at any chance scale."""
    assert len(birth_slots(1, "landing", 3, 0, 0.0, 3.0, 9.0)) == 0
