import csv
from datetime import date

import pytest

from services.contributions.domain.open_data.codes import (
    AGREEMENT_TYPES,
    PURPOSE_WORDS,
    TYPE_WORDS,
    FundingStatus,
    find_code,
)
from services.contributions.domain.open_data.comparison import compare
from services.contributions.domain.open_data.notes import Outcome
from services.contributions.domain.open_data.positions import positions
from services.contributions.domain.open_data.reading import OpenData, read_open_data, taken
from services.contributions.domain.register.purposes import ENDED_PURPOSES, PURPOSES
from tests.support.public_data import public_data

HALTON = ("developer-agreement", "developer-agreement-contribution", "developer-agreement-transaction")
ISLINGTON = ("carbon-offset-agreements", "carbon-offset-contributions", "carbon-offset-transactions")


def read_council(folder: str, names: tuple[str, str, str]) -> OpenData:
    agreements, contributions, transactions = (
        public_data("ifs", folder, f"{name}.csv").read_bytes() for name in names
    )
    return read_open_data(agreements, contributions, transactions, today=date(2026, 11, 22))


def test_haltons_files_give_its_sums_pots_and_two_exceptions() -> None:
    data = read_council("halton", HALTON)

    found = positions(data)

    assert (len(taken(data.agreements)), len(taken(data.contributions)), len(taken(data.transactions))) == (
        *(53, 68, 150),
    )
    assert sum(position.received_pence for position in found) == 5_330_185_62
    assert sum(position.spent_pence for position in found) == 2_976_787_73
    assert sum(position.returned_pence for position in found) == 607_109_99
    pots = [position.pot_pence for position in found if position.pot_pence]
    assert (len(pots), sum(pots)) == (27, 2_033_007_90)
    assert {
        position.contribution_reference: position.available_pence for position in found if position.exception
    } == {"S106-97-C1": -211_720_00, "S106-201-C2": -75_000_00}


def test_haltons_rows_are_mended_or_warned_about_and_none_is_refused() -> None:
    outcomes = read_council("halton", HALTON).outcomes

    assert outcomes == {
        Outcome.TAKEN: 235,
        Outcome.MENDED: 31,
        Outcome.WARNED: 5,
        Outcome.CHANGED: 0,
        Outcome.REPEATED: 0,
        Outcome.REFUSED: 0,
    }


def test_islingtons_carbon_rows_hold_no_pot_and_three_exceptions() -> None:
    data = read_council("islington", ISLINGTON)

    found = positions(data)

    assert len(found) == 19
    assert sum(position.secured_pence for position in found) == 268_954_00
    exceptions = [position.available_pence for position in found if position.exception]
    assert (len(exceptions), sum(exceptions)) == (3, -78_512_40)
    assert not any(position.pot_pence for position in found)
    assert {position.purpose for position in found} == {"green-infrastructure"}
    assert {position.organisation for position in found} == {"local-authority-eng:ISL"}


@pytest.mark.parametrize(("folder", "names"), [("halton", HALTON), ("islington", ISLINGTON)])
def test_the_same_real_files_twice_change_nothing(folder: str, names: tuple[str, str, str]) -> None:
    data = read_council(folder, names)
    rows = taken(data.transactions)
    stored = {reference: dict(row.content) for reference, row in rows.items()}

    again = compare(taken(read_council(folder, names).transactions).values(), stored)

    assert (again.new, again.changed, len(again.same)) == ((), (), len(rows))


def test_the_misspellings_seen_by_the_platform_are_mended_as_it_mends_them() -> None:
    lists = {
        "contribution-purpose": (PURPOSES | ENDED_PURPOSES, PURPOSE_WORDS),
        "developer-agreement-type": (frozenset(AGREEMENT_TYPES), TYPE_WORDS),
        "contribution-funding-status": (frozenset(FundingStatus), {}),
    }
    with public_data("ifs", "observed-misspellings.csv").open(encoding="utf-8-sig", newline="") as file:
        observed = [row for row in csv.DictReader(file) if row["field"] in lists]

    assert len(observed) > 30
    for row in observed:
        codes, words = lists[row["field"]]
        assert find_code(row["pattern"], codes, words) == (row["value"] or None), row
