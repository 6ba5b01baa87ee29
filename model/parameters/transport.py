"""Transport: what a railway does between two cities."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import TruncNormal


@dataclass(frozen=True)
class TransportParameters:
    """Transport: what a railway does between two cities. The studies are of new links; a link here halves a time."""

    hsr_vc_events: float = parameter(
        0.12,
        "Rise of venture deals between two cities when a railway halves the time.",
        symbol="v",
        unit="share",
        prior=TruncNormal(0.12, 0.05, 0.0, 0.35),
        status="borrowed",
        source="tdxb 2024: +11.63 % after a high-speed link; applied to a time cut of one half, scaled",
    )

    hsr_vc_one_hour: float = parameter(
        0.3,
        "The same rise where the pair comes within an hour of a venture centre.",
        symbol="v_{1}",
        unit="share",
        prior=TruncNormal(0.3, 0.1, 0.0, 0.6),
        status="borrowed",
        source="tdxb 2024: +32.50 % in the one-hour circle of venture centres; one study, shrunk a little",
    )

    hsr_vc_outflow_ratio: float = parameter(
        1.6,
        "Log rise of venture money towards the larger centre over that away from it.",
        symbol="r_{V}",
        unit="ratio",
        prior=TruncNormal(1.6, 0.4, 0.7, 3.0),
        status="borrowed",
        source="Duan et al. 2021: one more train, +1.6 % of outflow and +1.0 % of inflow; spread by own judgement",
    )

    hsr_pair_investment: float = parameter(
        0.4,
        "Rise of firms that move between two cities when a railway halves the time.",
        symbol="v_{M}",
        unit="share",
        prior=TruncNormal(0.4, 0.12, 0.0, 0.8),
        status="borrowed",
        source=(
            "CUHK seminar (all registrations): cross-city equity investment +45 % after a direct link; read here as "
            "firms that move their seat, scaled to a time cut of one half"
        ),
    )
