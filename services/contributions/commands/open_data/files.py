"""Uploaded files under the names of the form they came with."""

from collections.abc import Mapping

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.reading import Tables, read_tables
from shared.errors import Invalid, Problem

FILES = {
    Dataset.AGREEMENT: "agreements",
    Dataset.CONTRIBUTION: "contributions",
    Dataset.TRANSACTION: "transactions",
}


def read_files(files: Mapping[str, bytes]) -> Tables:
    """The rows of the three files; Invalid, naming the form's field, where one cannot be read at all."""
    try:
        return read_tables(*(files[name] for name in FILES.values()))
    except Invalid as error:
        problems = [Problem(FILES[Dataset(each.field)], each.message) for each in error.problems]
        raise Invalid(error.code, error.message, problems=problems) from error
