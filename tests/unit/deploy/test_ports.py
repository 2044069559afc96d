import os
import socket
from collections.abc import Iterator

import pytest

from deploy.local.missing import Missing
from deploy.local.ports import choose_port, free_port, is_free


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_its_number_its_holder_and_the_setting_that_changes_it(
    taken_port: int,
) -> None:
    with pytest.raises(Missing) as refusal:
        choose_port(taken_port, "the service portal", "OFFSET_FUND_PORTAL_PORT")

    message = str(refusal.value)
    assert f"Port {taken_port}" in message
    assert f"process {os.getpid()}" in message
    assert "OFFSET_FUND_PORTAL_PORT=" in message


def test_a_free_port_is_taken_as_it_is() -> None:
    port = free_port()

    assert is_free(port)
    assert choose_port(port, "Kafka", "OFFSET_FUND_KAFKA_PORT") == port


def test_port_nought_means_any_free_one() -> None:
    assert choose_port(0, "Kafka", "OFFSET_FUND_KAFKA_PORT") > 0
