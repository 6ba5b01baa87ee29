"""Flows of the base year: graduates, moves, arrivals, qualification, and venture money, all per year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.tables import NINGBO, Tables
from model.base import BOUNDARIES, TIERS
from model.errors import CalibrationError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class TalentFlows:
    """Persons a year: shapes as in `model.base.Base`."""

    graduates: FloatArray
    moves: FloatArray
    arrivals: FloatArray
    arrivals_rest_share: float
    qualified: FloatArray


def places(tables: Tables) -> list[str]:
    """Cities and the two boundaries, in the order of every flow matrix."""
    return [*(city.name for city in tables.cities), *BOUNDARIES]


def talent_flows(tables: Tables, drawn: Mapping[str, float], stocks: FloatArray) -> TalentFlows:
    """Balance the talent flows of the base year.

    Parameters
    ----------
    stocks : (n_cities,) talents at the end of 2020, persons.

    Returns
    -------
    The flows. The focal district's net change follows from its drawn gross flows; arrivals of each other city
    are solved so that its talents grow at the drawn rate.

    Raises
    ------
    CalibrationError : shares of an origin exceed one, or a city would need negative arrivals; all of them at once.
    """
    graduates = _graduates(tables, drawn)
    moves = _moves(tables, drawn, stocks)
    _refuse_negative(places(tables), graduates, "graduates who go to elsewhere")
    _refuse_negative(places(tables), moves, "moves to elsewhere")
    shares = np.array([tables.tiers[tier, "arrival_share"] for tier in TIERS])
    qualified = np.array(
        [drawn["talent_qualified_locally"]]
        + [drawn[f"{city.name}.qualified_rate"] * stocks[i] for i, city in enumerate(tables.cities) if i > 0]
    )
    from_rest = drawn["talent_arrivals_rest_of_ningbo"]
    total = np.zeros(len(stocks))
    total[0] = drawn["talent_arrivals_elsewhere"] + from_rest
    growth = np.array([0.0] + [drawn[f"{city.name}.talent_growth"] for city in tables.cities[1:]])
    n = len(stocks)
    others = (growth + drawn["talent_retirement"]) * stocks + moves.sum(axis=1) - moves[:, :n].sum(axis=0)
    total[1:] = (others - graduates[:, :n].sum(axis=0) - qualified)[1:]
    _refuse_negative(places(tables), total[:, None], "arrivals from the boundaries")
    by_tier = np.array([tables.tiers[tier, "qualified_share"] for tier in TIERS])
    return TalentFlows(graduates, moves, np.outer(total, shares), from_rest / total[0], np.outer(qualified, by_tier))


def _graduates(tables: Tables, drawn: Mapping[str, float]) -> FloatArray:
    """Job-taking graduates by university city and place of job, (n_cities, n_places)."""
    names, n = places(tables), len(tables.cities)
    flows = np.zeros((n, n + len(BOUNDARIES)))
    for i, city in enumerate(tables.cities):
        takers = drawn[f"{city.name}.graduates"] * drawn[f"{city.name}.graduate_job_share"]
        to_ningbo = drawn.get(f"graduate_share:{city.name}>{NINGBO}", 0.0)
        for j in range(1, n):
            flows[i, j] = takers * drawn.get(f"graduate_share:{city.name}>{names[j]}", 0.0)
        flows[i, 0] = takers * to_ningbo * drawn["district_graduate_share"]
        flows[i, n] = takers * to_ningbo * (1.0 - drawn["district_graduate_share"])
        flows[i, n + 1] = takers - flows[i].sum()
    return flows


def _moves(tables: Tables, drawn: Mapping[str, float], stocks: FloatArray) -> FloatArray:
    """Moves of talents at work, (n_cities, n_places): mobility shares of the drawn cross-city rate."""
    names, n = places(tables), len(tables.cities)
    _refuse_unknown_moves(tables, drawn)
    flows = np.zeros((n, n + len(BOUNDARIES)))
    for i, _ in enumerate(tables.cities):
        leavers = drawn["talent_move_rate"] * stocks[i]
        for j in range(n):
            if i != j:
                flows[i, j] = leavers * move_share(tables, drawn, *_measured_as(names, i, j))
        if i > 0:
            flows[i, n] = flows[i, 0] * (1.0 - drawn["district_flow_share"])
            flows[i, 0] *= drawn["district_flow_share"]
        flows[i, n + 1] = leavers - flows[i].sum()
    flows[0, n] = drawn["talent_departures_rest_of_ningbo"]
    return flows


def _measured_as(names: list[str], origin: int, destination: int) -> tuple[str, str]:
    """The pair whose mobility is measured: the focal district is seen only as part of its city."""
    origin_name, destination_name = (names[i] if i else NINGBO for i in (origin, destination))
    return origin_name, destination_name


def move_share(tables: Tables, drawn: Mapping[str, float], origin: str, destination: str) -> float:
    """Share of an origin's movers who go to a destination: a link row where there is one, mobility otherwise."""
    linked = drawn.get(f"move_share:{origin}>{destination}")
    return tables.move_shares[origin, destination] if linked is None else linked


def _refuse_unknown_moves(tables: Tables, drawn: Mapping[str, float]) -> None:
    names, n = places(tables), len(tables.cities)
    pairs = [_measured_as(names, i, j) for i in range(n) for j in range(n) if i != j]
    unknown = [p for p in pairs if p not in tables.move_shares and f"move_share:{p[0]}>{p[1]}" not in drawn]
    if unknown:
        raise CalibrationError(
            [
                f"base 2020, {origin} to {destination}: no share of movers; add the pair to mobility_daily.csv "
                "or a move_share row to the links of the city"
                for origin, destination in unknown
            ]
        )


def _refuse_negative(names: list[str], flows: FloatArray, what: str) -> None:
    below = [names[i] for i in range(len(flows)) if flows[i, -1] < 0]
    if below:
        raise CalibrationError(
            [
                f"base 2020, {name}: {what} would be negative; narrow the priors of the flows of that city"
                for name in below
            ]
        )


def net_change(tables: Tables, drawn: Mapping[str, float]) -> float:
    """Talents that the focal district gains in the base year, persons: what its drawn gross flows imply."""
    stocks = np.array(
        [tables.focal.values["talent_stock", ""]]
        + [round(drawn[f"{city.name}.talent_stock"]) for city in tables.cities[1:]]
    )
    flows = talent_flows(tables, drawn, stocks)
    gains = flows.arrivals[0].sum() + flows.qualified[0].sum() + flows.graduates[:, 0].sum() + flows.moves[:, 0].sum()
    return float(gains - drawn["talent_retirement"] * stocks[0] - flows.moves[0].sum())


def travel_hours(tables: Tables, drawn: Mapping[str, float]) -> FloatArray:
    """(n_places, n_places) hours by the fastest train in 2020, symmetric, zero on the diagonal."""
    names = places(tables)
    hours = np.zeros((len(names), len(names)))
    for i, origin in enumerate(names):
        for j, destination in enumerate(names):
            found = drawn.get(f"travel_hours:{origin}>{destination}")
            if found is not None:
                hours[i, j] = hours[j, i] = found
    return hours


def fund_investment(tables: Tables, drawn: Mapping[str, float]) -> FloatArray:
    """(n_cities, n_cities) venture money by city of the fund and of the firm, yuan a year.

    Money from funds outside the simulated cities is left out: each firm city's shares are brought to one.
    """
    names = [city.name for city in tables.cities]
    shares = np.array([[drawn.get(f"fund_share:{fund}>{firm}", 0.0) for firm in names] for fund in names])
    amounts: FloatArray = (
        shares / shares.sum(axis=0) * np.array([drawn[f"{name}.venture_investment"] for name in names])
    )
    return amounts
