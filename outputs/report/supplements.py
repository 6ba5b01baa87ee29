"""What verbs have added to a study, or to another study of the same world, and so can stand in its report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.errors import StudyError
from outputs.store import Study

COMMANDS = {
    "validation": "validate --past",
    "milestones": "milestones {study}",
    "attribution": "attribute --scenarios {scenario}",
    "deadline": "deadline --scenarios {scenario}",
    "sensitivity": "sensitivity --scenarios {scenario}",
    "variance": "variance --scenarios {scenario}",
}
"""Folder of a supplement -> the command that adds it."""


@dataclass(frozen=True)
class Added:
    """A folder that a verb has added to a study."""

    study: Study
    folder: str
    """Below the folder of the study, with slashes."""
    about: dict[str, Any]
    study_id: str

    @property
    def kind(self) -> str:
        """First part of the folder."""
        return self.folder.partition("/")[0]

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.study.path / self.folder


def supplements_of(study: Study) -> list[Added]:
    """Folders that verbs have added to a study, by name."""
    found, study_id = [], study.study_id
    for manifest in sorted(study.path.glob("*/**/manifest.json")):
        about = _read(manifest)
        if about.get("study") == study_id:
            found.append(Added(study, manifest.parent.relative_to(study.path).as_posix(), about, study_id))
    return found


def find(study: Study) -> dict[str, list[Added]]:
    """Supplements by kind: those of the study itself, else those of the largest study beside it of the same world.

    The same world is the same code, data, seed of members and source of their values. Attributions, deadlines and
    sensitivities run designs of their own and so always lie in another study.
    """
    found: dict[str, list[Added]] = {}
    for added in supplements_of(study):
        found.setdefault(added.kind, []).append(added)
    for other in sorted(_beside(study), key=lambda one: (-one.definition.members, one.study_id)):
        theirs = supplements_of(other)
        for kind in sorted({added.kind for added in theirs} - set(found)):
            found[kind] = [added for added in theirs if added.kind == kind]
    return found


def is_scored(found: Mapping[str, Sequence[Added]]) -> bool:
    """Whether observations have been set beside the model: then no sentence may say that none has been used."""
    return any((added.path / "scores.csv").is_file() for added in found.get("validation", ()))


def _beside(study: Study) -> Sequence[Study]:
    """Complete studies in the same folder that differ from this one in what is asked, and not in the world."""
    others = []
    for manifest in sorted(study.path.parent.glob("*/manifest.json")):
        if manifest.parent == study.path:
            continue
        try:
            other = Study.open(manifest.parent)
        except StudyError:  # of another version; it is no part of this report
            continue
        mine, theirs = study.definition, other.definition
        same = (mine.data_hash, mine.versions, mine.seed, mine.drawn_from.get("values"))
        if same == (theirs.data_hash, theirs.versions, theirs.seed, theirs.drawn_from.get("values")):
            others += [other] if other.is_complete and not theirs.part else []
    return others


def _read(manifest: Path) -> dict[str, Any]:
    try:
        found = json.loads(manifest.read_text("utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
