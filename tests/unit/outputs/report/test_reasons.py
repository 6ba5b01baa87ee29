"""Sources of values in a Chinese report."""

from __future__ import annotations

import re

from calibration.tables import load_tables
from calibration.uncertainties import data_uncertainties
from model.uncertainties import parameter_uncertainties
from outputs.report.reasons import PART, known, source_label


def _parts() -> set[str]:
    sources = [item.source for item in (*parameter_uncertainties(), *data_uncertainties(load_tables()))]
    return {part.strip() for source in sources for part in PART.split(source)}


def test_every_reason_is_one_that_a_value_has() -> None:
    """No row of the list of reasons is left over from a value that says something else today."""
    assert set(known()) - _parts() == set()


def test_reasons_are_in_chinese_and_titles_as_they_are() -> None:
    """A reason is told in Chinese, the title of a source is not touched, and English stays what was declared."""
    source = "Lu, Wang and Zhu 2019 AEJ:EP (net entry dominates); own judgement"
    assert source_label(source).zh == "Lu, Wang and Zhu 2019 AEJ:EP (net entry dominates)；自行判断"
    assert source_label(source).en == source
    assert source_label("").zh == "–"


def test_a_reason_names_the_same_numbers_in_both_languages() -> None:
    """Years and shares of a reason are not changed on the way; units of money and counts may be of another size."""
    for en, zh in known().items():
        years = set(re.findall(r"\b(?:19|20)\d\d\b", en))
        assert years <= set(re.findall(r"(?:19|20)\d\d", zh)), en
        percent = [one.replace(" ", "") for one in re.findall(r"[\d.]+ ?%", en)]
        assert set(percent) <= set(re.findall(r"[\d.]+%", zh)) or "percent" in en, en
