"""House template of Word reports, made in code: 宋体 for text, 黑体 for headings, one set of fonts in every style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.styles.style import ParagraphStyle

TEXT_FONTS, HEADING_FONTS = ("Times New Roman", "宋体"), ("Arial", "黑体")
INK, MUTED, BLUE = RGBColor(0x22, 0x22, 0x22), RGBColor(0x66, 0x66, 0x66), RGBColor(0x0B, 0x4F, 0x80)
WIDTH_CM = 16.6
"""Between the margins of a page."""
SIZES = {"Title": 24, "Subtitle": 13, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5}
BRIEF_LINES = {
    "Normal": 16.0,
    "List Bullet": 16.0,
    "Table Text": 11.0,
    "Source Line": 11.0,
    "Note": 12.0,
    "Caption": 13.0,
}
"""Height of the lines of a brief, in points."""
_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def house_document(language: str, *, is_brief: bool = False) -> DocumentType:
    """Make an empty A4 document with the house styles; lines of a brief are of a height that no typeface changes."""
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2.4)
    for style in document.styles:
        if hasattr(style, "font"):
            set_fonts(style.element, HEADING_FONTS if style.name in SIZES else TEXT_FONTS)
    _set_defaults(document, language)
    _set_text(document)
    if is_brief:
        for name, points in BRIEF_LINES.items():
            _style(document, name).paragraph_format.line_spacing = Pt(points)
    # Word then fills the table of contents and counts captions when it opens the file.
    update: Any = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    settings: Any = document.settings.element
    settings.find(qn("w:compat")).addprevious(update)
    return document


def set_fonts(element: Any, fonts: tuple[str, str]) -> None:  # noqa: ANN401 - an XML element of a style or a run
    """Name the fonts of a style or a run for Latin and Chinese signs, and take those of the theme away."""
    properties = element.get_or_add_rPr()
    found = properties.find(qn("w:rFonts"))
    if found is None:
        found = properties.makeelement(qn("w:rFonts"), {})
        properties.insert(0, found)
    for name in _THEMES:
        found.attrib.pop(qn(name), None)
    for name in _SLOTS:
        found.set(qn(name), fonts[1] if name == "w:eastAsia" else fonts[0])


def _set_defaults(document: DocumentType, language: str) -> None:
    """Fonts and language of what has no style."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    # Conditional formats of table styles name fonts too.
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        themes = [fonts.attrib.pop(qn(name), None) for name in _THEMES]
        if any(themes):
            for name in _SLOTS:
                fonts.set(qn(name), TEXT_FONTS[1] if name == "w:eastAsia" else TEXT_FONTS[0])
    for one in defaults.iter(qn("w:lang")):
        one.set(qn("w:val"), "en-GB")
        one.set(qn("w:eastAsia"), "zh-CN" if language == "zh" else "en-GB")


def _set_text(document: DocumentType) -> None:
    """Sizes, colours and distances."""
    normal = _style(document, "Normal")
    normal.font.size, normal.font.color.rgb = Pt(10.5), INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.3
    for name, size in SIZES.items():
        style = _style(document, name)
        style.font.size, style.font.bold, style.font.italic = Pt(size), name != "Subtitle", False
        style.font.color.rgb = MUTED if name == "Subtitle" else INK
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(0 if name in {"Title", "Subtitle"} else size)
        style.paragraph_format.space_after = Pt(8)
    for border in list(_style(document, "Title").element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    caption = _style(document, "Caption")
    set_fonts(caption.element, HEADING_FONTS)
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(9.5), True, INK
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(3)
    bullet = _style(document, "List Bullet")
    bullet.paragraph_format.space_after = Pt(4)
    for name, size, colour in (("Table Text", 8, INK), ("Source Line", 8, MUTED), ("Note", 8.5, MUTED)):
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        set_fonts(style.element, TEXT_FONTS)
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.space_after = Pt(0 if name == "Table Text" else 4)
        style.paragraph_format.line_spacing = 1.1
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _style(document: DocumentType, name: str) -> ParagraphStyle:
    found: ParagraphStyle = document.styles[name]
    return found
