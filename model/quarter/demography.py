"""9. Demography: firms are born, land from enclaves, move between cities, and close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from model.base import NO_CERTIFICATE
from model.capital.funds import BOOST_QUARTERS
from model.carriers import entry_factor, extra_births, reform_share
from model.firms.demography import birth_slots, closing_hazard, expected_by_group, firms_closing, pick
from model.firms.ladder import firms_in_added_space
from model.firms.table import SMALL_FIRM_TAX_RATE, Move, production_group
from model.rates import quarterly
from model.statistics import median
from model.transport import relocation_rise

if TYPE_CHECKING:
    from model.economy import Economy

_LANDING_ROOM = 16.0
"""Slots for landings for each expected in 2020: the plan multiplies enclaves by six, the strong level by ten."""
_BIRTH_ROOM = 3.0
_TEAM_ROOM = 4.0
_PARK_ROOM = 2.0
_PROJECTS_A_UNIT = 5.0
"""Projects and teams admitted in a quarter for which one unit of slots is kept."""
_RAIL_ROOM = 2.0
"""Slots for moves that a railway adds, for each expected in 2020: at 0.8, the prior's end, time may fall to a third."""
_BY_PROGRAMME = ("enclave_rd", "displaced_rd", "voucher_rd", "bought_knowledge", "pledged", "by_pool")
"""Columns that the district's programmes fill anew each quarter, or that a bank elsewhere does not take over."""
_NOT_INHERITED = (
    *_BY_PROGRAMME,
    "above_scale",
    "champion",
    "cash",
    "debt",
    "boost_left",
    "finance_opening",
    "financed",
    "patents",
)
"""Columns in which a newborn firm starts at zero, whatever firm it resembles."""


def open_demography(economy: Economy) -> None:
    """Numbers of small technology firms in 2020, to which entry rates apply; expectations for the first quarter."""
    f, n = economy.firms, economy.base.n_cities
    small = f.tech_sme & ~f.above_scale
    economy.small_firms_2020 = np.bincount(f.city[small], f.weight[small], minlength=n).astype(float)
    _expect(economy)


def firms_are_born_land_move_and_close(economy: Economy) -> None:
    """Close, bear, land and move firms; then say what the next quarter may expect of all this."""
    _close(economy)
    economy.record.mark(economy, "exit")
    _births(economy)
    economy.record.mark(economy, "entry")
    _transfer(economy, [*_landings(economy), *_relocations(economy)])
    economy.class_before = economy.firm_class()
    economy.record.mark(economy, "moves")
    _expect(economy)


def _hazard(economy: Economy) -> np.ndarray:
    """(n_firms,) closing hazard of the quarter."""
    f = economy.firms
    size = np.maximum(f.demand / np.maximum(f.weight, 1), 1.0)
    medians = [median(size[f.alive & side]) for side in (~f.above_scale, f.above_scale)]
    relative = size / np.array(medians)[f.above_scale.astype(np.int64)]
    return closing_hazard(economy.age, f.above_scale, relative, f.weight, economy.p)


def _templates(economy: Economy) -> list[np.ndarray]:
    """Rows of small technology firms by city: newborn firms resemble one of them."""
    f = economy.firms
    rows = np.flatnonzero(f.alive & f.tech_sme & ~f.above_scale)
    city = f.city[rows]
    return [rows[city == here] for here in range(economy.base.n_cities)]


def _expected_births(economy: Economy, city: int) -> float:
    """Births of agents in a quarter under the policy of 2020."""
    per_agent = 1.0 if city == 0 else float(economy.base.scale)
    return float(quarterly(economy.p.entry_rate) * economy.small_firms_2020[city] / per_agent)


def _expect(economy: Economy) -> None:
    """What closings take and births bring next quarter in expectation, by group, under the policy of 2020."""
    f, p, n_groups, n_cities = economy.firms, economy.p, economy.n_groups, economy.base.n_cities
    economy.closing_hazard = _hazard(economy)
    firms_an_agent = np.where(np.arange(n_cities) == 0, 1.0, economy.base.scale)
    born = np.array([_expected_births(economy, i) for i in range(n_cities)]) * firms_an_agent * p.entrant_size_share
    sums = expected_by_group(
        f.group,
        f.city,
        f.tech_sme & ~f.above_scale,
        f.weight,
        f.demand,
        f.rd(),
        economy.closing_hazard,
        born,
        n_groups,
    )
    economy.value_expected_lost, rd_lost, total, rd = sums
    # Demand that closings leave is spread over all of the group and brings R&D at the group's mean with it.
    mean_rd = np.divide(rd, total, out=np.zeros(n_groups), where=total > 0.0)
    gained = economy.value_expected_lost * mean_rd
    economy.rd_expected_elsewhere = gained - rd_lost + economy.rd_expected_certified


def _close(economy: Economy) -> None:
    """Firms close by age and size; agents that stand for many shrink by the firms that close."""
    f, books = economy.firms, economy.books
    # Carriers beyond those of 2020 may lengthen or shorten lives; nobody finds much, so the prior is around zero.
    hazard = economy.closing_hazard * (1.0 + economy.p.incub_survival_effect * economy.incubated)
    # What makes starting easier makes closing easier too.
    easier = economy.p.exit_reform_effect * reform_share(economy.policy)
    hazard *= 1.0 + easier * ((f.city == 0) & ~f.above_scale)
    rows, closing = firms_closing(hazard, f.weight, f.alive, economy.luck("closing", f.firm_id))
    books.post_firms("closures", f.city[rows], economy.class_before[rows], closing.astype(np.int32))
    books.post_patents("closures", f.city[rows], f.patents[rows] * closing / f.weight[rows])
    _shrink(economy, rows, closing)


def _shrink(economy: Economy, rows: np.ndarray, leaving: np.ndarray) -> None:
    """Take firms out of agents with their share of value added; agents without firms close, their debt is lost."""
    f, p = economy.firms, economy.p
    keep = 1.0 - leaving / np.maximum(f.weight[rows], 1)
    gone = rows[leaving >= f.weight[rows]]
    for column in (f.demand, f.value_added, f.knowledge, f.knowledge_reference, f.patents):
        column[rows] *= keep
    f.weight[rows] -= leaving.astype(np.int32)
    if not len(gone):
        return
    for city, bank in enumerate(economy.banks):
        bank.write_off(float(f.debt[gone[f.city[gone] == city]].sum()), p.pool_loss_share)
    f.debt[gone] = 0.0
    economy.books.post_capital("cash_lost", f.city[gone], f.cash[gone])
    f.cash[gone] = 0.0
    f.close(gone)
    economy.holdings.amount[~f.alive[economy.holdings.firm]] = 0.0


def _births(economy: Economy) -> None:
    """Entry at the rate of 2020 in every city; what carriers, teams, parks and reform add to it at home."""
    templates = _templates(economy)
    births = [birth for birth in (*_entry(economy, templates), *_supported(economy, templates[0])) if len(birth.ids)]
    if not births:
        return
    ids = np.concatenate([birth.ids for birth in births])
    sizes = [len(birth.ids) for birth in births]
    city = np.repeat([birth.city for birth in births], sizes)
    parents = np.concatenate([_picked(economy, "template", birth.ids, birth.templates) for birth in births])
    weight = np.where(city == 0, 1, economy.base.scale).astype(np.int32)
    added = _append(economy, ids, parents, city, weight, economy.p.entrant_size_share)
    economy.books.post_firms("births", city, economy.firm_class(added), weight)
    _fund_teams(economy, added.start + np.flatnonzero(np.repeat([birth.team for birth in births], sizes)))
    electronics = np.array([cluster.cluster_id == "electronic_information" for cluster in economy.base.clusters])
    parks = np.repeat([birth.park for birth in births], sizes) & electronics[economy.firms.cluster[added]]
    economy.books.events["park_firms_attracted"] += float(parks.sum())


def _picked(economy: Economy, stream: str, ids: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """One of some rows of firms for each id; that another firm was born or closed moves hardly anybody's pick."""
    return rows[pick(economy.luck(stream, ids), economy.luck(f"{stream} position", economy.firms.firm_id[rows]))]


@dataclass(frozen=True)
class _Birth:
    """Firms born of one cause in one city this quarter, and the rows of firms that they resemble."""

    ids: np.ndarray
    city: int
    templates: np.ndarray
    team: bool = False
    park: bool = False


def _entry(economy: Economy, templates: Sequence[np.ndarray]) -> Iterator[_Birth]:
    """Entry in every city; a carrier, an institute or an easier start at home changes the chance of its slots."""
    policy, p = economy.policy, economy.p
    for city in range(economy.base.n_cities):
        expected = _expected_births(economy, city)
        scale = 1.0
        if city == 0 and expected > 0.0:
            admitted = economy.carriers["incubation"].admitted() - economy.carriers_2020["incubation"].admitted()
            scale = max(entry_factor(policy, p) + extra_births(policy, p, admitted) / expected, 0.0)
        if len(templates[city]):
            ids = birth_slots(economy.seed, "entry", economy.quarter, city, expected, _BIRTH_ROOM, scale)
            yield _Birth(ids, city, templates[city])


def _supported(economy: Economy, small: np.ndarray) -> Iterator[_Birth]:
    """Firms of founder teams and firms in added park space, those only that would not have been founded otherwise."""
    f, p, policy, neutral = economy.firms, economy.p, economy.policy, economy.neutral
    researching, industrial = small[f.rd_intensity[small] > 0.0], small[f.kind[small] >= 0.0]
    teams = birth_slots(
        economy.seed,
        "talent team",
        economy.quarter,
        0,
        p.project_additional_share * neutral.talent_teams / 4.0,
        _TEAM_ROOM,
        max(policy.talent_teams / neutral.talent_teams - 1.0, 0.0),
    )
    economy.books.events["teams_founded"] += policy.talent_teams / 4.0
    if len(researching):
        yield _Birth(teams, 0, researching, team=True)
    in_parks = firms_in_added_space(policy, p) * p.cluster_net_entry_share
    a_million = (
        firms_in_added_space(replace(policy, park_space=neutral.park_space + 1e6), p) * p.cluster_net_entry_share
    )
    share = in_parks / a_million if a_million > 0.0 else 0.0
    parks = birth_slots(economy.seed, "park", economy.quarter, 0, a_million, _PARK_ROOM, share)
    if len(industrial):
        yield _Birth(parks, 0, industrial, park=True)


def _fund_teams(economy: Economy, rows: np.ndarray) -> None:
    """Private investors from elsewhere put money into the firms of founder teams, which grow as venture-backed ones."""
    f, amount = economy.firms, economy.p.team_private_capital
    f.cash[rows] += amount
    economy.books.post_capital("private", 0, amount * len(rows))
    f.boost_left[rows] = BOOST_QUARTERS
    economy.books.post_flow("capital", len(economy.base.places) - 1, 0, amount * len(rows))


def _append(
    economy: Economy, ids: np.ndarray, templates: np.ndarray, city: np.ndarray, weight: np.ndarray, size_share: float
) -> slice:
    """Newborn rows that resemble existing firms: no certificate, no debt, not above scale, knowledge in proportion."""
    f, n = economy.firms, len(ids)
    columns = _resembling(economy, templates, city, size_share * weight / np.maximum(f.weight[templates], 1))
    columns |= {
        "firm_id": ids,
        "weight": weight,
        "born": np.full(n, economy.quarter, np.int16),
        "certified_until": np.full(n, NO_CERTIFICATE, np.int16),
        "tax_rate": np.full(n, SMALL_FIRM_TAX_RATE),
    }
    columns |= {name: np.zeros(n, f.COLUMNS[name]) for name in _NOT_INHERITED}
    return f.append(**columns)


def _resembling(economy: Economy, templates: np.ndarray, city: np.ndarray, firms: np.ndarray) -> dict[str, np.ndarray]:
    """Columns of rows in a city that do what others do, with the output and knowledge of so many of each template."""
    f = economy.firms
    columns = {name: getattr(f, name)[templates] for name in f.COLUMNS}
    columns |= {name: columns[name] * firms for name in ("demand", "value_added", "knowledge", "knowledge_reference")}
    own_site = f.city[templates] == city
    site = np.where(own_site, f.site[templates], np.searchsorted(economy.base.site_city, city)).astype(np.int8)
    return columns | {"city": city, "site": site, "group": production_group(site, columns["kind"])}


@dataclass(frozen=True)
class _Transfer:
    """Firms that leave one city for another this quarter, and the account that they arrive in."""

    ids: np.ndarray
    origin: int
    destination: int
    account: str


def _move(economy: Economy, ids: np.ndarray, donors: np.ndarray, destination: np.ndarray) -> slice:
    """New rows for firms that move; each takes along its share of all that the agent it leaves has and did.

    Its age and its certificate too: a certificate stays valid when the whole firm moves (rules of 2016 on the
    certification of high-tech enterprises, article 18).
    """
    f, books, origin = economy.firms, economy.books, economy.firms.city[donors]
    share = 1.0 / f.weight[donors]
    columns = _resembling(economy, donors, destination, share)
    columns |= {"firm_id": ids, "weight": np.ones(len(ids), np.int32)}
    columns |= {name: columns[name] * share for name in ("cash", "debt", "patents")}
    columns |= {name: np.zeros(len(ids), f.COLUMNS[name]) for name in _BY_PROGRAMME}
    added = f.append(**columns)
    for leaves, arrives, post, amount in (
        ("moves_out", "moves_in", books.post_patents, columns["patents"]),
        ("cash_out", "cash_in", books.post_capital, columns["cash"]),
    ):
        post(leaves, origin, amount)
        post(arrives, destination, amount)
    books.post_flow("capital", origin, destination, columns["cash"])
    for city, bank in enumerate(economy.banks):
        bank.collect(float(columns["debt"][origin == city].sum()))
        bank.lend(float(columns["debt"][destination == city].sum()))
    for column in (f.cash, f.debt):
        column[donors] *= 1.0 - share
    economy.moves.append(Move(economy.quarter, donors, np.arange(added.start, added.stop), share))
    _hand_over_holdings(economy, donors[share == 1.0], np.arange(added.start, added.stop)[share == 1.0])
    return added


def _hand_over_holdings(economy: Economy, donors: np.ndarray, movers: np.ndarray) -> None:
    """Who holds shares of a firm holds them after its move; an agent of many firms sends one that no fund holds."""
    now = np.arange(economy.firms.n)
    now[donors] = movers
    economy.holdings.firm[:] = now[economy.holdings.firm]


def _landings(economy: Economy) -> Iterator[_Transfer]:
    """Firms of Shanghai that become firms of the district: tenants of its enclave, fly-in projects, hosted teams."""
    base, p = economy.base, economy.p
    if "shanghai" not in base.cities:
        return
    carriers, shanghai = economy.carriers, base.cities.index("shanghai")
    start_ups, usual = carriers["enclave"], carriers["enclave"].admissions[0]
    known = max(economy.policy.roadshows, 1e-3) / economy.neutral.roadshows
    scale = start_ups.admitted(round(4.0 * p.landing_delay)) / usual * known**p.roadshow_elasticity
    expected = usual * p.enclave_landing_rate
    landed = birth_slots(economy.seed, "landing", economy.quarter, 0, expected, _LANDING_ROOM, scale)
    yield _Transfer(landed, shanghai, 0, "landings")
    share = p.project_additional_share
    for name in ("fly-in", "hosted teams"):
        units = carriers[name].admitted() / _PROJECTS_A_UNIT
        born = birth_slots(economy.seed, name, economy.quarter, 0, share * _PROJECTS_A_UNIT, _LANDING_ROOM, units)
        yield _Transfer(born, shanghai, 0, "landings")


def _relocations(economy: Economy) -> Iterator[_Transfer]:
    """Seats move both ways between the focal district and the other cities, in equal expected numbers."""
    base, p = economy.base, economy.p
    others = range(1, base.n_cities)
    expected = float(quarterly(p.relocation_hazard) * economy.small_firms_2020[0]) / len(others)
    for city in others:
        inward = birth_slots(economy.seed, f"relocation from {base.cities[city]}", economy.quarter, city, expected, 1.0)
        yield _Transfer(inward, city, 0, "moves_in")
        outward = birth_slots(economy.seed, f"relocation to {base.cities[city]}", economy.quarter, city, expected, 1.0)
        yield _Transfer(outward, 0, city, "moves_in")
    yield from _relocations_by_rail(economy, expected)


def _relocations_by_rail(economy: Economy, expected: float) -> Iterator[_Transfer]:
    """Moves that shorter journeys add, both ways, in slots of their own so that nobody else's luck changes."""
    base, n = economy.base, economy.base.n_cities
    rise = relocation_rise(economy.travel[:n, :n], economy.outside.travel_hours[0, 0, :n, :n], economy.p)
    for city in range(1, n):
        for way, origin, destination in (("from", city, 0), ("to", 0, city)):
            cause = f"relocation by rail {way} {base.cities[city]}"
            added = float(rise[origin, destination])
            ids = birth_slots(economy.seed, cause, economy.quarter, city, expected, _RAIL_ROOM, added)
            yield _Transfer(ids, origin, destination, "moves_in")


def _transfer(economy: Economy, transfers: Sequence[_Transfer]) -> None:
    """Move one firm for each id from an agent of one city to a new agent of another.

    A donor gives one firm a quarter: the second who draws the same one stays.
    """
    f, books = economy.firms, economy.books
    ids = np.concatenate([t.ids for t in transfers])
    if not len(ids):
        return
    order = np.repeat(np.arange(len(transfers)), [len(t.ids) for t in transfers])
    # Who was born this quarter does not move yet.
    pools = [rows[f.born[rows] < economy.quarter] for rows in _templates(economy)]
    drawn = np.full(len(ids), -1, np.int64)
    for city, pool in enumerate(pools):
        mine = np.array([t.origin == city for t in transfers])[order]
        if len(pool) and mine.any():
            drawn[mine] = _picked(economy, "donor", ids[mine], pool)
    donors, first = np.unique(drawn, return_index=True)
    donors, first = donors[donors >= 0], first[donors >= 0]
    if not len(donors):
        return
    ids, order, one = ids[first], order[first], np.ones(len(first), np.int32)
    destination = np.array([t.destination for t in transfers])[order]
    books.post_firms("moves_out", f.city[donors], economy.firm_class(donors), one)
    books.post_flow("firms", f.city[donors], destination, one)
    added = _move(economy, ids, donors, destination)
    _shrink(economy, donors, np.ones(len(donors), np.int64))
    classes = economy.firm_class(added)
    for account in ("landings", "moves_in"):
        into = np.array([t.account == account for t in transfers])[order]
        books.post_firms(account, destination[into], classes[into], one[into])
