"""After signing in a person goes on within this site only."""

import pytest

from services.portal.identity.own_path import own_path


@pytest.mark.parametrize("path", ["/", "/officer/pots?organisation=a%20b&page=2", "/trace/pots/1#payments"])
def test_a_path_of_this_site_is_kept(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "officer",
        "https://evil.example/a",
        "//evil.example/a",
        "///evil.example",
        "/\\evil.example",
        "/\tevil",
        "/a\nb",
        "javascript:alert(1)",
        "/sign-in?next=/sign-in",
        "/sign-out",
    ],
)
def test_anything_else_is_dropped(elsewhere: str) -> None:
    assert not own_path(elsewhere)
