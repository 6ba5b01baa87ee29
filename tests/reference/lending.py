"""Technology loans: who borrows, who repays, who pledges patents, and what the risk pool widens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.agents import Bank, Firm
from tests.reference.limits import at_least, at_most
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

PLEDGE_TO_KNOWLEDGE = 0.3


def open_lending(region: Region) -> None:
    """Opening loans to the share of small firms served in 2020, by luck, within all technology loans."""
    for bank in region.banks:
        wants = [firm for firm in region.firms if firm.city == bank.city and _borrows(firm)]
        demand = sum(region.p.loan_size * firm.weight for firm in wants)
        room = at_most(
            "opening loans", region.p.credit_served_share * demand, float(region.base.technology_loans[bank.city])
        )
        wants.sort(key=lambda firm: region.draw("loan", firm.firm_id, lasting=True))
        for firm, yuan in served(wants, [region.p.loan_size * firm.weight for firm in wants], room):
            firm.debt = yuan
            bank.loans += yuan
            firm.finance_opening = firm.financed = True
        bank.opening_loans = bank.loans


def _borrows(firm: Firm) -> bool:
    """Small technology firms whose R&D finance limits, without a loan."""
    return firm.constrained and firm.small_technology and firm.debt <= 0.0


def served(queue: list[Firm], sizes: list[float], room: float) -> list[tuple[Firm, float]]:
    """Those of a queue who are served before the room is used up."""
    chosen, lent = [], 0.0
    if room > 0.0:
        for firm, size in zip(queue, sizes, strict=True):
            lent += size
            if lent > room:
                break
            chosen.append((firm, size))
    return chosen


def repay(region: Region) -> None:
    """A loan ends by default, of which the pool bears its share, or by repayment."""
    p, banks = region.p, region.banks
    for firm in region.firms:
        if firm.debt <= 0.0:
            continue
        if region.draw("loan default", firm.firm_id) < quarterly(p.loan_default_rate):
            banks[firm.city].write_off(firm.debt, p.pool_loss_share)
        elif region.draw("loan end", firm.firm_id) < quarterly(at_most("repayment", 1.0 / p.loan_maturity, 0.99)):
            banks[firm.city].loans -= firm.debt
        else:
            continue
        firm.debt = 0.0
        firm.pledged = firm.by_pool = False


def lend(region: Region) -> None:
    """New loans up to what banks are ready to hold, then loans against patents."""
    owing = [firm for firm in region.firms if firm.debt > 0.0 and not firm.pledged]
    queues: list[list[Firm]] = [[] for _ in region.banks]
    for firm in region.firms:
        if _borrows(firm):
            queues[firm.city].append(firm)
    for bank in region.banks:
        owed = [firm for firm in owing if firm.city == bank.city]
        _lend(region, bank, queues[bank.city], owed)
    _lend_against_patents(region)
    for firm in region.firms:
        firm.financed = firm.debt > 0.0 and not firm.pledged


def _lend(region: Region, bank: Bank, queue: list[Firm], owing: list[Firm]) -> None:
    """Serve firms in order of luck; those beyond what the policy of 2020 would have served owe it to the pool."""
    p, pool_2020 = region.p, region.neutral.risk_pool
    usual = ready = bank.opening_loans * region.growth_index[bank.city]
    if bank.city == 0:
        ready = at_least("loans", ready + (region.policy.risk_pool - pool_2020) * p.risk_pool_multiple, 0.0)
        ready *= 1.0 + p.fin_inst_credit_effect * region.head_offices
    owed = sum(firm.debt for firm in owing)
    owed_usually = sum(firm.debt for firm in owing if not firm.by_pool)
    queue.sort(key=lambda firm: region.draw("loan", firm.firm_id))
    sizes = [p.loan_size * firm.weight for firm in queue]
    usually_served = len(served(queue, sizes, usual - owed_usually))
    for position, (firm, yuan) in enumerate(served(queue, sizes, ready - owed)):
        firm.debt = yuan
        bank.loans += yuan
        if position >= usually_served:
            firm.by_pool = True


def _lend_against_patents(region: Region) -> None:
    """Loans against pledged patents beyond those of 2020, to firms of the district with R&D that finance limits."""
    p, bank = region.p, region.banks[0]
    pledged = sum(firm.debt for firm in region.firms if firm.pledged)
    room = region.policy.pledged_loans - region.neutral.pledged_loans - pledged
    wants = []
    for firm in region.firms:
        if firm.city == 0 and firm.constrained and firm.debt <= 0.0 and firm.rd_intensity > 0.0:
            # A bank lends on the knowledge that patents protect, and who began only now has none.
            if firm.knowledge > 0.0:
                wants.append(firm)
    wants.sort(key=lambda firm: region.draw("pledge", firm.firm_id, lasting=True))
    sizes = [at_most("pledged loan", PLEDGE_TO_KNOWLEDGE * firm.knowledge, p.loan_size) for firm in wants]
    for firm, yuan in served(wants, sizes, room):
        firm.debt = yuan
        firm.pledged = True
        bank.loans += yuan
