"""Carriers: enclaves in Shanghai, the incubation chain at home, and university research institutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from model.policy import Policy

if TYPE_CHECKING:
    from model.economy import Economy
    from model.parameters import Parameters

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
HOSTED_QUARTERS = 12
"""Free space for hosted teams lasts three years (levers.csv)."""
MAX_DISPLACED_SHARE = 0.5
"""A firm keeps at least half of its R&D at home."""


class Enclave(mesa.Agent):
    """The district's enclaves in Shanghai: teams of home firms, staffed seats, and tenant start-ups that may land."""

    def __init__(self, economy: Economy) -> None:
        """Open with the enclaves of 2020, which are inside the published base."""
        super().__init__(economy)
        self.units = [Policy.neutral().enclave_units]
        self.seats_filled = 0.0

    def fill(self, policy: Policy, hiring_rate: float) -> None:
        """Open and close units; fill the seats beyond those of 2020 at the hiring rate of the Shanghai market."""
        self.units.append(policy.enclave_units)
        wanted = policy.shanghai_seats - Policy.neutral().shanghai_seats
        self.seats_filled += hiring_rate * (wanted - self.seats_filled)

    def units_ready_to_land(self, delay_quarters: int) -> float:
        """Units whose tenants have been there for the landing delay."""
        return self.units[max(len(self.units) - 1 - delay_quarters, 0)]

    def added_teams(self, p: Parameters) -> float:
        """Teams of home firms beyond those of 2020 (fewer when units close)."""
        return (self.units[-1] - self.units[0]) * p.enclave_tenants_per_unit * p.enclave_home_places

    def staff_in_enclave(self, p: Parameters) -> float:
        """Heads beyond those of 2020: filled seats, and the teams at one researcher a seat's R&D."""
        return self.seats_filled + self.added_teams(p) * p.enclave_team_rd / p.seat_rd


class TeamHost(mesa.Agent):
    """Places at home for teams from Shanghai, rent free for three years: the talent enclave in the district."""

    def __init__(self, economy: Economy) -> None:
        """Open without teams: there were none in 2020."""
        super().__init__(economy)
        self.teams = 0.0
        self.admitted = 0.0

    def fill(self, policy: Policy) -> None:
        """A twelfth of the teams leaves in a quarter, when its three years are over; free places are filled."""
        staying = self.teams * (1.0 - 1.0 / HOSTED_QUARTERS)
        self.admitted = max(policy.hosted_teams - staying, 0.0)
        self.teams = staying + self.admitted


def in_order_of_luck(eligible: BoolArray, luck: FloatArray, places: float) -> IntArray:
    """(k,) rows of the eligible who come first, in order, as many as there are places or parts of one.

    ``luck`` (n,) is a fixed order, so that more places hold the same firms and more.
    """
    rows, k = np.flatnonzero(eligible), int(abs(places)) + 1
    if k < len(rows):
        rows = rows[np.argpartition(luck[rows], k - 1)[:k]]
    return rows[np.argsort(luck[rows], kind="stable")]


def spread_in_order(n: int, order: IntArray, places: float, amount: float) -> FloatArray:
    """An amount for each place, given to firms in order.

    Parameters
    ----------
    n : firms.
    order : (k,) rows of those who can take a place, first come first.
    places : number of places, the last one in part; negative when there are fewer than in 2020, which takes away.
    amount : yuan a place.

    Returns
    -------
    (n,) yuan, negative where places were lost.
    """
    inside = np.zeros(n)
    whole = int(abs(places))
    inside[order[:whole]] = amount
    if whole < len(order):
        inside[order[whole]] = amount * (abs(places) - whole)
    return np.asarray(np.sign(places) * inside)


def displaced_research(inside: FloatArray, rd: FloatArray, relocated_share: float) -> FloatArray:
    """(n,) part of the R&D at home that the enclave takes away, at most half of it."""
    return np.asarray(np.minimum(relocated_share * inside, MAX_DISPLACED_SHARE * rd))


def expected_landings(units: float, p: Parameters) -> float:
    """Tenant start-ups that land at home in a quarter."""
    tenants = units * p.enclave_tenants_per_unit * (1.0 - p.enclave_home_places)
    return tenants * p.carrier_turnover / 4.0 * p.enclave_landing_rate


def extra_births(policy: Policy, p: Parameters) -> float:
    """Births a quarter beyond those under the policy of 2020: incubators' additional tenants, institutes' spin-offs."""
    neutral = Policy.neutral()
    carriers = policy.incubation_carriers - neutral.incubation_carriers
    incubated = carriers * p.carrier_tenants * p.carrier_turnover / 4.0 * p.carrier_entry_share
    spin_offs = (policy.institutes - neutral.institutes) * p.institute_spinoffs_per_year / 4.0
    # Teams beyond those of 2020 are born as such; fewer than in 2020 are fewer births.
    teams = min(policy.talent_teams - neutral.talent_teams, 0.0) * p.project_additional_share / 4.0
    return incubated + spin_offs + teams


def entry_factor(policy: Policy, p: Parameters) -> float:
    """Births over those of 2020 by an easier start and by talent policy, which brings jobs through new firms."""
    neutral = Policy.neutral()
    packages = policy.senior_settlement / neutral.senior_settlement - 1.0
    return (1.0 + p.entry_reform_effect * reform_share(policy)) * float(np.exp(p.talent_policy_entry_effect * packages))


def reform_share(policy: Policy) -> float:
    """Share of the way from the business environment of 2020 to a full one; negative when it got worse."""
    neutral = Policy.neutral()
    return (policy.business_environment - neutral.business_environment) / (1.0 - neutral.business_environment)


def incubated_growth(young: BoolArray, luck: FloatArray, policy: Policy, p: Parameters) -> FloatArray:
    """(n,) log growth a quarter of young firms in carriers beyond those of 2020: growth, not survival."""
    places = (policy.incubation_carriers - Policy.neutral().incubation_carriers) * p.carrier_tenants
    if places == 0.0 or not young.any():
        return np.zeros(len(young))
    share = np.clip(abs(places) / young.sum(), 0.0, 1.0)
    return np.where(young & (luck < share), np.sign(places) * p.incub_growth_effect / 4.0, 0.0)


def institutes_research(policy: Policy, p: Parameters, years_since_2020: float) -> float:
    """R&D a quarter of the institutes beyond those of 2020; only institutes add R&D of their own."""
    added = policy.institutes - Policy.neutral().institutes
    return added * p.institute_rd_per_year / 4.0 * float(np.exp(p.institute_growth * years_since_2020))
