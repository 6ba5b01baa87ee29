"""Reading one scenario file: YAML to a checked `Scenario`, and every problem with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from pathlib import Path
from textwrap import shorten
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from model.indicators.definitions import definitions_of, indicators_with_definitions
from model.policy import Lever
from scenarios.fault_words import Hint, has_words, say
from scenarios.files import read_text, shown
from scenarios.levers import BY_ID
from scenarios.schema import FIELDS, FIRST_YEAR, LAST_YEAR, PLAN_YEAR, LeverSetting, Scenario

Loc: TypeAlias = tuple[Any, ...]
"""The way to a place in a file: keys of mappings and positions in lists."""

_LONGEST_VALUE = 100
"""Characters of a wrong value that a message repeats."""
_MOST_VALUES = 5000
"""In one file: all levers in all years are some 600. References within a few lines can stand for billions."""
_DEEPEST = 100
"""Brackets within brackets: a scenario needs three, and ruamel takes seconds over a thousand on one line."""
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}
_NO_YAML = (YAMLError, ValueError, RecursionError, IndexError, KeyError, AttributeError)
"""What ruamel raises: the last three where a tag does not fit its value, such as ``!!bool perhaps``."""


class Fault(NamedTuple):
    """Something wrong in a file: where, what `scenarios.fault_words` says of it, and whether it is the key there."""

    loc: Loc
    key: str
    values: Mapping[str, object]
    at_key: bool = False


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


def parse(path: Path, language: str = "en") -> tuple[ScenarioFile | None, list[str]]:
    """Read one file.

    Parameters
    ----------
    path : of a YAML 1.2 file in UTF-8.
    language : in which problems are said.

    Returns
    -------
    The file, or None when it cannot be used; and all its problems, each ``file:line:column: what is wrong``.
    """
    text, problems = read_text(path, language)
    return (None, problems) if problems else parse_text(text, path, language)


def parse_text(text: str, path: Path, language: str = "en") -> tuple[ScenarioFile | None, list[str]]:
    """Read the text of a file, as `parse` does; ``path`` is what problems call it."""
    name = shown(path)
    if max(accumulate(_BRACKETS.get(char, 0) for char in text), default=0) > _DEEPEST:
        return None, [f"{name}:1:1: {say('too_deep', language, most=_DEEPEST)}"]
    try:
        raw = YAML(typ="rt").load(text)
        plain = _plain(raw, count())
    except _NO_YAML as error:
        line, column, key, what = _broken(error)
        return None, [f"{name}:{line}:{column}: {say(key, language, what=what, most=_MOST_VALUES)}"]
    if not (isinstance(raw, CommentedMap) and isinstance(plain, dict)):
        return None, [f"{name}:1:1: {say('empty' if raw is None else 'no_mapping', language)}"]
    content, faults = validate(plain)
    if content is None or faults:
        marks = {(*_mark(raw, fault.loc, at_key=fault.at_key), told(fault, language)) for fault in faults}
        return None, [f"{name}:{line}:{column}: {said}" for line, column, said in sorted(marks)]
    return ScenarioFile(path.stem, path, content, raw), []


def _broken(error: Exception) -> tuple[int, int, str, str]:
    """Line, column, kind of fault and the parser's own words, of what is no YAML."""
    if isinstance(error, _TooManyError):
        return 1, 1, "too_many", ""
    if not isinstance(error, MarkedYAMLError):
        return 1, 1, "not_yaml", (str(error).strip() or type(error).__name__).splitlines()[0]
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    what = ", ".join(said.strip().splitlines()[0] for said in (error.context, error.problem) if said)
    return line, column, "not_yaml", what


class _TooManyError(ValueError):
    """A file stands for more values than any scenario has."""


def _plain(node: object, values: Iterator[int]) -> object:
    """Turn what ruamel read into plain Python values; each is counted, as often as it is referred to."""
    if next(values) > _MOST_VALUES:
        raise _TooManyError
    if isinstance(node, CommentedMap):
        return {key: _plain(value, values) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value, values) for value in node]
    if isinstance(node, ScalarBoolean | bool):
        return bool(node)
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def validate(plain: dict[Any, Any]) -> tuple[Scenario | None, list[Fault]]:
    """Check the content of a scenario."""
    faults = list[Fault]()
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


def told(fault: Fault, language: str = "en") -> str:
    """Say a fault."""
    return say(fault.key, language, **fault.values)


def _fault(item: dict[str, Any]) -> Fault:
    """An error of pydantic by its words of `scenarios.fault_words`."""
    loc, kind, context = tuple(item["loc"]), item["type"], item.get("ctx", {})
    at_key = bool(loc) and loc[-1] == "[key]"
    loc = loc[:-1] if at_key else loc
    where = ".".join(str(step) for step in loc)
    if kind in {"extra_forbidden", "invalid_key"}:
        name = item["input"] if kind == "invalid_key" else loc[-1]
        return Fault(loc, *_unknown(loc[:-1], name), at_key=True)
    if kind == "missing":
        return Fault(loc[:-1], "missing", {"where": where})
    values = {"where": where, "value": shorten(repr(item["input"]), _LONGEST_VALUE, placeholder="...")}
    if kind in {"greater_than_equal", "less_than_equal"}:
        key, limit = ("at_least", context["ge"]) if "ge" in context else ("at_most", context["le"])
        return Fault(loc, key, {**values, "limit": f"{limit:g}"}, at_key)
    if not has_words(kind):
        return Fault(loc, "unfit", {**values, "what": item["msg"].lower()}, at_key)
    return Fault(loc, kind, {**values, **context}, at_key)


def _unknown(loc: Loc, name: object) -> tuple[str, dict[str, object]]:
    """What to say of an unknown field at a place; levels of years have a place of their own."""
    fields = _known_fields(loc)
    if "by_year" in fields and name in range(FIRST_YEAR, LAST_YEAR + 1):
        return "years_below", {"name": name, "year": PLAN_YEAR}
    return "unknown_field", {"name": name, "hint": Hint(str(name), fields)}


def _known_fields(loc: Loc) -> tuple[str, ...]:
    """Names of the fields that may stand at a place."""
    if not loc:
        return FIELDS["scenario"]
    return FIELDS["label"] if loc[0] == "label" else FIELDS["outside"] if loc[0] == "outside" else FIELDS["lever"]


def _lever_faults(levers: object) -> Iterator[Fault]:
    """Check names, units and bounds of the levers that are otherwise well written."""
    for lever_id, entry in levers.items() if isinstance(levers, dict) else ():
        lever = BY_ID.get(lever_id)
        if lever is None:
            values = {"name": lever_id, "hint": Hint(str(lever_id), BY_ID)}
            yield Fault(("levers", lever_id), "unknown_lever", values, at_key=True)
            continue
        try:
            setting = LeverSetting.model_validate(entry)
        except ValidationError:
            continue
        if setting.unit is not None and setting.unit != lever.unit:
            units = {"lever": lever_id, "unit": setting.unit, "right": lever.unit}
            yield Fault(("levers", lever_id, "unit"), "wrong_unit", units)
        yield from _bound_faults(lever, setting)


def _bound_faults(lever: Lever, setting: LeverSetting) -> Iterator[Fault]:
    """Check that every level of a lever lies within its bounds."""
    low, high = (f"{bound:g}" for bound in lever.bounds)
    ends = {"lever": lever.lever_id, "low": low, "high": high, "unit": lever.unit, "unit_zh": lever.unit_zh}
    for year, level in setting.levels(lever).items():
        if not lever.bounds[0] <= level <= lever.bounds[1]:
            inner: Loc = ("by_year", year) if setting.by_year else ("level_2025",)
            values = {**ends, "level": f"{level:g}"}
            yield Fault(("levers", lever.lever_id, *inner), "out_of_range", values)


def _definition_faults(definitions: object) -> Iterator[Fault]:
    """Check names of indicators and of their definitions."""
    for indicator, definition in definitions.items() if isinstance(definitions, dict) else ():
        known = definitions_of(indicator) if isinstance(indicator, str) else ()
        if not known:
            hint = Hint(str(indicator), indicators_with_definitions())
            yield Fault(("definitions", indicator), "no_indicator", {"name": indicator, "hint": hint}, at_key=True)
        elif isinstance(definition, str) and definition not in known:
            names = {"indicator": indicator, "name": definition, "hint": Hint(definition, known)}
            yield Fault(("definitions", indicator), "unknown_definition", names)


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
