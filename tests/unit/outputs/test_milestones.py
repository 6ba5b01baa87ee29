"""Milestones: tables against the members themselves, and what is said where few meet a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from outputs.charts import gallery
from outputs.intervals import quantile_interval
from outputs.milestones import milestone_table, outcomes_of, promise_table
from outputs.showing_milestones import _said, grids, notes
from outputs.signposts import ALL_MEET, NONE_MEET
from outputs.summary import yearly
from tests.unit.outputs.synthetic import complete_study
from tests.unit.outputs.test_charts import WIDTHS, assert_whole, drawn_of

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Forty members, so that thresholds are found."""
    return complete_study(tmp_path_factory.mktemp("wide"), members=40, size=40)


@pytest.fixture(scope="module")
def way(wide: Study) -> pd.DataFrame:
    """The table by year."""
    return milestone_table(wide, outcomes_of(wide, wide.definition.headline))


def test_quantile_interval_by_hand() -> None:
    """Of ten draws the median lies between the 2nd and the 9th (1 - 2 x 11/1024), of 100 the 20 % between 12 and 29."""
    assert quantile_interval(np.arange(10, 0, -1), 0.5) == (5.5, 2.0, 9.0)
    assert list(quantile_interval(np.arange(1, 101), 0.2)) == pytest.approx([20.8, 12.0, 29.0])


def test_few_draws_bound_a_quantile_on_one_side() -> None:
    """No draw of 16 is surely below the 20 % quantile (0.8^16 = 2.8 %), of 17 the lowest is (2.3 %)."""
    assert quantile_interval(np.arange(16), 0.2)[1] == -np.inf
    assert quantile_interval(np.arange(17), 0.2)[1] == 0.0
    assert np.isnan(quantile_interval([], 0.2)).all()


def test_quantile_interval_holds_the_truth() -> None:
    """Over 2 000 samples of 60 uniform draws the interval holds 0.2 in 95 % of them or somewhat more."""
    draws = np.random.default_rng(8).uniform(size=(2000, 60))
    held = [low <= 0.2 <= high for _, low, high in (quantile_interval(row, 0.2) for row in draws)]
    assert 0.94 < np.mean(held) < 0.98


def test_the_way_is_that_of_those_who_arrive(wide: Study, way: pd.DataFrame) -> None:
    """Quantiles of 2023 are those of the members that meet the target in 2025, and of those that miss it."""
    values = yearly(wide, "rd_intensity", "revised_gdp")["plan"]
    met = values[:, 5] >= 3.6
    rows = way[(way["scenario"] == "plan") & (way["definition"] == "revised_gdp")]
    row = rows[rows["year"] == 2023].iloc[0]
    assert 0 < row["met"] == met.sum() < row["members"] == 40
    expected = [np.quantile(values[side, 3], cut) for side in (met, ~met) for cut in (0.05, 0.5, 0.95)]
    found = row[[f"{side}_{cut}" for side in ("met", "missed") for cut in ("p05", "p50", "p95")]]
    assert found.to_numpy(float) == pytest.approx(expected)
    assert row["met_p50"] > row["threshold"] > row["missed_p50"]
    assert not row["reported_first"]


def test_reviews_lie_between_base_and_target(way: pd.DataFrame) -> None:
    """Thresholds are given from 2021 to 2024: what 2020 and 2025 say is no review."""
    rows = way[(way["scenario"] == "plan") & (way["target"] == "rd_intensity") & way["reported_first"]]
    assert list(rows["year"]) == [2020, 2021, 2022, 2023, 2024, 2025]
    assert list(rows[rows["threshold"].notna()]["year"]) == [2021, 2022, 2023, 2024]
    assert list(rows["why_not"])[::5] == ["no_review", "no_review"]


def test_later_reviews_tell_more(way: pd.DataFrame) -> None:
    """Where values drift straight ahead, J of 2024 is at least that of 2021."""
    rows = way[(way["scenario"] == "plan") & (way["target"] == "rd_intensity") & way["reported_first"]]
    by_year = dict(zip(rows["year"], rows["youden_found"], strict=True))
    assert by_year[2024] >= by_year[2021] > 0.0


def test_what_is_promised_is_the_quantile_of_the_members(wide: Study) -> None:
    """With 80 % chance the 20 % quantile of 2025 is reached; ``keeps`` asks it of the whole interval."""
    table = promise_table(outcomes_of(wide, wide.definition.headline), 0.8)
    assert len(table) == 4 * 8
    for row in table.to_dict("records"):
        values = yearly(wide, row["target"], row["definition"])
        final = values[row["scenario"]][:, 5]
        shown = [row[name] for name in ("promised", "promised_low", "promised_high")]
        assert shown == pytest.approx(quantile_interval(final, 0.2))
        assert row["keeps"] == (row["promised_low"] >= row["target_value"])
        assert row["chance"] == np.mean(final >= row["target_value"])


@pytest.mark.parametrize(("language", "words"), [("zh", ("全部达标", "无一达标")), ("en", ("all of 40", "none of 40"))])
def test_none_and_all_are_said_plainly(wide: Study, language: str, words: tuple[str, str]) -> None:
    """A target of 50 % that all meet and one of 9 that none meets: no threshold, and sentences that say why."""
    impossible, *others = wide.definition.headline
    targets = [type(impossible)(**(vars(impossible) | {"value": 9.0})), *others]
    table = milestone_table(wide, outcomes_of(wide, targets))
    first = table[table["reported_first"] & (table["year"] == 2023)]
    assert set(first[first["target"] == "rd_intensity"]["why_not"]) == {NONE_MEET}
    assert set(first[first["target"] == "hightech_share"]["why_not"]) == {ALL_MEET}
    said = "\n".join(notes(wide, table, language))
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    ("tells", "key", "year"),
    [("tttt", "review_first", 2021), ("tftt", "review_first", 2023), ("tftf", "review_never", 2024)],
)
def test_a_review_counts_where_all_later_ones_tell_too(tells: str, key: str, year: int) -> None:
    """One that tells before one that does not is no start from which reviews tell."""
    half = {"finders": 50, "judges": 50, "finders_met": 20, "judges_met": 20}
    whole: dict[Any, Any] = {"why_not": "", "members": 100, "met": 40}
    reviews = [whole | half | {"year": 2021 + place, "tells": sign == "t"} for place, sign in enumerate(tells)]
    assert _said(reviews, "en") == (key, {"year": year})


def test_few_are_called_few(wide: Study, way: pd.DataFrame) -> None:
    """With fewer than ten on a side of a half the screen calls the threshold a hint, and how many it rests on."""
    met = int(
        way[(way["scenario"] == "plan") & (way["target"] == "rd_intensity") & way["reported_first"]]["met"].iloc[0]
    )
    lines = [line for line in notes(wide, way, "en") if line.startswith("R&D") and "(Plan)" in line]
    assert 20 < met <= 36
    assert f"only {40 - met} of 40 runs miss it" in lines[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_shows_ways_reviews_and_promises(wide: Study, way: pd.DataFrame, language: str) -> None:
    """Three tables whose rows have as many cells as their header; one row of promises for each target and scenario."""
    promises = promise_table(outcomes_of(wide, wide.definition.headline), 0.8)
    found = grids(wide, way, promises, language)
    assert [len(row) == len(header) for _, header, rows in found for row in rows] == [True] * sum(
        len(rows) for *_, rows in found
    )
    assert len(found[2][2]) == 12
    assert "80%" in found[2][0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width_cm", WIDTHS)
@pytest.mark.parametrize("chart", ["milestones", "promises"])
def test_the_charts_are_whole_and_legible(
    wide: Study, way: pd.DataFrame, chart: str, width_cm: float, language: str
) -> None:
    """Something stands in every panel; no text is too small, off the page or over another."""
    table = way if chart == "milestones" else promise_table(outcomes_of(wide, wide.definition.headline), 0.8)
    drawn = gallery.table_charts()[chart]
    figure = drawn_of(drawn, wide, table, language, width_cm)
    panels = [ax for ax in figure.axes if ax.get_visible()]
    assert len(panels) == {"milestones": 12, "promises": 3}[chart]
    assert all(ax.lines for ax in panels)
    assert_whole(figure, drawn, language)
