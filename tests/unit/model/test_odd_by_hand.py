"""Numbers worked out from the text of model/README.md alone, by plain arithmetic, against the code."""

from __future__ import annotations

import math

import numpy as np
import pytest

from model.capital.funds import guidance_multiple
from model.firms.research import contracts_added, opening_gap, trend_quarters
from model.firms.responses import adjusted, claimed_share, honest_share, user_cost
from model.parameters import Parameters
from model.policy import Policy
from model.rivals import RivalCity
from model.talent.matching import hires, vacancies_posted
from model.transport import venture_factor

P = Parameters.central()


def test_user_cost_is_the_one_that_the_text_gives() -> None:
    """Call 4: c = 1 - tau / (1 - tau) s upsilon (1 - nu / 2) - x psi (1 - chi)."""
    tau, s, x = 0.25, 1.0, 0.03
    claimed = tau / (1 - tau) * s * P.super_deduction_takeup * (1 - P.loss_share / 2)
    subsidy = x * P.rd_subsidy_coverage * (1 - P.grant_misuse_share)
    cost = user_cost(tau, s * claimed_share(P), x * honest_share(P))
    assert cost == pytest.approx(1 - claimed - subsidy, rel=1e-12)


def test_intensity_at_the_opening_gap_rises_at_the_trend() -> None:
    """Call 4: a firm that wants z0 e^d times the opening gap stands at z0 e^d a quarter later, d being its trend."""
    d, speed = 0.07 / 4, 1 - (1 - P.rd_adjust_speed) ** 0.25
    gap = ((math.exp(d) - 1) / speed + 1) * math.exp(-d)
    assert opening_gap(d, speed) == pytest.approx(gap, rel=1e-12)
    after = adjusted(0.02, 0.02 * math.exp(d) * gap, speed)
    assert after == pytest.approx(0.02 * math.exp(d), rel=1e-12)


def test_quarters_of_full_trend_are_the_ones_that_the_text_gives() -> None:
    """Call 2: n(t) = t to the twentieth quarter, then 20 + M (1 - exp(-(t - 20) / M)), M = 4 T / ln 2."""
    mean_life = 4 * 5.0 / math.log(2)
    assert trend_quarters(20, 5.0) == 20.0
    assert trend_quarters(40, 5.0) == pytest.approx(20 + mean_life * (1 - 0.5), rel=1e-12)


def test_contracts_added_are_the_ones_that_the_text_gives() -> None:
    """Call 4: contracts added by a subsidy x are D ((1 - x) ** -elasticity - 1) / 4."""
    by_hand = P.contract_value_2020 * ((1 - 0.1) ** -P.contract_price_elasticity - 1) / 4
    assert contracts_added(0.1, P) == pytest.approx(by_hand, rel=1e-12)


def test_guidance_money_is_the_one_that_the_text_gives() -> None:
    """Call 5: 1 + (X - X0) omega (1 + leverage) / V0."""
    neutral, usual = Policy.neutral(), 1e9
    policy = Policy(**{**vars(neutral), "angel_investment": neutral.angel_investment + 1e8})
    by_hand = 1 + 1e8 * P.guidance_fund_realisation * (1 + P.angel_private_leverage) / usual
    assert guidance_multiple(policy, usual, P) == pytest.approx(by_hand, rel=1e-12)


def test_a_shorter_journey_brings_the_deals_that_the_text_gives() -> None:
    """Call 5: (1 + v) ** (halvings W), W = 1 +- (r - 1) / (r + 1) towards the centre and from it."""
    then, now, capital = np.array([[0.0, 4.0], [4.0, 0.0]]), np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([1.0, 9.0])
    tilt = (P.hsr_vc_outflow_ratio - 1) / (P.hsr_vc_outflow_ratio + 1)
    factor = venture_factor(now, then, capital, P)
    assert factor[0, 1] == pytest.approx((1 + P.hsr_vc_events) ** (1 + tilt), rel=1e-12)
    assert factor[1, 0] == pytest.approx((1 + P.hsr_vc_events) ** (1 - tilt), rel=1e-12)


def test_a_rival_adds_at_home_a_share_of_all_that_guidance_money_added() -> None:
    """Call 5: all funds' deals in a rival city are multiplied by 1 + m A / V, A being what guidance added here."""
    rival = RivalCity.__new__(RivalCity)
    rival.answered = 0.5
    assert rival.deals_at_home(added=2e8, usual=1e9) == pytest.approx(1 + 0.5 * 2e8 / 1e9, rel=1e-12)
    # Of the 0.2 that guidance money added to its own funds' deals here, half is left.
    assert 1.2 * rival.deals_elsewhere(1.2) == pytest.approx(1.1, rel=1e-12)


def test_hires_and_vacancies_are_the_ones_that_the_text_gives() -> None:
    """Call 6: max(V0 S* / S0 + S* - S, 0) vacancies and min(V, U, A V^a U^(1 - a)) hires."""
    posted = vacancies_posted(*(np.array([[n]]) for n in (10.0, 100.0, 110.0, 105.0)))
    assert posted[0, 0] == pytest.approx(10 * 1.1 + 5, rel=1e-12)
    met = hires(np.array([[16.0]]), np.array([[25.0]]), 0.4, 0.5)
    assert met[0, 0] == pytest.approx(0.4 * 4 * 5, rel=1e-12)
