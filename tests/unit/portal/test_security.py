from __future__ import annotations

import base64
import hashlib
import re

import httpx2
import pytest

from services.portal.layout.security import csrf_token, csrf_token_is_valid
from tests.support.sample_portal import sample_portal

SECRET = b"a secret of the tests"
SESSION = "session-of-the-officer"


def client(*, signed_in: bool = True) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=sample_portal(signed_in=signed_in), raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://fund.example")


async def posted(headers: dict[str, str], token: str | None, *, signed_in: bool = True) -> httpx2.Response:
    async with client(signed_in=signed_in) as browser:
        return await browser.post(
            "/officer/pots", data={"csrf_token": token} if token else {}, headers=headers
        )


@pytest.mark.parametrize("path", ["/officer/pots", "/nowhere", "/conflict", "/crash", "/static/favicon.svg"])
async def test_every_answer_has_the_strict_policy(path: str) -> None:
    async with client() as browser:
        answer = await browser.get(path)

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert {"form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; "))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_the_policy_names_the_one_script_inside_a_page_by_its_hash() -> None:
    async with client() as browser:
        page = await browser.get("/officer/pots")

    inside = re.findall(r"<script>(.*?)</script>", page.text)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inside]
    assert len(hashes) == 1
    assert f"script-src 'self' 'sha256-{hashes[0]}';" in page.headers["content-security-policy"]


async def test_signed_in_pages_are_kept_in_no_cache() -> None:
    async with client() as officer, client(signed_in=False) as visitor:
        assert (await officer.get("/register")).headers["cache-control"] == "no-store"
        assert (await officer.get("/crash")).headers["cache-control"] == "no-store"
        assert "cache-control" not in (await visitor.get("/register")).headers
        kept = await officer.get("/static/favicon.svg?v=1")
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_token_is_good_for_its_session_and_secret_only() -> None:
    token = csrf_token(SECRET, SESSION)

    assert csrf_token_is_valid(SECRET, SESSION, token)
    assert not csrf_token_is_valid(SECRET, "another session", token)
    assert not csrf_token_is_valid(b"another secret", SESSION, token)
    assert not csrf_token_is_valid(SECRET, SESSION, "")
    assert not csrf_token_is_valid(SECRET, SESSION, "x" + token)
    assert not csrf_token_is_valid(SECRET, SESSION, token[:-1] + "\N{POUND SIGN}")
    assert csrf_token(SECRET, SESSION) != token


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://fund.example"},
        {},
    ],
)
async def test_a_form_of_our_own_page_is_read(headers: dict[str, str]) -> None:
    answer = await posted(headers, csrf_token(SECRET, SESSION))

    assert answer.status_code == 422
    assert "Enter the amount received, like 1234.50" in answer.text


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"sec-fetch-site": "cross-site"}, csrf_token(SECRET, SESSION)),
        ({"sec-fetch-site": "same-site"}, csrf_token(SECRET, SESSION)),
        ({"origin": "http://evil.example"}, csrf_token(SECRET, SESSION)),
        ({"origin": "null"}, csrf_token(SECRET, SESSION)),
        ({"sec-fetch-site": "same-origin"}, None),
        ({"sec-fetch-site": "same-origin"}, csrf_token(SECRET, "another session")),
    ],
    ids=["other site", "sibling site", "other origin", "no origin", "no token", "another session's token"],
)
async def test_any_other_form_is_refused(headers: dict[str, str], token: str | None) -> None:
    answer = await posted(headers, token)

    assert answer.status_code == 403
    assert "You may not do this" in answer.text


async def test_a_visitor_without_a_session_needs_a_browser_that_says_where_the_form_is_from() -> None:
    assert (await posted({}, None, signed_in=False)).status_code == 403
    assert (await posted({"sec-fetch-site": "same-origin"}, None, signed_in=False)).status_code == 422


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/conflict", 409, "The pot was paid out while you looked at it. Reload the page."),
        ("/crash", 500, "Sorry, there is a problem with the service"),
    ],
)
async def test_an_error_page_says_what_to_do(path: str, status: int, words: str) -> None:
    async with client() as browser:
        answer = await browser.get(path)

    assert answer.status_code == status
    assert words in answer.text
    assert "ZeroDivisionError" not in answer.text
