"""Charts of tables that verbs add to a study: whole and legible in both languages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from outputs.charts import gallery, style
from tests.unit.outputs.test_charts import LANGUAGES, WIDTHS, assert_whole, axes_of, drawn_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from outputs.charts.chart import TableChart
    from outputs.store import Study

NAMES = ("baseline", "plan", "strong", "stalled")
SPLIT = (("rd_intensity", "first_published", 0.2), ("talent_total", "residents", 0.0))
GROUPS = {"base": 0.6, "parameters": -0.1, "outside": 0.1, "chance": 0.2, "interactions": 0.2}
GOING_ON = (("baseline", "plan", False), ("plan", "plan", False), ("strong", "strong", True))
CUTS = ("q05", "q25", "q50", "q75", "q95")


def scores() -> pd.DataFrame:
    """A value of talents within reach, one far off, and an inequality."""
    rows: list[dict[str, Any]] = []
    for line, (relation, observed) in enumerate((("=", 452_000.0), ("=", 900_000.0), (">=", 455_000.0)), start=2):
        labels = {"line": line, "indicator": "talent_total", "definition": "residents", "period": f"202{line}"}
        labels |= {"measure": "level", "relation": relation, "observed": observed, "unit": "persons"}
        labels |= {"out_of_sample": line > 2, "counted": line > 3}
        forecasts: list[tuple[str, str, float | None]] = [("model", name, 0.0) for name in NAMES]
        for forecaster, scenario, shift in [
            *forecasts,
            ("last_value", "baseline", -9_000.0),
            ("ar1", "baseline", None),
        ]:
            cuts = dict.fromkeys(CUTS) if shift is None else dict(zip(CUTS, _cuts(shift), strict=True))
            chance = 0.3 if relation != "=" and shift is not None else None
            rows.append(labels | {"forecaster": forecaster, "scenario": scenario, "probability": chance, **cuts})
    return pd.DataFrame(rows).astype(dict.fromkeys((*CUTS, "probability"), float))


def _cuts(shift: float) -> list[float]:
    return [shift + value for value in (446_000.0, 449_000.0, 451_000.0, 453_000.0, 457_000.0)]


def rates() -> pd.DataFrame:
    """One published rate beside those of four scenarios."""
    labels = {"indicator": "talent_total", "definition": "residents", "region": "here", "past": "2016-2020"}
    notes = {
        "note_en": "district; partly counting of people there",
        "note_zh": "鄞州全区；部分增长来自统计口径",
    }
    cuts = {"p05": -1.0, "p50": 1.5, "p95": 4.0, "observed": 8.5, "model_years": "2020-2024"}
    return pd.DataFrame([labels | notes | cuts | {"scenario": name} for name in NAMES])


def chances() -> pd.DataFrame:
    """One target and all together: a scenario that goes on, one that gives way to the plan, one withheld."""
    rows: list[dict[str, Any]] = []
    for target in ("rd_intensity", "all"):
        for scenario, now, withheld in GOING_ON:
            after = math.nan if withheld else 0.3
            cuts = {"before": 0.1, "before_low": 0.06, "before_high": 0.17, "after": after}
            cuts |= {"after_low": after - 0.1, "after_high": after + 0.1, "data": after - 0.2, "levers": 0.1}
            rows.append({"target": target, "scenario": scenario, "policy_now": now, "withheld": withheld} | cuts)
    return pd.DataFrame(rows)


def shares() -> pd.DataFrame:
    """The split of one indicator, and one in which nothing varies."""
    rows: list[dict[str, Any]] = []
    for indicator, definition, deviation in SPLIT:
        labels = {"scenario": "plan", "indicator": indicator, "definition": definition, "year": 2025}
        for group, first in GROUPS.items():
            cuts = {"first": first, "first_low": first - 0.2, "first_high": first + 0.2}
            cuts |= {"total": first + 0.1, "total_low": first, "total_high": first + 0.9, "deviation": deviation}
            rows.append(labels | {"group": group} | cuts)
    return pd.DataFrame(rows)


def facts() -> pd.DataFrame:
    """A fact that is met after fitting, and one that is only compared."""
    rows: list[dict[str, Any]] = []
    for role, observed in (("fitted", 435.0), ("compared", 330.0), ("not_comparable", math.nan)):
        bands = {"prior_p05": 290.0, "prior_p50": 330.0, "prior_p95": 390.0}
        bands |= {"posterior_p05": 350.0, "posterior_p50": 410.0, "posterior_p95": 450.0}
        names: dict[str, Any] = {
            "name_zh": "高新区有效高新技术企业，2021年",
            "name_en": "High-tech enterprises of the zone, 2021",
        }
        names |= {"published": "2022-02", "published_after_2021": role == "fitted"}
        rows.append({"role": role, "unit": "firms", "observed": observed, "standard_error": 25.0} | names | bands)
    return pd.DataFrame(rows)


def moved() -> pd.DataFrame:
    """Two inputs, one of which the evidence moved."""
    rows: list[dict[str, Any]] = []
    for name, is_moved in (("parameter:hnte_cert_hazard", True), ("base:talent_arrivals_elsewhere", False)):
        cuts = {"quantile_p05": 0.1, "quantile_p50": 0.7, "quantile_p95": 0.9}
        labels = {"input": name, "status": "borrowed", "unit": "1/year", "moved": is_moved}
        labels |= {"kind": "base", "zh": "某项数值的年概率", "en": "yearly hazard of some value"}
        rows.append(labels | cuts | {"prior_p50": 0.1, "posterior_p50": 0.14})
    return pd.DataFrame(rows)


def swings() -> pd.DataFrame:
    """A chance that passes one half, and one that does not."""
    rows: list[dict[str, Any]] = []
    for name, low, high in (("base:rd_intensity", 0.2, 0.8), ("parameter:patent_lapse_rate", 0.1, 0.15)):
        cuts = {"low": low, "low_from": low - 0.1, "low_to": low + 0.1, "high": high}
        cuts |= {"high_from": high - 0.1, "high_to": high + 0.1}
        labels = {"scenario": "plan", "input": name, "target": "rd_intensity"}
        labels |= {"name_zh": "R&D经费", "name_en": "R&D expenditure over GDP"}
        labels |= {"zh": "某项数值的年概率", "en": "yearly hazard of some value", "status": "assumed"}
        rows.append(labels | cuts | {"flips": high > 0.5})
    return pd.DataFrame(rows)


def profiles() -> pd.DataFrame:
    """Two inputs, one of which the facts bound."""
    labels = {"zh": "某项数值的年概率", "en": "yearly hazard of some value", "status": "assumed"}
    return pd.DataFrame(
        {"input": name, **labels, "quantile": u, "deviance": steep * (u - 0.5) ** 2, "limit": 3.84}
        for name, steep in (("a", 60.0), ("b", 2.0))
        for u in (0.05, 0.25, 0.5, 0.75, 0.95)
    )


def planted_ranks() -> pd.DataFrame:
    """Even ranks on the emulator and in the model."""
    rows = [
        {"source": source, "draw": draw, "input": name, "rank": (draw + 0.5) / 20}
        for source in ("emulator", "model")
        for draw in range(20)
        for name in ("a", "b")
    ]
    return pd.DataFrame(rows)


def cells() -> pd.DataFrame:
    """Two groups of one indicator in three years."""
    labels = {"indicator": "rd_intensity", "definition": "first_published", "unit": "percent", "method": "sobol"}
    rows = [
        labels
        | {"year": year, "row": row, "zh": "企业与研发", "en": "levers: Firms and R&D", "value": share, "shade": share}
        | {"low": share - 0.1, "high": share + 0.1}
        for year in (2023, 2024, 2025)
        for row, share in (("base", 0.7), ("levers", 0.2))
    ]
    return pd.DataFrame(rows)


def bars() -> pd.DataFrame:
    """What three factors of a screen do, up and down."""
    labels = {"indicator": "talent_total", "definition": "residents", "unit": "persons", "year": 2025}
    labels |= {"side": "high", "method": "morris"}
    rows = [
        labels
        | {"zh": f"因素{k}", "en": f"factor {k}", "value": v, "low": v - 300.0, "high": v + 300.0, "absolute": abs(v)}
        for k, v in enumerate((5000.0, -3000.0, 800.0))
    ]
    return pd.DataFrame(rows)


def lines() -> pd.DataFrame:
    """Three levers at three levels, and one that changes nothing."""
    labels = {"indicator": "rd_intensity", "definition": "first_published", "unit": "percent", "year": 2025}
    rows = [
        labels
        | {"lever": lever, "zh": f"措施{lever}", "en": f"Lever {lever}", "share": share}
        | {"mean": push * share, "mean_low": push * share - 0.01, "mean_high": push * share + 0.01}
        for lever, push in (("a", 0.1), ("b", -0.05), ("c", 0.0), ("d", 0.02))
        for share in (0.0, 0.5, 1.0)
    ]
    return pd.DataFrame(rows)


TABLES = {
    "calibration_fit": facts,
    "calibration_moved": moved,
    "calibration_profile": profiles,
    "calibration_recovery": planted_ranks,
    "identifiability": swings,
    "identifiability_ends": swings,
    "lever_levels": lines,
    "scoreboard": scores,
    "sensitivity_heat": cells,
    "tornado": bars,
    "past_rates": rates,
    "update": chances,
    "variance": shares,
}
ELSEWHERE = {
    "attribution",
    "attribution_chances",
    "comparison",
    "deadline",
    "discover",
    "emulator",
    "frontier",
    "milestones",
    "promises",
    "sought_levers",
}
"""Drawn from runs, so tested where the runs are known (test_comparing.py, test_discovery.py, test_milestones.py,
test_lever_charts.py)."""
CHARTS = [chart for chart in gallery.table_charts().values() if chart.chart_id not in ELSEWHERE]


def drawn(chart: TableChart, study: Study, language: str, width_cm: float = style.WIDTH_CM) -> Figure:
    """Draw a chart of its table, as it is read from a file."""
    return drawn_of(chart, study, TABLES[chart.chart_id](), language, width_cm)


def test_every_table_chart_is_tested_here() -> None:
    """None is without a table."""
    assert set(gallery.table_charts()) == set(TABLES) | ELSEWHERE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width_cm", WIDTHS)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.chart_id)
def test_a_table_chart_is_whole_and_legible(chart: TableChart, width_cm: float, study: Study, language: str) -> None:
    """Something is drawn, no text is too small, off the page or over another, and the study is named below."""
    figure = drawn(chart, study, language, width_cm)
    assert all(len(ax.lines) + len(ax.texts) > 1 for ax in axes_of(figure))
    assert sum(len(ax.lines) + len(ax.texts) for ax in axes_of(figure)) > 3
    assert chart.alt(language)
    assert study.study_id in figure.get_supxlabel()
    assert_whole(figure, chart, language)


def test_what_cannot_be_forecast_has_no_line(study: Study) -> None:
    """Three observations with four scenarios and the last value each; the refused AR(1) is not drawn."""
    figure = drawn(gallery.table_charts()["scoreboard"], study, "en")
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert len(labels) == 15
    assert labels.count("last value") == 3
    assert "AR(1)" not in labels


@pytest.mark.parametrize("chart_id", ["calibration_moved", "identifiability", "identifiability_ends"])
@pytest.mark.parametrize(("language", "name"), [("zh", "某项数值的年概率"), ("en", "yearly hazard of some value")])
def test_inputs_are_named_in_words(chart_id: str, language: str, name: str, study: Study) -> None:
    """A reader sees the name of a value in the language of the chart, and never its identifier."""
    figure = drawn(gallery.table_charts()[chart_id], study, language)
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert all(name in label for label in labels)
    assert not any(":" in label or "_" in label for label in labels)


@pytest.mark.parametrize(("language", "words"), [("zh", "2022-02 公布"), ("en", "in 2022-02")])
def test_a_fact_published_after_2021_is_marked(language: str, words: str, study: Study) -> None:
    """The month stands beside the one that came out later, and beside no other."""
    figure = drawn(gallery.table_charts()["calibration_fit"], study, language)
    labels = ["".join(text.get_text().split()) for text in figure.axes[0].get_yticklabels()]
    assert ["".join(words.split()) in label for label in labels] == [True, False]
