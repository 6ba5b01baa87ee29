"""The frontier of cost against chance: emulated with its error, and the paths that were run in the model."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

HEIGHT_CM, NARROW_HEIGHT_CM = 11.5, 12.6
_INSIDE_95 = 1.959963984540054


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw chance against added cost; bands and bars are 95 % intervals."""
    emulated, run = (table[table["kind"] == kind] for kind in ("emulated", "run"))
    error = text("frontier_error", language, error=f"{100 * emulated['error'].iloc[0]:.1f}")
    notes = [text("frontier_note", language, study=table["trained_on"].iloc[0]) + error, _key(run, language)]
    figure = style.table_figure(CHART, study, language, notes, style.by_width(HEIGHT_CM, NARROW_HEIGHT_CM))
    ax = figure.subplots()
    factor = unit_of("bn yuan", language).factor
    _draw_emulated(ax, emulated, factor, language)
    _draw_runs(ax, run, factor, language)
    wanted = 100.0 * float(table["wanted"].iloc[0])
    ax.axhline(wanted, color=style.GOAL, linewidth=0.9, linestyle="--", zorder=1)
    words = text("frontier_wanted", language, wanted=f"{wanted:.0f}")
    ax.annotate(
        words,
        (0.995, wanted),
        (0, 2),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=style.GOAL,
    )
    payer = text(f"outcome_{table['payer'].iloc[0]}", language)
    unit = unit_of("bn yuan", language).name
    along = style.wrapped(text("frontier_cost", language, payer=payer, unit=unit), style.by_width(100, 44))
    ax.set(xlabel=along, ylabel=text("frontier_chance", language))
    ax.set_ylim(0.0, 100.0)
    ax.grid(visible=True)
    ax.set_axisbelow(True)
    if style.is_narrow():  # below the axis and its name: nothing is free within
        ax.legend(loc="upper left", bbox_to_anchor=(-0.12, -0.22))
    else:
        ax.legend(loc="upper left", ncols=2)
    return figure


def _draw_emulated(ax: Axes, table: pd.DataFrame, factor: float, language: str) -> None:
    cost, chance, low, high, error = (
        table[name].to_numpy(np.float64) for name in ("cost", "chance", "low", "high", "error")
    )
    cost = cost * factor
    ax.fill_between(cost, 100 * low, 100 * high, color=style.FILL, linewidth=0.0, label=text("frontier_both", language))
    near = 100 * (chance - _INSIDE_95 * error).clip(0.0), 100 * (chance + _INSIDE_95 * error).clip(max=1.0)
    label = text("frontier_emulator", language)
    ax.fill_between(cost, *near, color=style.FILL_DARK, linewidth=0.0, label=label)
    ax.plot(cost, 100 * chance, color=style.LINE, linewidth=1.0, label=text("frontier_line", language), zorder=2)


def _draw_runs(ax: Axes, table: pd.DataFrame, factor: float, language: str) -> None:
    for sought, colour, marker, key in (
        (True, style.INK, "o", "frontier_run"),
        (False, style.MUTED, "s", "frontier_reference"),
    ):
        mine = table[table["sought"].astype(bool) == sought]
        x, y = mine["cost"].to_numpy(np.float64) * factor, 100 * mine["chance"].to_numpy(np.float64)
        bars = np.vstack([y - 100 * mine["low"].to_numpy(np.float64), 100 * mine["high"].to_numpy(np.float64) - y])
        ax.vlines(x, y - bars[0], y + bars[1], color=colour, linewidth=0.9, zorder=4)
        ax.plot(x, y, marker, color=colour, markersize=4.0, label=text(key, language), zorder=5)
        for place, name in enumerate(_short(mine, sought=sought)):
            # Neighbours bear their names on different sides.
            side, offset = ("right", (-4, 4)) if place % 2 else ("left", (4, style.by_width(4, -8)))
            at = (x[place], y[place])
            ax.annotate(name, at, offset, textcoords="offset points", ha=side, color=colour, fontsize=style.SMALL)


def _short(table: pd.DataFrame, *, sought: bool) -> list[str]:
    """Numbers of paths that were sought, a star for the likeliest of one target; capital letters of references."""
    if not sought:
        return list(ascii_uppercase[: len(table)])
    return [path.removeprefix("seek_") if path.startswith("seek_") else "*" for path in table["path"].astype(str)]


def _key(table: pd.DataFrame, language: str) -> str:
    """What the letters of the references stand for."""
    mine = table[~table["sought"].astype(bool)]
    names = mine[f"label_{language}"].astype(str)
    return text("frontier_and", language).join(
        f"{a} {b}" for a, b in zip(_short(mine, sought=False), names, strict=True)
    )


CHART = TableChart(
    chart_id="frontier",
    table="frontier",
    title_zh="费用与全部达标概率的前沿",
    title_en="The frontier of cost against the chance that all targets are met",
    alt_zh="横轴为比 2020 年政策多花的费用，纵轴为全部目标达标概率；蓝线为仿真器给出的前沿及其 95% 区间，"
    "黑点为在模型中用新样本重新运行的路径，灰方块为参照情景，虚线为想要的概率。",
    alt_en="Added cost along, chance that all targets are met up. A blue line with bands for the emulated frontier, "
    "black points with bars for paths run in the model on fresh members, grey squares for references, a dashed line "
    "for the chance wanted.",
    draw=draw,
)
