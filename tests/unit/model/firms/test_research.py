"""R&D: user cost, elasticities, adjustment, knowledge and what it gives."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.firms.research import (
    adjusted,
    contracts_added,
    desired_intensity,
    knowledge_after,
    knowledge_kept,
    knowledge_opening,
    opening_gap,
    productivity_gain,
    trend_quarters,
    user_cost,
    user_cost_elasticity,
)
from model.parameters import Parameters

CLAIMS_ALL = replace(Parameters.central(), super_deduction_takeup=1.0, loss_share=0.0)


@pytest.mark.parametrize(
    ("tax_rate", "deduction", "cost"),
    [
        (0.15, 0.75, (1 - 0.15 * 1.75) / 0.85),
        (0.25, 0.75, (1 - 0.25 * 1.75) / 0.75),
        (0.25, 1.0, 0.5 / 0.75),
        (0.25, 0.0, 1.0),
        (0.0, 1.0, 1.0),
    ],
)
def test_user_cost_by_hand(tax_rate: float, deduction: float, cost: float) -> None:
    """At full take-up without losses the B-index is (1 - t(1 + s)) / (1 - t); 0.868 for a certified firm in 2020."""
    assert user_cost(np.array([tax_rate]), deduction, 0.0, CLAIMS_ALL)[0] == pytest.approx(cost, rel=1e-12)


def test_user_cost_of_a_certified_firm_is_0_868() -> None:
    """At 15 % tax and a super-deduction of 75 % a yuan of R&D costs 0.868."""
    assert user_cost(np.array([0.15]), 0.75, 0.0, CLAIMS_ALL)[0] == pytest.approx(0.868, abs=5e-4)


def test_losses_and_missing_claims_weaken_the_deduction() -> None:
    """Four fifths claim and two fifths of them halve it: the deduction of 75 % acts as 0.75 x 0.8 x 0.8 = 48 %."""
    p = replace(CLAIMS_ALL, super_deduction_takeup=0.8, loss_share=0.4)
    expected = (1 - 0.25 * 1.48) / 0.75
    assert user_cost(np.array([0.25]), 0.75, 0.0, p)[0] == pytest.approx(expected, rel=1e-12)


def test_the_subsidy_that_reaches_honest_research_lowers_its_cost() -> None:
    """A subsidy of 10 % that reaches half, a quarter of it misused, takes 0.1 x 0.5 x 0.75 off the cost."""
    p = replace(CLAIMS_ALL, rd_subsidy_coverage=0.5, grant_misuse_share=0.25)
    without, with_it = (user_cost(np.array([0.15]), 0.75, rate, p)[0] for rate in (0.0, 0.1))
    assert without - with_it == pytest.approx(0.0375, rel=1e-12)


def test_each_firm_has_the_deduction_of_its_sector() -> None:
    """Deductions may differ by firm."""
    costs = user_cost(np.array([0.25, 0.25]), np.array([0.75, 1.0]), 0.0, CLAIMS_ALL)
    assert costs == pytest.approx([(1 - 0.4375) / 0.75, 0.5 / 0.75], rel=1e-12)


def test_small_and_constrained_firms_respond_more() -> None:
    """Below 300 m yuan of revenue, or when finance binds, the elasticity of small firms applies."""
    p = replace(CLAIMS_ALL, rd_user_cost_elast_small=1.5, rd_user_cost_elast_large=0.6)
    revenue, constrained = np.array([299e6, 300e6, 900e6]), np.array([False, False, True])
    assert user_cost_elasticity(revenue, constrained, p).tolist() == [1.5, 0.6, 1.5]


def test_desired_intensity_by_hand() -> None:
    """A cost down to a quarter at elasticity one half doubles what is wanted; trend and opening multiply."""
    wanted = desired_intensity(np.array([0.04, 0.0]), np.array([0.25, 0.25]), np.zeros(2), np.array([0.5, 0.5]), 1.1)
    assert wanted == pytest.approx([0.088, 0.0], rel=1e-12)


def test_unchanged_cost_leaves_the_opening_intensity_to_the_bit() -> None:
    """At the cost of 2020 and no trend a firm wants exactly what it did."""
    opening = np.array([0.0123456789, 0.3])
    assert desired_intensity(opening, np.ones(2), np.zeros(2), np.array([1.5, 0.6]), 1.0).tolist() == opening.tolist()


def test_adjustment_closes_a_share_of_the_gap_in_levels() -> None:
    """A quarter of the gap is closed upwards and downwards; a firm without R&D does not start by adjusting."""
    intensity, desired = np.array([0.04, 0.04, 0.0]), np.array([0.08, 0.02, 0.08])
    assert adjusted(intensity, desired, 0.25) == pytest.approx([0.05, 0.035, 0.0], rel=1e-12)


@pytest.mark.parametrize(("trend", "speed"), [(0.0075, 0.1), (0.02, 0.1), (-0.01, 0.25)])
def test_intensity_grows_at_the_trend_from_the_first_quarter(trend: float, speed: float) -> None:
    """When what is wanted starts at the opening gap and follows the trend, so does actual intensity for 40 quarters."""
    intensity = np.array([0.03])
    for quarter in range(1, 41):
        one, growth = np.ones(1), math.exp(trend * quarter) * opening_gap(trend, speed)
        wanted = desired_intensity(np.array([0.03]), one, np.zeros(1), one, growth)
        intensity = adjusted(intensity, wanted, speed)
        assert intensity[0] == pytest.approx(0.03 * math.exp(trend * quarter), rel=1e-9)


def test_without_a_trend_there_is_no_opening_gap() -> None:
    """At zero trend what is wanted is what is done."""
    assert opening_gap(0.0, 0.1) == 1.0


def test_the_trend_runs_in_full_to_2025_and_fades_after() -> None:
    """Quarters count in full to 2025 Q4; at a half-life of two years the pace halves by 2028 and again by 2030."""
    assert [trend_quarters(quarter, 2.0) for quarter in (0, 7, 20)] == [0.0, 7.0, 20.0]
    pace = [trend_quarters(quarter + 1, 2.0) - trend_quarters(quarter, 2.0) for quarter in (20, 28, 36)]
    assert pace[1:] == pytest.approx([pace[0] / 2.0, pace[0] / 4.0], rel=1e-12)
    assert trend_quarters(20_000, 2.0) == pytest.approx(20.0 + 8.0 / math.log(2.0), rel=1e-9)


def test_relief_of_finance_multiplies() -> None:
    """A log relief of log 1.2 raises what is wanted by a fifth, whatever the cost does."""
    wanted = desired_intensity(np.array([0.05]), np.ones(1), np.array([math.log(1.2)]), np.ones(1), 1.0)
    assert wanted[0] == pytest.approx(0.06, rel=1e-12)


def test_knowledge_after_a_quarter_by_hand() -> None:
    """Knowledge of 100 that loses 1 - 0.9^4 a year keeps nine tenths in a quarter, and R&D adds to it."""
    kept = knowledge_kept(np.array([1 - 0.9**4]))
    assert knowledge_after(np.array([100.0]), np.array([7.0]), kept)[0] == pytest.approx(97.0)


def test_opening_knowledge_grows_at_the_rate_of_its_research() -> None:
    """The stock that steady R&D has built grows in the next quarter by exactly a quarter of the yearly rate."""
    rd, depreciation = np.array([5.0, 1.0]), np.array([0.2, 0.3])
    stock = knowledge_opening(rd, depreciation, 0.08)
    assert knowledge_after(stock, rd, knowledge_kept(depreciation)) == pytest.approx(stock * math.exp(0.02), rel=1e-12)


def test_opening_knowledge_by_hand() -> None:
    """Without growth R&D of 5 a quarter replaces the tenth of the stock that is lost: the stock is 50."""
    assert knowledge_opening(np.array([5.0]), np.array([1 - 0.9**4]), 0.0)[0] == pytest.approx(50.0, rel=1e-12)


def test_knowledge_of_the_reference_gains_nothing() -> None:
    """Knowledge equal to the reference gives a factor of exactly one, whatever its size and the elasticity."""
    stock = np.random.default_rng(5).lognormal(10.0, 4.0, 10_000)
    assert set(productivity_gain(stock, stock.copy(), 0.0937).tolist()) == {1.0}


def test_productivity_gain_by_hand() -> None:
    """Sixteen times the reference at elasticity one quarter doubles, a sixteenth halves; no knowledge is no change."""
    gain = productivity_gain(np.array([16.0, 1.0, 0.0]), np.array([1.0, 16.0, 0.0]), 0.25)
    assert gain == pytest.approx([2.0, 0.5, 1.0], rel=1e-12)


def test_contracts_answer_their_price() -> None:
    """A subsidy of a fifth at elasticity two multiplies 4 bn a year by 1 over 0.64; no subsidy adds nothing."""
    p = replace(Parameters.central(), contract_value_2020=4e9, contract_price_elasticity=2.0)
    assert contracts_added(0.0, p) == 0.0
    assert contracts_added(0.2, p) == pytest.approx(1e9 * (1 / 0.64 - 1), rel=1e-12)
