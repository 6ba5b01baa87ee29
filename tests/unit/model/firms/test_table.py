"""The table of firms: opening flows, certificates, revenue and the notch."""

import math
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from model.base import FirmColumns, OutsideWorld
from model.firms.table import FirmTable, Move, as_they_are_now, fourth_quarter_share, notch
from tests.unit.model.fakes import base_of

GROWTH = 0.02


@pytest.fixture
def firms() -> FirmTable:
    """Open three firms: certified, above scale with ten firms an agent, and a micro firm without R&D."""
    columns = FirmColumns(
        firm_id=np.array([11, 12, 13], np.uint64),
        city=np.array([0, 1, 0], np.int8),
        site=np.array([0, 2, 1], np.int8),
        cluster=np.array([0, 1, 2], np.int8),
        weight=np.array([1, 10, 1], np.int32),
        born=np.array([-40, -20, -3], np.int16),
        value_added=np.array([1e8, 2e9, 1e6]),
        revenue=np.array([4e8, 6e9, 2e6]),
        rd=np.array([1e7, 4e7, 0.0]),
        tech_sme=np.array([True, False, False]),
        above_scale=np.array([True, True, False]),
        champion=np.array([False, False, False]),
        certified_until=np.array([5, -1, -1], np.int16),
        constrained=np.array([False, False, False]),
    )
    outside = cast("OutsideWorld", SimpleNamespace(gdp_growth_2020=GROWTH))
    return FirmTable.opening(base_of(firms=columns, rd_intensity_trend=0.04), outside, 0.15)


@pytest.mark.parametrize("growth", [0.0, 0.02, -0.03])
def test_fourth_quarter_share_by_hand(growth: float) -> None:
    """The last of four quarters that grow at a rate is its share of their sum; a quarter without growth."""
    quarters = [math.exp(growth * k) for k in range(4)]
    assert fourth_quarter_share(growth) == pytest.approx(quarters[3] / sum(quarters), rel=1e-12)
    assert fourth_quarter_share(0.0) == 0.25


def test_opening_flows_add_up_to_2020(firms: FirmTable) -> None:
    """Four quarters that end in the opening one and grew at the pace of 2020 add up to the year's value added."""
    year = sum(firms.value_added * math.exp(-GROWTH * back) for back in range(4))
    assert year == pytest.approx([1e8, 2e9, 1e6], rel=1e-12)
    assert firms.demand.tolist() == firms.value_added.tolist()


def test_opening_research_adds_up_to_2020(firms: FirmTable) -> None:
    """Research grew by the trend of intensity on top, and its four quarters add up to the year's."""
    year = sum(firms.rd() * math.exp(-(GROWTH + 0.01) * back) for back in range(4))
    assert year == pytest.approx([1e7, 4e7, 0.0], rel=1e-12)
    assert firms.rd_reference.tolist() == firms.rd_intensity_opening.tolist() == firms.rd_intensity.tolist()


def test_a_firm_is_of_the_kind_of_its_cluster(firms: FirmTable) -> None:
    """Services are -1, catalogue industry 1 and other industry 0."""
    assert firms.kind.tolist() == [-1.0, 1.0, 0.0]


def test_opening_tax_rates(firms: FirmTable) -> None:
    """Certified firms pay the high-tech rate, others above scale 25 % and small ones 5 %."""
    assert firms.tax_rate.tolist() == [0.15, 0.25, 0.05]


def test_yearly_revenue_is_that_of_one_firm(firms: FirmTable) -> None:
    """Revenue a year is four quarters at the pace of this one, over the firms that the agent stands for."""
    share = fourth_quarter_share(GROWTH)
    assert firms.yearly_revenue() == pytest.approx([4 * share * 4e8, 4 * share * 6e8, 4 * share * 2e6], rel=1e-12)


def test_a_certificate_is_valid_through_its_last_quarter(firms: FirmTable) -> None:
    """Valid in quarter 5, no more in quarter 6, and never for a firm that closed."""
    assert firms.certified(5).tolist() == [True, False, False]
    assert not firms.certified(6).any()
    firms.close(np.array([0]))
    assert not firms.certified(5).any()
    assert firms.alive.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("revenue", "required"), [(0.0, 0.05), (49.9e6, 0.05), (50e6, 0.04), (200e6, 0.04), (200.1e6, 0.03), (9e9, 0.03)]
)
def test_the_notch_by_revenue(revenue: float, required: float) -> None:
    """R&D over revenue must be 5 % below 50 m yuan, 4 % up to 200 m and 3 % above."""
    assert notch(revenue) == required


def test_the_past_of_a_firm_moves_with_it_step_by_step() -> None:
    """Of an agent of four, one moves in quarter 3 and on in quarter 5; who was born since has no past."""
    first = Move(3, np.array([1]), np.array([2]), np.array([0.25]))
    second = Move(5, np.array([2]), np.array([4]), np.array([1.0]))
    now = as_they_are_now(np.array([10.0, 8.0]), 2, 5, [first, second])
    assert now.tolist() == [10.0, 6.0, 0.0, 0.0, 2.0]


def test_moves_before_a_quarter_do_not_change_its_flows() -> None:
    """A flow of quarter 4 knows of the move in quarter 3 already; the same rows are given back as they are."""
    first = Move(3, np.array([1]), np.array([2]), np.array([0.25]))
    then = np.array([10.0, 6.0, 2.0])
    assert as_they_are_now(then, 4, 4, [first]).tolist() == [10.0, 6.0, 2.0, 0.0]
    assert as_they_are_now(then, 4, 3, [first]) is then
