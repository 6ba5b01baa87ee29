"""What `list` shows of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outputs.charts.chart import Words


def list_charts() -> list[dict[str, str]]:
    """Id and titles of every chart, and what it is drawn of."""
    from outputs.charts import gallery

    drawn: list[tuple[Words, str]] = [(chart, "any study") for chart in gallery.all_charts()]
    drawn += [(chart, "a table that a verb adds to a study") for chart in gallery.table_charts().values()]
    return [
        {"chart": chart.chart_id, "title_zh": chart.title_zh, "title_en": chart.title_en, "of": what}
        for chart, what in sorted(drawn, key=lambda pair: pair[0].chart_id)
    ]


LISTS = {"charts": list_charts}
