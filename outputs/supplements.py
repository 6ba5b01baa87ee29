"""What a verb adds to a complete study: tables, charts of them and a manifest, in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from model.wiring import Supplement
from outputs.atomic import write_text
from outputs.charts import gallery, style
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
    for chart_id, shown in supplement.charts.items():
        chart = known[chart_id]
        for language in languages:
            with style.house_style():
                figure = chart.draw(study, supplement.tables[shown], language)
                gallery.save(figure, folder / f"{chart_id}_{language}", chart, language)
    return folder
