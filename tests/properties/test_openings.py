"""A link to Shanghai is felt when it opens, and carries people, firms and money both ways."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from calibration.members import MemberSource
from model.base import Member
from model.policy import PolicyPath
from model.results import RunResult
from model.simulate import simulate
from scenarios.scenario import load

QUARTERS = 40
OPENS_EARLY, OPENS_AS_PLANNED = 17, 28
MEMBERS = 6
FOCAL, SHANGHAI = 0, 1


@lru_cache(maxsize=MEMBERS)
def member(index: int) -> Member:
    """Draw a member to the end of 2030."""
    return MemberSource(scale=100, seed=7, n_quarters=QUARTERS)(index)


def under(schedule: float) -> PolicyPath:
    """The baseline with one schedule of openings from the first quarter on."""
    (path,) = load(["baseline"], QUARTERS)
    row = [lever.lever_id for lever in path.levers].index("transport_opening")
    intensity = path.intensity.copy()
    intensity[row, 1:] = schedule
    return replace(path, intensity=intensity)


@lru_cache(maxsize=4 * MEMBERS)
def run(index: int, schedule: float) -> RunResult:
    """Run a member under a schedule."""
    return simulate(member(index), under(schedule), QUARTERS)


def carried(kind: str, schedule: float, origin: int, destination: int) -> float:
    """Sum of a flow over members from the quarter of the early opening on."""
    flows = [run(index, schedule).flows[kind][OPENS_EARLY:, origin, destination].sum() for index in range(MEMBERS)]
    return float(np.sum(flows))


@pytest.mark.parametrize("kind", ["talents", "firms", "capital"])
def test_an_opening_carries_more_both_ways(kind: str) -> None:
    """With the early link more talents, firms and venture money go from Shanghai to the district, and back."""
    for pair in ((SHANGHAI, FOCAL), (FOCAL, SHANGHAI)):
        assert carried(kind, 2.0, *pair) > 1.03 * carried(kind, 0.0, *pair)


def test_money_leaves_by_the_railway_more_than_it_comes() -> None:
    """The link raises venture money towards Shanghai by a larger share than money from there."""
    rise = {
        pair: carried("capital", 2.0, *pair) / carried("capital", 0.0, *pair)
        for pair in ((FOCAL, SHANGHAI), (SHANGHAI, FOCAL))
    }
    assert rise[FOCAL, SHANGHAI] > rise[SHANGHAI, FOCAL]


@pytest.mark.parametrize(("schedule", "opens"), [(2.0, OPENS_EARLY), (1.0, OPENS_AS_PLANNED)])
def test_nothing_differs_before_an_opening(schedule: float, opens: int) -> None:
    """Until the quarter of the opening a run is that of no opening to the last bit, and afterwards it is not."""
    with_link, without = run(0, schedule), run(0, 0.0)
    np.testing.assert_array_equal(with_link.values[:opens], without.values[:opens])
    assert (with_link.flows["talents"][opens:] != without.flows["talents"][opens:]).any()


def test_slippage_puts_off_the_opening() -> None:
    """Eight quarters late, a run is that of an opening beyond the horizon until 2029 Q3, and no longer after."""
    late, never = (
        simulate(member(0), replace(under(1.0), transport_slippage_quarters=quarters), QUARTERS) for quarters in (8, 60)
    )
    opens = OPENS_AS_PLANNED + 8
    np.testing.assert_array_equal(late.values[:opens], never.values[:opens])
    assert (late.flows["talents"][opens:] != never.flows["talents"][opens:]).any()
