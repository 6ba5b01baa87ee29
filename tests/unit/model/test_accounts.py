"""The books: postings, identities and the rungs of firms."""

import numpy as np
import pytest

from model.accounts import (
    CAPITAL_ACCOUNTS,
    FIRM_ACCOUNTS,
    FIRM_CLASSES,
    FIRM_SIGNS,
    PATENT_ACCOUNTS,
    PATENT_SIGNS,
    TALENT_ACCOUNTS,
    TALENT_SIGNS,
    Books,
    add_to,
    firms_by_class,
    held_by_city,
    size_class,
)
from model.base import GRADUATE, N_TIERS, SENIOR
from model.firms.table import CLOSED, FirmTable
from model.talent.table import GONE, TalentTable


@pytest.fixture
def books() -> Books:
    """Open books of three cities and two boundaries."""
    return Books(3, 5)


def test_talents_are_posted_by_account_city_and_tier(books: Books) -> None:
    """Persons of one cell add up, also when the same cell is posted twice in one call."""
    city, tier = np.array([0, 0, 2], np.int8), np.array([GRADUATE, GRADUATE, SENIOR], np.int8)
    books.post_talents("arrivals", city, tier, np.array([10, 7, 1], np.int32))
    books.post_talents("arrivals", city[:1], tier[:1], np.array([3], np.int32))
    arrivals = books.talents[TALENT_ACCOUNTS.index("arrivals")]
    assert (arrivals[0, GRADUATE], arrivals[2, SENIOR]) == (20, 1)
    assert books.talents.sum() == 21


def test_persons_of_some_rows_of_a_table_are_posted_as_their_columns_are(books: Books) -> None:
    """Rows of the table post what their city, tier and weight would; somebody who is gone cannot be posted."""
    talents = TalentTable(**{name: np.zeros(5, dtype) for name, dtype in TalentTable.COLUMNS.items()})
    talents.city[:], talents.tier[:], talents.weight[:] = [0, 2, 2, 1, GONE], [0, 3, 3, 1, 2], [10, 7, 5, 3, 1]
    books.post_talents_of("departures", talents, np.array([0, 1, 2]))
    departures = books.talents[TALENT_ACCOUNTS.index("departures")]
    assert (departures[0, 0], departures[2, 3], books.talents.sum()) == (10, 12, 22)
    with pytest.raises(IndexError, match="outside"):
        books.post_talents_of("departures", talents, np.array([4]))


def test_firms_are_posted_by_account_city_and_class(books: Books) -> None:
    """A single city stands for all firms of a posting."""
    books.post_firms("births", 1, np.array([0, 1, 1]), np.array([2, 3, 4], np.int32))
    assert books.firms[FIRM_ACCOUNTS.index("births"), 1].tolist() == [2, 7, 0, 0, 0]
    assert books.firms.sum() == 9


@pytest.mark.parametrize(("account", "change"), [("births", 1), ("climbs_out", -1), ("moves_in", 1), ("closures", -1)])
def test_signs_of_firm_accounts(account: str, change: int) -> None:
    """Births and moves in add to the stock of firms, closures and climbs out take from it."""
    assert FIRM_SIGNS[FIRM_ACCOUNTS.index(account)] == change
    assert len(FIRM_SIGNS) == len(FIRM_ACCOUNTS)


def test_signs_of_patent_accounts() -> None:
    """Grants and moves in add to valid patents, the others take from them."""
    up = {name for name, sign in zip(PATENT_ACCOUNTS, PATENT_SIGNS, strict=True) if sign == 1}
    assert up == {"grants", "moves_in"}
    assert set(PATENT_SIGNS.tolist()) == {1, -1}


def test_closures_take_their_share_of_the_patents_that_an_agent_holds(books: Books) -> None:
    """Three of four firms of a row take three quarters of its patents along; closed rows cannot be posted again."""
    firms = FirmTable(**{name: np.zeros(3, dtype) for name, dtype in FirmTable.COLUMNS.items()})
    firms.city[:], firms.weight[:], firms.patents[:] = [2, 2, CLOSED], [4, 1, 1], [8.0, 5.0, 3.0]
    books.post_closures(np.array([0, 1]), np.array([3, 1]), firms, np.array([1, 4, 0]))
    assert books.firms[FIRM_ACCOUNTS.index("closures"), 2].tolist() == [0, 3, 0, 0, 1]
    assert books.patents[PATENT_ACCOUNTS.index("closures")].tolist() == [0.0, 0.0, 11.0]
    assert (books.firms.sum(), books.patents.sum()) == (4, 11.0)
    with pytest.raises(IndexError, match="outside the 3 by 5"):
        books.post_closures(np.array([2]), np.array([1]), firms, np.array([1, 4, 0]))


def test_moves_are_posted_in_every_account() -> None:
    """One firm lands in the district and one leaves it: out here and in there, with their patents and their cash."""
    books, patents, cash = Books(3, 5), np.array([2.0, 1.0]), np.array([30.0, 7.0])
    origin, destination, classes = np.array([1, 0], np.int8), np.array([0, 2]), np.array([1, 2])
    books.post_moves(origin, destination, classes, np.array([True, False]), patents, cash)
    out, landed, moved = (books.firms[FIRM_ACCOUNTS.index(name)] for name in ("moves_out", "landings", "moves_in"))
    assert (out[1, 1], out[0, 2], landed[0, 1], moved[2, 2], books.firms.sum()) == (1, 1, 1, 1, 4)
    assert books.flows["firms"][1, 0] == books.flows["firms"][0, 2] == 1.0
    assert (PATENT_SIGNS @ books.patents).tolist() == [1.0, -2.0, 1.0]
    assert books.account("cash_in").tolist() == [30.0, 0.0, 7.0]
    assert books.account("cash_out").tolist() == [7.0, 30.0, 0.0]
    assert (books.flows["capital"][1, 0], books.flows["capital"][0, 2]) == (30.0, 7.0)


@pytest.mark.parametrize(
    ("origin", "destination", "size_class"), [(-1, 0, 0), (3, 0, 0), (0, 3, 0), (0, 1, 5), (0, 1, -1)]
)
def test_a_move_outside_the_books_is_refused(origin: int, destination: int, size_class: int) -> None:
    """Neither a closed firm nor an unknown place or class is posted."""
    cell = np.array([origin], np.int8), np.array([destination]), np.array([size_class])
    with pytest.raises(IndexError, match="outside the 3 by 5"):
        Books(3, 5).post_moves(*cell, np.array([False]), np.zeros(1), np.zeros(1))


def test_signs_of_talent_accounts() -> None:
    """What comes in counts up, and what goes out, departs or retires counts down."""
    down = {name for name, sign in zip(TALENT_ACCOUNTS, TALENT_SIGNS, strict=True) if sign == -1}
    assert down == {"upgraded_out", "moves_out", "departures", "retirements"}
    assert set(TALENT_SIGNS.tolist()) == {1, -1}


def test_flows_run_from_origin_to_destination(books: Books) -> None:
    """A flow is posted once, in the row of its origin and the column of its destination."""
    books.post_flow("talents", np.array([0, 0, 4], np.int8), np.array([1, 1, 0], np.int8), np.array([5, 6, 7]))
    books.post_flow("capital", 1, 0, 1e6)
    assert (books.flows["talents"][0, 1], books.flows["talents"][4, 0]) == (11.0, 7.0)
    assert books.flows["talents"].sum() == 18.0
    assert books.flows["capital"][1, 0] == books.flows["capital"].sum() == 1e6


def test_a_new_quarter_opens_empty_books(books: Books) -> None:
    """Nothing of the quarter before is left in the books."""
    books.post_talents("graduates", np.zeros(1, np.int8), np.zeros(1, np.int8), np.ones(1, np.int32))
    books.post_firms("births", 0, np.zeros(1, np.int64), np.ones(1, np.int32))
    books.post_flow("firms", 1, 0, 1.0)
    books.events["firms_certified"] += 2.0
    books.open_quarter()
    left = [books.talents, books.firms, *books.flows.values()]
    assert not any(array.any() for array in left)
    assert not any(books.events.values())
    assert books.talents.shape == (len(TALENT_ACCOUNTS), 3, N_TIERS)


def test_one_amount_may_stand_for_all(books: Books) -> None:
    """A single amount is posted once for each pair of places, and nobody at all is no flow."""
    books.post_flow("firms", np.array([1, 1, 2], np.int8), 0, 2)
    assert books.flows["firms"][:, 0].tolist() == [0.0, 4.0, 2.0, 0.0, 0.0]
    books.post_flow("firms", np.zeros(0, np.int8), np.zeros(0, np.int8), np.zeros(0, np.int32))
    assert books.flows["firms"].sum() == 6.0


def test_an_unknown_account_is_refused(books: Books) -> None:
    """A posting to an account that does not exist stops."""
    with pytest.raises(ValueError, match="not in tuple"):
        books.post_talents("holidays", np.zeros(1, np.int8), np.zeros(1, np.int8), np.ones(1, np.int32))


def test_a_firm_is_counted_on_its_highest_rung() -> None:
    """Champion before above scale before certified before technology SME before micro."""
    rungs = np.array(
        [
            [False, False, False, False],
            [True, False, False, False],
            [True, True, False, False],
            [True, True, True, False],
            [True, True, True, True],
            [False, False, False, True],
            [False, False, True, False],
        ]
    )
    tech_sme, certified, above_scale, champion = rungs.T
    until = np.where(certified, 5, 4).astype(np.int16)
    classes = size_class(np.ones(len(rungs), bool), tech_sme, until, above_scale, champion, 5)
    assert [FIRM_CLASSES[k] for k in classes] == [
        "micro",
        "tech_sme",
        "high_tech_enterprise",
        "above_scale",
        "champion",
        "champion",
        "above_scale",
    ]


def test_what_firms_hold_by_city() -> None:
    """Cash, debt and patents add up by city; a closed firm that still holds something is not overlooked."""
    city = np.array([0, 2, 2, -1, 1, 2], np.int8)
    cash, debt = np.array([1.0, 2.0, 3.0, 0.0, 8.0, 9.0]), np.array([0.0, 5.0, 0.0, 7.0, 0.0, 1.0])
    patents = np.array([4.0, 0.0, 6.0, 0.0, 2.0, 0.0])
    assert held_by_city(city, cash, debt, patents, 3).tolist() == [[1, 8, 14], [7, 0, 6], [4, 2, 6]]


@pytest.mark.parametrize("cell", [(-1, [0, 1]), (3, [0, 1]), ([0, 1], -1), ([0, 1], 4), ([3, 0], 0), (0, [1, -1])])
def test_a_posting_outside_the_matrix_is_refused(cell: tuple[int | list[int], int | list[int]]) -> None:
    """Neither a place below zero nor one past the end is written to, be it one number for all or one of many."""
    row, column = (index if isinstance(index, int) else np.array(index, np.int8) for index in cell)
    with pytest.raises(IndexError, match="3 by 4"):
        add_to(np.zeros((3, 4)), row, column, 1.0)


def test_firms_by_city_and_class() -> None:
    """Agents count with the firms that they stand for, closed ones nowhere."""
    city, weight = np.array([0, 1, 1, -1], np.int8), np.array([1, 10, 5, 1], np.int32)
    assert firms_by_class(city, np.array([2, 0, 0, 1]), weight, 2, 3).tolist() == [[0, 0, 1], [15, 0, 0]]


def test_capital_is_posted_by_city() -> None:
    """Two payments to one city add up, another account stays empty."""
    books = Books(2, 4)
    books.post_capital("received", np.array([1, 1]), np.array([2.0, 3.0]))
    assert books.capital[CAPITAL_ACCOUNTS.index("received")].tolist() == [0.0, 5.0]
    assert books.capital.sum() == 5.0
