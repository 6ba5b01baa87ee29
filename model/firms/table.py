"""The table of firms."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import Base, OutsideWorld
from model.compiled import RULE
from model.table import Table

CLOSED = -1
N_KINDS = 3
"""Services, other industry, catalogue industry."""
NOTCH_REVENUE = (50e6, 200e6)
"""Revenue classes of the certificate's R&D notch, yuan a year (rule of 2016, in force in 2020)."""
NOTCH_INTENSITY = (0.05, 0.04, 0.03)
ABOVE_SCALE_REVENUE = 20e6
"""Revenue from which an industrial firm is counted as above scale, yuan a year."""
MAX_LAG_QUARTERS = 16
TAX_RATE = 0.25
SMALL_FIRM_TAX_RATE = 0.05
"""Corporate tax without a certificate: the standard rate, and that of small and micro firms in 2020 (the law)."""


class FirmTable(Table):
    """One row a firm agent. Flows are yuan in the quarter; ``city`` is CLOSED for firms that closed."""

    COLUMNS: ClassVar[dict[str, type]] = {
        "firm_id": np.uint64,
        "city": np.int8,
        "site": np.int8,
        "cluster": np.int8,
        "kind": np.float64,
        "group": np.int64,
        "alive": np.bool_,
        "weight": np.int32,
        "born": np.int16,
        "demand": np.float64,
        "value_added": np.float64,
        "revenue_ratio": np.float64,
        "rd_intensity": np.float64,
        "rd_intensity_opening": np.float64,
        "rd_reference": np.float64,
        "rd_reference_opening": np.float64,
        "rd_real_share": np.float64,
        "rd_reference_real_share": np.float64,
        "knowledge": np.float64,
        "knowledge_reference": np.float64,
        "tax_rate": np.float64,
        "tech_sme": np.bool_,
        "above_scale": np.bool_,
        "champion": np.bool_,
        "certified_until": np.int16,
        "constrained": np.bool_,
        "cash": np.float64,
        "debt": np.float64,
        "boost_left": np.int16,
        "finance_opening": np.bool_,
        "financed": np.bool_,
        "enclave_rd": np.float64,
        "displaced_rd": np.float64,
        "voucher_rd": np.float64,
        "bought_knowledge": np.float64,
        "pledged": np.bool_,
        "by_pool": np.bool_,
        "patents": np.float64,
    }
    firm_id: NDArray[np.uint64]
    city: NDArray[np.int8]
    site: NDArray[np.int8]
    cluster: NDArray[np.int8]
    kind: NDArray[np.float64]
    """1 in a catalogue industry, 0 in other industry, -1 in services."""
    group: NDArray[np.int64]
    """Site and kind, within which demand is shared: `production_group`."""
    alive: NDArray[np.bool_]
    """Firms that have not closed."""
    weight: NDArray[np.int32]
    born: NDArray[np.int16]
    demand: NDArray[np.float64]
    """Value added that demand and luck would give without any lever-made knowledge."""
    value_added: NDArray[np.float64]
    revenue_ratio: NDArray[np.float64]
    """Revenue over value added, a constant of the firm."""
    rd_intensity: NDArray[np.float64]
    """Reported intramural R&D over value added."""
    rd_intensity_opening: NDArray[np.float64]
    """The same in 2020, at birth, or when the firm began R&D: what desired intensity is relative to."""
    rd_reference: NDArray[np.float64]
    """Intensity that the firm would have under the district's policy of 2020, national law included."""
    rd_reference_opening: NDArray[np.float64]
    """``rd_intensity_opening`` of that path: a certificate that only a higher award brought does not raise it."""
    rd_real_share: NDArray[np.float64]
    """Share of reported R&D that is not relabelled cost."""
    rd_reference_real_share: NDArray[np.float64]
    knowledge: NDArray[np.float64]
    knowledge_reference: NDArray[np.float64]
    tax_rate: NDArray[np.float64]
    """Corporate tax rate at the status of 2020 (or of birth): user cost is relative to it."""
    tech_sme: NDArray[np.bool_]
    above_scale: NDArray[np.bool_]
    champion: NDArray[np.bool_]
    certified_until: NDArray[np.int16]
    constrained: NDArray[np.bool_]
    cash: NDArray[np.float64]
    debt: NDArray[np.float64]
    boost_left: NDArray[np.int16]
    """Quarters of growth after venture money still to come."""
    finance_opening: NDArray[np.bool_]
    """Whether the firm had a technology loan in 2020."""
    financed: NDArray[np.bool_]
    """Whether it has one now."""
    enclave_rd: NDArray[np.float64]
    """R&D in the enclave beyond that of 2020, yuan in the quarter."""
    displaced_rd: NDArray[np.float64]
    """R&D at home that the enclave takes away."""
    voucher_rd: NDArray[np.float64]
    """Own R&D that goes with vouchers beyond those of 2020."""
    bought_knowledge: NDArray[np.float64]
    """Knowledge that comes with technology contracts beyond those of 2020, yuan in the quarter."""
    pledged: NDArray[np.bool_]
    """Whether the firm's loan stands against pledged patents."""
    by_pool: NDArray[np.bool_]
    """Whether it would have no loan under the policy of 2020."""
    patents: NDArray[np.float64]
    """Valid invention patents held, an expected number."""

    @classmethod
    def opening(cls, base: Base, outside: OutsideWorld, hnte_rate: float) -> FirmTable:
        """Firms at the end of 2020: flows of the fourth quarter, at the pace at which 2020 is told to rise."""
        f = base.firms
        share = fourth_quarter_share(outside.gdp_growth_2020)
        value_added = f.value_added * share
        performs = f.rd > 0.0
        trend = fourth_quarter_share(outside.gdp_growth_2020 + base.rd_intensity_trend / 4.0)
        intensity = np.divide(f.rd * trend, value_added, out=np.zeros_like(f.rd), where=performs)
        certified = f.certified_until >= 0
        kind = np.array([float(c.catalogue) if c.industry else -1.0 for c in base.clusters])[f.cluster]
        return cls(
            firm_id=f.firm_id,
            city=f.city,
            site=f.site,
            cluster=f.cluster,
            kind=kind,
            group=production_group(f.site, kind),
            alive=f.city != CLOSED,
            weight=f.weight,
            born=f.born,
            demand=value_added,
            value_added=value_added,
            revenue_ratio=f.revenue / f.value_added,
            rd_intensity=intensity,
            rd_intensity_opening=intensity,
            rd_reference=intensity,
            rd_reference_opening=intensity,
            rd_real_share=1.0,
            rd_reference_real_share=1.0,
            knowledge=1.0,
            knowledge_reference=1.0,
            tax_rate=np.where(certified, hnte_rate, np.where(f.above_scale, TAX_RATE, SMALL_FIRM_TAX_RATE)),
            tech_sme=f.tech_sme,
            above_scale=f.above_scale,
            champion=f.champion,
            certified_until=f.certified_until,
            constrained=f.constrained,
            cash=0.0,
            debt=0.0,
            boost_left=0,
            finance_opening=False,
            financed=False,
            enclave_rd=0.0,
            displaced_rd=0.0,
            voucher_rd=0.0,
            bought_knowledge=0.0,
            pledged=False,
            by_pool=False,
            patents=0.0,
        )

    def close(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.float64], NDArray[np.float64]]:
        """Close firms; their rows stay, so that no id is ever used again. Returns city, cash and debt that they had."""
        city, cash, debt = _close(rows, self.city, self.alive, self.cash, self.debt)
        return city, cash, debt

    def certified(self, quarter: int) -> NDArray[np.bool_]:
        """Firms whose high-tech certificate is valid in a quarter."""
        return np.asarray((self.certified_until >= quarter) & self.alive)

    def rd(self) -> NDArray[np.float64]:
        """Reported intramural R&D, yuan in the quarter."""
        return np.asarray(self.rd_intensity * self.value_added)

    def yearly_revenue(self) -> NDArray[np.float64]:
        """Revenue a year per firm (not per agent), at the pace of this quarter."""
        revenue = np.empty(self.n)
        _revenue_a_year(self.value_added, self.revenue_ratio, self.weight, revenue)
        return revenue


@nb.njit(**RULE)
def _close(rows, city, alive, cash, debt):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `FirmTable.close`."""
    left, lost, owed = np.empty(rows.size, city.dtype), np.empty(rows.size), np.empty(rows.size)
    for k, row in enumerate(rows):
        left[k], lost[k], owed[k] = city[row], cash[row], debt[row]
        city[row], alive[row], cash[row], debt[row] = CLOSED, False, 0.0, 0.0
    return left, lost, owed


@nb.njit(**RULE, inline="always")
def revenue_a_year(value_added, revenue_ratio, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Revenue a year of one of the firms that an agent stands for, inside compiled rules."""
    return 4.0 * value_added * revenue_ratio / max(weight, 1)


@nb.njit(**RULE)
def _revenue_a_year(value_added, revenue_ratio, weight, revenue):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `FirmTable.yearly_revenue`."""
    for i in range(revenue.size):
        revenue[i] = revenue_a_year(value_added[i], revenue_ratio[i], weight[i])


@dataclass(frozen=True)
class Move:
    """Firms that moved in a quarter: the rows that they left, their new rows, and their share of what they left."""

    quarter: int
    donors: NDArray[np.int64]
    movers: NDArray[np.int64]
    share: NDArray[np.float64]


def as_they_are_now(then: NDArray[np.float64], quarter: int, n: int, moves: Sequence[Move]) -> NDArray[np.float64]:
    """Bring a flow of an earlier quarter to the rows of today.

    Parameters
    ----------
    then : (n_then,) yuan in the quarter, of the rows that there were.
    quarter : when that was, before 2021 zero or less.
    n : rows now.
    moves : all moves so far, in order.

    Returns
    -------
    (n,) yuan: who moved since took the past along, who was born since has none.
    """
    if len(then) == n:
        return then
    now = np.zeros(n)
    now[: len(then)] = then
    for move in moves:
        if move.quarter >= quarter:
            _take_along(now, move.donors, move.movers, move.share)
    return now


@nb.njit(**RULE)
def _take_along(flow, donors, movers, share):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Give movers their share of a flow of those whom they left, which these no longer have."""
    for donor, mover, part in zip(donors, movers, share):  # noqa: B905 - compiled
        flow[mover] = flow[donor] * part
        flow[donor] *= 1.0 - part


def production_group(site: NDArray[np.int8], kind: NDArray[np.float64]) -> NDArray[np.int64]:
    """(n,) index of the site and industry group within which demand is shared; ``N_KINDS`` a site."""
    return np.asarray(site.astype(np.int64) * N_KINDS + (kind + 1.0).astype(np.int64))


@functools.lru_cache(maxsize=8)
def fourth_quarter_share(growth: float) -> float:
    """Share of a year's flow that falls in its last quarter when it grows by ``growth`` (log) a quarter."""
    return float(np.exp(3.0 * growth) / np.exp(growth * np.arange(4)).sum())


@nb.njit(**RULE)
def notch(yearly_revenue):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """R&D over revenue that the high-tech certificate asks for at a revenue (yuan a year): 5, 4 or 3 %."""
    if yearly_revenue < NOTCH_REVENUE[0]:
        return NOTCH_INTENSITY[0]
    return NOTCH_INTENSITY[1] if yearly_revenue <= NOTCH_REVENUE[1] else NOTCH_INTENSITY[2]
