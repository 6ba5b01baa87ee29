"""The scoreboard: each observation, each scenario and each forecaster in one table, and what can be said of skill."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import binomtest

from calibration.scoreboard.matching import MemberValues
from calibration.scoreboard.naive import FORECASTERS, naive_forecasts
from calibration.scoreboard.observations import Observation
from calibration.scoreboard.scores import Forecast, brier, log_score
from model.wiring import Answer

if TYPE_CHECKING:
    import pandas as pd

MODEL = "model"
FEWEST_INDICATORS = 6
"""A two-sided sign test on fewer cannot fall under 5 %: 2 / 2^5 = 6.3 %. Periods of one indicator share their luck."""
OUT_OF_SAMPLE_FROM = 5
"""Quarter 2022 Q1: up to 2021 the evidence of the model itself runs."""
CUTS = ("q05", "q25", "q50", "q75", "q95")
PART_NOTE = "the model has no seasons: a part of a year is not comparable in level and not counted in the summary"
COLUMNS = (
    "line",
    "indicator",
    "definition",
    "scope",
    "period",
    "measure",
    "relation",
    "observed",
    "standard_error",
    "unit",
    "out_of_sample",
    "counted",
    "scenario",
    "forecaster",
    "past_points",
    *CUTS,
    "error",
    "crps",
    "within_50",
    "within_90",
    "probability",
    "brier",
    "log_score",
    "note",
    "source",
)
SUMMARY = (
    "scenario",
    "forecaster",
    "points",
    "within_50",
    "within_90",
    "inequalities",
    "mean_brier",
    "shared_points",
    "shared_indicators",
    "model_better",
    "p_value",
    "verdict",
)


def score_table(study: Answer, observations: Sequence[Observation]) -> pd.DataFrame:
    """Score every observation under every scenario, the model's forecast first and the naive ones after it.

    Returns
    -------
    The columns `COLUMNS`. ``error`` is the median less the observation; ``crps`` is in the unit of the row; for an
    inequality both are empty, and ``probability`` of what was observed, its Brier and its log score stand instead.
    ``counted`` says whether the row enters the summary: after 2021, and no level of part of a year.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    rows = []
    for scenario in study.definition.scenarios:
        members = MemberValues(study, scenario)
        for observation in observations:
            labels = {**_labels(observation), "scenario": scenario.scenario_id}
            note = PART_NOTE if observation.is_part_level else ""
            ensemble = Forecast(members.of(observation))
            rows.append(labels | {"forecaster": MODEL, "note": note} | scored(ensemble, observation))
            for naive in naive_forecasts(observation):
                row = {"forecaster": naive.method, "past_points": naive.points, "note": naive.note}
                rows.append(labels | row | (scored(naive.forecast, observation) if naive.forecast else {}))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def scored(forecast: Forecast, observation: Observation) -> dict[str, Any]:
    """Quantiles and scores of one forecast; the error of the observation is part of both."""
    published = forecast.of_published(observation.standard_error)
    cuts = dict(zip(CUTS, map(float, published.quantiles()), strict=True))
    if observation.relation != "=":
        chance = published.probability(observation.relation, observation.value)
        return {**cuts, "probability": chance, "brier": brier(chance), "log_score": log_score(chance)}
    y = observation.value
    return {
        **cuts,
        "error": cuts["q50"] - y,
        "crps": published.crps(y),
        "within_50": cuts["q25"] <= y <= cuts["q75"],
        "within_90": cuts["q05"] <= y <= cuts["q95"],
    }


def summary_table(table: pd.DataFrame) -> pd.DataFrame:
    """Sum up the counted rows by scenario and forecaster.

    Returns
    -------
    The columns `SUMMARY`. Against each naive forecaster: on how many of the shared indicators the model's CRPS,
    averaged over the indicator's periods, is smaller, with an exact two-sided sign test; with fewer than
    `FEWEST_INDICATORS` indicators the verdict says that skill cannot be tested.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    for scenario in dict.fromkeys(table["scenario"]):
        mine = table[(table["scenario"] == scenario) & table["counted"]]
        model = mine[mine["forecaster"] == MODEL]
        rows += [
            {"scenario": scenario, "forecaster": name} | _summed(mine[mine["forecaster"] == name], model)
            for name in (MODEL, *FORECASTERS)
        ]
    return pd.DataFrame(rows, columns=list(SUMMARY))


def _summed(rows: pd.DataFrame, model: pd.DataFrame) -> dict[str, Any]:
    """Coverage and mean Brier of a forecaster, and the model against it."""
    exact, bounds = rows[rows["crps"].notna()], rows[rows["brier"].notna()]
    found = {
        "points": len(exact),
        "within_50": float(exact["within_50"].astype(float).mean()) if len(exact) else math.nan,
        "within_90": float(exact["within_90"].astype(float).mean()) if len(exact) else math.nan,
        "inequalities": len(bounds),
        "mean_brier": float(bounds["brier"].mean()) if len(bounds) else math.nan,
    }
    if (rows["forecaster"] == MODEL).all() and len(rows):
        return found
    both = model.merge(exact, on="line", suffixes=("", "_naive"))
    keys = ["indicator", "definition", "measure"]
    means = both.groupby(keys)[["crps", "crps_naive"]].mean()
    n, better = len(means), int((means["crps"] < means["crps_naive"]).sum())
    return found | {"shared_points": len(both), "shared_indicators": n, "model_better": better} | _verdict(better, n)


def _verdict(better: int, n: int) -> dict[str, Any]:
    """Sign test, or that there is nothing to test."""
    if n < FEWEST_INDICATORS:
        return {"verdict": f"skill cannot be tested: {n} of the {FEWEST_INDICATORS} indicators needed"}
    p = float(binomtest(better, n).pvalue)
    told = "model better" if better > n - better else "model worse"
    return {"p_value": p, "verdict": told if p < 0.05 else "no difference can be told"}


def _labels(observation: Observation) -> dict[str, Any]:
    """What every row of an observation shares."""
    info = observation.info
    later = observation.period.last >= OUT_OF_SAMPLE_FROM
    return {
        "line": observation.line,
        "indicator": info.indicator,
        "definition": info.definition,
        "scope": info.scope,
        "period": observation.period.text,
        "measure": observation.measure,
        "relation": observation.relation,
        "observed": observation.value,
        "standard_error": observation.standard_error,
        "unit": observation.unit,
        "out_of_sample": later,
        "counted": later and not observation.is_part_level,
        "source": observation.source,
    }


def caution(table: pd.DataFrame) -> list[str]:
    """Say in sentences how little a scoreboard of this size can show."""
    model = table[table["forecaster"] == MODEL]
    first = model[model["scenario"] == model["scenario"].iloc[0]]
    counted = first[first["counted"]]
    exact = int((counted["relation"] == "=").sum())
    indicators = len(counted.groupby(["indicator", "definition", "measure"]))
    values = f"{exact} values and {len(counted) - exact} inequalities after 2021"
    lines = [f"{len(first)} observations; {values} are counted, of {indicators} indicators."]
    early = int((~first["out_of_sample"]).sum())
    if early:
        lines.append(f"{early} of them in 2021, up to which the model's own evidence runs: no test of it.")
    parts = int((first["out_of_sample"] & ~first["counted"]).sum())
    if parts:
        lines.append(f"Levels of part of a year, {parts}, are shown and not counted: the model has no seasons.")
    if indicators < FEWEST_INDICATORS:
        lines.append(
            f"Skill cannot be tested: a sign test needs {FEWEST_INDICATORS} indicators. Coverage of so few points says "
            "little: of 5 independent values a true 90 % band holds all with a chance of 59 %."
        )
    return lines
