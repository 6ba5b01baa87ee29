"""The plan's ten clusters: revenue, and how many have reached their size class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import rows_where
from model.compiled import RULE
from model.firms.table import fourth_quarter_share, revenue_a_year
from model.indicators.declare import defined_indicator, indicator, stock, yearly_flow

if TYPE_CHECKING:
    from model.economy import Economy

BILLION = 1e9
LARGE_SOFTWARE_REVENUE = 1e9
"""Yuan a year from which the plan counts a software firm as large."""
SOFTWARE = "software_services"
PLAN_CLUSTERS = (
    (SOFTWARE, "软件与新兴服务", "Software and new services"),
    ("automotive", "汽车", "Automotive"),
    ("high_end_equipment", "高端装备", "High-end equipment"),
    ("new_materials", "新材料", "New materials"),
    ("electronic_information", "电子信息", "Electronic information"),
    ("smart_appliances", "智能家电", "Smart appliances"),
    ("key_basic_parts", "关键基础件", "Key basic parts"),
    ("textile_apparel", "时尚纺织服装", "Fashion, textile and apparel"),
    ("biomedicine", "生物医药", "Biomedicine"),
    ("energy_environment", "节能环保", "Energy saving and environment"),
)
"""Id and names; size classes are data (`Cluster.target_revenue`)."""


def _revenues(economy: Economy) -> dict[str, float]:
    """Revenue of the focal district's firms by cluster, yuan in the quarter."""

    def read() -> dict[str, float]:
        f, named = economy.firms, [cluster.cluster_id for cluster in economy.base.clusters]
        revenue = _by_cluster(f.city, f.cluster, f.value_added, f.revenue_ratio, len(named))
        return dict(zip(named, revenue.tolist(), strict=True))

    return economy.record.once("revenue by cluster", read)


@nb.njit(**RULE)
def _by_cluster(city, cluster, value_added, revenue_ratio, n_clusters):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `_revenues`."""
    revenue = np.zeros(n_clusters)
    for i in range(city.size):
        if city[i] == 0:
            revenue[cluster[i]] += value_added[i] * revenue_ratio[i]
    return revenue


def _declare(cluster_id: str, name_zh: str, name_en: str) -> None:
    """Declare the revenue of one cluster: as a flow of the quarter, and as an indicator of four quarters."""
    column = f"cluster_revenue_{cluster_id}"

    @yearly_flow(column)
    def revenue(economy: Economy) -> float:
        return _revenues(economy).get(cluster_id, 0.0)

    @indicator(
        column,
        f"{name_zh}集群营业收入（模拟企业）",
        f"Revenue of the cluster's simulated firms: {name_en}",
        unit="bn yuan revenue",
        theme="industry",
    )
    def yearly_revenue(economy: Economy) -> float:
        return economy.record.year(column) / BILLION


for _cluster in PLAN_CLUSTERS:
    _declare(*_cluster)


def _n_that_reach(economy: Economy, size_class: float) -> float:
    """Clusters of a size class of the plan (yuan a year) whose revenue of four quarters reaches it."""
    named = [c.cluster_id for c in economy.base.clusters if c.target_revenue == size_class]
    return float(sum(economy.record.year(f"cluster_revenue_{name}") >= size_class for name in named))


@indicator(
    "clusters_50bn",
    "达到五百亿级的产业集群数（汽车、高端装备、新材料、电子信息、智能家电）",
    "Clusters that reach 50 bn yuan, of the five named",
    unit="clusters",
    theme="industry",
)
def clusters_50bn(economy: Economy) -> float:
    """Of the five clusters that the plan wants at 50 bn yuan."""
    return _n_that_reach(economy, 50.0 * BILLION)


@indicator(
    "clusters_10bn",
    "达到百亿级的产业集群数（关键基础件、时尚纺织服装、生物医药、节能环保）",
    "Clusters that reach 10 bn yuan, of the four named",
    unit="clusters",
    theme="industry",
)
def clusters_10bn(economy: Economy) -> float:
    """Of the four clusters that the plan wants at 10 bn yuan."""
    return _n_that_reach(economy, 10.0 * BILLION)


def _large_software(economy: Economy) -> NDArray[np.int64]:
    """(n,) rows of software firms above the line, at the pace of the quarter."""

    def read() -> NDArray[np.int64]:
        f, named = economy.firms, [cluster.cluster_id for cluster in economy.base.clusters]
        if SOFTWARE not in named:
            return np.empty(0, np.int64)
        columns = f.city, f.cluster, f.value_added, f.revenue_ratio, f.weight
        return np.asarray(_above_the_line(*columns, named.index(SOFTWARE)))

    return economy.record.once("large software firms", read)


@nb.njit(**RULE)
def _above_the_line(city, cluster, value_added, revenue_ratio, weight, software):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `_large_software`."""
    large = np.empty(city.size, np.bool_)
    for i in range(city.size):
        revenue = revenue_a_year(value_added[i], revenue_ratio[i], weight[i])
        large[i] = (city[i] == 0) & (cluster[i] == software) & (revenue > LARGE_SOFTWARE_REVENUE)
    return rows_where(large)


@nb.njit(**RULE)
def _were_large(rows, revenue, weight, pace):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """How many of these firms were above the line at the pace at which 2020 ended; those that came since were not.

    ``revenue`` and ``weight`` are those of 2020, a year.
    """
    were = 0
    for row in rows:
        if row < revenue.size:
            were += pace * revenue[row] / max(weight[row], 1) > LARGE_SOFTWARE_REVENUE
    return were


@stock("large_software_firms_since_2020")
def large_software_firms_since_2020(economy: Economy) -> float:
    """Those above the line now that were not in 2020."""
    rows, firms = _large_software(economy), economy.base.firms
    pace = 4.0 * fourth_quarter_share(economy.outside.gdp_growth_2020)
    return float(len(rows) - _were_large(rows, firms.revenue, firms.weight, pace))


@stock("large_software_firms")
def large_software_firms(economy: Economy) -> float:
    """All above the line."""
    return float(len(_large_software(economy)))


defined_indicator(
    "software_firms_1bn",
    "营业收入超10亿元的软件企业",
    "Software firms with revenue above 1 bn yuan",
    unit="firms",
    theme="firms",
)
