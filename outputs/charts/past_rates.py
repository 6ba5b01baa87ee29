"""Rates of growth that were published before and about 2020, beside those of the model's first years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.45
_WORDS = {
    "axis": (
        "年均增速（%）：菱形为公布值，横线为模型同样年数的 5%–95%，点为中位数；并非样本外检验",
        "Growth, % a year. Diamonds: published; lines: model, as many years, 5–95 %; marks: median. No test",
    ),
    "published": ("公布值 {past}（模型 {years}）：{note}", "published {past} (model {years}): {note}"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a group of lines per published rate: the rate, then each scenario."""
    keys = ["indicator", "definition", "region", "past"]
    groups = [rows for _, rows in table.groupby(keys, sort=False, dropna=False)]
    heads = [_head(study, rows.iloc[0], language) for rows in groups]
    more = [style.more_rows(head, ROW_CM) for head in heads]
    height = ROW_CM * (sum(len(rows) + 2.6 for rows in groups) + sum(more)) + 3.0
    figure = style.table_figure(CHART, study, language, [_word("axis", language)], height)
    ax, y, labels = figure.subplots(), 0.0, []
    left = min(0.0, float(table[["observed", "p05"]].min().min()))
    for rows, head, extra in zip(groups, heads, more, strict=True):
        first = rows.iloc[0]
        ax.text(left, y + extra / 2, head, va="center", fontsize=style.NORMAL)
        y += 1 + extra
        labels.append((y, style.by_width(style.wrapped(_published(first, language), 46), "")))
        ax.plot(first["observed"], y, marker="D", markersize=5, color=style.GOAL, clip_on=False)
        y += 0.4
        for place, row in enumerate(rows.to_dict("records")):
            y += 1
            colour = style.COLOURS[(place + 1) % len(style.COLOURS)]
            ax.plot([row["p05"], row["p95"]], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt")
            ax.plot(row["p50"], y, marker=style.MARKERS[place % len(style.MARKERS)], markersize=4.5, color=colour)
            label = study.definition.scenario(row["scenario"]).label(language)
            labels.append((y, style.wrapped(label, style.by_width(46, 26))))
        y += 1.2
    ax.set_yticks([at for at, _ in labels], [label for _, label in labels])
    ax.set_ylim(y - 0.5, -0.9)
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    return figure


def _head(study: Study, row: pd.Series, language: str) -> str:
    """Name of the indicator; in one column, what was published of it too, which stands beside its mark on a page."""
    info = study.definition.info(row["indicator"], row["definition"])
    name = info.name_zh if language == "zh" else info.name_en
    return style.by_width(name, f"{style.wrapped(name, 36)}\n{style.wrapped(_published(row, language), 36)}")


def _published(row: pd.Series, language: str) -> str:
    note = row[f"note_{language}"]
    return _word("published", language).format(past=row["past"], years=row["model_years"], note=note)


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="past_rates",
    table="rates",
    title_zh="已公布的增速与模型头几年的增速",
    title_en="Published rates of growth and those of the model's first years",
    alt_zh="按指标分组：公布的年均增速（菱形）与各情景模型头几年增速的中位数及 5%–95% 区间。",
    alt_en="In groups by indicator: the published yearly growth as a diamond, and the median and 5 to 95 % band of the "
    "model's first years under each scenario.",
    draw=draw,
)
