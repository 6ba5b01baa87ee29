"""The identities that stop a run."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from model.accounts import CAPITAL_ACCOUNTS, TALENT_ACCOUNTS, Books
from model.errors import AccountingError
from model.identities import (
    capital_balances,
    check_balances,
    check_money,
    check_not_negative,
    check_posted,
    check_stock,
    persons_posted,
)


def balances(left: list[float], right: list[float], passed: list[float] | None = None) -> NDArray[np.float64]:
    """Give the two sides of one identity, and what passed through the book."""
    return np.array([[left, right, passed or [0.0] * len(left)]])


def test_a_stock_that_closes_passes_and_one_that_does_not_names_the_largest_gap() -> None:
    """Stock after is stock before plus change in every cell, or the largest gap with its sign is named."""
    before, change = np.array([[10, 4], [3, 2]]), np.array([[1, -1], [0, 5]])
    check_stock("talents", 3, before, np.array([[11, 3], [3, 7]]), change)
    with pytest.raises(AccountingError) as caught:
        check_stock("talents", 3, before, np.array([[12, 3], [-1, 7]]), change)
    assert (caught.value.identity, caught.value.quarter, caught.value.gap) == ("talents", 3, -4.0)


def test_a_stock_check_does_not_let_gaps_cancel() -> None:
    """One person too many here and one too few there is a breach."""
    with pytest.raises(AccountingError):
        check_stock("talents", 1, np.array([5, 5]), np.array([6, 4]), np.array([0, 0]))


@pytest.mark.parametrize(
    ("left", "right", "scale"),
    [
        (1e9, 1e9 + 9.0, None),
        (0.0, 0.9e-8, None),
        (-1e9, -1e9 - 9.0, None),
        (5.0, 5.9, 1e8),
    ],
)
def test_money_closes_to_a_hundred_millionth(left: float, right: float, scale: float | None) -> None:
    """Two sums closer than 1e-8 of their size, or of the scale given, agree."""
    check_money("capital", 1, left, right, scale)


@pytest.mark.parametrize(
    ("left", "right", "scale"),
    [
        (1e9, 1e9 + 11.0, None),
        (0.0, 1.1e-8, None),
        (5.0, 6.1, 1e8),
        (1e9, 1e9 + 9.0, 1.0),
        (math.nan, 1.0, None),
        (math.inf, math.inf, None),
        (math.inf, 1.0, 100.0),
    ],
)
def test_money_that_does_not_close_stops_the_run(left: float, right: float, scale: float | None) -> None:
    """Sums further apart than 1e-8 of their size, or of the scale given, or no numbers at all, are a breach."""
    with pytest.raises(AccountingError, match="capital is off by"):
        check_money("capital", 1, left, right, scale)


@pytest.mark.parametrize(("left", "right"), [(math.inf, 5.0), (5.0, -math.inf)])
def test_an_infinite_sum_is_a_breach(left: float, right: float) -> None:
    """A finite and an infinite sum never agree."""
    with pytest.raises(AccountingError):
        check_money("capital", 1, left, right)


@pytest.mark.parametrize(("worst", "gap"), [(-2e-6, -2e-6), (-7.0, -7.0)])
def test_amounts_below_zero_stop_the_run(worst: float, gap: float) -> None:
    """An amount below zero by more than a rounding error is a breach with that amount."""
    with pytest.raises(AccountingError, match="debt below zero or not finite") as caught:
        check_not_negative("debt", 4, np.array([1.0, worst]))
    assert caught.value.gap == gap


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_amounts_that_are_not_finite_stop_the_run(broken: float) -> None:
    """An amount that is no number or infinite is a breach, though none is below zero."""
    with pytest.raises(AccountingError, match="not finite"):
        check_not_negative("debt", 4, np.array([1.0, broken]))


@pytest.mark.parametrize("values", [[], [0.0, 3.0], [-0.9e-6, 1.0]])
def test_amounts_at_zero_or_above_pass(values: list[float]) -> None:
    """Zero, amounts above it, rounding errors and no amounts at all are no breach."""
    check_not_negative("debt", 4, np.array(values))


def test_balances_are_held_city_by_city() -> None:
    """Two columns that differ in one city by more than 1e-8 of the largest stop the run, with the gap."""
    check_balances(["money"], 3, balances([1e9, 5.0], [1e9, 14.0]))
    with pytest.raises(AccountingError) as caught:
        check_balances(["money"], 3, balances([1e9, 5.0], [1e9, 17.0]))
    assert (caught.value.identity, caught.value.quarter, caught.value.gap) == ("money", 3, 12.0)


def test_a_book_that_was_emptied_is_measured_by_what_passed_through_it() -> None:
    """Ten yuan of rounding are no breach where three billion were paid out, and are one where nothing was."""
    left, right = [0.0, 10.0], [0.0, 0.0]
    check_balances(["money"], 3, balances(left, right, [0.0, 3e9]))
    with pytest.raises(AccountingError):
        check_balances(["money"], 3, balances(left, right))


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_balances_that_are_no_numbers_are_a_breach(broken: float) -> None:
    """A column with an amount that is no number or infinite agrees with nothing, whichever city it is of."""
    for left in ([broken, 1.0], [1.0, broken]):
        with pytest.raises(AccountingError):
            check_balances(["money"], 3, balances(left, [1.0, 1.0]))


def test_the_first_of_several_balances_that_is_broken_is_named() -> None:
    """Each identity is held by itself, and its name is that of its place; as many names as balances are given."""
    both = np.concatenate([balances([5.0, 7.0], [5.0, 7.0]), balances([5.0, 7.0], [5.0, 9.0])])
    with pytest.raises(AccountingError) as caught:
        check_balances(["cash", "debt"], 3, both)
    assert (caught.value.identity, caught.value.gap) == ("debt", 2.0)
    with pytest.raises(ValueError, match="1 identities of 2"):
        check_balances(["cash"], 3, both)


def test_what_accounts_post_is_the_change_of_a_stock() -> None:
    """Accounts add and take in every cell; of whole numbers one too many is a breach, the largest gap is named."""
    before, signs = np.array([[10, 4], [3, 2]]), np.array([1, -1])
    posted = np.array([[[2, 0], [0, 5]], [[1, 1], [0, 0]]])
    check_posted("talents", 3, before, np.array([[11, 3], [3, 7]]), signs, posted)
    with pytest.raises(AccountingError) as caught:
        check_posted("talents", 3, before, np.array([[12, 3], [-1, 7]]), signs, posted)
    assert (caught.value.identity, caught.value.quarter, caught.value.gap) == ("talents", 3, -4.0)
    with pytest.raises(AccountingError):
        check_posted("talents", 3, before, np.array([[12, 2], [3, 7]]), signs, posted)


@pytest.mark.parametrize(
    ("off", "breach"), [(9.0, False), (11.0, True), (-11.0, True), (math.nan, True), (math.inf, True)]
)
def test_expected_numbers_posted_close_to_a_hundred_millionth(off: float, breach: bool) -> None:
    """Patents of a city may be off by a rounding error of their own size; no number agrees with nothing."""
    before, posted, signs = np.array([9e8, 1.0]), np.array([[2e8, 0.0], [1e8, 0.0]]), np.array([1, -1])
    after = np.array([1e9 + off, 1.0])
    if not breach:
        check_posted("patents", 3, before, after, signs, posted)
        return
    with pytest.raises(AccountingError, match="patents is off by"):
        check_posted("patents", 3, before, after, signs, posted)


def test_books_of_another_shape_are_not_compared() -> None:
    """A stock of three cities against books of two is a fault of the caller, as is an account without a sign."""
    stock, signs = np.zeros((3, 2), np.int64), np.array([1, -1])
    for posted in (np.zeros((2, 2, 2), np.int64), np.zeros((3, 3, 2), np.int64)):
        with pytest.raises(ValueError, match="accounts of"):
            check_posted("talents", 3, stock, stock, signs, posted)


def test_persons_posted_are_summed_over_the_cities() -> None:
    """Moves in, moves out and all that comes into cities, in the accounts and in the flows between places."""
    books = Books(2, 4)
    for account, persons in (("arrivals", 5), ("graduates", 3), ("moves_in", 2), ("moves_out", 4), ("retirements", 9)):
        books.talents[TALENT_ACCOUNTS.index(account), :, 1] = persons
    books.flows["talents"][3, 0], books.flows["talents"][0, 1], books.flows["talents"][1, 2] = 16.0, 4.0, 7.0
    assert persons_posted(books.talents, books.flows["talents"], 2) == (4, 8, 20.0, 20.0)


def test_sides_of_the_identities_of_capital_by_hand() -> None:
    """What comes into a city and leaves it, what funds pay to firms, and what both hold, from one quarter's books."""
    posted = np.zeros((len(CAPITAL_ACCOUNTS), 2))
    posted[:, 0] = 2.0 ** np.arange(len(posted))
    flows = np.zeros((3, 3))
    flows[2, 0], flows[0, 2], flows[1, 0] = 7.0, 5.0, 1.0
    held = [np.array([amount, 0.0]) for amount in (1000.0, 999.0, 500.0, 300.0)]
    sides = capital_balances(posted, flows, *held)[:, :, 0]
    assert sides.tolist() == [
        [8.0, 1.0 + 4.0 + 8.0 + 16.0 + 64.0, 0.0],
        [5.0, 2.0 + 32.0 + 128.0, 0.0],
        [2.0, 4.0, 0.0],
        [999.0, 1001.0 - 2.0, 1001.0],
        [300.0, 576.0 - 128.0 - 256.0, 576.0],
    ]


@pytest.mark.parametrize("at", range(4))
def test_books_of_other_cities_are_not_compared(at: int) -> None:
    """Funds or firms of three cities against accounts of two are a fault of the caller."""
    held = [np.zeros(3 if column == at else 2) for column in range(4)]
    with pytest.raises(ValueError, match="different numbers of cities"):
        capital_balances(np.zeros((len(CAPITAL_ACCOUNTS), 2)), np.zeros((4, 4)), *held)
