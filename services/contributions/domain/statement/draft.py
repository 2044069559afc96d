"""The open-data files as they would be published now, with everything that a check says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.contributions.domain.statement.checking import Fault, check_files
from services.contributions.domain.statement.files import Files, write_files
from services.contributions.domain.statement.publishing import Publishing
from services.contributions.domain.statement.register import PublishedRegister
from services.contributions.domain.statement.specification import FileForm
from shared.errors import Invalid, Problem

NAMED = 50
"""So many faults a refusal names; the check lists all of them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of both forms; faults are of the form of 2026, which says most, then of the older one."""

    register: PublishedRegister
    files: Mapping[FileForm, Files]
    faults: tuple[Fault, ...]

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """What is doubtful and does not prevent publishing."""
        return tuple(fault for fault in self.faults if not fault.prevents)

    def refuse_faults(self) -> None:
        """Raise Invalid, naming file, row and field, where a file breaks the specification."""
        found = [fault for fault in self.faults if fault.prevents]
        if found:
            message = (
                f"{len(found)} {'field breaks' if len(found) == 1 else 'fields break'} the specification. "
                "Correct the records that they come from, then publish again."
            )
            raise Invalid("open_data.faulty", message, problems=list(_problems(found[:NAMED])))


def draft_files(register: PublishedRegister, settings: Mapping[str, Publishing]) -> Draft:
    """Write the files of both forms, and check each as it was written."""
    files = {form: write_files(register, settings, form) for form in FileForm}
    newest = check_files(files[FileForm.OF_2026], FileForm.OF_2026)
    said = {(fault.dataset, fault.row, fault.field) for fault in newest}
    older = check_files(files[FileForm.OF_2019], FileForm.OF_2019)
    more = [fault for fault in older if (fault.dataset, fault.row, fault.field) not in said]
    return Draft(register, files, (*newest, *more))


def _problems(faults: Iterable[Fault]) -> Iterable[Problem]:
    for fault in faults:
        place = f"{fault.dataset} row {fault.row} {fault.field}"
        yield Problem(place, f"{fault.reference or 'No reference'}, {fault.field}: {fault.message}")
