"""Words for what members draw."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from calibration import uncertainties
from calibration.members import MemberSource
from calibration.tables import load_tables
from model import uncertainties as of_parameters
from model.base import OutsideWorld
from model.parameters import Parameters
from run import Project

CHINESE = "\u4e00", "\u9fff"


def test_every_value_that_members_draw_has_a_name_in_both_languages() -> None:
    """Base, parameters and outside world of two members differ in no value without its own words."""
    sources = [MemberSource(scale=7000, seed=1, n_quarters=4)(index) for index in (0, 1)]
    one, two = (
        dict(member.base.drawn) | member.parameters.as_dict() | member.outside["known_2021"].means(member.base.cities)
        for member in sources
    )
    described = {item.name: item for item in Project().uncertainties()}
    assert {name for name in one if one[name] != two[name]} <= set(described)
    assert set(described) <= set(one)
    for item in described.values():
        assert any(CHINESE[0] <= sign <= CHINESE[1] for sign in item.zh), item
        # Figures are grouped by a space that does not break.
        assert item.en.replace("\u00a0", " ").isascii(), item
    for language in ("zh", "en"):
        assert len({getattr(item, language) for item in described.values()}) == len(described)


@pytest.mark.parametrize("path", [of_parameters.LABELS, uncertainties.LABELS])
def test_no_label_is_left_over(path: Path) -> None:
    """Each label names a parameter, a quantity of the data tables or a yearly draw of the outside world."""
    tables = load_tables()
    quantities = {item.name.rpartition(".")[2].partition(":")[0] for item in tables.uncertain}
    yearly = {f"{quantity}_growth_of_year" for quantity in ("gdp", "wage", "rent")} | {"travel_hours_by_rail"}
    known = quantities | yearly | set(tables.outside) | set(Parameters.central().as_dict())
    with path.open(encoding="utf-8") as file:
        assert [row["name"] for row in csv.DictReader(file) if row["name"] not in known] == []


def test_the_outside_world_is_summed_up_by_yearly_means() -> None:
    """Quarterly logs of 1, 2, 3 and 4 % are 10 % in logs a year; another city's wages are compared with these."""
    quarters = np.array([9.0, 0.01, 0.02, 0.03, 0.04])
    world = OutsideWorld(
        version="known_2021",
        gdp_growth=np.stack([quarters, quarters]),
        gdp_growth_2020=0.0,
        wage_growth=np.stack([quarters, 2.0 * quarters]),
        rent_growth=np.stack([0.0 * quarters, quarters]),
        travel_hours=np.zeros((3, 5, 2, 2)),
        super_deduction=np.zeros((2, 5)),
    )
    means = world.means(("here", "there"))
    assert means["gdp_growth"] == pytest.approx(math.expm1(0.1))
    assert means["wage_growth"] == pytest.approx(math.expm1(0.1))
    assert means["there.wage_growth_relative"] == pytest.approx(math.expm1(0.1))
    assert means["rent_growth"] == 0.0
    names = {"gdp_growth", "wage_growth", "rent_growth", "there.wage_growth_relative", "there.rent_growth_relative"}
    assert set(means) == names
