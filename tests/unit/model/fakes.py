"""Small stand-ins for the base year, for levers and for the model that owns an actor."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import mesa
import numpy as np

from model.base import BOUNDARIES, N_OTHER_EMPLOYERS, N_TIERS, Cluster
from model.policy import Cost, Lever, Policy, PolicyPath, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from model.base import Base
    from model.economy import Economy

CITIES = ("yinzhou", "shanghai", "hangzhou")
CLUSTERS = tuple(
    Cluster(name, name, name, industry, catalogue, "knowledge_depr", 0.0)
    for name, industry, catalogue in (
        ("software", False, False),
        ("machinery", True, True),
        ("other_industry", True, False),
    )
)


def base_of(**columns: object) -> Base:
    """Give a base year of three cities that holds only what a rule reads."""
    defaults: dict[str, object] = {
        "scale": 10,
        "cities": CITIES,
        "places": CITIES + BOUNDARIES,
        "n_cities": len(CITIES),
        "sites": ("own_level", "high_tech_zone", "shanghai", "hangzhou"),
        "site_city": np.array([0, 0, 1, 2], np.int8),
        "clusters": CLUSTERS,
        "n_employers_per_site": len(CLUSTERS) + N_OTHER_EMPLOYERS,
        "wage": np.full((len(CITIES), N_TIERS), 200_000.0),
        "arrivals_elsewhere": np.zeros((len(CITIES), N_TIERS)),
        "arrivals_rest_share": 0.0,
        "graduates": np.zeros((len(CITIES), len(CITIES) + len(BOUNDARIES))),
        "qualified": np.zeros((len(CITIES), N_TIERS)),
    }
    return cast("Base", SimpleNamespace(**(defaults | columns)))


def owner() -> Economy:
    """Give an empty model that may own actors."""
    return cast("Economy", mesa.Model(rng=0))


def cost_of_100(basis: str = "intensity", **changes: Any) -> Cost:
    """Give a cost of 100 yuan a unit, between 50 and 200, that the district pays."""
    settings: dict[str, Any] = {"unit_cost": 100.0, "low": 50.0, "high": 200.0, "recipient": "firms"}
    return Cost(basis=basis, **(settings | {"paid_by": {"district": 1.0}} | changes))


def turn_institutes(policy: Policy, intensity: float) -> Policy:
    """Set the number of institutes."""
    return replace(policy, institutes=intensity)


def lever_of(
    lever_id: str = "institutes",
    baseline: float = 3.0,
    lag_quarters: int = 0,
    apply: Callable[[Policy, float], Policy] = turn_institutes,
    cost: Cost | None = None,
) -> Lever:
    """Give a lever whose labels do not matter."""
    return Lever(
        lever_id=lever_id,
        family="institutes_and_carriers",
        name_zh="杠杆",
        name_en="Lever",
        plan_section="",
        unit="units",
        unit_zh="个",
        baseline=baseline,
        plan=baseline + 5.0,
        strong=baseline + 9.0,
        bounds=(0.0, 99.0),
        lag_quarters=lag_quarters,
        cost=cost or cost_of_100(),
        evidence="",
        source="",
        status="assumed",
        apply=apply,
    )


def path_of(levers: Sequence[Lever], intensity: Sequence[Sequence[float]]) -> PolicyPath:
    """Give a scenario of these levers, one row of intensities each."""
    return PolicyPath("test", "测试", "Test", tuple(levers), np.array(intensity, float))
