"""PDF documents that everybody can read: written by typst, tagged, and refused where they are not PDF/UA."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

UNIVERSAL_ACCESS: Final = "ua-1"
"""ISO 14289-1: typst refuses a document without title, language, headings in order or names for pictures."""


async def write_pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The template filled with the data, in a thread: it takes tens of milliseconds.

    The data are read by the template as JSON and are never part of its code. The same data and moment give
    the same bytes: only the fonts that come with typst are used, and nothing is looked up.
    """
    return await asyncio.to_thread(_compile, template, json.dumps(data, sort_keys=True), at)


def _compile(template: Path, data: str, at: datetime) -> bytes:
    compiler = typst.Compiler(_source(template), ignore_system_fonts=True, sys_inputs={"data": data})
    document = compiler.compile(format="pdf", pdf_standards=[UNIVERSAL_ACCESS], timestamp=at)
    assert isinstance(document, bytes)
    return document


@cache
def _source(template: Path) -> bytes:
    return template.read_bytes()
