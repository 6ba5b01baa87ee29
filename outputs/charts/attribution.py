"""Who moves the headline indicators and the cost of a scenario: a waterfall each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.attributing import VALUE
from outputs.charts import waterfall
from outputs.charts.chart import TableChart
from outputs.comparing import COST
from outputs.language import target_label, text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per headline target, and one for the added cost of all payers."""
    panels = []
    first = study.definition.scenarios[0].scenario_id
    for target in study.definition.headline:
        mine = table[(table["quantity"] == VALUE) & (table["indicator"] == target.indicator)]
        mine = mine[mine["definition"] == study.definition.reported_definition(first, target)]
        mine = mine[mine["year"] == study.definition.year_of(target)]
        unit, ends = unit_of(target.unit, language), mine.iloc[-1]
        name = target.name_zh if language == "zh" else target.name_en
        title = text("attr_panel", language, name=name, unit=unit.name)
        goal = target_label(target.relation, target.value, target.unit, language).removesuffix(unit.name).strip()
        levels = f"{unit.number(ends['without'])} → {unit.number(ends['with'])}"
        shown = (levels, text("target_line", language, value=goal))
        panels.append(waterfall.Panel(mine, title, shown, unit, target.value))
    panels.append(_cost(study, table, language))
    return waterfall.draw(CHART, study, panels, compared(study, table, language), language)


def _cost(study: Study, table: pd.DataFrame, language: str) -> waterfall.Panel:
    """Cost of all payers added up to the year of the targets, as that beyond the reference's."""
    mine = table[(table["quantity"] == COST) & (table["definition"] == "all_payers")]
    mine, unit = mine[mine["year"] == study.definition.goal_year], unit_of("yuan", language)
    ends = mine.iloc[-1]
    title = text("attr_panel", language, name=text("cost_since_2021", language), unit=unit.name)
    levels = f"{unit.number(ends['without'])} → {unit.number(ends['with'])}"
    return waterfall.Panel(mine, title, (levels,), unit)


def compared(study: Study, table: pd.DataFrame, language: str) -> str:
    """What is compared with what."""
    row = table.iloc[0]
    labels = {name: row[f"{name}_{language}"] for name in ("scenario", "reference")}
    return text("attr_axis", language, year=study.definition.goal_year, **labels)


CHART = TableChart(
    chart_id="attribution",
    table="attribution",
    title_zh="规划效果由哪些措施贡献",
    title_en="Which levers do how much",
    alt_zh="每个主要目标一幅、费用一幅瀑布图：从不动措施到全部实施，逐项相加的夏普利份额，横线为 95% 区间。",
    alt_en="A waterfall for each headline target and one for cost: Shapley shares of families or levers, added up from "
    "what is without them to what is with all; lines are 95 % intervals.",
    draw=draw,
)
