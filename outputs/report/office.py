"""What Word and PowerPoint files have in common: their properties, the record of numbers, and no date of writing."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from outputs.report.content import Report, plain
from outputs.report.records import as_json

EPOCH = datetime(2021, 1, 1, tzinfo=UTC)
"""Date in the properties of every report: files are the same each time, and the study says when it was run."""
RECORD = "/customXml/item9.xml"
"""Part of the file that holds the record of numbers; Word and PowerPoint keep it when the file is edited."""


def describe(properties: Any, report: Report, language: str) -> None:  # noqa: ANN401 - of python-docx or python-pptx
    """Set the core properties of a file: title and study of the report, nobody's name, `EPOCH` as date."""
    properties.title, properties.author, properties.comments = plain(report.title, language), "", report.study
    properties.created = properties.modified = EPOCH
    properties.last_modified_by, properties.revision = "", 1


def record_xml(report: Report, language: str) -> bytes:
    """The record of numbers as the text of an XML part."""
    record = as_json(report, language).replace("&", "&amp;").replace("<", "&lt;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<numbers>{record}</numbers>'.encode()


def undated(made: Any) -> bytes:  # noqa: ANN401 - a document of python-docx or a presentation of python-pptx
    """The file of a document or presentation: its parts as they are, and no date in the archive."""
    written, buffer = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return buffer.getvalue()
