"""The operator's commands: their arguments, tokens and tables."""

from pathlib import Path
from uuid import uuid4

import pytest

from deploy.backup.programs import _fits
from deploy.local.missing import Missing
from deploy.local.state import State
from deploy.operations.__main__ import parser
from deploy.operations.fund import Fund
from deploy.operations.services import token_for
from deploy.operations.shown import table
from shared.settings import DEMONSTRATION_PUBLIC_KEY
from shared.web.roles import Role
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, check

PERSON = uuid4()
EVENTS = [{"id": 1, "reason": "bad\nJSON", "key": None}, {"id": 12, "reason": "x" * 100, "key": "k"}]


@pytest.mark.parametrize(
    "command",
    [
        "parked list",
        "parked list portal",
        "parked show contributions 12",
        "parked replay contributions 12",
        "parked replay contributions --key 19/02954/OUT",
        "--json waiting",
        "blocked retry monitoring 3",
        "resend applications --from 1 --to 9",
        "rebuild register",
        "books --without-kafka",
        "restore /backups/monday --replace",
        "check",
    ],
)
def test_every_command_knows_what_to_run(command: str) -> None:
    assert callable(parser().parse_args(command.split()).run)


def test_nothing_is_given_up_without_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["parked", "discard", "contributions", "12"])

    assert "--because" in capsys.readouterr().err


def test_a_demonstration_has_an_operator_whose_token_the_services_accept() -> None:
    caller = check(
        token_for("portal", {}, demonstration=True), audience="portal", public_key=DEMONSTRATION_PUBLIC_KEY
    )

    assert caller.roles == {Role.OPERATOR}


def test_elsewhere_the_operator_brings_a_token_or_the_key_and_their_id(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from a file\n")
    told = {
        "OFFSET_FUND_TOKEN_PRIVATE_KEY": DEMONSTRATION_PRIVATE_KEY,
        "OFFSET_FUND_OPERATOR_ID": str(PERSON),
    }

    minted = token_for("portal", told, demonstration=False)

    assert check(minted, audience="portal", public_key=DEMONSTRATION_PUBLIC_KEY).person_id == PERSON
    assert token_for("portal", {"OFFSET_FUND_OPERATOR_TOKEN": "given"}, demonstration=False) == "given"
    from_file = {"OFFSET_FUND_OPERATOR_TOKEN_FILE": str(file)}
    assert token_for("portal", from_file, demonstration=False) == "from a file"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OFFSET_FUND_TOKEN_PRIVATE_KEY": "secret"},
        {"OFFSET_FUND_TOKEN_PRIVATE_KEY": "secret", "OFFSET_FUND_OPERATOR_ID": "me"},
        {"OFFSET_FUND_OPERATOR_TOKEN_FILE": "/no/such/file"},
    ],
)
def test_without_one_the_operator_is_told_what_to_set(environment: dict[str, str]) -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_OPERATOR_TOKEN") as refused:
        token_for("portal", environment, demonstration=False)

    assert "secret" not in str(refused.value)


def test_a_table_keeps_to_its_lines() -> None:
    assert table([], ("id",), "Nothing.") == "Nothing."
    assert table(EVENTS, ("id", "reason"), "").splitlines() == [
        "id  reason",
        "1   bad JSON",
        f"12  {'x' * 57}...",
    ]


def test_a_fund_that_was_never_started_here_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_POSTGRES_URL"):
        _ = Fund({}, State(tmp_path)).databases


def test_a_fund_elsewhere_is_found_by_its_variables(tmp_path: Path) -> None:
    told = {
        "OFFSET_FUND_POSTGRES_URL": "postgresql://superuser:secret@server:5432/postgres",
        "OFFSET_FUND_PORTAL_URL": "http://portal:8000",
        "OFFSET_FUND_FILES": "/files",
        **{
            f"OFFSET_FUND_{service}{owner}_PASSWORD": "an-invented-password"
            for service in ("CONTRIBUTIONS", "APPLICATIONS", "ASSESSMENT", "MONITORING", "PORTAL")
            for owner in ("", "_OWNER")
        },
    }

    fund = Fund(told, State(tmp_path))

    assert fund.databases["portal"].url == (
        "postgresql+asyncpg://offset_fund_portal:an-invented-password@server:5432/offset_fund_portal"
    )
    assert fund.service_urls["portal"] == "http://portal:8000"
    assert fund.service_urls["monitoring"] == "http://127.0.0.1:8004"
    assert fund.files["monitoring"] == Path("/files/monitoring")


@pytest.mark.parametrize(
    ("programs", "server", "fits"),
    [(15, 15, True), (14, 15, False), (16, 15, True), (18, 15, False), (18, 17, True), (0, 15, False)],
)
def test_a_backup_is_made_and_restored_by_programs_that_fit_the_server(
    programs: int, server: int, fits: bool
) -> None:
    assert _fits(programs, server) is fits
