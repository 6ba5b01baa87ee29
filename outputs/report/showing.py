"""The verb `report`: a study as a file for readers, in one language and one format."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from model.commands import languages
from model.errors import StudyError
from model.wiring import Wiring
from outputs.atomic import write_text, write_with
from outputs.report.answer_sheets import answer_sheets
from outputs.report.brief import KINDS, brief
from outputs.report.building import build, draw_missing
from outputs.report.content import Report
from outputs.report.deck import deck
from outputs.report.reading import Reader
from outputs.report.records import as_json
from outputs.report.sentences import sentences
from outputs.store import Study

FOLDER = "reports"


def renderers() -> dict[str, Callable[[Report, str], bytes]]:
    """Format -> what writes a report in it; each is loaded when it is asked for."""
    from outputs.report import html, pdf, slides, word  # noqa: PLC0415 - each format has its own heavy library

    return {"docx": word.render, "html": html.render, "pdf": pdf.render, "pptx": slides.render}


def report(args: Namespace, wiring: Wiring) -> int:
    """Write the report of a complete study in the languages and the format asked for, and say which files."""
    if args.brief and args.format not in KINDS:
        raise StudyError(f"a brief has pages: --format {args.format} has none; one of {', '.join(KINDS)}")
    study = Study.open_whole(args.studies_dir / args.study)
    reader = Reader.of(study)
    content = brief(reader) if args.brief else build(reader, wiring.uncertainties())
    if args.format == "xlsx":
        return _workbooks(study, content, languages(args), wiring)
    content = deck(content) if args.format == "pptx" else content
    draw_missing(study, languages(args))
    for language in languages(args):
        for path in write(content, language, args.format, study.path / FOLDER):
            wiring.show(str(path))
    return 0


def write(content: Report, language: str, kind: str, folder: Path) -> tuple[Path, Path]:
    """Write one report and, beside it, the record of its numbers.

    Returns
    -------
    The files, ``report_<language>.<format>`` (of a brief ``brief_...``) and the same with ``.numbers.json`` behind it.
    """
    path = folder / f"{'brief' if content.is_brief else 'report'}_{language}.{kind}"
    made = renderers()[kind](content, language)
    write_with(path, lambda temporary: temporary.write_bytes(made))
    record = path.with_name(f"{path.name}.numbers.json")
    write_text(record, as_json(content, language))
    return path, record


def _workbooks(study: Study, content: Report, shown: Sequence[str], wiring: Wiring) -> int:
    """Write the tables as workbooks, where each number stands in the very row it comes from, and the sentences."""
    from outputs.workbook.sheets import study_tables  # noqa: PLC0415 - one format of several
    from outputs.workbook.writing import render  # noqa: PLC0415

    made = study_tables(study)
    for language in shown:
        path = study.path / FOLDER / f"report_{language}.xlsx"
        answers = answer_sheets(content, language)
        write_with(path, partial(_put, render(study, language, made, sentences(content, language), answers)))
        record = path.with_name(f"{path.name}.numbers.json")
        write_text(record, as_json(content, language))
        wiring.show(str(path))
        wiring.show(str(record))
    return 0


def _put(content: bytes, path: Path) -> None:
    """Write bytes."""
    path.write_bytes(content)
