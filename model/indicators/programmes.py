"""R&D of firms that goes with programmes: what several themes read, worked out once a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.columns import summed

if TYPE_CHECKING:
    from model.economy import Economy


class ProgrammeResearch(NamedTuple):
    """Yuan in the quarter."""

    vouchers: float
    displaced: float
    enclave: float


def programme_research(economy: Economy) -> ProgrammeResearch:
    """Read all of it once a quarter."""

    def read() -> ProgrammeResearch:
        f = economy.firms
        return ProgrammeResearch(summed(f.voucher_rd), summed(f.displaced_rd), summed(f.enclave_rd))

    return economy.record.once("programme R&D", read)
