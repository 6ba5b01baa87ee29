"""Every fact of the evidence beside what the model says of it, before and after fitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.charts.rows import rows_of
from outputs.language import unit_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 1.25
_BAND = 1.645
_WORDS = {
    "axis": (
        "与公布值之差，以标准误计；浅色带：公布值的 90% 区间；灰线：先验，深线：后验，5%–95%（含偶然性）",
        "Distance from what was published, in standard errors. Band: 90 % of it; grey: prior, dark: posterior, 5–95 %",
    ),
    "compared": ("仅对照，未拟合", "compared, not fitted"),
    "observed": ("公布 {value}", "published {value}"),
    "later": ("{month} 公布", "in {month}"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a pair of lines per fact that the model says something of."""
    rows = table[table["role"] != "not_comparable"].to_dict("records")
    placed = rows_of([_label(row, language) for row in rows], ROW_CM, 50)
    figure = style.table_figure(CHART, study, language, [_word("axis", language)], placed.height_cm + 3.5)
    ax = figure.subplots()
    ax.axvspan(-_BAND, _BAND, color=style.FILL, linewidth=0)
    ax.axvline(0.0, color=style.GOAL, linewidth=1.0)
    for y, row in zip(placed.at, rows, strict=True):
        for part, at, colour, marker in (
            ("prior", y - 0.16, style.MUTED, "o"),
            ("posterior", y + 0.16, style.LINE, "D"),
        ):
            low, middle, high = (
                (row[f"{part}_p{cut}"] - row["observed"]) / row["standard_error"] for cut in ("05", "50", "95")
            )
            ax.plot([low, high], [at, at], color=colour, linewidth=1.6, solid_capstyle="butt")
            ax.plot(middle, at, marker=marker, markersize=4.5, color=colour)
    placed.label(ax)
    ax.spines["left"].set_visible(False)
    return figure


def _label(row: Mapping[Hashable, Any], language: str) -> str:
    unit = unit_of(str(row["unit"]), language)
    value = f"{float(str(row['observed'])) * unit.factor:,.4g} {unit.name}"
    words = [_word("observed", language).format(value=value)]
    words += [_word("later", language).format(month=row["published"])] if row["published_after_2021"] else []
    words += [_word("compared", language)] if row["role"] == "compared" else []
    below = ("；" if language == "zh" else "; ").join(words)
    return f"{row[f'name_{language}']}\n{below}"


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="calibration_fit",
    table="fit",
    title_zh="拟合：每项事实与模型",
    title_en="Fit: every fact and the model",
    alt_zh="每行一项公布事实：模型先验与后验的中位数及 5%–95% 区间与公布值之差，以标准误计。",
    alt_en="One row per published fact: median and 5 to 95 % band of the model under prior and posterior, as distance "
    "from what was published in its standard errors.",
    draw=draw,
)
