"""R&D: user cost, elasticities, adjustment, knowledge and what it gives."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.firms.research import (
    Incentives,
    add_knowledge,
    adjust,
    claimed_share,
    contracts_added,
    honest_share,
    knowledge_kept,
    knowledge_opening,
    opening_gap,
    relative_costs,
    research_by_group,
    responses,
    trend_quarters,
    user_cost,
)
from model.firms.table import FirmTable
from model.parameters import Parameters

P = Parameters.central()


def firms(**columns: Any) -> FirmTable:
    """Unconstrained industrial firms of the district at 15 % tax; columns named otherwise replace these."""
    n = max(np.size(column) for column in columns.values())
    rows: dict[str, np.ndarray] = {name: np.zeros(n, dtype) for name, dtype in FirmTable.COLUMNS.items()}
    rows |= {"tax_rate": np.full(n, 0.15), "weight": np.ones(n, np.int32), "revenue_ratio": np.ones(n)}
    return FirmTable(**rows | {name: np.asarray(column) for name, column in columns.items()})


@pytest.mark.parametrize(
    ("weight", "by_hand"),
    [
        (np.array([True, False, True]), [1.0, 0.0, 2.0]),
        (np.array([0.1, -0.1, 0.5]), [0.1 - 0.4, 0.0, 1.0]),
    ],
    ids=["of the living", "moved by growth"],
)
def test_research_by_group(weight: np.ndarray, by_hand: list[float]) -> None:
    """Intensity times value added times weight, added up in each group: who is alive, or a log growth."""
    intensity, value_added = np.array([0.1, 0.2, 0.5]), np.array([10.0, 20.0, 4.0])
    total = research_by_group(intensity, value_added, weight, np.array([0, 0, 2]), 3)
    assert total == pytest.approx(by_hand, rel=1e-12)


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
    """The B-index is (1 - t(1 + s)) / (1 - t)."""
    assert user_cost(tax_rate, deduction, 0.0) == pytest.approx(cost, rel=1e-12)


def test_user_cost_of_a_certified_firm_is_0_868() -> None:
    """At 15 % tax and a super-deduction of 75 % a yuan of R&D costs 0.868."""
    assert user_cost(0.15, 0.75, 0.0) == pytest.approx(0.868, abs=5e-4)


def test_losses_and_missing_claims_weaken_the_deduction() -> None:
    """Four fifths claim and two fifths of them halve it: the deduction acts by 0.8 x 0.8 = 64 %."""
    assert claimed_share(replace(P, super_deduction_takeup=0.8, loss_share=0.4)) == pytest.approx(0.64, rel=1e-12)


def test_the_subsidy_that_reaches_honest_research_lowers_its_cost() -> None:
    """A subsidy of 10 % that reaches half, a quarter of it misused, takes 0.1 x 0.5 x 0.75 off the cost."""
    reaches = honest_share(replace(P, rd_subsidy_coverage=0.5, grant_misuse_share=0.25))
    assert user_cost(0.15, 0.48, 0.0) - user_cost(0.15, 0.48, 0.1 * reaches) == pytest.approx(0.0375, rel=1e-12)


def test_costs_are_relative_to_those_of_2020_by_sector_and_place() -> None:
    """Industry's deduction rose and the services' did not; the subsidy beyond 2020 reaches the district only."""
    p = replace(P, super_deduction_takeup=1.0, loss_share=0.0, rd_subsidy_coverage=1.0, grant_misuse_share=0.0)
    table = firms(kind=[1.0, -1.0, 1.0], city=[0, 0, 1])
    told = Incentives(np.array([0.75, 0.75]), np.array([1.0, 0.75]), (0.1, 0.0))
    costs = relative_costs(table, told, p)
    old, new = 1 - 0.15 * 0.75 / 0.85, 1 - 0.15 / 0.85
    assert costs[0] == pytest.approx([(new - 0.1) / old, (old - 0.1) / old, new / old], rel=1e-12)
    assert costs[1] == pytest.approx([new / old, 1.0, new / old], rel=1e-12)


def test_small_and_constrained_firms_respond_more() -> None:
    """Below 300 m yuan of revenue a year, or when finance binds, the elasticity of small firms applies."""
    p = replace(P, rd_user_cost_elast_small=1.5, rd_user_cost_elast_large=0.5, constraint_rd_gap=0.0)
    table = firms(value_added=np.array([299e6, 300e6, 900e6, 900e6]) / 4.0, constrained=[False, False, True, False])
    answer = responses(table, np.full((2, 4), 0.25), p)
    assert answer.tolist() == [pytest.approx([8.0, 2.0, 8.0, 2.0], rel=1e-12)] * 2


def test_agents_of_many_firms_respond_as_one_of_them() -> None:
    """Ten firms of 100 m yuan each are small, though the agent that stands for them has a billion."""
    p = replace(P, rd_user_cost_elast_small=1.5, rd_user_cost_elast_large=0.5)
    table = firms(value_added=[250e6], weight=np.array([10], np.int32))
    assert responses(table, np.full((2, 1), 0.25), p)[:, 0] == pytest.approx([8.0, 8.0], rel=1e-12)


def test_finance_relieves_those_whom_it_limits() -> None:
    """A loan since 2020 gives the gap, one of 2020 nothing new, one by the pool only now, a pledged one its own."""
    p = replace(P, constraint_rd_gap=0.2, pledge_rd_effect=0.05)
    table = firms(
        constrained=[True, True, True, True, False],
        financed=[True, True, True, True, True],
        finance_opening=[False, True, False, True, False],
        by_pool=[False, False, True, False, False],
        pledged=[False, False, False, True, True],
    )
    logs = np.log(responses(table, np.ones((2, 5)), p))
    assert logs[0] == pytest.approx([0.2, 0.0, 0.2, 0.05, 0.0], abs=1e-15)
    assert logs[1] == pytest.approx([0.2, 0.0, 0.0, 0.0, 0.0], abs=1e-15)


def test_unchanged_cost_leaves_the_opening_intensity_to_the_bit() -> None:
    """At the cost of 2020 and no trend a firm wants exactly what it did."""
    opening = np.array([0.0123456789, 0.3])
    intensity, table = opening.copy(), firms(value_added=[1e6, 1e9])
    adjust(intensity, opening, responses(table, np.ones((2, 2)), P)[0], 1.0, P)
    assert intensity.tolist() == opening.tolist()


def test_adjustment_closes_a_share_of_the_gap_in_levels() -> None:
    """A quarter of the gap is closed upwards and downwards; a firm without R&D does not start by adjusting."""
    intensity, p = np.array([0.04, 0.04, 0.0]), replace(P, rd_adjust_speed=1 - 0.75**4)
    adjust(intensity, np.array([0.04, 0.04, 0.04]), np.array([1.0, 0.25, 1.0]), 2.0, p)
    assert intensity == pytest.approx([0.05, 0.035, 0.0], rel=1e-12)


@pytest.mark.parametrize(("trend", "speed"), [(0.0075, 0.1), (0.02, 0.1), (-0.01, 0.25)])
def test_intensity_grows_at_the_trend_from_the_first_quarter(trend: float, speed: float) -> None:
    """When what is wanted starts at the opening gap and follows the trend, so does actual intensity for 40 quarters."""
    intensity, p = np.array([0.03]), replace(P, rd_adjust_speed=1 - (1 - speed) ** 4)
    for quarter in range(1, 41):
        growth = math.exp(trend * quarter) * opening_gap(trend, speed)
        adjust(intensity, np.array([0.03]), np.ones(1), growth, p)
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


def test_knowledge_after_a_quarter_by_hand() -> None:
    """Knowledge of 100 that loses 1 - 0.9^4 a year keeps nine tenths in a quarter, and R&D adds to it."""
    kept = knowledge_kept(np.array([1 - 0.9**4]))
    stock = np.array([100.0])
    add_knowledge(stock, np.array([7.0]), np.zeros(1, np.int8), kept)
    assert stock[0] == pytest.approx(97.0)


def test_opening_knowledge_grows_at_the_rate_of_its_research() -> None:
    """The stock that steady R&D has built grows in the next quarter by exactly a quarter of the yearly rate."""
    rd, depreciation = np.array([5.0, 1.0]), np.array([0.2, 0.3])
    stock = knowledge_opening(rd, depreciation, 0.08)
    after = stock.copy()
    add_knowledge(after, rd, np.array([0, 1], np.int8), knowledge_kept(depreciation))
    assert after == pytest.approx(stock * math.exp(0.02), rel=1e-12)


def test_opening_knowledge_by_hand() -> None:
    """Without growth R&D of 5 a quarter replaces the tenth of the stock that is lost: the stock is 50."""
    assert knowledge_opening(np.array([5.0]), np.array([1 - 0.9**4]), 0.0)[0] == pytest.approx(50.0, rel=1e-12)


def test_contracts_answer_their_price() -> None:
    """A subsidy of a fifth at elasticity two multiplies 4 bn a year by 1 over 0.64; no subsidy adds nothing."""
    p = replace(Parameters.central(), contract_value_2020=4e9, contract_price_elasticity=2.0)
    assert contracts_added(0.0, p) == 0.0
    assert contracts_added(0.2, p) == pytest.approx(1e9 * (1 / 0.64 - 1), rel=1e-12)
