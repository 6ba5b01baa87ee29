"""What `list` shows of this package."""

from __future__ import annotations


def list_charts() -> list[dict[str, str]]:
    """Id, Chinese title and English title of every chart."""
    from outputs.charts import gallery

    charts = gallery.all_charts()
    return [{"chart": chart.chart_id, "title_zh": chart.title_zh, "title_en": chart.title_en} for chart in charts]


LISTS = {"charts": list_charts}
