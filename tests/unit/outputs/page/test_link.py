"""The link that carries a setting."""

from __future__ import annotations

import pytest

from outputs.language import LANGUAGES, text
from outputs.page.link import link, of_link
from outputs.page.setting import Choices, Lift, Setting, Span
from scenarios.lever_space import CHOSEN, YEARS

CHOICES = Choices(CHOSEN, YEARS)
INSTITUTES, SUBSIDY = CHOICES.by_id["univ_institutes"], CHOICES.by_id["rd_toolbox_subsidy"]


def test_a_link_carries_a_setting_there_and_back() -> None:
    """What is read from the link of a setting is that setting; the policy of 2020 has an empty link."""
    setting = CHOICES.moved(Setting(), INSTITUTES, Lift(8.0, Span(2024, 2025), 4.5))
    setting = CHOICES.moved(setting, SUBSIDY, Lift(1.0, Span(2022, 2022), SUBSIDY.baseline))
    assert link(setting, CHOICES) == "rd_toolbox_subsidy:1@2022,univ_institutes:8@2024-2025~4.5"
    assert of_link(link(setting, CHOICES), CHOICES) == (setting, [])
    assert (link(Setting(), CHOICES), of_link("", CHOICES)) == ("", (Setting(), []))


def test_years_may_be_left_out() -> None:
    """A level alone is reached by a straight line."""
    setting, faults = of_link("univ_institutes:8", CHOICES)
    assert (setting.lifts["univ_institutes"].span, faults) == (Span(2022, 2025), [])


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("univ_institute:8@2022", "near"),
        ("<script>alert(1)</script>", "lever"),
        ("univ_institutes", "form"),
        ("univ_institutes:8@0.5", "form"),
        ("univ_institutes:many", "level"),
        ("univ_institutes:nan", "level"),
        ("univ_institutes:1e9@2022", "level"),
        ("univ_institutes:-1", "level"),
        ("univ_institutes:8@2024-2025~99", "level"),
        ("univ_institutes:8@2022-2025~4", "before"),
        ("univ_institutes:8@2023-2024", "years"),
        ("univ_institutes:8@2031", "years"),
        ("x" * 5000, "long"),
    ],
)
def test_a_broken_link_is_told_in_both_languages(part: str, key: str) -> None:
    """Each kind of broken part is one fault with words for it, the policy of 2020 is given, and nothing is raised."""
    setting, (fault,) = of_link(part, CHOICES)
    assert (setting, fault.key) == (Setting(), key)
    said = [text(f"page_fault_{fault.key}", language, **fault.values) for language in LANGUAGES]
    assert said[0] != said[1]
    assert not any(word in said[0] for word in (" is ", " not ", "between"))


def test_all_faults_of_a_link_come_at_once() -> None:
    """Two broken parts are two faults, a lever given twice is one, and the sound parts are not taken."""
    setting, faults = of_link("nothing:1,univ_institutes:9,univ_institutes:1e9", CHOICES)
    assert (setting, [fault.key for fault in faults]) == (Setting(), ["lever", "twice"])
