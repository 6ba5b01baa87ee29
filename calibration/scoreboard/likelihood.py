"""How likely the observations are under each member of a scenario: what an ensemble is reweighted by."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from calibration.scoreboard.matching import MemberValues
from calibration.scoreboard.observations import Observation, read_observations
from model.errors import DataError
from model.wiring import Answer, Likelihood

FloatArray = NDArray[np.float64]
FITTED_TO = 2022.0
"""End of the evidence that a posterior is fitted to, on the scale of `Period.end`."""
TAIL = 0.005
"""An observation outside all but this share of the ensemble, its error counted, is called surprising."""


def likelihood(path: Path, study: Answer, scenario_id: str) -> Likelihood:
    """Weigh the members of one scenario by a file of observations.

    Parameters
    ----------
    path : observations; each row must match what the model computes.
    study : complete.
    scenario_id : the policy under which the observations are taken to have been made.

    Returns
    -------
    Log-likelihoods in the order of finished members. Errors of observations are normal and independent; a level of part
    of a year is left out, because the model has no seasons.

    Raises
    ------
    DataError : the file is broken, a row is refused, a value has no standard error, or no row is left.
    """
    definition = study.definition
    reading = read_observations(path, definition.indicators, definition.n_quarters)
    problems = list(reading.refused)
    problems += [
        f"{path}:{row.line}: standard_error: is empty or zero; an exact value rules every member out, so give its error"
        for row in reading.observations
        if row.relation == "=" and row.standard_error == 0.0
    ]
    if problems:
        raise DataError(problems)
    rows = [row for row in reading.observations if not row.is_part_level]
    if not rows:
        raise DataError(f"{path}: no row is left to weigh members by: levels of part of a year are not comparable")
    (scenario,) = (found for found in definition.scenarios if found.scenario_id == scenario_id)
    members = MemberValues(study, scenario)
    values = [members.of(row) for row in rows]
    fitted = study.definition.drawn_from.get("values", "priors") != "priors"
    total = np.sum([log_likelihood(value, row) for value, row in zip(values, rows, strict=True)], axis=0)
    return Likelihood(
        log=np.asarray(total, np.float64),
        used=tuple(_name(row) for row in rows),
        left_out=tuple(_name(row) for row in reading.observations if row.is_part_level),
        of_the_fit=tuple(_name(row) for row in rows if fitted and row.period.end <= FITTED_TO),
        surprising=tuple(_name(row) for value, row in zip(values, rows, strict=True) if is_surprising(value, row)),
    )


def log_likelihood(values: FloatArray, row: Observation) -> FloatArray:
    """(n_members,) log density of a value, or log chance of an inequality, given what each member says.

    An inequality without an error is certain or impossible: 0 or minus infinity.
    """
    error = row.standard_error
    if row.relation == "=":
        z = (row.value - values) / error
        return np.asarray(-0.5 * z * z - math.log(error * math.sqrt(2.0 * math.pi)), np.float64)
    above = row.relation in {">", ">="}
    if error > 0.0:
        z = (values - row.value) / error
        return np.asarray(log_ndtr(z if above else -z), np.float64)
    compare = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}[row.relation]
    return np.where(compare(values, row.value), 0.0, -np.inf)


def is_surprising(values: FloatArray, row: Observation) -> bool:
    """Whether the ensemble as a whole, before it is reweighted, gave next to no chance to what was observed."""
    if row.relation != "=":
        return float(np.exp(log_likelihood(values, row)).mean()) < TAIL
    below = float(ndtr((row.value - values) / row.standard_error).mean())
    return min(below, 1.0 - below) < TAIL


def _name(row: Observation) -> str:
    """An observation in a line."""
    what = " ".join(part for part in (row.info.indicator, row.info.definition, row.period.text) if part)
    return f"line {row.line}: {what} {row.measure} {row.relation} {row.value:.10g} {row.unit}"
