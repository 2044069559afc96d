"""A fund opened: its wards are known from now on, so that forms can refuse a slip."""

from dataclasses import dataclass

from sqlalchemy import text

from shared.messaging import UnitOfWork

LEARN = text(
    """
    INSERT INTO known_ward (organisation, ward)
    SELECT :organisation, ward FROM unnest(CAST(:wards AS text[])) AS named(ward) ORDER BY ward
    ON CONFLICT DO NOTHING
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnWards:
    """Take the wards that a fund's terms name as wards of its organisation."""

    organisation: str
    wards: tuple[str, ...]


async def learn_wards(command: LearnWards, uow: UnitOfWork) -> None:
    """Adds to what is known; wards are never forgotten."""
    await uow.session.execute(LEARN, {"organisation": command.organisation, "wards": list(command.wards)})
