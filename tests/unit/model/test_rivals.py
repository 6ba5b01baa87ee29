"""Rival cities: what they answer, and how fast."""

from dataclasses import replace

import numpy as np
import pytest

from model.base import GRADUATE, LEADING, SENIOR
from model.parameters import Parameters
from model.policy import Policy
from model.rivals import RivalCity, answers
from tests.unit.model.fakes import base_of, owner

P = replace(Parameters.central(), rival_answer_share=0.4, rival_answer_speed=1 - 0.5**4)
RICHER = replace(Policy.neutral(), graduate_settlement=50_000.0, senior_settlement=1_350_000.0)


def rival(answered: float = 0.0) -> RivalCity:
    """Give the second city."""
    city = RivalCity(owner(), 1)
    city.answered = answered
    return city


def test_a_passive_rival_never_answers() -> None:
    """Without the scenario's option nothing is ever answered."""
    city = rival()
    for _ in range(8):
        city.decide(P, responds=False)
    assert city.answered == 0.0
    assert not city.settlement(RICHER, base_of(), P).any()


def test_an_answer_closes_half_of_its_gap_each_quarter() -> None:
    """At a speed of one half a quarter the answered share goes 0.2, 0.3, 0.35 towards 0.4."""
    city, shares = rival(), []
    for _ in range(3):
        city.decide(P, responds=True)
        shares.append(city.answered)
    assert shares == pytest.approx([0.2, 0.3, 0.35], rel=1e-12)


def test_settlement_money_is_answered_in_part() -> None:
    """Half of one more graduate package is worth half of its inflow effect; seniors by their own city's wage."""
    gain = rival(0.5).settlement(RICHER, base_of(), P)
    assert gain[GRADUATE] == pytest.approx(0.5 * P.talent_policy_inflow_effect, rel=1e-12)
    assert gain[SENIOR] == gain[LEADING] == pytest.approx(0.5 * P.talent_subsidy_elast_top * 0.5, rel=1e-12)


def test_rivals_do_not_cut_when_the_district_cuts() -> None:
    """Less money in the district than in 2020 is not answered."""
    poorer = replace(Policy.neutral(), graduate_settlement=0.0, senior_settlement=0.0)
    assert not rival(1.0).settlement(poorer, base_of(), P).any()


def test_answers_stand_in_the_rows_of_their_cities() -> None:
    """The focal district's row is zero; a city without a rival in the list too."""
    table = answers([rival(0.5)], RICHER, base_of(), P)
    assert table.shape == (3, 5)
    assert np.flatnonzero(table.any(axis=1)).tolist() == [1]


def test_guidance_money_of_a_rival_takes_back_deals() -> None:
    """At a multiple of 4 answered by a third, two of the three times that were drawn stay; a cut is not answered."""
    city = rival(1 / 3)
    assert city.deals_elsewhere(4.0) == pytest.approx(3.0 / 4.0, rel=1e-12)
    assert city.deals_elsewhere(0.5) == 1.0


def test_a_rival_answers_yuan_with_yuan() -> None:
    """Half of 60 m added in the district are 30 m more where 600 m flow: a twentieth, not a multiple of all of it."""
    city = rival(0.5)
    assert city.deals_at_home(60e6, 600e6) == pytest.approx(1.05, rel=1e-12)
    assert city.deals_at_home(-60e6, 600e6) == 1.0
    assert city.deals_at_home(60e6, 0.0) == 1.0
