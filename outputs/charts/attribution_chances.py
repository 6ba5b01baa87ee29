"""Who moves the chance of each headline target, and of all together: a waterfall each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.attributing import CHANCE
from outputs.charts import waterfall
from outputs.charts.attribution import compared
from outputs.charts.chart import TableChart
from outputs.comparing import JOINT
from outputs.language import Unit, percent, text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per headline target, and one for all of them met by one member."""
    first, panels = study.definition.scenarios[0].scenario_id, []
    chances = table[table["quantity"] == CHANCE]
    for target in study.definition.headline:
        mine = chances[chances["target"] == target.target_id]
        mine = mine[mine["definition"] == study.definition.reported_definition(first, target)]
        mine = mine[mine["year"] == study.definition.year_of(target)]
        panels.append(_panel(mine, target.name_zh if language == "zh" else target.name_en, language))
    mine = chances[(chances["target"] == JOINT) & (chances["year"] == study.definition.goal_year)]
    panels.append(_panel(mine, text("all_targets_n", language, n=len(study.definition.headline)), language))
    return waterfall.draw(CHART, study, panels, compared(study, table, language), language)


def _panel(rows: pd.DataFrame, name: str, language: str) -> waterfall.Panel:
    ends = rows.iloc[-1]
    title = text("attr_panel", language, name=name, unit=text("points", language))
    levels = f"{percent(ends['without'])} → {percent(ends['with'])}"
    return waterfall.Panel(rows, title, (levels,), Unit(100.0, "", 0))


CHART = TableChart(
    chart_id="attribution_chances",
    table="attribution",
    title_zh="达标概率由哪些措施改变",
    title_en="Which levers change the chances",
    alt_zh="每个主要目标一幅、全部达标一幅瀑布图：达标概率变动中各类措施的夏普利份额，横线为 95% 区间。",
    alt_en="A waterfall for each headline target and one for all together: Shapley shares of families or levers in the "
    "change of the chance; lines are 95 % intervals.",
    draw=draw,
)
