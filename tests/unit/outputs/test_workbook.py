"""The workbook of a study: native tables and charts, one language a file, values of the tables, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from outputs.tables import TABLES
from outputs.workbook.charts import _limits
from outputs.workbook.sheets import study_tables
from outputs.workbook.writing import TOP, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

    from outputs.store import Study

SHEETS = {
    "zh": [
        "说明", "图", "核心目标", "全部达标", "全部目标", "指标区间", "流动", "费用", "变动构成", "情景差异",
        "单位费用", "措施强度", "数据字典", "代码表", "研究清单", "图表数据",
    ],
    "en": [
        "About", "Charts", "Targets", "All together", "All targets", "Bands", "Flows", "Costs", "Decomposition",
        "Effects", "Prices", "Levers", "Dictionary", "Codes", "Manifest", "Chart data",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(study: Study) -> Mapping[str, pd.DataFrame]:
    """The tables of the study."""
    return study_tables(study)


@pytest.fixture(scope="module")
def files(study: Study, made: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The workbook in both languages."""
    return {language: render(study, language, made) for language in ("zh", "en")}


@cache
def opened(content: bytes) -> Workbook:
    """Open a workbook, once."""
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(book: Workbook, name: str) -> pd.DataFrame:
    """Read the native table of a sheet."""
    rows = list(book[name].iter_rows(min_row=TOP + 1, values_only=True))
    return pd.DataFrame(rows[1:], columns=list(rows[0]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_is_a_native_table_with_its_panes_frozen(language: str, files: dict[str, bytes]) -> None:
    """Sheets stand in their order; each of a table holds one native table over all its cells, names frozen above."""
    book = opened(files[language])
    assert book.sheetnames == SHEETS[language]
    for name in SHEETS[language][2:-1]:
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.ref.startswith(f"A{TOP + 1}:")
        assert int(re.findall(r"\d+", table.ref)[1]) == sheet.max_row, name
        assert str(sheet.freeze_panes).endswith(str(TOP + 2))


def test_each_language_is_alone(files: dict[str, bytes]) -> None:
    """Names of columns hold no Chinese in the English workbook, and Chinese in the other."""
    chinese = re.compile(r"[一-鿿]")
    for name in SHEETS["en"][2:-1]:
        assert not [column for column in table_of(opened(files["en"]), name).columns if chinese.search(str(column))]
        others = SHEETS["zh"][SHEETS["en"].index(name)]
        assert all(chinese.search(str(column)) for column in table_of(opened(files["zh"]), others).columns)


def test_values_are_those_of_the_tables_in_the_units_of_readers(
    files: dict[str, bytes], made: Mapping[str, pd.DataFrame]
) -> None:
    """Persons are 万人 and yuan 亿元 in Chinese, thousands and billions in English; shares and percentages stay."""
    stored = made["targets"]
    factors = {"zh": {"percent": 1.0, "persons": 1e-4}, "en": {"percent": 1.0, "persons": 1e-3}}
    heads = {
        "zh": ("中位数", "达标概率", "核心目标"),
        "en": ("median over members", "share of members that meet the target", "Targets"),
    }
    for language, (median, chance, name) in heads.items():
        shown = table_of(opened(files[language]), name)
        assert len(shown) == len(stored)
        expected = stored["p50"] * stored["unit"].map(factors[language])
        assert shown[median].astype(float).tolist() == pytest.approx(expected.tolist(), rel=1e-15)
        assert shown[chance].astype(float).tolist() == stored["chance"].tolist()
    bands = table_of(opened(files["zh"]), "指标区间")
    gdp = bands[bands["指标代码"] == "gdp"]
    assert set(gdp["单位"]) == {"亿元/年"}
    raw = made["bands"].loc[made["bands"]["indicator"] == "gdp", "mean"]
    assert gdp["均值"].astype(float).tolist() == pytest.approx((raw * 1e-8).tolist(), rel=1e-15)


def test_charts_are_native_and_show_their_uncertainty(files: dict[str, bytes], study: Study) -> None:
    """Five charts: chances, a path for each headline target, cost; each has error bars drawn from cells."""
    with zipfile.ZipFile(io.BytesIO(files["en"])) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2 + len(study.definition.headline)
    for chart in charts:
        assert chart.count("<c:errBars>") >= 2
        assert "<c:plus><c:numRef>" in chart


def test_a_workbook_has_the_same_bytes_each_time(
    files: dict[str, bytes], study: Study, made: Mapping[str, pd.DataFrame]
) -> None:
    """The same study gives the same bytes."""
    assert render(study, "en", made) == files["en"]


def test_every_table_of_a_study_is_in_the_workbook(made: Mapping[str, pd.DataFrame]) -> None:
    """Nothing that is written as CSV is left out."""
    assert set(TABLES) < set(made)


def test_the_ends_of_an_axis_are_round_and_hold_all() -> None:
    """Limits by hand: 2.56 to 3.6 in steps of 0.5; 449 to 561 in steps of 50."""
    assert _limits(2.56, 3.6) == (2.5, 4.0, 0.5)
    assert _limits(449.0, 561.0) == (400.0, 600.0, 50.0)
