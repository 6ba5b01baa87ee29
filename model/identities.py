"""Identities of the books: what holds at the end of each quarter, or the run stops and names the breach.

Persons and firms are whole and exact; yuan and patents, expected numbers, close to 1e-8 relative.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.accounts import CAPITAL_ACCOUNTS, TALENT_ACCOUNTS
from model.compiled import RULE
from model.errors import AccountingError

FloatArray = NDArray[np.float64]
RELATIVE_TOLERANCE = 1e-8
_ARRIVALS, _GRADUATES, _MOVES_IN, _MOVES_OUT = (
    TALENT_ACCOUNTS.index(name) for name in ("arrivals", "graduates", "moves_in", "moves_out")
)
_RAISED, _INVESTED, _RECEIVED, _PRIVATE, _SOLD, _DISTRIBUTED, _CASH_IN, _CASH_OUT, _CASH_LOST = (
    CAPITAL_ACCOUNTS.index(name)
    for name in ("raised", "invested", "received", "private", "sold", "distributed", "cash_in", "cash_out", "cash_lost")
)
CAPITAL_IDENTITIES = (
    "capital: flows into a city = raised, received, private, sold, moved in",
    "capital: flows out of a city = invested, distributed, moved out",
    "capital: what funds invest is what firms receive",
    "capital: uncalled = before + raised - invested",
    "capital: cash of firms = before + received - gone",
)


def check_stock(
    identity: str,
    quarter: int,
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    change: NDArray[np.int64],
) -> None:
    """Whole persons or firms: stock after = stock before + posted change, in every cell.

    Raises
    ------
    AccountingError : with the largest gap.
    """
    gap = after - before - change
    if gap.any():
        raise AccountingError(identity, quarter, float(gap.flat[np.argmax(np.abs(gap))]))


def check_money(identity: str, quarter: int, left: float, right: float, scale: float | None = None) -> None:
    """Two sums of yuan agree to 1e-8 of their size.

    Raises
    ------
    AccountingError : with the gap.
    """
    size = max(abs(left), abs(right), 1.0) if scale is None else max(scale, 1.0)
    if not (math.isfinite(left - right) and abs(left - right) <= RELATIVE_TOLERANCE * size):
        raise AccountingError(identity, quarter, left - right)


def check_posted(
    identity: str,
    quarter: int,
    before: NDArray[Any],
    after: NDArray[Any],
    signs: NDArray[np.int64],
    posted: NDArray[Any],
) -> None:
    """Stock after = stock before + what the accounts posted, in every cell: whole numbers exactly, others to 1e-8.

    Parameters
    ----------
    before, after : of one shape.
    signs : (n_accounts,) whether an account adds to the stock, 1, or takes from it, -1.
    posted : (n_accounts, and the shape of the stock).

    Raises
    ------
    AccountingError : with the largest gap.
    ValueError : the shapes do not fit.
    """
    if not before.shape == after.shape == posted.shape[1:] or len(signs) != len(posted):
        raise ValueError(f"{identity}: {before.shape}, {after.shape} and {len(signs)} accounts of {posted.shape}")
    tolerance = RELATIVE_TOLERANCE if after.dtype == np.float64 else 0.0
    gap = _largest_unposted(before, after, signs, posted, tolerance)
    if gap != 0.0:
        raise AccountingError(identity, quarter, gap)


@nb.njit(**RULE)
def _largest_unposted(before, after, signs, posted, tolerance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Largest gap of any cell that exceeds a tolerance relative to its size, at least one; zero if none does."""
    then, now, accounts, largest = before.ravel(), after.ravel(), posted.reshape((signs.size, before.size)), 0.0
    for cell in range(then.size):
        expected = then[cell]
        for account in range(signs.size):
            expected += signs[account] * accounts[account, cell]
        gap, size = float(now[cell] - expected), max(abs(float(now[cell])), abs(float(expected)), 1.0)
        # What is no number, or infinite, agrees with nothing.
        agrees = math.isfinite(gap) and abs(gap) <= tolerance * size
        if not agrees and not abs(gap) <= abs(largest):
            largest = gap
    return largest


@nb.njit(**RULE)
def persons_posted(talents, flows, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Sums over the cities of the persons that the books of a quarter hold.

    Parameters
    ----------
    talents : (n_accounts, n_cities, n_tiers) persons by account.
    flows : (n_places, n_places) persons, origin by destination.

    Returns
    -------
    Moves into cities, moves out of them, all postings into cities from any place, and all flows into cities.
    """
    of_account, arrived = np.zeros(talents.shape[0], np.int64), 0.0
    for account in range(talents.shape[0]):
        for cell in talents[account].ravel():
            of_account[account] += cell
    for origin in range(flows.shape[0]):
        for city in range(n_cities):
            arrived += flows[origin, city]
    moves_in = of_account[_MOVES_IN]
    posted_in = of_account[_ARRIVALS] + of_account[_GRADUATES] + moves_in
    return moves_in, of_account[_MOVES_OUT], float(posted_in), arrived


@nb.njit(**RULE)
def capital_balances(posted, flows, uncalled_before, uncalled, cash_before, cash):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Two sides of each of the identities of capital, and what passed through the book where far more did than is left.

    Parameters
    ----------
    posted : (n_accounts, n_cities) yuan by account of capital.
    flows : (n_places, n_places) yuan, origin by destination.
    uncalled_before, uncalled, cash_before, cash : (n_cities,) yuan of funds and of firms, at the end of the quarter
        before and of this one.

    Returns
    -------
    (n_identities, 3, n_cities) yuan, in the order of CAPITAL_IDENTITIES; of the third, sums over the cities alone.
    """
    n = posted.shape[1]
    if not uncalled_before.size == uncalled.size == cash_before.size == cash.size == n:
        raise ValueError("books of different numbers of cities are compared")
    balances = np.zeros((len(CAPITAL_IDENTITIES), 3, n))
    came, left, paid, called, held = balances[0], balances[1], balances[2], balances[3], balances[4]
    for city in range(n):
        post = posted[:, city]
        for place in range(flows.shape[0]):
            came[0, city] += flows[place, city]
            left[0, city] += flows[city, place]
        came[1, city] = post[_RAISED] + post[_RECEIVED] + post[_PRIVATE] + post[_SOLD] + post[_CASH_IN]
        left[1, city] = post[_INVESTED] + post[_DISTRIBUTED] + post[_CASH_OUT]
        paid[0, 0] += post[_INVESTED]
        paid[1, 0] += post[_RECEIVED]
        called[0, city], called[2, city] = uncalled[city], uncalled_before[city] + post[_RAISED]
        called[1, city] = called[2, city] - post[_INVESTED]
        held[0, city], held[2, city] = cash[city], cash_before[city] + post[_RECEIVED] + post[_PRIVATE] + post[_CASH_IN]
        held[1, city] = held[2, city] - (post[_CASH_OUT] + post[_CASH_LOST])
    return balances


def check_balances(identities: Sequence[str], quarter: int, balances: FloatArray) -> None:
    """Two columns of yuan agree, city by city, to 1e-8 of the largest amount, for each identity.

    Parameters
    ----------
    balances : (n_identities, 3, n_cities) yuan: the two columns, and what passed through a book where far more did than
        is left: a book that was emptied holds but a rounding error.

    Raises
    ------
    AccountingError : with the largest gap of the first identity that does not hold.
    ValueError : there are more or fewer identities than balances.
    """
    if len(identities) != len(balances):
        raise ValueError(f"{len(identities)} identities of {len(balances)} balances")
    broken, gap = _first_broken(balances)
    if broken >= 0:
        raise AccountingError(identities[broken], quarter, gap)


@nb.njit(**RULE)
def _first_broken(balances):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Index of the first identity whose gap is too large, and the gap; below zero where all hold."""
    for identity in range(balances.shape[0]):
        gap, size = _largest(balances[identity, 0], balances[identity, 1], balances[identity, 2])
        if not (math.isfinite(gap) and gap <= RELATIVE_TOLERANCE * size):
            return identity, gap
    return -1, 0.0


@nb.njit(**RULE)
def _largest(left, right, passed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Largest gap between two columns, not a number if any is none; largest amount, at least one."""
    gap, size = 0.0, 1.0
    for i in range(left.size):
        between = abs(left[i] - right[i])
        # What is no number is no smaller than any, and stays.
        gap = between if between > gap or math.isnan(between) else gap
        size = max(size, abs(left[i]), abs(right[i]), abs(passed[i]))
    return gap, size


def check_not_negative(identity: str, quarter: int, values: FloatArray) -> None:
    """Nothing below zero and everything finite.

    Raises
    ------
    AccountingError : with the worst value.
    """
    wrong = ~(np.isfinite(values) & (values >= -1e-6))
    if wrong.any():
        raise AccountingError(f"{identity} below zero or not finite", quarter, float(values[wrong][0]))
