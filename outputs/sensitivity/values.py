"""Results of the runs of a design, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR
from outputs.store import Study
from outputs.summary import yearly

FloatArray = NDArray[np.float64]
_FLAT = 1e-12
"""A result whose range is so small a part of its size does not vary."""


def columns(study: Study) -> Iterator[tuple[dict[str, Any], FloatArray]]:
    """Every indicator, definition and year after the base year that varies, with its values.

    Yields
    ------
    Labels (``indicator``, ``definition``, ``unit``, ``year``) and (n_members,), not a number where a run has failed.
    """
    scenario = study.definition.scenarios[0].scenario_id
    finished = study.finished_members(scenario)
    for info in study.definition.indicators:
        labels = {"indicator": info.indicator, "definition": info.definition, "unit": info.unit}
        by_year = yearly(study, info.indicator, info.definition).get(scenario, np.empty((0, 0))).T
        for year, column in enumerate(by_year[1:], start=BASE_YEAR + 1):
            if np.ptp(column) > _FLAT * max(1.0, float(np.abs(column).max())):
                values = np.full(study.definition.members, np.nan)
                values[finished] = column
                yield {**labels, "year": year}, values


__all__ = ["columns"]
