"""What verbs have answered beyond the study itself, a section each, or the command that would answer it."""

from __future__ import annotations

from outputs.report.content import Block, Label, Paragraph, Section, phrase
from outputs.report.pages import pictures, tabled
from outputs.report.reading import Reader
from outputs.report.supplements import COMMANDS


def sections(reader: Reader) -> list[Section]:
    """One section for each verb, in the order of `COMMANDS`."""
    return [Section(kind, phrase(f"report_part_{kind}"), _blocks(reader, kind)) for kind in COMMANDS]


def _blocks(reader: Reader, kind: str) -> tuple[Block, ...]:
    """Sentences, charts and tables of the verb, and of which study they are; without any, the command for it."""
    found = reader.added.get(kind, [])
    if not found:
        scenarios = [entry.scenario_id for entry in reader.study.definition.scenarios]
        scenario = "plan" if "plan" in scenarios else scenarios[-1]
        command = f"python3 run.py {COMMANDS[kind]}".format(study=reader.study.path.name, scenario=scenario)
        return (Paragraph(phrase(f"report_missing_{kind}", command=Label(command, command))),)
    blocks: list[Block] = []
    other = found[0].study
    if other.path != reader.study.path:
        size = {"members": str(other.definition.members), "scale": str(other.definition.scale)}
        blocks.append(Paragraph(phrase("report_other_study", study=found[0].study_id, **size), "note"))
    for added in found:
        blocks += tabled.sentences(reader, added)
        blocks += [*pictures.of_supplement(reader, added), *tabled.tables(reader, added)]
    return tuple(blocks)
