"""The books: every flow posted twice, so that its identities can be checked (`model.identities`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS
from model.compiled import RULE

if TYPE_CHECKING:
    from model.firms.table import FirmTable
    from model.talent.table import TalentTable

FloatArray = NDArray[np.float64]
Index = NDArray[Any] | int
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
_LANDINGS, _MOVES_IN, _MOVES_OUT, _CLOSURES = (
    FIRM_ACCOUNTS.index(name) for name in ("landings", "moves_in", "moves_out", "closures")
)
_PATENTS_IN, _PATENTS_CLOSED, _PATENTS_OUT = (
    PATENT_ACCOUNTS.index(name) for name in ("moves_in", "closures", "moves_out")
)
_CASH_IN, _CASH_OUT = (CAPITAL_ACCOUNTS.index(name) for name in ("cash_in", "cash_out"))
_OUTSIDE = "a posting to a cell outside the {} by {} of the matrix"


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
            raise IndexError(_OUTSIDE.format(*matrix.shape))

    def post_firms(
        self,
        account: str,
        city: NDArray[np.int8] | int,
        size_class: NDArray[np.int64] | int,
        weight: NDArray[np.int32] | NDArray[np.int64],
    ) -> None:
        """Post firms to one account by city and class, either of which may be one for all of them."""
        add_to(self.firms[FIRM_ACCOUNTS.index(account)], city, size_class, weight)

    def post_closures(
        self, rows: NDArray[np.int64], number: NDArray[np.int64], firms: FirmTable, size_class: NDArray[np.int64]
    ) -> None:
        """Post so many firms of some rows of the table as closed, with their share of the patents that a row holds."""
        cells = self.firms[_CLOSURES], self.patents[_PATENTS_CLOSED]
        if not _scatter_closures(*cells, rows, number, firms.city, size_class, firms.weight, firms.patents):
            raise IndexError(_OUTSIDE.format(*self.firms.shape[1:]))

    def post_moves(
        self,
        origin: NDArray[np.int8],
        destination: NDArray[np.int64],
        size_class: NDArray[np.int64],
        lands: NDArray[np.bool_],
        patents: FloatArray,
        cash: FloatArray,
    ) -> None:
        """Post single firms that move, or land from an enclave, in every account, with patents and cash taken along."""
        books = self.firms, self.patents, self.capital, self.flows["firms"], self.flows["capital"]
        if not _scatter_moves(*books, origin, destination, size_class, lands, patents, cash):
            raise IndexError(_OUTSIDE.format(*self.firms.shape[1:]))

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
        raise IndexError(_OUTSIDE.format(*matrix.shape))


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
def _scatter_closures(firms, patents_closed, rows, number, city, size_class, weight, patents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `Books.post_closures`; False as soon as a cell lies outside the books."""
    for row, closed in zip(rows, number):  # noqa: B905 - compiled
        at, rung = city[row], size_class[row]
        if not (0 <= at < firms.shape[0] and 0 <= rung < firms.shape[1]):
            return False
        firms[at, rung] += closed
        patents_closed[at] += patents[row] * closed / weight[row]
    return True


@nb.njit(**RULE)
def _scatter_moves(firms, patents, capital, flow, flow_of_cash, origin, destination, size_class, lands, moved, cash):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `Books.post_moves`; False as soon as a cell lies outside the books."""
    n_cities, n_classes = firms.shape[1:]
    for i in range(origin.size):
        left, to, rung = origin[i], destination[i], size_class[i]
        if not (0 <= left < n_cities and 0 <= to < n_cities and 0 <= rung < n_classes):
            return False
        firms[_MOVES_OUT, left, rung] += 1
        firms[_LANDINGS if lands[i] else _MOVES_IN, to, rung] += 1
        flow[left, to] += 1.0
        patents[_PATENTS_OUT, left] += moved[i]
        patents[_PATENTS_IN, to] += moved[i]
        capital[_CASH_OUT, left] += cash[i]
        capital[_CASH_IN, to] += cash[i]
        flow_of_cash[left, to] += cash[i]
    return True


@nb.njit(**RULE)
def held_by_city(city, cash, debt, patents, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(3, n_cities) cash, debt and patents of firms; all arrays (n,). Closed ones, of no city, are to hold nothing.

    What they hold nevertheless counts in the first city, so that the checks find it.
    """
    held = np.zeros((3, n_cities))
    # Neighbours mostly are of one city, whose sums stay at hand until a firm of another follows.
    here, of_cash, of_debt, of_patents = 0, 0.0, 0.0, 0.0
    for i in range(city.size):
        at = max(city[i], 0)
        if at != here:
            held[0, here], held[1, here], held[2, here] = of_cash, of_debt, of_patents
            here, of_cash, of_debt, of_patents = at, held[0, at], held[1, at], held[2, at]
        of_cash, of_debt, of_patents = of_cash + cash[i], of_debt + debt[i], of_patents + patents[i]
    held[0, here], held[1, here], held[2, here] = of_cash, of_debt, of_patents
    return held


@nb.njit(**RULE)
def firms_by_class(city, size_class, weight, n_cities, n_classes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities, n_classes) firms; all arrays (n,), the city of closed ones below zero."""
    firms = np.zeros((n_cities, n_classes), np.int64)
    for i in range(city.size):
        if city[i] >= 0:
            firms[city[i], size_class[i]] += weight[i]
    return firms


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
