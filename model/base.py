"""Base: the frozen, balanced year 2020 from which every run starts.

`calibration` makes it from the data tables and one draw of the uncertain base values; `model` only reads it.
Money is yuan of 2020; persons are whole; a yearly amount says so.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from model.parameters import Parameters

FloatArray = NDArray[np.float64]

TIERS = ("leading", "senior", "professional", "graduate", "skilled")
N_TIERS = len(TIERS)
LEADING, SENIOR, PROFESSIONAL, GRADUATE, SKILLED = range(N_TIERS)

BOUNDARIES = ("rest_of_ningbo", "elsewhere")

# Employers that a site offers beside its clusters; the background sector is the part of GDP that no firm agent holds.
BACKGROUND, PUBLIC, SELF_EMPLOYED = range(3)
N_OTHER_EMPLOYERS = 3
UNEMPLOYED = -1
NO_CERTIFICATE = -1
CERTIFICATE_QUARTERS = 12


@dataclass(frozen=True)
class FirmColumns:
    """Opening firms, one row an agent, all arrays of length n.

    Yinzhou's firms are one agent each; an agent of Shanghai or Hangzhou stands for ``weight`` firms and its
    amounts are those of all of them.
    """

    firm_id: NDArray[np.uint64]
    city: NDArray[np.int8]
    site: NDArray[np.int8]
    cluster: NDArray[np.int8]
    weight: NDArray[np.int32]
    born: NDArray[np.int16]
    """Quarter of birth, negative before 2020 Q4."""
    value_added: FloatArray
    """Value added of 2020, yuan a year."""
    revenue: FloatArray
    """Revenue (output) of 2020, yuan a year."""
    rd: FloatArray
    """Intramural R&D of 2020, yuan a year; zero for firms that do none."""
    tech_sme: NDArray[np.bool_]
    above_scale: NDArray[np.bool_]
    champion: NDArray[np.bool_]
    certified_until: NDArray[np.int16]
    """Last quarter in which the high-tech certificate is valid; NO_CERTIFICATE (-1) without one."""
    constrained: NDArray[np.bool_]
    """Whether finance limits its R&D."""


@dataclass(frozen=True)
class TalentColumns:
    """Opening talents, one row an agent, all arrays of length n."""

    talent_id: NDArray[np.uint64]
    city: NDArray[np.int8]
    home: NDArray[np.int8]
    """Index into ``Base.places``."""
    tier: NDArray[np.int8]
    born: NDArray[np.int16]
    """Quarter of birth relative to 2020 Q4: -120 is thirty years old."""
    employer: NDArray[np.int16]
    """``site * n_employers_per_site + k``; k < n_clusters is a cluster, then background, public, self; -1 none."""
    weight: NDArray[np.int32]
    """Persons that the agent stands for: 1 for leading and senior talents, the scale otherwise (one agent a cell
    carries the remainder, so heads are exact at every scale)."""


@dataclass(frozen=True)
class Cluster:
    """One of the plan's ten clusters, or one of the two groups outside them (other industry, other services)."""

    cluster_id: str
    name_zh: str
    name_en: str
    industry: bool
    catalogue: bool
    """Whether the whole cluster counts as high-tech industry."""
    knowledge_depreciation: str
    """Name of the parameter that says how fast its knowledge ages."""
    target_revenue: float
    """The plan's size class in yuan a year (100, 50 or 10 bn); 0 outside the plan."""


@dataclass(frozen=True, eq=False)
class Base:
    """The base year of all cities. Index order is always city, cluster, tier, quarter."""

    scale: int
    cities: tuple[str, ...]
    """The focal district first, then the cities it exchanges with."""
    place_names_zh: tuple[str, ...]
    place_names_en: tuple[str, ...]
    sites: tuple[str, ...]
    """own_level and high_tech_zone of the focal district, then one site for each other city."""
    site_city: NDArray[np.int8]
    clusters: tuple[Cluster, ...]
    firms: FirmColumns
    talents: TalentColumns
    gdp: FloatArray
    """(n_sites,) GDP of 2020 as first published, yuan a year."""
    gdp_revision: float
    """Log difference between GDP after the next economic census and as first published."""
    nonbusiness_rd: FloatArray
    """(n_sites,) R&D of universities and public bodies other than the research institutes, yuan a year."""
    institute_rd: FloatArray
    """(n_sites,) R&D of the university research institutes already in operation, yuan a year."""
    patents: FloatArray
    """(n_sites,) valid invention patents at the end of 2020, whoever holds them; zero where they are not known."""
    patents_outside_firms_share: float
    """Share of them that universities and public bodies hold."""
    residents: FloatArray
    """(n_cities,) persons at the end of 2020."""
    wage: FloatArray
    """(n_cities, n_tiers) yuan a year."""
    rent: FloatArray
    """(n_cities,) yuan a square metre and month."""
    travel_hours: FloatArray
    """(n_places, n_places) fastest rail, door to door not included."""
    talent_moves: FloatArray
    """(n_cities, n_places) talents already at work who leave for another place in the base year, persons; diagonal 0.
    Its column ``elsewhere`` is what closes the base-year net change of the focal district."""
    arrivals_elsewhere: FloatArray
    """(n_cities, n_tiers) gross arrivals from the two boundaries, persons a year."""
    arrivals_rest_share: float
    """Share of the focal district's boundary arrivals that come from the rest of Ningbo."""
    graduates: FloatArray
    """(n_cities, n_places) graduates of the universities of a city by the place where they take a job, persons a year
    (row 0: universities of Ningbo as a whole; column 0: jobs in the focal district)."""
    qualified: FloatArray
    """(n_cities, n_tiers) residents who become talents by qualification or title, persons a year."""
    retirement_rate: float
    """Share of talents who retire or leave the count, 1/year."""
    fund_capital: FloatArray
    """(n_cities,) uncalled capital of venture funds, yuan."""
    fund_investment: FloatArray
    """(n_cities, n_cities) venture money by city of the fund and city of the firm in the base year, yuan a year."""
    technology_loans: FloatArray
    """(n_cities,) technology loans outstanding, yuan."""
    budget_revenue: float
    """General public budget revenue of the whole focal district, yuan a year."""
    policy_budget_share: float
    """Share of that revenue that the plan's levers may cost in a year before they are rationed."""
    hightech_growth_gap: float
    """Log growth a year of catalogue clusters over other industry."""
    rd_intensity_trend: float
    """Log growth a year of desired R&D intensity common to the delta, net of tax law."""
    residents_growth: float
    """Log growth a year of residents of the focal district."""
    enclave_rd_book_share: float
    """Share of R&D done in enclaves that the district's statistics book at home."""
    enclave_talent_count_share: float
    """Share of enclave and flexible staff counted in the talent total, under the definition that counts them."""
    drawn: tuple[tuple[str, float], ...] = ()
    """Every uncertain base value as drawn, by name, for the manifest and the split of variance."""

    def __post_init__(self) -> None:
        """Freeze every array, those of the two tables included."""
        for owner in (self, self.firms, self.talents):
            for item in fields(owner):
                value = getattr(owner, item.name)
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)

    @functools.cached_property
    def places(self) -> tuple[str, ...]:
        """Cities and the two boundaries: the axis of every flow matrix."""
        return self.cities + BOUNDARIES

    @functools.cached_property
    def n_cities(self) -> int:
        """Number of simulated cities."""
        return len(self.cities)

    @functools.cached_property
    def n_employers_per_site(self) -> int:
        """Clusters, background, public, self-employed."""
        return len(self.clusters) + N_OTHER_EMPLOYERS


@dataclass(frozen=True)
class OutsideWorld:
    """One draw of what happens outside, quarter by quarter; column 0 is 2020 Q4.

    The version ``known_2021`` holds what was known at the end of 2021, law included.
    """

    version: str
    gdp_growth: FloatArray
    """(n_cities, n_quarters + 1) log growth of real GDP in the quarter; the delta's growth is common to the cities."""
    gdp_growth_2020: float
    """Log growth a quarter within 2020, so that yearly sums grow in 2021 as drawn for 2021."""
    wage_growth: FloatArray
    """(n_cities, n_quarters + 1) log growth of real wages in the quarter before local tightness."""
    rent_growth: FloatArray
    """(n_cities, n_quarters + 1) log growth of rents in the quarter."""
    travel_hours: FloatArray
    """(3, n_quarters + 1, n_places, n_places) by the schedule of openings: 0 none opens, 1 at the plan's dates, 2 with
    an early Shanghai link."""
    super_deduction: FloatArray
    """(2, n_quarters + 1) R&D super-deduction: row 0 industry, row 1 services; as legislated by the end of 2021."""

    def means(self, cities: Sequence[str]) -> dict[str, float]:
        """Sum up the draw: mean growth a year over the run, as a share, by the names that `drawn` stores.

        Parameters
        ----------
        cities : names in the order of the rows, the focal district first.

        Returns
        -------
        ``gdp_growth``, ``wage_growth`` and ``rent_growth`` of the district, and for each other city
        ``<city>.wage_growth_relative`` and ``<city>.rent_growth_relative``: how much faster it grew.
        """
        found = {}
        for name in ("gdp_growth", "wage_growth", "rent_growth"):
            yearly = 4.0 * getattr(self, name)[:, 1:].mean(axis=1)
            found[name] = math.expm1(yearly[0])
            if name != "gdp_growth":
                apart = zip(cities[1:], yearly[1:], strict=True)
                found |= {f"{city}.{name}_relative": math.expm1(rate - yearly[0]) for city, rate in apart}
        return found


@dataclass(frozen=True)
class Member:
    """One ensemble member: four kinds of uncertainty, drawn apart."""

    index: int
    base: Base
    parameters: Parameters
    outside: dict[str, OutsideWorld]
    """By version of the outside world."""
    seed: int
    """Key of the member's individual luck."""
