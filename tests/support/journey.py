"""What the journeys have in common: the real files, Islington's fund, and asking for a refusal."""

import gzip
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from deploy.local.demonstration import policy
from deploy.local.demonstration.client import FundClient, Refused
from services.portal.identity import people
from tests.support.public_data import public_data

ISLINGTON = "local-authority-eng:ISL"
ISLINGTON_TERMS = {
    **policy.TERMS,
    "name": "Islington carbon offset fund",
    "organisation": ISLINGTON,
    "purposes": ["green-infrastructure"],
    "wards": ["Caledonian", "Hillrise", "St Mary's"],
}
FUND_OPENS_ON = date(2018, 6, 1)


async def import_files(fund: FundClient, import_name: str, files: dict[str, bytes]) -> Any:
    """An officer imports the three open-data files of a council."""
    fields = {"import_id": str(fund.id("import", import_name))}
    sent = {name: (f"{name}.csv", content) for name, content in files.items()}
    return await fund.upload("contributions", "/imports", people.OFFICER, sent, fields)


def halton() -> dict[str, bytes]:
    folder = public_data("ifs", "halton")
    return {
        "agreements": (folder / "developer-agreement.csv").read_bytes(),
        "contributions": (folder / "developer-agreement-contribution.csv").read_bytes(),
        "transactions": (folder / "developer-agreement-transaction.csv").read_bytes(),
    }


def islington() -> dict[str, bytes]:
    folder = public_data("ifs", "islington")
    return {
        name: (folder / f"carbon-offset-{name}.csv").read_bytes()
        for name in ("agreements", "contributions", "transactions")
    }


def uk_gas() -> tuple[bytes, bytes]:
    """The hourly gas sample (kWh, UTC) and its temperatures (Celsius, UTC) as CSV."""
    meter = gzip.decompress(public_data("meters", "uk-gas-hdd-only-hourly-sample-0.csv.gz").read_bytes())
    weather = gzip.decompress(public_data("meters", "uk-tempC-sample-0.csv.gz").read_bytes())
    return meter, weather


def cambridge() -> tuple[bytes, bytes]:
    """Two good years of a Cambridge building's daily gas (kWh), and Bedford's daily mean temperatures.

    Its 2017 is left out: it stands about thirty times too large in the file, as hundreds of cubic feet do.
    """
    rows = public_data("meters", "cambridge_b19", "gas_daily.csv").read_bytes().splitlines()
    good = [row for row in rows if not row.startswith(b"2017")]
    return b"\n".join(good), public_data("weather", "bedford_daily_mean_temp_2000_2022.csv").read_bytes()


async def refusal(asked: Callable[[], Awaitable[Any]], status: int) -> dict[str, Any]:
    """The problem that a request is refused with."""
    with pytest.raises(Refused) as caught:
        await asked()
    assert caught.value.status == status, caught.value
    return caught.value.problem


async def everything_agrees(fund: FundClient) -> None:
    """The ledger balances, and the portal believes of every pot what contributions has in its books."""
    books = await fund.get("contributions", "/trial-balance", people.OFFICER)
    assert books["balanced"]
    assert books["total_pence"] == 0
    assert books["differences"] == []
    owners = {pot["pot_id"]: in_portal_terms(pot) for pot in books["pots"]}
    await fund.until(
        lambda: fund.get("portal", "/api/books"),
        lambda portal: {pot["pot_id"]: shown(pot) for pot in portal["pots"]} == owners,
        "the portal's books equal the ledger",
    )


def in_portal_terms(pot: dict[str, Any]) -> tuple[int, ...]:
    """received, available, reserved, committed (asked for and approved payments with it), paid."""
    committed = pot["committed_pence"] + pot["payment_requested_pence"] + pot["payment_approved_pence"]
    return (
        pot["received_pence"],
        pot["available_pence"],
        pot["reserved_pence"],
        committed,
        pot["paid_pence"],
    )


def shown(pot: dict[str, Any]) -> tuple[int, ...]:
    return tuple(pot[f"{name}_pence"] for name in ("received", "available", "reserved", "committed", "paid"))
