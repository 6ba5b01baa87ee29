"""The scoreboard: which rows count, what is summed up, and when skill is said to be untestable."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
import pytest

from calibration.scoreboard.observations import Observation
from calibration.scoreboard.past_rates import observed_rate, past_rates, rate_table, yearly_growth
from calibration.scoreboard.periods import parse_period
from calibration.scoreboard.scores import Forecast
from calibration.scoreboard.table import COLUMNS, caution, score_table, scored, summary_table
from model.errors import StudyError
from model.indicators import all_indicators

if TYPE_CHECKING:
    from model.wiring import Answer


class Made:
    """A study of two scenarios and three members: talents of 450 000, 460 000, 470 000 from the second year on."""

    path = "study"

    def __init__(self) -> None:
        """Two years."""
        scenarios = [SimpleNamespace(scenario_id=name, outside="known_2021", switch_off=()) for name in ("a", "b")]
        self.definition = SimpleNamespace(
            n_quarters=8, seed=1, data_hash="made", scenarios=scenarios, indicators=all_indicators(), drawn_from={}
        )

    def read(self, table: str, **equals: object) -> pd.DataFrame:
        """Straight paths from 448 000, whatever is asked for."""
        assert table == "indicators"
        ends = np.array([450_000.0, 460_000.0, 470_000.0]) + (1000.0 if equals["scenario"] == "b" else 0.0)
        steps = np.arange(9) / 8
        return pd.DataFrame({"value": (448_000 + np.outer(ends - 448_000, steps)).ravel()})

    def finished_members(self, _: str) -> list[int]:
        """All three."""
        return [0, 1, 2]


def observation(period: str, relation: str, value: float, line: int = 2, error: float = 0.0) -> Observation:
    """Of the talents who live in the district."""
    info = next(i for i in all_indicators() if (i.indicator, i.definition) == ("talent_total", "residents"))
    when = parse_period(period)
    assert when is not None
    return Observation(line, info, when, "level", relation, value, error, "test")


def made_table(*rows: Observation) -> pd.DataFrame:
    """Score these on the made-up study."""
    return score_table(cast("Answer", Made()), rows)


def test_a_value_is_scored_by_hand() -> None:
    """Members 1, 2, 3 and an observation of 2: error 0, CRPS 2/3 - 4/9, inside both bands; 2.9 lies in the wide one."""
    forecast = Forecast(np.array([1.0, 2.0, 3.0]))
    row = scored(forecast, observation("2022", "=", 2.0))
    assert row["error"] == 0.0
    assert row["crps"] == pytest.approx(2 / 3 - 4 / 9)
    assert (row["within_50"], row["within_90"]) == (True, True)
    row = scored(forecast, observation("2022", "=", 2.85))
    assert (row["within_50"], row["within_90"]) == (False, True)


def test_an_inequality_is_scored_by_the_chance_given_to_it() -> None:
    """Two of three members reach the bound: chance 2/3, Brier 1/9, and no CRPS."""
    row = scored(Forecast(np.array([1.0, 2.0, 3.0])), observation("2022", ">=", 2.0))
    assert row["probability"] == pytest.approx(2 / 3)
    assert row["brier"] == pytest.approx(1 / 9)
    assert row["log_score"] == pytest.approx(math.log(1.5))
    assert "crps" not in row


def test_the_table_has_the_model_and_four_naive_rows_for_each_scenario() -> None:
    """Model first; AR(1) is there with its reason and without numbers."""
    table = made_table(observation("2022", "=", 461_000.0))
    assert list(table.columns) == list(COLUMNS)
    assert list(table["forecaster"]) == ["model", "last_value", "drift", "historical_mean", "ar1"] * 2
    assert table["error"].iloc[0] == pytest.approx(-1000.0)
    assert table["error"].iloc[5] == pytest.approx(0.0)
    assert math.isnan(table["crps"].iloc[4])
    assert table["note"].iloc[4].startswith("refused: AR(1)")


def test_2021_is_shown_and_not_counted() -> None:
    """The model's own evidence runs to 2021."""
    table = made_table(observation("2021", "=", 455_000.0), observation("2022", "=", 460_000.0, 3))
    assert dict(zip(table["line"], table["counted"], strict=True)) == {2: False, 3: True}
    assert "1 of them in 2021" in "\n".join(caution(table))
    assert summary_table(table)["points"].iloc[0] == 1


def test_few_points_say_that_skill_cannot_be_tested() -> None:
    """One indicator of the six needed, however many of its periods there are."""
    rows = [observation(period, "=", 460_000.0, line) for line, period in enumerate(("2022", "2022Q1", "2022Q2"), 2)]
    summary = summary_table(made_table(*rows)).set_index(["scenario", "forecaster"])
    row = summary.loc[[("a", "last_value")]].iloc[0]
    assert (row["shared_points"], row["shared_indicators"]) == (3, 1)
    assert row["verdict"] == "skill cannot be tested: 1 of the 6 indicators needed"
    assert "Skill cannot be tested" in "\n".join(caution(made_table(*rows)))


def rows_of(n: int, better: int) -> pd.DataFrame:
    """A table of n indicators of which the model has the smaller CRPS on some; all inside the wide band."""
    rows: list[dict[str, Any]] = []
    for line in range(n):
        for forecaster, crps in (("model", 1.0 if line < better else 3.0), ("last_value", 2.0)):
            labels = {"line": line, "indicator": f"i{line}", "definition": "", "measure": "level", "scenario": "a"}
            rows.append(
                labels
                | {"forecaster": forecaster, "counted": True, "crps": crps, "within_50": line == 0, "within_90": True}
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


@pytest.mark.parametrize(
    ("n", "better", "p", "verdict"),
    [(6, 6, 2 / 64, "model better"), (6, 0, 2 / 64, "model worse"), (6, 5, 14 / 64, "no difference can be told")],
)
def test_six_indicators_are_tested_by_signs(n: int, better: int, p: float, verdict: str) -> None:
    """Two-sided binomial: six of six 3.1 %, five of six 21.9 %."""
    summary = summary_table(rows_of(n, better)).set_index("forecaster")
    row = summary.loc["last_value"]
    assert (row["model_better"], row["verdict"]) == (better, verdict)
    assert row["p_value"] == pytest.approx(p)
    assert summary.loc["model"]["within_50"] == pytest.approx(1 / n)
    assert summary.loc["model"]["within_90"] == 1.0


def test_rates_are_compound() -> None:
    """From 1 to 1.21 in two years is 10 % a year."""
    assert yearly_growth(np.array([1.0]), np.array([1.21]), 2) == pytest.approx([10.0])


def test_published_rates_are_those_of_the_tables() -> None:
    """Talents 8.5 % a year, city R&D over GDP 3.4 %, the zone's certified firms 34.7 % in one year."""
    rates = [(past["indicator"], round(observed_rate(past), 1)) for past in past_rates()]
    wanted = [
        ("talent_total", 8.5),
        ("rd_intensity", 3.4),
        ("high_tech_enterprises", 14.6),
        ("high_tech_enterprises_zone", 34.7),
    ]
    assert rates == wanted


def test_past_rates_stand_beside_those_of_the_members() -> None:
    """Members end at 450, 460 and 470 thousand after two years: median (460/448)^(1/2) - 1, all below 8.5 %."""
    row = rate_table(cast("Answer", Made())).iloc[0]
    assert row["p50"] == pytest.approx(100 * (math.sqrt(460 / 448) - 1))
    assert row["share_below"] == 1.0
    assert row["model_years"] == "2020-2022"


def test_the_model_is_compared_over_as_many_years_as_were_published() -> None:
    """The zone's single year beside the first year of the model: from 448 to 454 thousand in the middle."""
    row = rate_table(cast("Answer", Made())).set_index("indicator").loc[["high_tech_enterprises_zone"]].iloc[0]
    assert row["model_years"] == "2020-2021"
    assert row["p50"] == pytest.approx(100 * (454 / 448 - 1))


def test_an_older_study_is_refused() -> None:
    """A study without the zone's certified firms cannot be compared; rows without scopes are not scored."""
    made = Made()
    made.definition.indicators = [info for info in all_indicators() if info.indicator != "high_tech_enterprises_zone"]
    with pytest.raises(StudyError, match="an older version made it"):
        rate_table(cast("Answer", made))
