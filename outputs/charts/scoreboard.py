"""Scoreboard: what the model and naive forecasts said of each observation, on one scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import difference_unit, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.42
MOST_WITH_SCENARIOS = (8, 3)
"""Observations up to which every scenario has a line, on a page and in one column; with more, the first one alone."""
REACH = 3.0
"""Widths of the band that the axis shows to either side; what lies beyond ends in an arrow."""
_WORDS = {
    "axis": (
        "与观测值之差，以模型 90% 区间宽度为单位；粗线 50%，细线 90%，点为中位数",
        "Forecast less observation, in widths of the model's 90 % band; thick: 50 %, thin: 90 %, mark: median",
    ),
    "last_value": ("上期值", "last value"),
    "drift": ("漂移", "drift"),
    "historical_mean": ("历史均值", "historical mean"),
    "ar1": ("一阶自回归", "AR(1)"),
    "level": ("", ""),
    "growth": ("同比增速", "growth on a year"),
    "change": ("同比变动", "change on a year"),
    "in_sample": ("（2021 年，非检验）", " (2021: no test)"),
    "uncounted": ("（无季节，不计入）", " (no seasons: not counted)"),
    "first_alone": ("；只列首个情景", "; the first scenario alone"),
    "at_right": ("；右侧：成立概率", "; at the right: chance that it holds"),
    "chance": ("成立概率 {value}", "chance {value}"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a group of lines per observation: the scenarios, then the naive forecasts that could be made."""
    lines = list(dict.fromkeys(table["line"]))
    scenarios = [entry.scenario_id for entry in study.definition.scenarios]
    shown = scenarios if len(lines) <= style.by_width(*MOST_WITH_SCENARIOS) else scenarios[:1]
    groups = [_rows(table[table["line"] == line], shown) for line in lines]
    cells = style.by_width(100, 36)
    titles = [style.wrapped(_title(study, group.iloc[0], language), cells) for group in groups]
    more = [style.more_rows(title, ROW_CM) for title in titles]
    n_rows = sum(len(group) + 1.5 for group in groups) + sum(more)
    note = _word("axis", language) + style.by_width("", _word("at_right", language))
    note += _word("first_alone", language) if len(shown) < len(scenarios) else ""
    figure = style.table_figure(CHART, study, language, [note], max(4.5, ROW_CM * n_rows + 3.0))
    ax, y, labels = figure.subplots(), 0.0, []
    for group, title, extra in zip(groups, titles, more, strict=True):
        ax.text(-REACH, y + extra / 2, title, va="center", fontsize=style.NORMAL, backgroundcolor="white")
        y += extra
        width = float(group.iloc[0]["q95"] - group.iloc[0]["q05"]) or 1.0
        for row in group.to_dict("records"):
            y += 1
            _line(ax, y, {name: (row[name] - row["observed"]) / width for name in _CUTS}, _look(row, scenarios))
            labels.append((y, _label(study, row, language)))
            if not math.isnan(row["probability"]):
                said = style.by_width(_word("chance", language), "{value}")
                told = said.format(value=f"{100 * row['probability']:.0f}%")
                ax.annotate(told, (1.03, y), xycoords=("axes fraction", "data"), va="center", fontsize=style.SMALL)
        y += 1.5
    ax.axvline(0.0, color=style.GOAL, linewidth=0.8, zorder=0)
    ax.set_yticks([at for at, _ in labels], [label for _, label in labels])
    ax.set_ylim(y - 0.5, -0.9)
    ax.set_xlim(-REACH, REACH)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    return figure


_CUTS = ("q05", "q25", "q50", "q75", "q95")


def _rows(rows: pd.DataFrame, scenarios: list[str]) -> pd.DataFrame:
    """The model under each scenario, then each naive forecast once; those that could not be made are left out."""
    model = rows[(rows["forecaster"] == "model") & rows["scenario"].isin(scenarios)]
    naive = rows[(rows["forecaster"] != "model") & (rows["scenario"] == scenarios[0]) & rows["q50"].notna()]
    return type(rows)([*model.to_dict("records"), *naive.to_dict("records")], columns=rows.columns)


def _line(ax: Axes, y: float, cuts: dict[str, float], look: tuple[str, str]) -> None:
    """One forecast: thin 90 %, thick 50 %, median; an arrow at the edge where the median lies beyond it."""
    colour, marker = look
    for low, high, width in (("q05", "q95", 0.9), ("q25", "q75", 2.6)):
        ends = [min(max(cuts[name], -REACH), REACH) for name in (low, high)]
        ax.plot(ends, [y, y], color=colour, linewidth=width, solid_capstyle="butt")
    middle = cuts["q50"]
    if abs(middle) > REACH:
        middle, marker = math.copysign(REACH, middle), ">" if middle > 0 else "<"
    ax.plot(middle, y, marker=marker, markersize=4.0, color=colour, clip_on=False, zorder=3)


def _look(row: dict[object, object], scenarios: list[str]) -> tuple[str, str]:
    """Colour and mark: those of the scenario, or grey for a naive forecast."""
    if row["forecaster"] != "model":
        marks = {"last_value": "|", "drift": "x", "historical_mean": "+", "ar1": "*"}
        return style.MUTED, marks[str(row["forecaster"])]
    place = scenarios.index(str(row["scenario"]))
    return style.COLOURS[(place + 1) % len(style.COLOURS)], style.MARKERS[place % len(style.MARKERS)]


def _label(study: Study, row: dict[object, object], language: str) -> str:
    if row["forecaster"] != "model":
        return _word(str(row["forecaster"]), language)
    return style.wrapped(study.definition.scenario(str(row["scenario"])).label(language), style.by_width(40, 26))


def _title(study: Study, row: pd.Series, language: str) -> str:
    """Name, period and observed value of an observation."""
    info = study.definition.info(row["indicator"], row["definition"])
    name = info.name_zh if language == "zh" else info.name_en
    unit = unit_of(row["unit"], language, 1.0 if row["unit"] == "firms" else abs(row["observed"]))
    points = difference_unit(row["unit"], language) if row["measure"] == "change" else unit.name
    sign = {">=": "≥", "<=": "≤"}.get(row["relation"], row["relation"])
    parts = [name, _word(row["measure"], language), f"{row['period']}:", f"{sign} {unit.number(row['observed'])}"]
    note = "" if row["out_of_sample"] else _word("in_sample", language)
    note = note or ("" if row["counted"] else _word("uncounted", language))
    return " ".join(part for part in [*parts, points] if part) + note


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="scoreboard",
    table="scores",
    title_zh="模型与朴素预测对照观测值",
    title_en="Model and naive forecasts against observations",
    alt_zh="按观测值分组的区间图：各情景与各朴素预测的中位数、50% 与 90% 区间相对观测值的位置，竖线为观测值。",
    alt_en="Intervals in groups by observation: median, 50 and 90 % bands of each scenario and of each naive forecast, "
    "relative to the observation, which is the vertical line.",
    draw=draw,
)
