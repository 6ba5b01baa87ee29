"""The government: what a lever costs, who pays it, and how an overspent budget rations."""

import math

import numpy as np
import pytest

from model.government import Government, cost_of, draw_unit_costs, payer_shares
from model.policy import PAYERS, Payer
from tests.unit.model.fakes import cost_of_100, lever_of, owner, path_of

EVENTS = {"graduates_settled": 30.0, "seniors_settled": 2.0, "firms_certified": 5.0}


@pytest.fixture
def government() -> Government:
    """Give a government with 400 yuan a year for its levers."""
    return Government(owner(), 400.0)


@pytest.mark.parametrize(
    ("basis", "multiplier", "intensity", "before", "cost"),
    [
        ("intensity", False, 8.0, 3.0, 100.0 * 8.0 / 4.0),
        ("intensity_change", False, 8.0, 3.0, 100.0 * 5.0),
        ("intensity_change", False, 3.0, 8.0, 0.0),
        ("event:graduates_settled", False, 8.0, 3.0, 100.0 * 30.0),
        ("event:seniors_settled", True, 8.0, 3.0, 100.0 * 2.0 * 8.0),
    ],
)
def test_cost_by_hand(basis: str, multiplier: bool, intensity: float, before: float, cost: float) -> None:
    """A stock costs a quarter of its yearly cost, a rise is paid once, an event costs what recipients took."""
    lever = lever_of(cost=cost_of_100(basis, multiplier=multiplier))
    assert cost_of(lever, 100.0, intensity, before, EVENTS) == cost


def test_an_event_that_nobody_counts_is_refused() -> None:
    """A cost that follows an unknown event stops rather than costing nothing."""
    with pytest.raises(KeyError, match="weddings"):
        cost_of(lever_of(cost=cost_of_100("event:weddings")), 100.0, 1.0, 1.0, EVENTS)


def test_a_cost_is_split_among_its_payers() -> None:
    """Each payer bears its share, in the order of the payers, and those unnamed bear nothing."""
    shares: dict[Payer, float] = {"university": 0.25, "district": 0.5, "city": 0.25}
    split = payer_shares([lever_of(cost=cost_of_100(paid_by=shares))])[0]
    assert dict(zip(PAYERS, split.tolist(), strict=True)) == {
        "district": 0.5,
        "city": 0.25,
        "firm": 0.0,
        "bank": 0.0,
        "university": 0.25,
    }


def test_what_is_spent_is_what_recipients_receive(government: Government) -> None:
    """Spending adds up over levers, and each recipient has received the part that was for it."""
    firms = lever_of(cost=cost_of_100())
    banks = lever_of(cost=cost_of_100(recipient="banks"))
    costs = np.array([[80.0], [10.0], [5.0]])
    levers = (firms, firms, banks)
    government.pay(levers, costs * payer_shares(levers))
    assert government.spent == 95.0
    assert government.received == {"firms": 90.0, "banks": 5.0}


def test_a_budget_that_does_not_reach_rations_the_change_since_2020(government: Government) -> None:
    """With 100 yuan a quarter and 20 for 2020's policy, a plan that costs 160 more gets half of it."""
    government.close_quarter(20.0, 0.0)
    assert (government.ration, government.shortfall) == (1.0, 0.0)
    government.close_quarter(180.0, 0.0)
    assert (government.ration, government.shortfall) == (0.5, 80.0)


def test_a_ration_is_kept_while_the_plan_stays_too_dear(government: Government) -> None:
    """Rationed spending that just fits the budget is no reason to lift the ration, a cheaper plan is."""
    for cost in (20.0, 180.0, 100.0):
        government.close_quarter(cost, 0.0)
    assert (government.ration, government.shortfall) == (0.5, 0.0)
    government.close_quarter(20.0 + 0.5 * 60.0, 0.0)
    assert government.ration == 1.0


def test_the_policy_of_2020_is_never_rationed(government: Government) -> None:
    """A baseline dearer than the budget shows a shortfall and is carried on."""
    for _ in range(2):
        government.close_quarter(130.0, 0.0)
    assert (government.ration, government.shortfall) == (1.0, 30.0)


def test_the_ration_keeps_a_hundredth(government: Government) -> None:
    """Where 2020's policy alone takes all of the budget, one hundredth of the change is still paid."""
    for cost in (100.0, 300.0):
        government.close_quarter(cost, 0.0)
    assert government.ration == 0.01


def test_the_budget_grows_with_the_district(government: Government) -> None:
    """The budget of the next quarter is larger by the growth of this one."""
    government.close_quarter(20.0, math.log(1.1))
    assert government.quarterly_budget == pytest.approx(110.0, rel=1e-12)


def test_unit_costs_are_central_or_keyed_by_the_name_of_the_lever() -> None:
    """Central costs are as declared; drawn ones lie within bounds and do not depend on the other levers."""
    one, two = lever_of("one"), lever_of("two")
    both = path_of([one, two], [[3.0], [3.0]])
    assert draw_unit_costs(both, 1, central=True).tolist() == [100.0, 100.0]
    drawn = draw_unit_costs(both, 1, central=False)
    assert ((drawn > 50.0) & (drawn < 200.0)).all()
    assert drawn[0] != drawn[1]
    assert draw_unit_costs(path_of([two], [[3.0]]), 1, central=False).tolist() == [drawn[1]]
    assert draw_unit_costs(both, 2, central=False)[0] != drawn[0]


def test_drawn_unit_costs_are_triangular() -> None:
    """A third of the draws between 50, 100 and 200 lies below 100, to four standard errors."""
    path = path_of([lever_of()], [[3.0]])
    below = sum(draw_unit_costs(path, seed, central=False)[0] < 100.0 for seed in range(900)) / 900
    assert abs(below - 1 / 3) < 4 * math.sqrt(2 / 9 / 900)


def test_the_cost_above_the_baseline_by_hand() -> None:
    """An index of 5 that was 3 costs a quarter of twice the unit cost, and nothing at the baseline."""
    lever = lever_of(cost=cost_of_100("above_baseline"))
    assert cost_of(lever, 100.0, 5.0, 3.0, EVENTS) == 50.0
    assert cost_of(lever, 100.0, 3.0, 3.0, EVENTS) == 0.0
