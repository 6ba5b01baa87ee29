"""Chances with a value that the evidence did not move at either end of its prior."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts.chart import TableChart
from outputs.charts.identifiability import draw_swings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

_AXIS = (
    "达标概率（%），成员相同；圆点：先验5%分位；菱形：95%分位；横线：95%威尔逊区间",
    "Chance met, %, same members but for the value. Dot: at 5 % of its prior; diamond: at 95 %; bars: 95 % Wilson",
)


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw the largest changes."""
    return draw_swings(CHART, study, table, language, _AXIS)


CHART = TableChart(
    chart_id="identifiability_ends",
    table="end_chances",
    title_zh="未被证据移动的数值取先验两端时的达标概率",
    title_en="Chances with an unmoved value at either end of its prior",
    alt_zh="每行一个未被移动的数值与一项目标：该值取先验5%与95%分位时的达标概率及区间，竖线为一半。",
    alt_en="One row per unmoved value and target: the chance with the value at 5 and at 95 % of its prior, members "
    "the same, with intervals; a line marks one half.",
    draw=draw,
)
