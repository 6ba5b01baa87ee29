"""Published values that a study keeps, and how charts show them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from model.errors import StudyError
from outputs import observed
from outputs.charts import gallery, published, style
from outputs.merging import merge
from outputs.store import Study
from tests.unit.outputs.synthetic import OBSERVED, SCENARIOS, definition, result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAN = next(chart for chart in gallery.all_charts() if chart.chart_id == "fan")
TALENTS = ("人才总量", "talent_total", "residents")
R_AND_D = ("研发强度", "rd_intensity", "first_published")


def fan(study: Study, language: str = "zh") -> Figure:
    """Draw the fan chart."""
    with style.house_style():
        return FAN.draw(study, language)


def diamonds(figure: Any) -> list[list[list[float]]]:
    """Points of each panel that has hollow diamonds."""
    lines = [line for strip in figure.subfigs for ax in strip.axes for line in ax.lines]
    return [line.get_xydata().tolist() for line in lines if line.get_marker() == "D"]


def without_table(study: Study, folder: Path) -> Study:
    """Give a copy of a study as an older version left it."""
    shutil.copytree(study.path, folder / "old", ignore=shutil.ignore_patterns(observed.FILE))
    return Study.open(folder / "old")


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """Every field comes back as it was, and what a study keeps is not written over."""
    observed.keep(tmp_path, OBSERVED)
    assert observed.kept(tmp_path) == OBSERVED
    observed.keep(tmp_path, ())
    assert observed.kept(tmp_path) == OBSERVED


def test_a_broken_table_is_an_error(tmp_path: Path) -> None:
    """The message names the file and what to do."""
    (tmp_path / observed.FILE).write_text("indicator,value\nx,1\n", "utf-8")
    with pytest.raises(StudyError, match=r"observed\.csv: cannot be read .*remove it"):
        observed.kept(tmp_path)


def test_a_fan_shows_published_values_of_its_definition_alone(study: Study) -> None:
    """The four panels of the talents hold 2016 and 2020 in 10 000 persons; the other targets have no diamond."""
    found = diamonds(fan(study))
    assert found == [[[2016.0, pytest.approx(32.33)], [2020.0, pytest.approx(44.8)]]] * len(SCENARIOS)


@pytest.mark.parametrize(
    ("language", "source", "none"),
    [
        ("zh", "2020（鄞州区对接大上海规划）", "故未标：研发强度"),
        ("en", "2016 (宁波市鄞州区", "hence not shown: 研发强度"),
    ],
)
def test_the_note_names_sources_and_says_what_is_not_published(
    study: Study, language: str, source: str, none: str
) -> None:
    """Each period stands with the original title; a quantity without a published value is named as such."""
    shown, missing = published.notes(study, [TALENTS, R_AND_D], language)
    assert source in shown
    assert missing.endswith(none)


def test_a_study_older_than_the_table_is_drawn_and_says_so(study: Study, tmp_path: Path) -> None:
    """No diamond, and one sentence below the chart in place of the sources."""
    old = without_table(study, tmp_path)
    figure = fan(old, "en")
    assert diamonds(figure) == []
    assert figure.get_supxlabel().splitlines()[0] == published.notes(old, [TALENTS], "en")[0]
    assert "older than the table of published values" in figure.get_supxlabel()


def test_a_study_with_an_empty_table_says_that_nothing_is_published(study: Study, tmp_path: Path) -> None:
    """An empty table is not the same as none."""
    old = without_table(study, tmp_path)
    observed.keep(old.path, ())
    assert published.notes(old, [TALENTS], "zh") == ["至 2021 年无同口径、同范围公布值，故未标：人才总量"]


def test_a_merged_study_keeps_what_its_shards_kept(tmp_path: Path) -> None:
    """The table has the bytes of that of the shards."""
    for k, part in enumerate(((0, 1), (1, 2)), start=1):
        shard = Study.create_or_open(replace(definition(2), part=part), tmp_path, f"whole.shard{k}of2")
        shard.write_batch([result(name, member) for name, *_ in SCENARIOS for member in range(*part)])
        shard.compact()
        observed.keep(shard.path, OBSERVED)
    whole = merge(tmp_path, "whole")
    assert observed.kept(whole.path) == OBSERVED
    assert (whole.path / observed.FILE).read_bytes() == (shard.path / observed.FILE).read_bytes()


def test_the_axis_of_a_fan_begins_with_what_was_published(study: Study) -> None:
    """The panels of the talents begin before 2016, those of targets without published values in 2020."""
    strips: Any = fan(study).subfigs
    begins = [float(np.floor(strip.axes[0].get_xlim()[0])) for strip in strips]
    assert begins == [2019.0, 2019.0, 2015.0]
