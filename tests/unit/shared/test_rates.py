"""How often somebody may do something, by a clock that the test sets."""

import pytest
from pydantic import ValidationError

from shared.settings import ServiceSettings
from shared.web.rates import MOST_KEYS, Rates, whose

GIVEN = {"database_url": "-", "kafka_bootstrap_servers": "-", "port": 1, "demonstration": True}


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def rates(clock: Clock, limit: str = "2 per minute") -> Rates:
    return Rates.told(sign_in=limit, uploads=limit, refusals=limit, clock=clock)


def test_in_any_minute_no_more_is_let_through_than_the_limit() -> None:
    clock = Clock()
    counted = rates(clock)

    let_through = []
    for second in range(0, 180, 10):
        clock.seconds = 1000.0 + second
        let_through.append(counted.seconds_to_wait(counted.sign_in, "sign-in", "1.2.3.4"))

    assert let_through == [0, 0, 40, 30, 20, 10] * 3


def test_each_address_and_each_kind_is_counted_for_itself() -> None:
    counted = rates(Clock(), "1 per minute")

    assert counted.seconds_to_wait(counted.sign_in, "sign-in", "1.2.3.4") == 0
    assert counted.seconds_to_wait(counted.sign_in, "sign-in", "1.2.3.5") == 0
    assert counted.seconds_to_wait(counted.uploads, "upload", "1.2.3.4") == 0
    assert counted.seconds_to_wait(counted.sign_in, "sign-in", "1.2.3.4") == 60


def test_however_many_addresses_come_so_many_are_kept() -> None:
    counted = rates(Clock(), "1 per minute")

    for number in range(MOST_KEYS + 500):
        counted.seconds_to_wait(counted.sign_in, "sign-in", f"{number}")

    assert counted._window.storage.reset() == MOST_KEYS


@pytest.mark.parametrize(
    ("address", "counts_for"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("no address", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_counts_for_the_network_of_its_household(address: str | None, counts_for: str) -> None:
    assert whose(address) == counts_for


@pytest.mark.parametrize(
    "wrong",
    [
        {"sign_in_limit": "often"},
        {"trusted_proxies": "*"},
        {"trusted_proxies": "10.0.0.1,everybody"},
        {"trusted_proxies": "10.0.0.1/8"},
    ],
)
def test_a_limit_or_proxy_that_cannot_be_meant_stops_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ServiceSettings(**GIVEN, **wrong)


def test_proxies_are_addresses_or_networks() -> None:
    assert ServiceSettings(**GIVEN, trusted_proxies="10.0.0.1, 10.1.0.0/16,2001:db8::1").trusted_proxies
