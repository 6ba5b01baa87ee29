"""What the house style promises a newcomer: each addition in its one place, done for real in a copy of the project."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from scenarios.levers import LEVERS
from tests.recipes.newcomer import DEFINITION, INDICATOR, ROOT, TARGET, Project

if TYPE_CHECKING:
    import pandas as pd


SMALL = ("--members", "2", "--scale", "1000", "--to", "2021", "--workers", "1", "--lang", "zh", "--quiet", "--prior")
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy to which everything is added at once: additions must not get in each other's way either."""
    copy = Project.copy(tmp_path_factory.mktemp("project"))
    copy.add_file("scenarios/levers/equipment_subsidy.py")
    copy.add_lever_with_handle()
    copy.add_file("scenarios/library/equipment_and_buses.yaml")
    copy.append("model/indicators/firms.py", INDICATOR)
    copy.add_row("scenarios/targets.csv", TARGET)
    copy.add_row("model/indicators/definitions.csv", DEFINITION)
    copy.add_city()
    copy.add_file("outputs/charts/talent_numbers.py")
    copy.take_compiled()
    return copy


@pytest.fixture(scope="module")
def done(project: Project) -> Done:
    """A small run of the baseline and of the added scenario in that copy."""
    return project.run("project", "--scenarios", "baseline", "equipment_and_buses", "--study", "new", *SMALL)


@pytest.fixture(scope="module")
def study(project: Project, done: Done) -> Path:
    """The study that it leaves."""
    assert done.returncode == 0, done.stderr
    return project.root / "outputs" / "studies" / "new"


def read(study: Path, table: str, **equals: str) -> pd.DataFrame:
    """Rows of a result table."""
    filters = [(name, "=", value) for name, value in equals.items()]
    frame: pd.DataFrame = pq.read_table(study / "results" / f"{table}.parquet", filters=filters or None).to_pandas()
    return frame


def rows(study: Path, table: str) -> list[dict[str, str]]:
    """Rows of a table for readers."""
    with (study / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def last(study: Path, scenario: str, indicator: str, definition: str = "") -> list[float]:
    """Values at the end of the run, by member."""
    found = read(study, "indicators", scenario=scenario, indicator=indicator, definition=definition)
    return [float(value) for value in found[found["quarter"] == 4].sort_values("member")["value"]]


def listed(project: Project, kind: str) -> dict[str, str]:
    """What `list` shows of a kind: name to all that is said of it."""
    shown = project.run("list", kind)
    assert shown.returncode == 0, shown.stderr
    entries: dict[str, str] = {}
    for line in shown.stdout.splitlines():
        name = list(entries)[-1] if line.startswith(" ") else line
        entries[name] = entries.get(name, "") + line.strip() + "\n"
    return entries


def test_a_lever_is_one_file(project: Project, study: Path) -> None:
    """A lever on a handle that is there is listed, costs what it says, and raises R&D in every member."""
    assert "unit: percent of eligible R&D" in listed(project, "levers")["equipment_subsidy"]
    cost = read(study, "costs", lever="equipment_subsidy")
    assert set(cost["scenario"]) == {"equipment_and_buses"}
    assert cost["yuan"].min() > 0.0
    pairs = zip(
        last(study, "equipment_and_buses", "rd_expenditure"), last(study, "baseline", "rd_expenditure"), strict=True
    )
    assert all(with_lever > without for with_lever, without in pairs)


def test_a_lever_without_a_handle_is_a_file_a_field_and_a_rule(project: Project, study: Path) -> None:
    """A lever on a new handle is listed, and more talents come to the district in every member."""
    assert "shuttle_buses" in listed(project, "levers")
    flows = read(study, "flows", kind="talents", destination="yinzhou")
    came = flows[flows["origin"] != "yinzhou"].groupby(["scenario", "member"])["value"].sum()
    assert (came["equipment_and_buses"] > came["baseline"]).all()


def test_a_scenario_is_one_file(project: Project, study: Path, done: Done) -> None:
    """A scenario of the library is listed, run by its id, and shown under its label."""
    assert "label_en: Equipment and buses" in listed(project, "scenarios")["equipment_and_buses"]
    assert {row["scenario_zh"] for row in rows(study, "targets")} >= {"设备补助与班车"}
    assert "设备补助与班车" in done.stdout


def test_an_indicator_is_one_function(project: Project, study: Path) -> None:
    """An indicator is listed with its unit, stored for every quarter, and in the table of bands."""
    assert "unit: firms" in listed(project, "indicators")["firms_in_all"]
    stored = read(study, "indicators", indicator="firms_in_all", scenario="baseline")
    assert sorted(stored["quarter"].unique()) == [0, 1, 2, 3, 4]
    assert all(n == int(n) > 1112 for n in stored["value"])
    assert {row["year"] for row in rows(study, "bands") if row["indicator"] == "firms_in_all"} == {"2020", "2021"}


def test_a_target_is_one_row(study: Path, done: Done) -> None:
    """A target on any indicator is judged like the plan's own: chance, gap, joint chance, on the screen too."""
    judged = [row for row in rows(study, "targets") if row["target"] == "firms_in_all"]
    assert [(row["target_value"], row["chance"]) for row in judged] == [("1000", "1"), ("1000", "1")]
    assert all("firms_in_all" in row["targets"] for row in rows(study, "joint"))
    assert "企业总数 ≥ 1,000 家" in done.stdout


def test_a_definition_is_one_row(study: Path, done: Done) -> None:
    """A definition is computed as its row says and stands beside the others of its indicator."""
    once = last(study, "baseline", "talent_total", "residents")
    assert last(study, "baseline", "talent_total", "twice") == [2 * value for value in once]
    assert {row["definition_en"] for row in rows(study, "targets")} >= {"Each twice", "Talents who live in Yinzhou"}
    assert "每人计两次" in done.stdout


def test_a_city_is_one_folder(study: Path) -> None:
    """A city sends and receives talents, firms and money, to and from the district and the other cities."""
    for kind in ("talents", "capital"):
        flows = read(study, "flows", kind=kind)
        pairs = set(zip(flows["origin"], flows["destination"], strict=True))
        assert {("suzhou", "yinzhou"), ("yinzhou", "suzhou"), ("suzhou", "shanghai"), ("shanghai", "suzhou")} <= pairs
    assert "suzhou" in {row["destination"] for row in rows(study, "flows")}
    assert "suzhou.talent_stock" in set(read(study, "drawn")["name"])


def test_a_chart_is_one_file(project: Project, study: Path) -> None:
    """A chart is listed, drawn with the others, and drawn by its name in Chinese and English."""
    assert "title_zh: 人才总数" in listed(project, "charts")["talent_numbers"]
    assert (study / "charts" / "talent_numbers_zh.png").stat().st_size > 5000
    drawn = project.run("chart", "new", "talent_numbers")
    assert drawn.returncode == 0, drawn.stderr
    names = [Path(line).name for line in drawn.stdout.splitlines()]
    assert names == [f"talent_numbers_{language}.{kind}" for language in ("zh", "en") for kind in ("png", "svg")]
    assert "Number of talents" in (study / "charts" / "talent_numbers_en.svg").read_text("utf-8")


def test_check_asks_for_the_editors_schema_alone(tmp_path: Path) -> None:
    """After an addition `check` finds one thing to do, to write the derived schema again, and then nothing."""
    copy = Project.copy(tmp_path)
    copy.add_file("scenarios/levers/equipment_subsidy.py")
    copy.add_row("model/indicators/definitions.csv", DEFINITION)
    copy.add_city()
    told = copy.run("check").stderr.splitlines()
    assert [line.partition("; ")[2] for line in told] == ["`run.py check --write` writes it again"]
    found = copy.run("check", "--write")
    assert found.returncode == 0, found.stderr
    assert "hangzhou, suzhou; " in found.stdout
    assert f"levers: {len(LEVERS) + 1} in " in found.stdout


def test_a_run_writes_into_studies_alone(project: Project, study: Path) -> None:
    """After the run the copy differs from the project by what was added, and by nothing else."""
    assert study.is_dir()
    now, before = project.files(), Project(ROOT).files()
    changed = sorted(name for name, content in now.items() if before.get(name) != content)
    assert changed == [
        *(
            f"calibration/data/cities/suzhou/{name}.csv"
            for name in ("city", "cluster_mix", "links", "place", "uncertain")
        ),
        "model/indicators/definitions.csv",
        "model/indicators/firms.py",
        "model/policy.py",
        "model/talent/location.py",
        "outputs/charts/talent_numbers.py",
        "scenarios/levers/equipment_subsidy.py",
        "scenarios/levers/shuttle_buses.py",
        "scenarios/library/equipment_and_buses.yaml",
        "scenarios/targets.csv",
    ]
    assert set(before) <= set(now)
