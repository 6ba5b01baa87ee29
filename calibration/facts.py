"""What the tables say, as frozen records in plain units: yuan, persons, hours, shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.reading import Row
from model.base import Cluster
from model.priors import Prior

FloatArray = NDArray[np.float64]

NINGBO = "ningbo"
"""The city around the focal district, as the mobility and graduate tables name it."""


@dataclass(frozen=True)
class Uncertain:
    """One value that is drawn per ensemble member."""

    name: str
    central: float
    """In plain units, as ``low`` and ``high``."""
    low: float
    high: float
    prior: Prior
    factor: float
    """From the unit of the prior to the plain unit."""
    prior_text: str
    unit: str
    status: str
    source: str

    def quantile(self, u: float) -> float:
        """The value at share ``u`` of the prior's mass, in plain units."""
        return self.prior.quantile(u) * self.factor


@dataclass(frozen=True)
class City:
    """What is known of one simulated city, from its folder."""

    name: str
    name_zh: str
    name_en: str
    focal: bool
    order: float
    values: Mapping[tuple[str, str], float]
    """(name, site) to value in plain units; site is empty for values of the whole city."""
    sites: tuple[str, ...]
    mixes: Mapping[tuple[str, str], FloatArray]
    """(site, firm class) to (n_clusters,) shares of firms."""


@dataclass(frozen=True)
class Sector:
    """One published industrial sector of the focal district's own level, January to October 2020."""

    name: str
    n_firms: int
    output: float
    """Yuan in ten months."""
    cluster_shares: FloatArray


@dataclass(frozen=True)
class Step:
    """A value that holds from a quarter on (0 is 2020 Q4)."""

    version: str
    kind: str
    quarter: int
    value: float


@dataclass(frozen=True)
class Opening:
    """A link that shortens the travel time of a pair from a quarter on."""

    origin: str
    destination: str
    planned: int
    """Quarter at the plan's date (0 is 2020 Q4)."""
    early: int
    """Quarter in the schedule with an early Shanghai link."""
    drawn: str
    """Name of the outside world's value that says how many hours the pair takes afterwards."""


@dataclass(frozen=True)
class Tables:
    """All tables, checked. Frozen, so that a process can share one copy."""

    label: str
    rows: Mapping[str, int]
    """Rows of each file, by name."""
    cities: tuple[City, ...]
    """The focal one first, then by their ``order``."""
    boundary_names: tuple[tuple[str, str], ...]
    uncertain: tuple[Uncertain, ...]
    """Of the base: names of a city's folder carry the city, links carry origin and destination."""
    outside: Mapping[str, Uncertain]
    clusters: tuple[Cluster, ...]
    talent_intensity: FloatArray
    sectors: tuple[Sector, ...]
    tiers: Mapping[tuple[str, str], float]
    firm_classes: Mapping[tuple[str, str], float]
    assumptions: Mapping[str, float]
    move_shares: Mapping[tuple[str, str], float]
    """(origin, destination) to the share of the origin's listed outflow, Baidu mobility of the base period."""
    super_deduction: tuple[Step, ...]
    openings: tuple[Opening, ...]
    measured_growth: Mapping[tuple[str, int], float]
    """(city, year) to measured real GDP growth after 2020, for the outside world as it happened."""
    base_table: tuple[Row, ...]
    unit_factors: Mapping[str, float]

    @property
    def focal(self) -> City:
        """The district that the study is about."""
        return self.cities[0]
