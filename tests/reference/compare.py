"""Hold an `Economy` of arrays and a `Region` of objects side by side: every difference, with its place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from model.accounts import CAPITAL_ACCOUNTS, FIRM_ACCOUNTS, PATENT_ACCOUNTS, TALENT_ACCOUNTS
from model.economy import Economy
from model.firms.table import N_KINDS
from model.indicators import all_indicators
from model.policy import PAYERS
from tests.reference.region import Region

RELATIVE = 1e-9
TALENT_STATE = ("city", "home", "tier", "born", "employer", "weight", "arrived")
FIRM_STATE = (
    "city",
    "site",
    "cluster",
    "weight",
    "born",
    "tech_sme",
    "above_scale",
    "champion",
    "certified_until",
    "constrained",
    "boost_left",
    "finance_opening",
    "financed",
    "pledged",
    "by_pool",
)
FIRM_MONEY = (
    "demand",
    "value_added",
    "revenue_ratio",
    "rd_intensity",
    "rd_intensity_opening",
    "rd_reference_opening",
    "rd_reference",
    "rd_real_share",
    "rd_reference_real_share",
    "knowledge",
    "knowledge_reference",
    "tax_rate",
    "cash",
    "debt",
    "enclave_rd",
    "displaced_rd",
    "voucher_rd",
    "bought_knowledge",
    "patents",
)
HEAD_ACCOUNTS = (("talents", TALENT_ACCOUNTS), ("firms", FIRM_ACCOUNTS))
MONEY_ACCOUNTS = (("patents", PATENT_ACCOUNTS), ("capital", CAPITAL_ACCOUNTS))
EXPECTED = ("value_expected_lost", "rd_expected_elsewhere", "rd_expected_certified", "rd_expected_reversion")

Cells = dict[str, Any]
"""Name of a place to its value: whole numbers are held exactly, floats to 1e-9."""


def differences(economy: Economy, region: Region) -> list[str]:
    """Say where the two differ; nothing when they agree."""
    arrays, objects = {}, {}
    for read_economy, read_region in READINGS:
        arrays.update(read_economy(economy))
        objects.update(read_region(region))
    missing = sorted(arrays.keys() ^ objects.keys())
    found = [f"{place}: only in one of the two" for place in missing]
    for place in arrays.keys() & objects.keys():
        if not agree(arrays[place], objects[place], _least(place)):
            found.append(f"{place}: arrays {arrays[place]}, objects {objects[place]}")
    return sorted(found)


def _least(place: str) -> float:
    """Gap that counts: hardly any; for sums of yuan that cancel, a hundred-thousandth; for parts of a share, 1e-9."""
    if place.startswith("part "):
        return 1e-9
    if place.startswith((*EXPECTED, "fund ", "bank ", "indicator technology_loans")):
        return 1e-5
    return 1e-12


def agree(one: Any, two: Any, least: float) -> bool:
    """Equal, or floats within the tolerance, whatever they are nested in."""
    if isinstance(one, list):
        return len(one) == len(two) and all(agree(*pair, least) for pair in zip(one, two, strict=True))
    if isinstance(one, float) or isinstance(two, float):
        return math.isclose(one, two, rel_tol=RELATIVE, abs_tol=least)
    return bool(one == two)


def _talents_of_arrays(economy: Economy) -> Cells:
    t = economy.talents
    rows = np.flatnonzero(t.city >= 0).tolist()
    columns = [getattr(t, name).tolist() for name in TALENT_STATE]
    ids = t.talent_id.tolist()
    return {f"talent {ids[row]}": [column[row] for column in columns] for row in rows}


def _talents_of_objects(region: Region) -> Cells:
    return {f"talent {t.talent_id}": [getattr(t, name) for name in TALENT_STATE] for t in region.talents}


def _firms_of_arrays(economy: Economy) -> Cells:
    f = economy.firms
    ids = f.firm_id.tolist()
    cells: Cells = {}
    extra = {"class_before": economy.class_before.tolist()}
    hazard = economy.closing_hazard.tolist()
    for name in (*FIRM_STATE, *FIRM_MONEY):
        extra[name] = getattr(f, name).tolist()
    for row in np.flatnonzero(f.alive).tolist():
        for name, column in extra.items():
            if row < len(column):
                cells[f"firm {ids[row]} {name}"] = column[row]
        if row < len(hazard):
            cells[f"firm {ids[row]} closing_hazard"] = hazard[row]
    return cells


def _firms_of_objects(region: Region) -> Cells:
    names = (*FIRM_STATE, *FIRM_MONEY, "class_before", "closing_hazard")
    return {f"firm {f.firm_id} {name}": getattr(f, name) for f in region.firms for name in names}


def _actors(owner: Economy | Region, funds: list[Any], banks: list[Any], rivals: list[Any]) -> Cells:
    cells: Cells = {}
    for fund in funds:
        cells[f"fund {fund.city}"] = [float(fund.uncalled), float(fund.raised), float(fund.invested)]
    for bank in banks:
        losses = [float(bank.own_losses), float(bank.pool_losses)]
        cells[f"bank {bank.city}"] = [float(bank.loans), float(bank.opening_loans), *losses]
    for rival in rivals:
        cells[f"rival {rival.city}"] = float(rival.answered)
    for name, carrier in owner.carriers.items():
        cells[f"carrier {name}"] = [carrier.tenants, carrier.graduated, *carrier.admissions]
    cells["enclave"] = [owner.enclave.added_units, owner.enclave.seats_filled]
    g = owner.government
    cells["government"] = [g.quarterly_budget, g.ration, g.shortfall, g.spent]
    for recipient, yuan in g.received.items():
        cells[f"received by {recipient}"] = yuan
    for name in ("head_offices", "reform_level", "public_patents", "institute_rd_added", "ration_used"):
        cells[name] = float(getattr(owner, name))
    for name, value in vars(owner.policy).items():
        cells[f"policy {name}"] = value
    return cells


def _actors_of_arrays(economy: Economy) -> Cells:
    cells = _actors(economy, economy.funds, economy.banks, economy.rivals)
    h, ids = economy.holdings, economy.firms.firm_id.tolist()
    for row in np.flatnonzero(h.amount).tolist():
        cells[f"holding {int(h.holding_id[row])}"] = [int(h.fund[row]), ids[h.firm[row]], float(h.amount[row])]
    return cells


def _actors_of_objects(region: Region) -> Cells:
    cells = _actors(region, region.funds, region.banks, region.rivals)
    for fund in region.funds:
        for holding in fund.holdings:
            cells[f"holding {holding.holding_id}"] = [fund.city, holding.firm.firm_id, holding.amount]
    return cells


def _markets_of_arrays(economy: Economy) -> Cells:
    names = ("wage", "rent", "travel", "tightness", "seekers", "staff", "staff_wanted", "background")
    cells: Cells = {name: getattr(economy, name).tolist() for name in names}
    cells |= {name: getattr(economy, name).tolist() for name in ("growth", "growth_index", "nonbusiness_rd")}
    cells |= {name: float(getattr(economy, name)) for name in ("certified_decades", "champion_loss")}
    # There is none before the first quarter's arrivals.
    cells["utilities"] = economy.place_utility.tolist() if hasattr(economy, "place_utility") else []
    for name in EXPECTED:
        for group, yuan in enumerate(getattr(economy, name).tolist()):
            cells[f"{name} {divmod(group, N_KINDS)}"] = yuan
    return cells


def _markets_of_objects(region: Region) -> Cells:
    names = ("wage", "rent", "travel", "tightness", "seekers", "staff", "staff_wanted", "background")
    cells: Cells = {name: getattr(region, name) for name in names}
    cells |= {name: getattr(region, name) for name in ("growth", "growth_index", "nonbusiness_rd")}
    cells |= {name: getattr(region, name) for name in ("certified_decades", "champion_loss")}
    cells["utilities"] = getattr(region, "utilities", [])
    for name in EXPECTED:
        for group in ((site, kind) for site in range(len(region.site_city)) for kind in range(N_KINDS)):
            cells[f"{name} {group}"] = getattr(region, name).get(group, 0.0)
    return cells


def _books_of_arrays(economy: Economy) -> Cells:
    books = economy.books
    cells: Cells = {}
    for name, accounts in HEAD_ACCOUNTS:
        for (row, city, kind), heads in np.ndenumerate(getattr(books, name)):
            cells[f"{name} posted {accounts[row]} {city} {kind}"] = int(heads)
    for name, of_money in MONEY_ACCOUNTS:
        for (row, city), amount in np.ndenumerate(getattr(books, name)):
            cells[f"{name} posted {of_money[row]} {city}"] = float(amount)
    for kind, matrix in books.flows.items():
        for place, amount in np.ndenumerate(matrix):
            cells[f"flow of {kind} {place}"] = float(amount)
    return cells | {f"event {name}": float(number) for name, number in books.events.items()}


def _books_of_objects(region: Region) -> Cells:
    books, cities = region.books, range(region.n_cities)
    cells: Cells = {}
    for name, accounts in HEAD_ACCOUNTS:
        for account in accounts:
            for cell in ((city, kind) for city in cities for kind in range(5)):
                cells[f"{name} posted {account} {cell[0]} {cell[1]}"] = getattr(books, name)[account, *cell]
    for name, of_money in MONEY_ACCOUNTS:
        for account in of_money:
            for city in cities:
                cells[f"{name} posted {account} {city}"] = getattr(books, name)[account, city]
    for kind, matrix in books.flows.items():
        for origin in range(region.n_places):
            for place in range(region.n_places):
                cells[f"flow of {kind} {(origin, place)}"] = matrix[origin, place]
    return cells | {f"event {name}": float(number) for name, number in books.events.items()}


def _record_of_arrays(economy: Economy) -> Cells:
    record = economy.record
    cells: Cells = {}
    for info, value in zip(all_indicators(), record.values[-1], strict=True):
        cells[f"indicator {info.indicator} {info.definition} in {len(record.values) - 1}"] = float(value)
    for (name, part), values in record.parts.items():
        cells[f"part {part} of {name}"] = float(values[-1])
    for stage, sums in record._stages.items():
        cells[f"stage {stage}"] = list(map(float, sums))
    for name, flows in record.flows.items():
        cells[f"yearly flow {name}"] = list(map(float, flows[-4:]))
    for row, payers in enumerate(economy.cost.tolist()):
        cells[f"cost of lever {row}"] = payers
    return cells | {f"events so far {name}": number for name, number in record.events.items()}


def _record_of_objects(region: Region) -> Cells:
    cells: Cells = {}
    for (name, definition), value in region.values[-1].items():
        cells[f"indicator {name} {definition} in {len(region.values) - 1}"] = value
    for (name, part), values in region.parts.items():
        cells[f"part {part} of {name}"] = values[-1]
    for stage, sums in region.stages.items():
        cells[f"stage {stage}"] = list(sums)
    for name, flows in region.flows.items():
        cells[f"yearly flow {name}"] = flows[-4:]
    for row, payers in enumerate(region.cost):
        cells[f"cost of lever {row}"] = [payers.get(payer, 0.0) for payer in PAYERS]
    return cells | {f"events so far {name}": number for name, number in region.events_so_far.items()}


READINGS = (
    (_talents_of_arrays, _talents_of_objects),
    (_firms_of_arrays, _firms_of_objects),
    (_actors_of_arrays, _actors_of_objects),
    (_markets_of_arrays, _markets_of_objects),
    (_books_of_arrays, _books_of_objects),
    (_record_of_arrays, _record_of_objects),
)
