"""What a start is refused for, in sentences: the parts that need no server."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from deploy.containers.settings import _text
from deploy.local.databases import SERVICES
from services.portal.settings import PortalSettings
from shared.events.topics import PARTITIONS, TOPICS
from shared.messaging.migrate import alembic_config
from shared.settings import DEMONSTRATION_PUBLIC_KEY, ServiceSettings
from shared.startup.database import clock_refusal
from shared.startup.migrations import migration_refusal, newest_revisions
from shared.startup.refusing import settings_refusals
from shared.startup.secrets import secret_refusals
from shared.startup.topics import shape_refusals

PLACES = {"database_url": "postgresql+asyncpg://nobody:hidden@nowhere/none", "kafka_bootstrap_servers": "-"}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AS_DECLARED = dict.fromkeys(TOPICS, PARTITIONS)


def new_keys() -> tuple[str, str]:
    key = Ed25519PrivateKey.generate()
    return _text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw())


def portal_settings(private_key: str, public_key: str) -> PortalSettings:
    return PortalSettings(
        **PLACES,
        port=1,
        token_private_key=private_key,
        token_public_key=public_key,
        session_secret="an invented secret that is long enough",
    )


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_that_a_service_asks_for_are_those_that_alembic_would_run(service: str) -> None:
    heads = ScriptDirectory.from_config(alembic_config(service)).get_heads()

    assert newest_revisions(service) == set(heads)


def test_a_database_of_an_older_or_newer_version_is_refused_with_what_is_needed() -> None:
    needed = newest_revisions("portal")

    assert migration_refusal("portal", needed) is None
    assert "is at messaging_0001;" in (migration_refusal("portal", ["messaging_0001"]) or "")
    assert "is at no migration;" in (migration_refusal("portal", ()) or "")
    assert "portal_9999" in (migration_refusal("portal", [*needed, "portal_9999"]) or "")


@pytest.mark.parametrize(("seconds", "said"), [(31, "31 s ahead of"), (-3600, "3600 s behind")])
def test_a_clock_far_off_is_refused(seconds: int, said: str) -> None:
    assert said in (clock_refusal(NOW + timedelta(seconds=seconds), NOW) or "")


def test_clocks_half_a_minute_apart_can_work_together() -> None:
    assert clock_refusal(NOW + timedelta(seconds=30), NOW) is None


def test_topics_that_are_missing_or_of_another_shape_are_named() -> None:
    missing = {name: count for name, count in AS_DECLARED.items() if name != TOPICS[0]}

    assert shape_refusals(AS_DECLARED) == []
    assert shape_refusals({**AS_DECLARED, "somebody.elses": 3}) == []
    assert f"has no topics {TOPICS[0]}." in shape_refusals(missing)[0]
    assert f"{TOPICS[0]} has 3 partitions and needs 12" in shape_refusals({**AS_DECLARED, TOPICS[0]: 3})[0]


def test_keys_of_one_pair_are_taken_and_keys_of_two_are_refused() -> None:
    private, public = new_keys()
    _, another = new_keys()

    assert secret_refusals(portal_settings(private, public)) == []
    [refusal] = secret_refusals(portal_settings(private, another))
    assert "not of one pair" in refusal


def test_a_key_that_is_none_is_refused_without_being_shown() -> None:
    private, public = new_keys()

    [of_private] = secret_refusals(portal_settings("hidden", public))
    [of_public] = secret_refusals(portal_settings(private, "hidden"))

    assert "TOKEN_PRIVATE_KEY is not an Ed25519 key" in of_private
    assert "TOKEN_PUBLIC_KEY is not an Ed25519 key" in of_public
    assert "hidden" not in of_private + of_public


def test_the_demonstration_s_key_is_refused_elsewhere_however_it_is_written() -> None:
    settings = ServiceSettings(**PLACES, port=1, token_public_key=f"{DEMONSTRATION_PUBLIC_KEY}=")

    [refusal] = secret_refusals(settings)

    assert "everybody knows" in refusal


def test_settings_that_are_missing_or_wrong_are_named_without_their_values() -> None:
    with pytest.raises(ValidationError) as refused:
        ServiceSettings.model_validate({"database_url": "hidden", "port": "hidden", "demonstration": True})

    sentences = settings_refusals(refused.value)

    assert "OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS is not set. Set it." in sentences
    assert any(each.startswith("OFFSET_FUND_PORT cannot be used: ") for each in sentences)
    assert "hidden" not in " ".join(sentences)
