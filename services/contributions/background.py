"""What the service does of itself: it reads the files that officers sent, and takes what they committed.

Where each draft is stands in the database, so a process that is killed loses nothing: the next one begins
that draft again. A draft is worked on by one process at a time, under a lock that ends with its connection.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import structlog
from sqlalchemy import text

from services.contributions.commands.open_data.files import read_files
from services.contributions.commands.open_data.preview_draft import PreviewDraft, preview_draft
from services.contributions.commands.open_data.refuse_draft import RefuseDraft, refuse_draft
from services.contributions.commands.open_data.take_draft import TakeDraft, take_draft
from services.contributions.commands.open_data.throw_draft_away import throw_old_drafts_away
from services.contributions.domain.open_data.draft import DraftState
from services.contributions.domain.open_data.reading import OpenData, read_rows
from services.contributions.repository.import_drafts import BegunDraft, ImportDrafts
from shared.errors import Invalid
from shared.messaging import Cause, UnitOfWork
from shared.service import Service

log = structlog.get_logger()

PAUSE_SECONDS = 0.5
"""Between two looks for drafts; also how often the progress of one is kept."""
MOST_ATTEMPTS = 3
"""A file that ends the process each time must not do so for ever."""

WAITING = text(
    """
    SELECT id FROM import_draft WHERE state IN ('reading', 'committing') ORDER BY uploaded_at, id
    """
)
LOCK = text("SELECT pg_try_advisory_lock(1062, hashtext(CAST(CAST(:id AS uuid) AS text)))")
UNLOCK = text("SELECT pg_advisory_unlock(1062, hashtext(CAST(CAST(:id AS uuid) AS text)))")


async def work_for_ever(service: Service) -> None:
    """Work off drafts for as long as the service runs; what fails is tried again."""
    while True:
        try:
            await work_off(service)
            async with service.work.begin(_own(service)) as uow:
                await throw_old_drafts_away(uow)
        except Exception as error:
            log.warning("imports_interrupted", error=repr(error)[:300])
        await asyncio.sleep(PAUSE_SECONDS)


async def work_off(service: Service) -> None:
    """Every draft that waits, one after the other, but those that another process works on."""
    async with service.sessions() as session:
        waiting = list((await session.execute(WAITING)).scalars())
    for draft_id in waiting:
        async with _lock(service, draft_id) as is_ours:
            if is_ours:
                await _work_on(service, draft_id)


@asynccontextmanager
async def _lock(service: Service, draft_id: UUID) -> AsyncIterator[bool]:
    """Whether no other process works on the draft; the lock is the connection's, and ends with it."""
    async with service.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        is_ours = (await connection.execute(LOCK, {"id": draft_id})).scalar_one()
        try:
            yield is_ours
        finally:
            if is_ours:
                await connection.execute(UNLOCK, {"id": draft_id})


async def _work_on(service: Service, draft_id: UUID) -> None:
    async with service.work.begin(_own(service)) as uow:
        begun = await ImportDrafts(uow).begin(draft_id)
    if begun is None:
        return
    cause = Cause(begun.asked_by, service.settings.council, begun.correlation_id)
    try:
        _refuse_after(begun.attempts)
        data = await _read(service, begun, cause)
    except Invalid as refusal:
        async with service.work.begin(cause) as uow:
            await refuse_draft(RefuseDraft(draft_id=draft_id, refusal=refusal), uow)
        return
    async with service.work.begin(cause) as uow:
        await _do(begun.draft.state, draft_id, data, uow)


async def _do(state: DraftState, draft_id: UUID, data: OpenData, uow: UnitOfWork) -> None:
    if state is DraftState.COMMITTING:
        await take_draft(TakeDraft(draft_id=draft_id, data=data), uow)
    else:
        await preview_draft(PreviewDraft(draft_id=draft_id, data=data), uow)


def _refuse_after(attempts: int) -> None:
    if attempts > MOST_ATTEMPTS:
        message = f"Reading these files was interrupted {MOST_ATTEMPTS} times. Send them in smaller parts."
        raise Invalid("import_draft.interrupted", message)


async def _read(service: Service, begun: BegunDraft, cause: Cause) -> OpenData:
    """What the files say, read beside the requests; how far it is is kept meanwhile."""
    tables = await asyncio.to_thread(read_files, begun.files)
    done = 0

    def tell(rows_done: int) -> None:
        nonlocal done
        done = rows_done

    async with service.work.begin(cause) as uow:
        today = uow.today
        await ImportDrafts(uow).advance(begun.draft.id, 0, tables.rows)
    reading = asyncio.create_task(
        asyncio.to_thread(read_rows, tables, today=today, mappings=begun.mappings, progress=tell)
    )
    while not (await asyncio.wait([reading], timeout=PAUSE_SECONDS))[0]:
        async with service.work.begin(cause) as uow:
            await ImportDrafts(uow).advance(begun.draft.id, done, tables.rows)
    return reading.result()


def _own(service: Service) -> Cause:
    """The service acts for nobody."""
    return Cause(service.name, service.settings.council, UUID(int=0))
