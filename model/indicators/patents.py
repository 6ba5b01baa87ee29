"""Patents: valid inventions for each 10 000 residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.indicators.declare import indicator
from model.indicators.talent import residents

if TYPE_CHECKING:
    from model.economy import Economy

_NAME = ("每万人有效发明专利", "Valid invention patents per 10 000 residents")


@indicator("valid_patents", "有效发明专利", "Valid invention patents", unit="patents", theme="research")
def valid_patents(economy: Economy) -> float:
    """Patents of the focal district's firms, universities and public bodies."""
    return float(economy.patent_stock[0])


@indicator(
    "patents_per_10k",
    *_NAME,
    unit="patents",
    theme="research",
    definition="all_holders",
    definition_zh="企业、高校与公共机构",
    definition_en="held by firms, universities and public bodies",
)
def patents_per_10k(economy: Economy) -> float:
    """Over residents of the same quarter."""
    return 1e4 * valid_patents(economy) / residents(economy)


@indicator(
    "patents_per_10k",
    *_NAME,
    unit="patents",
    theme="research",
    definition="firms_only",
    definition_zh="仅企业",
    definition_en="held by firms alone",
)
def patents_per_10k_of_firms(economy: Economy) -> float:
    """Those that firms hold."""
    return 1e4 * (valid_patents(economy) - economy.public_patents) / residents(economy)
