"""The emulator of lever settings against the model: what it foretold of each lever path that was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import Unit, text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM, NARROW_ROW_CM = 5.6, 3.8
COLUMNS = 3
SHOWN = ("mean", "chance")
"""Of what the table holds; shares without smoothing are read there."""
_LEAST_SPREAD = 1e-9


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel for each outcome and each chance that differs among paths."""
    panels = [
        (str(what), str(name), mine)
        for (what, name), mine in table.groupby(["what", "outcome"], sort=False)
        if what in SHOWN and np.ptp(mine["run"]) > _LEAST_SPREAD * np.abs(mine["run"]).max()
    ]
    across = style.by_width(COLUMNS, 2)
    n_rows = max(1, -(-len(panels) // across))
    note = text("emulator_note", language, paths=table["path"].nunique())
    figure = style.table_figure(CHART, study, language, [note], style.by_width(ROW_CM, NARROW_ROW_CM) * n_rows + 2.6)
    axes = figure.subplots(n_rows, across, squeeze=False).ravel()
    for ax, (what, name, mine) in zip(axes, panels, strict=False):
        error = _draw_panel(ax, mine, _scale(study, what, name, language), language)
        title = style.wrapped(_title(study, what, name, language), style.by_width(32, 22))
        if style.is_narrow():  # no corner of a small panel is free
            ax.set_title(f"{title}\n{error}", loc="left", fontsize=style.SMALL)
            continue
        ax.set_title(title, loc="left")
        ax.set(xlabel=text("emulator_run", language), ylabel=text("emulator_foretold", language))
        ax.text(0.98, 0.03, error, transform=ax.transAxes, ha="right", fontsize=style.SMALL, linespacing=1.3)
    for ax in axes[len(panels) :]:
        ax.set_visible(False)
    return figure


def _draw_panel(ax: Axes, table: pd.DataFrame, scale: float, language: str) -> str:
    """Points, and in words how far they are from the line."""
    run, foretold, trivial = (table[name].to_numpy(np.float64) * scale for name in ("run", "foretold", "trivial"))
    low, high = min(run.min(), foretold.min()), max(run.max(), foretold.max())
    reach = 0.04 * (high - low)
    ends = (low - reach, high + reach)
    ax.plot(ends, ends, color=style.MUTED, linewidth=0.7, zorder=1)
    ax.scatter(run, foretold, s=8.0, color=style.LINE, alpha=0.6, linewidths=0.0, zorder=3)
    ax.set(xlim=ends, ylim=ends)
    ax.locator_params(nbins=style.by_width(5, 3))
    ax.grid(visible=True)
    ax.set_axisbelow(True)
    error, usual = (float(np.sqrt(np.mean((other - run) ** 2))) for other in (foretold, trivial))
    digits = max(0, 2 - int(np.floor(np.log10(max(error, 1e-12)))) - 1)
    return text("emulator_error", language, error=f"{error:,.{digits}f}", trivial=f"{usual:,.{digits}f}")


def _scale(study: Study, what: str, name: str, language: str) -> float:
    """Factor from the unit of the table to the one shown."""
    return 100.0 if what == "chance" else _unit(study, name, language).factor


def _unit(study: Study, name: str, language: str) -> Unit:
    units = {target.target_id: target.unit for target in study.definition.headline}
    return unit_of(units.get(name, "yuan"), language)


def _title(study: Study, what: str, name: str, language: str) -> str:
    """Name of the outcome with its unit."""
    label = outcome_name(study, name, language)
    if what == "chance":
        return text("emulator_chance", language, outcome=label)
    return f"{label} ({_unit(study, name, language).name})"


def outcome_name(study: Study, name: str, language: str) -> str:
    """Name for readers of an outcome of the emulator."""
    names = {t.target_id: t.name_zh if language == "zh" else t.name_en for t in study.definition.headline}
    return names.get(name) or text(f"outcome_{name}", language)


CHART = TableChart(
    chart_id="emulator",
    table="left_out",
    title_zh="措施仿真器的检验：留出路径的预报与模拟",
    title_en="The emulator of lever settings tested: paths left out, foretold and run",
    alt_zh="每项结果一幅散点图：横轴为模型实际运行的结果，纵轴为该路径被留出时仿真器的预报，灰线为两者相等。",
    alt_en="A scatter for each outcome: along, what the model gave; up, what the emulator foretold of the path when it "
    "was left out; a grey line where both are equal.",
    draw=draw,
)
