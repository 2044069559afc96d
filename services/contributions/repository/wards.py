"""Editions of wards, and the wards that funds name where there is no edition."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, text
from sqlmodel import col

from services.contributions.domain.register.wards import WardEdition, WardsInForce
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import KnownWardRow, WardEditionRow, WardRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

IN_FORCE = text(
    """
    SELECT e.id, e.name, array_agg(w.code) AS codes
    FROM ward_edition e JOIN ward w ON w.edition_id = e.id
    WHERE e.id = (SELECT id FROM ward_edition WHERE organisation = :organisation AND valid_from <= :day
                  ORDER BY valid_from DESC LIMIT 1)
    GROUP BY e.id
    """
)
LEARN = text(
    """
    INSERT INTO known_ward (organisation, ward)
    SELECT :organisation, ward FROM unnest(CAST(:wards AS text[])) AS named(ward) ORDER BY ward
    ON CONFLICT DO NOTHING
    """
)


class Wards:
    """The wards that deeds may name, in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def in_force(self, organisation: str, on: date | None) -> WardsInForce:
        """Those of the edition in force on a day; without one, or without a day, those that funds named."""
        if on is not None:
            row = (
                await self._session.execute(IN_FORCE, {"organisation": organisation, "day": on})
            ).one_or_none()
            if row is not None:
                return WardsInForce(frozenset(row.codes), row.id, row.name)
        named = select(col(KnownWardRow.ward)).where(col(KnownWardRow.organisation) == organisation)
        return WardsInForce(frozenset((await self._session.execute(named)).scalars()))

    async def add(self, edition: WardEdition) -> None:
        """Keep a new edition; Conflict where its id, or one of the same organisation and day, is there."""
        taken = Conflict(
            "ward_edition.recorded_before",
            "An edition of this organisation's wards from that day is recorded already. "
            "Open that one, or give another day.",
            field="valid_from",
        )
        row = WardEditionRow(
            id=edition.id,
            organisation=edition.organisation,
            name=edition.name,
            valid_from=edition.valid_from,
            source=edition.source,
            recorded_by=self._uow.actor,
            recorded_at=self._uow.now,
        )
        await add_row(self._session, row, taken)
        wards = [{"edition_id": edition.id, "code": ward.code, "name": ward.name} for ward in edition.wards]
        await add_rows(self._session, WardRow, wards)

    async def learn(self, organisation: str, wards: Iterable[str]) -> None:
        """Know these wards as named by a fund of the organisation from now on."""
        await self._session.execute(LEARN, {"organisation": organisation, "wards": list(wards)})
