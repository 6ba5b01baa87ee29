"""A report as PDF, set by typst with the Chinese font that the charts use; no other program is needed."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import typst
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.errors import StudyError
from outputs.language import text
from outputs.report.content import Block, Figure, Heading, Paragraph, Report, Table, Text, plain
from outputs.report.counting import block_key, captions, is_numeric, picture_cm

WIDTH_CM = 16.8
"""Between the margins of a page."""


def render(report: Report, language: str) -> bytes:
    """Write a report in ``zh`` or ``en`` as PDF; the same report gives the same bytes.

    Raises
    ------
    FileNotFoundError : a picture has not been drawn in the language.
    StudyError : the Chinese font is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        page = _Page(report, language, Path(folder))
        loader = FileSystemLoader(Path(__file__).resolve().parent)
        # What is set in the source of typst is quoted as its strings, so nothing is to be escaped as HTML is.
        environment = Environment(loader=loader, autoescape=False, undefined=StrictUndefined)  # noqa: S701
        source = environment.get_template("report.typ.jinja").render(
            report=report,
            language=language,
            title=plain(report.title, language),
            quoted=page.quoted,
            text=lambda key: text(key, language),
            kind_of=_kind,
            caption=page.caption,
            source=page.source,
            columns=_columns,
            align=_align,
            picture=page.picture,
            size=page.size,
        )
        path = Path(folder) / "report.typ"
        path.write_text(source, encoding="utf-8")
        made: bytes = typst.compile(str(path), font_paths=[str(_fonts())], ignore_system_fonts=True)
        return made


class _Page:
    """What the template asks for, in one language."""

    def __init__(self, report: Report, language: str, folder: Path) -> None:
        self.report, self.language, self.folder = report, language, folder
        self.counts = captions(report)

    def quoted(self, words: Text) -> str:
        """A text as a string of typst."""
        return _string(plain(words, self.language))

    def caption(self, block: Table | Figure) -> str:
        """Such as ``Table 1`` and the caption."""
        kind = "report_table" if isinstance(block, Table) else "report_figure"
        label = f"{text(kind, self.language)}{self.counts[block_key(block)]}"
        return _string(f"{label} {plain(block.caption, self.language)}")

    def source(self, block: Table | Figure) -> str:
        """Where a table or figure comes from; empty for one that needs no source."""
        found = plain(block.source or self.report.source, self.language)
        return _string(found) if found else ""

    def picture(self, figure: Figure) -> str:
        """Name of the picture beside the source."""
        name = f"{block_key(figure)}.svg"
        shutil.copyfile(figure.file(self.language, "svg"), self.folder / name)
        return name

    def size(self, figure: Figure) -> str:
        """Across the page, or as high as a picture may be where that is less."""
        width, height = picture_cm(figure.file(self.language, "png"))
        return "width: 100%" if WIDTH_CM * height / width <= figure.most_cm else f"height: {figure.most_cm:g}cm"


def _string(words: str) -> str:
    """Quote for typst, whose strings know the escapes of JSON that occur here."""
    return json.dumps(words, ensure_ascii=False)


def _kind(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.style
    return "heading" if isinstance(block, Heading) else "table" if isinstance(block, Table) else "figure"


def _columns(table: Table) -> str:
    share = table.widths or (1 / len(table.header),) * len(table.header)
    return "(" + ", ".join(f"{100 * one:.2f}%" for one in share) + ",)"


def _align(table: Table) -> str:
    sides = ("right" if is_numeric(table, column) else "left" for column in range(len(table.header)))
    return "(" + ", ".join(sides) + ",)"


def _fonts() -> Path:
    """Folder of the Chinese font; zhplot only carries the file."""
    spec = find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / "fonts" if folders else None
    if path is None or not path.is_dir():
        raise StudyError("report: the Chinese font is missing; install the locked requirements (package zhplot)")
    return path
