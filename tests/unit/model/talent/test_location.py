"""Where a talent goes: constants that meet the base flows, utilities of changes, and keyed choices."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, PROFESSIONAL, SENIOR, SKILLED
from model.parameters import Parameters
from model.policy import Policy
from model.streams import child_ids, key, uniform
from model.talent.choice import choose_place
from model.talent.location import (
    Conditions,
    home_premium,
    place_utility,
    settlement_utility,
    solve_constants,
)
from tests.unit.model.fakes import base_of

BASE, P = base_of(), Parameters.central()
N_PLACES = 5
TALENTS = np.arange(20_000, dtype=np.uint64)
ONE_GROUP = np.zeros(len(TALENTS), np.int64)
LUCK = key(1, "place", 3)
TARGET = np.array([0.9, 0.05, 0.03, 0.0, 0.02])


def conditions(
    wage: NDArray[np.float64] | float = 0.0,
    rent: NDArray[np.float64] | float = 0.0,
    travel: NDArray[np.float64] | float = 0.0,
) -> Conditions:
    """Give log changes of wages, rents and travel times; zero where nothing is said."""
    return Conditions(
        np.broadcast_to(wage, (N_PLACES, N_TIERS)).astype(float),
        np.broadcast_to(rent, N_PLACES).astype(float),
        np.broadcast_to(travel, (N_PLACES, N_PLACES)).astype(float),
    )


def probabilities(utility: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the choice probabilities of a logit."""
    scores = np.exp(utility)
    return np.asarray(scores / scores.sum(axis=-1, keepdims=True))


@pytest.mark.parametrize("strength", [0.0, 0.3, 2.8])
def test_constants_meet_the_base_flows(strength: float) -> None:
    """With the solved constants the mean choice of groups with homes of their own is the target, zeros included."""
    groups, offsets = np.array([800.0, 100.0, 50.0, 40.0, 10.0]), strength * np.eye(N_PLACES)
    constants = solve_constants(TARGET, groups, offsets)
    predicted = groups / groups.sum() @ probabilities(constants + offsets)
    assert predicted == pytest.approx(TARGET, abs=1e-12)
    assert constants[3] == -math.inf


def test_constants_of_one_group_are_log_odds() -> None:
    """Without known utilities the constants differ by the log of the ratio of the targets."""
    constants = solve_constants(np.array([0.8, 0.2]), np.ones(1), np.zeros((1, 2)))
    assert constants[0] - constants[1] == pytest.approx(math.log(4.0), abs=1e-12)


def test_choices_follow_the_logit() -> None:
    """Of 20 000 talents the share that chooses each place is its logit probability, to four standard errors."""
    odds = np.exp(solve_constants(TARGET, np.ones(1), np.zeros((1, N_PLACES))))[None, :]
    share = np.bincount(choose_place(odds, ONE_GROUP, TALENTS, LUCK), minlength=N_PLACES) / len(TALENTS)
    assert (np.abs(share - TARGET) <= 4 * np.sqrt(TARGET * (1 - TARGET) / len(TALENTS))).all()


def test_the_choice_is_the_best_of_utility_plus_gumbel_luck() -> None:
    """Each talent takes the place with the highest sum of utility and its own Gumbel draw for that place."""
    utility, group = np.random.default_rng(1).normal(size=(50, N_PLACES)), np.arange(2000) % 50
    talents = TALENTS[:2000]
    keys = child_ids(LUCK, np.full(N_PLACES, LUCK), np.arange(N_PLACES))
    draws = [-np.log(-np.log(uniform(of_place, talents))) for of_place in keys]
    best = np.argmax(utility[group] + np.array(draws).T, axis=1)
    assert choose_place(np.exp(utility), group, talents, LUCK).tolist() == best.tolist()


@pytest.mark.parametrize(("place", "change"), [(0, 0.4), (0, -0.4), (2, 1.0)])
def test_a_change_of_one_place_moves_people_only_into_or_out_of_it(place: int, change: float) -> None:
    """A higher utility of a place draws people from others into it and moves nobody else; a lower one, the reverse."""
    odds = np.array([[0.4, 0.3, 0.2, 0.05, 0.05]])
    before = choose_place(odds, ONE_GROUP, TALENTS, LUCK)
    odds[:, place] *= math.exp(change)
    after = choose_place(odds, ONE_GROUP, TALENTS, LUCK)
    moved = before != after
    assert moved.sum() > 100
    assert ((after if change > 0 else before)[moved] == place).all()


def test_a_choice_does_not_depend_on_the_order_or_company_of_talents() -> None:
    """Each talent chooses the same place when the others are reordered or left out."""
    odds, group = np.random.default_rng(1).lognormal(size=(40, N_PLACES)), np.arange(500) % 40
    whole, order = choose_place(odds, group, TALENTS[:500], LUCK), np.random.default_rng(2).permutation(500)
    assert choose_place(odds, group[order], TALENTS[order], LUCK).tolist() == whole[order].tolist()
    assert choose_place(odds, group[7:8], TALENTS[7:8], LUCK).tolist() == [whole[7]]


def test_luck_differs_from_quarter_to_quarter() -> None:
    """At equal utilities a talent chooses the same of five places in two quarters by chance only: one time in five."""
    odds = np.ones((1, N_PLACES))
    first, second = (choose_place(odds, ONE_GROUP, TALENTS, key(1, "place", quarter)) for quarter in (3, 4))
    assert abs((first == second).mean() - 0.2) < 4 * math.sqrt(0.2 * 0.8 / len(TALENTS))


def test_no_change_is_no_utility() -> None:
    """Under the conditions and the policy of 2020 every utility is exactly zero."""
    utility = place_utility(conditions(), Policy.neutral(), BASE, P)
    assert utility.shape == (N_PLACES, N_PLACES, N_TIERS)
    assert not utility.any()


def test_wages_and_rents_act_on_their_place_for_every_origin() -> None:
    """A log wage up by 0.1 for one tier and a log rent up by 0.2 in one city act by coefficient times inertia."""
    p = replace(P, location_inertia=0.5, loc_wage_elast_college=2.0, loc_rent_elast_college=-1.0)
    wage, rent = np.zeros((N_PLACES, N_TIERS)), np.zeros(N_PLACES)
    wage[1, SENIOR], rent[2] = 0.1, 0.2
    utility = place_utility(conditions(wage, rent), Policy.neutral(), BASE, p)
    expected = np.zeros((N_PLACES, N_PLACES, N_TIERS))
    expected[:, 1, SENIOR] = 0.5 * 2.0 * 0.1
    expected[:, 2, :] = 0.5 * -1.0 * 0.2
    assert utility == pytest.approx(expected, abs=1e-15)


def test_travel_times_act_on_their_pair() -> None:
    """A halved travel time from Shanghai to the district raises that pair's utility for all tiers."""
    p = replace(P, location_inertia=0.5, gravity_dist_elast_talent=-0.9)
    travel = np.zeros((N_PLACES, N_PLACES))
    travel[1, 0] = math.log(0.5)
    utility = place_utility(conditions(travel=travel), Policy.neutral(), BASE, p)
    assert utility[1, 0] == pytest.approx([0.5 * 0.9 * math.log(2.0)] * N_TIERS, rel=1e-12)
    utility[1, 0] = 0.0
    assert not utility.any()


@pytest.mark.parametrize(
    ("policy", "tiers", "who_stays"),
    [
        (Policy(graduate_settlement=50_000.0), [GRADUATE], False),
        (Policy(senior_settlement=850_000.0), [LEADING, SENIOR], False),
        (Policy(joint_institutions=5.0), list(range(N_TIERS)), True),
    ],
)
def test_levers_act_on_the_focal_district_alone(policy: Policy, tiers: list[int], who_stays: bool) -> None:
    """Settlement money raises the utility of those who come, amenities also of those who stay, elsewhere of nobody."""
    p = replace(P, talent_policy_inflow_effect=0.06, amenity_per_institution=0.01)
    utility = place_utility(conditions(), policy, BASE, p)
    assert not utility[:, 1:].any()
    felt = np.isin(np.arange(N_TIERS), tiers)
    assert ((utility[1:, 0] > 0.0) == felt).all()
    assert ((utility[0, 0] > 0.0) == (felt & who_stays)).all()


def test_campaigns_reach_graduates_in_shanghai_alone() -> None:
    """Twice the campaigns of 2020 add the elasticity times log 2 for graduates from Shanghai and for nobody else."""
    p = replace(P, campaign_reach_elast=0.15)
    utility = place_utility(conditions(), Policy(campus_campaigns=8.0), BASE, p)
    assert utility[1, 0, GRADUATE] == pytest.approx(0.15 * math.log(2.0), rel=1e-12)
    utility[1, 0, GRADUATE] = 0.0
    assert not utility.any()


def test_settlement_utility_by_hand() -> None:
    """A second package gives graduates the inflow effect; half a million over five wages gives 0.5 x 1.8 x 0.5."""
    p = replace(P, talent_policy_inflow_effect=0.06, talent_subsidy_elast_top=1.8)
    gain = settlement_utility(50_000.0, 850_000.0, BASE, p)
    assert gain[[LEADING, SENIOR, GRADUATE]] == pytest.approx([0.45, 0.45, 0.06], rel=1e-12)
    assert gain[[PROFESSIONAL, SKILLED]].tolist() == [0.0, 0.0]


def test_home_counts_for_those_who_come_from_there() -> None:
    """The premium of home is its wage equivalent times the wage coefficient and inertia, on the diagonal only."""
    p = replace(P, home_premium_logwage=0.4, loc_wage_elast_college=2.0, location_inertia=0.5)
    assert home_premium(BASE, p) == pytest.approx(0.4 * np.eye(N_PLACES), rel=1e-12)
