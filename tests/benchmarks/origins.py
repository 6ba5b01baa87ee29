"""Where the firms of the district come from: there in 2020, born since, moved in since.

No target asks for these numbers, and no indicator gives them, but they say why a scale costs what it costs.
"""

from __future__ import annotations

import numpy as np

from model.economy import Economy
from model.indicators.clusters import BILLION, SOFTWARE

ORIGINS = ("there in 2020", "born since", "moved in since")
NAMES = {
    **{f"firms_{place}": f"Firms of the district {origin}" for place, origin in enumerate(ORIGINS)},
    **{f"software_{place}": f"Software revenue of firms {origin}" for place, origin in enumerate(ORIGINS)},
}
"""Id -> English name: numbers of firms, then revenue of the software cluster in bn yuan a year, by origin."""


def origins(economy: Economy) -> list[float]:
    """The numbers that `NAMES` names, at the pace of this quarter."""
    f, base = economy.firms, economy.base
    origin = np.where(np.arange(f.n) < len(base.firms.city), 0, 1)
    for move in economy.moves:
        origin[move.movers] = 2
    home = f.city == 0
    software = home & (f.cluster == [cluster.cluster_id for cluster in base.clusters].index(SOFTWARE))
    numbers = np.bincount(origin[home], f.weight[home], len(ORIGINS))
    revenue = f.yearly_revenue() * f.weight / BILLION
    return [*numbers.tolist(), *np.bincount(origin[software], revenue[software], len(ORIGINS)).tolist()]
