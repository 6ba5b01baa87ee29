"""The region of the reference: its state, and the quarter as eleven calls over objects."""

from __future__ import annotations

from collections import defaultdict

import mesa

from model.base import Base, OutsideWorld
from model.parameters import Parameters
from model.policy import Policy, PolicyPath
from tests.reference import (
    accounts,
    arrivals,
    capital,
    demography,
    indicators,
    labour,
    ladder,
    luck,
    outside,
    plans,
    policy,
    production,
)
from tests.reference.agents import Bank, Carrier, Enclave, Firm, Fund, Government, Institutes, Rival, Talent
from tests.reference.arrivals import Events
from tests.reference.books import Books
from tests.reference.candidates import Candidate
from tests.reference.opening import open_region

Matrix = list[list[float]]
ByGroup = defaultdict[tuple[int, int], float]
"""By site and kind of industry."""


class Region(mesa.Model):
    """Three cities with one Mesa agent for each talent and each firm.

    Arguments as of `model.economy.Economy`, whose state it must have after every call.
    """

    quarter: int
    books: Books
    # Opened by `opening`, moved by the call named.
    policy: Policy
    government: Government
    enclave: Enclave
    institutes: Institutes
    carriers: dict[str, Carrier]
    carriers_2020: dict[str, Carrier]
    head_offices: float
    unit_costs: list[float]
    # outside
    growth: list[float]
    growth_index: list[float]
    background: list[float]
    nonbusiness_rd: list[float]
    wage: Matrix
    rent: list[float]
    travel: Matrix
    log_wage: Matrix
    log_rent: list[float]
    log_travel: Matrix
    # arrivals
    utilities: list[Matrix]
    events: Events
    newcomers: list[Candidate]
    graduates: list[Candidate]
    # plans
    output_opening: list[float]
    staff_wanted: Matrix
    rd_gained: ByGroup
    # capital
    deal_multiple: float
    planned_hours: Matrix
    screened: list[int]
    # labour
    opening_staff: list[list[int]]
    opening_stock: list[int]
    opening_seekers: Matrix
    job_finding: float
    search: list[float]
    job_loss: list[float]
    retirement: list[float]
    expected_growth: list[float]
    constants: Matrix
    graduate_constants: Matrix
    friction: Matrix
    employer_shares: Matrix
    seekers: Matrix
    tightness: Matrix
    staff: Matrix
    # production
    depreciation: list[float]
    public_patents: float
    public_research: dict[int, float]
    institute_rd_added: float
    reform_level: float
    rd_expected_reversion: ByGroup
    # ladder
    certified_decades: float
    champion_loss: float
    rd_expected_certified: ByGroup
    # demography
    small_firms_2020: list[int]
    value_expected_lost: ByGroup
    rd_expected_elsewhere: ByGroup
    closed: list[Firm]
    """Firms that closed or moved away in this quarter."""
    # accounts
    cost: list[dict[str, float]]
    """Of each lever by payer."""
    ration_used: float
    talent_stock: list[list[int]]
    talent_stock_2020: list[list[int]]
    firm_stock: dict[tuple[int, int], int]
    money: list[tuple[float, float, float]]
    patent_stock: list[float]
    # indicators
    flows: dict[str, list[float]]
    values: list[dict[tuple[str, str], float]]
    events_so_far: dict[str, float]
    stages: dict[str, tuple[float, float, float, float]]
    parts: defaultdict[tuple[str, str], list[float]]
    before: dict[str, float]
    trailing: tuple[float, float]

    def __init__(
        self, base: Base, parameters: Parameters, outside_world: OutsideWorld, path: PolicyPath, seed: int
    ) -> None:
        """Open the accounts of 2020 Q4."""
        super().__init__(rng=0)
        self.base, self.p, self.outside, self.path, self.luck_seed = base, parameters, outside_world, path, seed
        self.quarter = 0
        self.policy = self.neutral = Policy.neutral()
        self.n_cities, self.n_places = base.n_cities, len(base.places)
        self.elsewhere = self.n_places - 1
        self.k = base.n_employers_per_site
        self.site_city: list[int] = base.site_city.tolist()
        self.employer_city = [city for city in self.site_city for _ in range(self.k)]
        self.books = Books()
        open_region(self)

    def step(self) -> None:
        """One quarter."""
        self.quarter += 1
        self.books = Books()
        policy.levers_become_handles(self)
        outside.outside_world_moves(self)
        arrivals.talents_arrive_and_retire(self)
        plans.firms_plan(self)
        capital.funds_invest_and_banks_lend(self)
        labour.talents_search_and_are_hired(self)
        production.knowledge_becomes_value_added(self)
        ladder.firms_climb_and_fall(self)
        demography.firms_are_born_land_move_and_close(self)
        accounts.accounts_close(self)
        indicators.indicators_are_read(self)

    def close(self) -> None:
        """Let go of this model: Mesa's table of ids would keep it alive."""
        mesa.Agent._ids.pop(self, None)

    @property
    def talents(self) -> list[Talent]:
        """All talents who are in the three cities."""
        return list(self.agents_by_type[Talent])

    @property
    def firms(self) -> list[Firm]:
        """All firms that have not closed."""
        return list(self.agents_by_type[Firm])

    @property
    def funds(self) -> list[Fund]:
        """Venture funds, one a city."""
        return list(self.agents_by_type[Fund])

    @property
    def banks(self) -> list[Bank]:
        """Banks, one a city."""
        return list(self.agents_by_type[Bank])

    @property
    def rivals(self) -> list[Rival]:
        """Governments of the other cities."""
        return list(self.agents_by_type[Rival])

    def key(self, stream: str, *, lasting: bool = False) -> int:
        """Key of a stream in this quarter; a lasting one is that of quarter 0."""
        return luck.key(self.luck_seed, stream, 0 if lasting else self.quarter)

    def draw(self, stream: str, agent: int, *, lasting: bool = False) -> float:
        """One uniform number of a stream for one agent."""
        return luck.unit(self.key(stream, lasting=lasting), agent)
