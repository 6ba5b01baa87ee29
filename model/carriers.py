"""Carriers: enclaves in Shanghai, the incubation chain at home, and university research institutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import of_rows
from model.compiled import RULE
from model.policy import Policy
from model.queues import places_served

if TYPE_CHECKING:
    from model.economy import Economy
    from model.parameters import Parameters

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
HOSTED_YEARS = 3.0
"""Free space for hosted teams lasts three years (levers.csv)."""
MAX_DISPLACED_SHARE = 0.5
"""A firm keeps at least half of its R&D at home."""


class Carrier(mesa.Agent):
    """Places for young firms or teams: tenants come when a place is free and leave by turnover."""

    def __init__(self, economy: Economy, places: float, turnover: float) -> None:
        """Open full, with the admissions that keep it so; ``turnover`` is the share who leave in a year."""
        super().__init__(economy)
        self.turnover = turnover
        self.tenants = places
        self.graduated = 0.0
        self.admissions = [places * turnover / 4.0]

    def fill(self, places: float) -> None:
        """Some tenants graduate; free places are filled. Where places were closed nobody is put out or comes."""
        staying = self.tenants * (1.0 - self.turnover / 4.0)
        self.graduated = self.tenants - staying
        self.admissions.append(max(places - staying, 0.0))
        self.tenants = staying + self.admissions[-1]

    def admitted(self, quarters_ago: int = 0) -> float:
        """Tenants who came in a quarter; before 2021 those of 2020."""
        return self.admissions[max(len(self.admissions) - 1 - quarters_ago, 0)]


def carrier_places(policy: Policy, p: Parameters) -> dict[str, float]:
    """Tenants that each kind of carrier has places for under a policy."""
    start_ups = 1.0 - p.enclave_home_places
    return {
        "incubation": policy.incubation_carriers * p.carrier_tenants,
        "enclave": policy.enclave_units * p.enclave_tenants_per_unit * start_ups,
        # Full, 10 000 m2 see as many projects start in a year as the turnover lets leave.
        "fly-in": policy.operator_space * p.fly_in_projects / p.carrier_turnover,
        "hosted teams": policy.hosted_teams,
    }


def open_carriers(economy: Economy, p: Parameters) -> dict[str, Carrier]:
    """The carriers of 2020, full."""
    turnover = {"hosted teams": 1.0 / HOSTED_YEARS}
    places = carrier_places(Policy.neutral(), p)
    return {name: Carrier(economy, n, turnover.get(name, p.carrier_turnover)) for name, n in places.items()}


class Enclave(mesa.Agent):
    """The district's enclaves in Shanghai: teams of home firms and staffed seats; start-ups are a `Carrier`'s."""

    def __init__(self, economy: Economy) -> None:
        """Open with the enclaves of 2020, which are inside the published base."""
        super().__init__(economy)
        self.added_units = 0.0
        self.seats_filled = 0.0

    def fill(self, policy: Policy, hiring_rate: float) -> None:
        """Open and close units; fill the seats beyond those of 2020 at the hiring rate of the Shanghai market."""
        self.added_units = policy.enclave_units - Policy.neutral().enclave_units
        wanted = policy.shanghai_seats - Policy.neutral().shanghai_seats
        self.seats_filled += hiring_rate * (wanted - self.seats_filled)

    def added_teams(self, p: Parameters) -> float:
        """Teams of home firms beyond those of 2020 (fewer when units close)."""
        return self.added_units * p.enclave_tenants_per_unit * p.enclave_home_places

    def staff_in_enclave(self, p: Parameters) -> float:
        """Heads beyond those of 2020: filled seats, and the teams at one researcher a seat's R&D."""
        return self.seats_filled + self.added_teams(p) * p.enclave_team_rd / p.seat_rd


class Institutes(mesa.Agent):
    """University research institutes beyond those of 2020 (fewer: below zero), by how long they have been working."""

    def __init__(self, economy: Economy) -> None:
        """Open with none beyond those of 2020, which are inside the published base."""
        super().__init__(economy)
        self.added = 0.0
        self.number = np.zeros(0)
        self.quarters = np.zeros(0)
        """Of each cohort in ``number``: quarters in operation, 1 in the quarter of its opening."""

    def fill(self, added: float) -> None:
        """A quarter passes and new institutes open; where there are fewer than before, every cohort is cut alike."""
        before, self.added = self.added, added
        self.quarters = self.quarters + 1.0
        if added * before < 0.0:
            self.number, self.quarters, before = np.zeros(0), np.zeros(0), 0.0
        if abs(added) < abs(before):
            self.number = self.number * (added / before)
        elif added != before:
            self.number = np.concatenate((self.number, (added - before,)))
            self.quarters = np.concatenate((self.quarters, (1.0,)))

    def research(self, p: Parameters) -> float:
        """R&D in the quarter, yuan, which grows from the opening of each; only institutes add R&D of their own."""
        if not self.number.size:
            return 0.0
        age = (self.quarters - 1.0) / 4.0
        return p.institute_rd_per_year / 4.0 * float((self.number * np.exp(p.institute_growth * age)).sum())

    def posts(self, p: Parameters) -> float:
        """Posts for talents: each institute hires for its first years."""
        if not self.number.size:
            return 0.0
        years = np.minimum(self.quarters / 4.0, p.institute_hiring_years)
        return p.institute_talent_per_year * float((self.number * years).sum())


@nb.njit(**RULE)
def in_order_of_luck(rows, luck, places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) of some rows, those who come first, in order, as many as there are places or parts of one.

    ``luck`` of each row is a fixed order, so that more places hold the same firms and more.
    """
    return of_rows(rows, places_served(luck, np.ones(rows.size), float(int(abs(places)) + 1)))


@nb.njit(**RULE)
def spread_in_order(column, order, places, amount):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Add an amount for each place to a column, given to firms in order.

    Parameters
    ----------
    column : (n_firms,) yuan, changed in place.
    order : (k,) rows of those who can take a place, first come first.
    places : number of places, the last one in part; negative when there are fewer than in 2020, which takes away.
    amount : yuan a place.
    """
    whole, sign = int(abs(places)), np.sign(places)
    for row in order[:whole]:
        column[row] += sign * amount
    if whole < order.size:
        column[order[whole]] += sign * amount * (abs(places) - whole)


@nb.njit(**RULE)
def displaced_research(inside, rd, relocated_share):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Part of a firm's R&D at home that the enclave takes away, at most half of it."""
    return min(relocated_share * inside, MAX_DISPLACED_SHARE * rd)


def extra_births(policy: Policy, p: Parameters, admitted: float) -> float:
    """Births a quarter beyond those under the policy of 2020: incubators' additional tenants, institutes' spin-offs.

    ``admitted``: tenants of the incubation chain who came this quarter beyond those of 2020.
    """
    neutral = Policy.neutral()
    spin_offs = (policy.institutes - neutral.institutes) * p.institute_spinoffs_per_year / 4.0
    # Teams beyond those of 2020 are born as such; fewer than in 2020 are fewer births.
    teams = min(policy.talent_teams - neutral.talent_teams, 0.0) * p.project_additional_share / 4.0
    return admitted * p.carrier_entry_share + spin_offs + teams


def entry_factor(policy: Policy, p: Parameters) -> float:
    """Births over those of 2020 by an easier start and by talent policy, which brings jobs through new firms."""
    neutral = Policy.neutral()
    packages = policy.senior_settlement / neutral.senior_settlement - 1.0
    return (1.0 + p.entry_reform_effect * reform_share(policy)) * float(np.exp(p.talent_policy_entry_effect * packages))


def reform_share(policy: Policy) -> float:
    """Share of the way from the business environment of 2020 to a full one; negative when it got worse."""
    neutral = Policy.neutral()
    return (policy.business_environment - neutral.business_environment) / (1.0 - neutral.business_environment)


def among_tenants(luck: FloatArray, tenants: float) -> BoolArray:
    """(n_young,) who of the young firms sits in carriers, when ``tenants`` do beyond those of 2020, or fewer do."""
    return np.asarray(luck < abs(tenants) / max(len(luck), 1))


def incubated_growth(tenants: float, p: Parameters) -> float:
    """Log growth a quarter of a young firm among `among_tenants`: growth, not survival; negative for fewer tenants."""
    return float(np.sign(tenants) * p.incub_growth_effect / 4.0)
