"""The books: every flow posted twice, every identity checked.

Persons and firms are whole and exact; yuan close to 1e-8 relative. A breach stops the run and names the identity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS
from model.compiled import RULE
from model.errors import AccountingError

if TYPE_CHECKING:
    from model.talent.table import TalentTable

FloatArray = NDArray[np.float64]
Index = NDArray[Any] | int
RELATIVE_TOLERANCE = 1e-8
TALENT_ACCOUNTS = (
    "arrivals",
    "graduates",
    "qualified",
    "upgraded_in",
    "upgraded_out",
    "moves_in",
    "moves_out",
    "departures",
    "retirements",
)
TALENT_SIGNS = np.array([1, 1, 1, 1, -1, 1, -1, -1, -1])
FIRM_ACCOUNTS = ("births", "landings", "moves_in", "moves_out", "closures", "climbs_in", "climbs_out")
FIRM_SIGNS = np.array([1, 1, 1, -1, -1, 1, -1])
CAPITAL_ACCOUNTS = (
    "raised",
    "invested",
    "received",
    "private",
    "sold",
    "distributed",
    "cash_in",
    "cash_out",
    "cash_lost",
)
"""Of funds: raised, invested, sold and distributed to their investors; of firms: received from funds, from private
investors, taken along by those that move in and out, and lost when they close."""
PATENT_ACCOUNTS = ("grants", "moves_in", "lapses", "closures", "moves_out")
PATENT_SIGNS = np.array([1, 1, -1, -1, -1])
FIRM_CLASSES = ("micro", "tech_sme", "high_tech_enterprise", "above_scale", "champion")
EVENT_NAMES = (
    "graduates_settled",
    "seniors_settled",
    "firms_certified",
    "candidates_unmatched",
    "slots_capped",
    "teams_founded",
    "referrals_paid",
    "postdocs_arrived",
    "park_firms_attracted",
)


@dataclass
class Books:
    """Postings of one quarter."""

    n_cities: int
    n_places: int
    talents: NDArray[np.int64] = field(init=False)
    """(n_accounts, n_cities, n_tiers) persons."""
    firms: NDArray[np.int64] = field(init=False)
    """(n_accounts, n_cities, n_classes) firms."""
    patents: FloatArray = field(init=False)
    """(n_accounts, n_cities) valid invention patents."""
    flows: dict[str, FloatArray] = field(init=False)
    """kind -> (n_places, n_places), origin by destination."""
    events: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        """Open empty books."""
        self.open_quarter()

    def open_quarter(self) -> None:
        """Clear the postings of the quarter before."""
        self.talents = np.zeros((len(TALENT_ACCOUNTS), self.n_cities, N_TIERS), np.int64)
        self.firms = np.zeros((len(FIRM_ACCOUNTS), self.n_cities, len(FIRM_CLASSES)), np.int64)
        self.patents = np.zeros((len(PATENT_ACCOUNTS), self.n_cities))
        self.capital = np.zeros((len(CAPITAL_ACCOUNTS), self.n_cities))
        self.flows = {kind: np.zeros((self.n_places, self.n_places)) for kind in ("talents", "firms", "capital")}
        self.events = dict.fromkeys(EVENT_NAMES, 0.0)

    def post_talents(
        self, account: str, city: NDArray[np.int8], tier: NDArray[np.int8], weight: NDArray[np.int32]
    ) -> None:
        """Post persons to one account by city and tier."""
        add_to(self.talents[TALENT_ACCOUNTS.index(account)], city, tier, weight)

    def post_talents_of(self, account: str, talents: TalentTable, rows: NDArray[np.int64]) -> None:
        """Post the persons of some rows of the table to one account."""
        matrix = self.talents[TALENT_ACCOUNTS.index(account)]
        if not _scatter_rows(matrix, rows, talents.city, talents.tier, talents.weight):
            raise IndexError(f"a posting to a cell outside the {matrix.shape[0]} by {matrix.shape[1]} of the matrix")

    def post_firms(
        self,
        account: str,
        city: NDArray[np.int8] | int,
        size_class: NDArray[np.int64],
        weight: NDArray[np.int32] | NDArray[np.int64],
    ) -> None:
        """Post firms to one account by city and class."""
        add_to(self.firms[FIRM_ACCOUNTS.index(account)], city, size_class, weight)

    def post_patents(self, account: str, city: NDArray[np.int8] | NDArray[np.int64], number: FloatArray) -> None:
        """Post patents to one account by city of their holders; those of closed firms (below zero) must be none."""
        add_to(self.patents, PATENT_ACCOUNTS.index(account), np.maximum(city, 0), number)

    def post_capital(self, account: str, city: NDArray[Any] | int, yuan: FloatArray | float) -> None:
        """Post yuan to one account by city."""
        add_to(self.capital, CAPITAL_ACCOUNTS.index(account), city, yuan)

    def account(self, name: str) -> FloatArray:
        """(n_cities,) yuan posted to one account of capital."""
        return np.asarray(self.capital[CAPITAL_ACCOUNTS.index(name)])

    def post_flow(
        self,
        kind: str,
        origin: NDArray[np.int8] | int,
        destination: NDArray[np.int8] | int,
        amount: NDArray[np.generic] | float,
    ) -> None:
        """Post what leaves one place and arrives at another, once, in the one matrix that both books read."""
        add_to(self.flows[kind], origin, destination, amount)


def add_to(matrix: NDArray[Any], row: Index, column: Index, amount: NDArray[Any] | float) -> None:
    """Add amounts to the cells of a matrix; an index or an amount may be one number for all."""
    if isinstance(row, int) and isinstance(column, int):
        matrix[row, column] += amount.sum() if isinstance(amount, np.ndarray) else amount
        return
    n = len(row) if not isinstance(row, int) else len(column)  # type: ignore[arg-type] # one of them is no number
    if not n:
        return
    amounts = amount if isinstance(amount, np.ndarray) and len(amount) == n else np.full(n, amount)
    if isinstance(row, int):
        inside = 0 <= row < matrix.shape[0] and _scatter_line(matrix[row], column, amounts)
    elif isinstance(column, int):
        inside = 0 <= column < matrix.shape[1] and _scatter_line(matrix[:, column], row, amounts)
    else:
        inside = len(column) == n and _scatter(matrix, row, column, amounts)
    if not inside:
        raise IndexError(f"a posting to a cell outside the {matrix.shape[0]} by {matrix.shape[1]} of the matrix")


@nb.njit(**RULE)
def _scatter_line(line, index, amount):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `add_to` for one row or column; False as soon as an index lies outside it."""
    for i in range(index.size):
        if not 0 <= index[i] < line.size:
            return False
        line[index[i]] += amount[i]
    return True


@nb.njit(**RULE)
def _scatter(matrix, row, column, amount):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `add_to`; False as soon as an index lies outside the matrix."""
    for i in range(row.size):
        if not (0 <= row[i] < matrix.shape[0] and 0 <= column[i] < matrix.shape[1]):
            return False
        matrix[row[i], column[i]] += amount[i]
    return True


@nb.njit(**RULE)
def _scatter_rows(matrix, rows, row_of, column_of, amount_of):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """As `_scatter`, of some ``rows`` of columns."""
    for i in rows:
        if not (0 <= row_of[i] < matrix.shape[0] and 0 <= column_of[i] < matrix.shape[1]):
            return False
        matrix[row_of[i], column_of[i]] += amount_of[i]
    return True


@nb.njit(**RULE)
def held_by_city(city, cash, debt, patents, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(3, n_cities) cash, debt and patents of firms; all arrays (n,). Closed ones, of no city, are to hold nothing.

    What they hold nevertheless counts in the first city, so that the checks find it.
    """
    held = np.zeros((3, n_cities))
    for i in range(city.size):
        at = max(city[i], 0)
        held[0, at] += cash[i]
        held[1, at] += debt[i]
        held[2, at] += patents[i]
    return held


@nb.njit(**RULE)
def firms_by_class(city, size_class, weight, n_cities, n_classes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities, n_classes) firms; all arrays (n,), the city of closed ones below zero."""
    firms = np.zeros((n_cities, n_classes), np.int64)
    for i in range(city.size):
        if city[i] >= 0:
            firms[city[i], size_class[i]] += weight[i]
    return firms


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


def check_balances(
    identity: str, quarter: int, left: FloatArray, right: FloatArray, passed: FloatArray | None = None
) -> None:
    """Two columns of yuan agree, city by city, to 1e-8 of the largest amount.

    Parameters
    ----------
    left, right : (n_cities,) yuan.
    passed : (n_cities,) yuan that passed through a book, where far more did than is left: a book that was emptied
        holds but a rounding error.

    Raises
    ------
    AccountingError : with the largest gap.
    ValueError : the columns differ in length.
    """
    passed = left if passed is None else passed
    if not left.shape == right.shape == passed.shape:
        raise ValueError(f"{identity}: columns of {left.shape}, {right.shape} and {passed.shape} are compared")
    gap, size = _largest(left, right, passed)
    if not (math.isfinite(gap) and gap <= RELATIVE_TOLERANCE * size):
        raise AccountingError(identity, quarter, gap)


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


def size_class(
    alive: NDArray[np.bool_],
    tech_sme: NDArray[np.bool_],
    certified_until: NDArray[np.int16],
    above_scale: NDArray[np.bool_],
    champion: NDArray[np.bool_],
    quarter: int,
) -> NDArray[np.int64]:
    """(n,) index into FIRM_CLASSES: the highest rung that a firm stands on in a quarter; all arrays (n,)."""
    return np.asarray(_highest_rung(alive, tech_sme, certified_until, above_scale, champion, quarter))


@nb.njit(**RULE)
def _highest_rung(alive, tech_sme, certified_until, above_scale, champion, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `size_class`."""
    rung = np.empty(tech_sme.size, np.int64)
    for i in range(tech_sme.size):
        certified = (certified_until[i] >= quarter) & alive[i]
        rung[i] = max(1 * tech_sme[i], 2 * certified, 3 * above_scale[i], 4 * champion[i])
    return rung
