"""How to cite a study: the citation file of the project, with the study as a data set."""

from __future__ import annotations

import io
from copy import deepcopy
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from outputs.store import Study

PROJECT_CITATION = Path(__file__).resolve().parents[2] / "CITATION.cff"


def citation(study: Study) -> str:
    """Write a citation file (Citation File Format 1.2.0) for a complete study.

    Returns
    -------
    The study as a data set, by the authors of the project, with the project as its reference; the day is that on which
    its runs were finished.
    """
    project: dict[str, Any] = YAML(typ="safe").load(PROJECT_CITATION.read_text("utf-8"))
    definition = study.definition
    names = ", ".join(entry.label_en for entry in definition.scenarios)
    reference = {name: project[name] for name in ("type", "title", "version", "license", "authors")}
    content = {
        "cff-version": project["cff-version"],
        "message": "If you use these data, please cite them as below, and the software that made them.",
        "type": "dataset",
        "title": f"Simulation study {study.study_id}: {names}",
        "abstract": (
            f"{definition.members} members per scenario to {definition.to_year}, seed {definition.seed}, scale "
            f"1:{definition.scale}, data {definition.data_hash}, code {definition.versions.get('project', 'unknown')}. "
            "Simulated values, no observations."
        ),
        "version": study.study_id,
        "date-released": study.record["finished"][:10],
        "license": project["license"],
        "authors": deepcopy(project["authors"]),
        "references": [reference],
    }
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.dump(content, stream)
    return stream.getvalue()
