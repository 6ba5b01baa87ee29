"""Open data: tidy tables, the IAMC format, the dictionary and the citation of a study."""

from __future__ import annotations

import math
import shutil
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from ruamel.yaml import YAML

from model.uncertainties import Uncertainty
from model.wiring import VERSION
from outputs import tables
from outputs.export import iamc
from outputs.export.citation import PROJECT_CITATION, citation
from outputs.export.dictionary import code_table, column_table, indicator_table
from outputs.export.exporting import FORMATS, Release, export, runs_with_units
from outputs.export.tidy import tidy_tables
from outputs.runtables import SCHEMAS
from outputs.store import Study
from outputs.words.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="module")
def release(study: Study) -> Release:
    """Everything that the formats are made from; one drawn value is declared in thousands."""
    name = study.read_column("drawn", "name")[0]
    item = Uncertainty(name, "base", "base", "抽取", "drawn", "thousands", 1e3, "assumed")
    return Release(study, tidy_tables(study), {name: item})


@pytest.fixture(scope="module")
def long(release: Release) -> pd.DataFrame:
    """The study in the long format."""
    return iamc.long_table(release.study, release.tables)


class Screen:
    """A wiring that keeps what it is told to show."""

    def __init__(self) -> None:
        """Start empty."""
        self.lines: list[str] = []

    def show(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)

    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """Nothing is declared."""
        return ()


def test_a_tidy_value_is_that_of_the_runs(study: Study, release: Release) -> None:
    """Median and mean of a row are those of the members, worked out from the results themselves."""
    values = study.indicators(scenario="plan", indicator="rd_intensity", definition="revised_gdp", quarter=20)["value"]
    rows = release.tables["indicators"]
    mine = rows[(rows["scenario"] == "plan") & (rows["indicator"] == "rd_intensity") & (rows["year"] == 2025)]
    found = mine[mine["definition"] == "revised_gdp"].set_index("statistic")["value"]
    assert found["p50"] == pytest.approx(np.median(values), rel=1e-12)
    assert found["mean"] == pytest.approx(np.mean(values), rel=1e-12)
    assert list(found.index) == ["mean", "p05", "p25", "p50", "p75", "p95"]


def test_every_value_has_its_unit(release: Release) -> None:
    """No row of a tidy table and of the runs is without a unit, save for drawn values that are not declared."""
    for name in ("indicators", "flows", "costs", "decomposition", "levers"):
        assert (release.tables[name]["unit"] != "").all(), name
    for name in SCHEMAS:
        rows = pd.concat([part.to_pandas() for part in runs_with_units(release, name)])
        assert len(rows) == len(release.study.read(name))
        assert name == "drawn" or (rows["unit"] != "").all(), name


def test_drawn_values_are_told_in_their_declared_unit(release: Release) -> None:
    """A value declared in thousands is divided by a thousand; one that is not declared stays and has no unit."""
    (name,) = release.drawn
    before = release.study.read("drawn")
    after = pd.concat([part.to_pandas() for part in runs_with_units(release, "drawn")], ignore_index=True)
    known = after["name"] == name
    assert np.allclose(after.loc[known, "value"] * 1e3, before.loc[known, "value"], rtol=1e-15)
    assert set(after.loc[known, "unit"]) == {"thousands"}
    assert (after.loc[~known, "value"] == before.loc[~known, "value"]).all()


def test_iamc_has_one_value_a_row_and_regions_of_the_three_cities(release: Release, long: pd.DataFrame) -> None:
    """Keys are unique, no cell is empty, and flows between Yinzhou, Shanghai and Hangzhou have directed regions."""
    assert not long.duplicated([*iamc.INDEX, "year"]).any()
    assert not long.isna().any().any()
    assert (long[iamc.INDEX] != "").all().all()
    ends = {region for region in long["region"] if ">" in region}
    assert {end for region in ends for end in region.split(">")} >= {"Yinzhou", "Shanghai", "Hangzhou"}
    flows = release.tables["flows"]
    row = flows[flows["statistic"] == "p95"].iloc[0]
    places = {place.place_id: place.name_en for place in release.study.definition.places}
    same = (
        (long["region"] == f"{places[row['origin']]}>{places[row['destination']]}")
        & (long["variable"].str.lower() == f"flow|{row['kind']}|95.0th percentile")
        & (long["scenario"] == row["scenario"])
        & (long["year"] == row["year"])
    )
    assert long.loc[same, "value"].tolist() == [row["value"]]


def test_the_wide_format_holds_the_same_values(long: pd.DataFrame) -> None:
    """Columns as the consortium names them, a column a year, and back again the long format."""
    wide = iamc.wide_table(long)
    assert list(wide.columns) == ["Model", "Scenario", "Region", "Variable", "Unit", *map(str, range(2020, 2026))]
    back = wide.melt(list(wide.columns[:5]), var_name="year", value_name="value").dropna()
    assert len(back) == len(long)
    assert math.isclose(back["value"].sum(), long["value"].sum(), rel_tol=1e-12)


def test_the_chance_in_iamc_is_that_of_the_table(release: Release, long: pd.DataFrame) -> None:
    """Per cent, in the year of the target, with the interval around it."""
    row = release.tables["joint"].iloc[-1]
    mine = long[long["variable"].str.startswith("Target|All Headline Targets|") & (long["scenario"] == row["scenario"])]
    found = mine.set_index("variable")["value"]
    assert found["Target|All Headline Targets|Chance"] == 100.0 * row["chance"]
    assert found["Target|All Headline Targets|Chance|95% Interval High"] == 100.0 * row["chance_high"]
    assert set(mine["year"]) == {2025}
    assert set(mine["unit"]) == {"%"}


def test_the_dictionary_knows_every_indicator_and_code(study: Study, release: Release) -> None:
    """Every indicator and definition has unit, meaning in both languages and source; every code has its words."""
    rows = indicator_table(study)
    needed = ["indicator", "unit", "name_zh", "name_en", "meaning_zh", "meaning_en", "source"]
    assert (rows[needed] != "").all().all()
    keys = set(zip(rows["indicator"], rows["definition"], strict=True))
    assert keys > {(info.indicator, info.definition) for info in study.definition.indicators}
    codes = code_table(study)
    for column, table in (("scenario", "targets"), ("lever", "costs"), ("payer", "costs"), ("part", "decomposition")):
        assert set(codes.loc[codes["column"] == column, "code"]) >= set(release.tables[table][column]), column
    assert (codes != "").all().all()


def test_every_column_of_every_table_has_words(study: Study, release: Release) -> None:
    """Tables of the study and tables of the export: no column is left unexplained, in either language."""
    made: Mapping[str, pd.DataFrame] = {name: make(study) for name, make in tables.TABLES.items()}
    rows = column_table({**made, **release.tables})
    assert (rows[["zh", "en"]] != "").all().all()
    assert {"indicator", "scenario", "chance", "unit"} <= set(rows["column"])
    assert all(zh and en for zh, en in COLUMNS.values())


def test_the_citation_names_the_study_and_the_project(study: Study) -> None:
    """Required fields of the Citation File Format are there, and version and licence are those of the project."""
    project = YAML(typ="safe").load(PROJECT_CITATION.read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors", "type", "license"} <= set(project)
    assert str(project["version"]) == VERSION
    mine = YAML(typ="safe").load(citation(study))
    assert mine["type"] == "dataset"
    assert mine["version"] == study.study_id
    assert mine["authors"] == project["authors"]
    assert mine["references"][0]["title"] == project["title"]
    assert mine["date-released"] == study.record["finished"][:10]


def test_an_export_has_the_same_bytes_each_time(study: Study, release: Release, tmp_path: Path) -> None:
    """Every format twice: the same files with the same bytes, and no other file beside them."""
    for name, write in FORMATS.items():
        first, second = list(write(release, tmp_path / "a" / name)), list(write(release, tmp_path / "b" / name))
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
        assert sorted((tmp_path / "a" / name).iterdir()) == sorted(first)
    frame = pd.read_parquet(tmp_path / "a" / "parquet" / "runs_indicators.parquet")
    assert len(frame) == len(study.indicators())


def test_the_verb_says_each_file_it_wrote(study: Study, tmp_path: Path) -> None:
    """Files lie in a folder a format below --into, and nothing is written into the study."""
    shutil.copytree(study.path, tmp_path / "studies" / "mine")
    screen = Screen()
    args = Namespace(study="mine", studies_dir=tmp_path / "studies", format=["iamc"], into=tmp_path / "开放 数据")
    assert export(args, screen) == 0  # type: ignore[arg-type] # as much of a wiring as it needs
    assert [Path(line).is_file() for line in screen.lines] == [True] * 8
    assert {Path(line).parent for line in screen.lines} == {tmp_path / "开放 数据" / "iamc"}
    assert not (tmp_path / "studies" / "mine" / "export").exists()
