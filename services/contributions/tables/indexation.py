"""Published indices: what was imported is kept as published, and revised only by a later publication."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Numeric
from sqlmodel import Field

from services.contributions.tables.base import Base

APPEND_ONLY = {"comment": "append-only: a later publication revises, nothing is overwritten"}


class IndexSeriesRow(Base, table=True):
    """An index by the name deeds know it by."""

    __tablename__ = "index_series"
    __table_args__: ClassVar[dict[str, str]] = APPEND_ONLY

    id: UUID = Field(primary_key=True)
    name: str
    publisher: str
    frequency: str
    source_url: str | None
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class IndexPublicationRow(Base, table=True):
    """One day's publication of an index, with where it was read."""

    __tablename__ = "index_publication"
    __table_args__: ClassVar[dict[str, str]] = APPEND_ONLY

    id: UUID = Field(primary_key=True)
    series_id: UUID
    published_on: date
    source: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class IndexValueRow(Base, table=True):
    """A value as published; `period` is the first day of its month, quarter or year."""

    __tablename__ = "index_value"
    __table_args__: ClassVar[dict[str, str]] = APPEND_ONLY

    publication_id: UUID = Field(primary_key=True)
    period: date = Field(primary_key=True)
    value: Decimal = Field(sa_column=Column(Numeric, nullable=False))
    provisional: bool
