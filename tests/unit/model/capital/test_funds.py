"""Venture funds: their capital, guidance money and what money brings."""

from dataclasses import replace

import numpy as np
import pytest

from model.capital.funds import VentureFund, boost_per_quarter, commit, guidance_multiple
from model.parameters import Parameters
from model.policy import Policy
from tests.unit.model.fakes import owner

P = replace(
    Parameters.central(),
    guidance_fund_realisation=0.5,
    angel_private_leverage=3.0,
    vc_productivity_effect=0.12,
    vc_growth_effect=0.02,
)


def test_a_fund_keeps_its_account() -> None:
    """Uncalled capital is opening capital plus what was raised less what was invested."""
    fund = VentureFund(owner(), 1, 100.0)
    fund.raise_capital(40.0)
    fund.invest(90.0)
    assert (fund.city, fund.uncalled, fund.raised, fund.invested) == (1, 50.0, 40.0, 90.0)


def test_a_fund_cannot_invest_more_than_it_has() -> None:
    """A call beyond what is left is refused and leaves the account as it was; the last yuan may be called."""
    fund = VentureFund(owner(), 1, 100.0)
    with pytest.raises(ValueError, match="fund of city 1 calls 101 of 100 yuan"):
        fund.invest(101.0)
    assert (fund.uncalled, fund.invested) == (100.0, 0.0)
    fund.invest(100.0)
    assert fund.uncalled == 0.0


def test_guidance_multiple_by_hand() -> None:
    """Ten million more, half of it raised and three private yuan for each, add 20 to the 40 m of 2020."""
    assert guidance_multiple(Policy(angel_investment=25e6), 40e6, P) == pytest.approx(1.5, rel=1e-12)


def test_commitments_by_hand() -> None:
    """A quarter of 8 x 1/2 + 4 x 2 and of 40 yuan a year, as raised by the funds and as it flows to their cities."""
    raised, flows = np.zeros(2), np.ones(4)
    amounts = commit(np.array([[8.0, 4.0], [40.0, 7.0]]), np.array([[0.5, 2.0], [1.0, 0.0]]), raised, flows)
    assert amounts.tolist() == raised.tolist() == [3.0, 10.0]
    assert flows.tolist() == [4.0, 11.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("policy", "base_investment", "multiple"),
    [
        (Policy.neutral(), 40e6, 1.0),
        (Policy(angel_investment=0.0), 20e6, 0.0),
        (Policy(angel_investment=25e6), 0.0, 1.0),
    ],
)
def test_guidance_multiple_at_its_ends(policy: Policy, base_investment: float, multiple: float) -> None:
    """The policy of 2020 changes nothing, investment never turns negative, and none to start from stays as it is."""
    assert guidance_multiple(policy, base_investment, P) == multiple


def test_a_boost_adds_up_over_three_years() -> None:
    """Twelve quarters bring the productivity effect once and the sales effect for three years."""
    assert 12 * boost_per_quarter(P) == pytest.approx(0.12 + 3 * 0.02, rel=1e-12)
