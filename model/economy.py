"""The economy: its state, and the quarter as a table of contents."""

from __future__ import annotations

import mesa
import numpy as np
from numpy.typing import NDArray

from model import quarter as the_quarter
from model.accounts import Books, held_by_city, size_class
from model.base import Base, OutsideWorld
from model.capital.funds import HoldingTable, VentureFund
from model.capital.lending import TechnologyBank
from model.carriers import Enclave, Institutes, open_carriers
from model.firms.patents import opening_patents
from model.firms.research import knowledge_kept, knowledge_opening
from model.firms.table import MAX_LAG_QUARTERS, N_KINDS, FirmTable, Move, fourth_quarter_share
from model.government import Government, Prices, draw_unit_costs
from model.indicators.record import Record
from model.indicators.research import rd_nonbusiness
from model.parameters import Parameters
from model.policy import PAYERS, Policy, PolicyPath
from model.rivals import RivalCity
from model.streams import IdArray, key, key_of_quarter, uniform
from model.talent.events import Notes
from model.talent.labour import open_labour, output_by_employer
from model.talent.location import Conditions
from model.talent.table import TalentTable

FloatArray = NDArray[np.float64]


class Economy(mesa.Model):
    """Three cities, their talents, firms and capital, quarter by quarter.

    Parameters
    ----------
    base : the balanced year 2020.
    parameters : behaviour of this member.
    outside : growth, wages, travel times and tax law of every quarter.
    path : the scenario.
    seed : key of individual luck; two scenarios with the same seed share their luck.
    check_agents : also check the accounts of every agent each quarter, not only the sums.
    """

    def __init__(
        self,
        base: Base,
        parameters: Parameters,
        outside: OutsideWorld,
        path: PolicyPath,
        seed: int,
        *,
        check_agents: bool = False,
    ) -> None:
        """Open the accounts of 2020 Q4. Draws never come from Mesa's generator, only from keyed streams."""
        super().__init__(rng=0)
        self.base, self.p, self.outside, self.path = base, parameters, outside, path
        self.seed, self.check_agents, self.quarter = seed, check_agents, 0
        self.policy = self.neutral = Policy.neutral()
        self.firms = FirmTable.opening(base, outside, parameters.hnte_cit_rate)
        self.talents, self.notes = TalentTable.opening(base), Notes()
        self.holdings = HoldingTable(**{name: np.empty(0, dtype) for name, dtype in HoldingTable.COLUMNS.items()})
        self.books = Books(base.n_cities, len(base.places))
        self._open_production()
        self._open_actors()
        self.labour = open_labour(base, parameters)
        self.wage, self.rent = base.wage.copy(), base.rent.copy()
        the_quarter.policy.open_handles(self)
        the_quarter.outside.open_journeys(self)
        places = len(base.places)
        self.conditions = Conditions(
            np.zeros((places, base.wage.shape[1])), np.zeros(places), np.zeros((places, places))
        )
        self.staff = self.labour.staff.copy()
        self.staff_wanted = self.labour.staff.copy()
        self.seekers, self.tightness = self.labour.seekers.copy(), self.labour.tightness.copy()
        the_quarter.capital.open_lending(self)
        the_quarter.ladder.open_ladder(self)
        the_quarter.demography.open_demography(self)
        self.cost, self.ration_used = np.zeros((len(path.levers), len(PAYERS))), 1.0
        self.record = Record()
        self.record.open(self)

    def step(self) -> None:
        """One quarter."""
        self.quarter += 1
        self.books.open_quarter()
        the_quarter.policy.levers_become_handles(self)
        the_quarter.outside.outside_world_moves(self)
        the_quarter.arrivals.talents_arrive_and_retire(self)
        the_quarter.plans.firms_plan(self)
        the_quarter.capital.funds_invest_and_banks_lend(self)
        the_quarter.labour.talents_search_and_are_hired(self)
        the_quarter.production.knowledge_becomes_value_added(self)
        the_quarter.ladder.firms_climb_and_fall(self)
        the_quarter.demography.firms_are_born_land_move_and_close(self)
        the_quarter.accounts.accounts_close(self)
        the_quarter.indicators.indicators_are_read(self)

    def close(self) -> None:
        """Let go of this economy and of all that it holds.

        Mesa counts agents' ids in a table of the class that keeps every model alive; and an economy and its agents
        point at each other, so that the megabytes of their arrays would wait for the collector, which counts objects.
        """
        mesa.Agent._ids.pop(self, None)  # noqa: SLF001 - the only way to it in Mesa 3.3
        self.__dict__.clear()

    def luck(self, stream: str, agents: IdArray, *, lasting: bool = False) -> FloatArray:
        """Uniform draws of agents from a named stream; ``lasting`` ones are the same in every quarter."""
        return uniform(self.luck_key(stream, lasting=lasting), agents)

    def luck_key(self, stream: str, *, lasting: bool = False) -> np.uint64:
        """Key of a stream in this quarter."""
        return key(self.seed, stream) if lasting else key_of_quarter(self.seed, stream, self.quarter)

    def firm_class(self) -> NDArray[np.int64]:
        """(n_firms,) index into `accounts.FIRM_CLASSES`."""
        f = self.firms
        return size_class(f.alive, f.tech_sme, f.certified_until, f.above_scale, f.champion, self.quarter)

    @property
    def n_groups(self) -> int:
        """Production groups: sites by kinds of industry."""
        return N_KINDS * len(self.base.sites)

    def _open_production(self) -> None:
        """Background sector, knowledge stocks and what production is compared with."""
        base, f = self.base, self.firms
        share = fourth_quarter_share(self.outside.gdp_growth_2020)
        held = np.bincount(base.firms.site, base.firms.value_added, minlength=len(base.sites))
        self.background = (base.gdp - held) * share
        self.output_opening = output_by_employer(base, f.value_added, f.site, f.cluster, self.background)
        growth = 4.0 * self.outside.gdp_growth_2020 + base.rd_intensity_trend
        depreciation = np.array([getattr(self.p, c.knowledge_depreciation) for c in base.clusters])
        self.knowledge_kept = knowledge_kept(depreciation)
        f.knowledge[:] = knowledge_opening(f.rd(), depreciation[f.cluster], growth)
        f.knowledge_reference[:] = f.knowledge
        self.moves: list[Move] = []
        self.research_history = [f.rd()] * (MAX_LAG_QUARTERS + 1)
        self.reference_history = [f.rd()] * (MAX_LAG_QUARTERS + 1)
        self.nonbusiness_rd = base.nonbusiness_rd * fourth_quarter_share(
            self.outside.gdp_growth_2020 + base.rd_intensity_trend / 4.0
        )
        self.institute_rd_added = 0.0
        self._open_patents()
        self.rd_expected_reversion = np.zeros(self.n_groups)
        self.growth = np.zeros(base.n_cities)
        self.growth_index = np.ones(base.n_cities)

    def _open_patents(self) -> None:
        """Patents of firms by their knowledge; those of universities and public bodies, and the R&D they come from."""
        base, f = self.base, self.firms
        outside_firms = base.patents_outside_firms_share
        f.patents[:] = opening_patents(f.knowledge, f.site, base.patents * (1.0 - outside_firms))
        self.public_patents = outside_firms * float(base.patents[base.site_city == 0].sum())
        self.public_research_history = [rd_nonbusiness(self)] * (MAX_LAG_QUARTERS + 1)

    def held(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """(n_cities,) three times: cash and debt of firms, valid patents with those of the district's public bodies."""
        f = self.firms
        cash, debt, patents = held_by_city(f.city, f.cash, f.debt, f.patents, self.base.n_cities)
        patents[0] += self.public_patents
        return cash, debt, patents

    def _open_actors(self) -> None:
        """The named actors: one object each."""
        base = self.base
        budget = base.budget_revenue * base.policy_budget_share
        self.government = Government(self, budget, self.path)
        self.funds = [VentureFund(self, city, float(base.fund_capital[city])) for city in range(base.n_cities)]
        self.banks = [TechnologyBank(self, city) for city in range(base.n_cities)]
        self.enclave, self.institutes = Enclave(self), Institutes(self)
        self.carriers = open_carriers(self, self.p)
        # What incubators of 2020 would take in and hold is what those of today are compared with.
        self.carriers_2020 = {"incubation": open_carriers(self, self.p)["incubation"]}
        self.rivals = [RivalCity(self, city) for city in range(1, base.n_cities)]
        self.head_offices = 0.0
        self.reform_level = 0.0
        unit_costs = draw_unit_costs(self.path, self.seed, central="parameters" in self.path.switch_off)
        self.prices = Prices.of(self.path.levers, unit_costs)
