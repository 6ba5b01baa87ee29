"""What a newcomer adds, each in its one place, to a copy of the project."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEW_FILES = Path(__file__).with_name("added")
PACKAGES = ("model", "scenarios", "calibration", "outputs")

INDICATOR = '''

@indicator("firms_in_all", "企业总数", "Firms in all", unit="firms", theme="firms")
def firms_in_all(economy: Economy) -> float:
    """Firms of the whole district."""
    return float((economy.firms.alive & (economy.firms.city == 0)).sum())
'''
TARGET = {
    "target_id": "firms_in_all",
    "name_zh": "企业总数",
    "name_en": "Firms in all",
    "year": "2025",
    "relation": ">=",
    "value": "1000",
    "unit": "firms",
    "plan_section": "二(三)",
    "kind": "outcome",
    "role": "headline",
    "indicator": "firms_in_all",
}
DEFINITION = {
    "indicator": "talent_total",
    "definition": "twice",
    "scope": "whole_district",
    "name_zh": "每人计两次",
    "name_en": "Each twice",
    "text_zh": "常住人才每人计两次。",
    "text_en": "Each resident talent counted twice.",
    "numerator": "talents + talents",
}
HANDLE = '''    shuttle_buses: float = 0.0
    """Shuttle buses from the station to the industrial parks."""

'''
RULE = "    utility[1:, 0, :] += 0.1 * policy.shuttle_buses\n"
MOVES = [pair for city in ("ningbo", "shanghai", "hangzhou") for pair in ((city, "suzhou"), ("suzhou", city))]
MADE_UP = "pair,2020,made up,,low,assumed,"


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Caches, and the studies that were run; study files of `scenarios/studies` are part of the project."""
    runs = {"studies"} if Path(folder) == ROOT / "outputs" else set()
    return {name for name in names if name in runs | {"__pycache__"}}


def _compiled_of(source: Path) -> str:
    """Name that numba gives to the folder of what is compiled of a folder."""
    return f"{source.name}_{hashlib.sha1(str(source).encode(), usedforsecurity=False).hexdigest()}"


@dataclass(frozen=True)
class Project:
    """A copy of the project in a folder of its own."""

    root: Path

    @classmethod
    def copy(cls, root: Path) -> Project:
        """Copy what runs: the four packages and `run.py`."""
        for name in PACKAGES:
            shutil.copytree(ROOT / name, root / name, ignore=_left_out)
        shutil.copy(ROOT / "run.py", root)
        return cls(root)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python at the root of the copy; what is compiled there stays there."""
        mine = {"YINZHOU_ENV": "own", "PYTHONUTF8": "1", "NUMBA_CACHE_DIR": str(self.root / "numba-cache")}
        return subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | mine,
            cwd=self.root,
            timeout=240.0,
            check=False,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `run.py` of the copy."""
        return self.python("run.py", *words)

    def take_compiled(self) -> None:
        """Bring along what is compiled of the project, if anything is; it is told apart by the folder of its source.

        numba compiles again what stands in a file of other content. Additions change no compiled rule, so none of
        another file has taken in an old one.
        """
        ask = "import os, model.environment as e; e.settle_compiled(); print(os.environ['NUMBA_CACHE_DIR'])"
        mine = Path(self.python("-c", ask).stdout.strip())
        for source in (path for name in PACKAGES for path in (ROOT / name, *(ROOT / name).rglob("*/"))):
            compiled = Path(os.environ["NUMBA_CACHE_DIR"]) / _compiled_of(source)
            if compiled.is_dir():
                shutil.copytree(compiled, mine / _compiled_of(self.root / source.relative_to(ROOT)))

    def files(self) -> dict[str, bytes]:
        """Every file of the copy by its path, studies and caches left out."""
        found = (path for name in PACKAGES for path in (self.root / name).rglob("*") if path.is_file())
        names = {path.relative_to(self.root).as_posix(): path for path in found}
        out = ("__pycache__", "outputs/studies/")
        return {name: path.read_bytes() for name, path in names.items() if not any(part in name for part in out)}

    def add_file(self, name: str) -> None:
        """A lever, a scenario, a chart: one new file."""
        shutil.copy(NEW_FILES / name, self.root / name)

    def append(self, name: str, text: str) -> None:
        """An indicator: one function at the end of its theme."""
        with (self.root / name).open("a", encoding="utf-8", newline="") as end:
            end.write(text)

    def add_row(self, name: str, cells: dict[str, str]) -> None:
        """A target, a definition: one row."""
        with (self.root / name).open(encoding="utf-8-sig", newline="") as lines:
            columns = next(csv.reader(lines))
        with (self.root / name).open("a", encoding="utf-8", newline="") as end:
            csv.DictWriter(end, columns, restval="", lineterminator="\n").writerow(cells)

    def insert(self, name: str, before: str, text: str) -> None:
        """Write a field or a rule before a line that stands once in a file."""
        path = self.root / name
        content = path.read_text("utf-8")
        assert content.count(before) == 1, f"{before!r} stands {content.count(before)} times in {name}"
        path.write_text(content.replace(before, text + before), encoding="utf-8")

    def add_lever_with_handle(self) -> None:
        """A lever that no handle fits: its file, one field of the policy, and the one rule that feels it."""
        text = (NEW_FILES / "scenarios/levers/equipment_subsidy.py").read_text("utf-8")
        text = text.replace("equipment_subsidy", "shuttle_buses").replace("rd_subsidy_rate", "shuttle_buses")
        (self.root / "scenarios/levers/shuttle_buses.py").write_text(text.replace(" / 100.0", ""), encoding="utf-8")
        self.insert("model/policy.py", "    @classmethod\n    @functools.cache\n    def neutral(", HANDLE)
        self.insert("model/talent/location.py", "    if policy.campus_campaigns != neutral.campus_campaigns", RULE)

    def add_city(self) -> None:
        """A city: one folder, whose links reach every other place."""
        cities = self.root / "calibration" / "data" / "cities"
        shutil.copytree(cities / "hangzhou", cities / "suzhou")
        for path in (cities / "suzhou").iterdir():
            text = path.read_text("utf-8").replace("hangzhou", "suzhou").replace("Hangzhou", "Suzhou")
            path.write_text(text.replace("杭州", "苏州"), encoding="utf-8")
        pairs = [("travel_hours", "suzhou", "hangzhou", 1.5, "hours")]
        pairs += [("move_share", *pair, 0.03, "share") for pair in MOVES]
        rows = [f"{what},{a},{b},{x},{x},{x},Fixed({x}),{unit},{MADE_UP}\n" for what, a, b, x, unit in pairs]
        self.append("calibration/data/cities/suzhou/links.csv", "".join(rows))
