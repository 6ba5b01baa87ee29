"""What a verb adds to a complete study: tables, charts of them and a manifest, in a folder of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from model.wiring import Supplement
from outputs.atomic import write_text
from outputs.charts import gallery
from outputs.store import Study
from outputs.variance import refuse_design


def complete_study(studies_dir: Path, name: str | None) -> Study | None:
    """Open a study by its name if it is there and complete.

    Raises
    ------
    StudyError : its manifest cannot be read, or it holds some of the members only.
    """
    if name is None or not (studies_dir / name / "manifest.json").is_file():
        return None
    study = Study.open_whole(studies_dir / name)
    refuse_design(study)
    return study if study.is_complete else None


def write_supplement(path: Path, supplement: Supplement, languages: Sequence[str]) -> Path:
    """Write a supplement into the folder of its study.

    Parameters
    ----------
    path : folder of the study, which is complete.
    languages : of ``zh`` and ``en``, for the charts.

    Returns
    -------
    Its folder, with ``manifest.json``, one CSV a table, the texts, and one PNG and SVG a chart and language.

    Raises
    ------
    StudyError : the system refuses to write.
    """
    study, folder = Study.open_whole(path), path / supplement.folder
    about = {"study": study.study_id, "data_hash": study.definition.data_hash, **supplement.about}
    write_text(folder / "manifest.json", json.dumps(about, ensure_ascii=False, indent=1) + "\n")
    for name, table in supplement.tables.items():
        content = table.to_csv(index=False, float_format=f"%.{supplement.digits}g", lineterminator="\n")
        write_text(folder / f"{name}.csv", content, encoding="utf-8-sig")
    for name, content in supplement.texts.items():
        write_text(folder / name, content)
    known = gallery.table_charts()
    for chart_id in supplement.charts:
        _remove_drawings(folder, chart_id)
        gallery.draw_table(study, folder, known[chart_id], languages)
    return folder


def _remove_drawings(folder: Path, chart_id: str) -> None:
    """Other languages, widths and kinds of files show the table that was there before."""
    for path in folder.glob(f"{chart_id}_*"):
        if re.fullmatch(rf"{chart_id}_(zh|en)(_[\d.]+cm)?\.(png|svg|pdf)", path.name):
            path.unlink()
