"""Members asked for what an observation measures, against the record of a real run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
import pytest

from calibration.members import MemberSource
from calibration.scoreboard.matching import MemberValues
from calibration.scoreboard.observations import Observation
from calibration.scoreboard.periods import parse_period
from model.economy import Economy
from model.errors import StudyError
from model.indicators import all_indicators
from model.indicators.timing import timing_of
from model.simulate import result_of
from scenarios.scenario import load

if TYPE_CHECKING:
    from model.results import IndicatorInfo
    from model.wiring import Answer, ScenarioRead

N_QUARTERS, SEED, MEMBER = 9, 7, 1
NAMES = {
    "gdp": "gdp",
    "rd_expenditure": "rd_booked",
    "firm_rd_three_cities": "rd_three_cities",
    "firm_rd_zone": "rd_zone_firms",
    "hightech_value_added": "hightech_own_level",
    "above_scale_value_added": "above_scale_own_level",
    "venture_investment": "venture_in",
    "venture_investment_three_cities": "venture_three_cities",
    "rd_enclave": "rd_enclave",
    "carrier_graduates": "carrier_graduates",
    "lever_cost": "cost_all",
    "lever_cost_district": "cost_district",
}
"""Indicator -> the flow of a quarter that it sums over four."""


@dataclass
class Run:
    """A study of one member, and the flows that its economy recorded."""

    columns: dict[tuple[str, str], np.ndarray]
    flows: dict[str, np.ndarray]
    drawn: dict[str, list[float]]
    definition: Any
    path: Path = Path("study")
    scenario: Any = field(
        default_factory=lambda: SimpleNamespace(scenario_id="plan", outside="known_2021", switch_off=())
    )

    def read(self, table: str, **equals: object) -> pd.DataFrame:
        """Rows of one column of the results, or the trend."""
        if table == "drawn":
            return pd.DataFrame({"value": self.drawn.get(str(equals["name"]), [])})
        return pd.DataFrame({"value": self.columns[str(equals["indicator"]), str(equals["definition"])]})

    def finished_members(self, _: str) -> list[int]:
        """The one member."""
        return [MEMBER]


@pytest.fixture(scope="module")
def run() -> Run:
    """Nine quarters of one member under the plan."""
    member = MemberSource(scale=2000, seed=SEED, n_quarters=N_QUARTERS)(MEMBER)
    (path,) = load(["plan"], N_QUARTERS)
    economy = Economy(member.base, member.parameters, member.outside["known_2021"], path, member.seed)
    for _ in range(N_QUARTERS):
        economy.step()
    infos = all_indicators()
    values = np.array(economy.record.values)
    flows = {name: np.array(flow) for name, flow in economy.record.flows.items()}
    result = result_of(economy, member)
    drawn = {name: [value] for name, value in result.drawn.items()}
    economy.close()
    columns = {(info.indicator, info.definition): values[:, place] for place, info in enumerate(infos)}
    definition = SimpleNamespace(n_quarters=N_QUARTERS)
    return Run(columns, flows, drawn, definition)


def members_of(run: Run) -> MemberValues:
    """Ask the run."""
    return MemberValues(cast("Answer", run), cast("ScenarioRead", run.scenario))


def info_of(indicator: str, definition: str = "") -> IndicatorInfo:
    """Labels of a column."""
    return next(i for i in all_indicators() if (i.indicator, i.definition) == (indicator, definition))


def asked(run: Run, what: tuple[str, str], period: str, measure: str = "level") -> float:
    """What the member says."""
    when = parse_period(period)
    assert when is not None
    (value,) = members_of(run).of(Observation(2, info_of(*what), when, measure, "=", 0.0, 0.0, "test"))
    return float(value)


def test_every_yearly_flow_is_known_here() -> None:
    """The test below leaves no yearly sum out, but for the clusters' revenue."""
    yearly = {info.indicator for info in all_indicators() if timing_of(info) == "year"}
    assert {name for name in yearly if not name.startswith("cluster_revenue_")} == set(NAMES)


@pytest.mark.parametrize("indicator", NAMES)
def test_quarters_are_recovered_from_yearly_sums(run: Run, indicator: str) -> None:
    """The flow of each quarter from 2020 Q1 on is what the economy recorded, to rounding."""
    found = members_of(run).quarterly(info_of(indicator))[0]
    recorded = run.flows[NAMES[indicator]]
    assert found == pytest.approx(recorded, rel=1e-9, abs=1e-9 * max(1.0, float(np.abs(recorded).max())))


def test_a_year_and_its_parts_add_up(run: Run) -> None:
    """The halves of 2022 sum to its GDP; three quarters are the year less the last."""
    gdp = run.flows["gdp"]
    assert asked(run, ("gdp", ""), "2022H1") + asked(run, ("gdp", ""), "2022H2") == pytest.approx(gdp[8:12].sum())
    assert asked(run, ("gdp", ""), "2022Q1-Q3") == pytest.approx(gdp[8:11].sum())
    assert asked(run, ("gdp", ""), "2022") == pytest.approx(gdp[8:12].sum())


def test_growth_is_over_the_same_part_of_the_year_before(run: Run) -> None:
    """Three quarters of 2021 over three quarters of 2020, and the whole of 2022 over that of 2021."""
    rd = run.flows["rd_booked"]
    wanted = 100 * (rd[4:7].sum() / rd[0:3].sum() - 1)
    assert asked(run, ("rd_expenditure", ""), "2021Q1-Q3", "growth") == pytest.approx(wanted)
    wanted = 100 * (rd[8:12].sum() / rd[4:8].sum() - 1)
    assert asked(run, ("rd_expenditure", ""), "2022", "growth") == pytest.approx(wanted)


def test_a_stock_is_read_at_the_end_of_the_period(run: Run) -> None:
    """Talents of the first three quarters of 2022 are those at the end of its third."""
    talents = run.columns["talent_total", "residents"]
    assert asked(run, ("talent_total", "residents"), "2022Q1-Q3") == talents[7]
    assert asked(run, ("talent_total", "residents"), "2022", "change") == talents[8] - talents[4]
    growth = asked(run, ("talent_total", "residents"), "2021", "growth")
    assert growth == pytest.approx(100 * (talents[4] / talents[0] - 1))


def test_a_ratio_of_a_year_is_the_stored_one(run: Run) -> None:
    """R&D over GDP of 2021 is R&D of its four quarters over their GDP."""
    wanted = 100 * run.flows["rd_booked"][4:8].sum() / run.flows["gdp"][4:8].sum()
    assert asked(run, ("rd_intensity", "first_published"), "2021") == pytest.approx(wanted)


def test_growth_from_nothing_is_an_error(run: Run) -> None:
    """Enclave R&D beyond 2020 is zero in 2020: growth in 2021 cannot be formed."""
    with pytest.raises(StudyError, match="growth from zero"):
        asked(run, ("rd_enclave", ""), "2021", "growth")


def test_a_study_of_an_older_version_has_no_quarters(run: Run) -> None:
    """Without the growth within 2020 only whole years can be asked for."""
    older = replace(run, drawn={})
    assert asked(older, ("gdp", ""), "2022") > 0
    with pytest.raises(StudyError, match="does not hold gdp_growth_2020, an older version made it"):
        asked(older, ("gdp", ""), "2022H1")
