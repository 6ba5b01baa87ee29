"""House look of slides: wide pages, one Latin and one Chinese typeface in the theme and in every run, plain tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Cm, Pt

from outputs.report.fitting import LEADING

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PresentationType
    from pptx.slide import Slide
    from pptx.text.text import TextFrame, _Run

WIDTH_CM, HEIGHT_CM = 33.867, 19.05
MARGIN_CM = 1.3
BODY_CM = WIDTH_CM - 2 * MARGIN_CM
LATIN, CHINESE = "Arial", "微软雅黑"
_COLOUR: Callable[[str], RGBColor] = RGBColor.from_string
INK, MUTED, BLUE, WHITE = (_COLOUR(one) for one in ("222222", "666666", "0B4F80", "FFFFFF"))
CELL_X, CELL_Y = 0.2, 0.05
"""Room in cm at the sides of a cell, and above and below its words."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Table style of PowerPoint without lines and fills; ours are set cell by cell."""


def house_presentation() -> PresentationType:
    """Make an empty presentation of 16 by 9 with the house typefaces in its theme."""
    made = Presentation()
    wider = Cm(WIDTH_CM) / made.slide_width
    made.slide_width, made.slide_height = Cm(WIDTH_CM), Cm(HEIGHT_CM)
    for page in (made.slide_master, *made.slide_layouts):
        for shape in page.placeholders:
            # Read all before the first is set: a layout takes what it does not set from its master.
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width, shape.top, shape.height = int(left * wider), int(width * wider), top, height
    _set_theme(made)
    return made


def _set_theme(made: PresentationType) -> None:
    """Put typefaces and the first colour into the theme, so that what a user adds looks the same."""
    part: Any = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for fonts in (*theme.iter(qn("a:majorFont")), *theme.iter(qn("a:minorFont"))):
        fonts.find(qn("a:latin")).set("typeface", LATIN)
        fonts.find(qn("a:ea")).set("typeface", CHINESE)
        for script in fonts.findall(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", CHINESE)
    for accent in theme.iter(qn("a:accent1")):
        for old in list(accent):
            accent.remove(old)
        accent.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{BLUE}"/>'))
    part._blob = serialize_part_xml(theme)  # noqa: SLF001 - a theme is bytes to python-pptx


def look(run: _Run, size: float, language: str, colour: RGBColor = INK, *, bold: bool = False) -> None:
    """Set size, colour and both typefaces of a run."""
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    run.font.name = LATIN
    properties: Any = run._r.get_or_add_rPr()  # noqa: SLF001 - python-pptx sets the Latin typeface alone
    properties.set("lang", "zh-CN" if language == "zh" else "en-GB")
    properties.set("altLang", "en-GB" if language == "zh" else "zh-CN")
    latin = properties.find(qn("a:latin"))
    for tag, typeface in (("a:cs", LATIN), ("a:ea", CHINESE)):
        latin.addnext(parse_xml(f'<{tag} {nsdecls("a")} typeface="{typeface}"/>'))


def even_lines(paragraph: Any, size: float) -> None:  # noqa: ANN401 - of python-pptx, untyped
    """Give lines a height that no typeface changes, so that what fits here fits everywhere; also where no word is."""
    paragraph.line_spacing = Pt(size * LEADING)
    end = parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{round(100 * size)}"/>')
    paragraph._p.append(end)  # noqa: SLF001 - PowerPoint makes empty cells as high as 18 points otherwise


def plain_frame(frame: TextFrame, margin: float = 0.0) -> TextFrame:
    """Take room at the sides and every growing and shrinking away from a text frame."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Cm(margin)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def plain_table(table: Any) -> None:  # noqa: ANN401 - of python-pptx, untyped
    """Take the style of PowerPoint away from a table."""
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE  # noqa: SLF001
    table.horz_banding = False


def finish_cell(cell: Any, *, head: bool, last: bool) -> None:  # noqa: ANN401 - the same
    """Fill a cell and draw the line below it."""
    cell.margin_left = cell.margin_right = Cm(CELL_X)
    cell.margin_top = cell.margin_bottom = Cm(CELL_Y)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx knows no borders
    width, colour = (15875, str(INK)) if last else (6350, "D0D0D0")
    line = f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
    properties.append(parse_xml(line))
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = BLUE
    else:
        cell.fill.background()


def number_of_slide(paragraph: Any) -> None:  # noqa: ANN401 - the same
    """Add the number of the slide as a field."""
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="en-GB" sz="1000"><a:solidFill><a:srgbClr val="{MUTED}"/></a:solidFill>'
        f'<a:latin typeface="{LATIN}"/></a:rPr><a:t>#</a:t></a:fld>'
    )
    paragraph._p.append(field)  # noqa: SLF001


def to_left(paragraph: Any) -> None:  # noqa: ANN401 - the same
    """Set a paragraph to the left; titles of the template stand in the middle."""
    paragraph.alignment = PP_ALIGN.LEFT


def bullet(paragraph: Any) -> None:  # noqa: ANN401 - the same
    """Give a paragraph a bullet and hang its lines."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx knows no bullets
    properties.set("marL", str(Cm(0.7)))
    properties.set("indent", str(-Cm(0.7)))
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def rule(slide: Slide, top: float) -> None:
    """Draw the line below a title."""
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM - MARGIN_CM), Cm(top))
    line.line.width, line.line.color.rgb = Pt(1.25), BLUE
