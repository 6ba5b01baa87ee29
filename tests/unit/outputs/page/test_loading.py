"""Scenario files in the controls of the page: what comes back, and what is told."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import cast

import pytest

from model.lever_settings import LeverSettings
from model.policy import PolicyPath, quarter_of
from outputs.language import LANGUAGES, text
from outputs.page.loading import FIELDS, Loaded, of_path
from outputs.page.setting import Choices, Lift, Setting, within
from scenarios import lever_space
from scenarios.lever_space import CHOSEN, YEARS
from scenarios.scenario import load_content
from scenarios.schema import LAST_YEAR, Label, LeverSetting, Scenario
from scenarios.writing import scenario_text

CHOICES = Choices(CHOSEN, YEARS)
LEVELS = cast("LeverSettings", SimpleNamespace(levels=lever_space.levels))
"""The one thing that loading asks of a study."""
LABEL = "label: {zh: 甲, en: A}\n"


def loaded(content: str, choices: Choices = CHOICES) -> Loaded:
    """What a file makes of the controls."""
    return of_path(load_content(content.encode(), "mine.yaml", quarter_of(LAST_YEAR)), choices, LEVELS)


def saved(setting: Setting) -> str:
    """The file of a setting."""
    levels = lever_space.levels(CHOICES.vector(setting))
    levers = {lever_id: LeverSetting(by_year=by_year) for lever_id, by_year in levels.items()}
    return scenario_text(Scenario(label=Label(zh="甲", en="A"), base="baseline", levers=levers))


@pytest.mark.parametrize("first", range(len(CHOICES.spans)))
@pytest.mark.parametrize(("to", "before"), [(0.137, None), (0.0, 0.9), (1.0, 0.211), (0.5, None)])
def test_what_is_saved_is_loaded(first: int, to: float, before: float | None) -> None:
    """Every lever at odd levels, in all years that can be chosen, with and without a level before, comes back."""
    setting = Setting()
    for place, lever in enumerate(CHOSEN, start=first):
        low, high = lever.bounds
        start = lever.baseline if before is None else low + before * (high - low)
        lift = Lift(low + to * (high - low), CHOICES.spans[place % len(CHOICES.spans)], start)
        setting = CHOICES.moved(setting, lever, lift)
    content = saved(setting)
    found = loaded(content)
    assert (found.faults, found.notes) == ([], [])
    assert not re.search(r"\de-\d", content)
    assert lever_space.levels(CHOICES.vector(found.setting)) == lever_space.levels(CHOICES.vector(setting))
    assert found.setting == setting


def test_a_file_by_hand_is_loaded() -> None:
    """A level alone is a straight line, a start begins later, names of levels and thirds that people round do."""
    by_hand = (
        "base: baseline\nlevers:\n  univ_institutes: plan\n  firm_ladder: {level_2025: strong, start: 2024}\n"
        "  innovation_voucher: {by_year: {2022: 20, 2023: 26.67, 2024: 33.3, 2025: 40}}\n"
    )
    found = loaded(LABEL + by_hand)
    institutes, ladder, voucher = (
        CHOICES.by_id[name] for name in ("univ_institutes", "firm_ladder", "innovation_voucher")
    )
    straight, late = CHOICES.straight, CHOICES.spans[-2]
    assert found.faults == []
    assert found.setting.lifts == {
        institutes.lever_id: Lift(institutes.plan, straight, institutes.baseline),
        ladder.lever_id: Lift(ladder.strong, late, ladder.baseline),
        voucher.lever_id: Lift(40.0, CHOICES.spans[4], 20.0),
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("rivals: respond\n", ["beside rivals"]),
        ("ladder: hold\n", ["beside ladder"]),
        ("outside: {world: as_happened}\n", ["beside outside.world"]),
        ("switch_off: [chance]\nlevers: {univ_institutes: plan}\n", ["beside switch_off"]),
        ("base: downturn\n", ["beside outside.growth_shift"]),
        ("outside: {transport_slippage_quarters: 4}\n", ["beside outside.transport_slippage_quarters"]),
        ("levers: {transport_opening: 2}\n", ["not_here transport_opening"]),
        ("levers: {univ_institutes: {level_2025: 8, start: 2021}}\n", ["early univ_institutes"]),
        (
            "levers: {univ_institutes: {by_year: {2022: 4, 2023: 5, 2024: 5, 2025: 6, 2026: 8}}}\n",
            ["late univ_institutes"],
        ),
        ("delay_quarters: 4\nlevers: {univ_institutes: plan}\n", ["late univ_institutes"]),
        (
            "delay_quarters: 2\nlevers: {univ_institutes: {by_year: {2022: 4, 2023: 8, 2024: 8, 2025: 8}}}\n",
            ["within univ_institutes"],
        ),
        (
            "levers: {univ_institutes: {by_year: {2022: 4, 2023: 8, 2024: 8, 2025: 6}}, angel_fund: plan}\n",
            ["stray univ_institutes"],
        ),
    ],
)
def test_what_the_page_cannot_show_is_told_by_field(content: str, told: list[str]) -> None:
    """Nothing is moved, and each field is named in words of both languages that say what to do."""
    found = loaded(LABEL + content)
    assert [f"{fault.key} {fault.values.get('field', fault.values.get('lever'))}" for fault in found.faults] == told
    assert found.setting == Setting()
    for language in LANGUAGES:
        for fault in found.faults:
            said = text(f"page_fault_{fault.key}", language, **fault.values)
            assert told[0].split()[1] in said
            assert "`project`" in said


def test_all_that_cannot_be_shown_is_told_at_once() -> None:
    """A field besides the levers does not hide a lever that cannot be shown."""
    content = (
        "rivals: respond\nladder: hold\nlevers:\n  univ_institutes: {level_2025: 8, start: 2021}\n"
        "  angel_fund: {by_year: {2022: 1, 2023: 5, 2024: 2, 2025: 6}}\n"
    )
    assert [fault.key for fault in loaded(LABEL + content).faults] == ["beside", "beside", "early", "stray"]


def test_a_level_that_was_not_learnt_is_told() -> None:
    """With a study that never took a lever below 2020, a file that does so is refused and the bounds are said."""
    high = Choices(within(CHOSEN, [lever.baseline for lever in CHOSEN]), YEARS)
    lever = CHOICES.by_id["univ_institutes"]
    (fault,) = loaded(LABEL + "levers: {univ_institutes: 0}\n", high).faults
    assert fault.key == "unlearnt"
    assert (fault.values["low"], fault.values["said"]) == (f"{lever.baseline:g}", "0")


def test_a_definition_is_left_out_and_told() -> None:
    """Which definition is reported first changes no run: the levers are shown, and a note says what was left out."""
    found = loaded(LABEL + "definitions: {rd_intensity: revised_gdp}\nlevers: {univ_institutes: 8}\n")
    assert (found.faults, [note.key for note in found.notes]) == ([], ["left_out"])
    assert found.setting.lifts["univ_institutes"].level == 8.0
    for language in LANGUAGES:
        assert "definitions" in text("page_fault_left_out", language, **found.notes[0].values)


def test_every_field_of_a_path_has_a_name_in_files() -> None:
    """A path can set nothing besides its levers that the page could not name."""
    plain = PolicyPath("a", "甲", "A", CHOSEN, load_content(LABEL.encode(), "a", 4).intensity[: len(CHOSEN)])
    assert {*FIELDS, "definitions"} == set(plain.beside_levers)
