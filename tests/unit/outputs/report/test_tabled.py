"""Tables of what verbs have answered: every number is that of the file that the verb wrote."""

from __future__ import annotations

import pytest

from outputs.language import LANGUAGES
from outputs.report.building import build
from outputs.report.content import Number, Table, plain, spans
from outputs.report.deck import deck
from outputs.report.findings import best_player, key_findings, levers
from outputs.report.pages import tabled
from outputs.report.reading import Reader
from outputs.report.supplements import Added
from tests.unit.outputs.synthetic import complete_study

HEADLINE = (("rd_intensity", "first_published"), ("hightech_share", "own_level"), ("talent_total", "residents"))
PLAYERS = ("enclaves", "talent", "all")


def _attribution() -> str:
    """As `attribute` writes it: values by indicator, chances by target, cost by payer."""
    head = "scenario,scenario_zh,scenario_en,quantity,target,indicator,definition,year,player,contribution,low,high"
    lines, plan = [head], "plan,规划,Plan"
    for place, player in enumerate(PLAYERS, start=1):
        for indicator, definition in HEADLINE:
            lines.append(
                f"{plan},value,,{indicator},{definition},2025,{player},{0.02 * place},{0.01 * place},{0.03 * place}"
            )
        lines.append(f"{plan},chance,all_targets,,,2025,{player},{0.1 * place},{0.05 * place},{0.2 * place}")
        lines += [f"{plan},added_cost,,,{payer},2025,{player},{place}e9,," for payer in ("all_payers", "district")]
    return "\n".join(lines)


def _variance() -> str:
    head = "scenario,indicator,definition,unit,year,rows,group,total,total_low,total_high"
    groups = ("base", "parameters", "outside", "chance", "interactions")
    rows = [
        f"plan,{indicator},{definition},percent,2025,24,{group},{0.2 + 0.1 * place if place < 4 else ''},0.1,0.5"
        for indicator, definition in HEADLINE
        for place, group in enumerate(groups)
    ]
    return "\n".join([head, *rows])


def _rates() -> str:
    head = "indicator,definition,region,past,observed,scenario,model_years,p05,p50,p95,note_en,note_zh"
    rows = [
        f"talent_total,residents,district,2016-2020,8.5,{scenario},2020-2024,2.2,4.4,5.9,whole district,鄞州全区"
        for scenario in ("baseline", "plan")
    ]
    return "\n".join([head, *rows])


def _promises() -> str:
    head = "scenario,target,definition,reported_first,promised_with,promised,promised_low,promised_high,chance"
    rows = [
        f"{scenario},rd_intensity,first_published,True,0.8,3.0{place},2.9,3.1,0.{place}"
        for place, scenario in enumerate(("baseline", "plan", "strong", "stalled"), start=1)
    ]
    return "\n".join([head, *rows])


def _screen() -> str:
    head = "indicator,definition,year,factor,zh,en,mu,mu_star,mu_star_error"
    rows = [f"rd_intensity,first_published,2025,f{k},因素{k},factor {k},-0.0{k},0.0{k},0.001" for k in range(6)]
    return "\n".join([head, *rows])


FILES = {
    "attribution": ("attribution", "attribution", _attribution),
    "variance": ("variance", "variance", _variance),
    "validation": ("validation/past", "rates", _rates),
    "milestones": ("milestones/one", "promises", _promises),
    "sensitivity": ("sensitivity/one", "screen", _screen),
}


@pytest.fixture(scope="module")
def supplied(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader with a study beside it to which every verb has added its tables."""
    other = complete_study(tmp_path_factory.mktemp("beside"), members=2)
    added = {}
    for kind, (folder, name, make) in FILES.items():
        (other.path / folder).mkdir(parents=True)
        (other.path / folder / f"{name}.csv").write_text(make(), "utf-8")
        added[kind] = [Added(other, folder, {}, other.study_id)]
    return Reader(reader.study, added)


def _tables(reader: Reader, kind: str) -> list[Table]:
    return list(tabled.tables(reader, reader.added[kind][0]))


@pytest.mark.parametrize("kind", FILES)
def test_every_number_is_that_of_the_file(supplied: Reader, kind: str) -> None:
    """Each verb has a table whose rows are whole, and a number looked up again has the value that it shows."""
    found = _tables(supplied, kind)
    assert found
    for table in found:
        assert {len(row) for row in table.rows} == {len(table.header)}
        numbers = [span for row in table.rows for cell in row for span in spans(cell, "zh") if isinstance(span, Number)]
        assert numbers
        assert all(supplied.value(one.origin) == one.value for one in numbers)
        assert supplied.added[kind][0].study_id in plain(table.source or "", "en")


def test_attribution_says_each_part_and_the_sum(supplied: Reader) -> None:
    """A row a family with the sum last: change of each headline target, of the chance in points, and cost."""
    (table,) = _tables(supplied, "attribution")
    assert [plain(row[0], "zh") for row in table.rows] == ["飞地", "人才政策", "合计"]
    assert plain(table.rows[0][1], "en") == "+0.020 (+0.010 to +0.030)"
    assert plain(table.rows[1][4], "en") == "+20.0 (+10.0 to +40.0)"
    assert [plain(row[5], "zh") for row in table.rows] == ["10.00", "20.00", "30.00"]


def test_the_best_lever_is_found_by_indicator(supplied: Reader) -> None:
    """The finding names the family that surely adds most to the target that binds, with its cost."""
    target = supplied.study.definition.headline[0]
    found = best_player(supplied, supplied.added["attribution"][0], "plan", target)
    assert found is not None
    assert found.where["player"] == "talent"
    (said,) = levers(supplied)
    assert "没有一项" not in plain(said, "zh")
    assert "20.00亿元" in plain(said, "zh")


def test_variance_names_every_uncertainty(supplied: Reader) -> None:
    """The four uncertainties have rows with names, interactions none; the largest is told among the findings."""
    (table,) = _tables(supplied, "variance")
    assert [plain(row[0], "en") for row in table.rows] == ["base year", "parameters", "outside world", "chance"]
    told = " ".join(plain(one.text, "en") for one in key_findings(supplied))
    assert "“chance” holds most: 50%" in told


def test_validation_shows_the_first_scenario_alone(supplied: Reader) -> None:
    """One row a published rate, beside the model under the first scenario."""
    (table,) = _tables(supplied, "validation")
    assert [[plain(cell, "zh") for cell in row[1:]] for row in table.rows] == [
        ["2016-2020", "8.50", "2020-2024", "4.40（2.20 至 5.90）", "鄞州全区"]
    ]


def test_a_screen_shows_what_moves_most_first(supplied: Reader) -> None:
    """Factors are ordered by their mean absolute effect; one that moves nothing is left out."""
    (table,) = _tables(supplied, "sensitivity")
    assert [plain(row[0], "zh") for row in table.rows] == [f"因素{k}" for k in (5, 4, 3, 2, 1)]


def test_sections_hold_the_tables_and_slides_show_them(supplied: Reader) -> None:
    """A section of a verb has its table instead of the command, and the deck a slide for it and none that is empty."""
    report = build(supplied, [])
    sections = {section.section_id: section for section in report.sections}
    for kind in FILES:
        assert any(isinstance(block, Table) for block in sections[kind].blocks), kind
    shown = deck(report)
    ids = {block.table_id for section in shown.sections for block in section.blocks if isinstance(block, Table)}
    assert {table.table_id for kind in FILES for table in _tables(supplied, kind)} <= ids
    assert {section.section_id for section in shown.sections} & set(FILES) == set()
    for language in LANGUAGES:
        assert all(plain(section.heading, language) for section in shown.sections)


def test_a_verb_without_a_table_here_has_none(supplied: Reader) -> None:
    """A supplement of another kind gives no table."""
    other = Added(supplied.study, "update/one", {}, supplied.study_id)
    assert list(tabled.tables(supplied, other)) == []
