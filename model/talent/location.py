"""What places are worth to a talent: utility since 2020, and the odds of a multinomial logit over them.

City constants by origin are solved at t = 0 so that the base flows are met; the coefficients of the
literature act on changes since then (Diamond 2016, AER 106(3), with inertia: her responses are those of a decade).
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.compiled import RULE
from model.errors import CalibrationError
from model.parameters import Parameters
from model.policy import Policy

FloatArray = NDArray[np.float64]
_SUBSIDY_HORIZON_YEARS = 5.0
"""Years over which a senior talent spreads settlement money; a term of service in the district's rules."""


@dataclass(frozen=True)
class Conditions:
    """What places offer now, as log changes since 2020 Q4."""

    log_wage: FloatArray
    """(n_places, n_tiers)."""
    log_rent: FloatArray
    """(n_places,)."""
    log_travel: FloatArray
    """(n_places, n_places)."""


def place_utility(
    conditions: Conditions, policy: Policy, base: Base, parameters: Parameters, answers: FloatArray | None = None
) -> FloatArray:
    """Change of utility since 2020 by origin, destination and tier.

    Parameters
    ----------
    answers : (n_cities, n_tiers) utility of the settlement money with which rival cities answer the district's.

    Returns
    -------
    (n_places, n_places, n_tiers), zero without change. Settlement money and campaigns count
    for those who come to the focal district, amenities also for those who stay in it.
    """
    p, inertia, neutral = parameters, parameters.location_inertia, Policy.neutral()
    settled = np.zeros(base.wage.shape) if answers is None else answers.copy()
    settled[0] = settlement_utility(policy.graduate_settlement, policy.senior_settlement, base, p)
    amenity = p.amenity_per_institution * (policy.joint_institutions - neutral.joint_institutions)
    utility = _utility(
        (conditions.log_wage, conditions.log_rent, conditions.log_travel),
        (p.loc_wage_elast_college, p.loc_rent_elast_college, inertia * p.gravity_dist_elast_talent),
        inertia,
        inertia * p.loc_amenity_coef_college * amenity,
        settled,
        p.hr_integration_effect * (policy.hr_market_index - neutral.hr_market_index),
    )
    if policy.campus_campaigns != neutral.campus_campaigns and "shanghai" in base.cities:
        # Widening the choice set of a small share multiplies its odds: the log of the ratio adds to utility.
        reach = p.campaign_reach_elast * np.log(max(policy.campus_campaigns, 1e-3) / neutral.campus_campaigns)
        utility[base.cities.index("shanghai"), 0, GRADUATE] += reach
    return np.asarray(utility)


@nb.njit(**RULE)
def _utility(changes, effects, inertia, amenity, settled, integration):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `place_utility`: ``changes`` and ``effects`` of wages, rents and hours.

    ``settled`` (n_cities, n_tiers): utility of settlement money in each city for who comes from elsewhere.
    """
    (log_wage, log_rent, log_travel), (of_wage, of_rent, of_travel) = changes, effects
    (n_places, n_tiers), n_cities = log_wage.shape, len(settled)
    utility = np.empty((n_places, n_places, n_tiers))
    for tier in range(n_tiers):
        for place in range(n_places):
            here = inertia * (of_wage * log_wage[place, tier] + of_rent * log_rent[place])
            for origin in range(n_places):
                utility[origin, place, tier] = here + of_travel * log_travel[origin, place]
        for origin in range(n_places):
            utility[origin, 0, tier] += amenity
            if origin > 0:
                utility[origin, 0, tier] += settled[0, tier]
        for city in range(1, n_cities):
            # Lower barriers between labour markets let people out as well as in.
            utility[0, city, tier] += integration
            utility[city, 0, tier] += integration
            for origin in range(n_places):
                if origin != city:
                    utility[origin, city, tier] += settled[city, tier]
    return utility


def settlement_utility(graduate: float, senior: float, base: Base, p: Parameters, city: int = 0) -> FloatArray:
    """(n_tiers,) utility of settlement money of a city above that of 2020, for those who come.

    ``graduate``, ``senior``: yuan for one of each. Graduates: the inflow effect of one package as large as that of 2020
    (found at zero for elite graduates, so a quarter of its prior is zero). Leading and senior: half the long-run income
    elasticity of Moretti and Wilson (2017).
    """
    gain, neutral = np.zeros(N_TIERS), Policy.neutral()
    packages = graduate / neutral.graduate_settlement - 1.0
    gain[GRADUATE] = p.talent_policy_inflow_effect * packages
    extra = senior - neutral.senior_settlement
    for tier in (LEADING, SENIOR):
        gain[tier] = 0.5 * p.talent_subsidy_elast_top * extra / (_SUBSIDY_HORIZON_YEARS * base.wage[city, tier])
    return gain


def home_premium(base: Base, parameters: Parameters) -> FloatArray:
    """(n_places home, n_places destination) utility of living where one comes from."""
    return np.asarray(
        np.eye(len(base.places))
        * parameters.home_premium_logwage
        * parameters.loc_wage_elast_college
        * parameters.location_inertia
    )


def odds(constants: FloatArray, graduate_constants: FloatArray, utility: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Odds of each place, for `model.talent.choice.choose_place`.

    Parameters
    ----------
    constants : (n_cities, n_places home, n_places) of residents, the premium of home included.
    graduate_constants : (n_cities, n_places) of graduates by the city of their university.
    utility : (n_places, n_places, n_tiers) of `place_utility`.

    Returns
    -------
    (n_cities by home by tier, n_places) of residents, as in `model.talent.choice.group_of`; (n_cities, n_places) of
    graduates.
    """
    both, n_graduates = np.exp(_scores(constants, graduate_constants, utility)), len(graduate_constants)
    return both[:-n_graduates], both[-n_graduates:]


@nb.njit(**RULE)
def _scores(constants, graduate_constants, utility):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Logarithms of both sets of `odds`, residents first."""
    n_cities, n_places, n_tiers = constants.shape[0], utility.shape[0], utility.shape[2]
    scores, k = np.empty(((n_places * n_tiers + 1) * n_cities, n_places)), 0
    for city in range(n_cities):
        for home in range(n_places):
            for tier in range(n_tiers):
                for place in range(n_places):
                    scores[k, place] = constants[city, home, place] + utility[city, place, tier]
                k += 1
    for city in range(n_cities):
        # University row 0 stands for Ningbo as a whole, so its graduates too are wooed by settlement money.
        wooed = city if city > 0 else n_cities
        for place in range(n_places):
            scores[k, place] = graduate_constants[city, place] + utility[wooed, place, GRADUATE]
        k += 1
    return scores


def solve_constants(target: FloatArray, groups: FloatArray, offsets: FloatArray) -> FloatArray:
    """City constants of one origin such that mean choice probabilities meet the base flows.

    Parameters
    ----------
    target : (n_places,) probability of each destination, summing to one; zeros stay outside the choice set.
    groups : (n_groups,) weights of homogeneous groups of choosers.
    offsets : (n_groups, n_places) known utilities of the groups.

    Returns
    -------
    (n_places,) constants, minus infinity where the target is zero.

    Notes
    -----
    Contraction of Berry, Levinsohn and Pakes (1995): ``c += log(target / predicted)``.
    """
    weights = groups / groups.sum()
    wanted = target > 0.0
    inside = slice(None) if wanted.all() else wanted  # a slice is a view, a mask copies
    aim, constants = target[inside], np.full(len(target), -np.inf)
    constants[inside] = np.log(aim)
    for _ in range(200):
        scores = np.exp(constants + offsets)
        predicted = weights @ (scores / scores.sum(axis=1, keepdims=True))
        step = np.log(aim / predicted[inside])
        constants[inside] += step
        if np.abs(step).max() < 1e-12:
            return constants
    raise CalibrationError("city constants do not meet the base flows after 200 steps; the base shares are too extreme")
