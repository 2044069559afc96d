"""Open-data files of an invented council, with the faults seen in real ones."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.reading import OpenData, read_open_data

COUNCIL = "local-authority-eng:XMP"
TODAY = date(2026, 11, 22)
Cells = Mapping[str, str]

OLDER_HEADINGS = {
    "agreement": (
        "developer-agreement,organisation,entry-date,start-date,end-date,planning-application,document-url,"
        "developer-agreement-type"
    ),
    "contribution": (
        "developer-agreement-contribution,developer-agreement,contribution-purpose,amount,units,entry-date,"
        "start-date,end-date"
    ),
    "transaction": (
        "developer-agreement-transaction,developer-agreement-contribution,contribution-funding-status,amount,"
        "units,entry-date,start-date,end-date"
    ),
}
HEADINGS = {
    "agreement": (
        "reference,name,developer-agreement-type,planning-application,document-url,notes,organisation,"
        "entry-date,start-date,end-date"
    ),
    "contribution": (
        "reference,developer-agreement,contribution-purpose,amount,units,notes,organisation,entry-date,"
        "start-date,end-date"
    ),
    "transaction": (
        "reference,developer-agreement-contribution,contribution-funding-status,amount,units,notes,"
        "organisation,entry-date,start-date,end-date"
    ),
}


def hyphened(cells: Cells) -> dict[str, str]:
    """The same cells with a hyphen for each _ of their names."""
    return {name.replace("_", "-"): cell for name, cell in cells.items()}


def an_agreement_row(reference: str = "A1", **cells: str) -> Cells:
    """The cells of an agreement without a fault; keywords give others, with _ for each hyphen."""
    return {
        "reference": reference,
        "name": "Mill Lane",
        "developer-agreement-type": "section-106",
        "planning-application": "19/00001/FUL",
        "organisation": COUNCIL,
        "entry-date": "2020-12-22",
        "start-date": "2019-04-17",
    } | hyphened(cells)


def a_contribution_row(reference: str = "A1-C1", **cells: str) -> Cells:
    """The cells of a contribution of agreement A1 without a fault."""
    return {
        "reference": reference,
        "developer-agreement": "A1",
        "contribution-purpose": "green-infrastructure",
        "amount": "1000.50",
        "organisation": COUNCIL,
        "start-date": "2019-04-17",
    } | hyphened(cells)


def a_transaction_row(reference: str = "A1-C1-T1", **cells: str) -> Cells:
    """The cells of a receipt of contribution A1-C1 without a fault."""
    return {
        "reference": reference,
        "developer-agreement-contribution": "A1-C1",
        "contribution-funding-status": "received",
        "amount": "1000.50",
        "organisation": COUNCIL,
        "start-date": "2020-01-31",
    } | hyphened(cells)


def csv_of(kind: str, rows: Iterable[Cells]) -> bytes:
    """The file of these rows under the headings of 2026, in UTF-8."""
    headings = HEADINGS[kind].split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Files:
    """The bytes of the three files of one council."""

    agreements: bytes
    contributions: bytes
    transactions: bytes

    def read(self) -> OpenData:
        """The three files as the service reads them."""
        return read_open_data(self.agreements, self.contributions, self.transactions, today=TODAY)


def files(
    agreements: Iterable[Cells] = (an_agreement_row(),),
    contributions: Iterable[Cells] = (a_contribution_row(),),
    transactions: Iterable[Cells] = (a_transaction_row(),),
) -> Files:
    """Three files of these rows."""
    return Files(
        csv_of("agreement", agreements),
        csv_of("contribution", contributions),
        csv_of("transaction", transactions),
    )


def faulty_files() -> Files:
    """Files in the headings of 2019 with every fault that real files have, and sums worked out by hand.

    Received 6,500.00, spent 1,750.00, returned 250.00, transferred 100.00. Three pots: A1-C1 3,999.99,
    A2-C1 400.01, and A3-C1 50.00 with a receipt below zero; A2-C2 is overspent by 50.00 and opens none.
    """
    agreements = (
        OLDER_HEADINGS["agreement"]
        + ",,\r\n"
        + (
            f"A1,{COUNCIL},22/12/2020,17/04/2019,,19/00001/FUL,,Section 106 agreement,,\r\n"
            f" A2 ,{COUNCIL.lower()},2020,2019-05,,Café & 19/00002/FUL,,s106,,\r\n"
            f"A3,{COUNCIL},2020-12-22,,,19/00003/FUL,,CIL,,\r\n"
            f"A3,{COUNCIL},2020-12-22,,,19/00003/FUL,,CIL,,\r\n"
            f"A1,{COUNCIL},2020-12-22,2001-01-01,,another,,section-106,,\r\n"
            f"A4,{COUNCIL},2020-12-22,2019-01-01,,=1+1,,section-106,,\r\n"
            ",,,,,,,,,\r\n"
        )
    )
    contributions = (
        OLDER_HEADINGS["contribution"]
        + "\r\n"
        + (
            'A1-C1,A1,open-space-and leisure,"£5,000.00",,2020-12-22,2019-04-17,\r\n'
            "A2-C1,A2,green-infastructure,1000,0,2020-12-22,2019-05-01,\r\n"
            "A2-C2,A2,Carbon,TBC,,2020-12-22,2019-05-01,\r\n"
            "A3-C1,A3,CIL,,,2020-12-22,2019-05-01,\r\n"
            "A9-C1,A9,highways,100,,2020-12-22,2019-05-01,\r\n"
        )
    )
    transactions = (
        OLDER_HEADINGS["transaction"]
        + "\r\n"
        + (
            'T1,A1-C1,RECEIVED: the developer has paid,"5,000",,2020-12-22,2019-04-16,\r\n'
            "T2,A1-C1,Spent,£1000.01,,2020-12-22,,\r\n"
            "T3,A2-C1,received,1000.00,,2020-12-22,2020-02-01,\r\n"
            "T4,A2-C1,Returned,250.00,,2020-12-22,2020-02-01,\r\n"
            "T5,A2-C1,transferred,100,,2020-12-22,2020-02-01,\r\n"
            "T6,A2-C1,spent,249.99,,2020-12-22,2020-02-01,\r\n"
            "T7,A2-C2,received,450,,2020-12-22,2020-02-01,\r\n"
            "T8,A2-C2,spent,500,,2020-12-22,2020-02-01,\r\n"
            "T9,A3-C1,received,100,,2020-12-22,2020-02-01,\r\n"
            "T10,A3-C1,received,-50,,2020-12-22,2020-02-01,\r\n"
            "T11,A1-C1,Invoice raised,7000,,2020-12-22,2020-02-01,\r\n"
            "T12,A9-C1,received,100,,2020-12-22,2020-02-01,\r\n"
            "T13,A1-C1,spent,=1+1,,2020-12-22,2020-02-01,\r\n"
            "T3,A2-C1,received,1000.00,,2020-12-22,2020-02-01,\r\n"
            "T3,A2-C1,received,2000.00,,2020-12-22,2020-02-01,\r\n"
        )
    )
    return Files(agreements.encode("cp1252"), contributions.encode("utf-8-sig"), transactions.encode())
