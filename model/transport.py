"""Travel times in force, and what a shorter journey does to venture money and to firms that move.

Talents feel travel times in `model.talent.location`, both ways alike. Studies of railways find that money answers less
than distance alone would say, and that a link carries more of it to the centre than away from it.
"""

from __future__ import annotations

import functools

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE
from model.parameters import Parameters

FloatArray = NDArray[np.float64]
LAST_KNOWN_QUARTER = 4
"""2021 Q4: what opens until then is no longer late in any scenario."""
ONE_HOUR = 1.1
"""Hours within which a pair is in the one-hour circle: the studies count whole trains, to about six minutes."""


def hours_in_force(schedules: FloatArray, quarter: int, schedule: float, slippage: int = 0) -> FloatArray:
    """Travel hours of a quarter.

    Parameters
    ----------
    schedules : (3, n_quarters + 1, n_places, n_places) hours: nothing opens, the plan's dates, an early link.
    quarter : 0 is 2020 Q4.
    schedule : 0 to 2; between two schedules the hours lie on a straight line.
    slippage : quarters by which everything that opens after 2021 is late.

    Returns
    -------
    (n_places, n_places).

    Raises
    ------
    ValueError : the schedule is below 0 or above 2.
    """
    if not 0.0 <= schedule <= 2.0:
        raise ValueError(f"transport_schedule must lie between 0 and 2, not {schedule:g}")
    when = max(quarter - slippage, min(quarter, LAST_KNOWN_QUARTER))
    lower = int(schedule)
    share = schedule - lower
    hours: FloatArray = schedules[lower, when]
    return hours if share == 0.0 else np.asarray((1.0 - share) * hours + share * schedules[lower + 1, when])


def halvings(now: FloatArray, then: FloatArray) -> FloatArray:
    """How often travel times were halved since ``then``: 1 for half the time, 0 on the diagonal."""
    return np.asarray(np.log2(_times_shorter(_whole(now), _whole(then))))


def _whole(hours: FloatArray) -> FloatArray:
    """Hours in one piece of memory: for a part of a larger table rules would be compiled again."""
    return np.ascontiguousarray(hours)


@nb.njit(**RULE)
def _times_shorter(now, then):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n, n) hours then over those now, 1 where a place is reached in none."""
    shorter = np.empty(now.shape)
    for i in range(now.shape[0]):
        for j in range(now.shape[1]):
            shorter[i, j] = then[i, j] / now[i, j] if then[i, j] > 0.0 and now[i, j] > 0.0 else 1.0
    return shorter


def venture_factor(now: FloatArray, then: FloatArray, fund_capital: FloatArray, p: Parameters) -> FloatArray:
    """Venture money over that of 2020 because journeys are shorter, by city of the fund and city of the firm.

    Parameters
    ----------
    now, then : (n_cities, n_cities) hours.
    fund_capital : (n_cities,) capital of each city's funds in 2020: money towards the larger flows out of the smaller.

    Returns
    -------
    (n_cities, n_cities), 1 where no time changed.

    Notes
    -----
    ``(1 + rise) ** (halvings * weight)``: the rise is ``hsr_vc_events``, or ``hsr_vc_one_hour`` for a pair that comes
    within ONE_HOUR; weights 2 r / (1 + r) towards the centre and 2 / (1 + r) from it have mean one and the ratio r.
    """
    effects = p.hsr_vc_events, p.hsr_vc_one_hour, p.hsr_vc_outflow_ratio
    return _venture_factor(now.tobytes(), then.tobytes(), fund_capital.tobytes(), effects)


@functools.lru_cache(maxsize=16)
def _venture_factor(now: bytes, then: bytes, fund_capital: bytes, effects: tuple[float, float, float]) -> FloatArray:
    """`venture_factor` of the bytes of its arrays: kept for all quarters in which no journey changes."""
    # Copies may be written to: for arrays that may not, rules would be compiled again.
    capital = np.frombuffer(fund_capital).copy()
    hours_now, hours_then = (np.frombuffer(hours).copy().reshape(len(capital), -1) for hours in (now, then))
    rise, weight = _rise_and_weight(hours_now, hours_then, capital, *effects)
    return np.asarray(np.exp(np.log1p(rise) * halvings(hours_now, hours_then) * weight))


@nb.njit(**RULE)
def _rise_and_weight(now, then, fund_capital, events, one_hour, ratio):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_cities, n_cities) twice: the rise of `venture_factor`, and the weight of its direction."""
    rise, weight = np.empty(now.shape), np.empty(now.shape)
    for i in range(now.shape[0]):
        for j in range(now.shape[1]):
            rise[i, j] = one_hour if now[i, j] <= ONE_HOUR < then[i, j] else events
            to_centre = np.sign(fund_capital[j] - fund_capital[i])
            weight[i, j] = 1.0 + to_centre * (ratio - 1.0) / (ratio + 1.0)
    return rise, weight


def relocation_rise(now: FloatArray, then: FloatArray, p: Parameters) -> FloatArray:
    """(n_cities, n_cities) firms that move over those of 2020, less one: cross-city investment after a rail link."""
    return np.asarray((1.0 + p.hsr_pair_investment) ** halvings(now, then) - 1.0)
