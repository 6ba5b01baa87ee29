"""Vacancies meet seekers: a Cobb-Douglas market for each city and tier."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS
from model.columns import of_rows
from model.compiled import RULE
from model.streams import IdArray, units

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def hires(vacancies: FloatArray, seekers: FloatArray, efficiency: float, elasticity: float) -> FloatArray:
    """Fill vacancies by a Cobb-Douglas matching function.

    Parameters
    ----------
    vacancies, seekers : (n_cities, n_tiers) persons, at the start of the quarter.
    efficiency : matches per quarter at one vacancy and one seeker, > 0.
    elasticity : of matches to vacancies, 0 to 1.

    Returns
    -------
    (n_cities, n_tiers) persons hired, never above either side of the market.

    Raises
    ------
    ValueError : the two arrays differ in shape.

    Notes
    -----
    ``min(V, U, A V^e U^(1-e))``. Petrongolo and Pissarides (2001), J. Econ. Lit. 39(2).
    """
    if vacancies.shape != seekers.shape:
        raise ValueError(f"vacancies {vacancies.shape} and seekers {seekers.shape} differ in shape")
    matches = efficiency * vacancies**elasticity * seekers ** (1.0 - elasticity)
    return np.asarray(np.minimum(np.minimum(vacancies, seekers), matches))


def vacancies_posted(friction: FloatArray, opening: FloatArray, wanted: FloatArray, staff: FloatArray) -> FloatArray:
    """Vacancies of each employer group: the friction of 2020 grown with the staff wanted, plus the staff missing.

    All arrays (n_employers, n_tiers) persons; never below zero, so employers who want fewer people stop hiring.
    """
    return np.asarray(_vacancies_posted(friction, opening, wanted, staff))


@nb.njit(**RULE)
def _vacancies_posted(friction, opening, wanted, staff):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `vacancies_posted`."""
    posted = np.empty_like(wanted)
    for employer in range(wanted.shape[0]):
        for tier in range(wanted.shape[1]):
            here = employer, tier
            growth = wanted[here] / opening[here] if opening[here] > 0.0 else 1.0
            posted[here] = max(friction[here] * growth + wanted[here] - staff[here], 0.0)
    return posted


def layoffs(
    usual: FloatArray, wanted: FloatArray, staff: FloatArray, per_site: int, tolerance: float = 0.02
) -> FloatArray:
    """Hazard a quarter of losing a job: the usual one, and more at a site where staff exceed what is wanted.

    Parameters
    ----------
    usual : (n_employers,) hazard where nobody is too many.
    wanted, staff : (n_employers, n_tiers) persons; each ``per_site`` employers, one after another, share a site.
    tolerance : share by which staff may exceed what is wanted.

    Returns
    -------
    (n_employers, n_tiers); what is added is the same for all employers of a site: they take over each other's surplus
    before anybody is let go; group by group, agents of many persons would look like surplus in small groups.
    """
    return np.asarray(_layoffs(usual, wanted, staff, per_site, tolerance))


@nb.njit(**RULE)
def _layoffs(usual, wanted, staff, per_site, tolerance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `layoffs`."""
    hazard = np.empty_like(staff)
    for first in range(0, len(staff), per_site):
        for tier in range(staff.shape[1]):
            wanted_here = staff_here = 0.0
            for employer in range(first, first + per_site):
                wanted_here += wanted[employer, tier]
                staff_here += staff[employer, tier]
            surplus = max(staff_here - (1.0 + tolerance) * wanted_here, 0.0)
            here = surplus / staff_here if staff_here > 0.0 else 0.0
            for employer in range(first, first + per_site):
                hazard[employer, tier] = usual[employer] + here
    return hazard


def matched(
    luck: tuple[np.uint64, np.uint64],
    talents: IdArray,
    market: NDArray[np.int16],
    chance: FloatArray,
    cumulated: FloatArray,
) -> tuple[IntArray, IntArray]:
    """Who finds a job and at which employer, keyed by the talent's id and never by its position in a list.

    Parameters
    ----------
    luck : keys of the streams that decide whether, and where.
    market : (n,) place and tier in which each seeks.
    chance : (n_markets,) of a job, none beyond the cities.
    cumulated : (n_markets of the cities, n_employers) as for `choose_employer`.

    Returns
    -------
    (k,) positions of those hired, ascending, and (k,) their employer groups.
    """
    rows, employers = _matched(luck[0], luck[1], talents, market, chance, cumulated)
    return rows, employers


@nb.njit(**RULE)
def _matched(whether, where, talents, market, chance, cumulated):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `matched`: first who is hired, without a branch that would be guessed wrong, then where."""
    rows, n, draws = np.empty(talents.size, np.int64), 0, np.empty(talents.size)
    units(whether, talents, draws)
    for i in range(talents.size):
        rows[n] = i
        n += draws[i] < chance[market[i]]
    return rows[:n], _choose_employer(where, of_rows(talents, rows[:n]), cumulated, of_rows(market, rows[:n]))


def markets_sought(
    place: NDArray[np.int8], tier: NDArray[np.int8], weight: NDArray[np.int32], n_places: int
) -> tuple[NDArray[np.int16], FloatArray]:
    """Where everybody seeks: one market for each place and tier, though there are jobs in the cities only.

    Parameters
    ----------
    place, tier, weight : (n,) place chosen; tier; persons.

    Returns
    -------
    (n,) index of the market; (n_places, n_tiers) persons who seek.
    """
    market, persons = _markets_sought(place, tier, weight, n_places)
    return market, persons


@nb.njit(**RULE)
def _markets_sought(place, tier, weight, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `markets_sought`."""
    market, persons = np.empty(place.size, np.int16), np.zeros(n_places * N_TIERS, np.int64)
    for i in range(place.size):
        market[i] = place[i] * N_TIERS + tier[i]
    for i in range(place.size):
        persons[market[i]] += weight[i]
    return market, persons.reshape(n_places, N_TIERS).astype(np.float64)


def chances(
    vacancies: FloatArray, seekers: FloatArray, filled: FloatArray, usual_tightness: FloatArray, n_places: int
) -> tuple[FloatArray, FloatArray]:
    """What a seeker can expect of each market; where nobody seeks, a job for sure, at the usual tightness.

    Parameters
    ----------
    vacancies, seekers, filled, usual_tightness : (n_cities, n_tiers).

    Returns
    -------
    (n_places * n_tiers,) chance of a job, none beyond the cities; (n_cities, n_tiers) vacancies a seeker.
    """
    chance, tightness = _chances(vacancies, seekers, filled, usual_tightness, n_places)
    return chance, tightness


@nb.njit(**RULE)
def _chances(vacancies, seekers, filled, usual_tightness, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `chances`."""
    (n_cities, n_tiers), chance, tightness = seekers.shape, np.zeros(n_places * N_TIERS), usual_tightness.copy()
    for city in range(n_cities):
        for tier in range(n_tiers):
            sought = seekers[city, tier]
            chance[city * N_TIERS + tier] = filled[city, tier] / sought if sought > 0.0 else 1.0
            if sought > 0.0:
                tightness[city, tier] = vacancies[city, tier] / sought
    return chance, tightness


def vacancies_by_market(
    posted: FloatArray, employer_city: NDArray[np.int8], n_cities: int
) -> tuple[FloatArray, FloatArray]:
    """Vacancies of each city and tier, and how employers share them.

    Parameters
    ----------
    posted : (n_employers, n_tiers) vacancies of each employer group.
    employer_city : (n_employers,) city of each.

    Returns
    -------
    (n_cities, n_tiers) vacancies; (n_cities * n_tiers, n_employers) their cumulated shares as for `choose_employer`.
    """
    vacancies, cumulated = _by_market(posted, employer_city, n_cities)
    return vacancies, cumulated


@nb.njit(**RULE)
def _by_market(posted, employer_city, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `vacancies_by_market`."""
    vacancies, cumulated = np.zeros((n_cities, N_TIERS)), np.empty((n_cities * N_TIERS, len(posted)))
    for city in range(n_cities):
        for tier in range(N_TIERS):
            row = cumulated[city * N_TIERS + tier]
            for employer in range(len(posted)):
                if employer_city[employer] == city:
                    vacancies[city, tier] += posted[employer, tier]
                row[employer] = vacancies[city, tier]
            total = max(vacancies[city, tier], 1e-12)
            for employer in range(len(posted)):
                row[employer] /= total
    return vacancies, cumulated


def choose_employer(
    luck: np.uint64, talents: IdArray, cumulated: FloatArray, market: NDArray[np.signedinteger[Any]]
) -> IntArray:
    """The employer group of each new hire, in proportion to vacancies.

    Parameters
    ----------
    cumulated : (n_markets, n_employers) cumulated shares of the vacancies of a market (city and tier).
    market : (n,) row of each hire.

    Returns
    -------
    (n,) employer group.
    """
    return np.asarray(_choose_employer(luck, talents, cumulated, market))


@nb.njit(**RULE)
def _choose_employer(luck, talents, cumulated, market):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `choose_employer`: the first share that reaches a talent's draw, or the last one.

    All halve their row of ascending shares together: each halving waits for the one before, but not for others'. No
    index is below zero, which is looked at for those with a sign.
    """
    draws, n_left, shares = np.empty(talents.size), cumulated.shape[1], cumulated.ravel()
    first, at = np.empty(talents.size, np.uint64), np.empty(talents.size, np.uint64)
    units(luck, talents, draws)
    for i in range(talents.size):
        first[i] = at[i] = np.uint64(market[i]) * np.uint64(n_left)
    while n_left > 1:
        half = np.uint64(n_left // 2)
        for i in range(at.size):
            at[i] += half if shares[at[i] + half - np.uint64(1)] < draws[i] else np.uint64(0)
        n_left -= n_left // 2
    return (at - first).astype(np.int64)


def share_staff(staff: IntArray, group: IntArray, wanted: FloatArray) -> NDArray[np.int64]:
    """Whole persons of each employer group shared over its firms in proportion to the staff they want.

    Parameters
    ----------
    staff : (n_groups,) persons.
    group : (n_firms,) group of each firm, ascending.
    wanted : (n_firms,) weights, >= 0; a group with staff must have a positive sum.

    Returns
    -------
    (n_firms,) whole persons that add up to ``staff`` in every group: rounded cumulated shares, so no person is lost.
    """
    cumulated = np.cumsum(wanted)
    last = np.flatnonzero(np.r_[np.diff(group) != 0, True])
    before = np.r_[0.0, cumulated[last[:-1]]]
    total = cumulated[last] - before
    position = np.cumsum(np.r_[0, np.diff(group) != 0])
    share = np.divide(
        cumulated - before[position], total[position], out=np.ones_like(cumulated), where=total[position] > 0
    )
    rounded = np.rint(share * staff[group]).astype(np.int64)
    first = np.r_[True, np.diff(group) != 0]
    return np.asarray(np.diff(np.r_[0, rounded]) * ~first + rounded * first)
