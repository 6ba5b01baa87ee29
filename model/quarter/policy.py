"""1. Levers in force become handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.economy import Economy


def levers_become_handles(economy: Economy) -> None:
    """Read the scenario's path, rationed when last quarter's cost went over the budget; run the enclaves."""
    economy.policy = economy.path.policy_at(economy.quarter, economy.government.ration)
    shanghai = economy.base.cities.index("shanghai") if "shanghai" in economy.base.cities else 0
    economy.enclave.fill(economy.policy, float(economy.labour.job_finding[shanghai].mean()))
