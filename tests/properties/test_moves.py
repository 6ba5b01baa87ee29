"""A firm that moves its seat takes along what is its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from model.accounts import CAPITAL_ACCOUNTS
from model.base import Member
from model.economy import Economy
from model.firms.table import as_they_are_now
from model.policy import PolicyPath


@pytest.fixture(name="economy")
def economy_of_movers(draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]) -> Iterator[Economy]:
    """Give an economy after eight quarters in which many firms move and funds pay many of them."""
    member = draw(0)
    parameters = replace(member.parameters, relocation_hazard=0.6, vc_deal_size=3e5)
    economy = Economy(member.base, parameters, member.outside["known_2021"], path_of("baseline"), member.seed)
    for _ in range(8):
        economy.step()
    yield economy
    economy.close()


def single(economy: Economy, quarter: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows that firms of one firm each left in a quarter, and their new rows."""
    moves = [move for move in economy.moves if move.quarter == quarter]
    whole = [move.share == 1.0 for move in moves]
    left = np.concatenate([move.donors[mine] for move, mine in zip(moves, whole, strict=True)])
    return left, np.concatenate([move.movers[mine] for move, mine in zip(moves, whole, strict=True)])


def test_investors_keep_what_they_hold(economy: Economy) -> None:
    """Funds hold shares of firms that moved, and no share of a row that was left."""
    h, moves = economy.holdings, economy.moves
    held = h.firm[h.amount > 0.0]
    assert np.isin(held, np.concatenate([move.movers for move in moves])).any()
    assert economy.firms.alive[held].all()


def test_cash_and_loans_cross_the_border_with_the_firm(economy: Economy) -> None:
    """What movers take out of one city they bring into another, in the books and in the matrix; banks hand over."""
    posted = dict(zip(CAPITAL_ACCOUNTS, economy.books.capital, strict=True))
    assert posted["cash_out"].sum() == pytest.approx(posted["cash_in"].sum(), rel=1e-12)
    assert posted["cash_in"][0] > 0.0
    between = economy.books.flows["capital"][1:3, 0].sum()
    assert between == pytest.approx(posted["received"][0] + posted["cash_in"][0] - _own_funds(economy), rel=1e-9)
    left, new = single(economy, economy.quarter)
    assert not economy.firms.debt[left].any()
    assert economy.firms.debt[new].any()


def _own_funds(economy: Economy) -> float:
    """What the district's own funds paid its firms."""
    return float(economy.books.flows["capital"][0, 0])


def test_age_certificate_and_tax_rate_stay(economy: Economy) -> None:
    """A firm is as old, as certified and taxed as before; a certificate is not lost on the way."""
    f = economy.firms
    left, new = single(economy, economy.quarter)
    for name in ("born", "certified_until", "tax_rate", "finance_opening", "boost_left", "constrained"):
        np.testing.assert_array_equal(getattr(f, name)[left], getattr(f, name)[new])
    assert (f.certified_until[new] >= economy.quarter).any()


def test_the_newborn_are_taxed_as_small_firms_without_a_certificate(economy: Economy) -> None:
    """Whatever firm it resembles, a newborn one holds no certificate and pays the rate of small firms."""
    f = economy.firms
    born = (f.born == economy.quarter) & f.alive
    assert born.any()
    assert set(f.tax_rate[born]) == {0.05}
    assert (f.certified_until[born] < economy.quarter).all()


def test_the_past_of_a_mover_is_its_own(economy: Economy) -> None:
    """R&D of a year ago, as of the firms that there are now, adds up to what it was; movers have a part in it."""
    then = economy.research_history[-1 - 4]
    now = as_they_are_now(then, economy.quarter - 4, economy.firms.n, economy.moves)
    assert now.sum() == pytest.approx(then.sum(), rel=1e-12)
    recent = np.concatenate([move.movers for move in economy.moves if move.quarter > economy.quarter - 4])
    assert now[recent].sum() > 0.0
