"""What all tables of the service stand on."""

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Base(SQLModel, registry=registry()):
    """Tables of the contributions service."""


def texts() -> "Column[list[str]]":
    """A column of several texts, never null."""
    return Column(ARRAY(Text), nullable=False)
