"""Landings from Shanghai's enclaves and projects, and firms that move their seat between cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reference.agents import Firm
from tests.reference.births import Circle, resembling, slots_that_bear, templates_by_city
from tests.reference.closing import shrink
from tests.reference.outside import halvings
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

LANDING_ROOM, RAIL_ROOM = 16.0, 2.0
PROJECTS_A_UNIT = 5.0


@dataclass
class Transfer:
    """One firm that wants to leave a city for another."""

    firm_id: int
    origin: int
    destination: int
    account: str


def land_and_move(region: Region) -> None:
    """Move one firm for each transfer from an agent of its city; a donor gives one firm a quarter."""
    circles = []
    for firms in templates_by_city(region):
        # Who was born this quarter does not move yet.
        settled = [firm for firm in firms if firm.born < region.quarter]
        circles.append(Circle(region, "donor", settled))
    given: set[int] = set()
    for transfer in (*_landings(region), *_relocations(region), *_by_rail(region)):
        circle = circles[transfer.origin]
        if not circle.firms:
            continue
        donor = circle.pick(transfer.firm_id)
        if donor.firm_id not in given:
            given.add(donor.firm_id)
            _transfer(region, transfer, donor)


def _landings(region: Region) -> list[Transfer]:
    """Tenants of the enclave after a delay, projects of operators' space, and hosted teams."""
    if "shanghai" not in region.base.cities:
        return []
    p, shanghai, found = region.p, region.base.cities.index("shanghai"), []
    start_ups = region.carriers["enclave"]
    usual = start_ups.admissions[0]
    known = max(region.policy.roadshows, 1e-3) / region.neutral.roadshows
    more = start_ups.admitted(round(4.0 * p.landing_delay)) / usual * known**p.roadshow_elasticity
    expected = usual * p.enclave_landing_rate
    found += slots_that_bear(region, "landing", 0, expected, LANDING_ROOM, more)
    for name in ("fly-in", "hosted teams"):
        units = region.carriers[name].admitted() / PROJECTS_A_UNIT
        expected = p.project_additional_share * PROJECTS_A_UNIT
        found += slots_that_bear(region, name, 0, expected, LANDING_ROOM, units)
    return [Transfer(slot, shanghai, 0, "landings") for slot in found]


def _usual_moves(region: Region) -> float:
    """Moves a quarter between the district and each other city, either way."""
    return quarterly(region.p.relocation_hazard) * region.small_firms_2020[0] / (region.n_cities - 1)


def _relocations(region: Region) -> list[Transfer]:
    """Seats that move in and out in equal expected numbers."""
    found = []
    for city in range(1, region.n_cities):
        name = region.base.cities[city]
        for cause, origin, destination in (
            (f"relocation from {name}", city, 0),
            (f"relocation to {name}", 0, city),
        ):
            for slot in slots_that_bear(region, cause, city, _usual_moves(region), 1.0):
                found.append(Transfer(slot, origin, destination, "moves_in"))
    return found


def _by_rail(region: Region) -> list[Transfer]:
    """Moves that shorter journeys add, both ways."""
    found = []
    for city in range(1, region.n_cities):
        name = region.base.cities[city]
        for cause, origin, destination in (
            (f"relocation by rail from {name}", city, 0),
            (f"relocation by rail to {name}", 0, city),
        ):
            then = float(region.outside.travel_hours[0, 0, origin, destination])
            halved = halvings(region.travel[origin][destination], then)
            rise = (1.0 + region.p.hsr_pair_investment) ** halved - 1.0
            for slot in slots_that_bear(region, cause, city, _usual_moves(region), RAIL_ROOM, rise):
                found.append(Transfer(slot, origin, destination, "moves_in"))
    return found


def _transfer(region: Region, transfer: Transfer, donor: Firm) -> None:
    """One firm of the donor becomes an agent of the other city with its share of all amounts."""
    books, origin, destination = region.books, donor.city, transfer.destination
    books.firms["moves_out", origin, donor.rung] += 1
    books.flows["firms"][origin, destination] += 1
    firm = resembling(region, transfer.firm_id, donor, destination, 1.0, 1)
    _take_along(region, firm, donor)
    books.patents["moves_out", origin] += firm.patents
    books.patents["moves_in", destination] += firm.patents
    books.capital["cash_out", origin] += firm.cash
    books.capital["cash_in", destination] += firm.cash
    books.pay(origin, destination, firm.cash)
    region.banks[origin].loans -= firm.debt
    region.banks[destination].loans += firm.debt
    shrink(region, donor, 1)
    books.firms[transfer.account, destination, firm.rung] += 1


def _take_along(region: Region, firm: Firm, donor: Firm) -> None:
    """Age, certificate and tax status; a share of patents, cash, debt and past R&D; a single firm's investors too."""
    firm.born, firm.certified_until, firm.tax_rate = donor.born, donor.certified_until, donor.tax_rate
    firm.boost_left, firm.finance_opening, firm.financed = donor.boost_left, donor.finance_opening, donor.financed
    share = 1.0 / donor.weight
    firm.patents = donor.patents * share
    firm.cash, firm.debt = donor.cash * share, donor.debt * share
    donor.cash -= firm.cash
    donor.debt -= firm.debt
    for past, of_donor in (
        (firm.research, donor.research),
        (firm.reference_research, donor.reference_research),
    ):
        for quarter, yuan in of_donor.items():
            past[quarter] = yuan * share
            of_donor[quarter] = yuan - past[quarter]
    if donor.weight == 1:
        for fund in region.funds:
            for holding in fund.holdings:
                if holding.firm is donor:
                    holding.firm = firm
