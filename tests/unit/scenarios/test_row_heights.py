"""Rows of a workbook are high enough for what stands in them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from scenarios.guide import GUIDE
from scenarios.row_heights import LINE, row_height
from scenarios.sheets import GUIDE_SHEET
from scenarios.template import workbook_bytes


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([], 1),
        ([("", 10)], 1),
        ([("a" * 8, 10)], 1),
        ([("a" * 12, 10)], 2),
        ([("中" * 4, 10)], 1),
        ([("中" * 6, 10)], 2),
        ([("a\nb\nc", 10), ("a" * 12, 10)], 3),
    ],
)
def test_a_row_has_the_lines_of_its_fullest_cell(cells: list[tuple[str, float]], lines: int) -> None:
    """A Chinese character counts for two, a line that is broken by hand for one, and an empty row has one."""
    assert row_height(cells) == lines * LINE


def test_no_row_of_the_guide_is_cut() -> None:
    """The file says a height for each row of the guide: more than one line for a text wider than its column."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes()))[GUIDE_SHEET]
    width = {name: sheet.column_dimensions[name].width for name in "AB"}
    for row, (zh, en) in enumerate(GUIDE, start=2):
        is_long = len(zh.encode("gbk")) > width["A"] or len(en.encode("gbk")) > width["B"]
        assert sheet.row_dimensions[row].height >= (2 if is_long else 1) * LINE
    assert sheet.row_dimensions[1].height > LINE
