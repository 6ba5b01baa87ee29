"""Small worlds for the reference: the real base thinned to a share of its agents, and paths that take every branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.members import MemberSource
from model.base import Base, FirmColumns, Member, OutsideWorld, TalentColumns
from model.parameters import Parameters
from model.policy import PolicyPath
from scenarios.levers import LEVERS

SCALE, SEED, QUARTERS = 100, 7, 8
SCALES = (SCALE, 10, 1)
_PER_TALENT = ("residents", "talent_moves", "arrivals_elsewhere", "graduates", "qualified")
_PER_FIRM = (
    "nonbusiness_rd",
    "institute_rd",
    "patents",
    "fund_capital",
    "fund_investment",
    "technology_loans",
    "budget_revenue",
)
"""Totals of the base year that shrink with the number of agents."""


@dataclass(frozen=True)
class World:
    """Everything that a run starts from."""

    name: str
    base: Base
    parameters: Parameters
    outside: OutsideWorld
    path: PolicyPath
    seed: int


@lru_cache(maxsize=4)
def member(index: int = 0, scale: int = SCALE) -> Member:
    """One drawn member at the full number of agents."""
    return MemberSource(scale=scale, seed=SEED, n_quarters=24)(index)


def thinned(base: Base, of_talents: float, of_firms: float) -> Base:
    """The base with a share of its agents of each kind, and its totals in proportion."""
    talents, firms = base.talents, base.firms
    kept_talents = _every((talents.city, talents.tier, talents.employer < 0), of_talents)
    kept_firms = _every((firms.site, firms.above_scale, firms.certified_until >= 0), of_firms)
    before, after = _held(base, np.arange(len(firms.firm_id))), _held(base, kept_firms)
    changed = {name: getattr(base, name) * of_talents for name in _PER_TALENT}
    changed |= {name: getattr(base, name) * of_firms for name in _PER_FIRM}
    return replace(
        base,
        talents=TalentColumns(**{item.name: getattr(talents, item.name)[kept_talents] for item in fields(talents)}),
        firms=FirmColumns(**{item.name: getattr(firms, item.name)[kept_firms] for item in fields(firms)}),
        gdp=after + (base.gdp - before) * of_firms,
        **changed,
    )


def _every(kinds: Sequence[NDArray[Any]], share: float) -> NDArray[np.int64]:
    """Rows kept: of each kind, which is a combination of values of several columns, evenly, the share."""
    kind = np.zeros(len(kinds[0]), np.int64)
    for column in kinds:
        kind = kind * (int(column.max()) + 2) + column
    ordered = np.argsort(kind, kind="stable")
    first = np.r_[True, np.diff(kind[ordered]) != 0]
    place = np.arange(len(kind))
    seen = np.empty(len(kind))
    seen[ordered] = place - np.maximum.accumulate(np.where(first, place, 0)) + 1.0
    return np.flatnonzero(np.floor(seen * share) > np.floor((seen - 1.0) * share))


def _held(base: Base, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Value added of the firms of each site."""
    held = np.bincount(base.firms.site[rows], base.firms.value_added[rows], minlength=len(base.sites))
    return held.astype(np.float64)


def sized(n_agents: int) -> Base:
    """A base of about so many talents and firms together, for benchmarks: the first of a scale that has so many.

    Raises
    ------
    ValueError : the three cities have fewer, one to one.
    """
    for scale in SCALES:
        base = member(scale=scale).base
        share = n_agents / (len(base.talents.talent_id) + len(base.firms.firm_id))
        if share <= 1.0:
            break
    else:
        raise ValueError(f"{n_agents} agents asked, of which the three cities have {n_agents / share:.0f}")
    return thinned(base, share, share)


def levers_at(level: str, **changes: object) -> PolicyPath:
    """All levers, without a lag: most of the way from the second quarter on, all of it in the second year."""
    levers = tuple(replace(lever, lag_quarters=0) for lever in LEVERS)
    end = {"baseline": "baseline", "strong": "strong", "low": "bounds"}[level]
    rows = []
    for lever in levers:
        goal = getattr(lever, end)
        goal = goal[0] if level == "low" else goal
        half = lever.baseline + 0.75 * (goal - lever.baseline)
        rows.append([lever.baseline, lever.baseline, *[half] * 3, *[goal] * (QUARTERS - 4)])
    return replace(PolicyPath(level, level, level, levers, np.array(rows)), **changes)  # type: ignore[arg-type]


def brought_forward(world: OutsideWorld, quarters: int) -> OutsideWorld:
    """The same world with its transport openings and tax law so many quarters earlier."""
    hours, law = world.travel_hours.copy(), world.super_deduction.copy()
    n = hours.shape[1] - quarters
    hours[:, 1:n] = world.travel_hours[:, 1 + quarters :]
    hours[:, n:] = world.travel_hours[:, -1:]
    law[:, 1:n] = world.super_deduction[:, 1 + quarters :]
    law[:, n:] = world.super_deduction[:, -1:]
    return replace(world, travel_hours=hours, super_deduction=law)
