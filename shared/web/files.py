"""Answers that are files to be saved; their kinds stand in the OpenAPI document."""

from fastapi import Response


class CsvFile(Response):
    """A table for a spreadsheet."""

    media_type = "text/csv; charset=utf-8"


class PdfFile(Response):
    """A document to print or to send."""

    media_type = "application/pdf"
