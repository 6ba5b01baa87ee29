"""What each member of a study says of an observation: the same quantity over the same period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.scoreboard.observations import CHANGE, GROWTH, Observation
from model.errors import StudyError
from model.indicators.timing import pace_of, timing_of
from model.policy import QUARTERS_PER_YEAR
from model.results import GROWTH_2020, IndicatorInfo
from model.wiring import Answer, ScenarioRead

FloatArray = NDArray[np.float64]
TREND = "rd_intensity_trend"


class MemberValues:
    """The members of one scenario of a study, asked for what observations measure."""

    def __init__(self, study: Answer, scenario: ScenarioRead) -> None:
        """Keep the study; nothing is read before it is asked for."""
        self.study, self.scenario = study, scenario
        self._paths: dict[tuple[str, str], FloatArray] = {}

    def of(self, observation: Observation) -> FloatArray:
        """(n_members,) what the members say of an observation, in its unit, in the order of finished members.

        Raises
        ------
        StudyError : growth from zero, or part of a year of a study that an older version made.
        """
        period, info = observation.period, observation.info
        now = self._level(info, period.first, period.last)
        if observation.measure not in {GROWTH, CHANGE}:
            return now
        before = self._level(info, period.first - QUARTERS_PER_YEAR, period.last - QUARTERS_PER_YEAR)
        if observation.measure == CHANGE:
            return now - before
        with np.errstate(divide="ignore", invalid="ignore"):
            growth: FloatArray = 100.0 * (now / before - 1.0)
        if not np.isfinite(growth).all():
            message = f"{info.indicator}: growth from zero in {period.text} cannot be formed; give the level"
            raise StudyError(message)
        return growth

    def path(self, info: IndicatorInfo) -> FloatArray:
        """(n_members, n_quarters + 1) stored values; column 0 is the end of 2020."""
        key = (info.indicator, info.definition)
        if key not in self._paths:
            where = {"indicator": key[0], "definition": key[1], "scenario": self.scenario.scenario_id}
            rows = self.study.read("indicators", **where)
            self._paths[key] = rows["value"].to_numpy(np.float64).reshape(-1, self.study.definition.n_quarters + 1)
        return self._paths[key]

    def _level(self, info: IndicatorInfo, first: int, last: int) -> FloatArray:
        """(n_members,) stock at the end, or flow summed over the quarters."""
        if timing_of(info) != "year" or last - first == QUARTERS_PER_YEAR - 1:
            return np.asarray(self.path(info)[:, last])
        quarterly = self.quarterly(info)
        offset = QUARTERS_PER_YEAR - 1  # column 0 is 2020 Q1
        return np.asarray(quarterly[:, first + offset : last + offset + 1].sum(axis=1))

    def quarterly(self, info: IndicatorInfo) -> FloatArray:
        """(n_members, n_quarters + 4) flow of each quarter, column 0 that of 2020 Q1.

        A stored value sums four quarters, so a quarter is the step between two sums plus the quarter a year before;
        within 2020 the flow grows steadily, as the record of a run takes it.
        """
        sums = self.path(info)
        growth = self._drawn(GROWTH_2020)
        if pace_of(info) == "rd":
            growth = growth + self._drawn(TREND) / QUARTERS_PER_YEAR
        shares = np.exp(-growth[:, None] * np.arange(QUARTERS_PER_YEAR - 1, -1, -1.0))
        found = list((sums[:, :1] * shares / shares.sum(axis=1, keepdims=True)).T)
        for step in np.diff(sums, axis=1).T:
            found.append(found[-QUARTERS_PER_YEAR] + step)
        return np.stack(found, axis=1)

    def _drawn(self, name: str) -> FloatArray:
        """(n_members,) a value that the members drew."""
        rows = self.study.read("drawn", name=name, scenario=self.scenario.scenario_id)
        if len(rows) != len(self.study.finished_members(self.scenario.scenario_id)):
            message = f"study {self.study.path}: does not hold {name}, an older version made it"
            raise StudyError(f"{message}; run it again, or give whole years")
        return rows["value"].to_numpy(np.float64)
