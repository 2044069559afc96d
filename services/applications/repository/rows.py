"""What all repositories share: how answers are stored, and rows that are added once."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import literal
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from services.applications.domain.sections import SECTIONS, Answers, SectionName

ADAPTERS: dict[SectionName, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in SECTIONS.items()}


def answers_of(rows: Iterable[tuple[str, dict[str, Any]]]) -> Answers:
    """The answers that section rows (name, answers) hold."""
    answers = Answers()
    for name, stored in rows:
        answers = answers.with_section(ADAPTERS[SectionName(name)].validate_python(stored))
    return answers


async def insert_new(session: AsyncSession, row: SQLModel) -> bool:
    """Add a row; false, and nothing done, where one of its id is there already."""
    statement = insert(type(row)).values(row.model_dump()).on_conflict_do_nothing().returning(literal(1))
    return (await session.execute(statement)).one_or_none() is not None
