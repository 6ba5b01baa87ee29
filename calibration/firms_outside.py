"""Firms of the other cities: weighted agents, only those that matter for landings, moves, capital and R&D."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calibration.firm_groups import FirmGroup, cluster_points
from calibration.spreading import agent_weights, by_share, pareto_between, pareto_total
from calibration.tables import City, Tables
from model.streams import born_ids

CERTIFIED = "certified_outside"


def outside_firms(
    tables: Tables, drawn: Mapping[str, float], city_index: int, site_index: int, scale: int
) -> list[FirmGroup]:
    """Build the firm agents of one other city.

    Parameters
    ----------
    city_index : of the city in ``tables.cities``; its one site is ``site_index`` of the base.
    scale : firms per agent; one agent a class carries the remainder.

    Returns
    -------
    Certified firms, technology SMEs and start-ups; revenue of certified firms meets the drawn total.
    """
    city = tables.cities[city_index]
    counts = {
        CERTIFIED: round(city.values["certified_firms", city.sites[0]]),
        "tech_sme": round(drawn[f"{city.name}.tech_smes"]),
        "start_up": round(drawn[f"{city.name}.start_ups"]),
    }
    return [
        _group(tables, drawn, city, (city_index, site_index), name, agent_weights(n, scale))
        for name, n in counts.items()
    ]


def _group(
    tables: Tables,
    drawn: Mapping[str, float],
    city: City,
    place: tuple[int, int],
    firm_class: str,
    weight: np.ndarray[tuple[int], np.dtype[np.int32]],
) -> FirmGroup:
    n, tail = len(weight), drawn["firm_size_tail_exponent"]
    firm_id = born_ids(f"base-{city.name}-{firm_class}", 0, 0, np.arange(n))
    low, high = (tables.firm_classes[firm_class, name] for name in ("revenue_low", "revenue_high"))
    if firm_class == CERTIFIED:
        total = drawn[f"{city.name}.certified_revenue"]
        each = pareto_total(total, low, tail, weight.astype(np.float64), f"{city.name} certified firms")
    else:
        each = pareto_between(low, high, tail, weight.astype(np.float64))
    cluster = by_share(cluster_points(n), city.mixes[city.sites[0], firm_class])
    industry = np.array([item.industry for item in tables.clusters])[cluster]
    certified = np.full(n, firm_class == CERTIFIED)
    return FirmGroup(
        city=place[0],
        site=place[1],
        firm_class=firm_class,
        firm_id=firm_id,
        cluster=cluster,
        weight=weight,
        revenue=each * weight,
        value_added=each * weight * tables.firm_classes[firm_class, "va_rate"],
        certified=certified,
        above_scale=certified & industry & (each >= tables.firm_classes["above_scale", "revenue_low"]),
    )
