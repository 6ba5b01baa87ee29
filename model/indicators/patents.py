"""Patents: valid inventions for each 10 000 residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.indicators.declare import defined_indicator, indicator, stock
from model.indicators.talent import residents

if TYPE_CHECKING:
    from model.economy import Economy


@stock("valid_patents")
@indicator("valid_patents", "有效发明专利", "Valid invention patents", unit="patents", theme="research")
def valid_patents(economy: Economy) -> float:
    """Patents of the focal district's firms, universities and public bodies."""
    return float(economy.record.patent_stock[0])


@stock("public_patents")
def public_patents(economy: Economy) -> float:
    """Those that universities and public bodies hold."""
    return economy.public_patents


@stock("residents_10k")
def residents_10k(economy: Economy) -> float:
    """Residents of the same quarter, in 10 000."""
    return residents(economy) / 1e4


defined_indicator(
    "patents_per_10k",
    "每万人有效发明专利",
    "Valid invention patents per 10 000 residents",
    unit="patents",
    theme="research",
)
