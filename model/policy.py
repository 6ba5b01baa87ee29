"""Policy: the closed list of handles that levers may turn, and the path of levers over time.

A handle is a price, a probability, a capacity or a choice set that some actor faces. A lever is a pure
function ``(Policy, intensity) -> Policy``; it never touches the economy and no indicator reads a handle.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from model.priors import Triangular

QUARTERS_PER_YEAR = 4
BASE_YEAR = 2020

Family = Literal[
    "enclaves", "talent", "finance", "firms_and_research", "institutes_and_carriers", "openness_and_services"
]
Payer = Literal["district", "city", "firm", "bank", "university"]
PAYERS: tuple[Payer, ...] = ("district", "city", "firm", "bank", "university")
FAMILIES: tuple[Family, ...] = (
    "enclaves",
    "talent",
    "finance",
    "firms_and_research",
    "institutes_and_carriers",
    "openness_and_services",
)
FAMILY_NAMES: dict[str, tuple[str, str]] = {
    "enclaves": ("飞地", "Enclaves"),
    "talent": ("人才政策", "Talent"),
    "finance": ("科技金融", "Finance"),
    "firms_and_research": ("企业与研发", "Firms and R&D"),
    "institutes_and_carriers": ("院所与载体", "Institutes and carriers"),
    "openness_and_services": ("开放与服务", "Openness and services"),
}
"""What readers call each family, in Chinese and English."""


@dataclass(frozen=True)
class Policy:
    """What the actors face in one quarter. The defaults are the district's policy of 2020.

    Adding a handle: one field here, and the one rule that feels it.
    """

    enclave_units: float = 1.0
    """Shanghai enclaves in operation, in units of 5 000 m2: capacity for tenants and for home firms' R&D teams."""
    shanghai_seats: float = 50.0
    """R&D seats in Shanghai open to staff of Yinzhou firms (heads)."""
    graduate_settlement: float = 25_000.0
    """Settlement and housing money for a graduate who settles (yuan a head, once)."""
    senior_settlement: float = 350_000.0
    """Settlement and housing money for a senior or leading talent who settles (yuan a head, once)."""
    campus_campaigns: float = 4.0
    """Recruiting campaigns at Shanghai universities a year: whether Yinzhou's offers enter the choice set."""
    rd_subsidy_rate: float = 0.03
    """Ex-post subsidy on eligible R&D (share of the spending)."""
    certification_award: float = 200_000.0
    """Award for a first high-tech certificate (yuan a firm, once)."""
    voucher_fund: float = 3e6
    """Innovation vouchers redeemed (yuan a year)."""
    angel_investment: float = 15e6
    """Public money put behind angel funds that invest in Yinzhou firms (yuan a year)."""
    risk_pool: float = 50e6
    """Balance of the pool that bears part of banks' losses on technology loans (yuan)."""
    incubation_carriers: float = 43.0
    """Incubators, accelerators and makerspaces in operation."""
    institutes: float = 3.0
    """University research institutes in operation."""
    joint_institutions: float = 2.0
    """Hospitals and schools run jointly with Shanghai."""
    operator_space: float = 0.0
    """Space at home run by Shanghai operators, in units of 10 000 m2: projects from Shanghai land in it."""
    hosted_teams: float = 0.0
    """Places for Shanghai teams hosted at home, rent free for three years (teams)."""
    talent_teams: float = 20.0
    """Founder teams that the talent plan can fund (new teams a year)."""
    referrals: float = 20.0
    """Rewards for referring a senior talent from elsewhere (successful referrals paid a year, at most)."""
    expert_teams: float = 21.0
    """Academicians' and experts' teams engaged part-time at firms, without moving."""
    new_postdocs: float = 6.0
    """Places for new post-docs at firms' workstations (a year)."""
    hr_market_index: float = 0.2
    """Integration of the three cities' labour markets (0 none, 1 full): recognition, portability, shared lists."""
    roadshows: float = 3.0
    """Roadshows with Shanghai incubators a year: whether start-ups and funds there know the district."""
    pledged_loans: float = 500e6
    """Loans against pledged patents that subsidies and loss shares make banks ready to hold (yuan)."""
    financial_head_offices: float = 1.0
    """Financial head offices attracted (a year)."""
    pilot_bases: float = 1.0
    """Pilot-test bases in operation."""
    contract_subsidy_rate: float = 0.0
    """Subsidy on technology contracts (share of their value)."""
    business_environment: float = 0.5
    """Business-environment index (0 to 1): ease of entry, expansion and exit."""
    park_space: float = 200_000.0
    """Industrial park space added (m2 a year)."""
    base_stations: float = 1300.0
    """5G base stations standing: digital infrastructure that firms can adopt."""
    transport_schedule: float = 1.0
    """Opening of transport links: 0 none opens, 1 at the plan's dates, 2 with an early Shanghai link."""

    @classmethod
    @functools.cache
    def neutral(cls) -> Policy:
        """The policy of 2020, carried on; one object for all, since nobody can change it."""
        return cls()


@dataclass(frozen=True)
class Cost:
    """What one unit of a lever costs.

    ``basis`` says what is counted: ``intensity`` charges ``unit_cost`` x intensity a year; ``above_baseline`` the same
    for the intensity beyond that of 2020; ``intensity_change`` charges it once when intensity rises above all that was
    reached before; ``event:NAME`` charges it for every event NAME that the run counts (closed list in
    `model.government.EVENTS`), so that a cost follows what recipients really took. ``multiplier`` says that the
    intensity multiplies the unit cost per event.
    """

    unit_cost: float
    low: float
    high: float
    basis: str
    recipient: Literal["talents", "firms", "carriers", "institutes", "operators", "banks"]
    paid_by: dict[Payer, float]
    multiplier: bool = False
    note: str = ""


@dataclass(frozen=True)
class Lever:
    """One instrument of the plan: declared and applied in one file of ``scenarios/levers/``."""

    lever_id: str
    family: Family
    name_zh: str
    name_en: str
    plan_section: str
    unit: str
    unit_zh: str
    baseline: float
    plan: float
    strong: float
    bounds: tuple[float, float]
    lag_quarters: int
    cost: Cost
    evidence: str
    source: str
    status: Literal["measured", "borrowed", "assumed"]
    apply: Callable[[Policy, float], Policy] = field(repr=False)


@dataclass(frozen=True)
class PolicyPath:
    """A scenario as the model sees it: the intensity of each lever in each quarter.

    ``intensity`` is (n_levers, n_quarters + 1); column 0 is 2020 Q4 and must hold the baselines.
    """

    scenario_id: str
    label_zh: str
    label_en: str
    levers: tuple[Lever, ...]
    intensity: NDArray[np.float64]
    outside: str = "known_2021"
    growth_shift: float = 0.0
    """Percentage points added to outside growth in every year from 2022 (0 unless the scenario is about it)."""
    transport_slippage_quarters: int = 0
    """Quarters by which every transport link that opens after 2021 is late."""
    definitions: tuple[tuple[str, str], ...] = ()
    """Definition of an indicator that this scenario reports first, when not the target's default."""
    rivals_respond: bool = False
    """Whether the other cities answer the district's talent and capital policy."""
    ladder_held: bool = False
    """Net reclassification set to zero: nobody wins or loses a certificate or crosses a threshold."""
    switch_off: tuple[str, ...] = ()
    """Kinds of uncertainty held at their central value: base, parameters, outside, chance."""

    @property
    def beside_levers(self) -> dict[str, object]:
        """What a path sets besides its levers, by field; its names are left out."""
        levers = {"scenario_id", "label_zh", "label_en", "levers", "intensity"}
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name not in levers}

    def intensity_at(self, quarter: int, ration: float = 1.0) -> NDArray[np.float64]:
        """(n_levers,) intensity in a quarter; a budget that does not reach pulls it back towards 2020.

        What others than the district pay in full is not rationed by its budget.
        """
        base = self.intensity[:, 0]
        now = self.intensity[:, min(quarter, self.intensity.shape[1] - 1)]
        if ration >= 1.0:
            return now
        return np.where(self._of_district, base + ration * (now - base), now)

    def policy_at(self, quarter: int, ration: float = 1.0) -> Policy:
        """Handles in force in a quarter; those of an unrationed path are worked out once for all its runs."""
        return self._policy(quarter, ration) if ration < 1.0 else self._unrationed[min(quarter, self._last)]

    @functools.cached_property
    def payer_shares(self) -> NDArray[np.float64]:
        """Of the path's levers, worked out once for all its runs."""
        return payer_shares(self.levers)

    @functools.cached_property
    def cost_priors(self) -> tuple[Triangular, ...]:
        """Of each lever, what its unit cost may be."""
        from model.priors import Triangular  # noqa: PLC0415 - only where costs are drawn

        costs = [lever.cost for lever in self.levers]
        return tuple(Triangular(cost.low, cost.unit_cost, cost.high) for cost in costs)

    @functools.cached_property
    def recipients(self) -> tuple[str, ...]:
        """Who receives what levers cost."""
        return tuple(dict.fromkeys(lever.cost.recipient for lever in self.levers))

    @functools.cached_property
    def recipient(self) -> NDArray[np.int64]:
        """(n_levers,) index into ``recipients``."""
        return np.array([self.recipients.index(lever.cost.recipient) for lever in self.levers], np.int64)

    @functools.cached_property
    def _of_district(self) -> NDArray[np.bool_]:
        """(n_levers,) whether the district pays a part."""
        return np.array(["district" in lever.cost.paid_by for lever in self.levers], bool)

    @functools.cached_property
    def _last(self) -> int:
        """Last quarter of the path, whose intensities hold on."""
        return int(self.intensity.shape[1]) - 1 + max((lever.lag_quarters for lever in self.levers), default=0)

    @functools.cached_property
    def _unrationed(self) -> tuple[Policy, ...]:
        """By quarter."""
        return tuple(self._policy(quarter, 1.0) for quarter in range(self._last + 1))

    def _policy(self, quarter: int, ration: float) -> Policy:
        """Handles in force in a quarter: each lever at its intensity ``lag_quarters`` before.

        Levers are applied to the policy of 2020, each by itself; where several turn one handle their changes add up,
        so that their order does not matter.
        """
        neutral = Policy.neutral()
        turned: dict[str, float] = {}
        for row, lever in enumerate(self.levers):
            then = max(quarter - lever.lag_quarters, 0)
            now = float(self.intensity_at(then, ration)[row])
            # A lever at its baseline must leave the policy untouched to the last bit, so it is not applied.
            for name, value in handles_turned(lever, now).items() if now != lever.baseline else ():
                turned[name] = turned[name] + value - getattr(neutral, name) if name in turned else value
        return replace(neutral, **turned)


def payer_shares(levers: Sequence[Lever]) -> NDArray[np.float64]:
    """(n_levers, n_payers) share of each lever's cost that each payer bears."""
    shares = [[lever.cost.paid_by.get(payer, 0.0) for payer in PAYERS] for lever in levers]
    return np.array(shares, np.float64).reshape(-1, len(PAYERS))


def handles_turned(lever: Lever, intensity: float) -> dict[str, float]:
    """Value of each handle that a lever alone moves away from the policy of 2020."""
    before = vars(Policy.neutral())
    after = vars(lever.apply(Policy.neutral(), intensity))
    return {name: value for name, value in after.items() if value != before[name]}


def quarter_of(year: int, quarter_in_year: int = QUARTERS_PER_YEAR) -> int:
    """Index of a quarter: 2020 Q4 is 0, 2025 Q4 is 20."""
    return (year - BASE_YEAR) * QUARTERS_PER_YEAR + quarter_in_year - QUARTERS_PER_YEAR


def period_name(quarter: int) -> str:
    """``2021Q1`` for 1."""
    year, remainder = divmod(quarter + QUARTERS_PER_YEAR - 1, QUARTERS_PER_YEAR)
    return f"{BASE_YEAR + year}Q{remainder + 1}"


__all__ = [
    "Cost",
    "Lever",
    "Policy",
    "PolicyPath",
    "handles_turned",
    "payer_shares",
    "period_name",
    "quarter_of",
    "replace",
]
