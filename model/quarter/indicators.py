"""11. Indicators are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.economy import Economy


def indicators_are_read(economy: Economy) -> None:
    """Take down the flows of the quarter and every indicator; reading changes nothing."""
    economy.record.take(economy)
