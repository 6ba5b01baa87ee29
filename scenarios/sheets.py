"""What a scenario workbook looks like: its sheets, rows and columns, and the words on them in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from model.indicators import all_indicators
from model.indicators.definitions import indicators_with_definitions, load_definitions
from scenarios.reading import Loc
from scenarios.schema import FIRST_YEAR, LARGEST_GROWTH_SHIFT, LAST_YEAR, LONGEST_DELAY, UNCERTAINTIES
from scenarios.shelf import library_files

SCENARIO_SHEET, LEVER_SHEET, GUIDE_SHEET, CHOICE_SHEET = "情景 Scenario", "措施 Levers", "说明 Guide", "choices"
FIELD_KEY, LEVER_KEY = "field", "lever_id"
"""What stands in the first cell of the row of column names; rows above it are for the eye."""
VALUE_KEY = "value"
NOTES = "notes"
"""The field whose lines become the comment at the head of the file."""
NOTHING = "none"
"""Choice that says of a list that it is empty, which is more than leaving it to the base."""
DELAYS = (0.0, float(LONGEST_DELAY))
"""In quarters."""
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))

Kind = Literal["text", "choice", "hint", "whole", "number"]


class Field(NamedTuple):
    """A row of the first sheet: one field of a scenario file."""

    name: str
    """As in the file, with a dot between a part and its field."""
    kind: Kind
    """``hint`` offers its choices and takes other text too."""
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    choices: tuple[str, ...] = ()
    """What may stand there; words behind a bar are for the eye."""
    limits: tuple[float, float] | None = None

    @property
    def loc(self) -> Loc:
        """The way to the field in a scenario file."""
        return tuple(self.name.split("."))


class Column(NamedTuple):
    """A column of the sheet of levers."""

    key: str | int
    zh: str
    en: str
    width: float
    kind: Literal["fixed", "input"] = "fixed"


def fields() -> tuple[Field, ...]:
    """Rows of the first sheet, those of the indicators with several definitions at the end."""
    return *_naming_fields(), *_policy_fields(), *_outside_fields(), *_uncertainty_fields(), *_definition_fields()


def _naming_fields() -> tuple[Field, ...]:
    """What a scenario is called and what it rests on."""
    return (
        Field("label.zh", "text", "情景名称（中文）", "Name in Chinese", "必填", "must be given"),
        Field("label.en", "text", "情景名称（英文）", "Name in English", "必填", "must be given"),
        Field(
            NOTES, "text", "备注", "Notes", "写入文件开头的注释，可多行", "comment at the head of the file, any lines"
        ),
        Field(
            "base",
            "hint",
            "沿用的情景",
            "Base scenario",
            "从中继承未填各项：情景库的名称，或同一文件夹中的文件名；空白则为2020年政策",
            "what is left empty is inherited: an id of the library, or a file beside this one; empty: policy of 2020",
            tuple(library_files()),
        ),
    )


def _policy_fields() -> tuple[Field, ...]:
    """Of all levers together, and of what answers them."""
    return (
        Field(
            "delay_quarters",
            "whole",
            "全部措施推迟（季度）",
            "Delay of all levers (quarters)",
            f"整数，0 至 {LONGEST_DELAY}",
            f"whole number, 0 to {LONGEST_DELAY}",
            limits=DELAYS,
        ),
        Field(
            "rivals",
            "choice",
            "沪杭是否应对",
            "Rival cities",
            "上海、杭州是否回应本区人才与资本政策",
            "whether Shanghai and Hangzhou answer the district's talent and capital policy",
            ("passive | 不应对 | do not answer", "respond | 应对 | answer"),
        ),
        Field(
            "ladder",
            "choice",
            "企业重新分类",
            "Ladder of firms",
            "hold：净重新分类为零",
            "hold: no certificate and no threshold moves a firm",
            ("moves | 照常 | as usual", "hold | 冻结 | held"),
        ),
    )


def _outside_fields() -> tuple[Field, ...]:
    """The world around the district."""
    return (
        Field(
            "outside.world",
            "choice",
            "外部环境",
            "Outside world",
            "已知信息的时点",
            "what is known of it",
            (
                "known_2021 | 2021年底所知 | as known at the end of 2021",
                "as_happened | 按后来实际 | conditional on later data of other places",
            ),
        ),
        Field(
            "outside.growth_shift",
            "number",
            "外部增速调整（百分点）",
            "Shift of outside growth (points)",
            f"2022年起每年，{-LARGEST_GROWTH_SHIFT:g} 至 {LARGEST_GROWTH_SHIFT:g}",
            f"every year from 2022, {-LARGEST_GROWTH_SHIFT:g} to {LARGEST_GROWTH_SHIFT:g}",
            limits=(-LARGEST_GROWTH_SHIFT, LARGEST_GROWTH_SHIFT),
        ),
        Field(
            "outside.transport_slippage_quarters",
            "whole",
            "交通开通推迟（季度）",
            "Transport links late by (quarters)",
            f"2021年以后开通的各条线路，整数，0 至 {LONGEST_DELAY}",
            f"every link that opens after 2021; whole number, 0 to {LONGEST_DELAY}",
            limits=DELAYS,
        ),
    )


def _uncertainty_fields() -> tuple[Field, ...]:
    """What is held at its central value."""
    return (
        Field(
            "switch_off",
            "choice",
            "关闭的不确定性",
            "Uncertainty switched off",
            f"固定在中值的种类；{NOTHING} 表示一种也不关",
            f"kinds held at their central value; {NOTHING}: not one of them",
            tuple(_subsets(UNCERTAINTIES)),
        ),
    )


def lever_columns() -> tuple[Column, ...]:
    """Columns of the sheet of levers; those of kind ``input`` are filled in."""
    return (
        Column(LEVER_KEY, "代码", "id", 22),
        Column("name_zh", "措施", "in Chinese", 34),
        Column("name_en", "英文名称", "Lever", 40),
        Column("unit_zh", "单位", "unit in Chinese", 26),
        Column("unit", "英文单位", "Unit", 30),
        Column("baseline", "2020基期", "Baseline", 10),
        Column("plan", "规划", "Plan", 10),
        Column("strong", "加强", "Strong", 10),
        Column("minimum", "下限", "Minimum", 10),
        Column("maximum", "上限", "Maximum", 10),
        Column("level_name", "2025水平（选）", "Level of 2025, by name", 15, "input"),
        Column("level_2025", "2025水平（数）", "Level of 2025, number", 15, "input"),
        Column("start", "起始年", "Start", 10, "input"),
        *(Column(year, f"{year}年末", f"End of {year}", 9, "input") for year in YEARS),
        Column("lag_quarters", "滞后（季度）", "Lag, quarters", 12),
        Column("status", "数据状态", "Status", 11),
        Column("source", "来源", "Source", 80),
    )


def choice_of(text: str) -> str:
    """What counts of a choice: the part in front of the first bar."""
    return text.partition("|")[0].strip()


def _subsets(names: tuple[str, ...]) -> Iterator[str]:
    """List every subset of some names, each as one text."""
    yield NOTHING
    for size in range(1, len(names) + 1):
        yield from (", ".join(some) for some in combinations(names, size))


def _definition_fields() -> Iterator[Field]:
    """One row for each indicator that is counted in several ways."""
    names = {info.indicator: (info.name_zh, info.name_en) for info in all_indicators()}
    for indicator in indicators_with_definitions():
        rows = [row for row in load_definitions() if row.indicator == indicator]
        choices = tuple(f"{row.definition} | {row.name_zh} | {row.name_en}" for row in rows)
        zh, en = names[indicator]
        hints = ("首先报告的口径；空白则按目标自身口径", "reported first; empty: that of the target")
        yield Field(f"definitions.{indicator}", "choice", f"口径：{zh}", f"Definition: {en}", *hints, choices)
