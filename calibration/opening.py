"""Opening accounts: every published aggregate marked as reproduced, beside its value in the synthetic base."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.firms_focal import annual_factor, sector_ids
from calibration.reading import Row
from calibration.tables import NINGBO, Sector, Tables
from model.base import BOUNDARIES, LEADING, SENIOR, Base
from model.errors import DataError, near_match

YUAN_TOLERANCE = 1e-8
HEADS_TOLERANCE = 1e-3

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Account:
    """One line of the opening accounts, plain units."""

    row_id: str
    name: str
    scope: str
    wanted: float
    """Published, or drawn where nothing is published."""
    found: float
    """In the synthetic base."""
    tolerance: float
    """Absolute."""

    @property
    def ok(self) -> bool:
        """Whether the base meets the line."""
        return bool(abs(self.found - self.wanted) <= self.tolerance)

    def __str__(self) -> str:
        """One line for people."""
        mark = "ok" if self.ok else "NOT MET"
        return f"{self.name} ({self.scope}): wanted {self.wanted:,.6g}, found {self.found:,.6g}, {mark}"


def opening_accounts(tables: Tables, base: Base) -> list[Account]:
    """List every row of the base table marked ``reproduced``, one by one.

    Parameters
    ----------
    tables : the tables that the base was built from.
    base : any member's base; drawn rows are compared with its own draw.

    Raises
    ------
    DataError : a row that no measure here can compute.
    """
    rows = [row for row in tables.base_table if row["reproduced"] == "yes"]
    unknown = [row for row in rows if row["row_id"].partition(":")[0] not in _MEASURES]
    if unknown:
        raise DataError(
            [
                f"{tables.label}/base_table.csv, row {row['_line']}, field row_id: nothing measures '{row['row_id']}'; "
                + near_match(row["row_id"].partition(":")[0], _MEASURES)
                for row in unknown
            ]
        )
    return [_account(tables, base, dict(base.drawn), row) for row in rows]


def _account(tables: Tables, base: Base, drawn: dict[str, float], row: Row) -> Account:
    wanted = drawn[row["drawn"]] if row["drawn"] else float(row["value"]) * tables.unit_factors[row["unit"]]
    measure, _, where = row["row_id"].partition(":")
    found = _MEASURES[measure](_View(tables, base, drawn, where))
    return Account(row["row_id"], row["name_en"], row["scope"], wanted, found, _tolerance(base, row["kind"], wanted))


def _tolerance(base: Base, kind: str, wanted: float) -> float:
    """Absolute tolerance: firms exact, yuan and shares relative, heads the larger of 0.1 % and half an agent."""
    if kind == "count":
        return 0.0
    if kind == "heads":
        return max(HEADS_TOLERANCE * abs(wanted), 0.5 * base.scale)
    if kind == "firm_share":
        return 0.5 / _firms_above_scale(base)
    return YUAN_TOLERANCE * abs(wanted)


def _firms_above_scale(base: Base) -> float:
    firms = base.firms
    return float((firms.above_scale & (firms.site == 0)).sum())


@dataclass(frozen=True)
class _View:
    """What a measure may look at: the base, and the part of the row's name after the colon."""

    tables: Tables
    base: Base
    drawn: dict[str, float]
    where: str

    def sites(self) -> BoolArray:
        """Sites of the place, which is a site or a city."""
        base = self.base
        if self.where in base.sites and self.where not in base.cities:
            return np.array([site == self.where for site in base.sites])
        city = base.cities.index(self.where)
        return np.array([owner == city for owner in base.site_city])

    def firms(self) -> BoolArray:
        """Firms of the place."""
        return self.sites()[self.base.firms.site]

    def above_scale(self) -> BoolArray:
        """Above-scale industrial firms of the place."""
        return self.firms() & self.base.firms.above_scale

    def hightech(self) -> BoolArray:
        """Firms of a catalogue cluster, or with a valid certificate."""
        catalogue = np.array([cluster.catalogue for cluster in self.base.clusters])
        return catalogue[self.base.firms.cluster] | (self.base.firms.certified_until >= 0)

    def city(self) -> int:
        """Index of the city."""
        return self.base.cities.index(self.where)

    def sector(self) -> Sector:
        """Look up the published sector."""
        return next(sector for sector in self.tables.sectors if sector.name == self.where)


def _gdp(view: _View) -> float:
    return float(view.base.gdp[view.sites()].sum())


def _n_above_scale(view: _View) -> float:
    return float(view.base.firms.weight[view.above_scale()].sum())


def _va_above_scale(view: _View) -> float:
    return float(view.base.firms.value_added[view.above_scale()].sum())


def _va_hightech(view: _View) -> float:
    return float(view.base.firms.value_added[view.above_scale() & view.hightech()].sum())


def _share_hightech(view: _View) -> float:
    return _va_hightech(view) / _va_above_scale(view)


def _certified(view: _View) -> float:
    return float(view.base.firms.weight[view.firms() & (view.base.firms.certified_until >= 0)].sum())


def _champions(view: _View) -> float:
    return float(view.base.firms.weight[view.firms() & view.base.firms.champion].sum())


def _rd_intensity(view: _View) -> float:
    base, sites = view.base, view.sites()
    total = base.firms.rd[view.firms()].sum() + base.nonbusiness_rd[sites].sum() + base.institute_rd[sites].sum()
    return float(total / base.gdp[sites].sum())


def _rd_firm_share(view: _View) -> float:
    chosen = view.above_scale()
    return float((view.base.firms.rd[chosen] > 0).mean())


def _heads(view: _View, tier: int | None = None) -> float:
    talents = view.base.talents
    mine = talents.city == view.city()
    if tier is not None:
        mine = mine & (talents.tier == tier)
    return float(talents.weight[mine].sum())


def _residents(view: _View) -> float:
    return float(view.base.residents[view.city()])


def _patents(view: _View) -> float:
    """Valid invention patents of a site."""
    return float(view.base.patents[view.sites()].sum())


def _patents_per_10k(view: _View) -> float:
    """Those of a city for each 10 000 of its residents."""
    return 1e4 * _patents(view) / _residents(view)


def _budget(view: _View) -> float:
    return view.base.budget_revenue


def _graduate_share(view: _View) -> float:
    """Share of a city's job-taking graduates who start in a city; Ningbo is the district and the rest of Ningbo."""
    origin, _, destination = view.where.partition(">")
    flows = view.base.graduates[view.base.cities.index(origin)]
    n = view.base.n_cities
    went = (
        flows[0] + flows[n + BOUNDARIES.index("rest_of_ningbo")]
        if destination == NINGBO
        else flows[view.base.places.index(destination)]
    )
    return float(went / flows.sum())


def _arrivals(view: _View) -> float:
    return float(view.base.arrivals_elsewhere[view.city()].sum() * (1.0 - view.base.arrivals_rest_share))


def _of_sector(view: _View) -> BoolArray:
    return np.isin(view.base.firms.firm_id, sector_ids(view.tables, view.sector()))


def _sector_firms(view: _View) -> float:
    return float(_of_sector(view).sum())


def _sector_output(view: _View) -> float:
    """Revenue of the sector's firms, brought back to the ten published months."""
    return float(view.base.firms.revenue[_of_sector(view)].sum() / annual_factor(view.tables, view.drawn))


_MEASURES: dict[str, Callable[[_View], float]] = {
    "gdp": _gdp,
    "above_scale_firms": _n_above_scale,
    "above_scale_va": _va_above_scale,
    "hightech_va": _va_hightech,
    "hightech_share": _share_hightech,
    "certified_firms": _certified,
    "champions": _champions,
    "rd_intensity": _rd_intensity,
    "rd_firm_share": _rd_firm_share,
    "talents": _heads,
    "senior": lambda view: _heads(view, SENIOR),
    "leading": lambda view: _heads(view, LEADING),
    "residents": _residents,
    "patents": _patents,
    "patents_per_10k": _patents_per_10k,
    "budget_revenue": _budget,
    "graduate_share": _graduate_share,
    "arrivals": _arrivals,
    "sector_firms": _sector_firms,
    "sector_output": _sector_output,
}
