"""A made-up study for the tests of the outputs: four scenarios, drifting indicators, a few levers, no economy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.observed import Observed
from model.policy import PAYERS
from model.results import IndicatorInfo, RunResult
from model.targets import Target
from outputs import observed
from outputs.manifest import Definition, LeverEntry, Place, ScenarioEntry, Setting
from outputs.store import Study

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

N_QUARTERS = 20
SCENARIOS = (
    ("baseline", "基准：延续 2020 年政策", "Baseline: policy of 2020"),
    ("plan", "规划", "Plan"),
    ("strong", "加强", "Strong"),
    ("stalled", "推迟两年", "Stalled by two years"),
)
PLACES = (
    ("yinzhou", "鄞州", "Yinzhou"),
    ("shanghai", "上海", "Shanghai"),
    ("hangzhou", "杭州", "Hangzhou"),
    ("rest_of_ningbo", "宁波其他", "Rest of Ningbo"),
    ("elsewhere", "其他地区", "Elsewhere"),
)
LEVERS = (
    (
        "sh_sci_enclave",
        "enclaves",
        "在沪科创飞地/域外孵化器",
        "Science-innovation enclave in Shanghai (Yangpu/Huangpu)",
    ),
    ("talent_enclave_sh", "enclaves", "在沪人才飞地", "Talent enclave in Shanghai (staff employed by Yinzhou firms)"),
    ("talent_subsidy_grad", "talent", "大学生/基础人才安居与购房补贴", "Graduate living and housing subsidy"),
    ("rd_toolbox_subsidy", "firms_and_research", "自创区政策工具箱：研发投入后补助", "R&D post-subsidy"),
    ("univ_institutes", "institutes_and_carriers", "高校创新研究院/名校分校", "University research institutes"),
    ("public_services", "openness_and_services", "沪甬医疗教育共享", "Shared health and education"),
)
COLUMNS = (
    ("rd_intensity", "first_published", 2.7, "percent"),
    ("rd_intensity", "revised_gdp", 2.57, "percent"),
    ("rd_intensity", "enclave_at_home", 2.72, "percent"),
    ("rd_intensity", "enclave_in_shanghai", 2.66, "percent"),
    ("hightech_share", "own_level", 69.0, "percent"),
    ("hightech_share", "whole_district", 73.0, "percent"),
    ("talent_total", "residents", 448_000.0, "persons"),
    ("talent_total", "with_enclave_staff", 448_050.0, "persons"),
    ("gdp", "", 226.61e9, "yuan/year"),
    ("leading_talent", "in_tier", 80.0, "persons"),
)
RUNGS = (
    ("champion_firms", 27.0),
    ("above_scale_firms", 1112.0),
    ("high_tech_enterprises", 614.0),
    ("technology_smes", 3251.0),
)
"""The ladder of firms, with the number at the end of 2020; drawn apart, so that it changes no other number."""
DRIFT = {"rd_intensity": 0.2, "hightech_share": -0.1, "talent_total": 5500.0, "gdp": 14e9, "leading_talent": 8.0}
PARTS = {
    "talent_total": ("arrivals", "graduates", "qualified", "moves_in", "moves_out", "retirements"),
    "rd_intensity": ("intensity", "growth", "displaced", "gdp"),
    "hightech_share": ("growth", "reclassification"),
}


OBSERVED = (
    Observed("talent_total", "residents", "2016", 2017.0, 323_300.0, "宁波市鄞州区“十三五”人才发展规划"),
    Observed("talent_total", "residents", "2020", 2021.0, 448_000.0, "鄞州区对接大上海规划 (the plan)"),
    Observed("gdp", "", "2020", 2021.0, 226.61e9, "鄞州区计划执行情况"),
)


def target(name: str, value: float, unit: str, **changes: str) -> Target:
    """Make a headline target, judged in 2025."""
    labels = {
        "rd_intensity": ("R&D经费支出占GDP比重", "R&D expenditure over GDP"),
        "hightech_share": (
            "高新技术产业增加值占规上工业增加值比重",
            "High-tech value added over above-scale industrial value added",
        ),
        "talent_total": ("人才总量", "Talent total (end of year)"),
    }
    zh, en = labels.get(name, (name, name))
    kind, role = changes.get("kind", "outcome"), changes.get("role", "headline")
    indicator, lever = changes.get("indicator", name), changes.get("lever", "")
    definition, note = changes.get("definition", ""), changes.get("note", "")
    words = (value, unit, "二(三)", kind, role, indicator, definition, lever)
    return Target(name, zh, en, 2025, ">=", *words, note=note)


TARGETS = (
    target("rd_intensity", 3.6, "percent", definition="first_published"),
    target("hightech_share", 50, "percent", definition="own_level"),
    target("talent_total", 480_000, "persons", definition="residents"),
    target("patents_per_10k", 70, "patents", role="secondary", indicator="", note="Not simulated: no base of 2020."),
    target("enclaves_new", 3, "enclaves", kind="lever_setting", role="secondary", indicator="", lever="sh_sci_enclave"),
    target("leading_talent", 120, "persons", role="secondary", definition="in_tier"),
    target("good_air_days", 90, "percent", kind="outside", role="tracked_only", indicator=""),
)


def definition(members: int = 6, seed: int = 1, n_quarters: int = N_QUARTERS) -> Definition:
    """Define a study of four scenarios."""
    names = {"rd_intensity": "R&D强度", "hightech_share": "高新技术产业增加值占比", "talent_total": "人才总量"}
    return Definition(
        verb="project",
        members=members,
        seed=seed,
        scale=100,
        to_year=2020 + n_quarters // 4,
        n_quarters=n_quarters,
        data_hash="0" * 12,
        versions={"project": "0.1.0", "python": "3.11", "numpy": "2"},
        scenarios=tuple(
            ScenarioEntry(name, zh, en, {"sh_sci_enclave": tuple([1.0] * (n_quarters + 1))})
            for name, zh, en in SCENARIOS
        ),
        levers=tuple(LeverEntry(name, family, zh, en, "unit", 1.0) for name, family, zh, en in LEVERS),
        targets=TARGETS,
        indicators=tuple(
            IndicatorInfo(name, kind, names.get(name, name), name, unit, "theme", f"口径{kind}", f"counted {kind}")
            for name, kind, _, unit in COLUMNS
        )
        + tuple(IndicatorInfo(name, "", f"{name}企业数", name, "firms", "firms") for name, _ in RUNGS),
        places=tuple(Place(*row) for row in PLACES),
        settings=tuple(Setting(name, "enclaves_new", float(n)) for n, (name, _, _) in enumerate(SCENARIOS, start=1)),
    )


def result(scenario: str, member: int, n_quarters: int = N_QUARTERS) -> RunResult:
    """Make a run whose numbers depend on scenario and member alone."""
    place = [name for name, _, _ in SCENARIOS].index(scenario)
    push = (0.6, 1.0, 1.35, 0.8)[place]
    draws = np.random.default_rng([place, member])
    quarters = np.arange(n_quarters + 1)[:, None]
    starts = np.array([start for _, _, start, _ in COLUMNS])
    drift = np.array([DRIFT[name] for name, _, _, _ in COLUMNS]) * push
    luck = draws.normal(1.0, 0.25, len(COLUMNS))
    values = starts * draws.normal(1.0, 0.01, len(COLUMNS)) + drift * luck * quarters / 4
    flows = {
        kind: draws.poisson(mean * push, (n_quarters + 1, 5, 5)) * unit * (1 - np.eye(5))
        for kind, mean, unit in (("talents", 300, 1.0), ("firms", 0.4, 1.0), ("capital", 20, 1e6))
    }
    flows = {kind: np.where(quarters[:, :, None] == 0, 0.0, flow) for kind, flow in flows.items()}
    costs = draws.uniform(0.8, 1.2, (n_quarters + 1, len(LEVERS), 1)) * push
    costs = costs * np.linspace(2e6, 3e7, len(LEVERS))[:, None] * np.array([0.7, 0.1, 0.2, 0.0, 0.0])
    moves = {
        (name, part): np.where(quarters[:, 0] == 0, 0.0, DRIFT[name] * push / 4 * luck[k] * (1 if k % 2 == 0 else -0.4))
        for name, parts in PARTS.items()
        for k, part in enumerate(parts)
    }
    return RunResult(
        scenario_id=scenario,
        member=member,
        columns=(*((name, kind) for name, kind, _, _ in COLUMNS), *((name, "") for name, _ in RUNGS)),
        values=np.hstack([values, rungs(place, member, n_quarters)]),
        places=tuple(name for name, _, _ in PLACES),
        flows=flows,
        lever_ids=tuple(row[0] for row in LEVERS),
        payers=PAYERS,
        costs=costs,
        ration=np.ones(n_quarters + 1),
        decomposition=moves,
        drawn={"rd_base": float(draws.uniform(2.5, 2.85))},
        events=1000,
    )


def rungs(place: int, member: int, n_quarters: int) -> NDArray[np.float64]:
    """Firms by quarter and rung, growing at some pace."""
    pace = np.random.default_rng([place, member, 1]).normal(0.01 * (place + 1), 0.01, len(RUNGS))
    starts = np.array([start for _, start in RUNGS])
    return np.asarray(np.round(starts * np.exp(pace * np.arange(n_quarters + 1)[:, None])))


def complete_study(
    folder: Path,
    members: int = 6,
    order: Sequence[int] = (0, 1, 2, 3),
    size: int = 4,
    defined: Definition | None = None,
) -> Study:
    """Run a whole study: scenarios in the order given, in batches of a given size."""
    study = Study.create_or_open(defined or definition(members), folder)
    for place in order:
        name = SCENARIOS[place][0]
        for start in range(0, members, size):
            chunk = range(start, min(start + size, members))
            study.write_batch([result(name, member) for member in chunk])
    study.compact()
    observed.keep(study.path, OBSERVED)
    return study
