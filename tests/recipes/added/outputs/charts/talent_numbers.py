"""Talents at the end of each year by scenario: a chart made up to show where one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.policy import BASE_YEAR
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.summary import yearly

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from outputs.store import Study


def draw(study: Study, language: str) -> Figure:
    """Draw one line per scenario: the mean over members."""
    figure = style.new_figure(8.0)
    style.head_and_source(figure, CHART.title(language), study, language)
    ax = figure.subplots()
    for scenario, values in yearly(study, "talent_total", "residents").items():
        means = values.mean(axis=0)
        years = [BASE_YEAR + year for year in range(len(means))]
        ax.plot(years, means, label=study.definition.scenario(scenario).label(language))
        ax.set_xticks(years)
    ax.legend()
    return figure


CHART = Chart(
    chart_id="talent_numbers",
    title_zh="人才总数",
    title_en="Number of talents",
    alt_zh="每个情景一条线：各年末人才总数。",
    alt_en="One line per scenario: number of talents at the end of each year.",
    draw=draw,
)
