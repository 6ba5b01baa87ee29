"""The actors of the reference: one object for each talent, firm, fund, bank, carrier and city government."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from tests.reference.region import Region

LEADING, SENIOR, PROFESSIONAL, GRADUATE, SKILLED = TIERS = range(5)
MICRO, TECH_SME, HIGH_TECH, ABOVE_SCALE, CHAMPION = range(5)
BACKGROUND, PUBLIC, SELF_EMPLOYED = range(3)
NO_JOB = -1
NEVER = -1


class Talent(mesa.Agent):
    """One talent agent, who stands for ``weight`` persons."""

    def __init__(
        self,
        region: Region,
        talent_id: int,
        *,
        city: int,
        home: int,
        tier: int,
        born: int,
        employer: int,
        weight: int,
        arrived: int,
    ) -> None:
        """Enter the region."""
        super().__init__(region)
        self.talent_id, self.city, self.home, self.tier, self.born = talent_id, city, home, tier, born
        self.employer, self.weight, self.arrived = employer, weight, arrived


class Firm(mesa.Agent):
    """One firm agent; ``weight`` firms outside the focal district. Flows are yuan in the quarter."""

    def __init__(self, region: Region, firm_id: int, *, city: int, site: int, cluster: int, weight: int) -> None:
        """Enter the region, without anything yet."""
        super().__init__(region)
        self.firm_id, self.city, self.site, self.cluster, self.weight = firm_id, city, site, cluster, weight
        kind = region.base.clusters[cluster]
        self.industry, self.catalogue = kind.industry, kind.industry and kind.catalogue
        self.group = group_of(self)
        self.born = 0
        self.demand = self.value_added = self.revenue_ratio = 0.0
        self.rd_intensity = self.rd_intensity_opening = self.rd_reference = self.rd_reference_opening = 0.0
        self.rd_real_share = self.rd_reference_real_share = 1.0
        self.knowledge = self.knowledge_reference = self.patents = 0.0
        self.tax_rate = 0.0
        self.tech_sme = self.above_scale = self.champion = self.constrained = False
        self.certified_until = NEVER
        self.cash = self.debt = 0.0
        self.boost_left = 0
        self.finance_opening = self.financed = self.pledged = self.by_pool = False
        self.enclave_rd = self.displaced_rd = self.voucher_rd = self.bought_knowledge = 0.0
        self.research: dict[int, float] = {}
        """Real R&D by quarter; that of 2020 under 0, nothing for those born later."""
        self.reference_research: dict[int, float] = {}
        self.boost_expected = self.closing_hazard = self.incubated = 0.0
        self.class_before = MICRO
        self.large_in_2020 = False
        """Whether it sold more than a billion yuan a year when 2020 ended."""

    @property
    def age(self) -> int:
        """Quarters since birth."""
        return int(self.model.quarter) - self.born

    @property
    def rd(self) -> float:
        """Reported intramural R&D."""
        return self.rd_intensity * self.value_added

    @property
    def yearly_revenue(self) -> float:
        """Revenue a year of one firm, at the pace of this quarter."""
        return 4.0 * self.value_added * self.revenue_ratio / self.weight

    @property
    def certified(self) -> bool:
        """Whether its high-tech certificate is valid."""
        return self.certified_until >= int(self.model.quarter)

    @property
    def small_technology(self) -> bool:
        """A technology SME below the above-scale threshold."""
        return self.tech_sme and not self.above_scale

    @property
    def rung(self) -> int:
        """The highest rung of the ladder on which it stands."""
        if self.champion:
            return CHAMPION
        if self.above_scale:
            return ABOVE_SCALE
        if self.certified:
            return HIGH_TECH
        if self.tech_sme:
            return TECH_SME
        return MICRO


def group_of(firm: Firm) -> tuple[int, int]:
    """Site and kind of industry (0 services, 1 other, 2 catalogue), within which demand is shared."""
    if not firm.industry:
        return firm.site, 0
    if firm.catalogue:
        return firm.site, 2
    return firm.site, 1


@dataclass
class Holding:
    """Money that a fund put into a firm, at cost."""

    holding_id: int
    firm: Firm
    amount: float


class Fund(mesa.Agent):
    """The venture funds of one city."""

    def __init__(self, region: Region, city: int, uncalled: float) -> None:
        """Open with the uncalled capital of 2020."""
        super().__init__(region)
        self.city, self.uncalled = city, uncalled
        self.raised = self.invested = 0.0
        self.holdings: list[Holding] = []

    def holds(self) -> list[Firm]:
        """List the living firms in which it still holds shares, each once."""
        return list(dict.fromkeys(holding.firm for holding in self.holdings))


class Bank(mesa.Agent):
    """Technology lending of one city's banks."""

    def __init__(self, region: Region, city: int) -> None:
        """Open without loans."""
        super().__init__(region)
        self.city = city
        self.loans = self.opening_loans = self.own_losses = self.pool_losses = 0.0

    def write_off(self, amount: float, pool_share: float) -> None:
        """Lose a loan, of which the risk pool bears its share."""
        self.loans -= amount
        self.pool_losses += pool_share * amount
        self.own_losses += (1.0 - pool_share) * amount


class Carrier(mesa.Agent):
    """Places for young firms or teams."""

    def __init__(self, region: Region, places: float, turnover: float) -> None:
        """Open full."""
        super().__init__(region)
        self.turnover, self.tenants, self.graduated = turnover, places, 0.0
        self.admissions = [places * turnover / 4.0]

    def fill(self, places: float) -> None:
        """Let some graduate, and admit as many as there is room for."""
        self.graduated = self.tenants * self.turnover / 4.0
        staying = self.tenants - self.graduated
        admitted = 0.0
        if places > staying:
            admitted = places - staying
        self.admissions.append(admitted)
        self.tenants = staying + admitted

    def admitted(self, quarters_ago: int = 0) -> float:
        """Tenants who came so many quarters ago, those of 2020 for a time before 2021."""
        at = len(self.admissions) - 1 - quarters_ago
        if at < 0:
            return self.admissions[0]
        return self.admissions[at]


class Enclave(mesa.Agent):
    """R&D teams and staffed seats in Shanghai beyond those of 2020."""

    def __init__(self, region: Region) -> None:
        """Open as in 2020."""
        super().__init__(region)
        self.added_units = self.seats_filled = 0.0


class Institutes(mesa.Agent):
    """Research institutes beyond those of 2020, by the quarter in which they opened."""

    def __init__(self, region: Region) -> None:
        """Open with none."""
        super().__init__(region)
        self.added = 0.0
        self.opened: dict[int, float] = {}

    def fill(self, added: float) -> None:
        """Open new ones; where there are fewer than a quarter ago, a part of each year's openings closes."""
        before, self.added = self.added, added
        if added * before < 0.0:
            self.opened, before = {}, 0.0
        if abs(added) < abs(before):
            self.opened = {quarter: number * added / before for quarter, number in self.opened.items()}
        elif added != before:
            self.opened[int(self.model.quarter)] = added - before


class Rival(mesa.Agent):
    """The government of another city."""

    def __init__(self, region: Region, city: int) -> None:
        """Open without an answer."""
        super().__init__(region)
        self.city, self.answered = city, 0.0


class Government(mesa.Agent):
    """The district's government, which pays for the levers."""

    def __init__(self, region: Region, yearly_budget: float) -> None:
        """Open with the budget of 2020."""
        super().__init__(region)
        self.quarterly_budget = yearly_budget / 4.0
        self.ration, self.shortfall, self.spent = 1.0, 0.0, 0.0
        self.received: dict[str, float] = {}
        self.reached: list[float] = []
        """Of each lever, the highest intensity so far."""
