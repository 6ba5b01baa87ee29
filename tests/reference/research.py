"""R&D that the calls look back at: of firms by quarter, and outside firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.agents import Firm

if TYPE_CHECKING:
    from tests.reference.region import Region


def opening_research(firm: Firm) -> None:
    """R&D of 2020 stands for that of every quarter before."""
    firm.research[0] = firm.reference_research[0] = firm.rd


def earlier(history: dict[int, float], quarter: int) -> float:
    """R&D of a quarter: that of 2020 for all before 2021, nothing from before a firm's birth."""
    if quarter < 0:
        return history.get(0, 0.0)
    return history.get(quarter, 0.0)


def rd_nonbusiness(region: Region) -> float:
    """R&D of universities and public bodies of the district, and of the institutes of 2020 at the same pace."""
    base = region.base
    now = opening = institutes = 0.0
    for site, city in enumerate(region.site_city):
        if city == 0:
            now += region.nonbusiness_rd[site]
            opening += float(base.nonbusiness_rd[site])
            institutes += float(base.institute_rd[site])
    if opening == 0.0:
        return now
    return now + institutes * now / opening
