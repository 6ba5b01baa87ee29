"""Members weighed by observations: densities and chances by hand, and what is refused."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from scipy.stats import norm

from calibration.scoreboard.likelihood import is_surprising, likelihood, log_likelihood
from model.errors import DataError
from tests.unit.calibration.scoreboard.test_table import Made, observation

if TYPE_CHECKING:
    from model.wiring import Answer

HEADER = "indicator,definition,scope,period,relation,value,standard_error,source,prices"
TALENTS = "talent_total,residents,whole_district,2022"
RESIDENTS = "residents,,whole_district,2022"
"""The made-up study has the same numbers for both."""


def written(folder: Path, *rows: str) -> Path:
    """A file of observations."""
    path = folder / "o.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_value_weighs_by_its_normal_density() -> None:
    """A member one standard error away has the density of the normal there."""
    found = log_likelihood(np.array([1.0, 2.0]), observation("2022", "=", 2.0, error=1.0))
    assert found == pytest.approx(norm.logpdf([1.0, 0.0]))


@pytest.mark.parametrize(("relation", "z"), [(">=", 1.5), (">", 1.5), ("<=", -1.5), ("<", -1.5)])
def test_an_inequality_weighs_by_its_chance(relation: str, z: float) -> None:
    """A member three units above a bound with an error of two: Phi(1.5), or the rest."""
    (found,) = log_likelihood(np.array([5.0]), observation("2022", relation, 2.0, error=2.0))
    assert found == pytest.approx(norm.logcdf(z))


def test_an_inequality_without_error_rules_members_out() -> None:
    """Those on the wrong side have the log of zero."""
    found = log_likelihood(np.array([1.0, 2.0, 3.0]), observation("2022", ">", 2.0))
    assert found.tolist() == [-math.inf, -math.inf, 0.0]


def test_an_observation_outside_the_whole_ensemble_is_surprising() -> None:
    """Ten errors above all members; a bound that no member reaches; not one in their midst."""
    members = np.array([1.0, 2.0, 3.0])
    assert is_surprising(members, observation("2022", "=", 13.0, error=1.0))
    assert is_surprising(members, observation("2022", ">=", 4.0))
    assert not is_surprising(members, observation("2022", "=", 2.0, error=1.0))
    assert not is_surprising(members, observation("2022", ">=", 2.0))


def test_observations_multiply(tmp_path: Path) -> None:
    """Members of 450, 460 and 470 thousand: the sum of two log densities; the chance of a bound counts too."""
    path = written(tmp_path, f"{TALENTS},=,455000,5000,a", f"{RESIDENTS},=,465000,10000,b", f"{TALENTS},>=,452000,,c")
    found = likelihood(path, cast("Answer", Made()), "a")
    members = np.array([450e3, 460e3, 470e3])
    wanted = norm.logpdf(455e3, members, 5e3) + norm.logpdf(465e3, members, 1e4)
    assert found.log[0] == -math.inf
    assert found.log[1:] == pytest.approx(np.asarray(wanted)[1:])
    assert len(found.used) == 3
    assert found.left_out == found.surprising == ()


def test_a_value_without_an_error_is_refused(tmp_path: Path) -> None:
    """An exact value rules every member out; it is told together with rows that match nothing."""
    path = written(tmp_path, f"{TALENTS},=,455000,,a", "talents,,whole_district,2022,=,1,1,b")
    with pytest.raises(DataError) as caught:
        likelihood(path, cast("Answer", Made()), "a")
    told = "\n".join(caught.value.lines())
    assert "o.csv:2: standard_error: is empty or zero" in told
    assert "o.csv:3: refused: indicator 'talents' is not simulated" in told


def test_part_of_a_flow_alone_leaves_nothing(tmp_path: Path) -> None:
    """The level of half a year is left out; with nothing else there is nothing to weigh by."""
    path = written(tmp_path, "gdp,,whole_district,2022H1,=,1,1,a,2020")
    with pytest.raises(DataError, match="no row is left to weigh members by"):
        likelihood(path, cast("Answer", Made()), "a")


@pytest.mark.parametrize(
    ("values", "year", "named"), [("posterior x", 2021, 1), ("posterior x", 2022, 0), ("priors", 2021, 0)]
)
def test_what_a_posterior_has_seen_is_named(values: str, year: int, named: int, tmp_path: Path) -> None:
    """An observation of 2021 may count twice where the members come from a posterior; a later one may not."""
    made = Made()
    made.definition.drawn_from = {"values": values}
    path = written(tmp_path, f"residents,,whole_district,{year},=,465000,10000,b")
    assert len(likelihood(path, cast("Answer", made), "a").of_the_fit) == named
