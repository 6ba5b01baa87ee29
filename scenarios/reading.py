"""Reading one scenario file: YAML to a checked `Scenario`, and every problem with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from model.errors import near_match
from model.indicators.definitions import definitions_of, indicators_with_definitions
from model.policy import Lever
from scenarios.files import read_text, shown
from scenarios.levers import BY_ID
from scenarios.schema import FIELDS, FIRST_YEAR, LAST_YEAR, PLAN_YEAR, LeverSetting, Scenario

Loc: TypeAlias = tuple[Any, ...]
"""The way to a place in a file: keys of mappings and positions in lists."""

WRONG_TYPE = {
    "float_type": "must be a number (without quotes)",
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number (without quotes)",
    "int_from_float": "must be a whole number",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "dict_type": "must hold names and values (indented lines 'name: value')",
    "model_type": "must hold names and values (indented lines 'name: value')",
    "list_type": "must be a list such as [base, chance]",
}
"""pydantic's kinds of error in the words of a person who writes a scenario."""


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario as its file says it, without what it inherits."""

    scenario_id: str
    path: Path
    content: Scenario
    raw: CommentedMap = field(repr=False)

    def place(self, loc: Loc, *, at_key: bool = False) -> str:
        """Say ``file:line:column`` of a field."""
        line, column = _mark(self.raw, loc, at_key=at_key)
        return f"{shown(self.path)}:{line}:{column}"


def parse(path: Path) -> tuple[ScenarioFile | None, list[str]]:
    """Read one file.

    Parameters
    ----------
    path : of a YAML 1.2 file in UTF-8.

    Returns
    -------
    The file, or None when it cannot be used; and all its problems, each ``file:line:column: what is wrong``.
    """
    text, problems = read_text(path)
    if problems:
        return None, problems
    name = shown(path)
    try:
        raw = YAML(typ="rt").load(text)
        plain = _plain(raw)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = ", ".join(said.strip().splitlines()[0] for said in (error.context, error.problem) if said)
        return None, [f"{name}:{line}:{column}: not YAML: {what}"]
    except (YAMLError, ValueError, RecursionError) as error:
        return None, [f"{name}:1:1: not YAML: {str(error).strip().splitlines()[0]}"]
    if not (isinstance(raw, CommentedMap) and isinstance(plain, dict)):
        what = "the file is empty" if raw is None else "a scenario must be a mapping of fields such as 'label:'"
        return None, [f"{name}:1:1: {what}"]
    content, faults = validate(plain)
    if content is None or faults:
        marks = {(*_mark(raw, loc, at_key=at_key), said) for loc, at_key, said in faults}
        return None, [f"{name}:{line}:{column}: {said}" for line, column, said in sorted(marks)]
    return ScenarioFile(path.stem, path, content, raw), []


def _plain(node: object) -> object:
    """Turn what ruamel read into plain Python values."""
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, ScalarBoolean | bool):
        return bool(node)
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def validate(plain: dict[Any, Any]) -> tuple[Scenario | None, list[tuple[Loc, bool, str]]]:
    """Check the content of a scenario; each fault is (where, whether at the key, what)."""
    faults: list[tuple[Loc, bool, str]] = []
    content = None
    try:
        content = Scenario.model_validate(plain)
    except ValidationError as error:
        # A typed dictionary of pydantic, whose keys are told by its documentation.
        faults += [_fault(dict(item)) for item in error.errors()]
    # These rules look at each entry by itself, so that one bad entry does not hide what is wrong with another.
    faults += _lever_faults(plain.get("levers"))
    faults += _definition_faults(plain.get("definitions"))
    return content, faults


def _fault(item: dict[str, Any]) -> tuple[Loc, bool, str]:
    """Say an error of pydantic in plain words."""
    loc, kind, context = tuple(item["loc"]), item["type"], item.get("ctx", {})
    at_key = bool(loc) and loc[-1] == "[key]"
    loc = loc[:-1] if at_key else loc
    where = ".".join(str(step) for step in loc)
    if kind in {"extra_forbidden", "invalid_key"}:
        name = item["input"] if kind == "invalid_key" else loc[-1]
        return loc, True, f"unknown field '{name}'; {_hint(loc[:-1], name)}"
    if kind == "missing":
        return loc[:-1], False, f"field '{where}' is missing"
    if kind == "value_error":
        return loc, at_key, f"{where}: {context['error']}"
    if kind in {"greater_than_equal", "less_than_equal"}:
        limit = f"{context['ge']:g} or above" if "ge" in context else f"{context['le']:g} or below"
        return loc, at_key, f"{where}: {item['input']!r} must be {limit}"
    return loc, at_key, f"{where}: {item['input']!r} {WRONG_TYPE.get(kind, item['msg'].lower())}"


def _hint(loc: Loc, name: object) -> str:
    """Say which field may have been meant by an unknown one at a place; levels of years have a place of their own."""
    fields = _known_fields(loc)
    if "by_year" in fields and name in range(FIRST_YEAR, LAST_YEAR + 1):
        return f"levels of years stand below by_year, such as 'by_year: {{{PLAN_YEAR}: 8}}'"
    return near_match(str(name), fields)


def _known_fields(loc: Loc) -> tuple[str, ...]:
    """Names of the fields that may stand at a place."""
    if not loc:
        return FIELDS["scenario"]
    return FIELDS["label"] if loc[0] == "label" else FIELDS["outside"] if loc[0] == "outside" else FIELDS["lever"]


def _lever_faults(levers: object) -> Iterator[tuple[Loc, bool, str]]:
    """Check names, units and bounds of the levers that are otherwise well written."""
    for lever_id, entry in levers.items() if isinstance(levers, dict) else ():
        lever = BY_ID.get(lever_id)
        if lever is None:
            yield ("levers", lever_id), True, f"unknown lever '{lever_id}'; {near_match(str(lever_id), BY_ID)}"
            continue
        try:
            setting = LeverSetting.model_validate(entry)
        except ValidationError:
            continue
        if setting.unit is not None and setting.unit != lever.unit:
            said = f"unit '{setting.unit}' is wrong: {lever_id} is in '{lever.unit}'"
            yield ("levers", lever_id, "unit"), False, said
        yield from _bound_faults(lever, setting)


def _bound_faults(lever: Lever, setting: LeverSetting) -> Iterator[tuple[Loc, bool, str]]:
    """Check that every level of a lever lies within its bounds."""
    low, high = lever.bounds
    for year, level in setting.levels(lever).items():
        if not low <= level <= high:
            inner: Loc = ("by_year", year) if setting.by_year else ("level_2025",)
            said = f"{lever.lever_id}: {level:g} is out of range; it must be {low:g} to {high:g} ({lever.unit})"
            yield ("levers", lever.lever_id, *inner), False, said


def _definition_faults(definitions: object) -> Iterator[tuple[Loc, bool, str]]:
    """Check names of indicators and of their definitions."""
    for indicator, definition in definitions.items() if isinstance(definitions, dict) else ():
        known = definitions_of(indicator) if isinstance(indicator, str) else ()
        if not known:
            hint = near_match(str(indicator), indicators_with_definitions())
            yield ("definitions", indicator), True, f"'{indicator}' is no indicator with definitions; {hint}"
        elif isinstance(definition, str) and definition not in known:
            hint = near_match(definition, known)
            yield ("definitions", indicator), False, f"unknown definition '{definition}' of {indicator}; {hint}"


def _mark(raw: CommentedMap, loc: Sequence[Any], *, at_key: bool) -> tuple[int, int]:
    """Line and column, from 1, of the deepest part of ``loc`` that stands in the file."""
    node: object = raw
    line, column = raw.lc.line, raw.lc.col
    for depth, step in enumerate(loc):
        places = node.lc.data if isinstance(node, CommentedMap | CommentedSeq) else None
        if places is None or step not in places:
            break
        place = places[step]
        # An empty value has no place of its own: the parser puts it where the next thing begins.
        at_name = node[step] is None or (at_key and depth == len(loc) - 1)  # type: ignore[index] # it has places
        line, column = place[:2] if len(place) == 2 or at_name else place[2:4]
        node = node[step]  # type: ignore[index] # only a mapping or a list has places
    return line + 1, column + 1
