"""A fund opened: its wards are known from now on, so that forms can refuse a slip."""

from dataclasses import dataclass

from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnWards:
    """Take the wards that a fund's terms name as wards of its organisation."""

    organisation: str
    wards: tuple[str, ...]


async def learn_wards(command: LearnWards, uow: UnitOfWork) -> None:
    """Adds to what is known; wards are never forgotten."""
    await Wards(uow).learn(command.organisation, command.wards)
