"""Responses: user cost, elasticities, relief by loans, and how intensities adjust to them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.firms.responses import (
    Incentives,
    _alike,
    adjust_research,
    adjusted,
    claimed_share,
    honest_share,
    relative_costs,
    user_cost,
)
from model.firms.table import FirmTable
from model.parameters import Parameters

P = Parameters.central()
ALL_REACHES = {"super_deduction_takeup": 1.0, "loss_share": 0.0}
FOURFOLD = Incentives((0.0, 0.0), (-3.0 * 0.85 / 0.15, 0.0), (0.0, 0.0))
"""A levy at which R&D of industry at 15 % tax costs four times what it did in 2020."""
UNCHANGED = Incentives((0.75, 0.75), (0.75, 0.75), (0.0, 0.0))


def firms(**columns: Any) -> FirmTable:
    """Unconstrained industrial firms of the district at 15 % tax; columns named otherwise replace these."""
    n = max(np.size(column) for column in columns.values())
    rows: dict[str, np.ndarray] = {name: np.zeros(n, dtype) for name, dtype in FirmTable.COLUMNS.items()}
    rows |= {"tax_rate": np.full(n, 0.15), "weight": np.ones(n, np.int32), "revenue_ratio": np.ones(n)}
    rows |= {name: np.ones(n) for name in ("rd_intensity", "rd_intensity_opening")}
    rows |= {name: np.ones(n) for name in ("rd_reference", "rd_reference_opening")}
    return FirmTable(**rows | {name: np.asarray(column) for name, column in columns.items()})


def answers(table: FirmTable, incentives: Incentives, p: Parameters) -> list[list[float]]:
    """What firms with an intensity of one want under the policy in force, and under that of 2020."""
    adjust_research(table, incentives, 1.0, replace(p, rd_adjust_speed=1.0))
    return [table.rd_intensity.tolist(), table.rd_reference.tolist()]


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
    costs = relative_costs((0.15, 0.25, 0.05), ((0.75, 0.75), (0.75, 1.0)), (0.1, 0.0))
    old, new = 1 - 0.15 * 0.75 / 0.85, 1 - 0.15 / 0.85
    assert costs[0, 0].tolist() == [
        pytest.approx([1.0, (old - 0.1) / old]),
        pytest.approx([new / old, (new - 0.1) / old]),
    ]
    assert costs[1, 0].tolist() == [pytest.approx([1.0, 1.0]), pytest.approx([new / old, new / old])]
    assert costs[0, 1, 1, 0] == pytest.approx((1 - 0.25 / 0.75) / (1 - 0.25 * 0.75 / 0.75), rel=1e-12)
    assert costs[1, 2, 1, 1] == pytest.approx((1 - 0.05 / 0.95) / (1 - 0.05 * 0.75 / 0.95), rel=1e-12)


def test_every_firm_answers_its_own_cost() -> None:
    """Tax rate, sector and place are the firm's own: at an elasticity of minus one it wants its relative cost."""
    p = replace(P, rd_user_cost_elast_small=-1.0, super_deduction_takeup=1.0, loss_share=0.0)
    p = replace(p, rd_subsidy_coverage=1.0, grant_misuse_share=0.0)
    told, rates = Incentives((0.75, 0.5), (1.0, 0.5), (0.1, 0.0)), (0.15, 0.25, 0.05)
    cases = [(rate, kind, city) for rate in rates for kind in (1.0, 0.0, -1.0) for city in (0, 1)]
    table = firms(
        **dict(
            zip(("tax_rate", "kind", "city"), (np.array(column) for column in zip(*cases, strict=True)), strict=True)
        )
    )
    now, usual = answers(table, told, p)
    costs = relative_costs(rates, ((0.5, 0.75), (0.5, 1.0)), (0.1, 0.0))
    at = [(rates.index(rate), int(kind >= 0.0), int(city == 0)) for rate, kind, city in cases]
    assert now == pytest.approx([costs[0][traits] for traits in at], rel=1e-12)
    assert usual == pytest.approx([costs[1][traits] for traits in at], rel=1e-12)


def test_small_and_constrained_firms_respond_more() -> None:
    """Below 300 m yuan of revenue a year, or when finance binds, the elasticity of small firms applies."""
    p = replace(P, rd_user_cost_elast_small=1.5, rd_user_cost_elast_large=0.5, constraint_rd_gap=0.0)
    table = firms(value_added=np.array([299e6, 300e6, 900e6, 900e6]) / 4.0, constrained=[False, False, True, False])
    answer = answers(table, FOURFOLD, replace(p, **ALL_REACHES))
    assert answer == [pytest.approx([0.125, 0.5, 0.125, 0.5], rel=1e-12)] * 2


def test_agents_of_many_firms_respond_as_one_of_them() -> None:
    """Ten firms of 100 m yuan each are small, though the agent that stands for them has a billion."""
    p = replace(P, rd_user_cost_elast_small=1.5, rd_user_cost_elast_large=0.5)
    table = firms(value_added=[250e6], weight=np.array([10], np.int32))
    assert answers(table, FOURFOLD, replace(p, **ALL_REACHES)) == [pytest.approx([0.125], rel=1e-12)] * 2


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
    logs = np.log(answers(table, UNCHANGED, p))
    assert logs[0] == pytest.approx([0.2, 0.0, 0.2, 0.05, 0.0], abs=1e-14)
    assert logs[1] == pytest.approx([0.2, 0.0, 0.0, 0.0, 0.0], abs=1e-14)


def test_unchanged_cost_leaves_the_opening_intensity_to_the_bit() -> None:
    """At the cost of 2020 and no trend a firm wants exactly what it did."""
    opening = np.array([0.0123456789, 0.3])
    table = firms(value_added=[1e6, 1e9], rd_intensity=opening, rd_intensity_opening=opening)
    adjust_research(table, UNCHANGED, 1.0, P)
    assert table.rd_intensity.tolist() == opening.tolist()


@pytest.mark.parametrize(("intensity", "desired", "after"), [(0.04, 0.08, 0.05), (0.04, 0.02, 0.035), (0.0, 0.08, 0.0)])
def test_adjustment_closes_a_share_of_the_gap_in_levels(intensity: float, desired: float, after: float) -> None:
    """A quarter of the gap is closed upwards and downwards; a firm without R&D does not start by adjusting."""
    assert adjusted(intensity, desired, 0.25) == pytest.approx(after, rel=1e-12)


def test_a_tax_rate_that_no_response_was_worked_out_for_is_told() -> None:
    """A firm at 20 % where firms pay 15, 10 or 25 % is an error, and not one of the first."""
    status = np.array([0.15, 0.1, 0.25, 0.2]), np.ones(4), np.zeros(4, np.int8)
    revenue, free = (np.ones(4), np.ones(4), np.ones(4, np.int32)), np.zeros(4, np.bool_)
    with pytest.raises(ValueError, match="tax rate"):
        _alike(status, revenue, free, np.array([0.15, 0.1, 0.25]))
