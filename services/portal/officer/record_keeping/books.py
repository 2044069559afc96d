"""What the pages about where the record lives are told by the service that keeps the books."""

from datetime import date, datetime

from pydantic import TypeAdapter

from services.portal.identity.pages_rule import Page
from services.portal.officer.books import Told
from shared.wording import in_words


class RecordKeeping(Told):
    """Where an organisation's record lives; of a follower also the day of the last export taken."""

    organisation: str
    mode: str
    system_of_record: str | None
    records_begin_on: date | None
    kept_before_in: str | None
    decided_at: datetime
    exported_on: date | None

    @property
    def source(self) -> str | None:
        """Where each field of a follower's record comes from; None of a record that is made here."""
        if self.system_of_record is None:
            return None
        export = f"export of {in_words(self.exported_on)}" if self.exported_on else "no export taken yet"
        return f"From {self.system_of_record}, {export}"


RecordKeepings = TypeAdapter(list[RecordKeeping])


async def record_keeping_of(page: Page, organisation: str) -> RecordKeeping | None:
    """Where an organisation's record lives; None where nobody decided anything, so that it is made here."""
    told = RecordKeepings.validate_python(await page.services.contributions.get("/record-keeping"))
    return next((each for each in told if each.organisation == organisation), None)
