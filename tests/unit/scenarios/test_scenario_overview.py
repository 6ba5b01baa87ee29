"""What the command line asks of the package, its README, and the schema for editors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import scenarios
from model.errors import ScenarioError
from scenarios import checking, json_schema, overview, shelf
from scenarios.levers import BY_ID, LEVERS
from scenarios.scenario import load
from scenarios.schema import Outside, Scenario
from scenarios.targets import load_targets

Write = Callable[[str, str], str]

README = (Path(scenarios.__path__[0]) / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Blocks of a language in the README."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_check_says_what_it_found_sound() -> None:
    """A sound project gives one line each for levers, scenarios, targets and schema."""
    lines = checking.check()
    assert [line.split(":")[0] for line in lines] == ["levers", "scenarios", "targets", "schema"]
    assert re.search(r"^targets: \d+ \((\d+ [a-z ]+(, )?)+\); \d+ definitions$", lines[2])


def test_check_tells_the_problems_of_every_part_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken library and an old schema are told together."""
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(shelf, "LIBRARY", tmp_path)
    monkeypatch.setattr(checking, "SCHEMA_FILE", tmp_path / "none.json")
    with pytest.raises(ScenarioError) as caught:
        checking.check()
    assert [said.split(": ", 1)[1].split(";")[0] for said in caught.value.problems] == [
        "the file is empty",
        "not current",
    ]


def test_a_stale_schema_is_told_and_written_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that is not what the code accepts fails the check by its name; `write` brings it up to date, once."""
    stale = tmp_path / "schema.json"
    stale.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(checking, "SCHEMA_FILE", stale)
    with pytest.raises(ScenarioError, match=r"schema\.json: not current; `run\.py check --write` writes it again"):
        checking.check()
    assert stale.read_text(encoding="utf-8") == "{}"
    assert checking.check(write=True)[-1].endswith("is current")
    assert stale.read_text(encoding="utf-8") == json_schema.schema_text()
    written = stale.stat().st_mtime_ns
    checking.check(write=True)
    assert stale.stat().st_mtime_ns == written


def test_lists_carry_units_and_sources() -> None:
    """Levers are listed with unit and source, targets with unit and how each is judged, scenarios with both labels."""
    assert all(row["unit"] and row["source"] and row["name_zh"] and row["name_en"] for row in overview.list_levers())
    judged = {row["target_id"]: row["judged_by"] for row in overview.list_targets()}
    assert judged["rd_intensity"] == "simulated"
    assert judged["enclave_models"] == "lever setting"
    assert judged["good_air_days"] == "not modelled"
    assert {row["scenario_id"]: row["label_zh"] for row in overview.list_scenarios()}["plan"] == "规划水平"
    definitions = {(row["indicator"], row["definition"]): row for row in overview.list_definitions()}
    assert definitions["rd_intensity", "revised_gdp"]["denominator"] == "gdp_revised"


def test_the_schema_for_editors_is_current() -> None:
    """The schema in the project is what the code accepts now; `run.py check --write` brings it up to date."""
    assert json_schema.SCHEMA_FILE.read_text(encoding="utf-8") == json_schema.schema_text()


def test_the_schema_names_every_field_and_lever_with_its_bounds() -> None:
    """An editor knows the fields, the levers with their bounds and the definitions."""
    fields = json.loads(json_schema.schema_text())["properties"]
    assert set(fields) == set(Scenario.model_fields)
    assert list(fields["levers"]["properties"]) == [lever.lever_id for lever in LEVERS]
    number = fields["levers"]["properties"]["rd_toolbox_subsidy"]["anyOf"][1]
    assert number == {"type": "number", "minimum": 0.0, "maximum": 12.0}
    assert "revised_gdp" in fields["definitions"]["properties"]["rd_intensity"]["enum"]


def test_the_schema_is_written_whole(tmp_path: Path) -> None:
    """Writing the schema leaves the file and no temporary one."""
    target = json_schema.write_schema(tmp_path / "schema.json")
    assert json.loads(target.read_text(encoding="utf-8"))["title"] == "Scenario"
    assert [path.name for path in tmp_path.iterdir()] == ["schema.json"]


def test_every_file_of_the_library_points_an_editor_to_the_schema() -> None:
    """The first line of every library file names the schema, by a path that leads to it."""
    for path in shelf.library_files().values():
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../scenario.schema.json"
        assert (path.parent / first.split("=")[1]).resolve() == json_schema.SCHEMA_FILE.resolve()


def test_the_example_of_the_readme_is_the_scenario_that_the_readme_describes(write: Write) -> None:
    """The README's scenario loads and does what the paragraph below it says."""
    (text,) = blocks("yaml")
    (path,) = load([write("my_question.yaml", text)], 20)
    levels = dict(zip((lever.lever_id for lever in path.levers), path.intensity.T[20], strict=True))
    started = dict(zip((lever.lever_id for lever in path.levers), path.intensity.T[12], strict=True))
    assert (path.scenario_id, path.growth_shift, path.outside) == ("my_question", -0.5, "known_2021")
    assert (levels["firm_ladder"], levels["innovation_voucher"], levels["rd_toolbox_subsidy"]) == (2.5, 40.0, 8.0)
    assert (started["sh_sci_enclave"], levels["sh_sci_enclave"]) == (1.0, 6.0)
    assert path.definitions == (("rd_intensity", "revised_gdp"),)
    assert path.switch_off == ("parameters",)


def test_the_errors_of_the_readme_are_the_errors_of_the_code(write: Write) -> None:
    """The README's example with two mistakes gives the sentences that the README shows."""
    (text,) = blocks("yaml")
    wrong = text.replace("firm_ladder:", "firm_lader:").replace("voucher: 40", "voucher: 400")
    with pytest.raises(ScenarioError) as caught:
        load([write("my_question.yaml", wrong)], 20)
    (shown,) = [block for block in blocks("text") if block.startswith("my_question")]
    assert list(caught.value.problems) == shown.splitlines()


def test_the_targets_of_the_readme_can_be_read(write: Write) -> None:
    """The README's file of own targets is accepted."""
    (text,) = blocks("csv")
    own = {target.target_id: target.value for target in load_targets(write("mine.csv", text))}
    assert (own["rd_intensity"], own["talent_total"]) == (3.2, 500_000.0)


def test_the_readme_names_every_field() -> None:
    """The README explains every field of a scenario file."""
    outside = {f"outside.{name}" for name in Outside.model_fields}
    names = {*Scenario.model_fields, *outside} - {"outside"}
    assert [name for name in sorted(names) if f"`{name}`" not in README] == []


def test_the_scenarios_of_the_readme_are_in_the_library() -> None:
    """Every scenario that the README tells of is there; `list scenarios` shows those that it does not tell of."""
    told = re.findall(r"`(\w+)`", README.split("## The library")[1].split("##")[0])
    assert len(told) >= 11
    assert set(told) <= set(shelf.library_files())


def rows_of_levers() -> dict[str, str]:
    """Rows of the README's table of levers by id."""
    table = README.split("## The levers")[1].split("##")[0]
    return {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}


@pytest.mark.parametrize("lever_id", rows_of_levers())
def test_the_table_of_levers_in_the_readme_is_current(lever_id: str) -> None:
    """The README's row of a lever holds its name, unit, levels, cost and payers as the code has them."""
    lever, row = BY_ID[lever_id], rows_of_levers()[lever_id]
    levels = f"{lever.baseline:g} / {lever.plan:g} / {lever.strong:g}"
    payers = ", ".join(f"{payer} {share:.0%}" for payer, share in lever.cost.paid_by.items())
    for text in (lever.name_zh, lever.unit, levels, f"{lever.cost.unit_cost:,.0f} per ", payers):
        assert f"| {text}" in row


def test_the_readme_carries_the_sign_of_every_lever() -> None:
    """The block of signs names its study and has a line with an arrow, a dot or a zero for every lever and target."""
    block = README.split("<!-- signs:begin -->")[1].split("<!-- signs:end -->")[0].strip().splitlines()
    assert block[0].startswith("Study `")
    rows = {line.split("|")[1].strip(): line.split("|")[2:5] for line in block[4:]}
    assert set(rows) == {f"Only {lever.name_en} (strong level)" for lever in LEVERS}
    assert all(cell.strip()[0] in "↑↓·0" for cells in rows.values() for cell in cells)


def test_the_readme_carries_the_later_starts_of_every_family() -> None:
    """The block of later starts names its study and has a row for every family and target; gains have intervals.

    A dash stands where no member is moved.
    """
    block = README.split("<!-- deadline:begin -->")[1].split("<!-- deadline:end -->")[0].strip().splitlines()
    assert block[0].startswith("Study `")
    names = ("Enclaves", "Talent", "Finance", "Firms and R&D", "Institutes and carriers", "Openness and services")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in block if line.startswith("|")]
    mine = [row for row in rows if row[0] in names]
    assert [row[0] for row in mine] == [*names] * 4
    gain = r"[+-][\d.,]+ \[[+-][\d.,]+, [+-][\d.,]+\]"
    assert all(re.fullmatch(f"{gain}|–", row[2]) for row in mine if len(row) > 5)
    assert sum(bool(re.fullmatch(gain, row[2])) for row in mine if len(row) > 5) > 12


def test_the_readme_carries_the_shares_of_every_family() -> None:
    """The block of shares names its study; the parts of each column add up to the whole, as far as digits are shown."""
    block = README.split("<!-- attribute:begin -->")[1].split("<!-- attribute:end -->")[0].strip().splitlines()
    assert block[0].startswith("Study `")
    names = ["Enclaves", "Talent", "Finance", "Firms and R&D", "Institutes and carriers", "Openness and services"]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in block if line.startswith("|")]
    shares = [row for row in rows if row[0] in [*names, "All together"]]
    assert [row[0] for row in shares] == [*names, "All together"] * 2 + names
    for table in (shares[:7], shares[7:14]):
        for cells in list(zip(*table, strict=True))[1:]:
            if cells[-1] != "–":
                assert all(re.fullmatch(r"[+-][\d.,]+ \[[+-][\d.,]+, [+-][\d.,]+\]", cell) for cell in cells)
                numbers = [float(cell.split(" ")[0].replace(",", "")) for cell in cells]
                last_digit = 10.0 ** -len(cells[-1].split(" ")[0].partition(".")[2])
                assert abs(sum(numbers[:-1]) - numbers[-1]) <= 3.5 * last_digit


def test_the_readme_carries_where_the_plan_falls_short() -> None:
    """The block has a box for each target asked, with what it holds on held-out halves; its shares are its counts."""
    block = README.split("<!-- discover:begin -->")[1].split("<!-- discover:end -->")[0]
    assert re.match(r"\nStudy `[0-9a-f]{12}`: 400 members", block)
    heads = re.findall(r"(?m)^“Plan levels”, (.+?) ≥ .*? in (\d+) of (\d+) runs \((\d+)%\)\.$", block)
    assert [head[0] for head in heads] == ["R&D expenditure over GDP", "Talent total (end of year)"]
    assert len(re.findall(r"(?m)^  Out of sample .*density \d+% \(5–95 %: \d+%–\d+%\), coverage \d+%", block)) == 2
    assert len(re.findall(r"(?m)^  (How|Not) sure: ", block)) == 2
    counted = re.findall(r"(\d+) of (\d+)(?: runs)? \((\d+)%", block)
    assert len(counted) > 10
    assert all(abs(100 * int(some) / int(all_) - int(share)) <= 0.51 for some, all_, share in counted)
    boxes = re.findall(r"in (\d+) of \d+ runs \(\d+%, against \d+% of all\): (\d+)% of all such runs", block)
    assert all(
        abs(100 * int(some) / int(head[1]) - int(share)) <= 0.51
        for (some, share), head in zip(boxes, heads, strict=True)
    )
