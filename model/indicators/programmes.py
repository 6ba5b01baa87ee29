"""R&D of firms that goes with programmes: what several themes read, worked out once a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
        return ProgrammeResearch(*(float(column.sum()) for column in (f.voucher_rd, f.displaced_rd, f.enclave_rd)))

    return economy.record.once("programme R&D", read)
