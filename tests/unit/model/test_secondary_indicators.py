"""Indicators of the plan's secondary targets, each against a small economy that can be counted by hand."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from model.base import LEADING, SENIOR, Cluster
from model.indicators import clusters, firms, industry, patents, research, talent
from model.indicators.declare import FLOWS, REGISTRY
from tests.unit.model.fakes import base_of

if TYPE_CHECKING:
    from model.economy import Economy

BILLION = 1e9


def cluster_of(name: str, target: float) -> Cluster:
    """Give a cluster of a size class of the plan."""
    industry = name != "software_services"
    return Cluster(name, name, name, industry, catalogue=True, knowledge_depreciation="", target_revenue=target)


CLUSTERS = (cluster_of("software_services", 100e9), cluster_of("automotive", 50e9), cluster_of("biomedicine", 10e9))


def economy_of(**state: object) -> "Economy":
    """Give an economy that holds only what an indicator reads."""
    return cast("Economy", SimpleNamespace(**state))


def record_of(**state: object) -> SimpleNamespace:
    """Give a record of that state in which every quarter is a new one."""
    return SimpleNamespace(once=lambda _name, read: read(), **state)


def defined(indicator: str, economy: "Economy") -> list[float]:
    """Read an indicator under each of its definitions."""
    return [reading(economy) for info, reading in REGISTRY if info.indicator == indicator]


def with_firms(revenue: list[float], opening: list[float]) -> "Economy":
    """Give firms of three clusters and of Shanghai by revenue a quarter; those of 2020 come first."""
    n = len(revenue)
    weight = np.ones(n, np.int32)
    table = SimpleNamespace(
        n=n,
        city=np.array([0, 0, 0, 1, 0], np.int8)[:n],
        cluster=np.array([0, 0, 1, 0, 0], np.int8)[:n],
        value_added=np.array(revenue) / 4.0,
        revenue_ratio=np.full(n, 4.0),
        weight=weight,
    )
    known = SimpleNamespace(revenue=np.array(opening), weight=weight[: len(opening)])
    return economy_of(
        firms=table,
        base=base_of(clusters=CLUSTERS, firms=known),
        outside=SimpleNamespace(gdp_growth_2020=0.0),
        record=record_of(),
    )


def test_patents_are_counted_for_ten_thousand_residents() -> None:
    """8 000 patents of 1.6 million residents are 50 for each 10 000; without 800 of public bodies they are 45."""
    economy = economy_of(
        record=record_of(patent_stock=np.array([8000.0, 3.0])),
        public_patents=800.0,
        quarter=0,
        base=base_of(residents=np.array([1.6e6, 2.5e7]), residents_growth=0.02),
    )
    assert patents.valid_patents(economy) == 8000.0
    assert defined("patents_per_10k", economy) == pytest.approx([50.0, 45.0], rel=1e-12)
    economy.quarter = 4
    assert defined("patents_per_10k", economy)[0] == pytest.approx(50.0 * np.exp(-0.02), rel=1e-12)


def test_the_revenue_of_a_cluster_is_that_of_the_districts_firms_in_it() -> None:
    """Two software firms at home count, the one of Shanghai does not, and a cluster without firms sells nothing."""
    economy = with_firms([0.2 * BILLION, 0.3 * BILLION, 0.7 * BILLION, 9.0 * BILLION], [1.0])
    flow = {name: FLOWS[f"cluster_revenue_{name}"][0](economy) for name in ("software_services", "automotive")}
    assert flow == pytest.approx({"software_services": 0.5 * BILLION, "automotive": 0.7 * BILLION}, rel=1e-12)
    assert FLOWS["cluster_revenue_biomedicine"][0](economy) == 0.0
    assert FLOWS["cluster_revenue_new_materials"][0](economy) == 0.0


def test_every_cluster_of_the_plan_reports_its_revenue_in_billions() -> None:
    """Ten clusters have an indicator, and 12 bn yuan in four quarters read 12."""
    readings = {info.indicator: reading for info, reading in REGISTRY if info.indicator.startswith("cluster_revenue_")}
    economy = economy_of(record=SimpleNamespace(year=lambda _name: 12.0 * BILLION))
    assert [reading(economy) for reading in readings.values()] == [12.0] * 10


def test_clusters_that_reach_their_size_class_are_counted() -> None:
    """Of the clusters of 50 bn and 10 bn only one at or above its line counts, and none of another class."""
    year = {"cluster_revenue_automotive": 50.0 * BILLION, "cluster_revenue_biomedicine": 9.99 * BILLION}
    record = SimpleNamespace(year=year.__getitem__)
    economy = economy_of(base=base_of(clusters=CLUSTERS), record=record)
    assert (clusters.clusters_50bn(economy), clusters.clusters_10bn(economy)) == (1.0, 0.0)


def test_software_firms_count_when_they_were_not_large_in_2020() -> None:
    """Of three software firms above 1 bn yuan one was so in 2020; one grew and one was born since."""
    revenue = [0.3 * BILLION, 0.4 * BILLION, 5.0 * BILLION, 5.0 * BILLION, 0.26 * BILLION]
    economy = with_firms(revenue, [1.1 * BILLION, 0.9 * BILLION, 5.0 * BILLION, 9.0 * BILLION])
    assert defined("software_firms_1bn", economy) == [2.0, 3.0]


def test_leading_talents_are_those_of_the_leading_tier_alone() -> None:
    """Of 90 leading talents, 80 of whom were there in 2020, the gain is ten; seniors and Shanghai do not count."""
    stock = np.zeros((2, 5), np.int64)
    stock[0, LEADING], stock[0, SENIOR], stock[1, LEADING] = 90, 5000, 700
    opening = np.zeros_like(stock)
    opening[0, LEADING], opening[0, SENIOR], opening[1, LEADING] = 80, 4000, 600
    economy = economy_of(record=record_of(talent_stock=stock, talent_stock_2020=opening))
    assert defined("leading_talent", economy) == [90.0, 10.0]


def test_counts_since_2021_are_read_off_the_events() -> None:
    """Post-docs and firms of the park are the events posted since the end of 2020."""
    events = {"postdocs_arrived": 7.0, "park_firms_attracted": 3.0}
    economy = economy_of(record=SimpleNamespace(events=events))
    assert (talent.postdoc_new(economy), firms.microelectronics_firms(economy)) == (7.0, 3.0)


def district() -> "Economy":
    """Give firms of both sites, above and below scale, in the catalogue, certified or elsewhere, and a closed one."""
    table = SimpleNamespace(
        city=np.array([0, 0, 0, 0, 0, 1, -1], np.int8),
        site=np.array([0, 0, 1, 0, 1, 2, 0], np.int8),
        kind=np.array([1.0, 0.0, 0.0, -1.0, 1.0, 1.0, 1.0]),
        tech_sme=np.array([False, True, False, True, True, True, True]),
        above_scale=np.array([True, True, True, False, False, True, True]),
        certified_until=np.array([-1, 5, 4, 9, 5, 9, 9], np.int16),
        rd_intensity=np.array([0.5, 0.0, 0.25, 0.5, 0.125, 1.0, 0.0]),
        value_added=np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 0.0]),
    )
    return economy_of(firms=table, quarter=5, record=record_of())


def test_firms_are_counted_by_rung_by_hand() -> None:
    """Certificates that ended, firms elsewhere and closed ones do not count; R&D is asked of above-scale industry."""
    economy = district()
    assert firms.firms_by_rung(economy) == (3, 1, 2, 2, 1)
    assert firms.high_tech_enterprises(economy) == 3.0
    assert research.rd_performing_share(economy) == 50.0


def test_above_scale_output_by_hand() -> None:
    """Above-scale industry makes 1 + 2 + 4, of which 3 at the own level: 1 by the catalogue and 2 by a certificate."""
    economy = district()
    assert (industry.above_scale_district(economy), industry.above_scale_own_level(economy)) == (7.0, 3.0)
    assert (industry.hightech_district(economy), industry.hightech_own_level(economy)) == (3.0, 3.0)
    assert (industry.catalogue_own_level(economy), industry.certified_own_level(economy)) == (1.0, 2.0)


def test_research_at_home_by_hand() -> None:
    """Firms of the district spend 0.5 + 1 + 4 + 2, of which 3 in the zone."""
    economy = district()
    assert (research.rd_home(economy), research.rd_zone_firms(economy)) == (7.5, 3.0)


def test_a_champion_of_another_city_or_a_closed_one_does_not_count() -> None:
    """Of four firms with the title one is in Shanghai and one has closed."""
    table = SimpleNamespace(
        city=np.array([0, 0, 1, -1, 0], np.int8), champion=np.array([True, True, True, True, False])
    )
    assert firms.champion_firms(economy_of(firms=table)) == 2.0
