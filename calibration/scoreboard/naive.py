"""Naive forecasts from the published past of the same quantity: what a projection must beat to have been worth it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import linregress

from calibration.scoreboard.observations import Observation
from calibration.scoreboard.scores import Forecast
from calibration.scoreboard.series import observed_points, series

FloatArray = NDArray[np.float64]
LAST_VALUE, DRIFT, MEAN, AR1 = FORECASTERS = ("last_value", "drift", "historical_mean", "ar1")
AR1_POINTS = 8
LAST_PAST_YEAR = 2021


@dataclass(frozen=True)
class Past:
    """Published values of a quantity: ``times`` in years (2021.0 is the end of 2020), rising, and ``values``."""

    times: FloatArray
    values: FloatArray

    def until(self, time: float) -> Past:
        """What was published of the time before."""
        kept = self.times <= time + 1e-9
        return Past(self.times[kept], self.values[kept])


@dataclass(frozen=True)
class Naive:
    """What one naive method says; without a forecast ``note`` gives the reason."""

    method: str
    forecast: Forecast | None
    points: int
    note: str = ""


def naive_forecasts(observation: Observation) -> tuple[Naive, ...]:
    """Forecast an observation by every naive method.

    Returns
    -------
    One record a method, in the order of `FORECASTERS`. A method without enough past points says so; one whose past
    has too few points to estimate a spread forecasts a point, and its CRPS is then the absolute error (blurred by the
    error of the observation).
    """
    info = observation.info
    past = past_of(info.indicator, info.definition, observation.measure)
    past = past.until(min(observation.period.begin, LAST_PAST_YEAR + 1.0))
    n = len(past.values)
    if observation.is_part_level:
        note = "the published past of this flow is by year: no naive forecast of part of a year"
        return tuple(Naive(method, None, n, note) for method in FORECASTERS)
    return tuple(_forecast(method, past, observation.period.end) for method in FORECASTERS)


def _forecast(method: str, past: Past, when: float) -> Naive:
    """Forecast by one method, or say why not."""
    n = len(past.values)
    if n == 0:
        return Naive(method, None, 0, "impossible: no published past of this definition and scope")
    if method == AR1:
        if n < AR1_POINTS:
            return Naive(method, None, n, f"refused: AR(1) needs {AR1_POINTS} past points, there are {n}")
        if not np.allclose(np.diff(past.times), 1.0):
            return Naive(method, None, n, "refused: AR(1) needs a value of every year, and years are missing")
    if method == DRIFT and n < 2:
        return Naive(method, None, n, f"impossible: a drift needs 2 past points, there is {n}")
    centre, spread = {LAST_VALUE: last_value, DRIFT: drift, MEAN: historical_mean, AR1: ar1}[method](past, when)
    note = "" if spread > 0.0 else "too few past points for a spread: a point forecast"
    return Naive(method, Forecast(np.array([centre]), spread), n, note)


def last_value(past: Past, when: float) -> tuple[float, float]:
    """Random walk: the last value; variance a year is the mean of squared changes, each over its years.

    Returns
    -------
    Centre and standard deviation; zero with a single point.
    """
    years, changes = np.diff(past.times), np.diff(past.values)
    variance = float(np.mean(changes**2 / years)) if len(changes) else 0.0
    return float(past.values[-1]), math.sqrt(variance * (when - past.times[-1]))


def drift(past: Past, when: float) -> tuple[float, float]:
    """Random walk with drift: the line from the first to the last point, continued.

    Notes
    -----
    With T years of past and h ahead the variance is ``s2 h (1 + h / T)``; s2 is that of changes about the drift with
    one degree of freedom lost, so two points give none. Hyndman and Athanasopoulos, Forecasting (3rd ed.), 5.5.
    """
    years, changes = np.diff(past.times), np.diff(past.values)
    whole = float(past.times[-1] - past.times[0])
    slope = float(past.values[-1] - past.values[0]) / whole
    ahead = when - float(past.times[-1])
    squares = (changes - slope * years) ** 2 / years
    variance = float(squares.sum()) / (len(changes) - 1) if len(changes) > 1 else 0.0
    return float(past.values[-1]) + slope * ahead, math.sqrt(variance * ahead * (1.0 + ahead / whole))


def historical_mean(past: Past, when: float) -> tuple[float, float]:
    """Mean of the past; variance ``s2 (1 + 1/n)``, none with a single point, whatever the distance."""
    del when
    n = len(past.values)
    variance = float(past.values.var(ddof=1)) * (1.0 + 1.0 / n) if n > 1 else 0.0
    return float(past.values.mean()), math.sqrt(variance)


def ar1(past: Past, when: float) -> tuple[float, float]:
    """First-order autoregression by least squares on yearly values, iterated; the uncertainty of its fit is left out.

    Notes
    -----
    ``y' = a + b y + e``; after h years (rounded up) the variance is ``s2 (1 + b2 + ... + b^(2 (h - 1)))``, s2 with
    n - 3 degrees of freedom.
    """
    fit = linregress(past.values[:-1], past.values[1:])
    left = past.values[1:] - (fit.intercept + fit.slope * past.values[:-1])
    variance = float(left @ left) / (len(left) - 2)
    centre, total = float(past.values[-1]), 0.0
    for _ in range(math.ceil(when - float(past.times[-1]) - 1e-9)):
        centre = float(fit.intercept + fit.slope * centre)
        total = variance + float(fit.slope) ** 2 * total
    return centre, math.sqrt(total)


def past_of(indicator: str, definition: str, measure: str) -> Past:
    """Published values to 2021 of exactly this quantity: definition, scope and measure; maybe none."""
    points = {
        point.time: point.value
        for row in series()
        if (row["indicator"], row["definition"], row["measure"]) == (indicator, definition, measure)
        for point in observed_points(row)
    }
    times = sorted(points)
    return Past(np.array(times, np.float64), np.array([points[time] for time in times], np.float64))
