"""Travel times in force, and what shorter journeys do to venture money and to firms that move."""

from dataclasses import replace

import numpy as np
import pytest

from model.parameters import Parameters
from model.transport import halvings, hours_in_force, relocation_rise, venture_factor

P = replace(
    Parameters.central(), hsr_vc_events=0.1, hsr_vc_one_hour=0.3, hsr_vc_outflow_ratio=3.0, hsr_pair_investment=0.5
)
SCHEDULES = np.stack([np.full((13, 1, 1), 4.0), np.full((13, 1, 1), 4.0), np.full((13, 1, 1), 4.0)])
SCHEDULES[1, 8:], SCHEDULES[2, 5:] = 2.0, 2.0
SCHEDULES[:, 3:] *= 0.5  # opened in 2021, in every schedule
FUNDS = np.array([1.0, 9.0])


def hours(schedule: float, slippage: int = 0) -> list[float]:
    """Hours of the one pair in each quarter."""
    return [float(hours_in_force(SCHEDULES, quarter, schedule, slippage)[0, 0]) for quarter in range(13)]


def between(one_way: float, back: float) -> np.ndarray:
    """Hours of two cities."""
    return np.array([[0.0, one_way], [back, 0.0]])


def test_each_schedule_opens_on_its_date() -> None:
    """Nothing opens after 2021 in schedule 0; the link opens in quarter 8 as planned and in quarter 5 when early."""
    assert hours(0.0) == [4.0] * 3 + [2.0] * 10
    assert hours(1.0) == [4.0] * 3 + [2.0] * 5 + [1.0] * 5
    assert hours(2.0) == [4.0] * 3 + [2.0] * 2 + [1.0] * 8


def test_between_two_schedules_hours_lie_on_a_straight_line() -> None:
    """A quarter of the way from the plan to the early link, the early quarters have a quarter of its gain."""
    assert hours(1.25)[4:9] == [2.0, 1.75, 1.75, 1.75, 1.0]


def test_slippage_delays_what_opens_after_2021_only() -> None:
    """Three quarters late, the link opens in quarter 11 and, when early, in quarter 8; the opening of 2021 stays."""
    assert hours(1.0, 3) == [4.0] * 3 + [2.0] * 8 + [1.0] * 2
    assert hours(2.0, 3) == [4.0] * 3 + [2.0] * 5 + [1.0] * 5


@pytest.mark.parametrize("schedule", [-0.1, 2.1])
def test_a_schedule_out_of_range_is_refused(schedule: float) -> None:
    """There are three schedules, 0 to 2."""
    with pytest.raises(ValueError, match="between 0 and 2"):
        hours_in_force(SCHEDULES, 3, schedule)


def test_halvings_by_hand() -> None:
    """Half the time is one halving, a quarter two, the same time and the diagonal none."""
    assert halvings(between(1.0, 0.5), between(2.0, 2.0)).tolist() == [[0.0, 1.0], [2.0, 0.0]]


def test_venture_money_rises_more_towards_the_centre() -> None:
    """At a ratio of three a halved time brings 1.1^1.5 towards the larger funds and 1.1^0.5 away from them."""
    factor = venture_factor(between(1.5, 1.5), between(3.0, 3.0), FUNDS, P)
    assert factor == pytest.approx(np.array([[1.0, 1.1**1.5], [1.1**0.5, 1.0]]), rel=1e-12)


def test_venture_money_rises_more_within_the_hour() -> None:
    """A pair that comes within the hour has the rise of the one-hour circle; one that was in it does not."""
    into, inside = (venture_factor(between(now, now), between(2 * now, 2 * now), FUNDS, P) for now in (1.0, 0.5))
    assert into[0, 1] == pytest.approx(1.3**1.5, rel=1e-12)
    assert inside[0, 1] == pytest.approx(1.1**1.5, rel=1e-12)


def test_without_a_shorter_journey_nothing_changes() -> None:
    """Venture money and moves of firms stay exactly as they were, whatever the funds hold."""
    same = between(1.7, 1.7)
    assert (venture_factor(same, same, FUNDS, P) == 1.0).all()
    assert (relocation_rise(same, same, P) == 0.0).all()


def test_moves_of_firms_by_hand() -> None:
    """A halved time brings half as many again, both ways; half a halving brings the root."""
    rise = relocation_rise(between(1.0, 2.0**0.5), between(2.0, 2.0), P)
    assert rise == pytest.approx(np.array([[0.0, 0.5], [1.5**0.5 - 1.0, 0.0]]), rel=1e-12)
