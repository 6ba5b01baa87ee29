"""What defines a study: everything that its numbers and its labels depend on, and the id made from it."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from importlib import metadata
from typing import Any

from model.errors import StudyError
from model.policy import Lever, PolicyPath, quarter_of
from model.results import IndicatorInfo
from model.targets import Target, headline

FORMAT = 1
ID_LENGTH = 12
_OPTIONAL = ("part", "drawn_from")


@dataclass(frozen=True)
class ScenarioEntry:
    """A scenario as a study remembers it: labels, and the intensity of each lever in each quarter."""

    scenario_id: str
    label_zh: str
    label_en: str
    intensities: dict[str, tuple[float, ...]]
    outside: str = "known_2021"
    growth_shift: float = 0.0
    transport_slippage_quarters: int = 0
    definitions: tuple[tuple[str, str], ...] = ()
    switch_off: tuple[str, ...] = ()
    rivals_respond: bool = False
    ladder_held: bool = False

    @classmethod
    def of(cls, path: PolicyPath) -> ScenarioEntry:
        """Take from a policy path what a reader of the study needs."""
        rows = {lever.lever_id: tuple(map(float, path.intensity[row])) for row, lever in enumerate(path.levers)}
        return cls(
            scenario_id=path.scenario_id,
            label_zh=path.label_zh,
            label_en=path.label_en,
            intensities=rows,
            outside=path.outside,
            growth_shift=float(path.growth_shift),
            transport_slippage_quarters=int(path.transport_slippage_quarters),
            definitions=tuple((str(name), str(definition)) for name, definition in path.definitions),
            switch_off=tuple(path.switch_off),
            rivals_respond=bool(path.rivals_respond),
            ladder_held=bool(path.ladder_held),
        )

    def label(self, language: str) -> str:
        """Name of the scenario in ``zh`` or ``en``."""
        return self.label_zh if language == "zh" else self.label_en


@dataclass(frozen=True)
class LeverEntry:
    """A lever as a study remembers it."""

    lever_id: str
    family: str
    name_zh: str
    name_en: str
    unit: str
    baseline: float
    unit_zh: str = ""
    """Empty in a study that is older than this field."""

    @classmethod
    def of(cls, lever: Lever) -> LeverEntry:
        """Take the names and the baseline of a lever."""
        words = (lever.lever_id, lever.family, lever.name_zh, lever.name_en, lever.unit)
        return cls(*words, float(lever.baseline), lever.unit_zh)

    def name(self, language: str) -> str:
        """Name of the lever in ``zh`` or ``en``."""
        return self.name_zh if language == "zh" else self.name_en


@dataclass(frozen=True)
class Place:
    """A city or a boundary between which people, firms and capital move."""

    place_id: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """Name of the place in ``zh`` or ``en``."""
        return self.name_zh if language == "zh" else self.name_en


@dataclass(frozen=True)
class Setting:
    """What a scenario sets where the plan has a target for the lever itself; in the unit of the target."""

    scenario_id: str
    target_id: str
    value: float


@dataclass(frozen=True)
class Definition:
    """All that defines a study. Time and command line are kept apart: they change no number."""

    verb: str
    members: int
    seed: int
    scale: int
    to_year: int
    n_quarters: int
    data_hash: str
    versions: dict[str, str]
    scenarios: tuple[ScenarioEntry, ...]
    levers: tuple[LeverEntry, ...]
    targets: tuple[Target, ...]
    indicators: tuple[IndicatorInfo, ...]
    places: tuple[Place, ...]
    settings: tuple[Setting, ...] = ()
    part: tuple[int, int] | None = None
    """First member and the one after the last, where a study holds some of the members only."""
    drawn_from: dict[str, str] = field(default_factory=dict)
    """Where values of members come from beside the priors: ids of a posterior or of a design of points."""

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, as they come back from a JSON file; what does not apply is left out."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        # An older study keeps its id: what it does not know is left out.
        plain["levers"] = [{key: value for key, value in row.items() if value != ""} for row in plain["levers"]]
        plain["targets"] = [
            {key: value for key, value in row.items() if value or key != "note_zh"} for row in plain["targets"]
        ]
        return {name: value for name, value in plain.items() if value or name not in _OPTIONAL}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Definition:
        """Rebuild a definition; the reverse of `to_json`.

        Raises
        ------
        StudyError : a field is missing or unknown, so another version of the project wrote it.
        """
        try:
            values = {item.name: plain[item.name] for item in fields(cls) if item.name not in _OPTIONAL}
            values["drawn_from"] = dict(plain.get("drawn_from", {}))
            values["part"] = tuple(plain["part"]) if "part" in plain else None
            values["scenarios"] = tuple(_scenario(row) for row in plain["scenarios"])
            values["levers"] = tuple(LeverEntry(**row) for row in plain["levers"])
            values["targets"] = tuple(Target(**row) for row in plain["targets"])
            values["indicators"] = tuple(IndicatorInfo(**row) for row in plain["indicators"])
            values["places"] = tuple(Place(**row) for row in plain["places"])
            values["settings"] = tuple(Setting(**row) for row in plain["settings"])
            return cls(**values)
        except (KeyError, TypeError, ValueError) as error:
            message = f"manifest.json: definition cannot be read ({error}): another version of the project wrote it"
            raise StudyError(message) from error

    @functools.cached_property
    def study_id(self) -> str:
        """First 12 hexadecimal digits of the SHA-256 of the definition in canonical JSON.

        Worked out once: a grid of levers has a definition of a megabyte, and tables name their study in every row.
        """
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:ID_LENGTH]

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """Every (scenario, member) in the order of the design."""
        return [(entry.scenario_id, member) for entry in self.scenarios for member in self.members_run]

    @property
    def members_run(self) -> range:
        """Members that the study holds: all of them, or those of its part."""
        return range(*self.part) if self.part else range(self.members)

    @property
    def whole(self) -> Definition:
        """Definition of the study that this one is a part of; itself, if it is whole."""
        return replace(self, part=None)

    @property
    def values_from(self) -> str:
        """Where the values of members come from, and how they are drawn unless each member draws for itself."""
        values, draws = self.drawn_from.get("values", "priors"), self.drawn_from.get("draws", "")
        return f"{values}, {draws} draws" if draws else values

    @property
    def headline(self) -> tuple[Target, ...]:
        """Targets that the answer leads with: simulated outcomes of role ``headline``."""
        return tuple(headline(self.targets))

    def scenario(self, scenario_id: str) -> ScenarioEntry:
        """Find the scenario of that id; KeyError if the study has none."""
        return {entry.scenario_id: entry for entry in self.scenarios}[scenario_id]

    def definitions_of(self, indicator: str) -> list[str]:
        """Definitions under which an indicator is computed, in declared order; KeyError-free, maybe empty."""
        return [info.definition for info in self.indicators if info.indicator == indicator]

    def info(self, indicator: str, definition: str | None = None) -> IndicatorInfo:
        """Labels and unit of a column; a bare one made of the id where the caller declared none."""
        for info in self.indicators:
            if info.indicator == indicator and definition in {None, info.definition}:
                return info
        return IndicatorInfo(indicator, definition or "", indicator, indicator, "", "")

    def reported_definition(self, scenario_id: str, target: Target) -> str:
        """Definition a scenario reports first: its own choice, else the target's default."""
        chosen = dict(self.scenario(scenario_id).definitions)
        return chosen.get(target.indicator, target.definition)

    def year_of(self, target: Target) -> int:
        """Year in which a target is judged: its own, or the last one simulated when the run ends before it."""
        return min(target.year, self.to_year)

    @property
    def goal_year(self) -> int:
        """Year by which all headline targets are judged; the last one simulated where there is none."""
        return max(map(self.year_of, self.headline), default=self.to_year)


def settings_of(paths: Sequence[PolicyPath], targets: Sequence[Target]) -> tuple[Setting, ...]:
    """Read off what each scenario sets for the targets that are lever settings.

    Returns
    -------
    One row per scenario and target whose lever the scenario has: its intensity in the last quarter of the target's
    year (or the last it knows), less the lever's baseline where the target counts what is new.
    """
    rows = []
    for path in paths:
        index = {lever.lever_id: row for row, lever in enumerate(path.levers)}
        for target in targets:
            if target.kind == "lever_setting" and target.lever in index:
                row = index[target.lever]
                value = float(path.intensity_at(quarter_of(target.year))[row])
                base = path.levers[row].baseline if target.lever_change else 0.0
                rows.append(Setting(path.scenario_id, target.target_id, value - base))
    return tuple(rows)


def library_versions(project: str) -> dict[str, str]:
    """Versions that the numbers depend on: python, numpy, numba where installed, mesa and the project itself."""
    versions = {"project": project, "python": platform.python_version()}
    for name in ("numpy", "numba", "mesa"):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Name each field in which two definitions differ: with both values, or with the ids of the rows that differ."""
    lines = []
    for name in sorted(set(wanted) | set(found)):
        one, other = wanted.get(name), found.get(name)
        if one == other:
            continue
        if isinstance(one, list) and isinstance(other, list):
            lines.append(f"{name} differ: {', '.join(_differing_rows(one, other)) or 'their order'}")
        elif isinstance(one, dict) and isinstance(other, dict):
            keys = sorted(key for key in set(one) | set(other) if one.get(key) != other.get(key))
            lines.append(f"{name}: " + ", ".join(f"{key} {one.get(key)} asked, {other.get(key)} there" for key in keys))
        else:
            lines.append(f"{name}: {one} asked, {other} in the study")
    return lines


def _differing_rows(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[str]:
    def keyed(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        ids = ("scenario_id", "target_id", "lever_id", "place_id", "indicator", "definition")
        return {" ".join(str(row[key]) for key in _ids_of(row, ids)): row for row in rows}

    first, second = keyed(one), keyed(other)
    return sorted(key for key in set(first) | set(second) if first.get(key) != second.get(key))


def _ids_of(row: Mapping[str, Any], ids: Sequence[str]) -> list[str]:
    first = next(key for key in ids if key in row)
    return [key for key in ids if key in row and (first != "target_id" or key == first)]


def _scenario(row: Mapping[str, Any]) -> ScenarioEntry:
    values = dict(row)
    values["intensities"] = {lever: tuple(path) for lever, path in row["intensities"].items()}
    values["definitions"] = tuple((name, definition) for name, definition in row["definitions"])
    values["switch_off"] = tuple(row["switch_off"])
    return ScenarioEntry(**values)
