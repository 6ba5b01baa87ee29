"""The data dictionary of a study: indicators, columns and codes, in Chinese and English."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from model.indicators.declare import REGISTRY
from model.indicators.definitions import Definition, load_definitions
from model.results import RATION, IndicatorInfo
from model.uncertainties import Uncertainty
from outputs.language import text
from outputs.store import Study
from outputs.words.columns import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_ROOT = Path(__file__).resolve().parents[2]
_NOT_NOW = "not in this version of the code"
_DEFINITIONS = "model/indicators/definitions.csv"


def indicator_table(study: Study) -> pd.DataFrame:
    """One row for each indicator and definition of a study.

    Returns
    -------
    Names, unit and scope as the study remembers them; meaning in both languages and where the definition stands, as the
    code has it now. An indicator that is counted in one way has no other words in Chinese than its name; one that the
    code no longer has says so.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    ration = IndicatorInfo(RATION, "", text(RATION, "zh"), text(RATION, "en"), "share", "fiscal")
    infos = {(info.indicator, info.definition): info for info in (ration, *study.definition.indicators)}
    return pd.DataFrame([_indicator_row(study, info) for info in infos.values()])


def column_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each column of each table, with what it holds in both languages."""
    import pandas as pd  # noqa: PLC0415

    rows = [
        {"table": name, "column": column, "zh": COLUMNS[column][0], "en": COLUMNS[column][1]}
        for name, table in tables.items()
        for column in table.columns
    ]
    return pd.DataFrame(rows)


def code_table(study: Study, drawn: Iterable[Uncertainty] = ()) -> pd.DataFrame:
    """One row for each code in a column of text: scenarios, places, levers, families, payers, kinds, parts, targets."""
    import pandas as pd  # noqa: PLC0415

    rows = [{"column": column, "code": code, "zh": zh, "en": en} for column, code, zh, en in _codes(study)]
    rows += [{"column": "name", "code": item.name, "zh": item.zh, "en": item.en} for item in drawn]
    return pd.DataFrame(rows).drop_duplicates(ignore_index=True)


def _indicator_row(study: Study, info: IndicatorInfo) -> dict[str, str]:
    """All that is known of one indicator under one definition."""
    counted = _definitions().get((info.indicator, info.definition))
    zh, en, source = _meaning(info, counted)
    targets = [item for item in study.definition.targets if item.indicator == info.indicator]
    return {
        "indicator": info.indicator,
        "definition": info.definition,
        "unit": info.unit,
        "name_zh": info.name_zh,
        "name_en": info.name_en,
        "definition_zh": info.definition_zh,
        "definition_en": info.definition_en,
        "meaning_zh": zh,
        "meaning_en": en,
        "theme": info.theme,
        "scope": text(f"scope {info.scope}", "en") if info.scope else "",
        "scope_zh": text(f"scope {info.scope}", "zh") if info.scope else "",
        "numerator": counted.numerator if counted else "",
        "denominator": counted.denominator if counted else "",
        "source": source,
        "plan_target": "; ".join(f"{t.relation} {t.value:g} ({t.year}), {t.plan_section}" for t in targets),
    }


def _meaning(info: IndicatorInfo, counted: Definition | None) -> tuple[str, str, str]:
    """Meaning in Chinese and English, and where it stands."""
    if counted:
        return counted.text_zh, counted.text_en, f"{_DEFINITIONS}, {info.indicator}/{info.definition}"
    for known, reading in REGISTRY:
        if (known.indicator, known.definition) == (info.indicator, info.definition) and inspect.isfunction(reading):
            said = (inspect.getdoc(reading) or "").splitlines()
            file = Path(inspect.getsourcefile(reading) or "").resolve()
            where = file.relative_to(_ROOT).as_posix() if file.is_relative_to(_ROOT) else file.name
            return info.name_zh, ". ".join([info.name_en, *said[:1]]), f"{where}, {reading.__name__}"
    return info.name_zh, info.name_en, "model/government.py" if info.indicator == RATION else _NOT_NOW


def _definitions() -> dict[tuple[str, str], Definition]:
    """Rows of the table of definitions, by indicator and definition."""
    return {(row.indicator, row.definition): row for row in load_definitions()}


def _codes(study: Study) -> Iterator[tuple[str, str, str, str]]:
    """Column, code, and its words."""
    for entry in study.definition.scenarios:
        yield "scenario", entry.scenario_id, entry.label_zh, entry.label_en
    for place in study.definition.places:
        yield "region", place.place_id, place.name_zh, place.name_en
    for lever in study.definition.levers:
        yield "lever", lever.lever_id, lever.name_zh, lever.name_en
    for column, codes in (
        ("family", [lever.family for lever in study.definition.levers]),
        ("kind", study.read_column("flows", "kind")),
        ("payer", study.read_column("costs", "payer")),
        ("part", study.read_column("decomposition", "part")),
    ):
        for code in codes:
            yield column, code, text(code, "zh"), text(code, "en")
    for column in ("family", "lever", "payer", "part"):
        yield column, "all", "合计", "sum"
    for target in study.definition.targets:
        yield "target", target.target_id, target.name_zh, target.name_en
