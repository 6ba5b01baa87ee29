"""Who could come: graduates, people from elsewhere, and residents who qualify.

Every possible arrival is a slot with an id made of cause, quarter, parent and position, so that the same person
comes in two scenarios unless policy changes the choice.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.compiled import RULE
from model.parameters import Parameters
from model.policy import Policy
from model.streams import child, key, key_of_quarter, unit, units
from model.talent.candidates import FRESH_GRADUATE, NEWCOMER, POSTDOC, RESIDENT, TEAM_MEMBER, Candidates

FloatArray = NDArray[np.float64]
_ROOM, _INVITED_ROOM = 2.0, 8.0
"""Slots for each arrival expected: the most that policy can multiply a flow by. There are few post-docs and members of
founder teams in 2020, and their programmes multiply."""
_CAUSES = "qualified", "newcomer", "post-doc", "team member", "graduate"
GRADUATION_AGE_QUARTERS = 92
NEWCOMER_AGES = (88, 160)
"""Ages of newcomers from elsewhere, quarters: 22 to 40."""
QUALIFYING_AGES = (100, 180)
"""Ages at which residents qualify, quarters: 25 to 45."""


@functools.cache
def tier_weights(scale: int) -> NDArray[np.int32]:
    """(n_tiers,) persons an agent: leading and senior talents are always one to one. Read only."""
    weights = np.full(N_TIERS, scale, np.int32)
    weights[[LEADING, SENIOR]] = 1
    weights.flags.writeable = False
    return weights


@dataclass(frozen=True)
class Invitations:
    """Seniors a year whom the district's programmes bring: part of the base arrivals in 2020, their own flow since."""

    postdocs: float
    team_members: float

    @classmethod
    def under(cls, policy: Policy, hosted_a_year: float, p: Parameters) -> Invitations:
        """Count those of a policy; of teams beyond those of 2020 only the additional share would not have come anyway.

        ``hosted_a_year``: Shanghai teams who take a place at home in a year.
        """
        funded = Policy.neutral().talent_teams
        teams = funded + p.project_additional_share * (policy.talent_teams - funded + hosted_a_year)
        return cls(policy.new_postdocs, max(teams, 0.0) * p.team_phd_msc_heads)

    @property
    def total(self) -> float:
        """Both together."""
        return self.postdocs + self.team_members


class Flows(NamedTuple):
    """Who comes in a quarter when nothing has changed since 2020; all arrays (n_flows,).

    Flows of a kind stand together: residents who qualify and newcomers, both by city and tier; post-docs; members of
    founder teams; graduates by the city of their university.
    """

    kind: NDArray[np.int8]
    cell: NDArray[np.uint64]
    """Number of the flow among those of its kind."""
    place: NDArray[np.int8]
    tier: NDArray[np.int8]
    weight: NDArray[np.int32]
    expected: FloatArray
    """Agents a quarter."""
    n_slots: NDArray[np.int64]
    """Slots in which somebody may come: a flow stops growing when all are used."""


def open_flows(base: Base, job_finding: FloatArray, invited: Invitations) -> Flows:
    """The flows of 2020.

    Parameters
    ----------
    job_finding : (n_cities, n_tiers) chance of a job in 2020. Base flows are those who came, so more than these try:
        whoever would find no job is not in the base table.
    invited : those of 2020, who are part of the base arrivals of the focal district.
    """
    kind, cell, place, tier, room = _layout(base.n_cities)
    weights, tried = tier_weights(base.scale), base.graduates.copy()
    tried[:, : base.n_cities] /= job_finding[:, GRADUATE]
    expected = np.concatenate(
        [
            (base.qualified / 4.0 / weights).ravel(),
            (newcomers_2020(base, invited) / 4.0 / weights / job_finding).ravel(),
            (invited.postdocs / 4.0 / job_finding[0, SENIOR], invited.team_members / 4.0 / job_finding[0, SENIOR]),
            tried.sum(axis=1) / 4.0 / base.scale,
        ]
    )
    n_slots = np.where(expected > 0.0, np.ceil(room * expected) + 1.0, 0.0).astype(np.int64)
    return Flows(kind, cell, place, tier, weights[tier], expected, n_slots)


@functools.cache
def _layout(n_cities: int) -> tuple[NDArray[Any], ...]:
    """Kind, cell, place and tier of all flows, and room for each arrival expected; not to be written to."""
    by_tier = [(city, tier) for city in range(n_cities) for tier in range(N_TIERS)]
    cells = {
        RESIDENT: (by_tier, _ROOM),
        NEWCOMER: (by_tier, _ROOM),
        POSTDOC: ([(0, SENIOR)], _INVITED_ROOM),
        TEAM_MEMBER: ([(0, SENIOR)], _INVITED_ROOM),
        FRESH_GRADUATE: ([(city, GRADUATE) for city in range(n_cities)], 1.0),
    }
    rows = [(kind, cell, *where, room) for kind, (places, room) in cells.items() for cell, where in enumerate(places)]
    types = np.int8, np.uint64, np.int8, np.int8, np.float64
    return tuple(np.array(column, dtype) for column, dtype in zip(zip(*rows, strict=True), types, strict=True))


def newcomers_2020(base: Base, invited: Invitations) -> FloatArray:
    """(n_cities, n_tiers) arrivals a year from the two boundaries who come of their own accord."""
    flow = base.arrivals_elsewhere.copy()
    flow[0, SENIOR] -= min(invited.total, 0.75 * flow[0, SENIOR])
    return flow


def changes(pull: FloatArray, referred: float, now: Invitations, then: Invitations) -> FloatArray:
    """(n_flows,) factor of each flow since 2020.

    Parameters
    ----------
    pull : (n_cities, n_tiers) log change of the flow of newcomers, from `location.place_utility`.
    referred : leading and senior talents whom rewards beyond those of 2020 bring to the focal district, as a share of
        those who came of their own accord.
    now, then : who is invited a year, under the policy in force and that of 2020.
    """
    n_cities, n = len(pull), pull.size
    change = np.empty(2 * n + 2 + n_cities)
    change.fill(1.0)
    newcomers = change[n : 2 * n]
    np.exp(pull.ravel(), out=newcomers)
    for tier in (LEADING, SENIOR):
        newcomers[tier] = max(newcomers[tier] + referred, 0.0)
    change[2 * n] = now.postdocs / then.postdocs
    change[2 * n + 1] = now.team_members / then.team_members
    return change


def candidates(flows: Flows, change: FloatArray, base: Base, quarter: int, seed: int) -> tuple[Candidates, Candidates]:
    """Those of a quarter: residents who qualify and stay where they are, and people who look for a job from outside.

    Parameters
    ----------
    change : (n_flows,) factor of each flow since 2020; who comes at some factor comes at every larger one. Graduates
        are always as many agents as expected, the fraction of one in some quarters and not in others.

    Returns
    -------
    Both in the order of their flows.
    """
    luck = [key_of_quarter(seed, cause, quarter) for cause in _CAUSES[:-1]]
    columns, n_residents = _candidates(
        tuple([key_of_quarter(0, f"born:{cause}", quarter) for cause in _CAUSES]),
        (*luck, key_of_quarter(seed, "graduate fraction", quarter)),
        (key(seed, "qualified age"), key(seed, "newcomer age"), key(seed, "newcomer origin")),
        tuple(flows),  # plain: of a named one the types are looked up anew in each call
        change,
        (quarter, base.n_cities, base.arrivals_rest_share),
    )
    everybody = Candidates(*columns)
    return everybody.part(slice(n_residents)), everybody.part(slice(n_residents, None))


@nb.njit(**RULE)
def _candidates(born_of, luck_of, personal, flows, change, world):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `candidates`: columns of all, and how many of them are residents."""
    kinds, cells, places, tiers, weights, expected, n_slots = flows
    quarter = world[0]
    room = 0
    for slots in n_slots:
        room += slots
    ids, draws, flow_of, n = np.empty(room, np.uint64), np.empty(room), np.empty(room, np.int64), 0
    for flow in range(kinds.size):
        kind, slots = kinds[flow], n_slots[flow]
        chance = expected[flow] if kind == FRESH_GRADUATE else expected[flow] / max(slots, 1) * change[flow]
        keys, steps = (born_of[kind], luck_of[kind]), 1.0 if kind == FRESH_GRADUATE else 0.0
        come = _who_come(keys, cells[flow], (chance, steps), ids[n : n + slots], draws)
        for i in range(n, n + come):
            flow_of[i] = flow
        n += come
    place, tier, weight = np.empty(n, np.int8), np.empty(n, np.int8), np.empty(n, np.int32)
    origin, born, kind_of = np.empty(n, np.int8), np.empty(n, np.int16), np.empty(n, np.int8)
    n_residents = 0
    for i in range(n):
        flow = flow_of[i]
        place[i], tier[i], weight[i], kind_of[i] = places[flow], tiers[flow], weights[flow], kinds[flow]
        origin[i] = _origin(kinds[flow], places[flow], world, personal[2], ids[i])
        born[i] = quarter - _age(kinds[flow], tiers[flow], personal, ids[i])
        n_residents += kinds[flow] == RESIDENT
    return (ids[:n], place, tier, weight, origin, born, kind_of), n_residents


@nb.njit(**RULE)
def _who_come(keys, cell, chance, ids, draws):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """How many come in the slots of a flow; their ids are the first of ``ids`` (n_slots,).

    ``keys`` of their birth and luck; ``chance`` of the first slot, and by how much it falls from one to the next.
    """
    (first, step), n = chance, 0
    for position in range(ids.size):
        ids[position] = child(keys[0], cell, position)
    units(keys[1], ids, draws)
    for position in range(ids.size):
        ids[n] = ids[position]
        n += draws[position] < first - step * position
    return n


@nb.njit(**RULE)
def _origin(kind, place, world, luck, talent):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Place from which somebody comes: newcomers from the near boundary for a share of the focal district's."""
    _, n_cities, near_share = world
    if kind == RESIDENT:
        return place
    if kind == FRESH_GRADUATE:
        # Universities of row 0 are those of all Ningbo: who leaves them does not leave the district's talents.
        return place if place > 0 else n_cities
    near = kind == NEWCOMER and place == 0 and unit(luck, talent) < near_share
    return n_cities + (not near)


@nb.njit(**RULE)
def _age(kind, tier, personal, talent):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Age in quarters; of newcomers who bring a profession, more are young."""
    if kind == RESIDENT:
        youngest, oldest = QUALIFYING_AGES
        return youngest + (oldest - youngest) * unit(personal[0], talent)
    if tier == GRADUATE:
        return float(GRADUATION_AGE_QUARTERS)
    youngest, oldest = NEWCOMER_AGES
    u = unit(personal[1], talent)
    return youngest + (oldest - youngest) * (u * u)
