"""Projects between the domain and their rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.monitoring.domain.boundary import Boundary, Meter
from services.monitoring.domain.claim import Claim
from services.monitoring.domain.degree_day_model import baseline_from_json, baseline_to_json
from services.monitoring.domain.project import FrozenBaseline, Project
from services.monitoring.domain.saving import Saving
from services.monitoring.repository.mapping import (
    boundary_of,
    claim_of,
    claim_row,
    energy_rows,
    measure_rows,
    project_of,
    project_row,
)
from services.monitoring.tables import (
    BaselineRow,
    BoundaryRow,
    ClaimRow,
    MeterRow,
    ProjectRow,
    PromisedMeasureRow,
    SavingRow,
    StatedEnergyRow,
    StationRow,
)
from shared.carbon.quantities import Fuel
from shared.errors import NotFound

R = TypeVar("R", PromisedMeasureRow, StatedEnergyRow, ClaimRow, MeterRow, BoundaryRow, SavingRow)


SAVE = text(
    """
    UPDATE project SET version = kept.version, completed_on = kept.completed_on
    FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS bigint[]), CAST(:completed_on AS date[]))
         AS kept(application_id, version, completed_on)
    WHERE project.application_id = kept.application_id
    """
)


def no_such_project() -> NotFound:
    """The answer where an application is unknown here, or its offer not accepted yet."""
    message = "There is no such project. It appears here within seconds of the offer's acceptance."
    return NotFound("project.unknown", message)


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects in the database, as the domain knows them."""

    session: AsyncSession

    async def exists(self, application_id: UUID) -> bool:
        """Whether the project was started already."""
        return await self.session.get(ProjectRow, application_id) is not None

    async def get(self, application_id: UUID) -> Project:
        """Load one and lock it until the commit: whoever comes second sees what the first did."""
        found = await self.get_many([application_id])
        if application_id not in found:
            raise no_such_project()
        return found[application_id]

    async def get_many(self, application_ids: Collection[UUID]) -> dict[UUID, Project]:
        """Load those that are there, and lock them until the commit, in the order of their ids."""
        found = (
            select(ProjectRow)
            .where(col(ProjectRow.application_id).in_(application_ids))
            .order_by(col(ProjectRow.application_id))
            .with_for_update()
        )
        rows = (await self.session.execute(found.execution_options(populate_existing=True))).scalars().all()
        ids = [row.application_id for row in rows]
        measures, energy = await self._rows(PromisedMeasureRow, ids), await self._rows(StatedEnergyRow, ids)
        claims, meters = await self._rows(ClaimRow, ids), await self._rows(MeterRow, ids)
        boundaries, savings = await self._rows(BoundaryRow, ids), await self._rows(SavingRow, ids)
        baselines = await self._baselines(ids)
        return {
            row.application_id: project_of(
                row,
                measures=measures[row.application_id],
                energy=energy[row.application_id],
                claims={claim.claim_id: claim_of(claim) for claim in claims[row.application_id]},
                meters={meter.meter_id: _meter(meter) for meter in meters[row.application_id]},
                boundary=_latest(boundaries[row.application_id]),
                baselines=baselines[row.application_id],
                verified_periods=tuple(
                    (saving.period_start, saving.period_end) for saving in savings[row.application_id]
                ),
            )
            for row in rows
        }

    async def of_meter(self, meter_id: UUID) -> Project:
        """The project whose meter it is, locked."""
        meter = await self.session.get(MeterRow, meter_id)
        if meter is None:
            raise NotFound("meter.unknown", "There is no such meter. Add it to its project first.")
        return await self.get(meter.application_id)

    async def add(self, project: Project) -> None:
        """Keep a new one, with its promise."""
        self.session.add(project_row(project))
        await self.session.flush()  # the rows below refer to it
        self.session.add_all([*measure_rows(project), *energy_rows(project)])

    async def save(self, projects: Iterable[Project]) -> None:
        """Keep their versions and the days their works were completed."""
        kept = list(projects)
        columns = {
            "ids": [project.application_id for project in kept],
            "versions": [project.version for project in kept],
            "completed_on": [project.completed_on for project in kept],
        }
        await self.session.execute(SAVE, columns)

    async def keep_claim(self, project: Project, claim: Claim) -> None:
        """Keep a claim, new or verified."""
        await self.session.merge(claim_row(project.application_id, claim))

    async def has_meter(self, meter_id: UUID) -> bool:
        """Whether a meter of this id is in any project."""
        return await self.session.get(MeterRow, meter_id) is not None

    def add_meter(self, project: Project, meter: Meter) -> None:
        """Keep a new meter."""
        self.session.add(
            MeterRow(
                meter_id=meter.meter_id,
                application_id=project.application_id,
                name=meter.name,
                fuel=meter.fuel,
            )
        )

    def add_boundary(self, project: Project, boundary: Boundary, declared_by: UUID) -> None:
        """Keep a declaration beside the earlier ones."""
        self.session.add(
            BoundaryRow(
                application_id=project.application_id,
                sequence=project.version,
                complete=boundary.complete,
                reason=boundary.reason,
                declared_on=boundary.declared_on,
                declared_by=declared_by,
                fuels=list(boundary.fuels),
                meter_ids=list(boundary.meter_ids),
            )
        )

    def add_baseline(self, frozen: FrozenBaseline, frozen_by: UUID, frozen_at: datetime) -> None:
        """Keep a frozen model."""
        self.session.add(
            BaselineRow(
                meter_id=frozen.meter_id,
                station_id=frozen.station_id,
                period_start=frozen.model.starts_on,
                period_end=frozen.model.ends_before,
                model=baseline_to_json(frozen.model),
                frozen_by=frozen_by,
                frozen_at=frozen_at,
            )
        )

    async def savings_taken(self, saving_ids: Collection[UUID]) -> set[UUID]:
        """Which of these ids savings have already."""
        found = select(col(SavingRow.saving_id)).where(col(SavingRow.saving_id).in_(saving_ids))
        return set((await self.session.execute(found)).scalars())

    def add_saving(self, project: Project, saving: Saving) -> None:
        """Keep a verified saving as it is published."""
        published = saving.as_event(project.application_id)
        self.session.add(
            SavingRow(
                saving_id=published.saving_id,
                application_id=project.application_id,
                period_start=published.period_start,
                period_end=published.period_end,
                verified_on=published.verified_on,
                verifier_id=published.verifier_id,
                avoided_kwh=published.avoided_kwh,
                saved_kg_co2e=published.saved_kg_co2e,
                verdict=saving.verdict,
                published=published.model_dump(mode="json"),
            )
        )

    async def _baselines(self, application_ids: Collection[UUID]) -> dict[UUID, dict[UUID, FrozenBaseline]]:
        found = (
            select(MeterRow.application_id, BaselineRow, StationRow)
            .join(MeterRow, col(MeterRow.meter_id) == col(BaselineRow.meter_id))
            .join(StationRow, col(StationRow.station_id) == col(BaselineRow.station_id))
            .where(col(MeterRow.application_id).in_(application_ids))
        )
        baselines: dict[UUID, dict[UUID, FrozenBaseline]] = defaultdict(dict)
        for application_id, row, station in (await self.session.execute(found)).all():
            baselines[application_id][row.meter_id] = _baseline(row, station)
        return baselines

    async def _rows(self, table: type[R], application_ids: Collection[UUID]) -> dict[UUID, list[R]]:
        """The rows of each project."""
        found = select(table).where(col(table.application_id).in_(application_ids))
        rows: dict[UUID, list[R]] = defaultdict(list)
        for row in (await self.session.execute(found)).scalars():
            rows[row.application_id].append(row)
        return rows


def _latest(declarations: Sequence[BoundaryRow]) -> Boundary | None:
    return boundary_of(max(declarations, key=lambda row: row.sequence)) if declarations else None


def _meter(row: MeterRow) -> Meter:
    return Meter(meter_id=row.meter_id, name=row.name, fuel=Fuel(row.fuel))


def _baseline(row: BaselineRow, station: StationRow) -> FrozenBaseline:
    return FrozenBaseline(
        meter_id=row.meter_id,
        station_id=row.station_id,
        station_name=station.name,
        temperatures_generated=station.generated,
        model=baseline_from_json(row.model),
    )
