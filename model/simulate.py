"""One member under one scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.economy import Economy
from model.indicators.declare import REGISTRY
from model.policy import PAYERS
from model.results import GROWTH_2020, RunResult

if TYPE_CHECKING:
    from model.base import Member
    from model.policy import PolicyPath


def simulate(member: Member, path: PolicyPath, n_quarters: int, *, check_agents: bool = False) -> RunResult:
    """Run the economy.

    Parameters
    ----------
    member : base, parameters, outside worlds and luck of one ensemble member.
    path : the scenario.
    n_quarters : from 2020 Q4; 20 ends in 2025 Q4.
    check_agents : check the accounts of every agent too.

    Returns
    -------
    RunResult with ``n_quarters + 1`` rows.

    Raises
    ------
    AccountingError : an identity does not hold.
    """
    economy = Economy(
        member.base,
        member.parameters,
        member.outside[path.outside],
        path,
        member.seed,
        check_agents=check_agents,
    )
    try:
        for _ in range(n_quarters):
            economy.step()
        return result_of(economy, member)
    finally:
        economy.close()


def result_of(economy: Economy, member: Member) -> RunResult:
    """Gather what the record holds."""
    record, parameters = economy.record, economy.p
    return RunResult(
        scenario_id=economy.path.scenario_id,
        member=member.index,
        columns=tuple((info.indicator, info.definition) for info, _ in REGISTRY),
        values=np.array(record.values),
        places=economy.base.places,
        flows={kind: np.stack(matrices) for kind, matrices in record.matrices.items()},
        lever_ids=tuple(lever.lever_id for lever in economy.path.levers),
        payers=PAYERS,
        costs=np.stack(record.costs),
        ration=np.array(record.ration),
        decomposition={part: np.array(values) for part, values in record.parts.items()},
        drawn=dict(economy.base.drawn)
        | parameters.as_dict()
        | {GROWTH_2020: economy.outside.gdp_growth_2020}
        | economy.outside.means(economy.base.cities),
        events=record.steps,
    )
