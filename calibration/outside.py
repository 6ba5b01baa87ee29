"""The world outside: growth, wages, rents, travel times and tax law, quarter by quarter, in two versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from calibration.flows import places
from calibration.schema import AS_HAPPENED, KINDS, KNOWN_2021, VERSIONS
from calibration.tables import Tables
from model.base import OutsideWorld
from model.strata import independent

FloatArray = NDArray[np.float64]

FIRST_YEAR = 2021
N_YEARS = 15
QUARTERS_PER_YEAR = 4
_REFINEMENTS = 4
_LAST_STEADY_YEAR = 2025
"""Until here growth is drawn around one rate; afterwards it slows down."""


def outside_worlds(draw: OutsideDraws, n_quarters: int, travel_hours: FloatArray) -> dict[str, OutsideWorld]:
    """Make the outside world of a member from its draws.

    Parameters
    ----------
    draw : of the member.
    n_quarters : quarters after 2020 Q4, at most 60; a longer horizon does not change the earlier quarters.
    travel_hours : (n_places, n_places) of the member's base.

    Returns
    -------
    By version. ``known_2021`` has one growth path for the delta; in ``as_happened`` a city with a measured growth
    rate takes it, and the others the mean of the measured ones of the year, or the draw where there is none.

    Raises
    ------
    ValueError : the horizon is longer than the draws reach.
    """
    if not 0 <= n_quarters <= N_YEARS * QUARTERS_PER_YEAR:
        raise ValueError(f"n_quarters must lie between 0 and {N_YEARS * QUARTERS_PER_YEAR}, not {n_quarters}")
    tables = draw.tables
    known = np.tile(draw.growth(), (len(tables.cities), 1))
    yearly = {KNOWN_2021: known, AS_HAPPENED: _with_measured(tables, known)}
    wages, rents = draw.prices("wage_growth"), draw.prices("rent_growth")
    slower = slowdown(draw.value("gdp_growth_slowdown"), n_quarters)
    hours = scheduled_hours(tables, travel_hours, n_quarters, draw.value)
    worlds = {}
    for version in VERSIONS:
        paths, before = _growth_paths(yearly[version], n_quarters)
        worlds[version] = OutsideWorld(
            version=version,
            gdp_growth=paths - slower,
            gdp_growth_2020=before,
            wage_growth=_by_quarter(wages, n_quarters) - slower,
            rent_growth=_by_quarter(rents, n_quarters),
            travel_hours=hours,
            super_deduction=super_deduction(tables, version, n_quarters),
        )
    return worlds


def outside_values(tables: Tables) -> Mapping[str, str]:
    """Names of all values that a draw of the outside world takes, with year or city, and the row that has the prior."""
    draw = OutsideDraws(tables, partial(independent, 0, 0), central=True)
    n_places = len(places(tables))
    outside_worlds(draw, 0, np.ones((n_places, n_places)))
    return draw.taken


class OutsideDraws:
    """Yearly draws of the outside world, each keyed by its name and year, or given."""

    def __init__(
        self, tables: Tables, luck: Callable[[str], float], *, central: bool, given: Mapping[str, float] | None = None
    ) -> None:
        """Draw, or take central values; ``given`` goes before both.

        Parameters
        ----------
        luck : of a member, by the name of the stream: uniform in (0, 1).
        given : plain values by ``name`` or ``name:suffix``, the suffix a year or a city.
        """
        self.tables, self.luck, self.central = tables, luck, central
        self.given = given or {}
        self.taken: dict[str, str] = {}

    def value(self, name: str, suffix: str | int = "") -> float:
        """One value in plain units."""
        item = self.tables.outside[name]
        own = f"{name}:{suffix}" if suffix else name
        self.taken[own] = name
        if own in self.given:
            return self.given[own]
        if self.central:
            return item.central
        return item.quantile(self.luck(f"outside:{name}:{suffix}"))

    def growth(self) -> FloatArray:
        """(N_YEARS,) log growth of the delta's yearly real GDP; deviations persist and keep the declared spread."""
        central = self.tables.outside["gdp_growth"].central
        persistence = self.value("gdp_growth_persistence")
        rates = np.empty(N_YEARS)
        rates[0] = self.value("gdp_growth_2021")
        deviation = rates[0] - self.tables.outside["gdp_growth_2021"].central
        for year in range(1, N_YEARS):
            news = self.value("gdp_growth", FIRST_YEAR + year) - central
            deviation = persistence * deviation + np.sqrt(1.0 - persistence**2) * news
            rates[year] = central + deviation
        logs: FloatArray = np.log1p(rates)
        return logs

    def prices(self, name: str) -> FloatArray:
        """(n_cities, N_YEARS) log growth of wages or rents: a common draw a year, a lasting difference a city."""
        apart_2021 = f"{name}_2021" in self.tables.outside
        first = self.value(f"{name}_2021") if apart_2021 else self.value(name, FIRST_YEAR)
        years = [first, *(self.value(name, FIRST_YEAR + year) for year in range(1, N_YEARS))]
        apart = [0.0] + [self.value(f"{name}_relative", city.name) for city in self.tables.cities[1:]]
        logs: FloatArray = np.log1p(np.add.outer(np.array(apart), np.array(years)))
        return logs


def _with_measured(tables: Tables, known: FloatArray) -> FloatArray:
    """Put measured yearly growth of other cities in place of the draw, (n_cities, N_YEARS) logs."""
    growth = known.copy()
    for year in range(N_YEARS):
        found = {
            i: float(np.log1p(tables.measured_growth[city.name, FIRST_YEAR + year]))
            for i, city in enumerate(tables.cities)
            if i > 0 and (city.name, FIRST_YEAR + year) in tables.measured_growth
        }
        if found:
            growth[:, year] = np.mean(list(found.values()))
            for i, value in found.items():
                growth[i, year] = value
    return growth


def _growth_paths(yearly: FloatArray, n_quarters: int) -> tuple[FloatArray, float]:
    """Spread yearly growth over quarters as smoothly as the sums of years allow.

    Returns
    -------
    (n_cities, n_quarters + 1) log growth in each quarter, column 0 that of 2020 Q4; and the common growth in the
    quarters of 2020, set by the delta's (row 0's) growth of 2021.

    Notes
    -----
    Least squared second differences subject to yearly sums (Boot, Feibes and Lisman 1967, Applied Statistics 16).
    Within 2020 and 2021 growth is constant, so that 2021 over 2020 is met exactly; the logs of sums of the later
    years are met by a few Newton steps.
    """
    paths = np.stack([_smooth(tuple(row)) for row in yearly.tolist()])
    start = float(yearly[0, 0] / QUARTERS_PER_YEAR)
    first = np.full((len(yearly), 1), start)
    return np.hstack([first, paths])[:, : n_quarters + 1], start


@lru_cache(maxsize=4)
def _smooth(yearly: tuple[float, ...]) -> FloatArray:
    """(4 * N_YEARS,) quarterly log growth whose yearly sums grow as given; most cities of a member share a path."""
    inverse = _smoother()
    steady = yearly[0] / QUARTERS_PER_YEAR
    wanted = np.array(yearly[1:])
    target = wanted.copy()
    quarterly = np.full(len(yearly) * QUARTERS_PER_YEAR, steady)
    for _ in range(_REFINEMENTS):
        later = inverse @ np.concatenate([target, [steady]])
        quarterly[QUARTERS_PER_YEAR:] = later
        levels = np.exp(np.cumsum(quarterly)).reshape(-1, QUARTERS_PER_YEAR).sum(axis=1)
        target += wanted - np.diff(np.log(levels))
    quarterly.setflags(write=False)
    return quarterly


@lru_cache(maxsize=1)
def _smoother() -> FloatArray:
    """Linear map from (yearly growth from 2022 on, growth a quarter in 2021) to quarterly growth from 2022 on."""
    years, q = N_YEARS - 1, QUARTERS_PER_YEAR
    n = years * q
    weights = np.zeros((years, n))
    carried = np.zeros(years)
    triangle = np.array([1, 2, 3, 4, 3, 2, 1]) / q
    for year in range(years):
        for step, weight in enumerate(triangle):
            quarter = year * q + step - (q - 1)
            if quarter >= 0:
                weights[year, quarter] += weight
            else:
                carried[year] += weight
    change = np.eye(n) - np.eye(n, k=-1)
    system = np.block([[2.0 * change.T @ change, weights.T], [weights, np.zeros((years, years))]])
    known = np.zeros((n + years, years + 1))
    known[0, years] = 2.0
    known[n:, :years] = np.eye(years)
    known[n:, years] = -carried
    solution: FloatArray = np.linalg.solve(system, known)[:n]
    solution.setflags(write=False)
    return solution


def _by_quarter(yearly: FloatArray, n_quarters: int) -> FloatArray:
    """Constant growth within a year; nothing in 2020 Q4, whose level is the base's."""
    quarters = np.repeat(yearly / QUARTERS_PER_YEAR, QUARTERS_PER_YEAR, axis=1)
    return np.hstack([np.zeros((len(yearly), 1)), quarters])[:, : n_quarters + 1]


def slowdown(points: float, n_quarters: int) -> FloatArray:
    """(n_quarters + 1,) log growth a quarter that is lost to the slowdown: nothing before 2026.

    ``points`` is what each year from 2026 on grows less than the year before, as a share; quarters share it evenly, and
    it is taken from the smoothed path, so that no quarter before 2026 differs by a bit.
    """
    quarters = np.arange(n_quarters + 1) - QUARTERS_PER_YEAR * (_LAST_STEADY_YEAR - FIRST_YEAR + 1)
    return np.asarray(points / QUARTERS_PER_YEAR * np.maximum(quarters, 0) / QUARTERS_PER_YEAR)


def scheduled_hours(
    tables: Tables, base_hours: FloatArray, n_quarters: int, hours_after: Callable[[str], float]
) -> FloatArray:
    """Travel hours by the three schedules of openings.

    Parameters
    ----------
    base_hours : (n_places, n_places) of 2020.
    hours_after : hours of a pair after an opening, by the name of the drawn value.

    Returns
    -------
    (3, n_quarters + 1, n_places, n_places): nothing opens, the plan's dates, an early Shanghai link. An opening never
    slows a pair.
    """
    names = places(tables)
    hours = np.tile(base_hours, (3, n_quarters + 1, 1, 1))
    for opening in tables.openings:
        i, j = names.index(opening.origin), names.index(opening.destination)
        after = min(hours_after(opening.drawn), float(base_hours[i, j]))
        for schedule, quarter in ((1, opening.planned), (2, opening.early)):
            there = hours[schedule, max(quarter, 0) :]
            there[:, i, j] = there[:, j, i] = np.minimum(there[:, i, j], after)
    return hours


def super_deduction(tables: Tables, version: str, n_quarters: int) -> FloatArray:
    """(2, n_quarters + 1) R&D super-deduction of industry and services, by the steps of the law in the version."""
    rates = np.zeros((len(KINDS), n_quarters + 1))
    for step in tables.super_deduction:
        if step.version == version:
            rates[KINDS.index(step.kind), max(step.quarter, 0) :] = step.value
    return rates
