"""The link that carries a setting, and what is wrong with one that somebody changed."""

from __future__ import annotations

import difflib
import math
import re
from typing import NamedTuple

from model.policy import Lever
from outputs.page.setting import Choices, Lift, Setting, Span

_LONGEST = 4000
"""Characters of a link's setting; 28 levers need some 1 300."""
_SHOWN = 40
_LIFT = re.compile(r"(?P<level>[^@~]+)(?:@(?P<first>\d{4})(?:-(?P<last>\d{4}))?)?(?:~(?P<before>[^@~]+))?")


class Fault(NamedTuple):
    """Something wrong with a link: the words for it, and what to fill in."""

    key: str
    values: dict[str, str]


def link(setting: Setting, choices: Choices) -> str:
    """A setting in a link, such as ``univ_institutes:8@2024-2025~4``; empty for the policy of 2020."""
    return ",".join(
        f"{lever.lever_id}:{_lift(setting.lifts[lever.lever_id], lever)}"
        for lever in choices.levers
        if lever.lever_id in setting.lifts
    )


def of_link(text: str, choices: Choices) -> tuple[Setting, list[Fault]]:
    """Read the setting of a link.

    Returns
    -------
    The setting, the policy of 2020 where anything is wrong; and every part that names no lever, no number, years that
    cannot be chosen, or a level out of bounds.
    """
    if len(text) > _LONGEST:
        return Setting(), [Fault("long", {"n": str(len(text))})]
    setting, faults = Setting(), list[Fault]()
    seen = set[str]()
    for part in text.split(",") if text else ():
        name, _, rest = part.partition(":")
        found = _read(name, rest, choices) if name not in seen else Fault("twice", {"lever": name})
        seen.add(name)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            setting = choices.moved(setting, choices.by_id[name], found)
    return (Setting() if faults else setting), faults


def _lift(lift: Lift, lever: Lever) -> str:
    span = f"{lift.span.first}" if lift.span.first == lift.span.last else f"{lift.span.first}-{lift.span.last}"
    before = "" if lift.before == lever.baseline else f"~{lift.before:.10g}"
    return f"{lift.level:.10g}@{span}{before}"


def _read(name: str, rest: str, choices: Choices) -> Lift | Fault:
    """One part of a link, or what is wrong with it."""
    lever = choices.by_id.get(name)
    if lever is None:
        near = difflib.get_close_matches(name[:_SHOWN], choices.by_id, n=1)
        return Fault("near" if near else "lever", {"lever": name[:_SHOWN], "near": "".join(near)})
    found = _LIFT.fullmatch(rest)
    if found is None:
        return Fault("form", {"lever": name, "said": rest[:_SHOWN], "plan": f"{lever.plan:g}"})
    first = int(found["first"] or choices.years[0])
    span = Span(first, int(found["last"] or first) if found["first"] else choices.years[-1])
    if span not in choices.spans:
        return Fault("years", {"lever": name, "said": f"{span.first}-{span.last}"})
    level, before = _number(found["level"]), _number(found["before"] or f"{lever.baseline!r}")
    ends = {"lever": name, "low": f"{lever.bounds[0]:g}", "high": f"{lever.bounds[1]:g}"}
    for number, said in ((level, found["level"]), (before, found["before"])):
        if not lever.bounds[0] <= number <= lever.bounds[1]:
            return Fault("level", {"said": str(said)[:_SHOWN], **ends})
    if before != lever.baseline and not choices.can_wait(span):
        return Fault("before", {"lever": name, "year": str(choices.years[0])})
    return Lift(level, span, before)


def _number(text: str) -> float:
    """A number, or one that lies in no bounds."""
    try:
        return float(text)
    except ValueError:
        return math.nan


__all__ = ["Fault", "link", "of_link"]
