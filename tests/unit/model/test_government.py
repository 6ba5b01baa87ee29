"""The government: what a lever costs, who pays it, and how an overspent budget rations."""

import math

import numpy as np
import pytest

from model.government import Government, Prices, affordable_share, draw_unit_costs
from model.policy import PAYERS, Cost, Payer
from tests.unit.model.fakes import cost_of_100, lever_of, owner, path_of

EVENTS = {"graduates_settled": 30.0, "seniors_settled": 2.0, "firms_certified": 5.0}


@pytest.fixture
def government() -> Government:
    """Give a government with 400 yuan a year for its levers: two that pay firms, and one that pays banks."""
    firms, banks = lever_of(cost=cost_of_100()), lever_of(cost=cost_of_100(recipient="banks"))
    return Government(owner(), 400.0, path_of([firms, firms, banks], [[3.0]] * 3))


def cost_of(cost: Cost, intensity: float, reached: float) -> float:
    """Cost in a quarter of one lever with a baseline of 3 at 100 yuan a unit."""
    prices = Prices.of([lever_of(cost=cost)], np.array([100.0]))
    return float(prices.costs(np.array([intensity]), np.array([reached]), prices.heads(EVENTS))[0])


@pytest.mark.parametrize(
    ("basis", "multiplier", "intensity", "reached", "cost"),
    [
        ("intensity", False, 8.0, 3.0, 100.0 * 8.0 / 4.0),
        ("above_baseline", False, 5.0, 3.0, 100.0 * 2.0 / 4.0),
        ("above_baseline", False, 3.0, 3.0, 0.0),
        ("intensity_change", False, 8.0, 3.0, 100.0 * 5.0),
        ("intensity_change", False, 3.0, 8.0, 0.0),
        ("event:graduates_settled", False, 8.0, 3.0, 100.0 * 30.0),
        ("event:seniors_settled", True, 8.0, 3.0, 100.0 * 2.0 * 8.0),
    ],
)
def test_cost_by_hand(basis: str, multiplier: bool, intensity: float, reached: float, cost: float) -> None:
    """A stock costs a quarter of its yearly cost, a new height is paid once, an event costs what recipients took."""
    assert cost_of(cost_of_100(basis, multiplier=multiplier), intensity, reached) == cost


def test_levers_are_priced_side_by_side() -> None:
    """The column of costs holds each lever's own, whatever the others follow."""
    levers = [lever_of(cost=cost_of_100(basis)) for basis in ("intensity", "intensity_change", "event:firms_certified")]
    prices = Prices.of(levers, np.array([100.0, 10.0, 1.0]))
    costs = prices.costs(np.array([4.0, 5.0, 6.0]), np.array([3.0, 3.0, 3.0]), prices.heads(EVENTS))
    assert costs.tolist() == [100.0, 20.0, 5.0]


def test_an_event_that_nobody_counts_is_refused() -> None:
    """A cost that follows an unknown event stops rather than costing nothing."""
    with pytest.raises(KeyError, match="weddings"):
        cost_of(cost_of_100("event:weddings"), 1.0, 1.0)


def test_a_cost_is_split_among_its_payers() -> None:
    """Each payer bears its share, in the order of the payers, and those unnamed bear nothing."""
    shares: dict[Payer, float] = {"university": 0.25, "district": 0.5, "city": 0.25}
    split = path_of([lever_of(cost=cost_of_100(paid_by=shares))], [[3.0]]).payer_shares[0]
    assert dict(zip(PAYERS, split.tolist(), strict=True)) == {
        "district": 0.5,
        "city": 0.25,
        "firm": 0.0,
        "bank": 0.0,
        "university": 0.25,
    }


def test_what_is_spent_is_what_recipients_receive(government: Government) -> None:
    """Spending adds up over levers and quarters, and each recipient has received the part that was for it."""
    costs = np.array([80.0, 10.0, 5.0])
    amounts = government.pay(costs)
    assert amounts.tolist() == [[cost, 0.0, 0.0, 0.0, 0.0] for cost in costs.tolist()]
    assert government.spent == 95.0
    assert government.received == {"firms": 90.0, "banks": 5.0}
    government.pay(costs)
    assert government.spent == 190.0
    assert government.received == {"firms": 180.0, "banks": 10.0}


@pytest.mark.parametrize(
    ("at_2020", "planned", "budget", "share"),
    [
        (20.0, 180.0, 100.0, 0.5),  # 160 of change, and room for 80
        (20.0, 80.0, 100.0, 1.0),
        (20.0, 100.0, 100.0, 1.0),
        (130.0, 300.0, 100.0, 0.0),  # 2020's policy alone is dearer than the budget: it goes on, nothing comes on top
        (130.0, 130.0, 100.0, 1.0),  # nothing is planned
        (130.0, 90.0, 100.0, 1.0),  # a plan that saves money is carried out
    ],
)
def test_the_share_that_a_budget_can_pay(at_2020: float, planned: float, budget: float, share: float) -> None:
    """Of the change since 2020 as much is carried out as the budget pays; the policy of 2020 is never cut."""
    found = affordable_share(lambda part: at_2020 + part * (planned - at_2020), budget)
    assert found == pytest.approx(share, abs=1e-11)


def test_a_cost_that_turns_is_followed_to_its_turn() -> None:
    """A lever that was at 5 before a cut costs nothing again up to there: of 3 to 7 that is half of the way."""
    prices = Prices.of([lever_of(cost=cost_of_100("intensity_change"))], np.array([100.0]))
    opening, planned, reached = np.array([3.0]), np.array([7.0]), np.array([5.0])
    kinks = prices.kinks(opening, planned, reached)
    assert kinks == [0.5]

    def cost(share: float) -> float:
        return float(prices.costs(opening + share * (planned - opening), reached, prices.heads({}))[0])

    assert [cost(share) for share in (0.0, 0.5, 1.0)] == [0.0, 0.0, 200.0]
    assert affordable_share(cost, 50.0, lambda: kinks) == pytest.approx(0.625, rel=1e-12)
    assert prices.kinks(opening, planned, opening) == []


def test_a_ration_stays_where_the_plan_stays_too_dear() -> None:
    """Asked again under its own ration, quarter after quarter, the budget gives the same share: it does not flip."""
    shares = {affordable_share(lambda part: 20.0 + 160.0 * part, 100.0) for _ in range(8)}
    assert len(shares) == 1
    assert 20.0 + 160.0 * shares.pop() <= 100.0


def test_spending_over_the_budget_is_a_shortfall(government: Government) -> None:
    """130 yuan in a quarter that has 100 are 30 too many; 90 are none."""
    government.close_quarter(130.0, 0.0)
    assert government.shortfall == 30.0
    government.close_quarter(90.0, 0.0)
    assert government.shortfall == 0.0


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
