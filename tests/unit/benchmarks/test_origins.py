"""Where firms come from: every firm of the district has one origin, and their revenue adds up to the cluster's."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.members import MemberSource
from model.economy import Economy
from model.indicators.clusters import BILLION, SOFTWARE
from scenarios.scenario import load
from tests.benchmarks.origins import NAMES, origins


def test_firms_and_their_revenue_are_split_by_origin() -> None:
    """Four quarters in which many firms move: all three origins hold firms, and nobody is counted twice."""
    member, (path,) = MemberSource(scale=1000, seed=2020, n_quarters=4)(0), load(["plan"], 4)
    parameters = replace(member.parameters, relocation_hazard=0.6)
    economy = Economy(member.base, parameters, member.outside[path.outside], path, member.seed)
    opening = origins(economy)
    assert opening[1:3] == [0.0, 0.0]
    for _ in range(4):
        economy.step()
    found = dict(zip(NAMES, origins(economy), strict=True))
    firms, home = economy.firms, economy.firms.city == 0
    numbers = [found[f"firms_{place}"] for place in range(3)]
    assert sum(numbers) == firms.weight[home].sum()
    assert numbers[0] < opening[0]
    assert min(numbers) > 0.0
    revenue = np.array(economy.record.flows[f"cluster_revenue_{SOFTWARE}"])[-1]
    assert sum(found[f"software_{place}"] for place in range(3)) == pytest.approx(4.0 * revenue / BILLION)
    economy.close()
