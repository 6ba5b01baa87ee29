"""The JSON Schema of a scenario file, for editors: made from `Scenario`, the levers and the definitions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from model.indicators.definitions import definitions_of, indicators_with_definitions
from model.policy import Lever
from scenarios.levers import LEVERS
from scenarios.schema import NAMED_LEVELS, Scenario

SCHEMA_FILE = Path(__file__).with_name("scenario.schema.json")


def scenario_schema() -> dict[str, Any]:
    """Make the schema: the fields of a scenario file, with every lever, its unit and its bounds."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema()}
    fields = schema["properties"]
    fields["levers"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {lever.lever_id: _lever_schema(lever) for lever in LEVERS},
    }
    fields["definitions"] = {
        "type": "object",
        "description": fields["definitions"]["description"],
        "additionalProperties": False,
        "properties": {name: {"enum": list(definitions_of(name))} for name in indicators_with_definitions()},
    }
    return schema


def schema_text() -> str:
    """Write the schema as the text of its file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> Path:
    """Write the schema beside the scenarios, whole or not at all; give back where."""
    temporary = path.with_name(f"{path.name}.tmp{os.getpid()}")
    temporary.write_text(schema_text(), encoding="utf-8", newline="\n")
    temporary.replace(path)
    return path


def _lever_schema(lever: Lever) -> dict[str, Any]:
    """Say what may stand behind the name of a lever."""
    low, high = lever.bounds
    return {
        "description": (
            f"{lever.name_zh} | {lever.name_en}. {lever.unit}: baseline {lever.baseline:g}, plan {lever.plan:g}, "
            f"strong {lever.strong:g}."
        ),
        "anyOf": [
            {"enum": list(NAMED_LEVELS)},
            {"type": "number", "minimum": low, "maximum": high},
            {"$ref": "#/$defs/LeverSetting"},
        ],
    }
