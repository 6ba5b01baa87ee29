"""Groups of factors by name."""

from __future__ import annotations

import pytest

from model.errors import UsageError
from model.factors import Factor
from outputs.sensitivity.asking import group_label
from outputs.sensitivity.grouping import MOST, STANDARD, grouped, luck_factor, too_many

FACTORS = [
    Factor("base:tech_smes", "base", "base", "科小", "SMEs", "firms", "measured", float),
    Factor("parameter:speed", "parameters", "research", "速度", "speed", "1/year", "assumed", float),
    Factor("parameter:exit", "parameters", "firms", "退出", "exit", "1/year", "assumed", float),
    Factor("lever:angel", "levers", "levers:finance", "天使", "Angel fund", "yuan", "assumed", float),
    Factor("lever:seats", "levers", "levers:enclaves", "席位", "Seats", "heads", "assumed", float),
    luck_factor(),
]


def names(words: list[str]) -> dict[str, list[str]]:
    """Names of the factors of each group."""
    return {word: [factor.name for factor in mine] for word, mine in grouped(words, FACTORS).items()}


def test_a_group_is_a_kind_a_block_a_family_or_a_factor() -> None:
    """Several are joined by a plus, and what no other group holds is the rest."""
    assert names(["research+lever:angel", "base", "luck", "rest"]) == {
        "research+lever:angel": ["parameter:speed", "lever:angel"],
        "base": ["base:tech_smes"],
        "luck": ["luck"],
        "rest": ["parameter:exit", "lever:seats"],
    }
    assert names(["levers", "parameters"]) == {
        "levers": ["lever:angel", "lever:seats"],
        "parameters": ["parameter:speed", "parameter:exit"],
    }
    assert names(["levers:finance"]) == {"levers:finance": ["lever:angel"]}


def test_all_that_is_wrong_with_groups_is_said_at_once() -> None:
    """An unknown name has a near match or the list of groups; a factor in two groups is named."""
    with pytest.raises(UsageError) as error:
        grouped(["reserch", "weather", "levers", "lever:angel"], FACTORS)
    near, far, both = error.value.lines()
    assert "did you mean 'research'?" in near
    assert "groups: base, parameters, research, firms, levers" in far
    assert both == "--groups: lever:angel is in levers and in lever:angel; a factor has one group"


def test_the_standard_groups_are_about_a_dozen() -> None:
    """Fourteen; a seventeenth group is one too many."""
    assert len(STANDARD) == 14
    assert too_many(STANDARD) == []
    assert too_many([str(place) for place in range(MOST + 1)]) != []


def test_a_group_is_called_by_its_parts() -> None:
    """In Chinese and English; a group of one factor is called by it, and luck is luck."""
    found = grouped(["lever:angel", "levers:enclaves+parameter:exit", "luck", "rest"], FACTORS)
    assert {word: group_label(word, mine) for word, mine in found.items()} == {
        "lever:angel": ("天使", "Angel fund"),
        "levers:enclaves+parameter:exit": ("措施：飞地、退出", "levers: Enclaves and exit"),
        "luck": ("随机性", "luck"),
        "rest": ("其余各项", "all others"),
    }
