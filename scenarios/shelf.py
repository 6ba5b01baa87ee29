"""The shelf of scenario files: finding one by its id or path, and following what it inherits from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from model.errors import near_match
from scenarios.fault_words import Hint, say
from scenarios.files import decoded, shown
from scenarios.levers import BY_ID
from scenarios.reading import ScenarioFile, parse, parse_text
from scenarios.schema import Label, LeverSetting, Scenario

LIBRARY = Path(__file__).with_name("library")
ONE_LEVER = "only_"
"""What the id of a scenario with one lever alone begins with."""
EACH_LEVER = "each_lever"
"""Short for one such scenario for every lever; with ``_strong`` at the end at their strong levels."""
SUFFIXES = (".yaml", ".yml")


def library_files() -> dict[str, Path]:
    """Files of the library by id, in alphabetical order."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def alone(name: str) -> ScenarioFile | None:
    """Give the scenario in which one lever alone goes to its plan level, ``only_LEVER``, or ``only_LEVER_strong``."""
    lever_id, level = name.removeprefix(ONE_LEVER), "plan"
    if lever_id.endswith("_strong") and lever_id not in BY_ID:
        lever_id, level = lever_id.removesuffix("_strong"), "strong"
    if not name.startswith(ONE_LEVER) or lever_id not in BY_ID:
        return None
    lever = BY_ID[lever_id]
    zh, en = {"plan": ("规划水平", "plan level"), "strong": ("加强水平", "strong level")}[level]
    label = Label(zh=f"仅{lever.name_zh}（{zh}）", en=f"Only {lever.name_en} ({en})")
    content = Scenario(label=label, levers={lever_id: LeverSetting(level_2025=level)})
    return ScenarioFile(name, Path(name), content, CommentedMap())


def spelt_out(requests: Sequence[str]) -> list[str]:
    """Put one scenario for each lever in place of ``each_lever`` and ``each_lever_strong``."""
    found: list[str] = []
    for request in requests:
        ending = {EACH_LEVER: "", f"{EACH_LEVER}_strong": "_strong"}.get(request)
        found += [request] if ending is None else [f"{ONE_LEVER}{lever_id}{ending}" for lever_id in BY_ID]
    return found


def split_request(request: str) -> list[str]:
    """Split ``a.yaml+b.yaml`` or ``plan+downturn`` into its parts; a plus in the name of a folder splits nothing."""
    if Path(request).is_file():
        return [request]
    after_files = re.split(r"(?<=\.yaml)\+|(?<=\.yml)\+", request)
    return after_files if len(after_files) > 1 else request.split("+")


class Shelf:
    """Scenario files read so far, each once, and every problem met on the way."""

    def __init__(self, language: str = "en", *, library_alone: bool = False) -> None:
        """Start with nothing read.

        Parameters
        ----------
        language : in which problems are said.
        library_alone : whether a base must be of the library; else it may lie beside the file that names it.
        """
        self.problems: list[str] = []
        self.language, self.library_alone = language, library_alone
        self._read: dict[Path, ScenarioFile | None] = {}

    def chain(self, name: str) -> tuple[ScenarioFile, ...]:
        """Find a scenario by id or path and follow its bases.

        Returns
        -------
        The files from the first ancestor to the scenario itself; what cannot be used is left out and told in
        ``problems``.
        """
        if lever_file := alone(name):
            return (lever_file,)
        path = self._find(name)
        file = self._file(path) if path else None
        return self._ancestry(file) if file else ()

    def chain_of(self, content: bytes, name: str) -> tuple[ScenarioFile, ...]:
        """Read a file that lies nowhere, as `chain` does; ``name`` is what problems call it."""
        text, problems = decoded(content, name, self.language)
        file, faults = (None, problems) if problems else parse_text(text, Path(name), self.language)
        self.problems += faults
        return self._ancestry(file) if file else ()

    def _find(self, name: str) -> Path | None:
        """Look for an id in the library, or for a path."""
        known = library_files()
        path = Path(name)
        if name in known:
            return known[name]
        if path.suffix not in SUFFIXES and not path.is_file():
            hint = near_match(name, known)
            self.problems.append(
                f"unknown scenario '{name}'; {hint}, or {ONE_LEVER}LEVER, or give the path of a .yaml file"
            )
            return None
        taken = known.get(path.stem)
        if taken and taken.resolve() != path.resolve() and path.is_file():
            self.problems.append(f"{shown(path)}: the library has a scenario '{path.stem}' already; rename the file")
            return None
        return path

    def _file(self, path: Path) -> ScenarioFile | None:
        """Read a file, once."""
        key = path.resolve()
        if key not in self._read:
            self._read[key], problems = parse(path, self.language)
            self.problems += problems
        return self._read[key]

    def _ancestry(self, file: ScenarioFile) -> tuple[ScenarioFile, ...]:
        """Follow the bases of a file up to the first ancestor."""
        line = [file]
        while (base := line[0].content.base) is not None:
            path = self._find_base(line[0], base)
            parent = self._file(path) if path else None
            if parent is None:
                break
            if parent in line:
                names = " -> ".join(shown(step.path) for step in (*reversed(line), parent))
                self.problems.append(f"{line[0].place(('base',))}: {say('circle', self.language, names=names)}")
                break
            line.insert(0, parent)
        return tuple(line)

    def _find_base(self, file: ScenarioFile, base: str) -> Path | None:
        """Look for a base in the library, then beside the file that names it."""
        known = library_files()
        folder = () if self.library_alone else (file.path.parent,)
        beside = {path.stem: path for each in folder for suffix in SUFFIXES for path in each.glob(f"*{suffix}")}
        found = known.get(base) or beside.get(base)
        if found is None:
            hint = Hint(base, {*known, *beside} - {file.scenario_id})
            self.problems.append(f"{file.place(('base',))}: {say('unknown_base', self.language, name=base, hint=hint)}")
        return found
