"""9. Demography: firms are born, land from enclaves, move between cities, and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import NO_CERTIFICATE
from model.carriers import expected_landings, extra_births
from model.firms.demography import birth_slots, closing_hazard
from model.firms.table import CLOSED
from model.rates import quarterly

if TYPE_CHECKING:
    from model.economy import Economy

_LANDING_ROOM = 16.0
"""Slots for landings for each expected in 2020: the plan multiplies enclaves by six, the strong level by ten."""
_BIRTH_ROOM = 3.0


def open_demography(economy: Economy) -> None:
    """Numbers of small technology firms in 2020, to which entry rates apply; expectations for the first quarter."""
    f, n = economy.firms, economy.base.n_cities
    small = f.tech_sme & ~f.above_scale
    economy.small_firms_2020 = np.bincount(f.city[small], f.weight[small], minlength=n).astype(float)
    _expect(economy)


def firms_are_born_land_move_and_close(economy: Economy) -> None:
    """Close, bear, land and move firms; then say what the next quarter may expect of all this."""
    _close(economy)
    _births(economy)
    _landings(economy)
    _relocate(economy)
    _widen(economy)
    economy.class_before = economy.firm_class()
    economy.record.mark(economy, "births_and_closings")
    _expect(economy)


def _hazard(economy: Economy) -> np.ndarray:
    """(n_firms,) closing hazard of the quarter."""
    f = economy.firms
    rows = np.flatnonzero(f.alive & (f.demand > 0.0))
    size, above_scale = f.demand[rows] / f.weight[rows], f.above_scale[rows]
    median = np.where(above_scale, np.median(size[above_scale]), np.median(size[~above_scale]))
    hazard = np.zeros(f.n)
    relative = np.maximum(size, 1.0) / median
    hazard[rows] = closing_hazard(economy.age[rows], above_scale, relative, f.weight[rows], economy.p)
    return hazard


def _templates(economy: Economy, city: int) -> np.ndarray:
    """Rows of small technology firms of a city: newborn firms resemble one of them."""
    f = economy.firms
    return np.flatnonzero(f.alive & (f.city == city) & f.tech_sme & ~f.above_scale)


def _expected_births(economy: Economy, city: int) -> float:
    """Births of agents in a quarter under the policy of 2020."""
    per_agent = 1.0 if city == 0 else float(economy.base.scale)
    return float(quarterly(economy.p.entry_rate) * economy.small_firms_2020[city] / per_agent)


def _expect(economy: Economy) -> None:
    """What closings take and births bring next quarter in expectation, by group, under the policy of 2020."""
    f, p, n_groups = economy.firms, economy.p, 3 * len(economy.base.sites)
    group, hazard = economy.production_group, _hazard(economy)
    rd, economy.closing_hazard = f.rd(), hazard
    lost = np.bincount(group, hazard * f.demand, minlength=n_groups)
    rd_lost = np.bincount(group, hazard * rd, minlength=n_groups)
    for city in range(economy.base.n_cities):
        rows = _templates(economy, city)
        if len(rows):
            share = _expected_births(economy, city) * p.entrant_size_share / f.weight[rows].sum()
            share *= 1.0 if city == 0 else economy.base.scale
            lost -= np.bincount(group[rows], share * f.demand[rows], minlength=n_groups)
            rd_lost -= np.bincount(group[rows], share * rd[rows], minlength=n_groups)
    economy.value_expected_lost = lost
    # Demand that closings leave is spread over all of the group and brings R&D at the group's mean with it.
    total = np.bincount(group, f.demand * f.alive, minlength=n_groups)
    mean_rd = np.divide(np.bincount(group, rd, minlength=n_groups), total, out=np.zeros(n_groups), where=total > 0.0)
    economy.rd_expected_elsewhere = lost * mean_rd - rd_lost + economy.rd_expected_certified


def _close(economy: Economy) -> None:
    """Firms close by age and size; agents that stand for many shrink by the firms that close."""
    f, books = economy.firms, economy.books
    # Carriers beyond those of 2020 may lengthen or shorten lives; nobody finds much, so the prior is around zero.
    hazard = economy.closing_hazard * (1.0 + economy.p.incub_survival_effect * economy.incubated)
    closing = np.floor(hazard * f.weight + economy.luck("closing", f.firm_id)).astype(np.int64)
    closing = np.minimum(np.where(f.alive, closing, 0), f.weight)
    rows = np.flatnonzero(closing)
    books.post_firms("closures", f.city[rows], economy.class_before[rows], closing[rows].astype(np.int32))
    _shrink(economy, rows, closing[rows])


def _shrink(economy: Economy, rows: np.ndarray, leaving: np.ndarray) -> None:
    """Take firms out of agents with their share of value added; agents without firms close, their debt is lost."""
    f, p = economy.firms, economy.p
    keep = 1.0 - leaving / np.maximum(f.weight[rows], 1)
    gone = rows[leaving >= f.weight[rows]]
    for column in (f.demand, f.value_added, f.knowledge, f.knowledge_reference):
        column[rows] *= keep
    f.weight[rows] -= leaving.astype(np.int32)
    if not len(gone):
        return
    for city, bank in enumerate(economy.banks):
        bank.write_off(float(f.debt[gone[f.city[gone] == city]].sum()), p.pool_loss_share)
    f.debt[gone] = 0.0
    f.cash[gone] = 0.0
    f.city[gone] = CLOSED
    economy.holdings.amount[~f.alive[economy.holdings.firm]] = 0.0


def _births(economy: Economy) -> None:
    """Entry at the rate of 2020 in every city; carriers and institutes of the focal district add to it."""
    extra = extra_births(economy.policy, economy.p)
    born, parents, cities = [], [], []
    for city in range(economy.base.n_cities):
        expected = _expected_births(economy, city)
        scale = 1.0 + (extra / expected if city == 0 and expected > 0.0 else 0.0)
        ids = birth_slots(economy.seed, "entry", economy.quarter, city, expected, _BIRTH_ROOM, max(scale, 0.0))
        rows = _templates(economy, city)
        if len(rows):
            born.append(ids)
            parents.append(rows[(economy.luck("template", ids) * len(rows)).astype(np.int64)])
            cities.append(np.full(len(ids), city))
    if born:
        city = np.concatenate(cities)
        weight = np.where(city == 0, 1, economy.base.scale).astype(np.int32)
        added = _append(
            economy, np.concatenate(born), np.concatenate(parents), city, weight, economy.p.entrant_size_share
        )
        economy.books.post_firms("births", city, economy.firm_class(added), weight)


def _append(
    economy: Economy, ids: np.ndarray, templates: np.ndarray, city: np.ndarray, weight: np.ndarray, size_share: float
) -> slice:
    """New rows that resemble existing firms: no certificate, no debt, not above scale, knowledge in proportion."""
    f, base, q = economy.firms, economy.base, economy.quarter
    ratio = size_share * weight / np.maximum(f.weight[templates], 1)
    columns = {name: getattr(f, name)[templates] for name in f.COLUMNS}
    columns |= {name: columns[name] * ratio for name in ("demand", "value_added", "knowledge", "knowledge_reference")}
    own_site = f.city[templates] == city
    first_site = np.searchsorted(base.site_city, city)
    columns |= {
        "firm_id": ids,
        "city": city,
        "site": np.where(own_site, f.site[templates], first_site),
        "weight": weight,
        "born": np.full(len(ids), q, np.int16),
        "certified_until": np.full(len(ids), NO_CERTIFICATE, np.int16),
        "above_scale": np.zeros(len(ids), bool),
        "champion": np.zeros(len(ids), bool),
        "cash": np.zeros(len(ids)),
        "debt": np.zeros(len(ids)),
        "boost_left": np.zeros(len(ids), np.int16),
    }
    return f.append(**columns)


def _widen(economy: Economy) -> None:
    """Rows of the newborn in the columns that one quarter hands to the next."""
    n = economy.firms.n
    for name in ("finance_opening", "finance_now", "enclave_rd", "displaced_rd", "voucher_rd"):
        old = getattr(economy, name)
        setattr(economy, name, np.concatenate([old, np.zeros(n - len(old), old.dtype)]))


def _landings(economy: Economy) -> None:
    """Tenants of the Shanghai enclave that land at home: firms of Shanghai become firms of the focal district."""
    base, p = economy.base, economy.p
    if "shanghai" not in base.cities:
        return
    units, delay = economy.enclave.units, round(4.0 * p.landing_delay)
    expected = expected_landings(units[0], p)
    ready = economy.enclave.units_ready_to_land(delay)
    ids = birth_slots(economy.seed, "landing", economy.quarter, 0, expected, _LANDING_ROOM, ready / units[0])
    _transfer(economy, ids, base.cities.index("shanghai"), 0, "landings")


def _relocate(economy: Economy) -> None:
    """Seats move both ways between the focal district and the other cities, in equal expected numbers."""
    base, p = economy.base, economy.p
    others = range(1, base.n_cities)
    expected = float(quarterly(p.relocation_hazard) * economy.small_firms_2020[0]) / len(others)
    for city in others:
        inward = birth_slots(economy.seed, f"relocation from {base.cities[city]}", economy.quarter, city, expected, 1.0)
        _transfer(economy, inward, city, 0, "moves_in")
        outward = birth_slots(economy.seed, f"relocation to {base.cities[city]}", economy.quarter, city, expected, 1.0)
        _transfer(economy, outward, 0, city, "moves_in")


def _transfer(economy: Economy, ids: np.ndarray, origin: int, destination: int, account: str) -> None:
    """Move one firm for each id from an agent of one city to a new agent of another, with its share of all amounts."""
    f, books = economy.firms, economy.books
    rows = _templates(economy, origin) if len(ids) else ids
    if not len(rows):
        return
    donors = rows[(economy.luck("donor", ids) * len(rows)).astype(np.int64)]
    donors, first = np.unique(donors, return_index=True)
    ids = ids[first]
    one = np.ones(len(ids), np.int32)
    books.post_firms("moves_out", f.city[donors], economy.firm_class(donors), one)
    added = _append(economy, ids, donors, np.full(len(ids), destination), one, 1.0)
    _shrink(economy, donors, np.ones(len(donors), np.int64))
    books.post_firms(account, f.city[added], economy.firm_class(added), one)
    books.post_flow("firms", origin, destination, len(ids))
