"""What the facts alone rule out: deviance of the best fit as each input is held over the range of its prior."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

COLUMNS = 3
PANEL_CM, NARROW_PANEL_CM = 4.2, 2.3
TOP = 10.0
"""Deviance at which a panel ends."""
_WORDS = {
    "axis": (
        "横轴：先验分位数（浅色带为 5%–95%）；纵轴：固定该值、其余重新拟合时的偏差，虚线以上即被事实在 95% 水平排除",
        "Across: quantile of the prior (band: 5–95 %). Up: deviance with the value held; ruled out above dashes (95 %)",
    ),
    "measured": ("实测", "measured"),
    "borrowed": ("借用", "borrowed"),
    "assumed": ("假定", "assumed"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per input."""
    groups = [rows for _, rows in table.groupby("input", sort=False)]
    across, place = style.by_width(COLUMNS, 2), 0 if language == "zh" else 1
    n_rows = -(-len(groups) // across)
    height = style.by_width(PANEL_CM, NARROW_PANEL_CM) * n_rows + 3.0
    figure = style.table_figure(CHART, study, language, [_WORDS["axis"][place]], height)
    panels = figure.subplots(n_rows, across, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, rows in zip(panels, groups, strict=False):
        _panel(ax, rows)
        first = rows.iloc[0]
        title = f"{first[language]} ({_WORDS[first['status']][place]})"
        ax.set_title(style.wrapped(title, style.by_width(38, 26)), fontsize=style.SMALL)
    for ax in panels[len(groups) :]:
        ax.set_visible(False)
    return figure


def _panel(ax: Axes, rows: pd.DataFrame) -> None:
    ax.axvspan(0.05, 0.95, color=style.FILL, linewidth=0)
    ax.axhline(float(rows["limit"].iloc[0]), color=style.GOAL, linewidth=0.9, linestyle=(0, (4, 3)))
    ax.plot(rows["quantile"], rows["deviance"], color=style.LINE, linewidth=1.4)
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(0.0, TOP)


CHART = TableChart(
    chart_id="calibration_profile",
    table="profile",
    title_zh="事实单独排除了哪些数值",
    title_en="What the facts alone rule out",
    alt_zh="每个输入值一幅：横轴为先验分位数，纵轴为固定该值时最佳拟合的偏差，虚线为 95% 排除线。",
    alt_en="One panel per input: deviance of the best fit against the quantile of the prior at which it is held; "
    "a dashed line marks what is ruled out at 95 %.",
    draw=draw,
)
