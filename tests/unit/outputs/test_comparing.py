"""Comparisons: against differences counted by hand, and studies that may not be compared silently."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from model.errors import StudyError
from outputs.charts import gallery, style
from outputs.comparing import COST, JOINT, chance_table, choose, difference_table, disagreements
from outputs.effects import added_cost
from outputs.intervals import paired_chances
from outputs.showing_comparison import grids, notes
from outputs.store import Study
from outputs.summary import yearly
from tests.unit.outputs.synthetic import SCENARIOS, complete_study, definition, result
from tests.unit.outputs.test_charts import WIDTHS, assert_whole, drawn_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def another_seed(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The same scenarios and runs under another seed."""
    other = Study.create_or_open(definition(8, seed=2), tmp_path_factory.mktemp("other"))
    other.write_batch([result(name, member) for name, *_ in SCENARIOS for member in range(8)])
    other.compact()
    return other


def test_paired_chances_by_hand() -> None:
    """12 alone, 2 alone and 36 both of 50: +0.2, the exact p of 12 in 14 coins, and Newcombe's bounds from scipy's."""
    found = paired_chances(12, 2, 36, 50)
    assert found["difference"] == pytest.approx(0.2)
    assert found["p_value"] == pytest.approx(2 * sum(math.comb(14, k) for k in range(3)) / 2**14)
    one, two = (binomtest(k, 50).proportion_ci(method="wilson") for k in (48, 38))
    down, up, under, over = 0.96 - one.low, one.high - 0.96, 0.76 - two.low, two.high - 0.76
    phi = (36 * 0 - 12 * 2) / math.sqrt(48 * 2 * 38 * 12)
    assert found["low"] == pytest.approx(0.2 - math.sqrt(down**2 - 2 * phi * down * over + over**2))
    assert found["high"] == pytest.approx(0.2 + math.sqrt(up**2 - 2 * phi * up * under + under**2))


def test_paired_chances_cover_the_truth_at_their_level() -> None:
    """Over 2 000 studies of 40 pairs the interval holds the true difference 0.25 in about 95 % of them."""
    draws = np.random.default_rng(3).uniform(size=(2000, 40))
    held = 0
    for luck in draws:
        one, other = luck < 0.65, (luck < 0.3) | (luck > 0.9)
        counts = (int(np.sum(one & ~other)), int(np.sum(other & ~one)), int(np.sum(one & other)))
        found = paired_chances(*counts, 40)
        held += found["low"] <= 0.25 <= found["high"]
    assert 0.93 < held / 2000 < 0.98


def test_no_trial_bounds_nothing() -> None:
    """Without a member a difference of chances may be anything."""
    found = paired_chances(0, 0, 0, 0)
    assert (found["low"], found["high"]) == (-1.0, 1.0)
    assert math.isnan(found["difference"])


def test_differences_are_those_of_the_members(study: Study) -> None:
    """The mean of each year and the added cost are the members' own differences to the reference that is asked for."""
    table = difference_table(choose(study, None, "plan", anyway=False))
    assert set(table["scenario"]) == {"baseline", "strong", "stalled"}
    values = yearly(study, "rd_intensity", "revised_gdp")
    mine = table[(table["indicator"] == "rd_intensity") & (table["definition"] == "revised_gdp")]
    mine = mine[mine["scenario"] == "strong"]
    expected = (values["strong"] - values["plan"]).mean(axis=0)[1:]
    assert mine["mean"].to_numpy() == pytest.approx(expected)
    assert list(mine["year"]) == [2021, 2022, 2023, 2024, 2025]
    cost = difference_table(choose(study, None, None, anyway=False))
    cost = cost[(cost["indicator"] == COST) & (cost["year"] == 2025) & (cost["scenario"] == "plan")]
    whole, own = added_cost(study)["plan"]
    assert cost["mean"].tolist() == pytest.approx([whole.mean(), own.mean()])


def test_chances_count_who_attains_it_alone(study: Study) -> None:
    """Members that attain a target under one side alone, and all headline targets at once, are counted."""
    table = chance_table(choose(study, None, None, anyway=False))
    values = yearly(study, "rd_intensity", "first_published")
    met = {name: values[name][:, 4] >= 3.6 for name in ("baseline", "strong")}
    rows = table[(table["target"] == "rd_intensity") & (table["definition"] == "first_published")]
    row = rows[(rows["scenario"] == "strong") & (rows["year"] == 2024)].iloc[0]
    assert row["only_scenario"] == np.sum(met["strong"] & ~met["baseline"]) > 0
    assert row["only_reference"] == np.sum(met["baseline"] & ~met["strong"])
    assert row["difference"] == pytest.approx(met["strong"].mean() - met["baseline"].mean())
    joint = table[(table["target"] == JOINT) & (table["scenario"] == "strong") & (table["year"] == 2024)].iloc[0]
    assert joint["chance"] <= row["chance"]


def test_studies_that_differ_are_refused_by_name(study: Study, another_seed: Study) -> None:
    """Two studies with other seeds are not compared; the error names the field, both values and the way out."""
    assert disagreements(study, another_seed) == ["seed: 1 and 2"]
    with pytest.raises(StudyError, match=r"seed: 1 and 2; .*--anyway"):
        choose(study, another_seed, None, anyway=False)
    assert disagreements(study, study) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_differs_is_said_everywhere(study: Study, another_seed: Study, language: str) -> None:
    """Compared all the same, every row of both tables, the screen and the chart say in what the studies differ."""
    comparison = choose(study, another_seed, None, anyway=True)
    differences, chances = difference_table(comparison), chance_table(comparison)
    assert set(differences["differs"]) == set(chances["differs"]) == {"seed: 1 and 2"}
    assert set(differences["scenario"]) == {name for name, *_ in SCENARIOS}
    namesakes = differences[(differences["reference"] == "plan") & (differences["scenario"] == "plan")]
    assert not namesakes.empty
    assert "seed: 1 and 2" in notes(comparison, language)[0]
    titles = [title for title, _, _ in grids(comparison, differences, chances, language)]
    assert {"zh": "条件不同", "en": "of studies that differ"}[language] in titles[0]
    with style.house_style():
        figure = gallery.table_charts()["comparison"].draw(study, differences, language)
    assert "seed: 1 and 2" in figure.get_suptitle()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width_cm", WIDTHS)
def test_the_chart_is_whole_and_legible(study: Study, width_cm: float, language: str) -> None:
    """A panel per headline target and one for cost; no text is too small, off the page or over another."""
    table = difference_table(choose(study, None, None, anyway=False))
    chart = gallery.table_charts()["comparison"]
    figure = drawn_of(chart, study, table, language, width_cm)
    assert [len(ax.lines) > 3 for ax in figure.axes] == [True] * 4
    assert "nan" not in figure.get_suptitle()
    assert_whole(figure, chart, language)


def test_nothing_to_compare_is_an_error(study: Study) -> None:
    """A reference that is not there is refused with a near match."""
    with pytest.raises(StudyError, match="did you mean 'plan'"):
        choose(study, None, "plann", anyway=False)


def test_rivals_and_ladder_define_a_study() -> None:
    """Two scenarios that differ in what rivals do, or in the ladder alone, make two studies."""
    one = definition()
    first, *rest = one.scenarios
    changed = (replace(first, rivals_respond=True), replace(first, ladder_held=True))
    ids = {one.study_id, *(replace(one, scenarios=(entry, *rest)).study_id for entry in changed)}
    assert len(ids) == 3


def test_the_folder_of_a_comparison_is_its_own(study: Study, tmp_path: Path) -> None:
    """Two studies of the same definition agree, whatever folder they lie in."""
    again = complete_study(tmp_path, members=8)
    assert disagreements(study, again) == []


def test_the_chart_says_what_it_leaves_out(study: Study) -> None:
    """Nine lines of which eight are drawn, or a second reference: the heading counts them; else it is silent."""
    table = difference_table(choose(study, None, None, anyway=False))
    with style.house_style():
        silent = gallery.table_charts()["comparison"].draw(study, table, "en").get_suptitle()
        many = pd.concat([table, *(table.assign(scenario=f"{k}") for k in range(9))])
        told = gallery.table_charts()["comparison"].draw(study, many, "en").get_suptitle()
        two = pd.concat([table, table.assign(reference="plan")])
        twice = gallery.table_charts()["comparison"].draw(study, two, "en").get_suptitle()
    assert "Drawn" not in silent
    assert "first 8 of 12 scenarios" in " ".join(told.split())
    assert "first of 2 references" in " ".join(twice.split())
