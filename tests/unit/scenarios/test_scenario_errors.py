"""Bad scenario files: every problem at once, with file, line, column and what to do."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from model.errors import ScenarioError
from scenarios import shelf
from scenarios.scenario import library, load, load_content
from scenarios.schema import FIELDS

Write = Callable[[str, str], str]

LABEL = "label: {zh: 甲, en: A}\n"
BOMB = "a0: &a0 [1, 1]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
"""Nine references to nine references, and so on: a kilobyte that stands for more values than any memory holds."""


def problems(*names: str) -> tuple[str, ...]:
    """What ``load`` says of scenarios that cannot be used."""
    with pytest.raises(ScenarioError) as caught:
        load(list(names), 20)
    return caught.value.problems


ONE_FAULT = {
    "misspelt lever": (
        "levers:\n  firm_lader: strong\n",
        "3:3: unknown lever 'firm_lader'; did you mean 'firm_ladder'?",
    ),
    "misspelt field": ("leverz: {}\n", "2:1: unknown field 'leverz'; did you mean 'levers'?"),
    "misspelt field of a lever": (
        "levers:\n  firm_ladder: {levl_2025: 2}\n",
        "3:17: unknown field 'levl_2025'; did you mean 'level_2025'?",
    ),
    "misspelt field of the outside world": (
        "outside: {wrld: x}\n",
        "2:11: unknown field 'wrld'; did you mean 'world'?",
    ),
    "above the bounds": (
        "levers: {innovation_voucher: 400}\n",
        "2:30: innovation_voucher: 400 is out of range; it must be 0 to 90 (million yuan redeemed per year)",
    ),
    "below the bounds": (
        "levers: {univ_institutes: -1}\n",
        "2:27: univ_institutes: -1 is out of range; it must be 0 to 18 (institutes in operation)",
    ),
    "one year out of bounds": (
        "levers:\n  univ_institutes:\n    by_year:\n      2024: 4\n      2025: 40\n",
        "6:13: univ_institutes: 40 is out of range; it must be 0 to 18 (institutes in operation)",
    ),
    "not a finite number": (
        "levers: {univ_institutes: .nan}\n",
        "2:27: univ_institutes: nan is out of range; it must be 0 to 18 (institutes in operation)",
    ),
    "a year missing inside": (
        "levers:\n  univ_institutes:\n    by_year: {2022: 4, 2024: 5, 2025: 6}\n",
        (
            "4:14: levers.univ_institutes.by_year: without 2023; by_year needs every year from its first to its last "
            "and must reach 2025 (or give level_2025 for a straight ramp)"
        ),
    ),
    "years that end early": (
        "levers: {univ_institutes: {by_year: {2022: 4, 2023: 5}}}\n",
        (
            "2:37: levers.univ_institutes.by_year: without 2024, 2025; by_year needs every year from its first to its "
            "last and must reach 2025 (or give level_2025 for a straight ramp)"
        ),
    ),
    "a year before the start": (
        "levers: {univ_institutes: {by_year: {2020: 3}}}\n",
        "2:38: levers.univ_institutes.by_year.2020: 2020 must be 2021 or above",
    ),
    "a start after the plan": (
        "levers: {univ_institutes: {level_2025: plan, start: 2030}}\n",
        "2:53: levers.univ_institutes.start: 2030 must be 2025 or below",
    ),
    "wrong unit": (
        "levers: {univ_institutes: {level_2025: 8, unit: heads}}\n",
        "2:49: unit 'heads' is wrong: univ_institutes is in 'institutes in operation'",
    ),
    "two ways of giving the level": (
        "levers: {univ_institutes: {level_2025: 8, by_year: {2025: 8}}}\n",
        "2:27: levers.univ_institutes: give either level_2025 or by_year",
    ),
    "no level at all": (
        "levers:\n  univ_institutes:\n",
        "3:3: levers.univ_institutes: give either level_2025 or by_year",
    ),
    "start beside by_year": (
        "levers: {univ_institutes: {start: 2023, by_year: {2025: 8}}}\n",
        (
            "2:27: levers.univ_institutes: start belongs to level_2025; with by_year the lever moves in the first year "
            "of the list"
        ),
    ),
    "misspelt level": (
        "levers: {univ_institutes: stron}\n",
        (
            "2:27: levers.univ_institutes.level_2025: 'stron' must be a number (without quotes) or one of baseline, "
            "plan, strong; did you mean 'strong'?"
        ),
    ),
    "a number in quotes": (
        "levers: {univ_institutes: '8'}\n",
        (
            "2:27: levers.univ_institutes.level_2025: '8' must be a number (without quotes) or one of baseline, plan, "
            "strong"
        ),
    ),
    "yes or no for a number": (
        "levers: {univ_institutes: true}\n",
        (
            "2:27: levers.univ_institutes.level_2025: True must be a number (without quotes) or one of baseline, plan, "
            "strong"
        ),
    ),
    "a word where names and values belong": (
        "levers: plan\n",
        "2:9: levers: 'plan' must hold names and values (indented lines 'name: value')",
    ),
    "a fraction of a quarter": (
        "delay_quarters: 1.5\n",
        "2:17: delay_quarters: 1.5 must be a whole number (without quotes)",
    ),
    "a negative delay": ("delay_quarters: -8\n", "2:17: delay_quarters: -8 must be 0 or above"),
    "a field that is no text": (
        "3: 4\n",
        (
            "2:1: unknown field '3'; known: "
            "base, definitions, delay_quarters, label, ladder, levers, outside, rivals, switch_off"
        ),
    ),
    "a year where a field of a lever belongs": (
        "levers:\n  univ_institutes:\n    2024: 4\n",
        "4:5: unknown field '2024'; levels of years stand below by_year, such as 'by_year: {2025: 8}'",
    ),
    "unknown outside world": (
        "outside: {world: as_hapened}\n",
        "2:18: outside.world: unknown outside world 'as_hapened'; did you mean 'as_happened'?",
    ),
    "openings earlier than planned": (
        "outside: {transport_slippage_quarters: -4}\n",
        "2:40: outside.transport_slippage_quarters: -4 must be 0 or above",
    ),
    "growth beyond reason": ("outside: {growth_shift: 99}\n", "2:25: outside.growth_shift: 99 must be 10 or below"),
    "unknown kind of uncertainty": (
        "switch_off: [base, chanc]\n",
        "2:20: switch_off.1: unknown kind of uncertainty 'chanc'; did you mean 'chance'?",
    ),
    "no list": ("switch_off: base\n", "2:13: switch_off: 'base' must be a list such as [base, chance]"),
    "unknown definition": (
        "definitions: {rd_intensity: revised}\n",
        "2:29: unknown definition 'revised' of rd_intensity; did you mean 'revised_gdp'?",
    ),
    "unknown indicator": (
        "definitions: {rd_intensty: revised_gdp}\n",
        "2:15: 'rd_intensty' is no indicator with definitions; did you mean 'rd_intensity'?",
    ),
    "unknown base": ("base: plam\n", "2:7: unknown base 'plam'; did you mean 'plan'?"),
    "out of range through a merged mapping": (
        "levers:\n  <<: {univ_institutes: 40}\n  firm_ladder: plan\n",
        "3:3: univ_institutes: 40 is out of range; it must be 0 to 18 (institutes in operation)",
    ),
}


@pytest.mark.parametrize("kind", sorted(ONE_FAULT))
def test_one_fault_is_told_with_its_place_and_nothing_else(write: Write, kind: str) -> None:
    """A file with one fault gives one sentence, with file, line, column and what to write instead."""
    text, told = ONE_FAULT[kind]
    assert problems(write("mine.yaml", LABEL + text)) == (f"mine.yaml:{told}",)


NAMES = re.compile(r"mine\.yaml:\d+:\d+|'[^']*'|“[^”]*”|\{.*?\}|\[.*?\]|[a-z]+_[a-z0-9_]+|\w+\.[\w.]+")
"""What stays as it is in every language: places, what the file says, and names of fields."""
FIELD_WORDS = {*FIELDS["scenario"], "start", "baseline", "plan", "strong", "nan", "rue"}
"""The same in one word; ``rue`` is left of Python's ``True``."""


@pytest.mark.parametrize("kind", sorted(ONE_FAULT))
def test_one_fault_is_told_in_chinese_as_well(kind: str) -> None:
    """Asked for Chinese, the same fault has the same place and Chinese words; no English sentence is left."""
    text, english = ONE_FAULT[kind]
    with pytest.raises(ScenarioError) as caught:
        load_content((LABEL + text).encode(), "mine.yaml", 20, "zh")
    (said,) = caught.value.problems
    place = english.split(": ")[0]
    assert said.startswith(f"mine.yaml:{place}: ")
    rest = NAMES.sub("", said)
    assert len(re.findall("[\u4e00-\u9fff]", rest)) >= 4
    assert set(re.findall("[a-z]{2,}", rest)) <= FIELD_WORDS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "mine.yaml:1:1: the file is empty"),
        ("# nothing but a comment\n", "mine.yaml:1:1: the file is empty"),
        ("- a\n- b\n", "mine.yaml:1:1: a scenario must be a mapping of fields such as 'label:'"),
        ("base: plan\n", "mine.yaml:1:1: field 'label' is missing"),
        ("label: {zh: 甲}\n", "mine.yaml:1:8: field 'label.en' is missing"),
        ("label: {zh: 甲, en: ''}\n", "mine.yaml:1:20: label.en: '' must not be empty"),
    ],
)
def test_a_file_without_a_scenario_in_it_is_told(write: Write, text: str, told: str) -> None:
    """An empty file, a list, or a file without labels is told as what it is."""
    assert problems(write("mine.yaml", text)) == (told,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LABEL + "levers: [\n", "mine.yaml:3:1: not YAML: "),
        (LABEL + "base: plan\nbase: strong\n", "mine.yaml:3:1: not YAML: "),
        (LABEL + "---\nbase: plan\n", "mine.yaml:2:1: not YAML: "),
        (LABEL + "note: 2021-13-45\n", "mine.yaml:1:1: not YAML: "),
        (LABEL + "base: \x07\n", "mine.yaml:1:1: not YAML: "),
        ("[" * 3000, "mine.yaml:1:1: not YAML: brackets within brackets"),
        (LABEL + "base: " + "[" * 90, "mine.yaml:2:97: not YAML: "),
        (LABEL + "note: !!bool perhaps\n", "mine.yaml:1:1: not YAML: "),
        (LABEL + "note: !!int\n", "mine.yaml:1:1: not YAML: "),
        (LABEL + "note: !!set\n", "mine.yaml:1:1: not YAML: "),
        (LABEL + "note: &a\n <<: *a\n", "mine.yaml:1:1: not YAML: "),
        (LABEL + BOMB, "mine.yaml:1:1: not YAML: more than 5000 values"),
    ],
)
def test_broken_yaml_is_told_with_its_place(write: Write, text: str, told: str) -> None:
    """What is no YAML, or no sensible YAML, is one sentence with line and column, not a traceback."""
    (said,) = problems(write("mine.yaml", text))
    assert said.startswith(told)
    assert "\n" not in said


def test_a_file_handed_over_inherits_from_the_library_alone(write: Write) -> None:
    """Content without a folder finds a base in the library, never one that lies where the program runs."""
    write("mother.yaml", LABEL)
    path = load_content((LABEL + "base: plan\n").encode(), "mine.yaml", 20)
    assert (path.intensity == load(["plan"], 20)[0].intensity).all()
    with pytest.raises(ScenarioError, match=r"mine\.yaml:2:7: unknown base 'mother'"):
        load_content((LABEL + "base: mother\n").encode(), "mine.yaml", 20)
    with pytest.raises(ScenarioError, match="文件不是 UTF-8"):
        load_content(LABEL.encode("gbk"), "mine.yaml", 20, "zh")


def test_a_file_in_another_encoding_is_told(write: Write, tmp_path: Path) -> None:
    """A file saved in GBK is told to be saved as UTF-8."""
    write("mine.yaml", "")
    (tmp_path / "mine.yaml").write_bytes(LABEL.encode("gbk"))
    (said,) = problems("mine.yaml")
    assert said.startswith("mine.yaml: the file is not UTF-8")


def test_a_file_with_a_byte_order_mark_is_read(write: Write, tmp_path: Path) -> None:
    """A file as Windows editors save it, with a byte order mark and CR LF, is read like any other."""
    write("mine.yaml", "")
    (tmp_path / "mine.yaml").write_bytes(b"\xef\xbb\xbf" + (LABEL + "base: plan\n").replace("\n", "\r\n").encode())
    (path,) = load(["mine.yaml"], 20)
    assert (path.scenario_id, path.label_zh) == ("mine", "甲")


def test_all_problems_of_all_files_are_told_at_once(write: Write) -> None:
    """Faults of every kind, in two files and in a name, come in one error, one sentence each."""
    write("one.yaml", LABEL + "bsae: plan\nlevers:\n  firm_lader: 2\n  angel_fund: x\n  univ_institutes: 40\n")
    write("two.yaml", LABEL + "levers: {risk_pool_loan: {level_2025: 60, unit: yuan}}\nswitch_off: [luck]\n")
    told = problems("one.yaml", "plam", "two.yaml")
    places = [said.split(": ")[0] for said in told]
    assert places == [
        "one.yaml:2:1",
        "one.yaml:4:3",
        "one.yaml:5:15",
        "one.yaml:6:20",
        "unknown scenario 'plam'; did you mean 'plan'?, or only_LEVER, or give the path of a .yaml file",
        "two.yaml:2:49",
        "two.yaml:3:14",
    ]


def test_the_faults_of_a_base_are_told_once(write: Write) -> None:
    """A fault in a base that two scenarios share is told once, under the name of the base."""
    write("mother.yaml", LABEL + "levers: {univ_institutes: 40}\n")
    told = problems(write("a.yaml", LABEL + "base: mother\n"), write("b.yaml", LABEL + "base: mother\n"))
    assert [said.split(": ")[0] for said in told] == ["mother.yaml:2:27"]


def test_a_circle_of_bases_is_told(write: Write) -> None:
    """Scenarios that inherit from each other are told as a circle, with the way round it."""
    write("a.yaml", LABEL + "base: b\n")
    write("b.yaml", LABEL + "base: a\n")
    assert problems("a.yaml") == ("b.yaml:2:7: the scenarios inherit in a circle: a.yaml -> b.yaml -> a.yaml",)


def test_a_scenario_that_inherits_from_itself_is_told(write: Write) -> None:
    """A file that names itself as its base is a circle of one."""
    assert problems(write("a.yaml", LABEL + "base: a\n")) == (
        "a.yaml:2:7: the scenarios inherit in a circle: a.yaml -> a.yaml",
    )


def test_a_file_that_is_not_there_is_told(write: Write) -> None:
    """The path of a file that does not exist is told as such."""
    write("other.yaml", LABEL)
    assert problems("mine.yaml") == ("mine.yaml: no such file",)


def test_a_file_called_as_one_of_the_library_is_refused(write: Write) -> None:
    """A user's own file may not share its id with a scenario of the library, so that results are not confused."""
    (said,) = problems(write("plan.yaml", LABEL))
    assert said == "plan.yaml: the library has a scenario 'plan' already; rename the file"


@pytest.mark.parametrize("names", [["plan", "plan"], ["plan+plan"], ["plan", "strong", "plan"]])
def test_the_same_scenario_twice_is_told(names: list[str]) -> None:
    """Two scenarios of one name, apart or side by side, are an error."""
    assert problems(*names) == ("two scenarios are called 'plan'; ask for one of them, or rename a file",)


def test_a_broken_file_of_the_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing the library tells every problem of every file in it."""
    (tmp_path / "a.yaml").write_text(LABEL + "base: c\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(shelf, "LIBRARY", tmp_path)
    with pytest.raises(ScenarioError) as caught:
        library()
    assert len(caught.value.problems) == 2


def test_an_error_about_scenarios_survives_pickling(write: Write) -> None:
    """The error crosses to another process and back with all its sentences."""
    with pytest.raises(ScenarioError) as caught:
        load([write("mine.yaml", "")], 20)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301 - made here


def test_a_horizon_below_one_quarter_is_refused() -> None:
    """A path needs at least one quarter after the base year."""
    with pytest.raises(ValueError, match="n_quarters must be 1 or more, not 0"):
        load(["plan"], 0)
